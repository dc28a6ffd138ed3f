"""What a map allows, in terms of the steps that a log has: which follow on which, where cases begin and end.

A log rarely has every step. Ways are followed through gateways, events and steps that the log does not have,
so that what was not recorded is no departure from the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model.process import ProcessMap, Step

END = ""
"""Stands for the end of a case among steps."""


@dataclass(frozen=True)
class WaysOut:
    """A gateway: the steps that lead to it, and for each way the steps that it leads to first."""

    gateway: str
    before: frozenset[str]
    ways: tuple[tuple[str, frozenset[str]], ...]

    @property
    def told_apart(self) -> bool:
        """Whether the next step says which way was taken."""
        seen: set[str] = set()
        for _, targets in self.ways:
            if not targets or targets & seen:
                return False
            seen |= targets
        return True


@dataclass(frozen=True)
class MapGraph:
    """A map over the steps that a log has."""

    starts: frozenset[str]
    ends: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    """Which may follow directly on which."""
    ahead: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each step all that come later without a way back."""
    ways_out: tuple[WaysOut, ...] = ()


def map_graph(drawn: ProcessMap, seen: Iterable[str]) -> MapGraph:
    """The map over `seen`, the steps that the log has."""
    return _Reader(drawn, frozenset(seen)).graph()


class _Reader:
    def __init__(self, drawn: ProcessMap, seen: frozenset[str]) -> None:
        self.steps = {step.id: step for step in drawn.steps}
        self.next = {
            step.id: [link.to for link in step.next if link.to in self.steps] for step in drawn.steps
        }
        self.onward = {
            step.id: [link.to for link in step.next if link.to in self.steps and not link.rework]
            for step in drawn.steps
        }
        self.seen = seen & self.steps.keys()
        first = [step.id for step in drawn.steps if step.event == "start"]
        self.first = first or [drawn.steps[0].id]

    def graph(self) -> MapGraph:
        reach = {id_: self._through(self.next[id_]) for id_ in self.steps}
        pairs = {(id_, to) for id_ in self.seen for to in reach[id_] if to != END}
        pairs |= self._side_by_side()
        ends = frozenset(id_ for id_ in self.seen if END in reach[id_] or self.steps[id_].event == "end")
        ahead = {id_: frozenset(self._later(id_)) & self.seen for id_ in self.seen}
        return MapGraph(
            frozenset(self._through(self.first)) - {END},
            ends,
            frozenset(pairs),
            ahead,
            tuple(self._ways(step) for step in self.steps.values() if _parts(step)),
        )

    def _through(self, first: Iterable[str]) -> frozenset[str]:
        """The steps of the log that come first, and END where a case can end before one does."""
        found, done, waiting = set(), set(), list(first)
        while waiting:
            id_ = waiting.pop()
            if id_ in done:
                continue
            done.add(id_)
            if id_ in self.seen:
                found.add(id_)
            elif not self.next[id_]:
                found.add(END)
            else:
                waiting += self.next[id_]
        return frozenset(found)

    def _later(self, id_: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.onward[id_])
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += self.onward[step]
        return found

    def _side_by_side(self) -> set[tuple[str, str]]:
        """Steps on different branches of an `and` gateway may follow on each other."""
        found: set[tuple[str, str]] = set()
        for step in self.steps.values():
            ways = self.onward[step.id]
            if step.gateway != "and" or len(ways) < 2:
                continue
            branches = [{way} | self._later(way) for way in ways]
            common = set.intersection(*branches)
            own = [(branch - common) & self.seen for branch in branches]
            for number, branch in enumerate(own):
                for other in (*own[:number], *own[number + 1 :]):
                    found |= {(a, b) for a in branch for b in other}
        return found

    def _ways(self, gateway: Step) -> WaysOut:
        before = frozenset(id_ for id_ in self.seen if self._leads_to(id_, gateway.id))
        return WaysOut(
            gateway.id,
            before,
            tuple((to, self._through([to])) for to in self.next[gateway.id]),
        )

    def _leads_to(self, id_: str, gateway: str) -> bool:
        """Whether a step comes to the gateway before any other step of the log."""
        if id_ == gateway:
            return True
        done, waiting = set(), list(self.next[id_])
        while waiting:
            at = waiting.pop()
            if at == gateway:
                return True
            if at not in done and at not in self.seen:
                done.add(at)
                waiting += self.next[at]
        return False


def _parts(step: Step) -> bool:
    return len(step.next) > 1 and step.gateway != "and"
