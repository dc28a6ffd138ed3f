"""Drawings of boxes with arrows between them: what the strategy map and the cascade are made of.

Coordinates are pixels. A box holds its name in bold, small lines under it, and a sign of how it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.present.text.wrap import wrap

NAME, SMALL, NAME_STEP, SMALL_STEP = 12.5, 11.0, 16.0, 14.0
"""Sizes of a box's name and small lines, and from line to line."""
PAD, ASIDE, BESIDE_SIGN, STRIP = 7.0, 12.0, 18.0, 5.0
"""Room around the lines above and beside them, beside them where there is a sign, and the width of the strip
that shows the state."""
SIGN = 13.0, 14.0
"""Middle and baseline of the sign of a state, from the box's corner."""
MOST_NAME, MOST_SMALL = 4, 3
RADIUS, STRIP_RADIUS = 4, 2
HEAD = 6.0
"""Length of an arrow's head."""


@dataclass(frozen=True, slots=True)
class BoxEntry:
    """What a box shows."""

    name: str
    href: str = ""
    small: tuple[str, ...] = ()
    status: str = ""
    status_label: str = ""
    glyph: str = ""
    """The state as a shape, because colour alone does not reach everyone."""
    gap: bool = False
    """Something is missing here."""

    @property
    def label(self) -> str:
        """The whole of it, for whoever does not see the drawing."""
        return " · ".join(part for part in (self.name, *self.small, self.status_label) if part)


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A placed box; lines are (baseline, text)."""

    entry: BoxEntry
    x: float
    y: float
    width: float
    height: float
    middle: float
    sign_x: float
    sign_y: float
    """Middle and baseline of the sign."""
    names: tuple[tuple[float, str], ...]
    smalls: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve and its head."""

    path: str
    head: str


@dataclass(frozen=True, slots=True)
class Band:
    """A ground that boxes lie on, with its name: lines of (baseline, text)."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    lines: tuple[tuple[float, str], ...]
    even: bool


@dataclass(frozen=True, slots=True)
class BoxDrawing:
    """Everything the template needs."""

    width: float
    height: float
    bands: tuple[Band, ...]
    arrows: tuple[Arrow, ...]
    boxes: tuple[PlacedBox, ...]
    radius: int = RADIUS
    strip: float = STRIP
    strip_radius: int = STRIP_RADIUS


def lines_of(entry: BoxEntry, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of name and small print in a box of that width."""
    room = width - 2 * (BESIDE_SIGN if entry.glyph else ASIDE)
    names = wrap(entry.name, room, NAME, bold=True, most=MOST_NAME)
    smalls = tuple(line for text in entry.small if text for line in wrap(text, room, SMALL, most=MOST_SMALL))
    return names, smalls


def height_of(entry: BoxEntry, width: float) -> float:
    """How high a box of that width is."""
    names, smalls = lines_of(entry, width)
    return 2 * PAD + len(names) * NAME_STEP + len(smalls) * SMALL_STEP


def placed(entry: BoxEntry, x: float, y: float, width: float, height: float) -> PlacedBox:
    """The box with its lines, which stand in the middle of its height."""
    names, smalls = lines_of(entry, width)
    top = y + (height - len(names) * NAME_STEP - len(smalls) * SMALL_STEP) / 2
    below = top + len(names) * NAME_STEP
    return PlacedBox(
        entry,
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        middle=round(x + width / 2 + STRIP / 2, 1),
        sign_x=round(x + SIGN[0], 1),
        sign_y=round(y + SIGN[1], 1),
        names=tuple((round(top + n * NAME_STEP + NAME, 1), line) for n, line in enumerate(names)),
        smalls=tuple((round(below + n * SMALL_STEP + SMALL, 1), line) for n, line in enumerate(smalls)),
    )


def across(x: float, y: float, to_x: float, to_y: float, straight: float = 0.0) -> Arrow:
    """An arrow to the right; after the bend it runs straight for the last `straight` pixels."""
    end = to_x - HEAD
    turn = end - straight
    bend = (turn - x) / 2
    curve = f"M{x:g} {y:g}C{x + bend:g} {y:g} {turn - bend:g} {to_y:g} {turn:g} {to_y:g}"
    path = f"{curve}H{end:g}" if straight else curve
    return Arrow(path, f"M{end:g} {to_y - 4:g}L{to_x:g} {to_y:g}L{end:g} {to_y + 4:g}Z")


def upward(points: tuple[tuple[float, float], ...]) -> Arrow:
    """An arrow over points, each right of or left of, and above or below the one before."""
    x, y = points[0]
    up = 1 if points[-1][1] <= y else -1
    parts = [f"M{x:g} {y:g}"]
    last = len(points) - 1
    for index, (to_x, to_y) in enumerate(points[1:], 1):
        end = to_y + up * HEAD if index == last else to_y
        bend = (y - end) / 2
        parts.append(f"C{x:g} {y - bend:g} {to_x:g} {end + bend:g} {to_x:g} {end:g}")
        x, y = to_x, end
    to_x, to_y = points[-1]
    base = to_y + up * HEAD
    return Arrow("".join(parts), f"M{to_x - 4:g} {base:g}L{to_x:g} {to_y:g}L{to_x + 4:g} {base:g}Z")
