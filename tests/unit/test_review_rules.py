"""The rules about reviews and evidence where their examples do not reach: days, quarters, what was missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.missed import missed, rows_of
from generator.compute.figures import figures_of
from generator.load.project import load_project
from generator.problems import Problems
from tests.conftest import Change, Told

PILOT = "data/pilots/east.yml"
REVIEW = "data/reviews/2025-q1-east.yml"
CASE = "content/cases/fast-quotes.md"
MORE = "data/results/more.csv"
BOOK = "data/handbook.yml"
SAMPLE = Path(__file__).parents[2]


STEPS = (
    "steps:\n"
    "  - {step: 1, status: done, started: 2025-01-06, finished: 2025-01-24, "
    "outputs: [{output: diagnosis-report, done: true, link: guide.md}]}\n"
)


def from_the_start(change: Change) -> Change:
    """The pilot writes of no steps, so its reviews count from its beginning."""
    own = change.get(PILOT)
    return {**change, PILOT: [(STEPS, ""), *([own] if isinstance(own, tuple) else own or ())]}


def short(*days: str) -> Change:
    """Short reviews of the pilot on these days."""
    text = "id: {0}-east\npilot: east\nkind: short\nperiod: {1}\ndate: {0}\n"
    return {f"data/reviews/{day}-east.yml": text.format(day, day[:7]) for day in days}


@pytest.mark.parametrize(
    ("days", "gaps"),
    [
        ((), [("2025-01-01", "2025-03-31")]),
        (("2025-01-31", "2025-03-02"), []),  # 30, 30 and 29 days
        (("2025-01-31", "2025-03-03"), [("2025-01-31", "2025-03-03")]),
        (("2025-02-01", "2025-03-03"), [("2025-01-01", "2025-02-01")]),
        (("2025-01-31", "2025-02-28"), [("2025-02-28", "2025-03-31")]),
        (("2024-12-31", "2025-01-31", "2025-03-02"), []),
    ],
)
def test_short_reviews_are_counted_in_days(
    days: tuple[str, ...], gaps: list[tuple[str, str]], told: Told
) -> None:
    change = {BOOK: ("short_every_days: 92", "short_every_days: 30"), **short(*days)}
    expected = [f"no short review of 'east' from {before} to {after}" for before, after in gaps]
    assert told("review-rhythm", from_the_start(change)) == expected


def test_a_pilot_is_reviewed_only_while_it_runs(told: Told) -> None:
    often = {BOOK: ("short_every_days: 92", "short_every_days: 30")}
    for period in ("{from: 2025-04}", "{from: 2024-01, to: 2024-09}", "{from: 2025-03-05}"):
        change = {**often, PILOT: ("{from: 2025-01, to: 2025-12}", period)}
        assert told("review-rhythm", from_the_start(change)) == [], period
    late = {**often, PILOT: ("{from: 2025-01, to: 2025-12}", "{from: 2025-02-20}")}
    assert told("review-rhythm", from_the_start(late)) == [
        "no short review of 'east' from 2025-02-20 to 2025-03-31"
    ]


def test_the_long_review_is_due_one_period_later(told: Told) -> None:
    def long(as_of: str, **change: tuple[str, str]) -> list[str]:
        given: Change = {REVIEW: change.get("review", ("kind: long", "kind: long"))}
        found = told("review-rhythm", from_the_start(given), as_of)
        return [message for message in found if "long review" in message]

    assert long("2025-Q1") == []
    assert long("2025-Q2") == []
    assert long("2025-Q3") == ["no long review of 'east' for 2025-Q2; the last one is of 2025-Q1"]
    assert long("2026-Q1") == ["no long review of 'east' for 2025-Q4; the last one is of 2025-Q1"]
    assert long("2026-Q2") == []  # the pilot ended with 2025
    shorter = ("kind: long", "kind: short")
    assert long("2025-Q2", review=shorter) == ["no long review of 'east' for 2025-Q1; there is none so far"]


def test_the_rhythm_follows_the_fiscal_year(told: Told) -> None:
    # Quarters from February on: 2024-Q4 is November to January, so the pilot did not run all through it.
    change = {BOOK: ("languages:", "fiscal_year_starts: 2\nlanguages:"), REVIEW: None}
    assert [m for m in told("review-rhythm", from_the_start(change), "2025-03") if "long" in m] == []
    assert len([m for m in told("review-rhythm", from_the_start(change), "2025-05") if "long" in m]) == 1


WEAK = ("2025-01,cycle-time,east,24.1,,,,\n", "2025-01,cycle-time,east,27.9,,,,\n")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({REVIEW: ("kind: long", "kind: short")}, []),
        ({REVIEW: (", step: approve", "")}, ["the problem 'p1' of the missed 'cycle-time' has no step"]),
        ({REVIEW: (", step: approve", ""), PILOT: ("process: quote-to-cash\n", ""), CASE: None}, []),
        ({REVIEW: (", cause: process", "")}, ["the problem 'p1' of the missed 'cycle-time' has no cause"]),
        ({REVIEW: ("problem: p1, ", "")}, []),  # its result names the indicator
        ({PILOT: ("floor: 25, target: 22", "floor: 28, target: 22")}, []),  # near is not missed
    ],
)
def test_a_long_review_speaks_of_what_was_missed(change: Change, found: list[str], told: Told) -> None:
    if CASE in change:
        change = {**change, "content/cases/fast-quotes.en.md": None}
    assert told("review-complete", {"data/results/2025.csv": WEAK, **change}) == found


def test_a_quarter_of_a_sum_is_held_against_the_targets_of_its_months(told: Told) -> None:
    """January and February ask 22 each, at most 25: together 44 and 50, not a month's 22 and 25."""
    summed = {"data/indicators/cycle-time.yml": ("rollup: mean", "rollup: sum")}
    silent = {REVIEW: ("id: p1, indicator: cycle-time, ", "id: p1, ")}
    january = WEAK[0]

    def two_months(value: float) -> Change:
        rows = january.replace("24.1", str(value)) + "2025-02,cycle-time,east,23.4,,,,\n"
        return {"data/results/2025.csv": (january, rows), **summed, **silent}

    assert told("review-complete", two_months(24.1)) == []  # 47.5 is near
    said = "'cycle-time' was missed in 2025-Q1 (51.3 against the floor 50)"
    assert told("review-complete", two_months(27.9)) == [f"{said}, and the review names no problem of it"]


