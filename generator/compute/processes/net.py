"""A process map as numbers: times, spreads and shares by position, ready to be reckoned with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.model.process import ProcessMap, Step, TimeBasis, TimeSpan


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A link: the position it leads to, the share of cases that take it, and whether it leads back."""

    to: int
    share: float
    rework: bool


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A step, gateway or event; times in hours for each pass. Hashable, so that results are kept."""

    touch: float
    touch_sd: float
    wait: float
    wait_sd: float
    value: bool
    """A step of high value."""
    fork: bool
    """All ways are taken, side by side."""
    ways: tuple[FlowLink, ...]

    @property
    def time(self) -> float:
        """Touch and wait."""
        return self.touch + self.wait

    @property
    def variance(self) -> float:
        """Of touch and wait, which vary apart from each other; a time without a spread is constant."""
        return self.touch_sd**2 + self.wait_sd**2

    @property
    def has_constant(self) -> bool:
        """Whether a time of it has no spread."""
        return (self.touch > 0 and self.touch_sd <= 0) or (self.wait > 0 and self.wait_sd <= 0)


Net = tuple[FlowNode, ...]


def is_work(step: Step) -> bool:
    """Whether it is a step of work, not a gateway or an event."""
    return step.gateway is None and step.event is None


def loose_links(steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps that lead to what is no step of the map."""
    known = {step.id for step in steps}
    return tuple(step.id for step in steps if any(link.to not in known for link in step.next))


def unshared(steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps with several ways out of which not each has its share; an `and` gateway needs none."""
    return tuple(
        step.id
        for step in steps
        if step.gateway != "and" and len(step.next) > 1 and any(link.share is None for link in step.next)
    )


def untimed(steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps of work without any time."""
    return tuple(step.id for step in steps if is_work(step) and step.touch is None and step.wait is None)


def net_of(drawn: ProcessMap, basis: TimeBasis) -> Net:
    """The map's numbers in written order; every link must lead to one of its steps, every share be given."""
    place = {step.id: index for index, step in enumerate(drawn.steps)}

    def node(index: int, step: Step) -> FlowNode:
        fork = step.gateway == "and" and len(step.next) > 1
        ways = (
            FlowLink(
                place[link.to],
                1.0 if fork or link.share is None else link.share,
                link.rework or place[link.to] <= index,
            )
            for link in step.next
        )
        return FlowNode(
            touch=_mean(step.touch, basis),
            touch_sd=_spread(step.touch, basis),
            wait=_mean(step.wait, basis),
            wait_sd=_spread(step.wait, basis),
            value=step.kind == "value",
            fork=fork,
            ways=tuple(ways),
        )

    return tuple(node(index, step) for index, step in enumerate(drawn.steps))


def _mean(span: TimeSpan | None, basis: TimeBasis) -> float:
    """In hours; a time that was not given counts nothing beside one that was."""
    return basis.hours(span.mean) if span is not None else 0.0


def _spread(span: TimeSpan | None, basis: TimeBasis) -> float:
    return basis.hours(span.sd) if span is not None and span.sd is not None else 0.0


def meeting_points(net: Net) -> tuple[int, ...]:
    """Of each node the nearest later one that all its ways pass; the number of nodes where only the end is.

    The immediate post-dominators; sets are bits of whole numbers, gone over until nothing changes.
    """
    end = len(net)
    everything = (1 << end + 1) - 1
    passed = [everything] * end + [1 << end]
    changed = True
    while changed:
        changed = False
        for index in range(end - 1, -1, -1):
            met = everything
            for way in net[index].ways:
                met &= passed[way.to]
            met = (met if net[index].ways else passed[end]) | 1 << index
            if met != passed[index]:
                passed[index], changed = met, True
    sizes = [item.bit_count() for item in passed]

    def nearest(index: int) -> int:
        others = passed[index] & ~(1 << index)
        return max((item for item in range(end + 1) if others >> item & 1), key=lambda item: sizes[item])

    return tuple(nearest(index) for index in range(end))


def reached(net: Net, starts: Iterable[int], until: int) -> tuple[int, ...]:
    """All nodes on the ways from `starts`, without those that only lie beyond `until`."""
    seen = {start for start in starts if start != until}
    waiting = list(seen)
    while waiting:
        for way in net[waiting.pop()].ways:
            if way.to != until and way.to not in seen:
                seen.add(way.to)
                waiting.append(way.to)
    return tuple(sorted(seen))


def branches(net: Net, fork: int, meet: int) -> tuple[tuple[int, ...], ...]:
    """The nodes of each branch of a fork, up to where they meet; a way straight to there has none."""
    return tuple(reached(net, (way.to,), meet) for way in net[fork].ways)


def apart(net: Net, fork: int, meet: int) -> bool:
    """Whether the branches share no node and none leads back before the fork."""
    nodes = list(chain.from_iterable(branches(net, fork, meet)))
    return len(set(nodes)) == len(nodes) and fork not in nodes
