"""The report of a BPMN import: what a process map has no place for, and where the rest went.

It goes by what is taken, not by what is known to be lost: an element, an attribute or a name that is not
noted as taken is told, whatever it is.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.exchange.bpmn_lost import ATTRIBUTES, DEFAULTS, FRAME, KINDS, SCHEMA, TAKEN, why_lost
from generator.exchange.bpmn_model import M, Whereabouts, local, spaced, text_of, words_of
from generator.exchange.bpmn_names import MODEL, NODES, OWN

NAMES_SHOWN = 6
MOST_SHOWN = 200
"""Names of one kind, also where a person will write them down elsewhere."""
WORTH_READING = ("to ", "taken ", "attribute ")
"""Kinds that are told in full: a person will look at them or write them down elsewhere."""
LONGEST = 200
REFERENCES = {"incoming", "outgoing"}
"""Elements whose text is the id of another, as it is in all that end in Ref."""


@dataclass(frozen=True, slots=True)
class Fate:
    """A name or a text of the file, and what became of it."""

    kind: str
    """What it names: "user task", "documentation", "attribute assignee"."""
    name: str
    where: str
    """In which of our places it is now; empty where it was dropped."""
    why: str
    """Why it was dropped; empty where it was kept."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of what was changed or has no counterpart."""

    kind: str
    number: int
    names: tuple[str, ...]
    """What it concerns; a few of them where nobody has to look at each."""
    more: int
    """How many more names there are."""

    def __str__(self) -> str:
        times = f" ({self.number} times)" if self.number > 1 else ""
        more = f", and {self.more} more" if self.more else ""
        return f"{self.kind}{times}{': ' if self.names else ''}{', '.join(self.names)}{more}"


