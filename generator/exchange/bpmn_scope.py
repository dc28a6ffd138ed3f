"""The nodes and ways of one process in a BPMN file, with sub-processes taken apart.

A sub-process that shows its steps is replaced by them: what led to it leads to where it begins, what left it
leaves from where it ends. Its name stands as a note at its steps. One that shows none stays a step.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from math import isfinite

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import (
    BpmnModel,
    Flow,
    M,
    Whereabouts,
    is_node,
    local,
    one_line,
    own_part,
    text_of,
    words_of,
)
from generator.exchange.bpmn_names import BODIES, EXACT, MACHINES, OTHERWISE, PART_OF, TOOLS_OWN

EXPRESSION = re.compile(r"[$#]\{(.*)\}\Z|=(.*)\Z", re.DOTALL)
LONGEST_LABEL = 40
"""Letters of a condition that stands on an arrow; longer ones are notes at the step."""


def read_body(body: ET.Element, model: BpmnModel, losses: Losses, words: int) -> None:
    """Nodes, flows, boundary events and links of a process."""
    reader = _Reader(model, losses, words)
    reader.scope(body, ())
    reader.default_ways()
    reader.attached()
    reader.linked()
    reader.take_apart()


@dataclass(slots=True)
class _Body:
    """A sub-process that shows its steps."""

    inner: list[str]
    by_event: bool
    """Begins by an event of its own; nothing leads to it."""


@dataclass(slots=True)
class _Reader:
    """One process's nodes as they are read."""

    model: BpmnModel
    losses: Losses
    words: int
    bodies: dict[str, _Body] = field(default_factory=dict)
    joints: dict[str, str] = field(default_factory=dict)
    """Points where ways meet that are nothing by themselves, with the gateway they become if need be."""
    by_flow: dict[str, Flow] = field(default_factory=dict)
    keys: dict[ET.Element, str] = field(default_factory=dict)

    def scope(self, parent: ET.Element, path: tuple[str, ...]) -> None:
        for element in parent:
            if is_node(element):
                key = element.get("id") or ""
                if not key or key in self.model.elements:
                    key = f"{key} {len(self.model.elements)}"  # no id, or one that is taken
                self.model.elements[key], self.keys[element] = element, key
                if parent in self.keys:
                    self.model.inside[key] = self.keys[parent]
                if local(element) in BODIES and any(map(is_node, element)):
                    self._body(element, key, path)
                else:
                    self._node(element, key, path)
            elif element.tag == f"{M}sequenceFlow":
                flow = self._flow(element)
                self.model.flows.append(flow)
                self.by_flow[element.get("id") or ""] = flow

    def _body(self, element: ET.Element, key: str, path: tuple[str, ...]) -> None:
        body = self.bodies[key] = _Body([], element.get("triggeredByEvent") == "true")
        name = words_of(element)
        before = len(self.model.names)
        self.scope(element, (*path, name) if name else path)
        body.inner = [self.keys[item] for item in element if is_node(item)]
        self.model.first[key], self.model.last[key] = body.inner[0], body.inner[-1]
        nodes = list(self.model.names)[before:]
        noted = [node for node in nodes if self.model.remarks.get(node)]
        if name and not noted:
            self.model.notes.append(name)
            self.losses.keep(element, self.model.process_place)
        for node in noted if name else ():
            self.losses.keep(element, self.model.place(node))

    def _node(self, element: ET.Element, key: str, path: tuple[str, ...]) -> None:
        tag = local(element)
        name = words_of(element)
        if self.words == 0 and tag.endswith(("Gateway", "Event")) and TOOLS_OWN.match(name):
            name = ""  # English on a Chinese map, and nobody wrote it
        self.model.names[key], self.model.tags[key] = name, tag
        if name:
            self.losses.keep(element, self.model.place(key))
        own = own_part(element, "step")
        if own is not None:
            self.model.own[key] = own
        elif tag not in EXACT | MACHINES:
            self.losses.changed(tag, self.losses.said(element))
        if path and (name or not tag.endswith(("Event", "Gateway"))):
            self.model.remarks.setdefault(key, []).append(PART_OF[self.words] + " / ".join(path))

    def _flow(self, element: ET.Element) -> Flow:
        own = own_part(element, "flow")
        label = words_of(element)
        flow = Flow(element.get("sourceRef") or "", element.get("targetRef") or "", label, own=own)
        if label:
            flow.places.append(Whereabouts())
            self.losses.keep(element, flow.places[0])
        if own is not None:
            flow.label = own.get("label", "")
            flow.share = own_share(own) if own.get("share") else None
            return flow
        condition = element.find(f"{M}conditionExpression")
        said = text_of(condition) if condition is not None else ""
        if condition is None or not said:
            return flow
        inner = EXPRESSION.match(said)
        plain = one_line(inner[1] or inner[2] or "") if inner else said
        self.losses.take(condition)
        if label or not plain or len(plain) > LONGEST_LABEL:
            where = label or self.losses.named(flow.target)
            note = f"{where}: {plain or said}"
            self.model.remarks.setdefault(flow.source, []).append(note)
            self.losses.keep(condition, self.model.place(flow.source), "text")
            return flow
        flow.label = plain
        flow.places.append(Whereabouts())
        self.losses.keep(condition, flow.places[0], "text")
        self.losses.note("taken over as labels: conditions of flows", f"{self.losses.ends(element)}: {said}")
        return flow

    def default_ways(self) -> None:
        """The unnamed way that is taken when no other holds says so."""
        leaving: dict[str, int] = {}
        for flow in self.model.flows:
            leaving[flow.source] = leaving.get(flow.source, 0) + 1
        for key, element in self.model.elements.items():
            way = self.by_flow.get(element.get("default") or "")
            if way is not None and not way.label and leaving.get(key, 0) > 1 and way.own is None:
                way.label = OTHERWISE[self.words]
                self.losses.used.add((element, "default"))

    def attached(self) -> None:
        """Boundary events follow on what they are attached to."""
        for key, element in self.model.elements.items():
            host = element.get("attachedToRef")
            if host and key in self.model.names:
                self.model.flows.append(Flow(host, key, ""))

    def linked(self) -> None:
        """A link event that throws leads to the one that catches its name."""
        ends: dict[str, dict[str, list[str]]] = {"intermediateThrowEvent": {}, "intermediateCatchEvent": {}}
        for key, element in self.model.elements.items():
            event = element.find(f"{M}linkEventDefinition")
            if event is not None and local(element) in ends:
                name = words_of(event) or words_of(element)
                ends[local(element)].setdefault(name, []).append(key)
        for name, throwing in ends["intermediateThrowEvent"].items():
            for catching in ends["intermediateCatchEvent"].get(name, ())[:1]:
                self.model.flows += [Flow(key, catching, "") for key in throwing]

    # -- sub-processes

    def take_apart(self) -> None:
        """Lead what leads to a sub-process into it, and what leaves it out of it."""
        inner: dict[str, set[str]] = {"in": set(), "out": set()}
        for flow in self.model.flows:
            inner["in"].add(flow.target)
            inner["out"].add(flow.source)
        for key, body in self.bodies.items():  # outer ones first
            self._edge(key, body, inner, "in")
            self._edge(key, body, inner, "out")
        for flow in self.model.flows:
            if flow.target in self.bodies:
                flow.target = f"in {flow.target}"
            if flow.source in self.bodies:
                flow.source = f"out {flow.source}"
        self._join()

    def _edge(self, key: str, body: _Body, inner: dict[str, set[str]], side: str) -> None:
        """Where a sub-process begins (`in`) or ends (`out`), if something leads to it or leaves it."""
        if key not in inner[side] or (body.by_event and side == "in"):
            return
        tag, made = ("startEvent", "intermediateCatchEvent") if side == "in" else (
            "endEvent", "intermediateThrowEvent")  # fmt: skip
        events = [node for node in body.inner if self.model.tags.get(node) == tag]
        free = [
            node
            for node in body.inner
            if node not in inner[side]
            and node not in events
            and not self.model.elements[node].get("attachedToRef")
            and not (node in self.bodies and self.bodies[node].by_event)
        ]
        ends = (events or free if side == "in" else events + free) or body.inner[:1]
        joint = f"{side} {key}"
        together = side == "in" and not events and len(ends) > 1
        self.joints[joint] = "parallelGateway" if together else "exclusiveGateway"
        if side == "out" and self.joints.get(f"in {key}") == "parallelGateway" and not events:
            self.joints[joint] = "parallelGateway"
        self.model.inside[joint] = key
        for node in ends:
            if node in events:
                plain = not self.model.names[node] and not any(
                    local(item).endswith("EventDefinition") for item in self.model.elements[node]
                )
                self.model.tags[node] = made
                if plain:
                    self.joints[node] = "exclusiveGateway"
            way = Flow(joint, node, "") if side == "in" else Flow(node, joint, "")
            self.model.flows.append(way)
            inner[side].add(node)

    def _join(self) -> None:
        """Where a joint has one way in or one way out, it is no place of its own; others are gateways."""
        into: dict[str, list[Flow]] = {joint: [] for joint in self.joints}
        out: dict[str, list[Flow]] = {joint: [] for joint in self.joints}
        for flow in self.model.flows:
            if flow.target in into:
                into[flow.target].append(flow)
            if flow.source in out:
                out[flow.source].append(flow)
        gone: set[int] = set()
        for joint, tag in self.joints.items():
            before = [flow for flow in into[joint] if id(flow) not in gone]
            after = [flow for flow in out[joint] if id(flow) not in gone]
            if (len(before) > 1 and len(after) > 1) or tag == "parallelGateway" or not before or not after:
                self.model.names.setdefault(joint, "")
                self.model.tags[joint] = tag if before and after else self.model.tags.get(joint, tag)
                continue
            for first in before:
                for second in after:
                    label = " / ".join(dict.fromkeys(part for part in (first.label, second.label) if part))
                    way = Flow(first.source, second.target, label, places=[*first.places, *second.places])
                    self.model.flows.append(way)
                    if way.source in out:
                        out[way.source].append(way)
                    if way.target in into:
                        into[way.target].append(way)
            gone.update(map(id, (*before, *after)))
            self._forget(joint, after[0].target, before[0].source)
        self.model.flows = [flow for flow in self.model.flows if id(flow) not in gone]

    def _forget(self, joint: str, onward: str, back: str) -> None:
        """Whoever means a node that is gone means the next one."""
        self.model.names.pop(joint, None)
        self.model.tags.pop(joint, None)
        remarks = self.model.remarks.pop(joint, [])
        self.model.first.setdefault(joint, onward)
        self.model.last.setdefault(joint, back)
        if remarks:
            self.model.remarks.setdefault(onward, []).extend(remarks)


def own_share(own: ET.Element) -> float:
    """A share that our extension notes; BpmnError where somebody made something else of it."""
    given = own.get("share") or ""
    try:
        share = float(given)
        if not isfinite(share):
            raise ValueError
        return share
    except ValueError:
        raise BpmnError(
            f"share={given[:40]!r} in a note of ours is no number; correct it, or delete our notes"
        ) from None
