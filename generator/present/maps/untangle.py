"""Lets neighbouring tracks change places while the number of true crossings falls.

The order of tracks was chosen line by line; how lines cross is only seen once all of them lie in pixels.
"""

from __future__ import annotations

from itertools import combinations, pairwise

from generator.model.exact import counted
from generator.present.maps.coordinates import Axes, Lines, Uv
from generator.present.maps.graph import Graph
from generator.present.maps.grid import Grid
from generator.present.maps.routing import Router
from generator.present.maps.tracks import Bundle, Tracks, in_conflict, may_share

ROUNDS = 3
MOST_PAIRED = 5
"""Groups up to this size try every pair, larger ones neighbours only."""
PATIENCE = 2_000_000
"""Pieces compared for one map; a map of hundreds of links that cross keeps the rest of its crossings."""
Piece = tuple[float, float, float]
"""From, to, and the fixed coordinate."""


class _Crossings:
    """Counts crossings, and how many change when a few links move."""

    def __init__(self, lines: Lines, axes: Axes, count: int) -> None:
        self.lines, self.axes = lines, axes
        self.compared = 0
        self.flat: list[list[Piece]] = [[] for _ in range(count)]
        self.steep: list[list[Piece]] = [[] for _ in range(count)]
        for number in range(count):
            self.update(number)

    def update(self, number: int) -> None:
        points = self.lines.polyline(number, self.axes)
        self.flat[number], self.steep[number] = _pieces(points)

    def of(self, moved: set[int]) -> int:
        """Crossings in which at least one of these links takes part."""
        total = 0
        others = [number for number in range(len(self.flat)) if number not in moved]
        for number in moved:
            total += counted(self._between(number, other) + self._between(other, number) for other in others)
        for item, other in combinations(sorted(moved), 2):
            total += self._between(item, other) + self._between(other, item)
        return total

    def _between(self, one: int, other: int) -> int:
        self.compared += len(self.flat[one]) * len(self.steep[other])
        return sum(
            low + 0.5 < x < high - 0.5 and start + 0.5 < y < end - 0.5
            for low, high, y in self.flat[one]
            for start, end, x in self.steep[other]
        )


def _pieces(points: list[Uv]) -> tuple[list[Piece], list[Piece]]:
    flat, steep = [], []
    for (u, v), (x, y) in pairwise(points):
        if abs(v - y) < 0.01:
            flat.append((min(u, x), max(u, x), v))
        else:
            steep.append((min(v, y), max(v, y), u))
    return flat, steep


def untangle(graph: Graph, grid: Grid, router: Router, tracks: Tracks, lines: Lines, axes: Axes) -> None:
    """Swap tracks in place wherever that removes crossings and puts no line on another."""
    nodes = set(grid.at)
    crossings = _Crossings(lines, axes, len(graph.edges))
    on_line: dict[object, list[Bundle]] = {}
    for line, group in tracks.groups:
        on_line.setdefault(line, []).extend(group)

    def collides(bundle: Bundle, others: list[Bundle]) -> bool:
        return any(
            abs(one.offset - two.offset) < 1
            and in_conflict(one, two, nodes)
            and not may_share(graph, router, one, two)
            for one in bundle
            for other in others
            if other is not bundle
            for two in other
        )

    def try_swap(one: Bundle, other: Bundle, line: object) -> bool:
        offsets = one[0].offset, other[0].offset
        if offsets[0] == offsets[1]:
            return False
        moved = {segment.edge for segment in (*one, *other)}
        before = crossings.of(moved)
        if before == 0:
            return False
        _set(one, offsets[1])
        _set(other, offsets[0])
        for number in moved:
            crossings.update(number)
        bundles = on_line[line]
        if crossings.of(moved) < before and not collides(one, bundles) and not collides(other, bundles):
            return True
        _set(one, offsets[0])
        _set(other, offsets[1])
        for number in moved:
            crossings.update(number)
        return False

    for _ in range(ROUNDS):
        improved = False
        for line, group in tracks.groups:
            places = range(len(group))
            pairs = combinations(places, 2) if len(group) <= MOST_PAIRED else pairwise(places)
            for a, b in pairs:
                if crossings.compared > PATIENCE:
                    return
                improved |= try_swap(group[a], group[b], line)
        if not improved:
            return


def _set(bundle: Bundle, offset: float) -> None:
    for segment in bundle:
        segment.offset = offset
