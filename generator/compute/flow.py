"""How long a case takes through a process map, and where the time goes: an absorbing Markov chain.

Transition shares q lead from step to step, F = (I − Q)⁻¹ counts expected visits. With t = touch + wait the
expected total is τ = Ft, the second moment m₂ = F(v + t² + 2t∘Qτ), the variance m₂ − τ² (Kemeny & Snell,
Finite Markov Chains, §3.3, with times; cases of Dumas et al., Fundamentals of Business Process Management,
ch. 7).

An `and` gateway waits for its slowest branch. The branch that is longest in the mean stands for it, which
is a lower bound (the mean of a maximum is at least the largest mean); the map says so. Times are the
process's working hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from generator.compute.yields import first_pass_yield
from generator.model.process import ProcessMap, Step, TimeBasis, TimeSpan

Vector = npt.NDArray[np.float64]
BLOCKAGES = 3
TIMES = (
    "lead_time_h", "touch_h", "value_adding_h", "variance_h2",
    "touch_share", "value_adding_share", "rework_share",
)  # fmt: skip
"""The figures that need the times of every step."""


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
    """What of it is in the lead time: 0 on a branch that runs beside a longer one."""
    timed: bool = True
    """Whether its times are known: a step of work without any is not."""


@dataclass(frozen=True, slots=True)
class MapFlow:
    """The flow figures of one map; None where a figure cannot be computed, with the reason in `why_not`."""

    lead_time_h: float | None
    touch_h: float | None
    value_adding_h: float | None
    variance_h2: float | None
    touch_share: float | None
    """Touch time over lead time (process cycle efficiency)."""
    value_adding_share: float | None
    """Touch time of high-value steps over lead time."""
    first_pass_yield: float | None
    rework_share: float | None
    steps: tuple[StepFlow, ...]
    blockages: tuple[str, ...]
    """The steps that take most time, the worst first; at most three."""
    lower_bound: bool
    """The times are at least this long, because branches run side by side."""
    why_not: Mapping[str, str] = field(default_factory=dict)

    def step(self, id_: str) -> StepFlow | None:
        """The figures of one step."""
        return next((step for step in self.steps if step.id == id_), None)


@dataclass(frozen=True, slots=True)
class Chain:
    """Expected figures of an absorbing chain: visits from the start, totals and variances from every
    state."""

    visits: Vector
    totals: Vector
    variances: Vector


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


def is_work(step: Step) -> bool:
    """Whether it is a step of work, not a gateway or an event."""
    return step.gateway is None and step.event is None


def hours(span: TimeSpan | None, basis: TimeBasis) -> float:
    """The mean of a time in hours; a time that was not given counts nothing beside one that was."""
    return span.mean.hours(basis.hours_per_day) if span is not None else 0.0


def _variance(span: TimeSpan | None, basis: TimeBasis) -> float:
    return span.sd.hours(basis.hours_per_day) ** 2 if span is not None and span.sd is not None else 0.0


def map_flow(drawn: ProcessMap, basis: TimeBasis) -> MapFlow:
    """The flow figures of a map whose links hold (rule process-links)."""
    steps = drawn.steps
    starts = [index for index, step in enumerate(steps) if step.event == "start"] or [0]
    if len(starts) > 1:
        return _unknown("the map has more than one start, and no share of the cases for each")
    touch = np.array([hours(step.touch, basis) for step in steps])
    wait = np.array([hours(step.wait, basis) for step in steps])
    spread = np.array([_variance(step.touch, basis) + _variance(step.wait, basis) for step in steps])
    try:
        shares, chain = _longest(steps, touch + wait, spread, starts[0])
    except np.linalg.LinAlgError:
        return _unknown("a step has no way to the end")
    visits = _all_visits(steps, shares, chain.visits)
    flows = tuple(
        StepFlow(
            step.id,
            float(visits[index]),
            float(touch[index]),
            float(wait[index]),
            float(visits[index] * (touch[index] + wait[index])),
            float(chain.visits[index] * (touch[index] + wait[index])),
            not is_work(step) or step.touch is not None or step.wait is not None,
        )
        for index, step in enumerate(steps)
    )
    untimed = [flow.id for flow in flows if not flow.timed]
    parallel = any(step.gateway == "and" and len(step.next) > 1 for step in steps)
    if untimed:
        reason = f"no times given for: {', '.join(untimed)}"
        return _unknown(reason, flows, first_pass_yield(steps, starts[0]), parallel)
    value = np.array([step.kind == "value" for step in steps])
    lead = float(chain.totals[starts[0]])
    touched = float(chain.visits @ touch)
    adding = float(chain.visits @ (touch * value))
    again = float(np.maximum(chain.visits - 1, 0) @ (touch + wait))
    timeless = {} if lead > 0 else dict.fromkeys(TIMES[4:], "the lead time is 0")
    return MapFlow(
        lead, touched, adding, float(chain.variances[starts[0]]),
        touched / lead if lead > 0 else None,
        adding / lead if lead > 0 else None,
        first_pass_yield(steps, starts[0]),
        again / lead if lead > 0 else None,
        flows, _worst(flows), parallel, timeless,
    )  # fmt: skip


def _unknown(
    reason: str, flows: tuple[StepFlow, ...] = (), passed: float | None = None, parallel: bool = False
) -> MapFlow:
    names = TIMES if passed is not None else (*TIMES, "first_pass_yield")
    nothing = (None,) * 6
    return MapFlow(*nothing, passed, None, flows, (), parallel, dict.fromkeys(names, reason))


def _worst(flows: Sequence[StepFlow]) -> tuple[str, ...]:
    """The three largest visits × (touch + wait); of equal ones the earlier in written order goes first."""
    taking = [flow for flow in flows if flow.total_h > 0]
    return tuple(flow.id for flow in sorted(taking, key=lambda flow: -flow.total_h)[:BLOCKAGES])


def transition_shares(steps: Sequence[Step], chosen: Mapping[int, int]) -> Vector:
    """Q of a map: shares as given, 1 where there is one way, and for an `and` gateway its chosen branch."""
    place = {step.id: index for index, step in enumerate(steps)}
    q = np.zeros((len(steps), len(steps)))
    for index, step in enumerate(steps):
        if index in chosen:
            q[index, place[step.next[chosen[index]].to]] = 1
            continue
        for link in step.next:
            share = link.share if link.share is not None else 1 / len(step.next)
            q[index, place[link.to]] += share
    return q


def _longest(steps: Sequence[Step], times: Vector, spread: Vector, start: int) -> tuple[Vector, Chain]:
    """The chain in which every `and` gateway goes the branch with the longest expected way.

    The branches of a gateway meet in one place, so the longest way to the end is the longest branch. Choosing
    and solving in turn is policy iteration: it ends, because every change makes some way longer.
    """
    place = {step.id: index for index, step in enumerate(steps)}
    chosen = {index: 0 for index, step in enumerate(steps) if step.gateway == "and" and len(step.next) > 1}
    while True:
        shares = transition_shares(steps, chosen)
        chain = absorbing_chain(shares, times, spread, start)
        better = dict(chosen)
        for index, now in chosen.items():
            ways = [chain.totals[place[link.to]] for link in steps[index].next]
            longest = int(np.argmax(ways))
            if ways[longest] > ways[now] + 1e-9:
                better[index] = longest
        if better == chosen:
            return shares, chain
        chosen = better


def _all_visits(steps: Sequence[Step], shares: Vector, visits: Vector) -> Vector:
    """Visits with the shorter branches of `and` gateways too.

    Each is entered once for every pass of its gateway and left where it meets what was counted already.
    """
    place = {step.id: index for index, step in enumerate(steps)}
    known = visits.copy()
    counted = visits > 0
    fresh = counted
    while True:
        entered = np.zeros(len(steps))
        for index in map(int, np.flatnonzero(fresh)):
            step = steps[index]
            if step.gateway == "and" and len(step.next) > 1:
                for link in step.next:
                    if not counted[place[link.to]]:
                        entered[place[link.to]] += known[index]
        if not entered.any():
            return known
        inner = shares * np.outer(~counted, ~counted)
        further = np.linalg.solve((np.eye(len(steps)) - inner).T, entered)
        fresh = (further > 0) & ~counted
        known = np.where(fresh, further, known)
        counted = counted | fresh
