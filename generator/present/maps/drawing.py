"""A process map ready to be written as SVG: its geometry, and on it what one page adds.

The template only writes down what stands here. Every visible thing is on a line of its own, so that a changed
time changes few lines of the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.diagram import Diagram, PlacedEdge, Point
from generator.present.maps.cards import WIDTH, Card, ChipPlace, RoundedBox, TextLine
from generator.present.maps.geometry import HEAD_SIZE, LABEL_LINE, Geometry, label_lines
from generator.present.maps.labels_on_map import NODE_ROOM
from generator.present.maps.wording import LaneWords
from generator.present.text.wrap import fit, wrap

HEAD = 38.0
"""Height of the lanes' heads; in a map with rows their width."""
RULER, RULER_BAR, RULER_GAP = 220.0, 78.0, 14.0
BAR, BAR_STEP, RULER_SIZE = 10, 17, 10.5
CORNER = 6.0
THIN, WIDE = 0.6, 2.6
"""Lines of links that no case and that every case goes along, where the log tells."""
FOCUS, FOCUS_RADIUS = int(NODE_ROOM), 10
"""The outline of a step with a problem takes all the room that is kept free around a shape."""
HOT, HOT_RADIUS = 3.5, 9
RANK_INSET, RANK_STEP, RANK_TOP = 4, 21, -3
PIN_INSET, PIN_STEP, PIN_TOP = 4, 22, -5


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How an indicator on a card stands, where it leads, and what a screen reader says of it."""

    status: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Decoration:
    """What a page adds to a shape; it takes no room in the layout."""

    label: str
    """Everything in one sentence, for a screen reader and as a hint."""
    href: str = ""
    chips: tuple[ChipLook, ...] = ()
    """In the order of the step's indicators."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Its ranks as a blockage, by who says so: `people` or `computed`."""
    pins: tuple[int, ...] = ()
    """Numbers of what is to be seen here; a shape with a pin is outlined."""
    heat: int = 0
    """1 to 3: how much of all the measured waiting is here."""


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
class BlockageMark:
    """A blockage's number on a card's corner."""

    x: float
    y: float
    source: str
    """`people` or `computed`."""
    rank: int


@dataclass(frozen=True, slots=True)
class Pin:
    """The number of something that is to be seen at a shape."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class DrawnChip:
    """An indicator on a card."""

    place: ChipPlace
    look: ChipLook


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card, where it lies, and what the page adds."""

    x: float
    y: float
    card: Card
    label: str
    href: str
    chips: tuple[DrawnChip, ...]
    marks: tuple[BlockageMark, ...]
    pins: tuple[Pin, ...]
    hot: RoundedBox
    """The outline of a blockage."""
    focus: RoundedBox
    """The outline of a shape with pins."""
    heat: int
    """0: none."""


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link's line and label."""

    path: str
    back: bool
    words: tuple[TextLine, ...]
    width: float
    """Of its line by how many cases go there; 0: not measured."""


@dataclass(frozen=True, slots=True)
class RulerBar:
    """One step's bar on the time ruler."""

    y: float
    height: float
    wait: float
    touch: float
    x: float
    touch_x: float
    line: TextLine


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
    ruler_head_y: int
    bars: tuple[RulerBar, ...]


def draw_map(
    geometry: Geometry,
    decorations: Mapping[str, Decoration],
    times: Mapping[str, Timed],
    longest: float,
    flows: Mapping[tuple[str, str], float] | None = None,
) -> DrawnMap:
    """Put words and lines where the geometry says, and on the shapes what the page adds, by step.

    `longest` hours fill the ruler; without times there is none. `flows`: how often a case goes along a link.
    """
    diagram = geometry.diagram
    labels = {(link.source, link.target): link.label for link in geometry.words.links}
    edges = sorted(diagram.edges, key=lambda edge: edge.back)
    ruler = bool(times) and not diagram.rows and longest > 0
    return DrawnMap(
        width=diagram.width,
        height=diagram.height,
        rows=diagram.rows,
        head_width=HEAD if diagram.rows else diagram.width,
        head_height=diagram.height if diagram.rows else HEAD,
        lanes=tuple(_head(diagram, place, lane) for place, lane in enumerate(geometry.words.lanes)),
        shapes=tuple(
            _shape(round(node.box.left, 1), round(node.box.top, 1), card, decorations[card.id])
            for node, card in zip(diagram.nodes, geometry.cards, strict=True)
        ),
        links=tuple(
            _link(edge, labels.get(way, ""), (flows or {}).get(way))
            for edge in edges
            for way in [(edge.source, edge.target)]
        ),
        ruler_width=RULER_GAP + RULER if ruler else 0,
        ruler_x=RULER_GAP,
        ruler_head_y=int(HEAD) // 2 + 4,
        bars=tuple(_bars(diagram, times, longest)) if ruler else (),
    )


