"""The cascade of one goal: goal, unit goals, indicators, posts, in columns from left to right.

Every indicator has a row of its own; an objective stands beside the rows of its own key results and of the
objectives that are part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.present.maps.boxes import Arrow, BoxDrawing, BoxEntry, PlacedBox, across, height_of, placed

WIDTH, MARGIN, GAP, ROW_GAP = 920.0, 6.0, 34.0, 12.0
WIDEST = 204.0


@dataclass(frozen=True, slots=True)
class CascadeRow:
    """A key result: what measures it, and the posts it reaches (None: none is named)."""

    indicator: BoxEntry
    post: BoxEntry | None


@dataclass(frozen=True, slots=True)
class CascadeBranch:
    """An objective with its rows; `depth` 0 stands right beside the goal, its parts follow it."""

    objective: BoxEntry
    depth: int
    rows: tuple[CascadeRow, ...]


def cascade_drawing(goal: BoxEntry, branches: Sequence[CascadeBranch]) -> BoxDrawing:
    """Place them; branches stand in order, each before those that are part of it."""
    depths = max((branch.depth for branch in branches), default=0) + 1
    columns = depths + 3
    width = min(WIDEST, (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns)
    drawn = _Cascade(width, depths, branches)
    whole = drawn.bottom - MARGIN - ROW_GAP
    height = max(height_of(goal, width), 0.0)
    top = MARGIN + max((whole - height) / 2, 0.0)
    first = placed(goal, MARGIN, top, width, height)
    arrows = [
        drawn.arrow(first, drawn.objectives[n], 0) for n, branch in enumerate(branches) if branch.depth == 0
    ]
    return BoxDrawing(
        width=round(2 * MARGIN + columns * width + (columns - 1) * GAP, 1),
        height=round(max(drawn.bottom - ROW_GAP, top + height) + MARGIN, 1),
        bands=(),
        arrows=(*arrows, *drawn.arrows),
        boxes=(first, *drawn.objectives.values(), *drawn.others),
    )


class _Cascade:
    """Everything right of the goal."""

    def __init__(self, width: float, depths: int, branches: Sequence[CascadeBranch]) -> None:
        self._width, self._depths, self._branches = width, depths, branches
        self.bottom = MARGIN
        self.objectives: dict[int, PlacedBox] = {}
        self.others: list[PlacedBox] = []
        self.arrows: list[Arrow] = []
        self._rows: dict[int, list[PlacedBox]] = {}
        for number, branch in enumerate(branches):
            if branch.depth == 0:
                self._place(number)

    def _x(self, column: int) -> float:
        return MARGIN + column * (self._width + GAP)

    def _parts(self, number: int) -> Iterator[int]:
        """The branches right below one."""
        depth = self._branches[number].depth
        for other in range(number + 1, len(self._branches)):
            below = self._branches[other].depth
            if below <= depth:
                return
            if below == depth + 1:
                yield other

    def _place(self, number: int) -> None:
        branch, start = self._branches[number], self.bottom
        own = height_of(branch.objective, self._width)
        indicators = [self._row(row) for row in branch.rows]
        parts = list(self._parts(number))
        if not branch.rows and not parts:
            self.bottom += own + ROW_GAP
        for part in parts:
            self._place(part)
        self.bottom = max(self.bottom, start + own + ROW_GAP)
        # Beside its own rows, so that its arrows run straight past the columns of its parts.
        end = indicators[-1].y + indicators[-1].height if indicators else self.bottom - ROW_GAP
        y = max(start, start + (end - start - own) / 2)
        box = placed(branch.objective, self._x(1 + branch.depth), y, self._width, own)
        self.objectives[number] = box
        past = (self._depths - 1 - branch.depth) * (self._width + GAP)
        self.arrows += [self.arrow(box, indicator, past) for indicator in indicators]
        self.arrows += [self.arrow(box, self.objectives[part], 0) for part in parts]

    def _row(self, row: CascadeRow) -> PlacedBox:
        boxes = [row.indicator, *([row.post] if row.post else [])]
        height = max(height_of(box, self._width) for box in boxes)
        indicator = placed(row.indicator, self._x(1 + self._depths), self.bottom, self._width, height)
        self.others.append(indicator)
        if row.post:
            post = placed(row.post, self._x(2 + self._depths), self.bottom, self._width, height)
            self.others.append(post)
            self.arrows.append(self.arrow(indicator, post, 0))
        self.bottom += height + ROW_GAP
        return indicator

    def arrow(self, one: PlacedBox, other: PlacedBox, past: float) -> Arrow:
        return across(
            round(one.x + one.width, 1),
            round(one.y + one.height / 2, 1),
            other.x,
            round(other.y + other.height / 2, 1),
            round(past, 1),
        )
