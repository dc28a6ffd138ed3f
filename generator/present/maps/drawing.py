"""A process map ready to be written as SVG: shapes placed, links as paths, lane heads, time ruler.

The template only writes down what stands here. Every visible thing is on a line of its own, so that a changed
time changes few lines of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.diagram import Diagram, PlacedEdge, Point
from generator.model.process import Process, ProcessMap
from generator.present.maps.cards import Card, TextLine
from generator.present.maps.graph import Edge, Graph
from generator.present.maps.layout import layout
from generator.present.maps.wrap import fit, wrap
from generator.present.metrics import text_width

HEAD = 38.0
"""Height of the lanes' heads; in a map with rows their width."""
RULER, RULER_BAR, RULER_GAP = 196.0, 78.0, 14.0
ROWS_WIDTH = 1160.0
"""A map that is no wider than this with lanes as rows is drawn so."""
ROWS_STEPS = 9
LABEL_WIDTH, LABEL_SIZE, LABEL_LINE = 88.0, 11.0, 14.0
CORNER = 6.0


@dataclass(frozen=True, slots=True)
class Timed:
    """A step's expected times on the ruler, in hours, with their words."""

    touch_h: float
    wait_h: float
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """A lane with its head."""

    x: float
    y: float
    width: float
    height: float
    words: tuple[TextLine, ...]
    external: bool
    even: bool


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card and where it lies."""

    x: float
    y: float
    card: Card
    pins: tuple[int, ...] = ()
    """Numbers of what is to be seen here; a shape with a pin is outlined."""


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link's line and label."""

    path: str
    back: bool
    words: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class RulerBar:
    """One step's bar on the time ruler."""

    y: float
    wait: float
    touch: float
    x: float
    text: str
    text_x: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Everything the drawing's templates need."""

    width: float
    height: float
    rows: bool
    head_width: float
    head_height: float
    lanes: tuple[Head, ...]
    shapes: tuple[DrawnCard, ...]
    links: tuple[DrawnLink, ...]
    ruler_width: float
    """0: no ruler."""
    ruler_x: float
    """Of its axis."""
    bars: tuple[RulerBar, ...]


def graph_of(
    process: Process,
    drawn: ProcessMap,
    cards: Sequence[Card],
    labels: Mapping[tuple[str, str], str],
    heads: Sequence[str],
) -> Graph:
    """The map as the layout wants it; `labels` by (from, to), `heads` the lanes' names."""
    lane_at = {lane.id: place for place, lane in enumerate(process.lanes)}
    place = {step.id: number for number, step in enumerate(drawn.steps)}
    edges = []
    for step in drawn.steps:
        for link in step.next:
            if link.to in place:
                lines = label_lines(labels.get((step.id, link.to), ""))
                width = max((text_width(line, LABEL_SIZE) for line in lines), default=-6) + 6
                edges.append(Edge(place[step.id], place[link.to], width, LABEL_LINE * len(lines)))
    nodes = tuple(
        card.node(lane_at.get(step.lane or "", 0)) for card, step in zip(cards, drawn.steps, strict=True)
    )
    widest = (min(text_width(head, 13, bold=True) + 24, 150.0) for head in heads)
    return Graph(tuple(widest) or (120.0,), nodes, tuple(edges))


def label_lines(label: str) -> tuple[str, ...]:
    """A link's label in short lines."""
    return wrap(label, LABEL_WIDTH, LABEL_SIZE) if label else ()


def place_map(graph: Graph) -> Diagram:
    """Lay a map out, a short chain with lanes as rows."""
    if len(graph.nodes) <= ROWS_STEPS:
        diagram = layout(graph, rows=True)
        if diagram.width <= ROWS_WIDTH:
            return diagram
    return layout(graph)