def _shape(x: float, y: float, card: Card, added: Decoration) -> DrawnCard:
    """Only a card has room for indicators and ranks, and a place of its own to lead to."""
    own = card.shape == "step"
    said = [source for source in ("people", "computed") if own and source in added.ranks]
    return DrawnCard(
        x=x,
        y=y,
        card=card,
        label=added.label,
        href=added.href if own else "",
        chips=tuple(DrawnChip(place, look) for place, look in zip(card.chips, added.chips, strict=own)),
        # People's rank on the corner, the computed one beside it.
        marks=tuple(
            BlockageMark(WIDTH - RANK_INSET - RANK_STEP * place, RANK_TOP, source, added.ranks[source])
            for place, source in enumerate(said)
        ),
        pins=tuple(
            Pin(PIN_INSET + PIN_STEP * place, PIN_TOP, number) for place, number in enumerate(added.pins)
        ),
        hot=card.around(HOT, HOT_RADIUS),
        focus=card.around(FOCUS, FOCUS_RADIUS),
        heat=added.heat if own else 0,
    )


def _head(diagram: Diagram, place: int, lane: LaneWords) -> Head:
    band = diagram.lanes[place]
    x, y = band.centre
    size = (band.height if diagram.rows else band.width) - 14
    lines = wrap(lane.name, size, HEAD_SIZE, bold=True, most=2)
    words = tuple(
        TextLine("head", HEAD / 2 - 16 * (n - (len(lines) - 1) / 2), y, line)
        if diagram.rows
        else TextLine("head", x, HEAD / 2 + 4.5 + 15 * (n - (len(lines) - 1) / 2), line)
        for n, line in enumerate(lines)
    )
    return Head(
        x=band.left,
        y=band.top,
        width=band.width,
        height=band.height,
        words=words,
        external=lane.external,
        even=place % 2 == 1,
    )


def _link(edge: PlacedEdge, label: str, flow: float | None) -> DrawnLink:
    words: tuple[TextLine, ...] = ()
    if edge.label is not None:
        x, top = edge.label.centre[0], edge.label.top
        words = tuple(
            TextLine("link", round(x, 1), round(top + 11 + LABEL_LINE * n, 1), line)
            for n, line in enumerate(label_lines(label))
        )
    width = round(THIN + (WIDE - THIN) * min(flow, 1), 1) if flow is not None else 0.0
    return DrawnLink(rounded_path(edge.points), edge.back, words, width)


def rounded_path(points: Sequence[Point]) -> str:
    """A polyline with rounded corners."""
    parts = [f"M{_at(points[0])}"]
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
        parts.append(f"L{_at(near[0])}Q{_at(here)} {_at(near[1])}")
    parts.append(f"L{_at(points[-1])}")
    return "".join(parts)


def _at(point: Point) -> str:
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"


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
            y = round(middle + BAR_STEP * (place - (len(ids) - 1) / 2), 1)
            end = x + wait + touch + 5
            words = fit(time.words, x + RULER - end, RULER_SIZE)
            line = TextLine("rulertext", round(end, 1), y + 4, words)
            wide = round(wait, 1)
            bars.append(
                RulerBar(
                    y=y - BAR // 2,
                    height=BAR,
                    wait=wide,
                    touch=round(touch, 1),
                    x=x,
                    touch_x=x + wide,
                    line=line,
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
