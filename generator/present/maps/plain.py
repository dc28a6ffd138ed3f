"""A first plain map of a process: lanes as columns, one row a step in written order, links at right angles.

Forward links run down the gutter left of their target's lane; rework runs dashed along the outer right side.
Coordinates are pixels; the template only writes them down.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.process import Process, ProcessMap, Step
from generator.present.format import Format
from generator.present.maps.wrap import wrap

LANE, ROW, BOX_WIDTH, BOX_HEIGHT, HEAD = 172.0, 84.0, 136.0, 52.0, 40.0
MARGIN, REWORK = 8.0, 14.0


@dataclass(frozen=True, slots=True)
class LaneHead:
    """A column with its name."""

    x: float
    width: float
    centre: float
    lines: tuple[str, ...]
    external: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A step, gateway or event with its words placed."""

    id: str
    shape: str
    """`step`, `gateway` or `event`."""
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, str], ...]
    """(y of the baseline, text)."""
    meta: str
    meta_y: float
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes."""

    path: str
    rework: bool
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class PlainMap:
    """Everything the drawing's template needs."""

    width: float
    height: float
    lanes: tuple[LaneHead, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def plain_map(process: Process, drawn: ProcessMap, form: Format) -> PlainMap:
    """Lay a map out."""
    columns = {lane.id: index for index, lane in enumerate(process.lanes)}
    nodes = {
        step.id: _node(step, columns.get(step.lane or "", 0), row, form)
        for row, step in enumerate(drawn.steps)
    }
    rows = {step.id: row for row, step in enumerate(drawn.steps)}
    edges, rework = [], 0
    inner = MARGIN + LANE * len(process.lanes)
    for step in drawn.steps:
        for port, link in enumerate(step.next):
            if link.to not in nodes:
                continue
            label = form.text(link.label)
            if link.share is not None and step.gateway == "xor":
                label = f"{label} {form.share(link.share)}".strip()
            if rows[link.to] <= rows[step.id]:
                rework += 1
                edges.append(_back(nodes[step.id], nodes[link.to], inner + REWORK * rework, label))
            else:
                near = rows[link.to] == rows[step.id] + 1
                edges.append(
                    _forward(
                        nodes[step.id], nodes[link.to], near, label, port, columns.get(step.lane or "", 0)
                    )
                )
    height = HEAD + ROW * len(drawn.steps) + MARGIN
    heads = tuple(
        LaneHead(
            MARGIN + LANE * index,
            LANE,
            MARGIN + LANE * (index + 0.5),
            wrap(form.text(lane.name), LANE - 24, 13),
            lane.external,
        )
        for index, lane in enumerate(process.lanes)
    )
    return PlainMap(
        inner + REWORK * (rework + 1) + MARGIN, height, heads, tuple(nodes.values()), tuple(edges)
    )


def _node(step: Step, column: int, row: int, form: Format) -> Node:
    shape = "gateway" if step.gateway else "event" if step.event else "step"
    width = BOX_WIDTH if shape != "event" else 104.0
    height = BOX_HEIGHT if shape != "event" else 32.0
    x = MARGIN + LANE * column + (LANE - width) / 2
    y = HEAD + ROW * row + (ROW - height) / 2
    name = form.text(step.name)
    lines = wrap(name, width - (28 if shape == "gateway" else 18), 12.5)
    meta = _meta(step, form)
    block = len(lines) * 16 + (15 if meta else 0)
    top = y + (height - block) / 2 + 12.5
    placed = tuple((round(top + 16 * index, 1), line) for index, line in enumerate(lines))
    return Node(
        step.id,
        shape,
        step.kind or "",
        x,
        y,
        width,
        height,
        placed,
        meta,
        round(top + 16 * len(lines) - 1, 1),
        name,
    )


def _meta(step: Step, form: Format) -> str:
    parts = []
    if step.touch:
        parts.append(form.duration(step.touch.mean))
    if step.wait:
        parts.append(form.words("map.wait", time=form.duration(step.wait.mean)))
    return form.words("punctuation.dot").join(parts)


def _forward(source: Node, target: Node, near: bool, label: str, port: int, column: int) -> Edge:
    """Down and over; past other rows it keeps to the gutter left of the target's lane."""
    start_x, start_y = source.x + source.width / 2, source.y + source.height
    end_x, end_y = target.x + target.width / 2, target.y
    bend = start_y + (ROW - source.height) / 4 + 4 * port
    if near and abs(start_x - end_x) < 1:
        path = f"M{start_x:g} {start_y:g}V{end_y:g}"
    elif near:
        path = f"M{start_x:g} {start_y:g}V{bend:g}H{end_x:g}V{end_y:g}"
    else:
        gutter = target.x - 8 - 4 * (column % 2)
        last = end_y - 8
        path = f"M{start_x:g} {start_y:g}V{bend:g}H{gutter:g}V{last:g}H{end_x:g}V{end_y:g}"
    leftward = end_x < start_x - 1
    return Edge(
        path,
        False,
        label,
        start_x + (6 if not leftward else -6),
        start_y + 13,
        "end" if leftward else "start",
    )


def _back(source: Node, target: Node, outer: float, label: str) -> Edge:
    """Out on the right, up along the side, back into the earlier step."""
    start_x, start_y = source.x + source.width, source.y + source.height / 2
    end_x, end_y = target.x + target.width, target.y + target.height / 2 + 6
    path = f"M{start_x:g} {start_y:g}H{outer:g}V{end_y:g}H{end_x:g}"
    return Edge(path, True, label, start_x + 8, start_y - 6, "start")
