"""What the events and tasks of a BPMN file are about: messages, signals, timers, loops, what is called.

A timer that a case waits for is a wait, where its length is said; everything else is a note of the step.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import BpmnModel, M, local, text_of, words_of
from generator.exchange.bpmn_names import CALLS, CANCELS, ENDS_ALL, EVENT_WORDS, LOOPS

REFS = ("messageRef", "signalRef", "errorRef", "escalationRef", "activityRef")
LENGTH = re.compile(
    r"P(?:(?P<w>\d{1,4})W)?(?:(?P<d>\d{1,5})D)?(?:T(?:(?P<h>\d{1,5})H)?(?:(?P<m>\d{1,6})M)?(?:\d+(?:\.\d+)?S)?)?\Z"
)
"""Durations of ISO 8601 without years and months, which have no fixed length."""


def read_events(model: BpmnModel, losses: Losses, words: int) -> None:
    """Notes and waits of every node."""
    for key, element in model.elements.items():
        node = model.node(key)
        if node:
            _Reader(model, losses, words, node).read(element)


class _Reader:
    """Reads what one element is about."""

    def __init__(self, model: BpmnModel, losses: Losses, words: int, node: str) -> None:
        self.model, self.losses, self.words, self.node = model, losses, words, node

    def read(self, element: ET.Element) -> None:
        for item in element:
            tag = local(item)
            if item.tag.startswith(M) and tag.endswith("EventDefinition"):
                self._event(item, tag, element)
            elif item.tag.startswith(M) and tag in LOOPS:
                said = [LOOPS[tag][self.words], *self._texts(item)]
                self._note("; ".join(said))
                self.losses.take(item)
        for ref in REFS:
            named = self.losses.by_id.get(element.get(ref) or "")
            if named is not None and words_of(named):
                self._note(EVENT_WORDS["messageEventDefinition"][self.words] + words_of(named))
                self.losses.keep(named, self.model.place(self.node))
                self.losses.used.add((element, ref))
        called = (element.get("calledElement") or "").strip()
        if called:
            self._note(CALLS[self.words] + self._called(called))
            self.losses.used.add((element, "calledElement"))

    def _called(self, called: str) -> str:
        """A called process by its name, where it is in the file."""
        found = self.losses.by_id.get(called.rpartition(":")[2])
        if found is None:
            return called
        if not words_of(found):  # then its process is named after this step
            return self.model.names.get(self.node) or called
        self.losses.keep(found, self.model.place(self.node))
        return words_of(found)

    def _event(self, item: ET.Element, tag: str, event: ET.Element) -> None:
        texts = []
        for ref in REFS:
            named = self.losses.by_id.get(item.get(ref) or "")
            if named is not None and words_of(named):
                code = named.get("errorCode") or named.get("escalationCode") or ""
                code = "" if code == words_of(named) else code
                texts.append(f"{words_of(named)} ({code})" if code else words_of(named))
                self.losses.keep(named, self.model.place(self.node))
            self.losses.used.add((item, ref))
        texts += self._texts(item)
        if words_of(item):
            texts.append(words_of(item))
            self.losses.keep(item, self.model.place(self.node))
        self.losses.take(item)
        if tag in ("terminateEventDefinition", "cancelEventDefinition"):
            self._note((ENDS_ALL if tag.startswith("t") else CANCELS)[self.words])
        if tag == "timerEventDefinition" and local(event) == "intermediateCatchEvent":
            length = item.find(f"{M}timeDuration")
            wait = wait_of(text_of(length)) if length is not None else ""
            if wait:
                self.model.waits[self.node] = wait
        if texts and tag in EVENT_WORDS:
            self._note(EVENT_WORDS[tag][self.words] + ", ".join(dict.fromkeys(texts)))

    def _texts(self, item: ET.Element) -> list[str]:
        """What is written inside: times, conditions, how often."""
        found = []
        for inner in item.iter():
            said = " ".join((inner.text or "").split())
            plain = inner.tag.startswith(M) and not local(inner).endswith(("Ref", "documentation"))
            if plain and said:
                found.append(said)
                self.losses.keep(inner, self.model.place(self.node), "text")
        return found

    def _note(self, text: str) -> None:
        notes = self.model.remarks.setdefault(self.node, [])
        if text not in notes:
            notes.append(text)


def wait_of(said: str) -> str:
    """`P2D` as `2d`, `PT1H30M` as `1.5h`; empty where it is no fixed length, or none of ours."""
    found = LENGTH.match(said.strip())
    if found is None:
        return ""
    parts = {unit: int(found[unit]) for unit in "wdhm" if found[unit] and int(found[unit])}
    if len(parts) == 1:
        ((unit, number),) = parts.items()
        return f"{number}{unit}"
    if parts and set(parts) <= {"h", "m"}:
        return f"{Decimal(parts['h']) + Decimal(round(parts['m'] / 60, 2)).quantize(Decimal('0.01'))}h"
    return ""
