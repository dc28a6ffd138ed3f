"""Goals in question: since when, who is to answer by when, and what was answered.

A goal is put into question on the day on which more than half of its judged indicators had missed for long.
An answer given since then settles it until as many long periods have ended as make a miss a long one; is it
still missed then, it is asked anew. Source: the computations page, section 13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.compute.figures import Figures
from generator.compute.insight.actions import today_of
from generator.compute.insight.chronic import (
    CHRONIC_PERIODS,
    REACHED,
    GoalQuestion,
    chronic_misses,
    goals_to_question,
    long_points,
)
from generator.compute.seen import over_everything
from generator.model.common import Owner
from generator.model.strategy import Goal, GoalAnswer


@dataclass(frozen=True, slots=True)
class AskedGoal:
    """A question to the strategy, and how far it is."""

    question: GoalQuestion
    owner: Owner | None
    """Who is to answer."""
    raised: date
    due: date
    late: bool
    """Not answered, and the day is past."""
    answer: GoalAnswer | None
    """What settles it for now."""
    before: tuple[GoalAnswer, ...]
    """Earlier answers, oldest first."""


def _seen(figures: Figures, found: tuple[AskedGoal, ...]) -> tuple[AskedGoal, ...]:
    """Those of questions that an edition is told, in its words and without persons it may not see."""
    told = {question.goal: question for question in goals_to_question(figures)}
    strategy = figures.catalogue.strategy
    goals = {goal.id: goal for goal in strategy.goals} if strategy else {}
    return tuple(
        made
        for item in found
        if item.question.goal in told
        and (made := _asked(figures, goals[item.question.goal], told[item.question.goal], item.raised))
    )


@over_everything(_seen)
def asked_goals(figures: Figures) -> tuple[AskedGoal, ...]:
    """Every goal in question, in order of the strategy."""
    strategy = figures.catalogue.strategy
    goals = {goal.id: goal for goal in strategy.goals} if strategy else {}
    return tuple(
        made
        for question in goals_to_question(figures)
        if (made := _asked(figures, goals[question.goal], question, _first_raised(figures, question)))
    )


def _asked(figures: Figures, goal: Goal, question: GoalQuestion, raised: date | None) -> AskedGoal | None:
    handbook = figures.catalogue.handbook
    calendar, today = handbook.calendar, today_of(figures.as_of, handbook.calendar)
    if raised is None or today is None:
        return None
    answer = None
    for given in sorted(goal.answers, key=lambda item: item.on):
        if given.on < raised:
            continue
        rests = calendar.end(calendar.of(given.on, handbook.review.long).shift(CHRONIC_PERIODS))
        if rests <= today:
            answer, raised = None, rests
        else:
            answer = given
    due = goal.answer_by
    if due is None or due < raised:
        due = raised + timedelta(days=handbook.review.short_every_days)
    before = tuple(given for given in goal.answers if given is not answer)
    late = answer is None and due < today
    return AskedGoal(
        question, owner=goal.owner, raised=raised, due=due, late=late, answer=answer, before=before
    )


def _first_raised(figures: Figures, question: GoalQuestion) -> date | None:
    """The day on which more than half of the judged indicators had become chronic misses."""
    days = sorted(
        max(
            since
            for miss in chronic_misses(figures, name)
            if (since := _since(figures, miss.series.series.key))
        )
        for name, _ in question.chronic
    )
    needed = question.measured // 2
    return days[needed] if needed < len(days) else None


def _since(figures: Figures, key: tuple[str, str | None, tuple[tuple[str, str], ...]]) -> date | None:
    """The day on which a series had missed in so many long periods in a row that it is a long miss."""
    run = []
    for point in reversed(long_points(figures, figures.series[key])):
        if point.status in REACHED:
            break
        run.append(point.point.period)
    calendar = figures.catalogue.handbook.calendar
    return calendar.end(run[-CHRONIC_PERIODS]) if len(run) >= CHRONIC_PERIODS else None
