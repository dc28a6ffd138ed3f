"""In which lane each step of a BPMN file lies, and who does it.

Lanes name their steps; where a tool leaves that out, the drawing says it. Where a file has no lanes but says
which group does a task, as workflow engines write it, the groups are the lanes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Iterator

from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import BpmnModel, M, is_node, local, own_part, text_of, words_of
from generator.exchange.bpmn_names import DC, DI

GROUPS = ("candidateGroups", "groups")
PEOPLE = ("assignee", "candidateUsers", "performer", "performers", "role", "responsible")
OF_GROUPS = {"role", "group", "dept", "department", "post", "position", "org"}
"""What the type of an assignee says where it is no person."""
SAID = ("text", "label", "name", "value")
"""Attributes of an assignee's own element, the one that people read first."""
RESOURCES = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
PLAIN = re.compile(r"[^${}#=]+\Z")
"""A value, not an expression that a workflow engine works out."""
LISTED = re.compile(r"=\s*(?:\[\s*)?\"[^\"\[\]]*\"(?:\s*,\s*\"[^\"\[\]]*\")*\s*\]?\Z")
"""Texts that an expression gives as they are: one, or a list."""
VARIABLE = re.compile(r"(?:[$#]\{\s*|=\s*)([A-Za-z_][\w.]{0,60})\s*\}?\Z")
"""An expression that is nothing but a name: the initiator, the manager."""
CALLED = re.compile(r"(?:group|user)\(([^()]*)\)")


def lanes_of(parent: ET.Element, before: str = "") -> list[tuple[ET.Element, str]]:
    """The innermost lanes with the names of those around them."""
    return list(_lanes(parent, before))


def _lanes(parent: ET.Element, before: str) -> Iterator[tuple[ET.Element, str]]:
    for lane_set in (*parent.findall(f"{M}laneSet"), *parent.findall(f"{M}childLaneSet")):
        for lane in lane_set.findall(f"{M}lane"):
            name = " / ".join(part for part in (before, words_of(lane)) if part)
            inner = list(_lanes(lane, name))
            if not inner:
                yield lane, name
                continue
            yield from inner
            listed = {ref.text for one, _ in inner for ref in one.findall(f"{M}flowNodeRef")}
            if any(ref.text not in listed for ref in lane.findall(f"{M}flowNodeRef")):
                yield lane, name  # steps that lie in it, and in no lane within


def give_lanes(body: ET.Element, model: BpmnModel, losses: Losses) -> None:
    """Every node its lane, and its role where a group or a person does it besides."""
    lane_of: dict[str, str] = {}
    within: dict[str, list[str]] = {}
    for lane, name in lanes_of(body):
        key = lane.get("id") or name
        model.lane_names[key] = name or model.name
        within[name] = [*within.get(name, ()), key]
        own = own_part(lane, "lane")
        if own is not None:
            model.own[key] = own
        for ref in lane.findall(f"{M}flowNodeRef"):
            lane_of.setdefault((ref.text or "").strip(), key)
    _account_lanes(body, model, losses)
    if model.lane_names:
        lane_of = _inherited(model, lane_of)
        _by_drawing(model, lane_of, losses)
    groups, people = _doers(model, losses)
    made: dict[str, str] = {}
    if groups and not model.lane_names:
        lane_of = {key: f"group {group}" for key, group in groups.items()}
        made = {lane: lane.removeprefix("group ") for lane in lane_of.values()}
        losses.note("taken over as lanes: the groups that do a task", ", ".join(made.values()))
        groups = {}
    _from_neighbours(model, lane_of, all_of_them=not made)
    for key in model.names:
        place = lane_of.get(key, f"pool {model.name}")
        model.lanes[key] = place
        model.lane_names.setdefault(place, made.get(place, model.name))
    for found, what in ((groups, "groups that do a task"), (people, "people and roles noted at a task")):
        for key, said in found.items():
            model.roles.setdefault(key, []).append(said)
            losses.note(f"taken over as roles: the {what}", said)


def _account_lanes(body: ET.Element, model: BpmnModel, losses: Losses) -> None:
    """A lane's name is kept with it, and in the names of the lanes inside it."""
    for lane in body.iter(f"{M}lane"):
        inner = [one.get("id") or "" for one in lane.iter(f"{M}lane")]
        for key in inner:
            if key in model.lane_names:
                losses.keep(lane, model.lane_place(key))
        if words_of(lane) in model.lane_names:
            losses.keep(lane, model.lane_place(words_of(lane)))


def _inherited(model: BpmnModel, lane_of: dict[str, str]) -> dict[str, str]:
    """What lies in a sub-process lies in its lane; an event at the edge of a task in the task's."""
    found: dict[str, str] = {}
    for key in model.names:
        at: str | None = key
        for _ in range(len(model.inside) + 2):
            if at is None or at in lane_of:
                break
            element = model.elements.get(at)
            host = element.get("attachedToRef") if element is not None else None
            at = host or model.inside.get(at)
        if at is not None and at in lane_of:
            found[key] = lane_of[at]
    return found


