"""The drawing of a pair: what was before, what takes its place, what was measured of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.present.maps.boxes import (
    Arrow,
    Band,
    BoxDrawing,
    BoxEntry,
    PlacedBox,
    across,
    height_of,
    placed,
)

WIDTH, GAP, ROW_GAP, HEAD_ROOM, MARGIN = 250.0, 44.0, 10.0, 26.0, 6.0
HEAD_LINE = 17.0
"""Baseline of the columns' heads."""
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class PairRow:
    """A new indicator with what was measured of it."""

    new: BoxEntry
    measured: BoxEntry


def pair_drawing(
    heads: Sequence[str], steps: tuple[BoxEntry, BoxEntry], old: Sequence[BoxEntry], rows: Sequence[PairRow]
) -> BoxDrawing:
    """Steps stand on top, old beside new; below them the indicators, each new one beside what it showed."""
    drawn = _Pair()
    drawn.row((steps[0], steps[1], None))
    for place in range(max(len(old), len(rows))):
        row = rows[place] if place < len(rows) else None
        drawn.row(
            (
                old[place] if place < len(old) else None,
                row.new if row else None,
                row.measured if row else None,
            )
        )
    height = round(drawn.bottom - ROW_GAP + MARGIN, 1)
    bands = tuple(
        Band(
            x=_x(column) - MARGIN,
            y=0.0,
            width=WIDTH + 2 * MARGIN,
            height=height,
            middle=_x(column) + WIDTH / 2,
            lines=((HEAD_LINE, head),),
            even=column % 2 == 0,
        )
        for column, head in enumerate(heads)
    )
    return BoxDrawing(
        width=_x(COLUMNS - 1) + WIDTH + MARGIN,
        height=height,
        bands=bands,
        arrows=tuple(drawn.arrows),
        boxes=tuple(drawn.boxes),
    )


def _x(column: int) -> float:
    return MARGIN + column * (WIDTH + GAP)


class _Pair:
    """Boxes in rows of equal height; what takes a place is joined to what had it."""

    def __init__(self) -> None:
        self.bottom = HEAD_ROOM
        self.boxes: list[PlacedBox] = []
        self.arrows: list[Arrow] = []
        self._last_old: PlacedBox | None = None

    def row(self, entries: tuple[BoxEntry | None, BoxEntry | None, BoxEntry | None]) -> None:
        height = max(height_of(entry, WIDTH) for entry in entries if entry)
        made = [
            placed(entry, _x(column), self.bottom, WIDTH, height) if entry else None
            for column, entry in enumerate(entries)
        ]
        old = self._last_old = made[0] or self._last_old
        if old and made[1]:
            self._join(old, made[1])
        if made[1] and made[2]:
            self._join(made[1], made[2])
        self.boxes += [box for box in made if box]
        self.bottom += height + ROW_GAP

    def _join(self, one: PlacedBox, other: PlacedBox) -> None:
        self.arrows.append(
            across(
                round(one.x + one.width, 1),
                round(one.y + one.height / 2, 1),
                other.x,
                round(other.y + other.height / 2, 1),
            )
        )