class Losses:
    """Collects what is kept and what is lost, by kind, with the names it concerns."""

    def __init__(self, root: ET.Element) -> None:
        self.count: Counter[str] = Counter()
        self.names: dict[str, list[str]] = {}
        self.taken: set[ET.Element] = set()
        self.kept: dict[tuple[ET.Element, str], list[Whereabouts]] = {}
        """Element and what of it (`name`, `text` or an attribute of another tool) → where it went."""
        self.used: set[tuple[ET.Element, str]] = set()
        """Attributes that are taken over, and name nothing."""
        self.boxes: dict[str, tuple[float, float, float, float]] = {}
        """Where shapes are drawn, by what they stand for."""
        self.by_id: dict[str, ET.Element] = {}
        for item in root.iter():
            if item.get("id"):
                self.by_id.setdefault(item.get("id") or "", item)

    def take(self, element: ET.Element) -> None:
        """It is taken over where it would be lost elsewhere."""
        self.taken.add(element)

    def keep(self, element: ET.Element, place: Whereabouts, what: str = "name") -> None:
        """A name, a text or an attribute of another tool went to a place."""
        places = self.kept.setdefault((element, what), [])
        if not any(one is place for one in places):
            places.append(place)

    def is_kept(self, element: ET.Element) -> bool:
        """Whether its name went anywhere."""
        return (element, "name") in self.kept

    def note(self, kind: str, name: str = "") -> None:
        """One more of a kind."""
        self.count[kind] += 1
        if name:
            self.names.setdefault(kind, []).append(name)

    def changed(self, tag: str, name: str) -> None:
        """An element that became something plainer."""
        plain = "a gateway of our kinds" if tag.endswith("Gateway") else "a step"
        self.note(f"{spaced(tag)} became {plain}", name)

    # -- what is lost

    def walk(self, root: ET.Element) -> None:
        """Tell every element and attribute that is not taken over."""
        if any(local(item) == "BPMNDiagram" for item in root):
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
                self.note(KINDS.get(tag, spaced(tag)), self._lost(element, parent))
                continue  # what is inside it is lost with it
            self._attributes(element, tag)
            self._children(element, parent)

    def _lost(self, element: ET.Element, parent: ET.Element) -> str:
        """What is lost, with both ends where it joins two, and whose it is where it has no name."""
        said = words_of(element) or _short(text_of(element)) or element.get("id") or ""
        if element.get("sourceRef") and element.get("targetRef"):
            ends = self.ends(element)
            return f"{words_of(element)} ({ends})" if words_of(element) else ends
        if parent.tag == f"{M}sequenceFlow":
            return f"{words_of(parent) or self.ends(parent)}: {said}"
        whose = local(parent) in NODES and not words_of(element)
        return (
            f"{self.said(parent)}: {said}" if whose and said else said or (self.said(parent) if whose else "")
        )

    def _foreign(
        self, element: ET.Element, space: str, parent: ET.Element, holder: ET.Element | None
    ) -> None:
        if space == OWN or local(parent) != "extensionElements":
            return
        said = self._noted(element)
        kind = f"extension {local(element)} of another tool ({space})"
        whose = self.said(holder) if holder is not None else ""
        self.note(kind, _short(f"{whose}: {said}" if whose and said else whose or said))

    def _noted(self, element: ET.Element) -> str:
        """What an extension of another tool says itself, without what is inside it."""
        values = [
            f"{name.rpartition('}')[2]}={' '.join(value.split())}"
            for name, value in element.attrib.items()
            if (element, name) not in self.kept
        ]
        said = " ".join("".join(element.itertext()).split())
        return " ".join(dict.fromkeys(value for value in (*values, said) if value))

    def _attributes(self, element: ET.Element, tag: str) -> None:
        for name, value in element.attrib.items():
            if (element, name) in self.used or (element, name) in self.kept:
                continue
            if name.startswith("{"):
                space, _, plain = name.lstrip("{").partition("}")
                if space != SCHEMA:
                    kind = f"attribute {plain} of another tool ({space})"
                    self.note(kind, _short(f"{self.said(element)} = {value}"))
            elif name not in ATTRIBUTES | FRAME.get(tag, set()) and DEFAULTS.get(name) not in ("*", value):
                kind = f"attribute {name} of a {spaced(tag)}"
                self.note(kind, _short(f"{self.said(element)} = {self.named(value)}"))

    def said(self, element: ET.Element) -> str:
        """An element by its name, a flow by its ends, else by its kind and id."""
        if words_of(element):
            return words_of(element)
        if element.get("sourceRef"):
            return self.ends(element)
        return f"{spaced(local(element))} {element.get('id') or ''}".strip()

    def named(self, value: str) -> str:
        """What an id of the file stands for."""
        found = self.by_id.get(value)
        if found is None:
            return value
        if words_of(found) or local(found) != "sequenceFlow":
            return self.said(found)
        return value

    def ends(self, flow: ET.Element) -> str:
        """Where a flow begins and ends."""
        return " → ".join(self.named(flow.get(side) or "?") for side in ("sourceRef", "targetRef"))

    def told(self) -> tuple[Loss, ...]:
        """One for each kind, with how often and where."""
        made = []
        for kind, number in sorted(self.count.items()):
            names = tuple(dict.fromkeys(self.names.get(kind, ())))
            most = MOST_SHOWN if kind.startswith(WORTH_READING) else NAMES_SHOWN
            made.append(Loss(kind, number, names[:most], max(0, len(names) - most)))
        return tuple(made)

    # -- every name of the file

    def account(self, root: ET.Element) -> tuple[Fate, ...]:
        """Every name and text of the file in its order, each with where it went or why it was dropped."""
        return tuple(self._account(root, within=False))

    def _account(self, element: ET.Element, within: bool) -> Iterator[Fate]:
        """`within`: it lies in what another tool noted."""
        space, _, tag = element.tag.lstrip("{").rpartition("}")
        if space == OWN:
            return
        if space == MODEL or (element.get("name") and not within):
            yield from self._names_of(element, tag)
        elif within:
            said = [
                f"{name.rpartition('}')[2]}={' '.join(value.split())}"
                for name, value in element.attrib.items()
                if value and (element, name) not in self.kept
            ]
            own = "" if (element, "text") in self.kept else " ".join((element.text or "").split())
            if said or own:
                yield self._entry(element, "", f"extension {tag}", " ".join((*said, own)).strip())
        for name, value in element.attrib.items():
            if name.startswith("{") and not name.startswith(f"{{{SCHEMA}}}") and value.strip() and not within:
                yield self._entry(
                    element, name, f"attribute {name.rpartition('}')[2]}", " ".join(value.split())
                )
            elif (element, name) in self.kept and within:
                yield self._entry(element, name, f"attribute {name}", " ".join(value.split()))
        if within and (element, "text") in self.kept:
            yield self._entry(element, "text", f"extension {tag}", " ".join((element.text or "").split()))
        foreign = within or (tag == "extensionElements" and space == MODEL)
        ours = _ours(element)
        for inner in element:
            if ours and inner.tag == f"{M}documentation":
                continue
            yield from self._account(inner, foreign and not inner.tag.startswith(M))

    def _names_of(self, element: ET.Element, tag: str) -> Iterator[Fate]:
        if words_of(element):
            yield self._entry(element, "name", spaced(tag), words_of(element))
        own = " ".join((element.text or "").split())
        if own and element.tag.startswith(M) and tag not in REFERENCES and not tag.endswith(("Ref", "Refs")):
            yield self._entry(element, "text", spaced(tag), text_of(element))

    def _entry(self, element: ET.Element, what: str, kind: str, name: str) -> Fate:
        where = "; ".join(place.said for place in self.kept.get((element, what), ()) if place.said)
        return Fate(kind, name, where, "" if where else why_lost(kind, name))


def _ours(element: ET.Element) -> bool:
    """Our own documentation repeats what our extension says."""
    own = element.find(f"{M}extensionElements")
    return own is not None and any(item.tag.startswith(f"{{{OWN}}}") for item in own)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
