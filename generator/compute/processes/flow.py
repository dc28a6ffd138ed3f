"""How long a case takes through a process map, and where the time goes: an absorbing Markov chain.

Transition shares q lead from step to step, F = (I − Q)⁻¹ counts expected visits. With t = touch + wait the
expected total is τ = Ft, the second moment m₂ = F(v + t² + 2t∘Qτ), the variance m₂ − τ² (Kemeny & Snell,
Finite Markov Chains, §3.3, with times; cases of Dumas et al., Fundamentals of Business Process Management,
ch. 7).

An `and` gateway waits for its slowest branch: in the chain it is one state that leads to where its branches
meet and takes E[max] of them (`parallel`). Times are hours of the process's time basis.
Source: the computations page, section 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Literal

import numpy as np
import numpy.typing as npt

from generator.compute.processes.net import (
    Net,
    loose_links,
    meeting_points,
    net_of,
    unshared,
    untimed,
)
from generator.compute.processes.parallel import (
    CASES,
    Block,
    EndlessError,
    block_of,
    given_reached,
    stepped_over,
)
from generator.compute.processes.yields import first_pass_yield
from generator.compute.series.arrays import Floats
from generator.model.process import ProcessMap, Step, TimeBasis

BLOCKAGES = 3
TIMES = (
    "lead_time_h",
    "touch_h",
    "theoretical_h",
    "value_adding_h",
    "variance_h2",
    "touch_share",
    "value_adding_share",
    "rework_share",
)
"""The figures that need the times of every step."""
SHARES = ("touch_share", "value_adding_share", "rework_share")
"""The figures that are shares of the lead time."""


@dataclass(frozen=True, slots=True)
class StepFlow:
    """One step, gateway or event in the long run, for one case."""

    id: str
    visits: float
    """How often a case passes here."""
    touch_h: float
    """Hours worked on it each time."""
    wait_h: float
    """Hours it waits here each time."""
    total_h: float
    """visits × (touch + wait)."""
    in_lead_h: float
    """What of it is in the lead time: beside other branches only the cases that had to wait for this one."""
    timed: bool = True
    """Whether its times are known: a step of work without any is not."""
    beside: bool = False
    """It lies on a branch that runs beside others."""

    @property
    def waited_for(self) -> float:
        """Share of its time that is in the lead time, 0–1; 1 where nothing runs beside it."""
        return self.in_lead_h / self.total_h if self.total_h > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a map has no times: the author's data that is missing, and the steps where."""

    what: Literal["starts", "links", "end", "shares", "times", "no-times", "loops"]
    steps: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """In plain English, for the export."""
        named = ", ".join(self.steps)
        return {
            "starts": "the map has more than one start, and no share of the cases for each",
            "links": f"these lead to what is no step of the map: {named}",
            "end": "a step has no way to the end",
            "shares": f"no shares given for the ways out of: {named}",
            "times": f"no times given for: {named}",
            "no-times": "no step has a time",
            "loops": "loops beside other branches all but never end",
        }[self.what]


@dataclass(frozen=True, slots=True)
class MapFlow:
    """The flow figures of one map; None where a figure cannot be computed, with the reason in `why_not`."""

    lead_time_h: float | None = None
    touch_h: float | None = None
    """All work on a case, on every branch."""
    theoretical_h: float | None = None
    """The lead time if nothing had to wait (theoretical cycle time); without branches the touch time."""
    value_adding_h: float | None = None
    """Touch time of high-value steps."""
    variance_h2: float | None = None
    touch_share: float | None = None
    """Theoretical cycle time over lead time (process cycle efficiency), at most 1 with branches too."""
    value_adding_share: float | None = None
    """The same if only high-value steps took time."""
    first_pass_yield: float | None = None
    rework_share: float | None = None
    steps: tuple[StepFlow, ...] = ()
    blockages: tuple[str, ...] = ()
    """The steps that take most time, the worst first; at most three."""
    cases: int = 0
    """Simulated cases behind the time of branches that run side by side; 0 where nothing is simulated."""
    error_h: float = 0.0
    """Standard error of the lead time by the number of simulated cases."""
    constants: tuple[str, ...] = ()
    """Steps beside other branches with a time that counts as constant, for want of a spread."""
    lacking: Lacking | None = None
    blockages_measured: bool = False
    """The blockages rest on the times of the log, not on the written ones."""
    why_not: Mapping[str, str] = field(default_factory=dict)

    @property
    def lower_bound(self) -> bool:
        """Times that vary in truth count as constant: then the slowest branch takes longer than reckoned."""
        return bool(self.constants)

    def step(self, id_: str) -> StepFlow | None:
        """The figures of one step."""
        return next((step for step in self.steps if step.id == id_), None)


