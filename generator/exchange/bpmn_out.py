"""`handbook export bpmn`: a process map as BPMN 2.0 with the coordinates of the drawing.

One pool with the lanes, tasks, gateways, events, sequence flows. What BPMN has no word for stands as text
in the documentation, for people, and in an extension of ours, so that the file can be read in again.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from generator.exchange.bpmn_names import DC, DD, DI, MODEL, OWN
from generator.exchange.bpmn_own import DATA, DRAWN, MAP, OF_A_WAY, as_note, plain
from generator.model.diagram import Box, Diagram, PlacedEdge
from generator.model.process import Link, Process, ProcessMap, Step, TimeSpan
from generator.model.text import Text

HEAD = 30.0
"""Of the pool and of a lane; they lie outside the drawing, so the shapes keep its coordinates."""
PREFIXES = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD, "handbook": OWN}


def bpmn_xml(
    process: Process, name: str, drawn: ProcessMap, diagram: Diagram, language: str, first: str
) -> str:
    """One map as an XML document; texts in `language`, else in the handbook's `first`."""
    return _Writer(process, name, drawn, diagram, language, first).document()


class _Writer:
    """Writes one map."""

    def __init__(
        self, process: Process, name: str, drawn: ProcessMap, diagram: Diagram, language: str, first: str
    ) -> None:
        self.process, self.name, self.drawn, self.diagram = process, name, drawn, diagram
        self.language, self.first = language, first
        lanes = {step.lane for step in drawn.steps}
        self.lanes = [lane for lane in process.lanes if lane.id in lanes]
        self.flows = [(step, link) for step in drawn.steps for link in step.next]

    def say(self, text: Text | None) -> str:
        return text.say(self.language, self.first) if text is not None else ""

    def document(self) -> str:
        for prefix, address in PREFIXES.items():
            ET.register_namespace(prefix, address)
        root = ET.Element(
            f"{{{MODEL}}}definitions",
            {"id": "definitions", "targetNamespace": OWN, "exporter": "indicator-handbook"},
        )
        pool = _add(root, MODEL, "collaboration", id="collaboration")
        title = self.say(self.process.name)
        _add(pool, MODEL, "participant", id="pool", name=title, processRef="process")
        body = _add(root, MODEL, "process", id="process", name=title, isExecutable="false")
        if self.process.purpose is not None:
            _add(body, MODEL, "documentation").text = self.say(self.process.purpose)
        own = _extension(
            body,
            "process",
            id=self.process.id,
            map=self.name,
            since=str(self.drawn.since) if self.drawn.since else None,
            language=self.language,
        )
        whole, beside = plain(self.process, "maps", "log"), plain(self.drawn, *DRAWN)
        _data(own, {**whole, MAP: beside} if beside else whole)
        self._lane_set(body)
        for step in self.drawn.steps:
            self._step(body, step)
        for step, link in self.flows:
            self._flow(body, step, link)
        self._drawing(root)
        ET.indent(root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"

    # -- the model

    def _lane_set(self, body: ET.Element) -> None:
        lanes = _add(body, MODEL, "laneSet", id="lanes")
        for lane in self.lanes:
            item = _add(lanes, MODEL, "lane", id=f"lane_{lane.id}", name=self.say(lane.name))
            own = _extension(
                item,
                "lane",
                id=lane.id,
                unit=lane.unit,
                external="true" if lane.external else None,
                capacity=str(lane.capacity) if lane.capacity else None,
            )
            _data(own, plain(lane))
            for step in self.drawn.steps:
                if step.lane == lane.id:
                    _add(item, MODEL, "flowNodeRef").text = f"step_{step.id}"

    def _step(self, body: ET.Element, step: Step) -> None:
        element = _add(body, MODEL, _tag(step), id=f"step_{step.id}", name=self.say(step.name) or None)
        said = self._documentation(step)
        if said:
            _add(element, MODEL, "documentation").text = said
        own = _extension(
            element,
            "step",
            id=step.id,
            stage=step.stage,
            kind=step.kind,
            touch=_mean(step.touch),
            touchSd=_sd(step.touch),
            wait=_mean(step.wait),
            waitSd=_sd(step.wait),
            measured=None if step.measured else "false",
            blockage=str(step.blockage) if step.blockage else None,
            key="true" if step.key else None,
            automation=step.automation if step.automation != "none" else None,
            indicators=" ".join(step.indicators) or None,
            stands_for=" ".join(step.from_) or None,
            moved=step.moved,
        )
        if step.owner is not None:
            _add(own, OWN, "owner", unit=step.owner.unit, role=self.say(step.owner.role) or None)
        if step.tool is not None:
            _add(own, OWN, "tool", name=self.say(step.tool.name), kind=step.tool.kind, role=step.tool.role)
        for symptom in step.symptoms:
            _add(own, OWN, "symptom", kind=symptom.kind, text=self.say(symptom.text) or None)
        for name, texts in (("input", step.inputs), ("output", step.outputs)):
            for text in texts:
                _add(own, OWN, name, name=self.say(text))
        _data(own, plain(step, "next"))
        for side, end in (("incoming", "to"), ("outgoing", "from")):
            for number, (source, link) in enumerate(self.flows):
                if (link.to if end == "to" else source.id) == step.id:
                    _add(element, MODEL, side).text = f"flow_{number}"

    def _documentation(self, step: Step) -> str:
        """For people: one thing a line, named as in our files."""
        lines = [
            ("owner", self.say(step.owner.role) if step.owner else ""),
            ("kind", step.kind or ""),
            ("touch", _mean(step.touch) or ""),
            ("wait", _mean(step.wait) or ""),
            ("tool", self.say(step.tool.name) if step.tool else ""),
            ("inputs", ", ".join(self.say(text) for text in step.inputs)),
            ("outputs", ", ".join(self.say(text) for text in step.outputs)),
            ("symptoms", ", ".join(self.say(symptom.text) or symptom.kind for symptom in step.symptoms)),
            ("indicators", ", ".join(step.indicators)),
        ]
        return "\n".join(f"{name}: {said}" for name, said in lines if said)

    def _flow(self, body: ET.Element, step: Step, link: Link) -> None:
        number = next(n for n, (source, item) in enumerate(self.flows) if source is step and item is link)
        label = self.say(link.label)
        share = f"{link.share:.6g}" if link.share is not None else None
        percent = f"{link.share:.0%}" if link.share is not None and step.gateway == "xor" else ""
        element = _add(
            body,
            MODEL,
            "sequenceFlow",
            id=f"flow_{number}",
            name=f"{label} {percent}".strip() or None,
            sourceRef=f"step_{step.id}",
            targetRef=f"step_{link.to}",
        )
        rework = "true" if link.rework else None
        own = _extension(element, "flow", label=label or None, share=share, rework=rework)
        noted = plain(link, *OF_A_WAY)
        if noted:
            _data(own, noted)

    # -- the drawing

    def _drawing(self, root: ET.Element) -> None:
        picture = _add(root, DI, "BPMNDiagram", id="diagram")
        plane = _add(picture, DI, "BPMNPlane", id="plane", bpmnElement="collaboration")
        rows = self.diagram.rows
        horizontal = "true" if rows else "false"
        # Without lanes the drawing has one band of its own, which is no lane.
        lanes = self.process.lanes
        bands = zip(lanes, self.diagram.lanes, strict=bool(lanes))
        places = {lane.id: band for lane, band in bands}
        whole = Box(0, 0, self.diagram.width, self.diagram.height)
        pool = _shape(plane, "pool", _grown(whole, 2 * HEAD, rows))
        pool.set("isHorizontal", horizontal)
        for lane in self.lanes:
            shape = _shape(plane, f"lane_{lane.id}", _grown(places[lane.id], HEAD, rows))
            shape.set("isHorizontal", horizontal)
        for step, node in zip(self.drawn.steps, self.diagram.nodes, strict=True):
            shape = _shape(plane, f"step_{step.id}", node.box)
            if step.gateway == "xor":  # with a name its words stand inside, as on the site
                shape.set("isMarkerVisible", "false" if step.name else "true")
            if (step.gateway or step.event) and step.name:
                _bounds(_add(shape, DI, "BPMNLabel"), _label_box(node.box, inside=step.gateway == "xor"))
        for number, (step, link) in enumerate(self.flows):
            edge = self._edge(step, link)
            line = _add(plane, DI, "BPMNEdge", id=f"flow_{number}_di", bpmnElement=f"flow_{number}")
            for x, y in edge.points:
                _add(line, DD, "waypoint", x=f"{x:.1f}", y=f"{y:.1f}")
            if edge.label is not None:
                _bounds(_add(line, DI, "BPMNLabel"), edge.label)

    def _edge(self, step: Step, link: Link) -> PlacedEdge:
        return next(e for e in self.diagram.edges if e.source == step.id and e.target == link.to)


def _label_box(shape: Box, inside: bool) -> Box:
    """Where a gateway's or an event's words stand: in the diamond, or under the shape."""
    if inside:
        middle = shape.centre[1]
        return Box(shape.left + 8, middle - 8, shape.right - 8, middle + 8)
    return Box(shape.left - 30, shape.bottom + 4, shape.right + 30, shape.bottom + 32)


def _tag(step: Step) -> str:
    if step.event:
        return "startEvent" if step.event == "start" else "endEvent"
    if step.gateway:
        return "exclusiveGateway" if step.gateway == "xor" else "parallelGateway"
    return "serviceTask" if step.automation == "full" else "userTask"


def _mean(span: TimeSpan | None) -> str | None:
    return str(span.mean) if span is not None else None


def _sd(span: TimeSpan | None) -> str | None:
    return str(span.sd) if span is not None and span.sd is not None else None


def _add(parent: ET.Element, space: str, tag: str, **attributes: str | None) -> ET.Element:
    given = {name: value for name, value in attributes.items() if value is not None}
    return ET.SubElement(parent, f"{{{space}}}{tag}", given)


def _extension(parent: ET.Element, tag: str, **attributes: str | None) -> ET.Element:
    holder = _add(parent, MODEL, "extensionElements")
    return _add(holder, OWN, tag, **attributes)


def _data(own: ET.Element, values: dict[str, object]) -> None:
    """Everything as it was, for the way back in."""
    _add(own, OWN, DATA).text = as_note(values)


def _shape(plane: ET.Element, element: str, box: Box) -> ET.Element:
    shape = _add(plane, DI, "BPMNShape", id=f"{element}_di", bpmnElement=element)
    _bounds(shape, box)
    return shape


def _bounds(parent: ET.Element, box: Box) -> None:
    size = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    _add(parent, DC, "Bounds", **{name: f"{value:.1f}" for name, value in size.items()})


def _grown(box: Box, head: float, rows: bool) -> Box:
    """A band with room for its head, which stands left of rows and over columns."""
    return Box(box.left - (head if rows else 0), box.top - (0 if rows else head), box.right, box.bottom)
