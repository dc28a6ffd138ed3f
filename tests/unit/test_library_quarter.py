"""The review of a handbook without pilots: its indicators in the period and in the one before."""

from __future__ import annotations

from pathlib import Path

from generator.compute.figures import Figures
from generator.compute.insight.library_quarter import library_quarter
from generator.compute.past import figures_at
from generator.model.as_of import told_on
from generator.model.period import Period
from generator.pipeline import check_project, figures_for

MINIMAL = Path(__file__).parents[2] / "examples/minimal"
QUARTER, BEFORE = Period.parse("2025-Q4"), Period.parse("2025-Q3")


def minimal() -> Figures:
    return figures_for(check_project(MINIMAL, QUARTER))


def test_the_quarter_and_the_one_before() -> None:
    """Months 8.4, 8.9, 7.8 and 8.1, 7.6, 7.4 against 8 (lower is better): 8.37 is near, 7.7 is met."""
    figures = minimal()
    found = library_quarter(figures, figures_at(figures, BEFORE), QUARTER)
    (one,) = found.indicators
    assert one.now.review is not None
    assert one.before is not None
    assert one.before.review is not None
    assert round(one.now.review.point.value or 0, 2) == 7.7
    assert round(one.before.review.point.value or 0, 2) == 8.37
    assert (one.turn, found.tally.reached, found.tally_before and found.tally_before.reached) == (
        "newly-met", 1, 0,
    )  # fmt: skip


def test_the_day_it_is_told_on() -> None:
    """Nobody reviewed: 14 days after the quarter's end, as the data format says."""
    assert str(told_on(minimal().catalogue, QUARTER)) == "2026-01-14"
