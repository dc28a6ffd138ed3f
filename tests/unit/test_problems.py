"""Problems are sorted, told once, and printed for people and for three kinds of program."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from generator.console import place_in_repository
from generator.problems import (
    FilePosition,
    Problem,
    Problems,
    Source,
    as_github,
    as_gitlab,
    as_json,
    as_text,
    below,
    found,
    nearest,
)

LATE = Problem(
    FilePosition("data/b.yml", 2, 1), "warning", "same-name", "a name, twice: 100%", "tell them apart"
)
EARLY = Problem(FilePosition("data/a.yml", 10, 3), "error", "unknown-key", "unknown key 'x'")
EARLIEST = Problem(FilePosition("data/a.yml", 9, 8), "note", "translation", "no text\nin en")


def test_they_are_sorted_by_place_and_told_once() -> None:
    problems = Problems([LATE, EARLY])
    problems.extend([EARLIEST, EARLY])
    assert list(problems) == [EARLIEST, EARLY, LATE]
    assert len(problems) == 3


def test_levels_are_counted() -> None:
    problems = Problems()
    mark = FilePosition("f", 1, 1)
    problems.note(mark, "r", "m")
    problems.warning(mark, "r", "m")
    assert not problems.has_errors
    problems.error(mark, "r", "m")
    assert problems.has_errors
    assert [problems.count(level) for level in ("error", "warning", "note")] == [1, 1, 1]


def test_text_is_for_people() -> None:
    assert as_text([EARLY, LATE]) == (
        "data/a.yml:10:3: error[unknown-key] unknown key 'x'\n"
        "data/b.yml:2:1: warning[same-name] a name, twice: 100%\n"
        "    hint: tell them apart\n"
        "1 error, 1 warning\n"
    )
    assert as_text([]) == "no problems\n"


def test_files_are_named_from_the_top_of_a_repository() -> None:
    """A pull request's lines are found there, not from the handbook that lies in a folder of it."""
    assert below("", [EARLY]) == (EARLY,)
    (moved,) = below("books/ours", [EARLY])
    assert as_github([moved]).startswith("::error file=books/ours/data/a.yml,line=10,col=3,")
    (report,) = json.loads(as_gitlab([moved]))
    assert report["location"]["path"] == "books/ours/data/a.yml"
    assert report["fingerprint"] != json.loads(as_gitlab([EARLY]))[0]["fingerprint"]


def test_where_a_handbook_lies_in_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    project = tmp_path / "top/books/ours"
    project.mkdir(parents=True)
    assert place_in_repository(project) == ""
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "top/books"))
    assert place_in_repository(project) == "ours"
    (tmp_path / "top/.git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert place_in_repository(project) == "books/ours"
    (project / ".git").mkdir()
    assert place_in_repository(project) == ""


def test_json_holds_every_field() -> None:
    assert json.loads(as_json([LATE])) == [
        {
            "file": "data/b.yml", "line": 2, "column": 1, "level": "warning", "rule": "same-name",
            "message": "a name, twice: 100%", "hint": "tell them apart",
        }
    ]  # fmt: skip


def test_github_annotations_are_escaped() -> None:
    assert as_github([EARLIEST, LATE]) == (
        "::notice file=data/a.yml,line=9,col=8,title=translation::no text%0Ain en\n"
        "::warning file=data/b.yml,line=2,col=1,title=same-name::"
        "a name, twice: 100%25 (tell them apart)\n"
    )


def test_gitlab_recognises_a_problem_that_moved() -> None:
    moved = Problem(FilePosition("data/b.yml", 7, 1), LATE.level, LATE.rule, LATE.message, LATE.hint)
    rows = json.loads(as_gitlab([LATE, moved, EARLY]))
    assert [row["severity"] for row in rows] == ["minor", "minor", "major"]
    assert rows[0]["location"] == {"path": "data/b.yml", "lines": {"begin": 2}}
    assert rows[0]["fingerprint"] == rows[1]["fingerprint"] != rows[2]["fingerprint"]


def test_a_source_knows_the_nearest_place() -> None:
    source = Source("f.yml", {}, {(): (1, 1), ("a",): (2, 4), ("a", 0): (3, 5)}, {("a",): (2, 1)})
    assert str(source.mark(("a", 0, "missing"))) == "f.yml:3:5"
    assert str(source.mark(("a",), key=True)) == "f.yml:2:1"
    assert str(source.mark(("a", 0), key=True)) == "f.yml:3:5"
    assert str(source.mark(("b", "c"))) == "f.yml:1:1"
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("directoin", ["direction", "decimals"], "did you mean 'direction'?"),
        ("na", ["NA", "EU"], "did you mean 'NA'?"),
        ("zzz", ["b", "a"], "known: a, b"),
        ("zzz", [f"n{i}" for i in range(10)], "known: n0, n1, n2, n3, n4, n5, n6, n7 and 2 more"),
        ("zzz", [], "none is known yet"),
    ],
)
def test_the_nearest_name_is_offered(word: str, known: list[str], hint: str) -> None:
    assert nearest(word, known) == hint


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"), (" ", "an empty text"), (True, "true"), (3, "3"), (2.50, "2.5"),
        ({}, "an empty mapping"), ({"a": 1}, "a mapping"), ([1, 2], "a list of 2"),
        ("x" * 99, "'" + "x" * 59 + "…'"),
        (10**99, "a very large number"),
    ],
)  # fmt: skip
def test_a_found_value_is_shown_short(value: object, words: str) -> None:
    assert found(value) == words
