"""What is beyond the bounds is refused where it stands, and what is within them can be told."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator import pipeline
from generator.compute.insight.named import Count
from generator.compute.processes.capacity import mmc
from generator.console import problems_reported
from generator.language_sites import language_sites_of
from generator.load.number import Number, parse_number
from generator.map_files import bpmn_files
from generator.model.bounds import LARGEST, MOST_PEOPLE, SMALLEST, too_far
from generator.model.duration import MOST
from generator.model.exact import rounded
from generator.model.written import written
from generator.present.charts.draw import Drawings
from generator.present.text.words import languages
from generator.problems import WrongUseError
from tests.built import SITES
from tests.conftest import Change
from tests.problems.assemble import problems_of


def test_the_languages_with_labels_of_our_own_are_these() -> None:
    assert sorted(languages()) == ["en", "zh"]


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("1e15", True), ("-1e15", True), ("1e-12", True), ("0", True), ("0e5", True),
        ("1.0000001e15", False), ("-1e27", False), ("9e-13", False), ("５e-324", False), ("1e308", False),
    ],
)  # fmt: skip
def test_a_number_of_a_table_is_within_bounds(text: str, sound: bool) -> None:
    assert isinstance(parse_number(text), Number) == sound


def test_what_is_not_finite_is_told_as_that() -> None:
    assert too_far(math.inf) is None
    assert too_far(math.nan) is None


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(1e27, 9, "1000000000000000000000000000.000000000"), (2.5, 0, "2"), (-3.5, 0, "-4"), (0.125, 2, "0.12")],
)
def test_any_finite_number_is_rounded(value: float, decimals: int, expected: str) -> None:
    assert rounded(value, decimals) == Decimal(expected)
    assert len(str(rounded(1e308, 15))) > 308


def test_a_large_count_reads_back_as_the_same_one() -> None:
    assert written(Count(10**15, "", "")) == "1000000000000000"


def test_a_lane_with_hardly_anything_to_do_never_waits() -> None:
    queue = mmc(SMALLEST, 1000.0, MOST_PEOPLE)
    assert queue.wait == 0
    assert queue.empty == pytest.approx(1)


@pytest.mark.parametrize("name", ["index", "con", "prn", "aux", "nul", "com1", "lpt9"])
def test_no_file_has_a_name_that_is_taken(name: str, make_project: Callable[[Change], Path]) -> None:
    text = f"id: {name}\nname: {{zh: 名, en: Name}}\n"
    told = [str(problem) for problem in problems_of(make_project({f"data/indicators/{name}.yml": text}))]
    assert any(f"data/indicators/{name}.yml:1:5: error[bad-id] id: '{name}'" in one for one in told)


@pytest.mark.parametrize("value", [LARGEST, -LARGEST, SMALLEST])
def test_what_is_as_large_or_small_as_can_be_is_told(
    value: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every number of a handbook at its bound: check finds no error, and all its pages can be made."""
    monkeypatch.setattr(Drawings, "_make", lambda self, keys: ["<svg></svg>" for _ in keys])
    monkeypatch.setattr(Drawings, "_bundle", lambda self: b"")
    root = tmp_path / "project"
    for file in (SITES / "every-text").rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for old, new in (
                ("floor: 25, target: 20, stretch: 15", f"floor: {value}, target: {value}, stretch: {value}"),
                ("per_month: 100", f"per_month: {abs(value)}"),
                ("touch: 30m", f"touch: {MOST}w"),
                ("wait: 12h", "wait: 0.000000000001m"),
                ("capacity: 2", f"capacity: {MOST_PEOPLE}"),
                ("baseline: {value: 26}", f"baseline: {{value: {value}}}"),
                ("invited: 10,", "invited: 1000000000000000,"),
                ("days: 30", "days: 36500"),
                (
                    "rules:",
                    "scoring: {below_floor: -1e15, floor: -1e14, target: 1e14, stretch: 1e15}\nrules:",
                ),
                ("\nquestions:", "\nscale: {min: -1e15, max: 1e15}\nquestions:"),
            ):
                text = text.replace(old, new, 1)
            if file.suffix == ".csv":
                head, *rows = text.splitlines()
                cells = [row.split(",") for row in rows]
                pattern = (value, -value, 1, value, 0)
                for number, row in enumerate(cells):
                    row[3] = str(pattern[number % 5])
                text = "\n".join((head, *map(",".join, cells)))
            (root / file.relative_to(SITES / "every-text")).parent.mkdir(parents=True, exist_ok=True)
            (root / file.relative_to(SITES / "every-text")).write_text(text, encoding="utf-8")
    checked = pipeline.check_project(root)
    assert checked.usable, [str(problem) for problem in checked.problems if problem.level == "error"]
    figures = pipeline.figures_for(checked)
    assert sum(len(site.pages) for site in language_sites_of(figures, checked.problems)) > 70
    assert bpmn_files(figures)


def test_only_what_was_asked_for_is_wrong_use() -> None:
    with pytest.raises(ValueError, match="a bug"), problems_reported():
        raise ValueError("a bug")
    with pytest.raises(Exception, match="no such period") as told, problems_reported():
        raise WrongUseError("no such period")
    assert type(told.value).__name__ == "UsageError"