def draw_map(
    diagram: Diagram,
    cards: Sequence[Card],
    labels: Mapping[tuple[str, str], str],
    lanes: Sequence[tuple[str, bool]],
    times: Mapping[str, Timed],
    longest: float,
    pins: Mapping[str, tuple[int, ...]] | None = None,
) -> DrawnMap:
    """Put words and lines where the layout says; `lanes` are (name, external), `longest` hours fill the
    ruler, `pins` number the shapes that are to be outlined."""
    marked = pins or {}
    shapes = tuple(
        DrawnCard(round(node.box.left, 1), round(node.box.top, 1), card, marked.get(card.id, ()))
        for node, card in zip(diagram.nodes, cards, strict=True)
    )
    edges = sorted(diagram.edges, key=lambda edge: edge.back)
    ruler = bool(times) and not diagram.rows and longest > 0
    return DrawnMap(
        diagram.width,
        diagram.height,
        diagram.rows,
        HEAD if diagram.rows else diagram.width,
        diagram.height if diagram.rows else HEAD,
        tuple(_head(diagram, place, *lane) for place, lane in enumerate(lanes)),
        shapes,
        tuple(_link(edge, labels.get((edge.source, edge.target), "")) for edge in edges),
        RULER_GAP + RULER if ruler else 0,
        RULER_GAP,
        tuple(_bars(diagram, times, longest)) if ruler else (),
    )


def _head(diagram: Diagram, place: int, name: str, external: bool) -> Head:
    band = diagram.lanes[place]
    x, y = band.centre
    size = (band.height if diagram.rows else band.width) - 14
    lines = wrap(name, size, 13, bold=True, most=2)
    words = tuple(
        TextLine("head", HEAD / 2 - 16 * (n - (len(lines) - 1) / 2), y, line)
        if diagram.rows
        else TextLine("head", x, HEAD / 2 + 4.5 + 15 * (n - (len(lines) - 1) / 2), line)
        for n, line in enumerate(lines)
    )
    return Head(band.left, band.top, band.width, band.height, words, external, place % 2 == 1)


def _link(edge: PlacedEdge, label: str) -> DrawnLink:
    words: tuple[TextLine, ...] = ()
    if edge.label is not None:
        x, top = edge.label.centre[0], edge.label.top
        words = tuple(
            TextLine("link", round(x, 1), round(top + 11 + LABEL_LINE * n, 1), line)
            for n, line in enumerate(label_lines(label))
        )
    return DrawnLink(rounded_path(edge.points), edge.back, words)


def rounded_path(points: Sequence[Point]) -> str:
    """A polyline with rounded corners."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        lengths = [abs(here[0] - other[0]) + abs(here[1] - other[1]) for other in (before, after)]
        radius = min(CORNER, lengths[0] / 2, lengths[1] / 2)
        near = [
            (
                here[0] + (other[0] - here[0]) / length * radius,
                here[1] + (other[1] - here[1]) / length * radius,
            )
            if length
            else here
            for other, length in zip((before, after), lengths, strict=True)
        ]
        (x, y), (u, v) = near
        parts.append(f"L{x:.1f} {y:.1f}Q{here[0]:.1f} {here[1]:.1f} {u:.1f} {v:.1f}")
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(parts)


def _bars(diagram: Diagram, times: Mapping[str, Timed], longest: float) -> list[RulerBar]:
    """Beside each rank the bars of its steps, one under the other."""
    ranks: dict[int, list[str]] = {}
    for node in diagram.nodes:
        if node.id in times:
            ranks.setdefault(node.rank, []).append(node.id)
    x, scale = RULER_GAP, RULER_BAR / longest
    bars = []
    for ids in ranks.values():
        middle = diagram.node(ids[0]).box.centre[1]
        for place, id_ in enumerate(ids):
            time = times[id_]
            wait, touch = time.wait_h * scale, time.touch_h * scale
            y = middle + 17 * (place - (len(ids) - 1) / 2)
            end = x + wait + touch + 5
            room = x + RULER - end
            bars.append(
                RulerBar(
                    round(y, 1),
                    round(wait, 1),
                    round(touch, 1),
                    x,
                    fit(time.words, room, 10.5),
                    round(end, 1),
                )
            )
    return bars


def nice_ceiling(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, …: a scale that stays when a time changes a little."""
    size = 1.0
    while size * 10 <= value:
        size *= 10
    while size > value > 0:
        size /= 10
    return next(size * step for step in (1, 2, 5, 10) if size * step >= value)
