"""What a BPMN file says of one process, gathered before a process of ours is made of it."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from generator.exchange.bpmn_names import MODEL, NODES, OWN

M, OURS = f"{{{MODEL}}}", f"{{{OWN}}}"
MARKUP = re.compile(
    r"</?(?:b|i|u|br|p|div|span|font|strong|em|sub|sup|h[1-6]|ul|ol|li|html|head|body)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
"""What drawing programs write into names to make them bold or to break lines."""
WORD = re.compile("([a-z])([A-Z])")
ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,7});")


@dataclass(slots=True)
class Whereabouts:
    """Where in our files something went; said once the ids are made, empty while it went nowhere."""

    said: str = ""


@dataclass(slots=True)
class Flow:
    """A way between two nodes of the file."""

    source: str
    target: str
    label: str
    share: float | None = None
    back: bool = False
    places: list[Whereabouts] = field(default_factory=list)
    """Of the names that its label is made of."""
    own: ET.Element | None = None
    """Our extension of it, where the file is one of ours."""


@dataclass(slots=True)
class BpmnModel:
    """One process: nodes in file order, by their id in the file; sub-processes are taken apart."""

    key: str
    """The process's id in the file."""
    name: str = ""
    """Of the pool that holds the steps, else of the process."""
    purpose: str = ""
    """What is written about the process itself."""
    notes: list[str] = field(default_factory=list)
    """What is written beside it, and other names that the file has for it."""
    names: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    elements: dict[str, ET.Element] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    """Node or sub-process → the sub-process it lies in."""
    lanes: dict[str, str] = field(default_factory=dict)
    """Node → lane."""
    lane_names: dict[str, str] = field(default_factory=dict)
    """Lanes in their order, outside pools among them."""
    outside: set[str] = field(default_factory=set)
    """Of the lanes those that are pools without steps."""
    roles: dict[str, list[str]] = field(default_factory=dict)
    """Node → who does it, where that makes no lane."""
    waits: dict[str, str] = field(default_factory=dict)
    """Node → how long a timer lets a case wait there."""
    remarks: dict[str, list[str]] = field(default_factory=dict)
    inputs: dict[str, list[str]] = field(default_factory=dict)
    outputs: dict[str, list[str]] = field(default_factory=dict)
    suppliers: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    own: dict[str, ET.Element] = field(default_factory=dict)
    """Our extension of a node, a lane or (under "") the process, where the file is one of ours."""
    flows: list[Flow] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    """Sub-process that was taken apart → the first node in it."""
    last: dict[str, str] = field(default_factory=dict)
    process_place: Whereabouts = field(default_factory=Whereabouts)
    node_places: dict[str, Whereabouts] = field(default_factory=dict)
    lane_places: dict[str, Whereabouts] = field(default_factory=dict)

    def node(self, key: str, last: bool = False) -> str:
        """The node that an id means; of a sub-process the first or last one in it; empty for none."""
        ways = self.last if last else self.first
        for _ in range(len(ways) + 1):
            if key in self.names:
                return key
            key = ways.get(key, "")
        return ""

    def place(self, key: str) -> Whereabouts:
        """A node's place, made when it is first asked for."""
        return self.node_places.setdefault(key, Whereabouts())

    def lane_place(self, key: str) -> Whereabouts:
        """A lane's place."""
        return self.lane_places.setdefault(key, Whereabouts())


def local(element: ET.Element) -> str:
    """An element's tag without its space."""
    return element.tag.rpartition("}")[2]


def is_node(element: ET.Element) -> bool:
    """Whether it is a task, sub-process, gateway or event."""
    return element.tag.startswith(M) and element.tag.removeprefix(M) in NODES


def words_of(element: ET.Element) -> str:
    """An element's name on one line, without the markup of drawing programs; a group's is its category's."""
    return one_line(element.get("value" if element.tag == f"{M}categoryValue" else "name") or "")


def one_line(text: str) -> str:
    """Text on one line."""
    if "<" in text:
        text = MARKUP.sub(" ", text)
    if "&" in text:
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return " ".join(text.split())


def text_of(element: ET.Element) -> str:
    """All text inside an element, on one line."""
    return one_line("".join(element.itertext()))


def own_part(element: ET.Element, tag: str) -> ET.Element | None:
    """Our own extension of an element."""
    return element.find(f"{M}extensionElements/{OURS}{tag}")


def spaced(tag: str) -> str:
    """`userTask` as "user task"."""
    return WORD.sub(r"\1 \2", tag).lower()
