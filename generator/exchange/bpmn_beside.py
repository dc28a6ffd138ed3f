"""What stands beside the steps of a BPMN file: messages, data, annotations, documentation.

Messages and data become inputs and outputs of the steps they are joined to; what is written becomes notes of
the step it is about, or of the process where it is about no step.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from generator.exchange.bpmn_events import read_events
from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import BpmnModel, M, Whereabouts, local, own_part, text_of, words_of

DATA = {
    "dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput",
}  # fmt: skip
OF_FILE = {"definitions", "collaboration", "process"}


class Beside:
    """Gives what stands beside the steps to the steps."""

    def __init__(self, root: ET.Element, models: list[BpmnModel], losses: Losses, words: int) -> None:
        self.root, self.models, self.losses, self.words = root, models, losses, words
        self.pools: dict[str, tuple[str, BpmnModel | None]] = {}
        """Pool → its name and its process, None for an outside one."""
        self.parents = {inner: outer for outer in root.iter() for inner in outer}
        self.of_process = {model.key: model for model in models}
        self.flows = {item.get("id") or "": item for item in root.iter(f"{M}sequenceFlow") if item.get("id")}
        self.joined: set[str] = set()
        """Data that is joined to a step."""

    def partners(self, pool: str) -> list[BpmnModel]:
        """The processes that exchange messages with a pool; the largest where none does."""
        found = []
        for flow in self.root.iter(f"{M}messageFlow"):
            ends = [flow.get("sourceRef") or "", flow.get("targetRef") or ""]
            if pool in ends:
                ends.remove(pool)
                model = self._model_of(ends[0])
                if model is not None and model not in found:
                    found.append(model)
        return found or self.models[:1]

    def _model_of(self, end: str) -> BpmnModel | None:
        element = self.losses.by_id.get(end)
        if element is None:
            return None
        if local(element) == "participant":
            return self.of_process.get(element.get("processRef") or "")
        return self._around(element)

    def _around(self, element: ET.Element) -> BpmnModel | None:
        """The process that an element lies in."""
        at: ET.Element | None = element
        while at is not None:
            if local(at) == "process":
                return self.of_process.get(at.get("id") or "")
            at = self.parents.get(at)
        return None

    def read(self) -> None:
        for flow in self.root.iter(f"{M}messageFlow"):
            self._message(flow)
        for model in self.models:
            if "" not in model.own:
                read_events(model, self.losses, self.words)
                self._data_of_steps(model)
        self._associations()
        self._loose_data()
        for said in self.root.iter(f"{M}documentation"):
            self._documentation(said)

    # -- messages

    def _message(self, flow: ET.Element) -> None:
        sides = [flow.get("sourceRef") or "", flow.get("targetRef") or ""]
        named = self.losses.by_id.get(flow.get("messageRef") or "")
        name = words_of(flow) or (words_of(named) if named is not None else "")
        told = [self._end(side) for side in sides]
        kept = False
        for number, (side, other) in enumerate(zip(sides, reversed(told), strict=True)):
            model = self._model_of(side)
            if model is None:
                continue
            out = number == 0
            node = model.node(side, last=out) or self._edge(model, side, out)
            text = f"{name} {'→' if out else '←'} {other}".strip()
            if node:
                _add(model.outputs if out else model.inputs, node, text)
            else:
                model.notes.append(text)
            place = model.place(node) if node else model.process_place
            for element in (flow, named):
                if element is not None and words_of(element):
                    self.losses.keep(element, place)
            partner = other.partition(" / ")[0]
            known = model.customers if out else model.suppliers
            if partner not in known and partner != model.name:
                known.append(partner)
            kept = True
        if kept:
            self.losses.take(flow)

    def _edge(self, model: BpmnModel, side: str, out: bool) -> str:
        """A message that ends at the edge of a pool begins or ends the process, where one step does."""
        element = self.losses.by_id.get(side)
        if element is None or local(element) != "participant":
            return ""
        tag = "endEvent" if out else "startEvent"
        found = [key for key, kind in model.tags.items() if kind == tag]
        return found[0] if len(found) == 1 else ""

    def _end(self, side: str) -> str:
        """What a message's other end is called: its pool, and the step where we know it."""
        if side in self.pools:
            return self.pools[side][0]
        model = self._model_of(side)
        name = self.losses.named(side)
        pool = model.name if model is not None else ""
        return f"{pool} / {name}" if pool else name

    # -- data

    def _data_of_steps(self, model: BpmnModel) -> None:
        for key, element in model.elements.items():
            for item in element:
                tag = local(item)
                if tag in ("dataInputAssociation", "dataOutputAssociation"):
                    out = tag == "dataOutputAssociation"
                    for ref in item.findall(f"{M}targetRef" if out else f"{M}sourceRef"):
                        self._join_data((ref.text or "").strip(), model, model.node(key, last=out), out)
                    self.losses.take(item)
                elif tag == "ioSpecification":
                    for inner in item:
                        if local(inner) in ("dataInput", "dataOutput") and words_of(inner):
                            out = local(inner) == "dataOutput"
                            self._own_data(inner, model, model.node(key, last=out), out)
                    self.losses.take(item)

    def _own_data(self, item: ET.Element, model: BpmnModel, node: str, out: bool) -> None:
        """What a step says it needs or makes, unless what is joined to it says the same."""
        if node:
            texts = model.outputs if out else model.inputs
            if words_of(item) not in texts.get(node, ()):
                _add(texts, node, words_of(item))
            self.losses.keep(item, model.place(node))

    def _join_data(self, ref: str, model: BpmnModel, node: str, out: bool) -> bool:
        element = self.losses.by_id.get(ref.rpartition(":")[2])
        if element is None or local(element) not in DATA or not node:
            return False
        behind = self.losses.by_id.get(element.get("dataObjectRef") or element.get("dataStoreRef") or "")
        parts = [part for part in (element, behind) if part is not None]
        name = next((words_of(part) for part in parts if words_of(part)), "")
        if not name:
            return False
        states = [one for part in parts for one in part.findall(f"{M}dataState") if words_of(one)]
        text = f"{name} [{words_of(states[0])}]" if states else name
        texts = model.outputs if out else model.inputs
        if text not in texts.get(node, ()):
            _add(texts, node, text)
        for part in (*parts, *states):
            self.losses.keep(part, model.place(node))
            self.losses.take(part)
            self.joined.add(part.get("id") or "")
        return True

    def _loose_data(self) -> None:
        """Data that is drawn and joined to nothing: the process has it."""
        for element in self.root.iter():
            if element.tag.startswith(M) and local(element) in DATA and words_of(element):
                if element in self.losses.taken or self.losses.is_kept(element):
                    continue
                model = self._around(element) or self.models[0]
                if words_of(element) not in model.notes:
                    model.notes.append(words_of(element))
                self.losses.keep(element, model.process_place)
                self.losses.take(element)

    # -- what is written

    def _associations(self) -> None:
        about: dict[ET.Element, list[str]] = {}
        for item in self.root.iter(f"{M}association"):
            sides = [item.get("sourceRef") or "", item.get("targetRef") or ""]
            for number, side in enumerate(sides):
                element = self.losses.by_id.get(side)
                other = sides[1 - number]
                if element is None:
                    continue
                if local(element) == "textAnnotation":
                    about.setdefault(element, []).append(other)
                    self.losses.take(item)
                elif local(element) in DATA and self._data_side(side, other, out=number == 1):
                    self.losses.take(item)
        for element in self.root.iter(f"{M}textAnnotation"):
            said = text_of(element)
            text = element.find(f"{M}text")
            self.losses.take(element)
            if said:
                for other in about.get(element, [""]):
                    place = self._note(element, other, said)
                    self.losses.keep(text if text is not None else element, place, "text")
                    self.losses.keep(element, place)

    def _data_side(self, data: str, other: str, out: bool) -> bool:
        """Data joined to a step, or to the way between two: then the one makes it and the other uses it."""
        if other in self.flows:
            ends = [self.flows[other].get("sourceRef") or "", self.flows[other].get("targetRef") or ""]
            models = [self._model_of(end) for end in ends]
            done = [
                model is not None and self._join_data(data, model, model.node(end, last=made), made)
                for model, end, made in zip(models, ends, (True, False), strict=True)
            ]
            return any(done)
        model = self._model_of(other)
        return model is not None and self._join_data(data, model, model.node(other, last=out), out)

    def _documentation(self, said: ET.Element) -> None:
        holder, text = self.parents.get(said), text_of(said)
        self.losses.take(said)
        if holder is None or not text or own_part(holder, "step") is not None:
            return
        model = self._around(holder)
        if local(holder) == "process" and model is not None:
            if "" in model.own:
                return
            if not model.purpose:
                model.purpose = text
            else:
                model.notes.append(text)
            self.losses.keep(said, model.process_place, "text")
        else:
            self.losses.keep(said, self._note(holder, holder.get("id") or "", text), "text")

    def _note(self, about: ET.Element, id_: str, text: str) -> Whereabouts:
        """Write it at the step that an id means, else at the process, with the name of what it is about."""
        element = self.losses.by_id.get(id_)
        if id_ in self.flows:
            flow = self.flows[id_]
            id_, said = (
                flow.get("sourceRef") or "",
                words_of(flow) or self.losses.named(flow.get("targetRef") or ""),
            )
            text = f"{said}: {text}"
        for model in self.models:
            node = model.node(id_)
            if node:
                _add(model.remarks, node, text)
                return model.place(node)
        holder = self._around(element if element is not None else about)
        model = holder or (self._model_of(id_) if id_ else None) or self.models[0]
        named = words_of(element) if element is not None and local(element) not in OF_FILE else ""
        note = f"{named}: {text}" if named else text
        if note not in model.notes:
            model.notes.append(note)
        return model.process_place


def _add(texts: dict[str, list[str]], key: str, text: str) -> None:
    texts.setdefault(key, []).append(text)
