"""From as-is to to-be: what each group of steps saves, and how.

A group is a set of as-is steps with the to-be steps that stand for them. The savings of all groups add up
to the difference of the lead times, because every step of both maps is in exactly one group. Each saving
is split into fewer repeats (the as-is times at fewer visits), work side by side (a case waits for it in fewer
cases, because another branch takes longer) and shorter times (the rest).
Source: the computations page, section 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal, get_args

from generator.compute.processes.flow import MapFlow, StepFlow
from generator.compute.processes.net import is_work
from generator.model.exact import counted
from generator.model.process import ProcessMap, Step

Tag = Literal[
    "merged", "removed", "automated", "brought-forward", "lane-moved", "side-by-side", "faster", "new"
]
Heading = Literal[
    "merged",
    "removed",
    "automated",
    "brought-forward",
    "lane-moved",
    "side-by-side",
    "faster",
    "fewer-repeats",
    "slower",
    "new",
]
TAG_ORDER: tuple[Tag, ...] = get_args(Tag)
HEADINGS: tuple[Heading, ...] = get_args(Heading)
"""What a saving is counted under, in this order."""
AUTOMATION = {"none": 0, "part": 1, "full": 2}
NOTHING = 1e-9
"""Hours below which a difference is none: what adding decimals loses."""


@dataclass(frozen=True, slots=True)
class StepGroup:
    """As-is steps and the to-be steps that stand for them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    tags: tuple[Tag, ...]
    heading: Heading | None
    """What the saving counts under; None when nothing changed."""
    before_h: float
    """What it adds to the as-is lead time."""
    after_h: float
    repeats_h: float
    """Saved because a case passes less often."""
    beside_h: float
    """Saved because a case waits less for it beside other branches."""

    @property
    def saved_h(self) -> float:
        """Hours that the lead time gets shorter; negative where it gets longer."""
        return self.before_h - self.after_h

    @property
    def times_h(self) -> float:
        """Saved because a pass takes less time."""
        return self.saved_h - self.repeats_h - self.beside_h


@dataclass(frozen=True, slots=True)
class MapChange:
    """What the to-be map changes about the as-is map."""

    groups: tuple[StepGroup, ...]
    before_h: float | None
    """Lead times; None where a map's lead time is not known: then nothing is said of savings."""
    after_h: float | None

    def saved_under(self, heading: Heading) -> float:
        """Hours saved by the groups that count under a heading."""
        return fsum(group.saved_h for group in self.groups if group.heading == heading)

    @property
    def repeats_h(self) -> float:
        """Hours saved by fewer repeats, over all groups."""
        return fsum(group.repeats_h for group in self.groups)

    @property
    def beside_h(self) -> float:
        """Hours saved by working side by side, over all groups."""
        return fsum(group.beside_h for group in self.groups)


def map_change(as_is: ProcessMap, to_be: ProcessMap, before: MapFlow, after: MapFlow) -> MapChange:
    """Compare two maps whose steps are all accounted for (rule process-links)."""
    old = {step.id: step for step in as_is.steps}
    new = {step.id: step for step in to_be.steps}
    old_flow = {flow.id: flow for flow in before.steps}
    new_flow = {flow.id: flow for flow in after.steps}
    groups = []
    for sources, targets in _components(as_is, to_be):
        olds, news = [old[id_] for id_ in sources], [new[id_] for id_ in targets]
        if not any(is_work(step) for step in (*olds, *news)) and not _any_time(
            [
                *(old_flow[id_] for id_ in sources if id_ in old_flow),
                *(new_flow[id_] for id_ in targets if id_ in new_flow),
            ]
        ):
            continue
        groups.append(
            _group(olds, news, [old_flow.get(id_) for id_ in sources], [new_flow.get(id_) for id_ in targets])
        )
    return MapChange(tuple(groups), before.lead_time_h, after.lead_time_h)


def _any_time(flows: Sequence[StepFlow]) -> bool:
    return any(flow.touch_h + flow.wait_h > 0 for flow in flows)