@pytest.mark.parametrize(
    ("status", "due", "as_of", "broken"),
    [
        ("open", "2025-03-30", None, True),
        ("open", "2025-03-31", None, False),  # due on the last day of the period
        ("open", "2025-03-31", "2025-Q2", True),
        ("doing", "2025-03-30", None, True),
        ("done", "2025-03-30", None, False),
        ("dropped", "2025-03-30", None, False),
    ],
)
def test_overdue_is_what_is_still_to_be_done(
    status: str, due: str, as_of: str | None, broken: bool, told: Told
) -> None:
    action = ("due: 2025-05-15, status: done", f"due: {due}, status: {status}")
    assert bool(told("action-overdue", {REVIEW: action}, as_of)) is broken
    undated = ("due: 2025-05-15, status: done", f"status: {status}")
    assert told("action-overdue", {REVIEW: undated}, as_of) == []


INSTITUTION = ("spread: horizontal", "spread: institutional")


@pytest.mark.parametrize(
    ("months", "as_of", "broken"),
    [
        (("2025-07", "2025-10"), "2025-Q4", False),  # two whole quarters after the change of 2025-05-12
        (("2025-07", "2025-10"), "2025-11", True),  # the second is not over
        (("2025-06", "2025-07"), "2025-Q4", True),  # the change fell into the first
        (("2025-07", "2025-08"), "2025-Q4", True),  # one quarter
    ],
)
def test_evidence_is_two_whole_periods_after_the_change(
    months: tuple[str, str], as_of: str, broken: bool, told: Told
) -> None:
    rows = "".join(f"{month},cycle-time,east,21\n" for month in months)
    change: Change = {CASE: INSTITUTION, MORE: f"period,indicator,pilot,value\n{rows}"}
    assert bool(told("evidence-before-rollout", change, as_of)) is broken


def test_a_candidate_may_wait_and_a_policy_names_its_indicators(told: Told) -> None:
    assert told("evidence-before-rollout", {CASE: [INSTITUTION, ("adopted", "candidate")]}) == []
    policy = {CASE: [("kind: case", "kind: policy"), ("indicators: [cycle-time]\n", "")]}
    message = "the policy 'fast-quotes' is adopted and names no indicator that speaks for it"
    assert told("evidence-before-rollout", policy) == [message]
    less = {CASE: INSTITUTION, BOOK: ("rules: {", "rules: {evidence-before-rollout: {periods: 0}, ")}
    assert told("evidence-before-rollout", less) == []


def test_what_is_missed_agrees_with_the_computed_status() -> None:
    """On every pilot of the sample and every quarter that the results reach."""
    catalogue = load_project(SAMPLE, Problems())
    assert catalogue is not None
    figures = figures_of(catalogue, "managers", None)
    rows, compared = rows_of(catalogue), 0
    for pilot in catalogue.pilots.values():
        for item in pilot.pack:
            key = (item.indicator, pilot.id, ())
            assessed = figures.longer.get(key) or figures.series.get(key)
            for point in assessed.points if assessed else ():
                found = {name for name, _ in missed(catalogue, rows, pilot, point.point.period)}
                assert (item.indicator in found) == (point.status == "missed"), (key, point.point.period)
                compared += 1
    assert compared > 40
