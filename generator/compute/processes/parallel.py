"""What one pass of an `and` gateway takes: the case goes on when the slowest branch is done, E[max].

The mean of a maximum has no closed form, so it is simulated: always the same number of cases and the same
draws, so that the same map has the same figures on every day. A time with a spread is drawn from the gamma
distribution with its mean and standard deviation (with a spread as large as the mean the exponential one,
with a small one nearly the normal); a time without a spread is constant. What is known exactly stays exact:
how often a step is passed, and the mean time that it takes.

A token of each case walks through the branches. Where ways come together the case waits for the last of its
tokens; a branch that leads back before the gateway starts all branches anew, and the others end what they
began.
Source: the computations page, section 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

import numpy as np
import numpy.typing as npt

from generator.compute.processes.net import FlowNode, Net, apart, branches, meeting_points, reached
from generator.compute.series.arrays import Floats

CASES = 20_000
"""Simulated cases for each block of branches."""
SEED = 1_956
MOST_EVENTS = 20_000
"""Rounds of steps after which a simulation is given up: loops that all but never end."""
LEAD, TOUCH, VALUE = range(3)
"""The clocks of a token: all time, without waiting, high-value steps only."""

Places = npt.NDArray[np.intp]


class EndlessError(ValueError):
    """Loops inside branches go round too often to be simulated."""


@dataclass(frozen=True, slots=True)
class Inside:
    """One node within a block, for one pass of the block."""

    visits: float
    again: float
    """Of the visits those beyond the first."""
    in_lead_h: float
    """Hours of it on the branch that the case had to wait for."""


@dataclass(frozen=True, slots=True)
class Block:
    """One pass from a fork to where its branches meet."""

    lead_h: float
    """E[max]: what the slowest branch takes."""
    variance_h2: float
    error_h: float
    """Standard error of `lead_h`, by the number of simulated cases."""
    theoretical_h: float
    """The same if nothing had to wait."""
    value_h: float
    """The same if only high-value steps took time."""
    clean: float
    """Share of passes without any rework."""
    inside: Mapping[int, Inside]


@lru_cache(maxsize=512)
def block_of(net: Net, fork: int, meet: int) -> Block:
    """One pass of a fork, simulated. EndlessError where its loops all but never end."""
    walk = _Walk(net, fork, meet)
    exact = known_visits(net, fork, meet)
    inside = {}
    for slot, node in enumerate(walk.nodes):
        visits, again = exact[node] if exact is not None else walk.visits(slot)
        if visits > 0:
            inside[node] = Inside(visits, again, walk.in_lead(slot, visits if exact is not None else None))
    lead = fsum(item.in_lead_h for item in inside.values())
    clocks = [float(item.mean()) for item in walk.finished]
    simulated = clocks[LEAD]
    scale = lead / simulated if simulated > 0 else 0.0
    return Block(
        lead_h=lead,
        variance_h2=float(walk.finished[LEAD].var()),
        error_h=float(walk.finished[LEAD].std()) / CASES**0.5,
        theoretical_h=min(clocks[TOUCH] * scale, lead),
        value_h=min(clocks[VALUE] * scale, lead),
        clean=walk.clean,
        inside=inside,
    )


def known_visits(net: Net, fork: int, meet: int) -> dict[int, tuple[float, float]] | None:
    """(visits, of them beyond the first) of each node in one pass, exactly; None where branches cross.

    Each branch is a chain of its own in which inner forks are stepped over. What lies inside an inner fork is
    passed as often as the fork, times its visits in one pass.
    """
    if not apart(net, fork, meet):
        return None
    meets = meeting_points(net)
    found = {node: (0.0, 0.0) for branch in branches(net, fork, meet) for node in branch}
    for way, branch in zip(net[fork].ways, branches(net, fork, meet), strict=True):
        if not branch:
            continue
        place = {node: row for row, node in enumerate(branch)}
        often = np.linalg.inv(np.eye(len(branch)) - stepped_over(net, branch, meets))
        for node, row in place.items():
            visits, own = float(often[place[way.to], row]), float(often[row, row])
            if visits <= 0:
                continue
            _add(found, node, visits, own)
            if net[node].fork:
                inner = known_visits(net, node, meets[node])
                if inner is None:
                    return None
                for below, (item, again) in inner.items():
                    if item > 0:
                        _add(found, below, visits * item, given_reached(item, again, own))
    return found


def _add(found: dict[int, tuple[float, float]], node: int, visits: float, own: float) -> None:
    before = found[node]
    found[node] = before[0] + visits, before[1] + visits * (1 - 1 / own)


def given_reached(visits: float, again: float, passes: float) -> float:
    """Expected visits of a node, given that it is reached, over `passes` passes of its block.

    With f visits given that it is reached in a pass, and r the chance of that: f·(1 + r·(passes − 1)).
    """
    reach = visits - again  # the chance to be reached in a pass: its first visits
    return visits / reach * (1 + reach * (passes - 1))


def stepped_over(net: Net, nodes: tuple[int, ...], meets: tuple[int, ...]) -> Floats:
    """Q among some nodes, in which every fork leads straight to where its branches meet."""
    place = {node: row for row, node in enumerate(nodes)}
    shares = np.zeros((len(nodes), len(nodes)))
    for node, row in place.items():
        if net[node].fork:
            if meets[node] in place:
                shares[row, place[meets[node]]] = 1
            continue
        for way in net[node].ways:
            if way.to in place:
                shares[row, place[way.to]] += way.share
    return shares


class _Walk:
    """All simulated cases through one block, step by step in written order.

    A step is taken only when no earlier one holds a token of the case, so where ways come together all tokens
    have arrived. Cases sent back before the fork begin anew when the others of their round are done.
    """

    def __init__(self, net: Net, fork: int, meet: int) -> None:
        self.net, self.meet = net, meet
        found = reached(net, (way.to for way in net[fork].ways), meet)
        # What was sent back before the fork waits there until the other branches of its round are done.
        self.nodes = tuple(sorted(found, key=lambda node: (node <= fork, node)))
        self.slot = {node: slot for slot, node in enumerate(self.nodes)} | {meet: len(self.nodes)}
        self.random = np.random.default_rng(SEED)
        many = len(self.nodes) + 1
        self.clocks = np.full((3, many, CASES), -np.inf)
        self.origin = np.full((many, CASES), -1, dtype=np.intp)
        """Of each token the event that sent it, −1 for the fork."""
        self.events: list[tuple[int, Places, Floats, Places]] = []
        """(slot, cases, hours, events that the tokens came from), in the order of their happening."""
        self.dirty = np.zeros(CASES, dtype=bool)
        everyone = np.arange(CASES)
        for way in net[fork].ways:
            self._move(self.slot[way.to], everyone, np.zeros((3, CASES)), -1)
            if way.rework:
                self.dirty[:] = True
        self._run()
        self.finished = self.clocks[:, -1]
        self._trace()

    @property
    def clean(self) -> float:
        return float(1 - self.dirty.mean())

    def _run(self) -> None:
        slot = 0
        while slot < len(self.nodes):
            cases = np.flatnonzero(self.clocks[LEAD, slot] > -np.inf)
            slot = min(self._take(slot, cases), slot + 1) if cases.size else slot + 1

    def _take(self, slot: int, cases: Places) -> int:
        """Let the cases pass one node; the lowest slot that a token went to."""
        if len(self.events) >= MOST_EVENTS:
            raise EndlessError
        node = self.net[self.nodes[slot]]
        touch, wait = (
            self._drawn(mean, sd, cases.size)
            for mean, sd in ((node.touch, node.touch_sd), (node.wait, node.wait_sd))
        )
        spent = touch + wait
        clocks = self.clocks[:, slot, cases] + np.stack((spent, touch, touch if node.value else 0 * touch))
        self.clocks[:, slot, cases] = -np.inf
        self.events.append((slot, cases, spent, self.origin[slot, cases]))
        event = len(self.events) - 1
        if not node.ways:
            self._move(len(self.nodes), cases, clocks, event)
            return len(self.nodes)
        went = []
        for number, taken in enumerate(self._chosen(node, cases.size)):
            way = node.ways[number]
            if taken.any():
                went.append(self.slot[way.to])
                self._move(went[-1], cases[taken], clocks[:, taken], event)
                if way.rework:
                    self.dirty[cases[taken]] = True
        return min(went)

    def _chosen(self, node: FlowNode, count: int) -> list[npt.NDArray[np.bool_]]:
        """For each way whether a case takes it."""
        if node.fork or len(node.ways) == 1:
            return [np.ones(count, dtype=bool) for _ in node.ways]
        edges = np.cumsum([way.share for way in node.ways])
        picked = np.searchsorted(edges / edges[-1], self.random.random(count), side="right")
        return [np.minimum(picked, len(node.ways) - 1) == number for number in range(len(node.ways))]

    def _drawn(self, mean: float, sd: float, count: int) -> Floats:
        if mean <= 0 or sd <= 0:
            return np.full(count, mean)
        return self.random.standard_gamma((mean / sd) ** 2, count) * (sd**2 / mean)

    def _move(self, slot: int, cases: Places, clocks: Floats, event: int) -> None:
        later = clocks[LEAD] > self.clocks[LEAD, slot, cases]
        self.origin[slot, cases[later]] = event
        self.clocks[:, slot, cases] = np.maximum(self.clocks[:, slot, cases], clocks)

    def _trace(self) -> None:
        """Follow each case's last token back: the time on its way is what the case had to wait for."""
        many = len(self.nodes)
        self.total, self.critical = np.zeros(many), np.zeros(many)
        self.count, self.first = np.zeros(many), np.zeros((many, CASES), dtype=bool)
        current = self.origin[-1].copy()
        for number in range(len(self.events) - 1, -1, -1):
            slot, cases, spent, came = self.events[number]
            on = current[cases] == number
            current[cases[on]] = came[on]
            self.critical[slot] += spent[on].sum()
            self.total[slot] += spent.sum()
            self.count[slot] += cases.size
            self.first[slot, cases] = True

    def visits(self, slot: int) -> tuple[float, float]:
        """Simulated visits in a pass, and those of them beyond the first."""
        return self.count[slot] / CASES, (self.count[slot] - self.first[slot].sum()) / CASES

    def in_lead(self, slot: int, visits: float | None) -> float:
        """Hours that the case had to wait for; with exact visits as a share of the exact time."""
        if visits is None:
            return float(self.critical[slot]) / CASES
        if self.total[slot] <= 0:
            return 0.0
        return float(self.critical[slot] / self.total[slot]) * visits * self.net[self.nodes[slot]].time
