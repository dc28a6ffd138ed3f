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
    "definitions",
    "process",
    "collaboration",
    "participant",
    "laneSet",
    "childLaneSet",
    "lane",
    "flowNodeRef",
    "sequenceFlow",
    "incoming",
    "outgoing",
    "extensionElements",
}
ATTRIBUTES = {"id", "name", "sourceRef", "targetRef", "processRef", "attachedToRef"}
FRAME = {
    "definitions": {"targetNamespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"},
    "process": {"isExecutable", "isClosed", "processType"},
}
"""Says how the file was made, or what every map is; nothing of the process."""
DEFAULTS = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "isImmediate": "true",
    "gatewayDirection": "*",
    "isInterrupting": "true",
    "cancelActivity": "true",
    "parallelMultiple": "false",
    "triggeredByEvent": "false",
    "implementation": "##WebService",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "partitionElementRef": "*",
}
"""Attributes that say nothing when they have this value; * for any."""
KINDS = {
    "messageFlow": "message flow",
    "dataObject": "data object",
    "dataObjectReference": "data object",
    "dataStore": "data store",
    "dataStoreReference": "data store",
    "textAnnotation": "text annotation",
    "association": "association",
    "group": "group",
    "documentation": "documentation",
    "conditionExpression": "condition of a flow",
    "message": "message",
}
NAMES_SHOWN = 6
MOST_SHOWN = 200
"""Names of one kind, also where a person will write them down elsewhere."""
WORTH_READING = (
    "to ",
    "taken ",
    "documentation",
    "condition of",
    "message flow",
    "text annotation",
    "attribute ",
)
"""Kinds that are told in full: a person will write them down elsewhere."""
LONGEST = 200
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
"""Says how the file was written, nothing of the process."""


class Losses:
    """Collects what is lost, by kind, with the names it concerns."""

    def __init__(self, root: ET.Element) -> None:
        self.count: Counter[str] = Counter()
        self.names: dict[str, list[str]] = {}
        self.taken: set[ET.Element] = set()
        self.used: set[tuple[ET.Element, str]] = set()
        """Attributes of other tools that are taken over."""
        self.by_id = {item.get("id") or "": item for item in root.iter() if item.get("id")}

    def take(self, element: ET.Element) -> None:
        """It is taken over where it would be lost elsewhere."""
        self.taken.add(element)

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
        inside = Counter(
            _local(item.tag) for item in element.iter() if item is not element and _is_node(item)
        )
        said = ", ".join(f"{number} {_spaced(tag)}" for tag, number in sorted(inside.items()))
        self.note("body of a sub-process left out", f"{name} ({said or 'empty'})")

    def walk(self, root: ET.Element) -> None:
        """Tell every element and attribute that is not taken over."""
        if root.find(f"{{{DI}}}BPMNDiagram") is not None:
            self.note("drawing: the map is laid out anew")
        self._children(root)

    def _children(self, parent: ET.Element, holder: ET.Element | None = None) -> None:
        for element in parent:
            space, _, tag = element.tag.lstrip("{").rpartition("}")
            if space != MODEL:
                self._foreign(element, space, parent, holder)
                continue
            if element in self.taken or (tag == "documentation" and _ours(parent)):
                continue
            if tag not in TAKEN:
                self.note(KINDS.get(tag, _spaced(tag)), self._lost(element, parent))
                continue  # what is inside it is lost with it
            self._attributes(element, tag)
            if tag not in BODIES:
                self._children(element, parent)

    def _lost(self, element: ET.Element, parent: ET.Element) -> str:
        """What is lost, with both ends where it joins two, and whose it is where it has no name."""
        said = _said(element)
        if element.get("sourceRef") and element.get("targetRef"):
            ends = self.ends(element)
            return f"{words_of(element)} ({ends})" if words_of(element) else ends
        if parent.tag == f"{M}sequenceFlow":
            return f"{words_of(parent) or self.ends(parent)}: {said}"
        whose = _local(parent.tag) in NODES and not words_of(element)
        return (
            f"{self.said(parent)}: {said}" if whose and said else said or (self.said(parent) if whose else "")
        )

    def _foreign(
        self, element: ET.Element, space: str, parent: ET.Element, holder: ET.Element | None
    ) -> None:
        if space == OWN or _local(parent.tag) != "extensionElements":
            return
        values = [
            *(
                f"{_local(name)}={value}"
                for name, value in element.attrib.items()
                if (element, name) not in self.used
            ),
            " ".join("".join(element.itertext()).split()),
        ]
        said = " ".join(dict.fromkeys(value for value in values if value))
        kind = f"extension {_local(element.tag)} of another tool ({space})"
        whose = self.said(holder) if holder is not None else ""
        self.note(kind, _short(f"{whose}: {said}" if whose and said else whose or said))

    def _attributes(self, element: ET.Element, tag: str) -> None:
        for name, value in element.attrib.items():
            if name.startswith("{"):
                space, _, plain = name.lstrip("{").partition("}")
                if space != SCHEMA and (element, name) not in self.used:
                    kind = f"attribute {plain} of another tool ({space})"
                    self.note(kind, _short(f"{self.said(element)} = {value}"))
            elif name not in ATTRIBUTES | FRAME.get(tag, set()) and DEFAULTS.get(name) not in ("*", value):
                kind = f"attribute {name} of a {_spaced(tag)}"
                self.note(kind, _short(f"{self.said(element)} = {self.named(value)}"))

    def said(self, element: ET.Element) -> str:
        """An element by its name, a flow by its ends, else by its kind and id."""
        if words_of(element):
            return words_of(element)
        if element.get("sourceRef"):
            return self.ends(element)
        return f"{_spaced(_local(element.tag))} {element.get('id') or ''}".strip()

    def named(self, value: str) -> str:
        """What an id of the file stands for."""
        return self.said(self.by_id[value]) if value in self.by_id else value

    def ends(self, flow: ET.Element) -> str:
        """Where a flow begins and ends."""
        return " → ".join(self.named(flow.get(side) or "?") for side in ("sourceRef", "targetRef"))

    def told(self) -> tuple[str, ...]:
        """One line a kind, with how often and where."""
        lines = []
        for kind, number in sorted(self.count.items()):
            names = list(dict.fromkeys(self.names.get(kind, ())))
            most = MOST_SHOWN if kind.startswith(WORTH_READING) else NAMES_SHOWN
            shown = ", ".join(names[:most])
            if len(names) > most:
                shown += f", and {len(names) - most} more"
            times = f" ({number} times)" if number > 1 else ""
            lines.append(f"{kind}{times}{': ' + shown if shown else ''}")
        return tuple(lines)


def _ours(element: ET.Element) -> bool:
    """Our own documentation repeats what our extension says."""
    own = element.find(f"{M}extensionElements")
    return own is not None and any(item.tag.startswith(f"{{{OWN}}}") for item in own)


def _is_node(element: ET.Element) -> bool:
    return element.tag.startswith(M) and _local(element.tag) in NODES


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _said(element: ET.Element) -> str:
    inner = " ".join("".join(element.itertext()).split())
    return words_of(element) or _short(inner) or element.get("id") or ""


def words_of(element: ET.Element) -> str:
    """An element's name on one line."""
    return " ".join((element.get("name") or "").split())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _spaced(tag: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in tag)
