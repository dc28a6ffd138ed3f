"""What was agreed at the reviews: every action with the problem it answers, and how it stands on a day.

Open is what is neither done nor dropped; overdue is what is open past its due date, as the rule
`action-overdue` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.compute.once import once
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.review import Action, Review, ReviewProblem

UNDER_WAY = ("open", "doing")


@dataclass(frozen=True, slots=True)
class ActionState:
    """One action as it stands on a day."""

    review: Review
    action: Action
    problem: ReviewProblem | None
    """The problem that it answers."""
    open: bool
    overdue: bool
    days_late: int
    """Since its due date, where it is overdue; else 0."""

    @property
    def indicator(self) -> str | None:
        """The indicator that should show it: that of its result, else that of its problem."""
        result = self.action.result
        if result is not None and result.indicator is not None:
            return result.indicator
        return self.problem.indicator if self.problem is not None else None


@once
def tasks_of(catalogue: Catalogue, day: date | None) -> tuple[ActionState, ...]:
    """Every action of every review, by due date (those without one last); without a day nothing is late.

    Every review's page asks for all of them.
    """
    made = [_task(review, action, day) for review in catalogue.reviews.values() for action in review.actions]
    return tuple(
        sorted(
            made,
            key=lambda item: (item.action.due or date.max, item.review.date, item.review.id, item.action.id),
        )
    )


def today_of(as_of: Period | None, calendar: Calendar) -> date | None:
    """The last day of the period that is told about: what lies after it has not happened yet."""
    return calendar.end(as_of) if as_of is not None else None


def _task(review: Review, action: Action, day: date | None) -> ActionState:
    under_way = action.status in UNDER_WAY
    problem = next((item for item in review.problems if item.id == action.problem), None)
    late = under_way and day is not None and action.due is not None and action.due < day
    days = (day - action.due).days if late and day is not None and action.due is not None else 0
    return ActionState(review, action, problem, under_way, late, days)
