"""What was tried for an indicator, and what is measured around the day an action was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.insight.actions import ActionState, tasks_of
from generator.compute.insight.attempts import attempts_for, measured_of
from generator.load.project import load_project
from generator.model.period import Period
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, RELEASE = "lead-to-cash-east", "requirement-release"


@pytest.fixture(scope="module")
def figures() -> Figures:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return figures_of(catalogue, "staff", Period.parse("2026-Q3"))


def task(figures: Figures, review: str, action: str) -> ActionState:
    found = tasks_of(figures.catalogue, None)
    return next(one for one in found if (one.review.id, one.action.id) == (review, action))


def test_an_action_is_measured_between_the_neighbouring_changes(figures: Figures) -> None:
    """a1 of 2025-q4 was done on 12 Feb 2026; the fast lane of 1 Sep 2025 is where the window begins."""
    one = task(figures, "2025-q4-requirement-release", "a1")
    told = measured_of(figures, one)
    assert told is not None
    rows = {
        str(row.period): row
        for row in figures.catalogue.results
        if (row.indicator, row.pilot) == ("release-defect-rate", RELEASE)
    }

    def mean(months: tuple[str, ...]) -> float:
        return (
            100 * sum(rows[m].numerator or 0 for m in months) / sum(rows[m].denominator or 0 for m in months)
        )

    # February holds the day and belongs to neither side.
    before = ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01")
    after = tuple(f"2026-{month:02d}" for month in range(3, 9))  # the look at six
    assert (told.claim.effect.before.n, told.claim.effect.after.n) == (5, 6)
    assert told.claim.effect.before.mean == pytest.approx(mean(before))
    assert told.claim.effect.after.mean == pytest.approx(mean(after))
    assert told.claim.effect.verdict == "unclear"
    assert told.claim.effect.preliminary
    # Closed from September 2025 to the look of August 2026 for the same indicator: a1 of 2025-Q3, a1 of Q1,
    # a1 of Q2, a2 of Q3; those of 10 September and 8 October lie outside.
    assert told.others == 4


def test_what_is_not_done_or_names_nothing_is_not_measured(figures: Figures) -> None:
    assert measured_of(figures, task(figures, "2026-q3-requirement-release", "a1")) is None  # doing
    assert measured_of(figures, task(figures, "2025-q4-lead-to-cash-east", "a2")) is None  # dropped
    done = task(figures, "2025-q4-requirement-release", "a1")
    undated = replace(done, action=done.action.model_copy(update={"closed": None}))
    assert measured_of(figures, undated) is None
    nameless = replace(done, action=done.action.model_copy(update={"result": None}), problem=None)
    assert measured_of(figures, nameless) is None


def test_a_broken_definition_ends_the_window(figures: Figures) -> None:
    """Coverage counts urgent orders from April 2026; an action of August is held against April to July."""
    told = measured_of(figures, task(figures, "2026-08-04-lead-to-cash-east", "a1"))
    assert told is not None
    assert (told.claim.effect.before.n, told.claim.effect.after.n) == (4, 1)
    assert told.claim.effect.why_not is not None
    assert (told.claim.effect.why_not.why, str(told.claim.effect.why_not.due)) == ("few-after", "2027-02")


def test_attempts_are_changes_and_actions_in_order_of_time(figures: Figures) -> None:
    told = attempts_for(figures, RELEASE, ("release-defect-rate",), date(2026, 4, 15))
    assert [(one.change.id if one.change else one.task.action.id if one.task else "") for one in told] == [
        "fast-lane", "a1", "a1", "a1",
    ]  # fmt: skip
    assert [str(one.day) for one in told] == ["2025-09-01", "2025-12-30", "2026-02-12", "2026-05-22"]
    assert told[0].claim is not None
    assert told[0].claim.effect.verdict == "worse"
    later = attempts_for(figures, RELEASE, ("release-defect-rate",), date(2026, 10, 13))
    assert len(later) > len(told)
    assert attempts_for(figures, EAST, (), date(2026, 10, 13)) == ()
