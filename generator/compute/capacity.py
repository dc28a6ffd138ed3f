"""Do the people of a lane suffice? M/M/c, only where process and lane give volume and capacity.

Cases arrive at random at a lane of c people who share its work (Erlang C; Hillier & Lieberman,
Introduction to Operations Research, ch. 17). Above 95 % utilisation the formula's wait is a guess, so none
is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

from generator.compute.flow import MapFlow
from generator.model.duration import DAYS_PER_WEEK
from generator.model.process import Process, ProcessMap

BUSY = 0.95
"""Utilisation above which no wait is given."""
WEEKS_PER_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Queue:
    """The steady state of an M/M/c queue; all None from utilisation 1 on, where it has none."""

    utilisation: float
    empty: float | None
    """P₀, the chance that nobody is there."""
    in_system: float | None
    """L, cases being worked on or waiting."""
    time_in_system: float | None
    """W, in the unit of the rates."""
    wait: float | None
    """W_q, the wait before the work begins."""


@dataclass(frozen=True, slots=True)
class LaneLoad:
    """What a lane has to do in a month."""

    lane: str
    people: int
    hours: float
    """Working hours asked for in a month."""
    utilisation: float
    wait_h: float | None
    """Expected wait each time a case comes; None where the lane is too busy to say."""
    noted_wait_h: float
    """What the map says a case waits each time on average, for comparison."""


def mmc(arrivals: float, service: float, servers: int) -> Queue:
    """`arrivals` λ and `service` μ as rates in one unit, `servers` c ≥ 1."""
    load = arrivals / service
    used = load / servers
    if used >= 1:
        return Queue(used, None, None, None, None)
    below = sum(load**k / factorial(k) for k in range(servers))
    full = load**servers / factorial(servers) / (1 - used)
    wait = full / (below + full) / (servers * service - arrivals)
    staying = wait + 1 / service
    return Queue(used, 1 / (below + full), arrivals * staying, staying, wait)


def hours_per_month(process: Process) -> float:
    """Hours a person works in a month: weeks of five days, 52 of them in 12 months."""
    return process.time.hours_per_day * DAYS_PER_WEEK * WEEKS_PER_MONTH


def lane_loads(process: Process, drawn: ProcessMap, flow: MapFlow) -> tuple[LaneLoad, ...]:
    """Of every own lane with a capacity what it has to do; nothing without a volume."""
    if process.volume is None:
        return ()
    month = hours_per_month(process)
    loads = []
    for lane in process.lanes:
        own = {step.id for step in drawn.steps if step.lane == lane.id}
        flows = [step for step in flow.steps if step.id in own and step.touch_h > 0]
        if lane.external or lane.capacity is None or not flows:
            continue
        passes = sum(step.visits for step in flows)
        work = sum(step.visits * step.touch_h for step in flows)
        arrivals = process.volume.per_month * passes / month
        queue = mmc(arrivals, passes / work, lane.capacity)
        loads.append(
            LaneLoad(
                lane.id,
                lane.capacity,
                process.volume.per_month * work,
                queue.utilisation,
                queue.wait if queue.utilisation <= BUSY else None,
                sum(step.visits * step.wait_h for step in flows) / passes,
            )
        )
    return tuple(loads)
