"""process-links: the ways between the steps of a map lead on, add up, and come to an end.

Also: every as-is step is accounted for in the to-be map, so that a saving is never a forgotten step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import fsum

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.process import Maps, ProcessMap, Step
from generator.problems import FilePosition, Loc, nearest

WHY = """Lead time, rework and bottlenecks are reckoned along the links of the map. A case that leads
nowhere, a share that is lost or a step that was forgotten in the new process makes all these figures wrong
without a trace."""

TOLERANCE = 1e-6
"""How far the shares out of a gateway may be from 1: what decimals lose."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, process in context.catalogue.processes.items():
        for key, map_ in (("as_is", process.maps.as_is), ("to_be", process.maps.to_be)):
            if map_ is not None:
                yield from _MapCheck(context.catalogue, f"processes/{id_}", ("maps", key), map_).findings()
        yield from _accounted(context.catalogue, f"processes/{id_}", process.maps)


class _MapCheck:
    """One map's steps and the links between them."""

    def __init__(self, catalogue: Catalogue, place: str, loc: Loc, map_: ProcessMap) -> None:
        self.catalogue = catalogue
        self.place = place
        self.loc = loc
        self.steps = map_.steps
        self.order: dict[str, int] = {}
        for position, step in enumerate(map_.steps):
            self.order.setdefault(step.id, position)

    def mark(self, position: int, *loc: str | int, key: bool = False) -> FilePosition:
        return self.catalogue.mark(self.place, (*self.loc, "steps", position, *loc), key)

    def findings(self) -> Iterator[Finding]:
        for position, step in enumerate(self.steps):
            yield from self._links(position, step)
            yield from self._shares(position, step)
        yield from self._ways()

    def _links(self, position: int, step: Step) -> Iterator[Finding]:
        seen: set[str] = set()
        for index, link in enumerate(step.next):
            mark = self.mark(position, "next", index)
            if link.to not in self.order:
                hint = nearest(link.to, self.order)
                yield Finding(mark, f"'{step.id}' leads to '{link.to}', which is no step of this map", hint)
                continue
            if link.to in seen:
                message = f"'{step.id}' leads to '{link.to}' twice"
                yield Finding(mark, message, "keep one link and add up the shares")
            seen.add(link.to)
            back = self.order[link.to] <= position
            if back and not link.rework:
                message = f"'{step.id}' leads back to '{link.to}' without rework: true"
                hint = f"write {{to: {link.to}, rework: true}}, or write the steps in their order"
                yield Finding(mark, message, hint)
            elif link.rework and not back:
                message = f"'{step.id}' leads on to '{link.to}', but the link says rework: true"
                yield Finding(mark, message, "only a link to an earlier step is rework: delete it")
        if step.event == "end" and step.next:
            mark = self.mark(position, "next", key=True)
            yield Finding(mark, f"the end '{step.id}' leads on", "delete its links, or its event: end")

    def _shares(self, position: int, step: Step) -> Iterator[Finding]:
        shares = [link.share for link in step.next]
        if step.gateway == "and":
            for index, link in enumerate(step.next):
                if link.share is not None:
                    message = f"'{step.id}' is an 'and' gateway: every case takes every way"
                    yield Finding(self.mark(position, "next", index, "share"), message, "delete the share")
            return
        if not shares or shares == [None]:
            return
        mark = self.mark(position, "next", key=True)
        total = fsum(share for share in shares if share is not None)
        if None in shares:  # told by process-shares: the map is drawn, its figures are not known
            if total > 1 + TOLERANCE:
                message = f"the shares out of '{step.id}' total {total:.6g}, more than 1, and one is missing"
                yield Finding(mark, message, "give each way a share, together 1")
            return
        if abs(total - 1) > TOLERANCE:
            terms = " + ".join(f"{share:g}" for share in shares)
            message = f"the shares out of '{step.id}' total {total:.6g}, not 1"
            yield Finding(mark, message, f"{terms} = {total:.6g}: change one by {1 - total:+.6g}")

    def _ways(self) -> Iterator[Finding]:
        """Every step is reached from a start and reaches an end; of a chain that does not, one is told."""
        if any(link.to not in self.order for step in self.steps for link in step.next):
            return  # told already; where the way would go is not known
        ahead = {step.id: [link.to for link in step.next] for step in self.steps}
        behind: dict[str, list[str]] = {id_: [] for id_ in ahead}
        for id_, targets in ahead.items():
            for target in targets:
                behind[target].append(id_)
        starts = [s.id for s in self.steps if s.event == "start"] or [self.steps[0].id]
        ends = [s.id for s in self.steps if s.event == "end"] or [s.id for s in self.steps if not s.next]
        lost = set(ahead) - _reachable(starts, ahead)
        for id_ in self._heads(lost, ahead):
            hint = "let an earlier step lead to it (next: …), or delete it"
            yield Finding(self.mark(self.order[id_], "id"), f"no way leads from the start to '{id_}'", hint)
        stuck = set(ahead) - lost - _reachable(ends, behind)
        for id_ in self._heads(stuck, behind):
            hint = "let a step of this loop lead out of it" if ahead[id_] else "let it lead on (next: …)"
            message = f"no way leads from '{id_}' to an end"
            yield Finding(self.mark(self.order[id_], "id"), message, f"{hint}, or mark it event: end")

    def _heads(self, steps: set[str], edges: Mapping[str, list[str]]) -> list[str]:
        """The fewest steps, in written order, from which all others of the set follow along the edges."""
        entered = {target for id_ in steps for target in edges[id_] if target != id_}
        heads = [id_ for id_ in self.order if id_ in steps and id_ not in entered]
        for id_ in self.order:
            if id_ in steps and id_ not in _reachable(heads, edges):
                heads.append(id_)  # a loop that nothing outside it leads to
        return heads


def _reachable(starts: Iterable[str], edges: Mapping[str, list[str]]) -> set[str]:
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for target in edges[waiting.pop()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _accounted(catalogue: Catalogue, place: str, maps: Maps) -> Iterator[Finding]:
    """Every as-is step that takes time is kept, merged or removed; bare gateways and events are free."""
    if maps.as_is is None or maps.to_be is None:
        return
    before = {step.id: position for position, step in enumerate(maps.as_is.steps)}
    stood_for: set[str] = set()
    for position, step in enumerate(maps.to_be.steps):
        stood_for.update(step.from_ or (step.id,))
        for index, id_ in enumerate(step.from_):
            if id_ not in before:
                mark = catalogue.mark(place, ("maps", "to_be", "steps", position, "from", index))
                message = f"'{step.id}' stands for '{id_}', which is no step of as_is"
                yield Finding(mark, message, nearest(id_, before))
    for id_ in maps.to_be.removed:
        mark = catalogue.mark(place, ("maps", "to_be", "removed", id_), key=True)
        if id_ not in before:
            yield Finding(mark, f"the removed step '{id_}' is no step of as_is", nearest(id_, before))
        elif id_ in stood_for:
            message = f"the step '{id_}' is removed, but a step of to_be stands for it"
            yield Finding(mark, message, "delete it here, or from the step's 'from'")
    for step in maps.as_is.steps:
        bare = (step.event or step.gateway) and step.touch is None and step.wait is None
        if bare or step.id in stood_for or step.id in maps.to_be.removed:
            continue
        mark = catalogue.mark(place, ("maps", "as_is", "steps", before[step.id], "id"))
        message = f"the as-is step '{step.id}' is not accounted for in to_be"
        hint = f"keep it, name it in a step's from: [{step.id}], or list it under removed with the reason"
        yield Finding(mark, message, hint)


RULE = Rule("process-links", "error", WHY, check)
