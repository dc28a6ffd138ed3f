"""The report of a BPMN import: what the file says that a process map has no place for.

It goes by what is taken, not by what is known to be lost: an element or attribute that is not on a list of
taken ones is told, whatever it is.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter

from generator.exchange.bpmn_names import BODIES, DI, MODEL, NODES, OWN

M = f"{{{MODEL}}}"
TAKEN = NODES | {
    "definitions", "process", "collaboration", "participant", "laneSet", "childLaneSet", "lane",
    "flowNodeRef", "sequenceFlow", "incoming", "outgoing", "extensionElements",
}  # fmt: skip
ATTRIBUTES = {"id", "name", "sourceRef", "targetRef", "processRef", "attachedToRef"}
FRAME = {
    "definitions": {"targetNamespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"},
    "process": {"isExecutable", "isClosed", "processType"},
}
"""Says how the file was made, or what every map is; nothing of the process."""
DEFAULTS = {
    "startQuantity": "1", "completionQuantity": "1", "isForCompensation": "false", "isImmediate": "true",
    "gatewayDirection": "*", "isInterrupting": "true", "cancelActivity": "true", "parallelMultiple": "false",
    "triggeredByEvent": "false", "implementation": "##WebService", "instantiate": "false",
    "eventGatewayType": "Exclusive", "partitionElementRef": "*",
}  # fmt: skip
"""Attributes that say nothing when they have this value; * for any."""
KINDS = {
    "messageFlow": "message flow", "dataObject": "data object", "dataObjectReference": "data object",
    "dataStore": "data store", "dataStoreReference": "data store", "textAnnotation": "text annotation",
    "association": "association", "group": "group", "documentation": "documentation",
    "conditionExpression": "condition of a flow", "message": "message",
}  # fmt: skip
NAMES_SHOWN = 6


class Losses:
    """Collects what is lost, by kind, with the names it concerns."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.names: dict[str, list[str]] = {}

    def note(self, kind: str, name: str = "") -> None:
        """One more of a kind."""
        self.count[kind] += 1
        if name:
            self.names.setdefault(kind, []).append(name)

    def changed(self, tag: str, name: str) -> None:
        """An element that became something plainer."""
        plain = "a gateway of our kinds" if tag.endswith("Gateway") else "a step"
        self.note(f"{_spaced(tag)} became {plain}", name)

    def body(self, element: ET.Element, name: str) -> None:
        """A sub-process became one step: what was inside it."""
        inside = Counter(_local(one.tag) for one in element.iter() if one is not element and _is_node(one))
        said = ", ".join(f"{number} {_spaced(tag)}" for tag, number in sorted(inside.items()))
        self.note("body of a sub-process left out", f"{name} ({said or 'empty'})")

    def walk(self, root: ET.Element) -> None:
        """Tell every element and attribute that is not taken over."""
        if root.find(f"{{{DI}}}BPMNDiagram") is not None:
            self.note("drawing: the map is laid out anew")
        self._children(root)

    def _children(self, parent: ET.Element) -> None:
        for element in parent:
            space, _, tag = element.tag.lstrip("{").rpartition("}")
            if space != MODEL:
                self._foreign(space, parent)
                continue
            if tag == "documentation" and _ours(parent):
                continue
            if tag not in TAKEN:
                self.note(KINDS.get(tag, _spaced(tag)), _said(element))
                continue  # what is inside it is lost with it
            self._attributes(element, tag)
            if tag not in BODIES:
                self._children(element)

    def _foreign(self, space: str, parent: ET.Element) -> None:
        if space != OWN and _local(parent.tag) == "extensionElements":
            self.note("extension of another tool", space)

    def _attributes(self, element: ET.Element, tag: str) -> None:
        for name, value in element.attrib.items():
            if name.startswith("{"):
                self.note("extension of another tool", name.lstrip("{").partition("}")[0])
            elif name not in ATTRIBUTES | FRAME.get(tag, set()) and DEFAULTS.get(name) not in ("*", value):
                self.note(f"attribute {name} of a {_spaced(tag)}", f"{_said(element)} = {value}")

    def told(self) -> tuple[str, ...]:
        """One line a kind, with how often and where."""
        lines = []
        for kind, number in sorted(self.count.items()):
            names = list(dict.fromkeys(self.names.get(kind, ())))
            shown = ", ".join(names[:NAMES_SHOWN])
            if len(names) > NAMES_SHOWN:
                shown += f", and {len(names) - NAMES_SHOWN} more"
            times = f" ({number} times)" if number > 1 else ""
            lines.append(f"{kind}{times}{': ' + shown if shown else ''}")
        return tuple(lines)


def _ours(element: ET.Element) -> bool:
    """Our own documentation repeats what our extension says."""
    own = element.find(f"{M}extensionElements")
    return own is not None and any(one.tag.startswith(f"{{{OWN}}}") for one in own)


def _is_node(element: ET.Element) -> bool:
    return element.tag.startswith(M) and _local(element.tag) in NODES


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _said(element: ET.Element) -> str:
    text = " ".join((element.get("name") or "").split())
    inner = " ".join("".join(element.itertext()).split())[:60]
    return text or inner or element.get("id") or ""


def _spaced(tag: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag)
