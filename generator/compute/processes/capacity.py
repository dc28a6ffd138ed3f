"""Do the people of a lane suffice? Only where process and lane give volume and capacity, in working time.

Cases arrive at random at a lane of c people who share its work (M/M/c with Erlang C; Hillier & Lieberman,
Introduction to Operations Research, ch. 17). Where the spread of every touch time of the lane is known, the
wait is corrected by it: Wq ≈ Wq(M/M/c) · (ca² + cs²)/2 (Allen & Cunneen; Allen, Probability, Statistics, and
Queueing Theory, 1990, §5.3.4), with ca² = 1 for arrivals at random and cs² the squared coefficient of
variation of the work at one visit, all steps of the lane together; for one person that is exact (Pollaczek &
Khinchine).
Above 95 % utilisation the formula's wait is a guess, so none is given.
In calendar time nothing is told: how many hours of a calendar day people work is not known.
Source: the computations page, section 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log
from typing import Literal

from generator.compute.processes.flow import MapFlow, StepFlow
from generator.model.duration import DAYS_PER_WEEK
from generator.model.process import Process, ProcessMap, Step, TimeBasis

BUSY = 0.95
"""Utilisation above which no wait is given."""
WEEKS_PER_MONTH = 52 / 12
ARRIVALS = 1.0
"""ca²: cases come at random."""


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
    formula: Literal["m/m/c", "allen-cunneen"]
    """allen-cunneen where the spread of every touch time of the lane is known."""
    variation: float
    """cs², the squared coefficient of variation of the work at one visit; 1 in M/M/c."""


def mmc(arrivals: float, service: float, servers: int) -> Queue:
    """`arrivals` λ and `service` μ as rates in one unit, `servers` c ≥ 1."""
    load = arrivals / service
    used = load / servers
    if used >= 1:
        return Queue(used, None, None, None, None)
    blocked = 1.0
    for number in range(1, servers + 1):  # Erlang B, which never overflows
        blocked = load * blocked / (number + load * blocked)
    waits = blocked / (1 - used * (1 - blocked))
    wait = waits / (servers * service - arrivals)
    if waits > 0:
        empty = exp(log(waits * (1 - used)) + lgamma(servers + 1) - servers * log(load))
    else:
        empty = exp(-load)  # nobody ever waits: as with servers without end
    staying = wait + 1 / service
    return Queue(used, empty, arrivals * staying, staying, wait)


def hours_per_month(process: Process) -> float:
    """Hours a person works in a month: weeks of five days, 52 of them in 12 months."""
    return process.time.hours_per_day * DAYS_PER_WEEK * WEEKS_PER_MONTH


def lane_loads(process: Process, drawn: ProcessMap, flow: MapFlow) -> tuple[LaneLoad, ...]:
    """Of every own lane with a capacity what it has to do; nothing without a volume."""
    if process.volume is None or process.time.basis == "calendar":
        return ()
    month = hours_per_month(process)
    steps = {step.id: step for step in drawn.steps}
    loads = []
    for lane in process.lanes:
        own = [step for step in flow.steps if steps[step.id].lane == lane.id]
        flows = [step for step in own if step.touch_h > 0]
        passes = fsum(step.visits for step in flows)
        if lane.external or lane.capacity is None or passes <= 0:
            continue
        if not all(step.timed for step in own):
            continue  # there is more to do than is known
        work = fsum(step.visits * step.touch_h for step in flows)
        arrivals = process.volume.per_month * passes / month
        queue = mmc(arrivals, passes / work, lane.capacity)
        spread = work_variation([(steps[item.id], item) for item in flows], process.time)
        wait = queue.wait if queue.utilisation <= BUSY else None
        if wait is not None and spread is not None:
            wait *= (ARRIVALS + spread) / 2
        loads.append(
            LaneLoad(
                lane=lane.id,
                people=lane.capacity,
                hours=process.volume.per_month * work,
                utilisation=queue.utilisation,
                wait_h=wait,
                noted_wait_h=fsum(step.visits * step.wait_h for step in flows) / passes,
                formula="m/m/c" if spread is None else "allen-cunneen",
                variation=1.0 if spread is None else spread,
            )
        )
    return tuple(loads)


def work_variation(steps: Sequence[tuple[Step, StepFlow]], basis: TimeBasis) -> float | None:
    """cs² of the work at one visit of a lane: a mixture of its steps, weighed by visits.

    None where the spread of one of them is not known.
    """
    passes = fsum(flow.visits for _, flow in steps)
    first = second = 0.0
    for step, flow in steps:
        if step.touch is None or step.touch.sd is None:
            return None
        first += flow.visits * flow.touch_h / passes
        second += flow.visits * (basis.hours(step.touch.sd) ** 2 + flow.touch_h**2) / passes
    return second / first**2 - 1
