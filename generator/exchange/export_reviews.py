"""Reviews and actions in the export, with what came of each action, and the rhythm they keep."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState, tasks_of, today_of
from generator.compute.insight.attempts import measured_of
from generator.compute.insight.names import joined
from generator.compute.insight.rhythm import PeriodRhythm, rhythm_of
from generator.exchange.export_effects import measured_out
from generator.exchange.export_model import MeasuredOut
from generator.exchange.export_part import ExportPart, PeriodText
from generator.exchange.plain_json import as_json


class ActionOut(ExportPart):
    """One action of a review as it stands at the end of the review period."""

    id: str
    """review~action."""
    review: str
    action: str
    pilot: str
    problem: str | None
    indicator: str | None
    """What should show it."""
    status: str
    due: date | None
    closed: date | None
    open: bool
    overdue: bool
    days_late: int
    verdict: str | None
    """What the people said came of it."""
    measured: MeasuredOut | None
    """The indicator before and after the day it was closed; null where it cannot be told."""
    outcome: str | None
    """What the figures show: improved, worse, higher, lower, unclear; null without a look."""
    strength: str | None
    """How much of it may be claimed: firm, doubtful, none."""
    against: bool
    """The people said something else than the figures show."""
    others: int | None
    """Other actions for the same indicator in the same window; null without a look, and where actions of the
    pilot are not for the edition (`why_not`)."""
    why_not: dict[str, str] = Field(default_factory=dict)


class GapOut(ExportPart):
    """A stretch without a review that is longer than agreed."""

    start: date
    end: date
    days: int


class PeriodRhythmOut(ExportPart):
    """A pilot's reviews in one long review period."""

    period: PeriodText
    held: list[str]
    expected: int
    gaps: list[GapOut]
    long_review: str | None
    long_due: bool
    kept: bool
    why_not: dict[str, str] = Field(default_factory=dict)


class PilotRhythmOut(ExportPart):
    """A pilot's reviews against the rhythm."""

    id: str
    periods: list[PeriodRhythmOut]


class RhythmOut(ExportPart):
    """Whether the rhythm of the reviews is kept."""

    every_days: int
    pilots: list[PilotRhythmOut]


def reviews_out(figures: Figures) -> list[dict[str, Any]]:
    """Every review as in its file."""
    languages = figures.catalogue.handbook.languages
    return [as_json(review, languages) for review in figures.catalogue.reviews.values()]


def actions_out(figures: Figures) -> list[ActionOut]:
    """Every action, by due date."""
    day = today_of(figures.as_of, figures.catalogue.handbook.calendar)
    return [_action(figures, task) for task in tasks_of(figures.catalogue, day)]


def _action(figures: Figures, task: ActionState) -> ActionOut:
    action, measured = task.action, measured_of(figures, task)
    return ActionOut(
        id=joined(task.review.id, action.id),
        review=task.review.id,
        action=action.id,
        pilot=task.review.pilot,
        problem=action.problem,
        indicator=task.indicator,
        status=action.status,
        due=action.due,
        closed=action.closed,
        open=task.open,
        overdue=task.overdue,
        days_late=task.days_late,
        verdict=action.result.verdict if action.result else None,
        measured=measured_out(measured.claim) if measured else None,
        outcome=measured.claim.outcome if measured else None,
        strength=measured.claim.strength if measured else None,
        against=measured.said == "against" if measured else False,
        others=measured.others if measured else None,
        why_not={"others": "withheld"} if measured and measured.others is None else {},
    )


def rhythm_out(figures: Figures) -> RhythmOut | None:
    """The rhythm of all pilots; None where nobody reviews."""
    rhythm = rhythm_of(figures)
    if rhythm is None:
        return None
    return RhythmOut(
        every_days=rhythm.every_days,
        pilots=[
            PilotRhythmOut(id=pilot.pilot, periods=[_period(period) for period in pilot.periods])
            for pilot in rhythm.pilots
        ],
    )


def _period(period_rhythm: PeriodRhythm) -> PeriodRhythmOut:
    return PeriodRhythmOut(
        period=str(period_rhythm.period),
        held=[review.id for review in period_rhythm.held],
        expected=period_rhythm.expected,
        gaps=[GapOut.model_validate(gap) for gap in period_rhythm.gaps],
        long_review=period_rhythm.long_review.id if period_rhythm.long_review else None,
        long_due=period_rhythm.long_due,
        kept=period_rhythm.kept,
    )