def _components(as_is: ProcessMap, to_be: ProcessMap) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Groups in the reading order of the to-be map, removed as-is steps last.

    A step that stands for two, and two that stand for one, come together in one group.
    """
    known = {step.id for step in as_is.steps}
    stands_for = {
        step.id: tuple(id_ for id_ in (step.from_ or (step.id,)) if id_ in known) for step in to_be.steps
    }
    claimed: dict[str, list[str]] = {}
    for id_, sources in stands_for.items():
        for source in sources:
            claimed.setdefault(source, []).append(id_)
    done: set[str] = set()
    for step in to_be.steps:
        if step.id in done:
            continue
        targets, found, waiting = {step.id}, set[str](), [step.id]
        while waiting:
            for source in stands_for[waiting.pop()]:
                found.add(source)
                fresh = [id_ for id_ in claimed[source] if id_ not in targets]
                targets.update(fresh)
                waiting.extend(fresh)
        done |= targets
        yield (
            tuple(item.id for item in as_is.steps if item.id in found),
            tuple(item.id for item in to_be.steps if item.id in targets),
        )
    for item in as_is.steps:
        if item.id not in claimed:
            yield (item.id,), ()


def _group(
    olds: Sequence[Step],
    news: Sequence[Step],
    before: Sequence[StepFlow | None],
    after: Sequence[StepFlow | None],
) -> StepGroup:
    old = [flow for flow in before if flow is not None]
    new = [flow for flow in after if flow is not None]
    before_h, after_h = fsum(flow.in_lead_h for flow in old), fsum(flow.in_lead_h for flow in new)
    per_pass = [fsum(flow.touch_h + flow.wait_h for flow in flows) for flows in (old, new)]
    repeats, beside = _parts(old, new) if old and new else (0.0, 0.0)
    newly_beside = any(flow.beside for flow in new) and not any(flow.beside for flow in old)
    tags = _tags(olds, news, per_pass[1] < per_pass[0] - NOTHING, newly_beside)
    saved = before_h - after_h
    heading: Heading | None = tags[0] if tags else None
    if heading is None and abs(saved) > NOTHING:
        if abs(beside) > max(abs(repeats), abs(saved - repeats - beside)):
            heading = "side-by-side"
        else:
            heading = "fewer-repeats" if saved > 0 else "slower"
    return StepGroup(
        tuple(step.id for step in olds),
        tuple(step.id for step in news),
        tags,
        heading,
        before_h=before_h,
        after_h=after_h,
        repeats_h=repeats,
        beside_h=beside,
    )


def _parts(old: Sequence[StepFlow], new: Sequence[StepFlow]) -> tuple[float, float]:
    """(by fewer repeats, by work side by side) of what a group saves.

    First the as-is steps are passed as often as the new ones, then waited for as rarely; the times are left.
    """
    each = [flow.touch_h + flow.wait_h for flow in new]
    if fsum(each) <= NOTHING:
        return 0.0, 0.0  # a step that takes no time any more saves time, not passes
    now = max(flow.visits for flow, time in zip(new, each, strict=True) if time > 0)
    total = fsum(flow.total_h for flow in new)
    waited_for = fsum(flow.in_lead_h for flow in new) / total if total > 0 else 1.0
    repeats, beside = 0.0, 0.0
    for flow in old:
        time = flow.touch_h + flow.wait_h
        repeats += (flow.visits - now) * time * flow.waited_for
        beside += now * time * (flow.waited_for - waited_for)
    return repeats, beside


def _tags(olds: Sequence[Step], news: Sequence[Step], faster: bool, beside: bool) -> tuple[Tag, ...]:
    """All that was done to a group, the one that it counts under first."""
    if not news:
        return ("removed",)
    if not olds:
        return ("new",)
    found: set[Tag] = set()
    if counted(map(is_work, olds)) > 1 and len(olds) > len(news):
        found.add("merged")
    if max(AUTOMATION[step.automation] for step in news) > max(AUTOMATION[step.automation] for step in olds):
        found.add("automated")
    if any(step.moved == "earlier" for step in news):
        found.add("brought-forward")
    if {step.lane for step in news}.isdisjoint(step.lane for step in olds):
        found.add("lane-moved")
    if beside:
        found.add("side-by-side")
    if faster:
        found.add("faster")
    return tuple(tag for tag in TAG_ORDER if tag in found)
