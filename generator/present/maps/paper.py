"""How a process map goes on paper: whole on a sheet where it stays legible so, else cut between its ranks.

A drawing is one picture to a browser: what is longer than a sheet would be cut through boxes, and the lanes'
heads would stand on the first sheet only. So a long map is told in slices, each shown under the heads again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model.diagram import Box, Diagram

LONG, SHORT = 277.0, 190.0
"""Millimetres of an A4 sheet inside margins of 10."""
AROUND, TITLED, ABOVE = 50.0, 34.0, 30.0
"""Millimetres that headings and legend take beside a whole map; its own title and legend alone; and headings
over a slice."""
WIDE = 1250.0
"""Pixels; a wider map is printed along the sheet's long side."""
LEAST = 0.15
"""Millimetres a pixel: a map is shrunk to fit a sheet as far as this, small print to 1.6 mm, not further."""
ROOM = 5.0
"""Pixels that a cut keeps from what it may not touch."""
SMALL, WORDS_BELOW = 40.0, 34.0
"""Pixels: what is no higher has its words below, and how far down these reach."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a map from top to bottom, in its pixels."""

    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet that a map wants."""

    landscape: bool
    width: float
    """Millimetres that the map is wide on paper."""
    scale: float
    """That width against the map's own, a CSS pixel being 1/96 of an inch."""
    slices: tuple[Slice, ...]
    """None where the map is printed whole."""


def on_paper(diagram: Diagram, head: float, *, alone: bool = False) -> Paper:
    """How to print a map with lanes' heads of `head` pixels; `alone`: on a sheet of its own, without a
    chapter's title."""
    width = diagram.width + head if diagram.rows else diagram.width
    height = diagram.height if diagram.rows else diagram.height + head
    full = width * 25.4 / 96
    landscape = width > WIDE or (diagram.rows and width > height and full > SHORT)
    across, down = (LONG, SHORT) if landscape else (SHORT, LONG)
    if diagram.rows and not landscape:
        # A short row of steps stands with the words around it, no larger than on a screen.
        across = min(across, full)
    whole = min(across, (down - AROUND) / height * width)
    if alone and whole < LEAST * width:
        whole = min(across, (down - TITLED) / height * width)
    if diagram.rows or whole >= LEAST * width:
        return Paper(landscape, round(whole, 1), round(whole / 25.4 * 96 / width, 3), ())
    most = (down - ABOVE) / across * width - head
    scale = round(across / 25.4 * 96 / width, 3)
    return Paper(landscape, across, scale, tuple(slices(diagram.height, blocks(diagram), most)))


def blocks(diagram: Diagram) -> list[Box]:
    """What a cut may not go through: shapes with their words, labels, and lines that run along it."""
    found = [edge.label for edge in diagram.edges if edge.label is not None]
    for edge in diagram.edges:
        for (x, y), (u, v) in pairwise(edge.points):
            if y == v:
                found.append(Box(min(x, u), y - ROOM, max(x, u), y + ROOM))
    for node in diagram.nodes:
        box = node.box
        below = WORDS_BELOW if box.height <= SMALL else 0.0
        found.append(Box(box.left, box.top - ROOM, box.right, box.bottom + below + ROOM))
    return found


def slices(height: float, blocks: Sequence[Box], most: float) -> list[Slice]:
    """Cut `height` into slices of at most `most`, each as long as it can be without touching a block."""
    found, top = [], 0.0
    while height - top > most:
        cut = _last_gap(top, top + most, blocks)
        found.append(Slice(round(top, 1), round(cut - top, 1)))
        top = cut
    return [*found, Slice(round(top, 1), round(height - top, 1))]


def _last_gap(top: float, cut: float, blocks: Sequence[Box]) -> float:
    """The lowest free line at or above `cut`; where a block fills everything, `cut` itself."""
    line = cut
    while hit := [box.top for box in blocks if box.top < line < box.bottom]:
        line = min(hit)
    return line if line > top else cut