@dataclass(frozen=True, slots=True)
class Chain:
    """Expected figures of an absorbing chain: visits from the start, totals and variances from every
    state."""

    visits: Floats
    totals: Floats
    variances: Floats


def absorbing_chain(
    shares: npt.ArrayLike, times: npt.ArrayLike, spreads: npt.ArrayLike | None = None, start: int = 0
) -> Chain:
    """Solve a chain: `shares` is Q (n × n), `times` the mean of each state, `spreads` its variance.

    numpy.linalg.LinAlgError when a state cannot reach the end.
    """
    q = np.asarray(shares, dtype=float)
    t = np.asarray(times, dtype=float)
    v = np.zeros_like(t) if spreads is None else np.asarray(spreads, dtype=float)
    unit = np.eye(len(t))
    totals = np.linalg.solve(unit - q, t)
    second = np.linalg.solve(unit - q, v + t**2 + 2 * t * (q @ totals))
    visits = np.linalg.solve((unit - q).T, unit[start])
    return Chain(visits, totals, np.maximum(second - totals**2, 0))


def map_flow(drawn: ProcessMap, basis: TimeBasis) -> MapFlow:
    """The flow figures of a map; what its author left out stands in `lacking`."""
    steps = drawn.steps
    starts = [index for index, step in enumerate(steps) if step.event == "start"] or [0]
    lacking = _not_walkable(steps, len(starts))
    if lacking is not None:
        return _unknown(lacking)
    net = net_of(drawn, basis)
    try:
        way = _Way(net, starts[0])
    except np.linalg.LinAlgError:
        return _unknown(Lacking("end"))
    except EndlessError:
        return _unknown(Lacking("loops"))
    flows = way.steps(steps)
    missing = untimed(steps)
    if all(step.touch is None and step.wait is None for step in steps):
        return _unknown(Lacking("no-times"), flows)
    if missing:
        # A yield needs no times, but a map that draws no way back and is not finished does not say 100 %.
        sent_back = any(item.rework for node in net for item in node.ways)
        return _unknown(Lacking("times", missing), flows, way.first_pass_yield if sent_back else None)
    return _known(way, flows, tuple(step.id for step in steps))


def _not_walkable(steps: Sequence[Step], starts: int) -> Lacking | None:
    if starts > 1:
        return Lacking("starts")
    if loose := loose_links(steps):
        return Lacking("links", loose)
    if open_ := unshared(steps):
        return Lacking("shares", open_)
    return None


def _unknown(lacking: Lacking, flows: tuple[StepFlow, ...] = (), passed: float | None = None) -> MapFlow:
    names = (*TIMES, *(() if passed is not None else ("first_pass_yield",)), *(() if flows else ("steps",)))
    why_not = dict.fromkeys(names, lacking.reason)
    return MapFlow(first_pass_yield=passed, steps=flows, lacking=lacking, why_not=why_not)


def _known(way: _Way, flows: tuple[StepFlow, ...], names: tuple[str, ...]) -> MapFlow:
    lead = fsum(step.in_lead_h for step in flows)
    touched = fsum(step.visits * step.touch_h for step in flows)
    adding = fsum(step.visits * step.touch_h for step, node in zip(flows, way.net, strict=True) if node.value)
    # What is known exactly bounds what is simulated: no branch's work is longer than that of all of them.
    theoretical, value = min(way.theoretical_h, touched, lead), min(way.value_h, adding, lead)
    some = lead > 0
    return MapFlow(
        lead_time_h=lead,
        touch_h=touched,
        theoretical_h=theoretical,
        value_adding_h=adding,
        variance_h2=way.variance_h2,
        touch_share=theoretical / lead if some else None,
        value_adding_share=value / lead if some else None,
        first_pass_yield=way.first_pass_yield,
        rework_share=way.rework_h / lead if some else None,
        steps=flows,
        blockages=_worst(flows),
        cases=CASES if way.blocks else 0,
        error_h=way.error_h,
        constants=tuple(names[index] for index in way.constants),
        why_not={} if some else dict.fromkeys(SHARES, "the lead time is 0"),
    )


