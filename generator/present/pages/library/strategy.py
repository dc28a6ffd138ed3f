"""The strategy page: the map, goals by perspective with their indicators, objectives and key results.

The loop at its end shows where the way from the strategy back to it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.chronic import goals_to_question
from generator.compute.insight.goal_answers import asked_goals
from generator.compute.insight.key_results import key_results
from generator.compute.series.assessed import AssessedSeries
from generator.model.strategy import Goal, Strategy
from generator.present.links import STRATEGY, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.library.decoding_links import decoding_refs
from generator.present.pages.library.key_results import KeyResultView, key_result_view, key_results_text
from generator.present.pages.library.loop import StationView, station_views
from generator.present.pages.library.strategy_map import (
    StrategyMapView,
    goal_ref,
    goals_by_perspective,
    strategy_map_view,
)
from generator.present.parts.goal_questions import goal_text
from generator.present.parts.record import owner_text
from generator.present.parts.value import ValueView, value_view
from generator.present.text.format import Format
from generator.present.text.marked_text import capital


@dataclass(frozen=True, slots=True)
class Support:
    """An indicator that supports a goal, how it does, and how it stands."""

    ref: Ref
    how: Markup
    value: ValueView


@dataclass(frozen=True, slots=True)
class GoalView:
    """One goal with what supports it."""

    anchor: str
    name: str
    owner: str
    why: Markup
    leads_to: tuple[Ref, ...]
    supports: tuple[Support, ...]
    question: str
    """Why the goal itself is to be questioned, or nothing."""
    asked: str
    """Who is to answer by when, or what settles it."""
    answers: tuple[tuple[str, str, Markup], ...]
    """(day, answer with who gave it, reason)."""


@dataclass(frozen=True, slots=True)
class PerspectiveView:
    """One perspective of the balanced scorecard."""

    title: str
    goals: tuple[GoalView, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """One objective with its key results."""

    name: str
    goal: Ref | None
    results: tuple[KeyResultView, ...]


@dataclass(frozen=True, slots=True)
class StrategyContext:
    """What the strategy page's template is given."""

    summary: str
    map: StrategyMapView
    further: tuple[Ref, ...]
    """The pages that lay the same data out otherwise."""
    perspectives: tuple[PerspectiveView, ...]
    results: str
    """How the key results stand together, or nothing."""
    objectives: tuple[ObjectiveView, ...]
    loop: tuple[StationView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one strategy page; none without a strategy."""
    strategy = ctx.figures.catalogue.strategy
    if strategy is None:
        return
    words, links = ctx.format.words, ctx.links(STRATEGY)
    found = key_results(ctx.figures)
    context = StrategyContext(
        words.count("strategy.summary", len(strategy.goals)),
        map=strategy_map_view(ctx, strategy, links),
        further=decoding_refs(ctx, links, STRATEGY),
        perspectives=tuple(
            PerspectiveView(
                name, tuple(_goal(ctx.figures, ctx.format, strategy, goal, links) for goal in goals)
            )
            for name, goals in goals_by_perspective(ctx.figures, ctx.format, strategy)
        ),
        results=key_results_text(ctx.figures, ctx.format, found),
        objectives=tuple(
            ObjectiveView(
                ctx.format.text(objective.name),
                goal_ref(ctx.format, strategy, objective.goal, links) if objective.goal else None,
                tuple(
                    key_result_view(ctx.format, result, links)
                    for result in found
                    if result.objective == objective.id
                ),
            )
            for objective in strategy.objectives
        ),
        loop=station_views(ctx, links),
    )
    title = words("chapters.strategy")
    names = " · ".join(ctx.format.text(goal.name) for goal in strategy.goals)
    yield ctx.page(
        "library/strategy",
        STRATEGY,
        title,
        context,
        SearchEntry(title, names),
        context.summary,
        order=-9,
        hide=("toc",),
    )


def _goal(figures: Figures, form: Format, strategy: Strategy, goal: Goal, links: Links) -> GoalView:
    supports = []
    for indicator in figures.catalogue.indicators.values():
        for support in indicator.supports:
            if support.goal == goal.id and indicator.status != "retired":
                series = _told(figures, indicator.id)
                supports.append(
                    Support(
                        links.indicator(indicator.id),
                        form.inline(support.how),
                        value_view(form, series.last if series else None, indicator),
                    )
                )
    return GoalView(
        f"goal-{goal.id}",
        name=form.text(goal.name),
        owner=owner_text(figures, form, goal.owner),
        why=form.inline(goal.why),
        leads_to=tuple(goal_ref(form, strategy, other, links) for other in goal.supports),
        supports=tuple(supports),
        question=_question(figures, form, goal),
        asked=_asked(figures, form, goal),
        answers=tuple(
            (
                form.date(given.on),
                form.words("punctuation.dot").join(
                    part
                    for part in (
                        form.words(f"goal_answer.{given.answer}"),
                        owner_text(figures, form, given.by),
                    )
                    if part
                ),
                form.inline(given.reason),
            )
            for given in goal.answers
        ),
    )


def _asked(figures: Figures, form: Format, goal: Goal) -> str:
    """Who is to answer a question to the goal by when; nothing where none is open."""
    asked = next((item for item in asked_goals(figures) if item.question.goal == goal.id), None)
    if asked is None:
        return ""
    if asked.answer is not None:
        return form.words("goal_answer.settled", day=form.date(asked.answer.on))
    who = owner_text(figures, form, asked.owner) or form.words("goal_answer.nobody")
    key = "goal_answer.late" if asked.late else "goal_answer.due"
    return form.words(key, who=who, day=form.date(asked.due), raised=form.date(asked.raised))


def _question(figures: Figures, form: Format, goal: Goal) -> str:
    found = next((asked for asked in goals_to_question(figures) if asked.goal == goal.id), None)
    return capital(form.words("goal_question.notice", text=goal_text(figures, form, found))) if found else ""


def _told(figures: Figures, indicator: str) -> AssessedSeries | None:
    """The series a reader wants first: of the organisation, else any that has a value."""
    own = figures.series.get((indicator, None, ()))
    return own or next((assessed for assessed in figures.of_indicator(indicator) if assessed.last), None)
