"""The rhythm of the reviews: what was held against what is asked for, and where the drawing puts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.check import run_rules
from generator.compute.figures import Figures, figures_of
from generator.compute.insight.rhythm import PeriodRhythm, next_meeting, reviews_of, rhythm_of
from generator.load.project import load_project
from generator.model.calendar import Calendar
from generator.model.period import Period
from generator.model.rhythm import gaps, reviewed_days
from generator.present.charts.rhythm import MARGIN, NARROW, NEWEST, WIDTH, RhythmWords, geometry
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"


@pytest.fixture(scope="module")
def figures() -> Figures:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return figures_of(catalogue, "managers", Period.parse("2026-Q3"))


def period(figures: Figures, pilot: str, name: str) -> PeriodRhythm:
    rhythm = rhythm_of(figures)
    assert rhythm is not None
    own = next(one for one in rhythm.pilots if one.pilot == pilot)
    return next(one for one in own.periods if str(one.period) == name)


def test_gaps_reach_from_end_to_end() -> None:
    def found(first: int, last: int, *held: int) -> list[tuple[int, int]]:
        days = [date(2026, 7, day) for day in held]
        stretch = gaps(date(2026, 7, first), date(2026, 7, last), days, 7)
        return [(before.day, after.day) for before, after in stretch]

    assert found(1, 8) == []
    assert found(1, 9) == [(1, 9)]
    assert found(1, 31, 8, 15, 22, 29) == []
    assert found(1, 31, 8, 17, 24) == [(8, 17)]
    assert found(1, 31) == [(1, 31)]
    assert found(10, 20, 3, 25) == [(10, 20)]  # what lies outside does not count


def test_the_sample_s_last_quarter(figures: Figures) -> None:
    east, south = period(figures, EAST, "2026-Q3"), period(figures, SOUTH, "2026-Q3")
    # Seven short reviews and the long one of the second quarter; six intervals of 14 days in 91 days.
    assert (len(east.held), east.expected, east.gaps, east.kept) == (8, 6, (), True)
    (gap,) = south.gaps
    assert (gap.start, gap.end, gap.days) == (date(2026, 7, 21), date(2026, 8, 18), 28)
    assert not south.kept
    assert not south.long_due  # the third quarter is not over before its last day
    assert south.long_review is not None


def test_a_long_review_is_asked_of_whole_periods_that_are_over(figures: Figures) -> None:
    # It came to running and reviewing in September, and in March: no whole quarter before.
    assert period(figures, RELEASE, "2025-Q3").long_due is False
    assert period(figures, SOUTH, "2026-Q1").long_due is False
    first = period(figures, RELEASE, "2025-Q4")
    assert (first.long_due, first.kept) == (True, False)  # no short review is written down of then
    assert period(figures, EAST, "2025-Q3").long_review is not None


def test_the_newest_period_says_what_the_rule_says(figures: Figures) -> None:
    """Page and rule go by the same days: what one warns of is what the other shows as missed."""
    told = rhythm_of(figures)
    assert told is not None
    newest = told.periods[-1]
    shown = {
        f"no short review of '{pilot.pilot}' from {gap.start} to {gap.end}"
        for pilot in told.pilots
        for one in pilot.periods
        if one.period == newest
        for gap in one.gaps
    }
    found = {one.message for one in run_rules(figures.catalogue) if one.rule == "review-rhythm"}
    assert shown == found
    assert len(found) == 1


def test_the_next_review_is_an_interval_after_the_last(figures: Figures) -> None:
    east = figures.catalogue.pilots[EAST]
    last = reviews_of(figures, EAST)[-1]
    assert last.date == date(2026, 10, 13)
    assert next_meeting(figures, east, last) == date(2026, 10, 27)
    assert next_meeting(figures, east, None) == date(2025, 5, 26)  # 14 days after its fifth step began
    over = east.model_copy(update={"period": east.period.model_copy(update={"to": Period.parse("2026-09")})})
    assert next_meeting(figures, over, last) is None


def test_the_rhythm_counts_from_the_step_of_running_and_reviewing(figures: Figures) -> None:
    """The sample's pilots began in January 2025, June 2025 and January 2026, and ran from May, September and
    March on: nobody could review what did not run."""
    rhythm = rhythm_of(figures)
    assert rhythm is not None
    first = {one.pilot: one.periods[0].first for one in rhythm.pilots}
    assert first == {
        EAST: date(2025, 5, 12), RELEASE: date(2025, 9, 1), SOUTH: date(2026, 3, 2),
    }  # fmt: skip
    early = figures.catalogue.pilots[SOUTH]
    ahead = early.model_copy(update={"steps": early.steps[:4]})
    days = figures.catalogue.handbook.calendar
    assert reviewed_days(ahead, figures.catalogue.roadmap, days) is None
    assert next_meeting(figures, ahead, None) is None
    # One that writes of no steps is reviewed from its beginning.
    silent = early.model_copy(update={"steps": ()})
    assert reviewed_days(silent, figures.catalogue.roadmap, days) == (date(2026, 1, 1), date(2027, 6, 30))
    # Another roadmap names the step itself.
    steps = tuple(
        step.model_copy(update={"rhythm": step.number == 2}) for step in figures.catalogue.roadmap.steps
    )
    renamed = figures.catalogue.roadmap.model_copy(update={"steps": steps})
    assert reviewed_days(early, renamed, days) == (date(2026, 1, 26), date(2027, 6, 30))


def test_nothing_is_told_without_results_or_pilots(figures: Figures) -> None:
    assert rhythm_of(replace(figures, as_of=None)) is None
    assert rhythm_of(replace(figures, catalogue=replace(figures.catalogue, pilots={}))) is None


def test_the_drawing_keeps_to_its_axis(figures: Figures) -> None:
    rhythm = rhythm_of(figures)
    assert rhythm is not None
    words = RhythmWords(
        tuple(one.pilot for one in rhythm.pilots),
        tuple(tuple(("9 days", "gap") for p in one.periods for _ in p.gaps) for one in rhythm.pilots),
        tuple(tuple("held" for _ in one.reviews) for one in rhythm.pilots),
        tuple(
            tuple("none" for p in one.periods if p.long_due and p.long_review is None)
            for one in rhythm.pilots
        ),
        tuple(str(one) for one in rhythm.periods),
    )
    drawn = geometry(rhythm, words, Calendar(1))
    assert [strip.name for strip in drawn.strips] == [EAST, SOUTH, RELEASE]
    for strip in drawn.strips:
        assert all(MARGIN <= one.x <= WIDTH - MARGIN for one in strip.meetings)
        inside = (strip.band.x, strip.band.x + strip.band.width)
        assert all(inside[0] <= gap.x <= gap.x + gap.width <= inside[1] + 0.2 for gap in strip.gaps)
    assert drawn.ticks[0].x == MARGIN
    kinds = [one.kind for one in drawn.strips[1].meetings]
    assert (kinds.count("short"), kinds.count("long"), kinds.count("missing")) == (6, 2, 0)
    # A gap of four weeks is too narrow for its words; one of a quarter is not.
    assert [bool(gap.text) for gap in drawn.strips[1].gaps] == [False, True, False]
    phone = geometry(rhythm, words, Calendar(1), narrow=True)
    assert [tick.text for tick in phone.ticks] == [str(one) for one in rhythm.periods[-NEWEST:]]
    assert {strip.name_x for strip in phone.strips} == {MARGIN}
    for strip in phone.strips:
        places = [one.x for one in strip.meetings] + [gap.x + gap.width for gap in strip.gaps]
        assert all(MARGIN <= place <= NARROW - MARGIN for place in places)
    # What was held before the newest periods is not drawn at their edge.
    assert len(phone.strips[0].meetings) < len(drawn.strips[0].meetings)
