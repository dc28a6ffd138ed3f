"""What the log says of a map's steps and ways: which take longest, where cases wait, which way they go.

Source: the computations page, section 22.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import fsum

from generator.compute.processes.flow import BLOCKAGES, MapFlow
from generator.compute.processes.net import is_work
from generator.model.measured import MeasuredMap, MeasuredStep
from generator.model.process import ProcessMap, Step

HEAT = (1 / 12, 1 / 6, 1 / 3)
"""Shares of a case's measured waiting from which a step is warm, hot and hottest."""
LinkEnds = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StepMeasured:
    """A step of a map with what its log says."""

    found: MeasuredStep
    takes_h: float
    """Hours of a case on average: visits a case × the means of wait and work."""
    wait_h: float
    """Of these the wait; where it cannot be told from the work, both."""
    heat: int = 0
    """0 to 3, by its share of all the waiting."""


@dataclass(frozen=True, slots=True)
class MapMeasured:
    """A map with what its log says."""

    found: MeasuredMap
    steps: Mapping[str, StepMeasured]
    worst: tuple[str, ...]
    """The steps that take most measured time, the worst first; empty where a step was not measured."""
    flows: Mapping[LinkEnds, float]
    """How often a case goes from one shape to the next, where the log tells."""


def map_measured(drawn: ProcessMap, found: MeasuredMap) -> MapMeasured:
    """Set what was measured of a map against its steps."""
    known = {step.id: step for step in drawn.steps if is_work(step)}
    steps = {one.id: _step(one, found.cases) for one in found.steps if one.id in known}
    waited = fsum(step.wait_h for step in steps.values())
    if waited > 0:
        steps = {
            id_: replace(step, heat=len([1 for least in HEAT if step.wait_h / waited >= least]))
            for id_, step in steps.items()
        }
    whole = bool(known) and all(_told(step, steps.get(id_)) for id_, step in known.items())
    ranked = sorted((id_ for id_ in known if id_ in steps), key=lambda id_: -round(steps[id_].takes_h, 9))
    worst = tuple(id_ for id_ in ranked if steps[id_].takes_h > 0)[:BLOCKAGES] if whole else ()
    return MapMeasured(found, steps, worst, dict(_flows(drawn, found)))


def by_log(flow: MapFlow, measured: MapMeasured | None) -> MapFlow:
    """The flow of a map, with the blockages of its log where that tells the time of every step."""
    if measured is None or not measured.worst:
        return flow
    return replace(flow, blockages=measured.worst, blockages_measured=True)


def _step(one: MeasuredStep, cases: int) -> StepMeasured:
    passes = one.visits / cases
    touch, wait = (time.mean if time is not None else 0.0 for time in (one.touch, one.wait))
    if one.total is not None:
        wait += one.total.mean
    return StepMeasured(one, passes * (touch + wait), passes * wait)


def _told(step: Step, measured: StepMeasured | None) -> bool:
    """Whether the log has the times that the map has."""
    if measured is None:
        return False
    one = measured.found
    return one.total is not None or (one.touch is not None and (step.wait is None or one.wait is not None))


def _flows(drawn: ProcessMap, found: MeasuredMap) -> Iterator[tuple[LinkEnds, float]]:
    ways = {(way.gateway, way.to): way.n / found.cases for way in found.ways}
    passes = {one.id: one.visits / found.cases for one in found.steps}
    for step in drawn.steps:
        once = 1.0 if step.event == "start" else passes.get(step.id)
        for link in step.next:
            flow = once if len(step.next) == 1 and step.gateway is None else ways.get((step.id, link.to))
            if flow is not None:
                yield (step.id, link.to), flow
