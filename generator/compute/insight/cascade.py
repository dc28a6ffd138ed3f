"""The cascade as it stands: each goal with what units took over, what measures it, the posts it reaches.

Gaps are those of the whole catalogue, so that nothing seems to be missing that an edition may only not see;
an edition is told of those whose places it sees. Source: the computations page, section 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.key_results import KeyResultState, key_results
from generator.compute.once import once
from generator.compute.seen import over_everything
from generator.model.cascade import BrokenLink, gaps_of
from generator.model.catalogue import Catalogue
from generator.model.common import Owner
from generator.model.strategy import Objective, Strategy
from generator.model.strategy_ways import children, goal_of
from generator.model.text import Text


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a key result reaches."""

    unit: str | None
    role: Text


@dataclass(frozen=True, slots=True)
class CascadeResult:
    """A key result in the cascade."""

    state: KeyResultState
    unit: str | None
    """Its own, else the objective's."""
    owner: Owner | None
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class CascadeObjective:
    """An objective with its place in the cascade."""

    objective: Objective
    depth: int
    """0 right below the goal."""
    results: tuple[CascadeResult, ...]


@dataclass(frozen=True, slots=True)
class GoalCascade:
    """A goal and all objectives below it, each before its own parts; None: those that lead to no goal."""

    goal: str | None
    objectives: tuple[CascadeObjective, ...]


def _seen(figures: Figures, found: tuple[BrokenLink, ...]) -> tuple[BrokenLink, ...]:
    """Those of goals, units, objectives, key results and indicators that an edition may see."""
    return tuple(gap for gap in found if _sees(figures.catalogue, figures.whole.catalogue, gap))


def _sees(known: Catalogue, whole: Catalogue, gap: BrokenLink) -> bool:
    first, *rest = gap.place
    if gap.kind in ("goal-leading", "goal-taken-up", "unit-goal"):
        return True
    if gap.kind in ("indicator-how", "indicator-alone"):
        return first in known.indicators and (not rest or _sees_link(known, whole, gap))
    seen = {each.id for each in known.strategy.objectives} if known.strategy else set()
    if first not in seen or whole.strategy is None or not rest or rest[0] == "key_results":
        return first in seen
    objective = next(each for each in whole.strategy.objectives if each.id == first)
    result = objective.key_results[int(rest[0])]
    return (result.indicator is None or result.indicator in known.indicators) and (
        result.pilot is None or result.pilot in known.pilots
    )


def _sees_link(known: Catalogue, whole: Catalogue, gap: BrokenLink) -> bool:
    """Whether what a link leads to is seen; goals always are."""
    name, key, place = gap.place
    links = whole.indicators[str(name)].contributes_to
    return key == "supports" or links[int(place)].indicator in known.indicators


@over_everything(_seen)
def strategy_gaps(figures: Figures) -> tuple[BrokenLink, ...]:
    """Where the cascade breaks, from the goals down."""
    return tuple(gaps_of(figures.catalogue))


@once
def cascade_of(figures: Figures) -> tuple[GoalCascade, ...]:
    """Every goal in order of the strategy, then what leads to none."""
    strategy = figures.catalogue.strategy
    if strategy is None:
        return ()
    states = key_results(figures)
    top = [each for each in strategy.objectives if each.parent is None]
    found = []
    for goal in (*(goal.id for goal in strategy.goals), None):
        own = tuple(
            item
            for each in top
            if goal_of(strategy, each) == goal
            for item in _below(figures.catalogue, strategy, each, states, 0)
        )
        if goal is not None or own:
            found.append(GoalCascade(goal, own))
    return tuple(found)


def _below(
    catalogue: Catalogue,
    strategy: Strategy,
    objective: Objective,
    states: tuple[KeyResultState, ...],
    depth: int,
) -> Iterator[CascadeObjective]:
    results = tuple(
        CascadeResult(
            state,
            state.result.unit or objective.unit,
            state.result.owner or objective.owner,
            posts_of(catalogue, objective, state),
        )
        for state in states
        if state.objective == objective.id
    )
    yield CascadeObjective(objective, depth, results)
    for part in children(strategy, objective.id):
        yield from _below(catalogue, strategy, part, states, depth + 1)


def posts_of(catalogue: Catalogue, objective: Objective, state: KeyResultState) -> tuple[Post, ...]:
    """The key result's post, else the objective's, else those for which its indicator says it is used."""
    unit = state.result.unit or objective.unit
    for post in (state.result.post, objective.post):
        if post is not None:
            return (Post(unit, post),)
    indicator = catalogue.indicators.get(state.result.indicator or "")
    return tuple(Post(use.unit, use.role) for use in indicator.applies_to if use.role) if indicator else ()
