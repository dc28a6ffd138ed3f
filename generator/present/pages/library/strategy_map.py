"""The strategy map on the strategy page: what it shows of each goal, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.chronic import goals_to_question
from generator.model.strategy import PERSPECTIVES, Goal, Strategy
from generator.present.links import STRATEGY, Links, Ref
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.strategy_map import GoalBand, strategy_map
from generator.present.page_context import PageContext
from generator.present.pages.library.index import perspective_name
from generator.present.parts.record import owner_text
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class MapRow:
    """A goal in the map's table."""

    goal: Ref
    perspective: str
    owner: str
    supports: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class StrategyMapView:
    """The drawing and its table."""

    drawing: Markup
    rows: tuple[MapRow, ...]


def goals_by_perspective(
    figures: Figures, form: Format, strategy: Strategy
) -> Iterator[tuple[str, tuple[Goal, ...]]]:
    """The name of each perspective that has goals, with them; those in none come last, without a name."""
    known = [perspective.id for perspective in strategy.perspectives]
    order = [*known, *(name for name in PERSPECTIVES if name not in known)]
    for perspective in order:
        goals = tuple(goal for goal in strategy.goals if goal.perspective == perspective)
        if goals:
            yield perspective_name(figures, form, perspective), goals
    if rest := tuple(goal for goal in strategy.goals if goal.perspective not in order):
        yield "", rest


def goal_ref(form: Format, strategy: Strategy, goal: str, links: Links) -> Ref:
    """A goal by its name, where the strategy page tells of it."""
    found = next((known for known in strategy.goals if known.id == goal), None)
    name = form.text(found.name) if found else goal
    return Ref(name, links.to(STRATEGY, f"goal-{goal}") if found else "")


def strategy_map_view(ctx: PageContext, strategy: Strategy, links: Links) -> StrategyMapView:
    """All goals, from the financial ones down; one that is in question has a mark."""
    form, words = ctx.format, ctx.format.words
    asked = {question.goal for question in goals_to_question(ctx.figures)}
    groups = list(goals_by_perspective(ctx.figures, form, strategy))
    entries = {
        goal.id: BoxEntry(
            form.text(goal.name),
            f"#goal-{goal.id}",
            (),
            *(("missed", words("strategy.in_question"), "?") if goal.id in asked else ()),
        )
        for goal in strategy.goals
    }
    drawing = strategy_map(
        [GoalBand(name, tuple(goal.id for goal in goals)) for name, goals in groups],
        entries,
        [(goal.id, other) for goal in strategy.goals for other in goal.supports],
    )
    return StrategyMapView(
        Markup(
            ctx.templates.piece(
                "drawings/boxes.svg.jinja",
                drawing=drawing,
                id="strategy-map",
                title=words("sections.library.strategy.map"),
                description=words("strategy.map_description"),
            )
        ),
        tuple(
            MapRow(
                goal_ref(form, strategy, goal.id, links),
                name,
                owner_text(ctx.figures, form, goal.owner),
                tuple(goal_ref(form, strategy, other, links) for other in goal.supports),
            )
            for name, goals in groups
            for goal in goals
        ),
    )
