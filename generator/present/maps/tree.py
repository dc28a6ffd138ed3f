"""The metric tree: what drives what, as boxes in columns with curves between them, left to right.

A column is the longest way from an indicator that nothing drives, so every curve runs rightwards; within a
column the order follows the neighbours' middle, which keeps crossings few. Coordinates are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from generator.present.maps.layers import ordered, way_of
from generator.present.maps.wrap import wrap

BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP, MARGIN = 150.0, 46.0, 64.0, 14.0, 6.0
RADIUS, STATUS, STATUS_RADIUS = 4, 5, 2
GLYPH = 14, 15
"""Middle and baseline of the sign of a status, from the box's corner."""
WORDS_ASIDE, WORDS_ROOM, WORDS_SIZE = 2, 26, 12.5
"""How far names stand right of a box's middle, what they leave free, and their size."""


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


def tree(entries: Sequence[TreeEntry], edges: Iterable[tuple[str, str]]) -> TreeDrawing:
    """Place entries; an edge (a, b) says that a drives b. Edges to unknown entries are left out."""
    known = {entry.id: entry for entry in entries}
    links = sorted({(a, b) for a, b in edges if a in known and b in known and a != b})
    columns = _columns(list(known), links)
    ways = {link: way_of(link, columns) for link in links}
    in_columns = ordered(columns, [pair for way in ways.values() for pair in pairwise(way)])
    tallest = max((_height(column, known) for column in in_columns), default=0.0)
    place: dict[str, tuple[float, float]] = {}
    for index, column in enumerate(in_columns):
        y = MARGIN + (tallest - _height(column, known)) / 2
        for name in column:
            place[name] = (MARGIN + index * (BOX_WIDTH + COLUMN_GAP), y)
            y += (BOX_HEIGHT if name in known else 0) + ROW_GAP
    boxes = tuple(
        _box(entry, *place[name]) for column in in_columns for name in column if (entry := known.get(name))
    )
    return TreeDrawing(
        width=2 * MARGIN + len(in_columns) * BOX_WIDTH + max(len(in_columns) - 1, 0) * COLUMN_GAP,
        height=2 * MARGIN + tallest,
        box_width=BOX_WIDTH,
        box_height=BOX_HEIGHT,
        radius=RADIUS,
        status_width=STATUS,
        status_radius=STATUS_RADIUS,
        boxes=boxes,
        curves=tuple(_path([place[name] for name in way]) for way in ways.values()),
    )


def _height(column: Sequence[str], known: Mapping[str, TreeEntry]) -> float:
    """Pixels that a column takes; a way that only passes through takes a gap."""
    return fsum((BOX_HEIGHT if name in known else 0) + ROW_GAP for name in column) - ROW_GAP


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


def _box(entry: TreeEntry, x: float, y: float) -> TreeBox:
    lines = wrap(entry.name, BOX_WIDTH - WORDS_ROOM, WORDS_SIZE)[:2]
    top = y + (BOX_HEIGHT - 16 * len(lines)) / 2 + WORDS_SIZE
    return TreeBox(
        entry=entry,
        x=x,
        y=y,
        glyph_x=x + GLYPH[0],
        glyph_y=y + GLYPH[1],
        words_x=x + BOX_WIDTH / 2 + WORDS_ASIDE,
        lines=tuple((round(top + 16 * row, 1), line) for row, line in enumerate(lines)),
    )


def _path(places: Sequence[tuple[float, float]]) -> str:
    """A curve from box to box; straight through the passing places."""
    middle = BOX_HEIGHT / 2
    x, y = places[0][0] + BOX_WIDTH, places[0][1] + middle
    parts = [f"M{x:g} {y:g}"]
    for index, (left, top) in enumerate(places[1:], 1):
        last = index == len(places) - 1
        to = top + (middle if last else 0)
        bend = COLUMN_GAP / 2
        parts.append(f"C{x + bend:g} {y:g} {left - bend:g} {to:g} {left:g} {to:g}")
        x, y = left, to
        if not last:
            x = left + BOX_WIDTH
            parts.append(f"H{x:g}")
    return "".join(parts)
