"""Finds a place for each link's label: beside its line, on no node, no other label and no other line.

Candidates along every segment are scored. Where even the best one lies on something, the channel that its
line runs through is to be widened, and the map is laid out again.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.model.diagram import Box, Point
from generator.present.maps.graph import Graph

ON_NODE, ON_LABEL, OUTSIDE, ON_LINE, ON_OWN_LINE, ON_BORDER = 600.0, 600.0, 500.0, 150.0, 30.0, 35.0
NODE_ROOM = 5.0
"""Pixels kept free around a shape, for the outline of a blockage."""
CROWDED = 140.0
"""A cost from which a label lies on something."""
FRACTIONS = (0.5, 0.3, 0.7, 0.15, 0.85)
Placed = tuple[float, Box]


class Placer:
    """Places the labels of one drawn map."""

    def __init__(
        self,
        graph: Graph,
        nodes: Sequence[Box],
        lines: Sequence[Sequence[Point]],
        area: Box,
        borders: Sequence[Box],
    ) -> None:
        self.graph, self.nodes, self.lines, self.area, self.borders = graph, nodes, lines, area, borders
        self.pieces = [
            (number, _box(a, b)) for number, line in enumerate(lines) for a, b in itertools.pairwise(line)
        ]
        self.taken: list[Box] = []

    def place_all(self) -> dict[int, Placed]:
        """(cost, box) of every label; forward links choose first."""
        found: dict[int, Placed] = {}
        order = sorted(range(len(self.lines)), key=lambda number: (self.graph.edges[number].back, number))
        for number in order:
            edge = self.graph.edges[number]
            if edge.label_width:
                found[number] = self._best(number, edge.label_width, edge.label_height)
                self.taken.append(found[number][1])
        return found

    def _best(self, number: int, width: float, height: float) -> Placed:
        best: Placed | None = None
        far = 0.0
        line = self.lines[number]
        reach = self._near(line, width, height)
        for a, b in itertools.pairwise(line):
            length = abs(a[0] - b[0]) + abs(a[1] - b[1])
            level = abs(a[1] - b[1]) < 0.01
            for fraction in FRACTIONS:
                x, y = a[0] + (b[0] - a[0]) * fraction, a[1] + (b[1] - a[1]) * fraction
                base = (far + length * fraction) * 0.25 + abs(fraction - 0.5) * 6
                shifts = (
                    ((0.0, -height / 2 - 3), (0.0, height / 2 + 3), (0.0, 0.0))
                    if level
                    else ((width / 2 + 4, 0.0), (-width / 2 - 4, 0.0), (0.0, 0.0))
                )
                for choice, (dx, dy) in enumerate(shifts):
                    box = Box(-width / 2, -height / 2, width / 2, height / 2).moved(x + dx, y + dy)
                    cost = base + 2 * choice + (ON_OWN_LINE if choice == 2 else 0)
                    if choice == 2 and length < (width if level else height) + 14:
                        cost += 60
                    if best is None or cost < best[0]:
                        cost += self._meets(number, box, reach, choice == 2)
                        if best is None or cost < best[0]:
                            best = cost, box
            far += length
        assert best is not None
        return best

    def _near(self, line: Sequence[Point], width: float, height: float) -> list[tuple[int, Box]]:
        """The pieces of lines that a label of this line could meet at all."""
        reach = Box(
            min(x for x, _ in line) - width - 8,
            min(y for _, y in line) - height - 8,
            max(x for x, _ in line) + width + 8,
            max(y for _, y in line) + height + 8,
        )
        return [piece for piece in self.pieces if piece[1].overlaps(reach)]

    def _meets(self, number: int, box: Box, near: Sequence[tuple[int, Box]], on_own: bool) -> float:
        cost = sum(ON_NODE for node in self.nodes if box.overlaps(node, NODE_ROOM))
        cost += sum(ON_LABEL for other in self.taken if box.overlaps(other, 1))
        for other, piece in near:
            if other == number and on_own:
                continue
            if box.overlaps(piece, 1):
                cost += ON_LINE if other != number else 40
        for border in self.borders:
            if box.overlaps(border):
                cost += ON_BORDER
        area = self.area
        if box.left < area.left or box.top < area.top or box.right > area.right or box.bottom > area.bottom:
            cost += OUTSIDE
        return cost


def _box(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
