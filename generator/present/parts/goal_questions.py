"""Goals to question, in words: the same on home, strategy and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.insight.chronic import CHRONIC_PERIODS, GoalQuestion, goals_to_question
from generator.compute.insight.named import named
from generator.present.desk import PageContext
from generator.present.links import Links, Ref


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal to question."""

    ref: Ref
    text: str
    indicators: tuple[tuple[Ref, str], ...]
    """Each with the places where it was missed."""


def goal_rows(desk: PageContext, links: Links) -> tuple[GoalRow, ...]:
    """Every goal to question, in order of the strategy."""
    strategy = desk.figures.catalogue.strategy
    names = {goal.id: goal.name for goal in strategy.goals} if strategy else {}
    return tuple(
        GoalRow(
            Ref(desk.format.text(names[one.goal]), links.to("strategy.md", f"goal-{one.goal}")),
            goal_text(desk, one),
            tuple((links.indicator(name), places_text(desk, places)) for name, places in one.chronic),
        )
        for one in goals_to_question(desk.figures)
    )


def goal_text(desk: PageContext, one: GoalQuestion) -> str:
    """How many of the goal's indicators miss for long."""
    at = f"evidence/goals/{one.goal}"
    return desk.format.words.count(
        "goal_question.text", named(one.measured, f"{at}/measured"),
        missed=named(len(one.chronic), f"{at}/missed"),
        periods=named(CHRONIC_PERIODS, "method/chronic_periods"),
        long=long_word(desk),
    )  # fmt: skip


def places_text(desk: PageContext, places: Sequence[str | None]) -> str:
    """Pilots by name, the organisation by its word."""
    form = desk.format
    pilots = desk.figures.catalogue.pilots
    names = [form.text(pilots[place].name) if place else form.words("place.organisation") for place in places]
    return form.join(names)


def long_word(desk: PageContext) -> str:
    """What the handbook's long review period is called, several of them."""
    return desk.format.words(f"evidence.long_word.{desk.figures.catalogue.handbook.review.long}")
