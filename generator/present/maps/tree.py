"""The metric tree: what drives what, as boxes in columns with curves between them, left to right.

A column is the longest way from an indicator that nothing drives, so every curve runs rightwards; within a
column the order follows the neighbours' middle, which keeps crossings few. Coordinates are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum

from generator.present.maps.layers import ordered, way_of
from generator.present.text.wrap import wrap

BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP, MARGIN = 150.0, 46.0, 64.0, 14.0, 6.0
RADIUS, STATUS, STATUS_RADIUS = 4, 5, 2
GLYPH = 14, 15
"""Middle and baseline of the sign of a status, from the box's corner."""
WORDS_ASIDE, WORDS_ROOM, WORDS_SIZE = 2, 26, 12.5
"""How far names stand right of a box's middle, what they leave free, and their size."""
PAGE, NARROW_GAP, NARROWEST, SMALL_SIZE = 1220.0, 30.0, 96.0, 11.0
"""A tree that is wider than a page has narrower boxes, down to this width, and smaller words in them."""
STEP, MOST_LINES = 16.0, 2
SMALL_STEP, MOST_SMALL, UNDER_GLYPH = 14.0, 4, 16.0


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """What a box shows."""

    id: str
    name: str
    href: str
    status: str
    status_label: str
    focus: bool = False
    glyph: str = "○"
    """The status as a shape, because colour alone does not reach everyone."""


@dataclass(frozen=True, slots=True)
class TreeSize:
    """How large the boxes of a tree are."""

    width: float
    height: float
    gap: float
    """Between columns."""
    small: bool
    """Names in small print, under the sign of the status."""

    def lines(self, name: str) -> tuple[str, ...]:
        """A name in a box of this width."""
        if self.small:
            return wrap(name, self.width - 2 * STATUS - 4, SMALL_SIZE, most=MOST_SMALL)
        return wrap(name, self.width - WORDS_ROOM, WORDS_SIZE)[:MOST_LINES]


LARGE = TreeSize(BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, small=False)


def _size(columns: int, entries: Iterable[TreeEntry]) -> TreeSize:
    """Large boxes where they fit a page."""
    if 2 * MARGIN + columns * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP <= PAGE:
        return LARGE
    width = max(NARROWEST, (PAGE - 2 * MARGIN + NARROW_GAP) / columns - NARROW_GAP)
    size = TreeSize(int(width * 10) / 10, 0.0, NARROW_GAP, small=True)
    most = max((len(size.lines(entry.name)) for entry in entries), default=1)
    return replace(size, height=UNDER_GLYPH + most * SMALL_STEP + 8)


@dataclass(frozen=True, slots=True)
class TreeBox:
    """A placed box."""

    entry: TreeEntry
    x: float
    y: float
    glyph_x: float
    glyph_y: float
    words_x: float
    """Middle of the lines."""
    lines: tuple[tuple[float, str], ...]
    """(y of the baseline, text)."""


@dataclass(frozen=True, slots=True)
class TreeDrawing:
    """Everything the template needs."""

    width: float
    height: float
    box_width: float
    box_height: float
    radius: int
    status_width: int
    status_radius: int
    boxes: tuple[TreeBox, ...]
    curves: tuple[str, ...]
    small: bool
    """Names in small print."""


def tree(entries: Sequence[TreeEntry], edges: Iterable[tuple[str, str]]) -> TreeDrawing:
    """Place entries; an edge (a, b) says that a drives b. Edges to unknown entries are left out."""
    known = {entry.id: entry for entry in entries}
    links = sorted({(a, b) for a, b in edges if a in known and b in known and a != b})
    columns = _columns(list(known), links)
    ways = {link: way_of(link, columns) for link in links}
    in_columns = ordered(columns, [pair for way in ways.values() for pair in pairwise(way)])
    size = _size(len(in_columns), known.values())
    tallest = max((_height(column, known, size) for column in in_columns), default=0.0)
    place: dict[str, tuple[float, float]] = {}
    for index, column in enumerate(in_columns):
        y = MARGIN + (tallest - _height(column, known, size)) / 2
        for name in column:
            place[name] = (round(MARGIN + index * (size.width + size.gap), 1), y)
            y += (size.height if name in known else 0) + ROW_GAP
    boxes = tuple(
        _box(entry, *place[name], size)
        for column in in_columns
        for name in column
        if (entry := known.get(name))
    )
    return TreeDrawing(
        width=round(2 * MARGIN + len(in_columns) * size.width + max(len(in_columns) - 1, 0) * size.gap, 1),
        height=2 * MARGIN + tallest,
        box_width=size.width,
        box_height=size.height,
        radius=RADIUS,
        status_width=STATUS,
        status_radius=STATUS_RADIUS,
        boxes=boxes,
        curves=tuple(_path([place[name] for name in way], size) for way in ways.values()),
        small=size.small,
    )


def _height(column: Sequence[str], known: Mapping[str, TreeEntry], size: TreeSize) -> float:
    """Pixels that a column takes; a way that only passes through takes a gap."""
    return fsum((size.height if name in known else 0) + ROW_GAP for name in column) - ROW_GAP


def _columns(names: Sequence[str], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Longest way from the left; the data has no circles, and one would only end the search early."""
    depth = dict.fromkeys(names, 0)
    for _ in names:
        moved = False
        for a, b in links:
            if depth[b] < depth[a] + 1 <= len(names):
                depth[b] = depth[a] + 1
                moved = True
        if not moved:
            break
    drivers = {a for a, _ in links}
    driven = {b for _, b in links}
    for name in names:
        # What drives something but is driven by nothing stands just left of the first thing it drives.
        if name in drivers and name not in driven:
            depth[name] = min(depth[b] for a, b in links if a == name) - 1
    return depth


def _box(entry: TreeEntry, x: float, y: float, size: TreeSize) -> TreeBox:
    lines = size.lines(entry.name)
    step, words = (SMALL_STEP, SMALL_SIZE) if size.small else (STEP, WORDS_SIZE)
    above = UNDER_GLYPH if size.small else 0.0
    top = y + above + (size.height - above - step * len(lines)) / 2 + words
    return TreeBox(
        entry=entry,
        x=x,
        y=y,
        glyph_x=x + GLYPH[0],
        glyph_y=y + GLYPH[1],
        words_x=round(x + size.width / 2 + WORDS_ASIDE, 1),
        lines=tuple((round(top + step * row, 1), line) for row, line in enumerate(lines)),
    )


def _path(places: Sequence[tuple[float, float]], size: TreeSize) -> str:
    """A curve from box to box; straight through the passing places."""
    middle = size.height / 2
    x, y = places[0][0] + size.width, places[0][1] + middle
    parts = [f"M{x:g} {y:g}"]
    for index, (left, top) in enumerate(places[1:], 1):
        last = index == len(places) - 1
        to = top + (middle if last else 0)
        bend = size.gap / 2
        parts.append(f"C{x + bend:g} {y:g} {left - bend:g} {to:g} {left:g} {to:g}")
        x, y = left, to
        if not last:
            x = round(left + size.width, 1)
            parts.append(f"H{x:g}")
    return "".join(parts)
