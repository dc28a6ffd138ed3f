"""The X-matrix: goals below, objectives left, pilots above, indicators and units right of a middle with an X.

A dot in a corner says that two of them have to do with each other. Coordinates are pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.present.text.wrap import wrap

MARGIN, ROW, COLUMN, MIDDLE, TALL = 4.0, 30.0, 25.0, 220.0, 212.0
"""Height of a row, width of a column; width and least height of the middle."""
SIZE, STEP = 11.0, 12.0
RADIUS, TURN = 5.0, -90


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column: its ground and its name, in lines of (x, y, text); columns are turned."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, float, str], ...]
    turned: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A link between a row and a column."""

    x: float
    y: float
    strong: bool
    says: str


@dataclass(frozen=True, slots=True)
class XHead:
    """The name of a side, in a quarter of the middle."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class XDrawing:
    """Everything the template needs."""

    width: float
    height: float
    radius: float
    lines: tuple[Line, ...]
    cells: tuple[tuple[float, float, float, float], ...]
    """The corners: (x, y, width, height)."""
    cross: str
    heads: tuple[XHead, ...]
    dots: tuple[Dot, ...]
    turn: int = TURN


@dataclass(frozen=True, slots=True)
class Sides:
    """Names by id, on each side."""

    goals: Mapping[str, str]
    objectives: Mapping[str, str]
    pilots: Mapping[str, str]
    indicators: Mapping[str, str]
    units: Mapping[str, str]


def x_drawing(
    sides: Sides, heads: Sequence[str], links: Sequence[tuple[str, str, str, bool, str]]
) -> XDrawing:
    """Place them; a link is (side, one, other, strong, what it says). Heads: goals, objectives, pilots,
    indicators and units."""
    left = {name: MARGIN + n * COLUMN for n, name in enumerate(reversed(list(sides.objectives)))}
    middle = MARGIN + len(left) * COLUMN
    right = middle + MIDDLE
    names = {name: right + n * COLUMN for n, name in enumerate(sides.indicators)}
    far = right + len(names) * COLUMN
    units = {name: far + n * COLUMN for n, name in enumerate(sides.units)}
    above = {name: MARGIN + n * ROW for n, name in enumerate(reversed(list(sides.pilots)))}
    top = MARGIN + len(above) * ROW
    foot = top + TALL
    below = {name: foot + n * ROW for n, name in enumerate(sides.goals)}
    width, height = far + len(units) * COLUMN + MARGIN, foot + len(below) * ROW + MARGIN
    rows = [(above[name], text) for name, text in sides.pilots.items()]
    rows += [(below[name], text) for name, text in sides.goals.items()]
    columns = [(left[name], text) for name, text in sides.objectives.items()]
    columns += [(names[name], text) for name, text in sides.indicators.items()]
    columns += [(units[name], text) for name, text in sides.units.items()]
    at = {
        "goal-objective": (below, left),
        "objective-pilot": (left, above),
        "pilot-indicator": (above, names),
        "indicator-goal": (names, below),
        "pilot-unit": (above, units),
        "unit-goal": (units, below),
    }
    dots = []
    for side, one, other, strong, says in links:
        first, second = at[side]
        turned = side in ("objective-pilot", "indicator-goal", "unit-goal")
        x, y = (first[one], second[other]) if turned else (second[other], first[one])
        dots.append(Dot(x + COLUMN / 2, y + ROW / 2, strong, says))
    return XDrawing(
        width=width,
        height=height,
        radius=RADIUS,
        lines=(
            *(_row(middle, y, text) for y, text in rows),
            *(_column(x, top, text) for x, text in columns),
        ),
        cells=tuple(
            (x, y, wide, high)
            for x, wide in (
                (MARGIN, len(left) * COLUMN),
                (right, len(names) * COLUMN),
                (far, len(units) * COLUMN),
            )
            for y, high in ((MARGIN, len(above) * ROW), (foot, len(below) * ROW))
            if wide and high
        ),
        cross=f"M{middle:g} {top:g}L{right:g} {foot:g}M{right:g} {top:g}L{middle:g} {foot:g}",
        heads=_heads(heads, middle, top),
        dots=tuple(dots),
    )


def _row(x: float, y: float, text: str) -> Line:
    lines = wrap(text, MIDDLE - 16, SIZE, most=2)
    first = y + ROW / 2 - (len(lines) - 1) * STEP / 2 + SIZE / 3
    placed = tuple((x + MIDDLE / 2, round(first + n * STEP, 1), line) for n, line in enumerate(lines))
    return Line(x, y, MIDDLE, ROW, placed, False)


def _column(x: float, y: float, text: str) -> Line:
    """Turned a quarter to the left: lines stand beside each other, read from below."""
    lines = wrap(text, TALL - 16, SIZE, most=2)
    first = x + COLUMN / 2 - (len(lines) - 1) * STEP / 2 + SIZE / 3
    placed = tuple((round(first + n * STEP, 1), y + TALL - 8, line) for n, line in enumerate(lines))
    return Line(x, y, COLUMN, TALL, placed, True)


def _heads(heads: Sequence[str], left: float, top: float) -> tuple[XHead, ...]:
    goals, objectives, pilots, indicators = heads
    x, y = left + MIDDLE / 2, top + TALL / 2
    return (
        XHead(x, top + TALL - 22, goals),
        XHead(left + MIDDLE * 0.22, y + SIZE / 3, objectives),
        XHead(x, top + 30, pilots),
        XHead(left + MIDDLE * 0.76, y + SIZE / 3, indicators),
    )
