"""What a BPMN file says of steps, lanes, pools and flows, gathered before a process is made of it.

The pool that holds the steps is the process; pools without steps are outside. Where a file has no lanes but
says which group does a task, as workflow engines write it, the groups are the lanes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_losses import Losses, words_of
from generator.exchange.bpmn_names import BODIES, EXACT, MODEL, NODES, OWN

N = TypeVar("N", int, float)
M, OURS = f"{{{MODEL}}}", f"{{{OWN}}}"
GROUPS = "candidateGroups"
PLAIN = re.compile(r"[^${}#=]+\Z")
"""A value, not an expression that a workflow engine works out."""
EXPRESSION = re.compile(r"[$#]\{(.*)\}\Z|=(.*)\Z", re.DOTALL)


@dataclass(slots=True)
class Flow:
    """A sequence flow between two nodes of the file."""

    source: str
    target: str
    label: str
    share: float | None = None
    back: bool = False


@dataclass(slots=True)
class BpmnModel:
    """What was read: nodes in file order, by their id in the file."""

    names: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    """Node → lane."""
    lane_names: dict[str, str] = field(default_factory=dict)
    """Lanes in their order, outside pools among them."""
    outside: set[str] = field(default_factory=set)
    """Of the lanes those that are pools without steps."""
    roles: dict[str, str] = field(default_factory=dict)
    """Node → the group that does it, where the file has lanes besides."""
    own: dict[str, ET.Element] = field(default_factory=dict)
    """Our extension of a node, lane or process, where the file is one of ours."""
    flows: list[Flow] = field(default_factory=list)
    name: str = ""
    """Of the pool or process that holds the steps; the one with most steps where there are several."""
    purpose: str = ""
    """What is written about the process itself."""


def collect(root: ET.Element, losses: Losses) -> BpmnModel:
    """Go through pools and processes in file order."""
    found = BpmnModel()
    bodies = {body.get("id") or "": body for body in root.findall(f"{M}process")}
    filled = {key: number for key, body in bodies.items() if (number := _size(body))}
    pools = list(root.iter(f"{M}participant"))
    named: dict[str, str] = {}
    pending = [key for key in filled if key not in {pool.get("processRef") for pool in pools}]
    for key in pending:
        named[key] = words_of(bodies[key])
        _body(bodies[key], named[key] or key, found, losses)
    for pool in pools:
        key, name = pool.get("processRef") or "", words_of(pool)
        if key not in filled:
            if name:
                lane = f"outside {pool.get('id') or name}"
                found.lane_names[lane] = name
                found.outside.add(lane)
            else:
                losses.note("an outside pool without a name", pool.get("id") or "")
        elif key not in named:
            named[key] = name or words_of(bodies[key])
            _body(bodies[key], named[key] or key, found, losses)
    most = max(filled, key=lambda key: filled[key], default="")
    found.name = named.get(most, "")
    if len(filled) > 1:
        others = ", ".join(name or key for key, name in named.items() if key != most)
        losses.note("to look at: several pools with steps on one map, named after the one with most", others)
    if most and not found.own:
        said = bodies[most].find(f"{M}documentation")
        found.purpose = " ".join("".join(said.itertext()).split()) if said is not None else ""
        if found.purpose and said is not None:
            losses.take(said)
    return found


def _size(body: ET.Element) -> int:
    return sum(item.tag.startswith(M) and item.tag.removeprefix(M) in NODES for item in body)


def _body(body: ET.Element, pool: str, found: BpmnModel, losses: Losses) -> None:
    own = own_part(body, "process")
    if own is not None:
        found.own[""] = own
    lane_of: dict[str, str] = {}
    for lane, name in _lanes(body, ""):
        key = lane.get("id") or name
        found.lane_names[key] = name or pool
        own = own_part(lane, "lane")
        if own is not None:
            found.own[key] = own
        for ref in lane.findall(f"{M}flowNodeRef"):
            lane_of[(ref.text or "").strip()] = key
    groups = _groups(body, losses)
    made: dict[str, str] = {}
    if groups and not lane_of:
        lane_of, groups = _lanes_of_groups(body, groups), {}
        made = {lane: lane.removeprefix("group ") for lane in lane_of.values()}
        losses.note("taken over as lanes: the groups that do a task", ", ".join(made.values()))
    for element in body:
        if element.tag.removeprefix(M) in NODES:
            place = lane_of.get(element.get("id") or "", f"pool {pool}")
            found.lane_names.setdefault(place, made.get(place, pool))
            _node(element, place, found, losses)
        elif element.tag == f"{M}sequenceFlow":
            found.flows.append(_flow(element, losses))
    for key, group in groups.items():
        found.roles[key] = group
        losses.note("taken over as roles: the groups that do a task", group)
    _attached(body, found)
    _linked(body, found)


def _node(element: ET.Element, lane: str, found: BpmnModel, losses: Losses) -> None:
    tag, key = element.tag.removeprefix(M), element.get("id") or ""
    found.names[key], found.tags[key] = words_of(element), tag
    found.lanes[key] = lane
    own = own_part(element, "step")
    if own is not None:
        found.own[key] = own
    if tag in BODIES:
        losses.body(element, losses.said(element))
    elif tag not in EXACT and own is None:
        losses.changed(tag, losses.said(element))


def _attached(body: ET.Element, found: BpmnModel) -> None:
    """Boundary events follow on what they are attached to."""
    for element in body:
        host, key = element.get("attachedToRef"), element.get("id") or ""
        if host:
            found.flows.append(Flow(host, key, found.names.get(key, "")))


def _linked(body: ET.Element, found: BpmnModel) -> None:
    """A link event that throws leads to the one that catches its name."""
    ends: dict[str, dict[str, list[str]]] = {"intermediateThrowEvent": {}, "intermediateCatchEvent": {}}
    for element in body:
        event = element.find(f"{M}linkEventDefinition")
        tag = element.tag.removeprefix(M)
        if event is not None and tag in ends:
            name = words_of(event) or words_of(element)
            ends[tag].setdefault(name, []).append(element.get("id") or "")
    for name, throwing in ends["intermediateThrowEvent"].items():
        for catching in ends["intermediateCatchEvent"].get(name, ())[:1]:
            found.flows += [Flow(key, catching, "") for key in throwing]


def _lanes(parent: ET.Element, before: str) -> Iterator[tuple[ET.Element, str]]:
    """The innermost lanes with the names of those around them."""
    for lane_set in (*parent.findall(f"{M}laneSet"), *parent.findall(f"{M}childLaneSet")):
        for lane in lane_set.findall(f"{M}lane"):
            name = " / ".join(part for part in (before, words_of(lane)) if part)
            inner = list(_lanes(lane, name))
            yield from inner or [(lane, name)]


def _groups(body: ET.Element, losses: Losses) -> dict[str, str]:
    """Node → the groups that may do it, as workflow engines note it; expressions are left to the report."""
    found: dict[str, str] = {}
    for element in body:
        if element.tag.removeprefix(M) not in NODES:
            continue
        inner = element.findall(f"{M}extensionElements/*")
        for item in (element, *inner):
            for name, value in item.attrib.items():
                parts = [" ".join(part.split()) for part in value.split(",")]
                if name.rpartition("}")[2] == GROUPS and any(parts) and PLAIN.match(value):
                    found.setdefault(element.get("id") or "", " / ".join(part for part in parts if part))
                    losses.used.add((item, name))
    return found


def _lanes_of_groups(body: ET.Element, groups: dict[str, str]) -> dict[str, str]:
    """Node → lane, a lane a group; events and gateways lie where the step before them does, a start where the
    step after it does."""
    lanes = {key: f"group {group}" for key, group in groups.items()}
    flows = [(item.get("sourceRef"), item.get("targetRef")) for item in body.findall(f"{M}sequenceFlow")]
    bare = {
        item.get("id")
        for item in body
        if item.tag.removeprefix(M).endswith(("Gateway", "Event")) and item.get("id") not in lanes
    }
    again = True
    while again:
        again = False
        for source, target in flows:
            for from_, to in ((source, target), (target, source)):
                if from_ in lanes and to in bare and (to == target or to not in {end for _, end in flows}):
                    lanes[to or ""] = lanes[from_ or ""]
                    bare.discard(to)
                    again = True
    return lanes


def _flow(element: ET.Element, losses: Losses) -> Flow:
    own = own_part(element, "flow")
    label = words_of(element) if own is None else own.get("label", "")
    share = own_number(own, "share", float) if own is not None and own.get("share") else None
    condition = element.find(f"{M}conditionExpression")
    if own is None and not label and condition is not None:
        said = " ".join("".join(condition.itertext()).split())
        inner = EXPRESSION.match(said)
        label = (inner[1] or inner[2] or "").strip() if inner else said
        if label:
            losses.take(condition)
            losses.note("taken over as labels: conditions of flows", f"{losses.ends(element)}: {said}")
    return Flow(element.get("sourceRef") or "", element.get("targetRef") or "", label, share)


def own_part(element: ET.Element, tag: str) -> ET.Element | None:
    """Our own extension of an element."""
    return element.find(f"{M}extensionElements/{OURS}{tag}")


def own_number(own: ET.Element, name: str, kind: Callable[[str], N]) -> N:
    """A number that our extension notes; BpmnError where somebody made something else of it."""
    given = own.get(name) or ""
    try:
        return kind(given)
    except ValueError:
        raise BpmnError(
            f"{name}={given[:40]!r} in a note of ours is no number; correct it, or delete our notes"
        ) from None