def _by_drawing(model: BpmnModel, lane_of: dict[str, str], losses: Losses) -> None:
    """Steps that no lane names lie in the lane whose rectangle holds their middle."""
    missing = [key for key in model.names if key not in lane_of]
    bands = [(key, losses.boxes[key]) for key in model.lane_names if key in losses.boxes]
    if not missing or not bands:
        return
    bands.sort(key=lambda band: band[1][2] * band[1][3])
    for key in missing:
        at = key
        while at not in losses.boxes and at in model.inside:
            at = model.inside[at]
        if at in losses.boxes:
            x, y, width, height = losses.boxes[at]
            x, y = x + width / 2, y + height / 2
            for lane, (left, top, wide, high) in bands:
                if left <= x <= left + wide and top <= y <= top + high:
                    lane_of[key] = lane
                    break


def _from_neighbours(model: BpmnModel, lane_of: dict[str, str], all_of_them: bool) -> None:
    """Events and gateways without a lane lie where the step before them does, a start where the next does;
    `all_of_them`: steps too, which in a file of groups are nobody's."""
    if not lane_of:
        return
    beside: dict[str, list[str]] = {}
    entered = {flow.target for flow in model.flows}
    for flow in model.flows:
        beside.setdefault(flow.source, []).append(flow.target)
        if flow.source not in entered:
            beside.setdefault(flow.target, []).append(flow.source)
    waiting = deque(key for key in model.names if key in lane_of)
    while waiting:
        key = waiting.popleft()
        for other in beside.get(key, ()):
            bare = all_of_them or model.tags.get(other, "").endswith(("Gateway", "Event"))
            if other in model.names and other not in lane_of and bare:
                lane_of[other] = lane_of[key]
                waiting.append(other)


def _doers(model: BpmnModel, losses: Losses) -> tuple[dict[str, str], dict[str, str]]:
    """Node → groups that may do it, and node → people or roles, as workflow engines note them."""
    groups: dict[str, str] = {}
    people: dict[str, str] = {}
    for key, element in model.elements.items():
        if key not in model.names or not is_node(element):
            continue
        for item in (element, *element.findall(f"{M}extensionElements/*")):
            if item is not element and local(item) in (*GROUPS, *PEOPLE):
                _add(groups if _of_group(item) else people, key, _own_element(item, model, losses, key))
                continue
            for name, value in item.attrib.items():
                plain = name.rpartition("}")[2]
                if item is element and not name.startswith("{"):
                    continue  # BPMN's own
                found = groups if plain in GROUPS else people if plain in PEOPLE else None
                said = _names(value) if found is not None else ""
                if said and found is not None:
                    _add(found, key, said)
                    losses.keep(item, model.place(key), name)
        for item in element:
            if item.tag.startswith(M) and local(item) in RESOURCES:
                said = _resource(item, losses, model, key)
                if said:
                    people[key] = " / ".join(part for part in (people.get(key, ""), said) if part)
                    losses.take(item)
    return groups, people


def _add(found: dict[str, str], key: str, said: str) -> None:
    """One more who does it, each once."""
    if said:
        found[key] = " / ".join(dict.fromkeys((*found.get(key, "").split(" / "), said))).strip("/ ")


def _of_group(item: ET.Element) -> bool:
    """Whether an assignee that is an element of its own is a role or a department."""
    return local(item) in GROUPS or (item.get("type") or "").casefold() in OF_GROUPS


def _own_element(item: ET.Element, model: BpmnModel, losses: Losses, key: str) -> str:
    """Who an element such as `<assignee type="role" value="17" text="Personnel"/>` names."""
    for name in SAID:
        said = _names(item.get(name) or "")
        if said:
            losses.keep(item, model.place(key), name)
            return said
    said = _names(item.text or "")
    if said:
        losses.keep(item, model.place(key), "text")
    return said


def _resource(item: ET.Element, losses: Losses, model: BpmnModel, key: str) -> str:
    """Who does it, as BPMN itself says it: by name, by resource, or by an expression."""
    found = []
    ref = item.find(f"{M}resourceRef")
    resource = losses.by_id.get((ref.text or "").strip()) if ref is not None else None
    expression = item.find(f"{M}resourceAssignmentExpression")
    if resource is not None and words_of(resource):
        found.append(words_of(resource))
        losses.keep(resource, model.place(key))
    if expression is not None:
        inner = expression.find("*")
        said = _names(CALLED.sub(r"\1", text_of(expression)))
        if said:
            found.append(said)
            losses.keep(inner if inner is not None else expression, model.place(key), "text")
    if words_of(item):
        if not found:
            found.append(words_of(item))
            losses.keep(item, model.place(key))
        elif words_of(item) in found:
            losses.keep(item, model.place(key))
    return " / ".join(dict.fromkeys(found))


def _names(value: str) -> str:
    """The names in a list of groups or people; a bare variable by its name; empty for a true expression."""
    value = " ".join(value.split())
    if LISTED.match(value):
        value = value.strip("=[] ").replace('"', "")
    value = value.strip("\"' ")
    variable = VARIABLE.match(value)
    if variable:
        return variable[1]
    if not PLAIN.match(value):
        return ""
    return " / ".join(part for part in (" ".join(part.split()) for part in value.split(",")) if part)


def boxes_of(root: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, width and height of what is drawn, by the id it stands for."""
    found = {}
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None:
            try:
                sizes = [float(bounds.get(name) or "") for name in ("x", "y", "width", "height")]
            except ValueError:
                continue
            ref = (shape.get("bpmnElement") or "").rpartition(":")[2]
            found[ref] = (sizes[0], sizes[1], sizes[2], sizes[3])
    return found
