"""The X-matrix (Hoshin kanri): the data of the cascade, side against side.

Goals, objectives, pilots, the indicators of key results, and units; a cross says that two have to do with
each other, strong where it is said so directly. Only what an edition sees.
Source: the computations page, section 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.once import once
from generator.model.catalogue import Catalogue
from generator.model.strategy import Strategy
from generator.model.strategy_ways import goal_of, goals_reached

Corner = Literal[
    "goal-objective", "objective-pilot", "pilot-indicator", "indicator-goal", "pilot-unit", "unit-goal"
]
"""Which sides meet, and when strongly (else weakly): the objective names the goal (its parent does) · a key
result names the pilot (the pilot measures an indicator of one) · it is in the pilot's pack · it supports the
goal (over others) · it is the unit's pilot (the unit owns an indicator of the pack) · an objective or key
result of the unit serves the goal."""


@dataclass(frozen=True, slots=True)
class Cross:
    """Two that have to do with each other."""

    corner: Corner
    one: str
    other: str
    strong: bool


@dataclass(frozen=True, slots=True)
class XMatrix:
    """The five sides, by ids, and what links them."""

    goals: tuple[str, ...]
    objectives: tuple[str, ...]
    pilots: tuple[str, ...]
    indicators: tuple[str, ...]
    units: tuple[str, ...]
    crosses: tuple[Cross, ...]


@once
def x_matrix(figures: Figures) -> XMatrix:
    """Of the indicators those of key results, of the pilots those that measure one or are named by one."""
    known = figures.catalogue
    strategy = known.strategy or Strategy()
    results = [result for each in strategy.objectives for result in each.key_results]
    measured = tuple(dict.fromkeys(result.indicator for result in results if result.indicator))
    named = {result.pilot for result in results}
    packs = {
        name: pack
        for name, pilot in known.pilots.items()
        if (pack := frozenset(item.indicator for item in pilot.pack) & set(measured)) or name in named
    }
    crosses = (
        *_of_objectives(strategy, packs),
        *_of_indicators(known, strategy, measured, packs),
        *_of_units(known, strategy, packs),
    )
    units = {name for cross in crosses if "unit" in cross.corner for name in (cross.one, cross.other)}
    return XMatrix(
        tuple(goal.id for goal in strategy.goals),
        tuple(each.id for each in strategy.objectives),
        tuple(packs),
        measured,
        tuple(unit.id for unit in known.handbook.units if unit.id in units),
        crosses,
    )


def _of_objectives(strategy: Strategy, packs: Mapping[str, frozenset[str]]) -> Iterator[Cross]:
    for each in strategy.objectives:
        goal = goal_of(strategy, each)
        if goal is not None:
            yield Cross("goal-objective", goal, each.id, each.goal is not None)
        own = {result.indicator for result in each.key_results}
        for pilot, pack in packs.items():
            named = any(result.pilot == pilot for result in each.key_results)
            if named or own & pack:
                yield Cross("objective-pilot", each.id, pilot, named)


def _of_indicators(
    known: Catalogue, strategy: Strategy, measured: tuple[str, ...], packs: Mapping[str, frozenset[str]]
) -> Iterator[Cross]:
    for pilot, pack in packs.items():
        yield from (Cross("pilot-indicator", pilot, name, True) for name in measured if name in pack)
    for name in measured:
        direct = {link.goal for link in known.indicators[name].supports}
        reached = goals_reached(known.indicators, name)
        for goal in strategy.goals:
            if goal.id in direct or goal.id in reached:
                yield Cross("indicator-goal", name, goal.id, goal.id in direct)


def _of_units(known: Catalogue, strategy: Strategy, packs: Mapping[str, frozenset[str]]) -> Iterator[Cross]:
    serves = {
        (part.unit or each.unit, goal_of(strategy, each))
        for each in strategy.objectives
        for part in each.with_results
    }
    for unit in known.handbook.units:
        for name in packs:
            pilot = known.pilots[name]
            owners = {item.owner.unit for item in pilot.pack if item.owner}
            if unit.id == pilot.unit or unit.id in owners:
                yield Cross("pilot-unit", name, unit.id, unit.id == pilot.unit)
        yield from (
            Cross("unit-goal", unit.id, goal.id, True)
            for goal in strategy.goals
            if (unit.id, goal.id) in serves
        )
