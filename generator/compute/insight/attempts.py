"""What was tried for an indicator of a pilot, and what the figures say of it: process changes and actions.

A change of the process is judged as everywhere (`change_effects`). An action is judged alike around the day
it was closed: the periods before against the periods after, up to the next change of the process or break of
the definition. Actions are small and come close after each other, so what else was tried in the same window
is counted and told beside the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.compute.effects.bundle import Window, bounds_of, samples_in, window_around
from generator.compute.effects.claim import Claim, claim_of
from generator.compute.effects.effect import effect_of, look_at
from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState, tasks_of
from generator.compute.once import once
from generator.compute.seen import hides_actions
from generator.compute.series.marks import concerns
from generator.model.pilot import Change

ReviewFinding = Literal["against", "open"]
"""The review concluded something else than the figures show · nothing was concluded, or nothing speaks
against it."""


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """An indicator before and after an action was closed."""

    claim: Claim
    others: int | None
    """Other actions for the same indicator that were closed inside the window; None where some of the
    pilot's actions are not for the edition, which would tell when these were closed."""
    said: ReviewFinding
    """How the review's own conclusion stands to the figures."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change of the process, or an action, that was meant for an indicator."""

    indicator: str
    day: date | None
    """When it came into force or was closed; None while an action is under way."""
    change: Change | None
    task: ActionState | None
    claim: Claim | None
    """Of a change: what can be said of it, with the guardrails."""
    measured: AttemptResult | None
    """Of an action that was done."""


def measured_of(figures: Figures, task: ActionState) -> AttemptResult | None:
    """What the figures say around the day an action was done; computed once for all that show it.

    None where it was not done, does not say when, names no indicator, or its pilot has no results of it.
    """
    done = _Done.of(task)
    # Ratios are weighed whether the edition may see the weights or not.
    found = _measured(figures.whole, done) if done is not None else None
    if found is not None and hides_actions(figures, task.review.pilot):
        return replace(found, others=None)
    return found


@dataclass(frozen=True, slots=True)
class _Done:
    """What of an action its measuring goes by."""

    review: str
    action: str
    pilot: str
    indicator: str
    day: date
    said: str | None
    """What the review concluded."""

    @classmethod
    def of(cls, task: ActionState) -> _Done | None:
        """None of what was not done, does not say when, or names no indicator."""
        day, indicator, pilot = task.action.closed, task.indicator, task.review.pilot
        if task.action.status != "done" or day is None or indicator is None:
            return None
        said = task.action.result.verdict if task.action.result else None
        return cls(task.review.id, task.action.id, pilot, indicator, day, said)


@once
def _measured(figures: Figures, done: _Done) -> AttemptResult | None:
    signals = figures.signals.get((done.indicator, done.pilot, ()))
    if signals is None:
        return None
    series = figures.series[done.indicator, done.pilot, ()]
    catalogue = figures.catalogue
    calendar, direction = catalogue.handbook.calendar, catalogue.indicators[done.indicator].direction
    window = window_around(series, done.day, done.day, signals.marks, calendar)
    ratio = catalogue.indicators[done.indicator].rollup == "ratio"
    before, after = samples_in(series, window, ratio, calendar)
    bounds = bounds_of(window, series, calendar)
    effect = effect_of(done.indicator, before, after, direction, (), bounds)
    claim = claim_of(done.pilot, done.indicator, (), effect, day=done.day)
    look = look_at(before, after, bounds)
    seen = replace(window, end=calendar.end(look.until)) if look else window
    others = sum(1 for other in tasks_of(catalogue, None) if _meanwhile(other, done, seen))
    return AttemptResult(claim, others, _said(done, claim))


def _said(done: _Done, claim: Claim) -> ReviewFinding:
    """Whether what people concluded and what the figures show do not go together; only firm figures do."""
    shown = claim.outcome if claim.strength == "firm" else "unclear" if claim.outcome == "unclear" else None
    return "against" if (done.said, shown) in CONTRADICTIONS else "open"


CONTRADICTIONS = frozenset(
    {
        ("worked", "unclear"),
        ("worked", "worse"),
        ("no-effect", "improved"),
        ("no-effect", "worse"),
        ("worse", "improved"),
    }
)
"""(what the review concluded, what the figures say) that do not go together."""


def _meanwhile(other: ActionState, done: _Done, window: Window) -> bool:
    """Whether another action was meant for the same indicator of the pilot and done inside the window."""
    closed = other.action.closed
    return (
        (other.review.id, other.action.id) != (done.review, done.action)
        and other.review.pilot == done.pilot
        and other.indicator == done.indicator
        and other.action.status == "done"
        and closed is not None
        and window.start <= closed <= window.end
    )


def attempts_for(
    figures: Figures, pilot: str, indicators: tuple[str, ...], until: date
) -> tuple[Attempt, ...]:
    """What was tried for these indicators of a pilot up to a day, by indicator, then in order of time.

    Actions are those agreed by then; what came of them is told as it is known now.
    """
    return tuple(
        attempt
        for indicator in indicators
        for attempt in sorted(
            _attempts(figures, pilot, indicator, until), key=lambda item: item.day or date.max
        )
    )


def _attempts(figures: Figures, pilot: str, indicator: str, until: date) -> Iterator[Attempt]:
    catalogue = figures.catalogue
    # A change that is meant for hidden indicators only is not meant for all.
    meant = {change.id: change for change in figures.whole.catalogue.pilots[pilot].changes}
    for change in catalogue.pilots[pilot].changes:
        if change.date <= until and concerns(meant[change.id], indicator):
            told = figures.effects.get((pilot, change.id), ())
            item = next((claim for claim in told if claim.indicator == indicator), None)
            yield Attempt(indicator, change.date, change, None, item, None)
    for task in tasks_of(catalogue, None):
        if task.review.pilot == pilot and task.indicator == indicator and task.review.date <= until:
            yield Attempt(indicator, task.action.closed, None, task, None, measured_of(figures, task))
