"""`handbook import bpmn`: a BPMN 2.0 file as one of our process files, with a report of what is lost.

Every element and attribute of the BPMN model is either taken over or told in the report: nothing is dropped
silently. Written order is made from the flow: a depth-first walk from the starts, so that links lead onwards
wherever they can; those that cannot are marked as rework.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass

from generator.exchange.bpmn_bytes import BpmnError, parsed
from generator.exchange.bpmn_found import OURS, BpmnModel, Flow, M, collect, own_number
from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_names import EVENTS, GATEWAYS, PASSED, PLAIN_ID, TASK, WORDS
from generator.exchange.readable_id import slug, spoken, unique

MOST_NODES = 2_000
"""Steps of one map; real ones have some dozens."""
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Imported:
    """A process as plain values in the order of our format, and what has no counterpart."""

    process: dict[str, object]
    report: tuple[str, ...]


def read_bpmn(data: bytes, id_: str) -> Imported:
    """Read a file; `id_` names the process unless the file is one of ours. BpmnError for what is
    no BPMN, or not whole."""
    root, taken_out = parsed(data)
    if root.tag != f"{M}definitions":
        tag = root.tag.rpartition("}")[2]
        raise BpmnError(f"this is not BPMN 2.0: the outermost element is {tag}, not definitions")
    losses = Losses(root)
    for item in taken_out:
        losses.note("taken out: control characters", item)
    found = collect(root, losses)
    losses.walk(root)
    if not found.names:
        raise BpmnError("the file has no task, gateway or event")
    if len(found.names) > MOST_NODES:
        raise BpmnError(
            f"the file has {len(found.names)} tasks, gateways and events; a map of more than {MOST_NODES} is"
            " nothing to look at: split it"
        )
    process = _Maker(found, losses, root, id_).process()
    return Imported(process, losses.told())


class _Maker:
    """Turns what was read into our process, as plain values."""

    def __init__(self, found: BpmnModel, losses: Losses, root: ET.Element, id_: str) -> None:
        self.found, self.losses = found, losses
        head = found.own.get("")
        self.id = head.get("id", id_) if head is not None else id_
        self.map = head.get("map", "as_is") if head is not None else "as_is"
        self.since = head.get("since") if head is not None else None
        self.name = found.name or root.get("name") or id_
        self.words = 0 if any(map(CHINESE.search, (self.name, *found.names.values()))) else 1
        self.ids: dict[str, str] = {}
        self.lane_ids: dict[str, str] = {}

    def process(self) -> dict[str, object]:
        self._link()
        if "" not in self.found.own:
            self._open_ends()
        for key in self._order():
            self.ids[key] = self._new_id(key)
        lanes = [self._lane(key, name) for key, name in self.found.lane_names.items()]
        steps = [self._step(key) for key in self.ids]
        drawn: dict[str, object] = {**({"since": self.since} if self.since else {}), "steps": steps}
        purpose = {"purpose": self.found.purpose} if self.found.purpose else {}
        return {"id": self.id, "name": self.name, **purpose, "lanes": lanes, "maps": {self.map: drawn}}

    def _link(self) -> None:
        """Keep the flows that lead from one known node to another, each pair once."""
        kept: dict[tuple[str, str], Flow] = {}
        for flow in self.found.flows:
            pair = flow.source, flow.target
            if flow.source not in self.found.names or flow.target not in self.found.names:
                self.losses.note("a sequence flow that leads to or from nothing", " → ".join(pair))
            elif pair in kept:
                self.losses.note("a second flow between the same two", f"{flow.label or ' → '.join(pair)}")
            else:
                kept[pair] = flow
        self.found.flows = list(kept.values())

    def _open_ends(self) -> None:
        """Draw the start or end that a file leaves out, as BPMN allows it to."""
        found = self.found
        for key, tag in list(found.tags.items()):
            if EVENTS.get(tag) == "end" and any(flow.source == key for flow in found.flows):
                found.tags[key] = "intermediateThrowEvent"
                self.losses.note("to look at: an end that leads on became a step", found.names[key] or key)
        starts, ends = (
            [key for key, tag in found.tags.items() if EVENTS.get(tag) == side] for side in ("start", "end")
        )
        reached = self._reach(starts, ahead=True)
        entered = {flow.target for flow in found.flows}
        if reached or sum(key not in entered for key in found.names) > 1:
            for key in sorted(found.names, key=lambda key: key in entered):
                if key not in reached:
                    what = "to look at: nothing leads to it, so a start was drawn"
                    start = self._end_of(key, "startEvent", what)
                    reached |= self._reach([start], ahead=True)
        left = {flow.source for flow in found.flows}
        ending = self._reach(ends, ahead=False)
        if ending:
            for key in [key for key in found.names if key not in left and key not in ending]:
                self._end_of(key, "endEvent", "to look at: it leads nowhere, so an end was drawn")

    def _end_of(self, key: str, tag: str, what: str) -> str:
        """A start before or an end after a step; an event on the way becomes it itself."""
        found = self.found
        self.losses.note(what, found.names[key] or key)
        if found.tags[key] in PASSED and not found.names[key]:
            found.tags[key] = tag
            return key
        drawn = f"{tag} {key}"
        found.names[drawn], found.tags[drawn], found.lanes[drawn] = "", tag, found.lanes[key]
        ends = (drawn, key) if tag == "startEvent" else (key, drawn)
        found.flows.append(Flow(*ends, ""))
        return drawn

    def _reach(self, starts: list[str], ahead: bool) -> set[str]:
        ways: dict[str, list[str]] = {}
        for flow in self.found.flows:
            source, target = (flow.source, flow.target) if ahead else (flow.target, flow.source)
            ways.setdefault(source, []).append(target)
        seen, waiting = set(starts), list(starts)
        while waiting:
            fresh = [way for way in ways.get(waiting.pop(), ()) if way not in seen]
            seen.update(fresh)
            waiting += fresh
        return seen

    def _order(self) -> list[str]:
        """Reverse postorder of a depth-first walk from the starts; links to earlier ones are back links."""
        ahead: dict[str, list[str]] = {key: [] for key in self.found.names}
        entered: Counter[str] = Counter()
        for flow in self.found.flows:
            ahead[flow.source].append(flow.target)
            entered[flow.target] += 1
        order: list[str] = []
        seen: set[str] = set()
        for start in sorted(self.found.names, key=lambda key: entered[key] > 0):
            if start in seen:
                continue
            seen.add(start)
            stack = [(start, iter(reversed(ahead[start])))]
            while stack:
                key, ways = stack[-1]
                fresh = next((way for way in ways if way not in seen), None)
                if fresh is None:
                    order.append(key)
                    stack.pop()
                else:
                    seen.add(fresh)
                    stack.append((fresh, iter(reversed(ahead[fresh]))))
        order.reverse()
        if "" in self.found.own:
            order = list(self.found.names)  # one of ours: the file has the written order
        place = {key: number for number, key in enumerate(order)}
        for flow in self.found.flows:
            flow.back = place[flow.target] <= place[flow.source]
        return order

    def _new_id(self, key: str) -> str:
        own = self.found.own.get(key)
        if own is not None and own.get("id"):
            return own.get("id") or ""
        tag = self.found.tags[key]
        kind = "gateway" if tag in GATEWAYS else "event" if tag in PASSED else "step"
        wished = slug(self.found.names[key]) or spoken(key) or PLAIN_ID.get(tag, kind)
        return unique(wished, self.ids.values())

    def _lane(self, key: str, name: str) -> dict[str, object]:
        own = self.found.own.get(key)
        if own is None:
            self.lane_ids[key] = unique(slug(name) or spoken(key) or "lane", self.lane_ids.values())
            external = {"external": True} if key in self.found.outside else {}
            return {"id": self.lane_ids[key], "name": name or key, **external}
        self.lane_ids[key] = own.get("id") or key
        lane: dict[str, object] = {"id": self.lane_ids[key], "name": name}
        if own.get("unit"):
            lane["unit"] = own.get("unit")
        if own.get("external"):
            lane["external"] = True
        if own.get("capacity"):
            lane["capacity"] = own_number(own, "capacity", int)
        return lane

    def _step(self, key: str) -> dict[str, object]:
        tag = self.found.tags[key]
        name = self.found.names[key]
        if not name and tag not in EVENTS and tag not in GATEWAYS:
            self.losses.note("no name: named after its kind", f"{tag} {key}")
            name = WORDS.get(tag, TASK)[self.words]
        step: dict[str, object] = {"id": self.ids[key]}
        if tag in EVENTS:
            step["event"] = EVENTS[tag]
        if tag in GATEWAYS:
            step["gateway"] = GATEWAYS[tag]
        step["lane"] = self.lane_ids[self.found.lanes[key]]
        if name:
            step["name"] = name
        if key in self.found.roles:
            step["owner"] = {"role": self.found.roles[key]}
        own = self.found.own.get(key)
        if own is not None:
            step |= _own_values(own)
        ways = [flow for flow in self.found.flows if flow.source == key]
        if len(ways) > 1 and tag != "parallelGateway" and any(flow.share is None for flow in ways):
            self.losses.note("to fill in: the shares of the ways out", name or self.ids[key])
        if ways:
            step["next"] = [self._next(flow) for flow in ways]
        return step

    def _next(self, flow: Flow) -> object:
        link: dict[str, object] = {"to": self.ids[flow.target]}
        if flow.share is not None:
            link["share"] = flow.share
        if flow.label:
            link["label"] = flow.label
        if flow.back:
            link["rework"] = True
        return link if len(link) > 1 else link["to"]


def _own_values(own: ET.Element) -> dict[str, object]:
    """A step's own data back from our extension."""
    step: dict[str, object] = {}
    for name in ("stage", "kind"):
        if own.get(name):
            step[name] = own.get(name)
    owner = own.find(f"{OURS}owner")
    if owner is not None and owner.attrib:
        step["owner"] = dict(owner.attrib)
    for name in ("touch", "wait"):
        if own.get(name):
            sd = own.get(f"{name}Sd")
            step[name] = {"mean": own.get(name), "sd": sd} if sd else own.get(name)
    if own.get("measured"):
        step["measured"] = False
    for name, tag in (("inputs", "input"), ("outputs", "output")):
        if said := [item.get("name") for item in own.findall(f"{OURS}{tag}")]:
            step[name] = said
    symptoms = own.findall(f"{OURS}symptom")
    if symptoms:
        step["symptoms"] = [
            {"other": symptom.get("text")} if symptom.get("text") else symptom.get("kind")
            for symptom in symptoms
        ]
    if own.get("blockage"):
        step["blockage"] = own_number(own, "blockage", int)
    if own.get("key"):
        step["key"] = True
    tool = own.find(f"{OURS}tool")
    if tool is not None:
        step["tool"] = dict(tool.attrib)
    if own.get("automation"):
        step["automation"] = own.get("automation")
    for name, key in (("indicators", "indicators"), ("stands_for", "from")):
        if own.get(name):
            step[key] = (own.get(name) or "").split()
    if own.get("moved"):
        step["moved"] = own.get("moved")
    return step
