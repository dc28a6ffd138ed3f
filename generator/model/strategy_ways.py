"""The ways up in a strategy: what stands above an objective or an indicator, and what is left of it.

Objectives lead to goals over their parents, indicators over those that they contribute to. Rules, pages and
editions go by the same ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.indicator import Indicator
from generator.model.strategy import Objective, Strategy


def objectives_above(strategy: Strategy, objective: Objective) -> Iterator[Objective]:
    """The objective itself, its parent, and so on; a circle ends."""
    known = {each.id: each for each in strategy.objectives}
    met: set[str] = set()
    at: Objective | None = objective
    while at is not None and at.id not in met:
        yield at
        met.add(at.id)
        at = known.get(at.parent or "")


def goal_of(strategy: Strategy, objective: Objective) -> str | None:
    """The goal that an objective serves: its own, else that of the nearest objective above it."""
    return next((each.goal for each in objectives_above(strategy, objective) if each.goal), None)


def children(strategy: Strategy, parent: str) -> tuple[Objective, ...]:
    """The objectives that are part of one."""
    return tuple(each for each in strategy.objectives if each.parent == parent)


def goals_reached(indicators: Mapping[str, Indicator], indicator: str) -> frozenset[str]:
    """The goals that an indicator in use leads to, by itself or over those in use that it contributes to."""
    goals: set[str] = set()
    met: set[str] = set()
    waiting = [indicator]
    while waiting:
        name = waiting.pop()
        own = indicators.get(name)
        if name in met or own is None or not own.in_use:
            continue
        met.add(name)
        goals.update(link.goal for link in own.supports)
        waiting.extend(link.indicator for link in own.contributes_to)
    return frozenset(goals)


def linked_up(part: Strategy, whole: Strategy) -> Strategy:
    """A part of a strategy, whose key results were taken out, without what was about those alone.

    An objective whose key results are all gone goes too: its words would tell of them. What was below it
    hangs on the next one above, and keeps its goal.
    """
    before = {each.id: each for each in whole.objectives}
    kept = {each.id: each for each in part.objectives if each.key_results or not before[each.id].key_results}

    def linked(one: Objective) -> Objective:
        above = [each.id for each in objectives_above(whole, before[one.id])][1:]
        parent = next((name for name in above if name in kept), None)
        if parent == one.parent:
            return one
        return one.model_copy(update={"parent": parent, "goal": goal_of(whole, before[one.id])})

    return part.model_copy(update={"objectives": tuple(linked(each) for each in kept.values())})
