"""`handbook import bpmn`: a BPMN 2.0 file as one of our process files, with a report of what is lost.

Every element and attribute of the BPMN model is either taken over or told in the report: nothing is dropped
silently. Written order is made from the flow: a depth-first walk from the starts, so that links lead onwards
wherever they can; those that cannot are marked as rework.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_names import BODIES, EVENTS, EXACT, GATEWAYS, MODEL, NODES, OWN

M, OURS = f"{{{MODEL}}}", f"{{{OWN}}}"
SPLIT = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Flow:
    """A sequence flow between two nodes of the file."""

    source: str
    target: str
    label: str
    share: float | None = None
    back: bool = False


@dataclass(slots=True)
class Found:
    """What was read: nodes in file order, by their id in the file."""

    names: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    """Node → lane."""
    lane_names: dict[str, str] = field(default_factory=dict)
    own: dict[str, ET.Element] = field(default_factory=dict)
    """Our extension of a node, lane or process, where the file is one of ours."""
    flows: list[Flow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """A process as plain values in the order of our format, and what has no counterpart."""

    process: dict[str, object]
    report: tuple[str, ...]


class _NoDoctype(ET.TreeBuilder):
    """BPMN has no document type; one could only smuggle entities in."""

    def doctype(self, *_: str | None) -> None:
        raise ValueError("a BPMN file has no document type declaration; delete the DOCTYPE")


def read_bpmn(data: bytes, id_: str) -> Imported:
    """Read a file; `id_` names the process unless the file is one of ours. ValueError with an author's
    message."""
    try:
        root = ET.fromstring(data, parser=ET.XMLParser(target=_NoDoctype()))
    except ET.ParseError as fault:
        raise ValueError(f"this is not XML: {fault}") from None
    if root.tag != f"{M}definitions":
        raise ValueError(
            f"this is not BPMN 2.0: the outermost element is {_local(root.tag)}, not definitions"
        )
    losses = Losses()
    found = _collect(root, losses)
    if not found.names:
        raise ValueError("the file has no task, gateway or event")
    process = _Maker(found, losses, root, id_).process()
    return Imported(process, losses.told())


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _words(element: ET.Element) -> str:
    return " ".join((element.get("name") or "").split())


def _collect(root: ET.Element, losses: Losses) -> Found:
    found = Found()
    pools = {one.get("processRef"): _words(one) for one in root.iter(f"{M}participant")}
    for body in root.findall(f"{M}process"):
        own = _own(body, "process")
        if own is not None:
            found.own[""] = own
        key = body.get("id") or ""
        _collect_process(body, pools.get(key) or _words(body) or key, found, losses)
    losses.walk(root)
    return found


def _collect_process(body: ET.Element, pool: str, found: Found, losses: Losses) -> None:
    lane_of: dict[str, str] = {}
    for lane, name in _lanes(body, ""):
        key = lane.get("id") or name
        found.lane_names[key] = name or pool
        own = _own(lane, "lane")
        if own is not None:
            found.own[key] = own
        for ref in lane.findall(f"{M}flowNodeRef"):
            lane_of[(ref.text or "").strip()] = key
    attached: list[tuple[str, str]] = []
    for element in body:
        tag, key = _local(element.tag), element.get("id") or ""
        if tag in NODES:
            found.names[key], found.tags[key] = _words(element), tag
            if key not in lane_of:
                found.lane_names.setdefault(f"pool {pool}", pool)
            found.lanes[key] = lane_of.get(key, f"pool {pool}")
            own = _own(element, "step")
            if own is not None:
                found.own[key] = own
            if tag in BODIES:
                losses.body(element, _words(element) or key)
            elif tag not in EXACT and own is None:
                losses.changed(tag, _words(element) or key)
            if element.get("attachedToRef"):
                attached.append((element.get("attachedToRef") or "", key))
        elif tag == "sequenceFlow":
            found.flows.append(_flow(element))
    for host, event in attached:
        found.flows.append(Flow(host, event, found.names[event]))


def _lanes(parent: ET.Element, before: str) -> Iterator[tuple[ET.Element, str]]:
    """The innermost lanes with the names of those around them."""
    for lane_set in (*parent.findall(f"{M}laneSet"), *parent.findall(f"{M}childLaneSet")):
        for lane in lane_set.findall(f"{M}lane"):
            name = " / ".join(part for part in (before, _words(lane)) if part)
            inner = list(_lanes(lane, name))
            yield from inner or [(lane, name)]


def _flow(element: ET.Element) -> Flow:
    own = _own(element, "flow")
    label = _words(element) if own is None else own.get("label", "")
    share = float(own.get("share", "")) if own is not None and own.get("share") else None
    return Flow(element.get("sourceRef") or "", element.get("targetRef") or "", label, share)


def _own(element: ET.Element, tag: str) -> ET.Element | None:
    return element.find(f"{M}extensionElements/{OURS}{tag}")


class _Maker:
    """Turns what was read into our process, as plain values."""

    def __init__(self, found: Found, losses: Losses, root: ET.Element, id_: str) -> None:
        self.found, self.losses = found, losses
        head = found.own.get("")
        self.id = head.get("id", id_) if head is not None else id_
        self.map = head.get("map", "as_is") if head is not None else "as_is"
        self.since = head.get("since") if head is not None else None
        names = [_words(one) for tag in ("participant", "process") for one in root.iter(f"{M}{tag}")]
        self.name = next((name for name in names if name), root.get("name") or id_)
        self.ids: dict[str, str] = {}
        self.taken: set[str] = set()
        self.lane_ids: dict[str, str] = {}

    def process(self) -> dict[str, object]:
        self._link()
        for key in self._order():
            self.ids[key] = self._new_id(key)
        used = set(self.found.lanes.values())
        lanes = [self._lane(key, name) for key, name in self.found.lane_names.items() if key in used]
        steps = [self._step(key) for key in self.ids]
        drawn: dict[str, object] = {**({"since": self.since} if self.since else {}), "steps": steps}
        return {"id": self.id, "name": self.name, "lanes": lanes, "maps": {self.map: drawn}}

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
        return self._unique(slug(self.found.names[key]) or slug(key) or "step", self.taken)

    def _unique(self, wished: str, taken: set[str]) -> str:
        id_, number = wished, 1
        while id_ in taken:
            number += 1
            id_ = f"{wished}-{number}"
        taken.add(id_)
        return id_

    def _lane(self, key: str, name: str) -> dict[str, object]:
        own = self.found.own.get(key)
        if own is None:
            taken = set(self.lane_ids.values())
            self.lane_ids[key] = self._unique(slug(name) or slug(key) or "lane", taken)
            return {"id": self.lane_ids[key], "name": name or key}
        self.lane_ids[key] = own.get("id") or key
        lane: dict[str, object] = {"id": self.lane_ids[key], "name": name}
        if own.get("unit"):
            lane["unit"] = own.get("unit")
        if own.get("external"):
            lane["external"] = True
        if own.get("capacity"):
            lane["capacity"] = int(own.get("capacity") or 1)
        return lane

    def _step(self, key: str) -> dict[str, object]:
        tag = self.found.tags[key]
        name = self.found.names[key]
        if not name:
            self.losses.note("no name: named after its kind", f"{tag} {key}")
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tag).lower()
        step: dict[str, object] = {"id": self.ids[key]}
        if tag in EVENTS:
            step["event"] = EVENTS[tag]
        if tag in GATEWAYS:
            step["gateway"] = GATEWAYS[tag]
        step |= {"lane": self.lane_ids[self.found.lanes[key]], "name": name}
        own = self.found.own.get(key)
        if own is not None:
            step |= _own_values(own)
        ways = [flow for flow in self.found.flows if flow.source == key]
        if len(ways) > 1 and tag != "parallelGateway" and any(flow.share is None for flow in ways):
            self.losses.note("to fill in: the shares of the ways out", name)
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
        if said := [one.get("name") for one in own.findall(f"{OURS}{tag}")]:
            step[name] = said
    symptoms = own.findall(f"{OURS}symptom")
    if symptoms:
        step["symptoms"] = [
            {"other": one.get("text")} if one.get("text") else one.get("kind") for one in symptoms
        ]
    if own.get("blockage"):
        step["blockage"] = int(own.get("blockage") or 1)
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


def slug(text: str) -> str:
    """Small letters, digits and hyphens from what a name has of them; empty where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return SPLIT.sub("-", plain).strip("-")[:40].strip("-")
