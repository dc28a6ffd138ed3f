"""What stands behind a name: a rule, a field with its keys, a kind of file, a word of the pages."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from generator.check import RULES
from generator.cli import main
from generator.model.json_schema import FILE_KINDS
from generator.starter.explain import explained, fields


def run(*arguments: str, ok: bool = True) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code == 0) is ok, result.output
    return result


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pack-size", "pack-size: a rule (warning)\n  Holds that a pilot's pack has 3–5 core indicators."),
        ("[pack-size]", "rules: {pack-size: {min: 3, max: 5}}"),
        ("indicator.rollup", "`mean` | `sum` | "),
        ("indicator.rollup", "How a longer period is made"),
        ("floor", "indicator.targets.floor: number"),
        ("indicator", "a kind of file, data/indicators/*.yml"),
        ("bad-period", "2026-W36"),
        ("handbook.format", "`handbook upgrade`"),
        ("results-map.tables.periods", "each period has a column"),
        ("results.map.yml", "a kind of file, data/results.map.yml"),
        ("data/indicators/order-cycle-time.yml", "indicator: a kind of file"),
        ("content/cases/ask-once.md", "case: a kind of file"),
        ("labels/en.yml", "Words of the site as this handbook says them"),
        ("mkdocs.yml", "Settings of the site for MkDocs"),
        ("content/guide/own-rules.en.md", "page: a kind of file"),
        ("data/results/2026/sales.csv", "results: a kind of file"),
        ("measured", "measured: a kind of file"),
        ("measured", "process.maps.as_is.steps.measured: "),
        ("baseline", "pilot.pack.baseline: Baseline\n  Where it started.\n  its keys: period, value"),
    ],
)
def test_a_name_is_explained(name: str, said: str) -> None:
    assert said in run("explain", name).output


def test_every_rule_and_every_top_key_is_explained() -> None:
    for rule in RULES:
        assert rule.id in explained(rule.id)
    for kind in FILE_KINDS:
        assert kind in explained(kind)
    assert all(one.meaning for one in fields() if one.path.count(".") == 1)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    assert "did you mean 'pack-size'" in run("explain", "pack-sise", ok=False).output
    assert "did you mean 'rollup'" in run("explain", "rolup", ok=False).output


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("汇总方式", "indicator.rollup: "),
        ("护栏", "indicator.guardrails: "),
        ("gate", "indicator.incentive: "),
        ("门槛", "indicator.incentive: "),
        ("试点", "pilot: a kind of file"),
        ("负责岗位", "owner.role: "),
    ],
)
def test_what_the_pages_say_is_explained_too(word: str, path: str) -> None:
    assert path in run("explain", word).output