def _worst(flows: Sequence[StepFlow]) -> tuple[str, ...]:
    """The three largest visits × (touch + wait); of equal ones the earlier in written order goes first."""
    taking = [flow for flow in flows if flow.total_h > 0]
    return tuple(flow.id for flow in sorted(taking, key=lambda flow: -round(flow.total_h, 9))[:BLOCKAGES])


class _Way:
    """The chain of a map, with each fork that is passed as one state.

    LinAlgError where a node cannot reach the end.
    """

    def __init__(self, net: Net, start: int) -> None:
        self.net, self.start = net, start
        everything = tuple(range(len(net)))
        forks = [index for index, node in enumerate(net) if node.fork]
        self.meets = meeting_points(net) if forks else ()
        shares = stepped_over(net, everything, self.meets)
        self.often = np.linalg.inv(np.eye(len(net)) - shares)
        """F."""
        if not np.isfinite(self.often).all() or (self.often < -1e-9).any():
            raise np.linalg.LinAlgError
        self.visits = np.maximum(self.often[start], 0)
        self.blocks: dict[int, Block] = {
            fork: block_of(net, fork, self.meets[fork]) for fork in forks if self.visits[fork] > 0
        }
        self.first_pass_yield = first_pass_yield(net, self.meets, self.blocks, start)
        times = np.array([node.time for node in net])
        spreads = np.array([node.variance for node in net])
        touch = np.array([node.touch for node in net])
        value = np.array([node.touch * node.value for node in net])
        for fork, block in self.blocks.items():
            times[fork] += block.lead_h
            spreads[fork] += block.variance_h2
            touch[fork] += block.theoretical_h
            value[fork] += block.value_h
        self.variance_h2 = float(absorbing_chain(shares, times, spreads, start).variances[start])
        self.error_h = float(
            fsum((self.visits[fork] * block.error_h) ** 2 for fork, block in self.blocks.items()) ** 0.5
        )
        self.theoretical_h = float(self.visits @ touch)
        self.value_h = float(self.visits @ value)
        self._sum_up()

    def _sum_up(self) -> None:
        """Visits, hours in the lead time and rework of every node, on its own and within blocks."""
        own = np.diagonal(self.often)
        self.all_visits = self.visits.copy()
        self.in_lead = self.visits * np.array([node.time for node in self.net])
        self.rework_h = float(self.in_lead @ (1 - 1 / own))
        self.beside: set[int] = set()
        for fork, block in self.blocks.items():
            passes = float(self.visits[fork])
            for index, inside in block.inside.items():
                self.all_visits[index] += passes * inside.visits
                self.in_lead[index] += passes * inside.in_lead_h
                again = given_reached(inside.visits, inside.again, float(own[fork]))
                self.rework_h += passes * inside.in_lead_h * (1 - 1 / again)
                self.beside.add(index)

    @property
    def constants(self) -> tuple[int, ...]:
        return tuple(index for index in sorted(self.beside) if self.net[index].has_constant)

    def steps(self, steps: Sequence[Step]) -> tuple[StepFlow, ...]:
        missing = set(untimed(steps))
        return tuple(
            StepFlow(
                id=step.id,
                visits=float(self.all_visits[index]),
                touch_h=node.touch,
                wait_h=node.wait,
                total_h=float(self.all_visits[index] * node.time),
                in_lead_h=float(self.in_lead[index]),
                timed=step.id not in missing,
                beside=index in self.beside,
            )
            for index, (step, node) in enumerate(zip(steps, self.net, strict=True))
        )
