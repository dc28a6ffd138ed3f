"""Goals to question, in words: the same on home, strategy and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.chronic import CHRONIC_PERIODS, GoalQuestion, goals_to_question
from generator.compute.insight.named import named
from generator.present.links import Links, Ref
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal to question."""

    ref: Ref
    text: str
    indicators: tuple[tuple[Ref, str], ...]
    """Each with the places where it was missed."""


def goal_rows(figures: Figures, form: Format, links: Links) -> tuple[GoalRow, ...]:
    """Every goal to question, in order of the strategy."""
    strategy = figures.catalogue.strategy
    names = {goal.id: goal.name for goal in strategy.goals} if strategy else {}
    return tuple(
        GoalRow(
            Ref(form.text(names[asked.goal]), links.to("strategy.md", f"goal-{asked.goal}")),
            goal_text(figures, form, asked),
            tuple(
                (links.indicator(name), form.join(_places(figures, form, places)))
                for name, places in asked.chronic
            ),
        )
        for asked in goals_to_question(figures)
    )


def goal_text(figures: Figures, form: Format, goal_question: GoalQuestion) -> str:
    """How many of the goal's indicators miss for long."""
    at = f"evidence/goals/{goal_question.goal}"
    return form.words.count(
        "goal_question.text",
        named(goal_question.measured, f"{at}/measured"),
        missed=named(len(goal_question.chronic), f"{at}/missed"),
        periods=named(CHRONIC_PERIODS, "method/chronic_periods"),
        long=long_word(figures, form),
    )


def places_text(figures: Figures, form: Format, places: Sequence[str | None]) -> str:
    """Pilots by name, the organisation by its word, inside a sentence."""
    return form.listed(_places(figures, form, places))


def _places(figures: Figures, form: Format, places: Sequence[str | None]) -> list[str]:
    pilots = figures.catalogue.pilots
    return [form.text(pilots[place].name) if place else form.words("place.organisation") for place in places]


def long_word(figures: Figures, form: Format) -> str:
    """What the handbook's long review period is called, several of them."""
    return form.words(f"evidence.long_word.{figures.catalogue.handbook.review.long}")
