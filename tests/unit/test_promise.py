"""What a to-be map promised is asked of the pilots that run by it (computations page, section 12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.processes.promise import Promise, in_use_since
from generator.model.calendar import Calendar
from generator.model.period import Period
from generator.pipeline import check_project, figures_for

ROOT = Path(__file__).parents[2]
EAST, SOUTH, CHAIN = "lead-to-cash-east", "lead-to-cash-south", "lead-to-cash"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(check_project(ROOT))


def test_a_pilot_that_changed_nothing_of_the_map_is_not_asked(figures: Figures) -> None:
    """South sends reminders, which is no part of the to-be map; its sign-off is the old one."""
    assert {one.pilot for one in figures.processes[CHAIN].promises} == {EAST}


def test_since_when_a_pilot_runs_by_the_map(figures: Figures) -> None:
    process, change = figures.catalogue.processes[CHAIN], figures.processes[CHAIN].change
    assert change is not None
    east, south = figures.catalogue.pilots[EAST], figures.catalogue.pilots[SOUTH]
    assert in_use_since(east, process, change, Calendar(1)) == date(2025, 5, 1)
    silent = east.model_copy(update={"to_be_since": None})
    assert in_use_since(silent, process, change, Calendar(1)) == date(2025, 5, 12)
    assert in_use_since(south, process, change, Calendar(1)) is None
    late = south.model_copy(
        update={"changes": (east.changes[0].model_copy(update={"date": date(2026, 4, 8)}),)}
    )
    assert in_use_since(late, process, change, Calendar(1)) == date(2026, 4, 8)
    said = south.model_copy(update={"to_be_since": Period.parse("2026-06")})
    assert in_use_since(said, process, change, Calendar(1)) == date(2026, 6, 1)


def test_one_that_says_so_is_asked_from_then_on(figures: Figures) -> None:
    pilots = dict(figures.catalogue.pilots)
    pilots[SOUTH] = pilots[SOUTH].model_copy(update={"to_be_since": Period.parse("2026-06")})
    again = figures_of(replace(figures.catalogue, pilots=pilots), "staff", figures.as_of)
    found = [one for one in again.processes[CHAIN].promises if one.pilot == SOUTH]
    # Results from July 2024 to September 2026: 23 months before June 2026, 4 since.
    assert {one.periods for one in found} == {(23, 4)}


@pytest.mark.parametrize(
    ("measure", "promised", "measured", "kept"),
    [
        ("cycle_time", -0.25, -0.25, "kept"),
        ("cycle_time", -0.25, -0.20, "partly"),
        ("cycle_time", -0.25, -0.02, "missed"),
        ("cycle_time", -0.25, 0.10, "missed"),
        ("first_pass_yield", 0.048, 0.047, "partly"),
        ("first_pass_yield", 0.0484, 0.0476, "kept"),
        ("first_pass_yield", 0.05, 0.01, "partly"),
        ("first_pass_yield", 0.0, -0.009, None),
        ("cycle_time", None, -0.2, None),
    ],
)
def test_kept_partly_missed(measure, promised, measured, kept) -> None:
    assert (
        Promise(
            measure=measure,
            indicator="i",
            pilot="p",
            promised=promised,
            before=1,
            since=1,
            periods=(1, 1),
            measured=measured,
        ).kept
        == kept
    )


@pytest.mark.parametrize(
    ("promised", "measured", "kept"),
    [(0.0, 0.06, None), (-0.004, 0.2, None), (0.0, 0.0, None), (-0.25, -0.25, "kept"),
     (-0.25, -0.1, "partly"), (-0.25, 0.1, "missed")],
)  # fmt: skip
def test_where_nothing_is_promised_nothing_is_missed(
    promised: float, measured: float, kept: str | None
) -> None:
    one = Promise(
        measure="cycle_time",
        indicator="days",
        pilot="p",
        promised=promised,
        before=10,
        since=10 * (1 + measured),
        periods=(6, 6),
        measured=measured,
    )
    assert one.kept == kept
