"""Every broken input gives exactly the message that its folder says, and never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.check import RULES
from generator.check.rule import Rule
from generator.problems import as_text
from tests.problems.assemble import CASES, HERE, assemble, problems_of

MESSAGE = re.compile(r"(?P<place>[^:\n]+:\d+:\d+): (?P<level>error|warning|note)\[(?P<rule>[a-z0-9-]+)\] .+")


def test_the_base_is_clean(tmp_path: Path) -> None:
    assert as_text(problems_of(assemble("_base", tmp_path / "project"))) == "no problems\n"


@pytest.mark.parametrize("case", CASES)
def test_a_broken_project_is_told_word_for_word(case: str, tmp_path: Path) -> None:
    expected = (HERE / case / "expected.txt").read_text(encoding="utf-8")
    assert as_text(problems_of(assemble(case, tmp_path / "project"))) == expected


@pytest.mark.parametrize("case", CASES)
def test_a_message_says_where_what_and_what_to_do(case: str) -> None:
    lines = (HERE / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    *messages, count = lines
    assert re.fullmatch(r"\d+ (errors?|warnings?|notes?)(, \d+ (warnings?|notes?))*", count)
    for message, hint in zip(messages[::2], messages[1::2], strict=True):
        assert MESSAGE.fullmatch(message), message
        assert hint.startswith("    hint: "), f"{message}\ndoes not say what to do"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_an_example_that_breaks_it_and_one_that_holds_it(rule: Rule, tmp_path: Path) -> None:
    text = (HERE / f"rule-{rule.id}" / "expected.txt").read_text(encoding="utf-8")
    assert (rule.id, rule.level) in {(found["rule"], found["level"]) for found in MESSAGE.finditer(text)}
    passing = f"rule-{rule.id}/passing"
    assert own_files(passing), "no passing example: write the same files, mended"
    assert as_text(problems_of(assemble(passing, tmp_path / "project"))) == "no problems\n"


def test_no_case_is_without_files_of_its_own() -> None:
    for case in CASES:
        assert own_files(case) or (HERE / case / "without.txt").exists(), f"{case} changes nothing"


def own_files(case: str) -> list[Path]:
    folders = [HERE / case / name for name in ("data", "content")]
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
