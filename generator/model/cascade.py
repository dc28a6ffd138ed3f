"""Where the strategy breaks on its way down: from goal to unit goal, to indicator, to post.

What the rules report and what the page of the cascade lists are the same gaps, so they are found here. A gap
is asked only where a handbook says that sort of thing at all: units of objectives, kinds of indicators.
Source: the computations page, section 13.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Literal

from generator.model.catalogue import Catalogue
from generator.model.handbook import Unit
from generator.model.indicator import Indicator
from generator.model.strategy import KeyResult, Objective, Strategy
from generator.model.strategy_ways import children, goal_of, goals_reached

GapKind = Literal[
    "goal-leading",
    "goal-taken-up",
    "unit-goal",
    "objective-goal",
    "objective-empty",
    "weights",
    "key-result-indicator",
    "key-result-aside",
    "key-result-post",
    "indicator-how",
    "indicator-alone",
]
"""goal-leading: no leading indicator leads to the goal · goal-taken-up: no objective serves it · unit-goal:
the unit has no objective · objective-goal: it leads to no goal · objective-empty: no key result, nothing
below · weights: not all of those beside each other are weighted, or they do not total 100 ·
key-result-indicator: it names none · key-result-aside: its indicator does not lead to the objective's goal ·
key-result-post: it reaches no post · indicator-how: it does not say how it supports what it names ·
indicator-alone: it supports nothing."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """One gap, and where: ids, and 0-based places in lists, from the outside in."""

    kind: GapKind
    place: tuple[str | int, ...]


def cascades(strategy: Strategy) -> bool:
    """Whether the handbook brings its goals down: any objective or key result names a unit or a parent."""
    return any(part.unit or part.parent for each in strategy.objectives for part in each.with_results)


def gaps_of(catalogue: Catalogue) -> Iterator[BrokenLink]:
    """Every gap, from the goals down."""
    strategy = catalogue.strategy
    if strategy is not None:
        yield from _of_goals(strategy, catalogue.indicators)
        yield from _of_units(strategy, catalogue.handbook.units)
        # Of two objectives with one id, which is told already, the first counts: gaps are named by ids.
        first = {objective.id: objective for objective in reversed(strategy.objectives)}
        for objective in strategy.objectives:
            if first[objective.id] is objective:
                yield from _of_objective(strategy, objective, catalogue.indicators)
        yield from _of_weights(strategy)
    yield from _of_indicators(catalogue.indicators.values())


def _of_goals(strategy: Strategy, indicators: Mapping[str, Indicator]) -> Iterator[BrokenLink]:
    sorted_by_kind = any(each.kind for each in indicators.values() if each.in_use)
    leading = [each.id for each in indicators.values() if each.in_use and each.kind == "leading"]
    led = {goal for name in leading for goal in goals_reached(indicators, name)}
    served = {goal_of(strategy, each) for each in strategy.objectives}
    for goal in (each for each in strategy.goals if not each.dropped):
        if sorted_by_kind and goal.id not in led:
            yield BrokenLink("goal-leading", (goal.id,))
        if cascades(strategy) and goal.id not in served:
            yield BrokenLink("goal-taken-up", (goal.id,))


def _of_units(strategy: Strategy, units: Iterable[Unit]) -> Iterator[BrokenLink]:
    """The top has the organisation's goals; every unit below it has its own, where any has."""
    named = {part.unit for each in strategy.objectives for part in each.with_results if part.unit}
    for unit in units:
        if named and unit.parent and unit.id not in named:
            yield BrokenLink("unit-goal", (unit.id,))


def _of_objective(
    strategy: Strategy, objective: Objective, indicators: Mapping[str, Indicator]
) -> Iterator[BrokenLink]:
    goal = goal_of(strategy, objective)
    if cascades(strategy) and goal is None:
        yield BrokenLink("objective-goal", (objective.id,))
    if not objective.key_results and not children(strategy, objective.id):
        yield BrokenLink("objective-empty", (objective.id,))
    for place, result in enumerate(objective.key_results):
        at = (objective.id, place)
        if result.indicator is None:
            yield BrokenLink("key-result-indicator", at)
        elif result.indicator in indicators and cascades(strategy):
            if goal is not None and goal not in goals_reached(indicators, result.indicator):
                yield BrokenLink("key-result-aside", at)
            if not reaches_post(objective, result, indicators):
                yield BrokenLink("key-result-post", at)


def reaches_post(objective: Objective, result: KeyResult, indicators: Mapping[str, Indicator]) -> bool:
    """Whether a post is named: by the key result, its objective, its indicator, or one that drives that."""
    if result.post or objective.post:
        return True
    met: set[str] = set()
    waiting = [result.indicator or ""]
    while waiting:
        name = waiting.pop()
        if name in met or name not in indicators:
            continue
        met.add(name)
        if any(use.role for use in indicators[name].applies_to):
            return True
        waiting.extend(
            each.id
            for each in indicators.values()
            if each.in_use and any(link.indicator == name for link in each.contributes_to)
        )
    return False


def _of_weights(strategy: Strategy) -> Iterator[BrokenLink]:
    """Objectives below one goal or one parent, and key results of one objective, are weighed together."""
    beside: dict[str, list[Objective]] = {}
    for each in strategy.objectives:
        beside.setdefault(f"parent {each.parent}" if each.parent else f"goal {each.goal}", []).append(each)
    for group in beside.values():
        if not _weighed([each.weight for each in group]):
            yield BrokenLink("weights", (group[0].id,))
    for each in strategy.objectives:
        if not _weighed([result.weight for result in each.key_results]):
            yield BrokenLink("weights", (each.id, "key_results"))


def _weighed(weights: list[float | None]) -> bool:
    given = [weight for weight in weights if weight is not None]
    return not given or (len(given) == len(weights) and abs(fsum(given) - 100) < 1e-6)


def _of_indicators(indicators: Iterable[Indicator]) -> Iterator[BrokenLink]:
    for indicator in indicators:
        if indicator.status != "active":
            continue
        if not indicator.supports and not indicator.contributes_to:
            yield BrokenLink("indicator-alone", (indicator.id,))
        for place, support in enumerate(indicator.supports):
            if support.how is None:
                yield BrokenLink("indicator-how", (indicator.id, "supports", place))
        for place, driven in enumerate(indicator.contributes_to):
            if driven.how is None:
                yield BrokenLink("indicator-how", (indicator.id, "contributes_to", place))
