"""Finds each link's way over the grid: A* with costs for length, bends, crossings and shared lines.

Links are routed shortest first, forward before back, then again while a better way is found: a link that came
early did not know what would cross it.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence

from generator.present.maps.graph import Graph
from generator.present.maps.grid import AHEAD, BEHIND, INWARD, OUTWARD, Grid, GridCell

MOVES: tuple[GridCell, ...] = ((1, 0), (-1, 0), (0, 1), (0, -1))
OPPOSITE = (BEHIND, AHEAD, INWARD, OUTWARD)
LENGTH_U, LENGTH_V, BORDER = 60.0, 34.0, 4.0
"""Cost of half a rank, of half a row, and of the border between two lanes."""
BEND, CROSSING, CORNERS, TOUCH = 55.0, 130.0, 14.0, 22.0
SHARED_CENTRE, SHARED_CHANNEL, MERGED = 160.0, 9.0, 0.35
"""Sharing a centre line, a channel; the part of a length that two links to one target save together."""
PASSES = 3
PATIENCE = 300_000
"""Places looked at for all links together; who comes after that takes a good way instead of the best."""
HASTE = 6.0
"""How much more the distance to the target counts from then on: fewer places are looked at."""
MOST_MET = 12
"""Links met on one piece or at one point that count; where it is that crowded, one more says nothing new."""
FAR = 1e18

Path = tuple[GridCell, ...]


class Router:
    """Routes all links; `paths[number]` are the grid points from source to target."""

    def __init__(self, graph: Graph, grid: Grid) -> None:
        self.graph, self.grid = graph, grid
        self.width, self.depth = grid.size
        self.node_at = {cell: number for number, cell in enumerate(grid.at)}
        self.users: dict[tuple[int, int, bool], list[int]] = {}
        """Links on each piece between two neighbouring points: (u, v, along u)."""
        self.turns: dict[GridCell, list[tuple[int, int, int]]] = {}
        """At each point: (link, direction in, direction out)."""
        self.ports: dict[tuple[int, int], list[tuple[int, bool]]] = {}
        """At each (node, side): (link, whether it comes in)."""
        self.paths: list[Path] = [()] * len(graph.edges)
        self.looked = 0
        """Places looked at so far: a measure of work that is the same on every machine."""

    def route_all(self) -> list[Path]:
        """Route every link, then improve."""
        order = sorted(range(len(self.graph.edges)), key=self._order)
        for number in order:
            self._add(number, self._best(number))
        for _ in range(PASSES):
            changed = False
            for number in order:
                old = self.paths[number]
                if self.looked > PATIENCE or self._undisturbed(number):
                    continue
                self._remove(number)
                self._add(number, self._best(number))
                changed |= self.paths[number] != old
            if not changed:
                break
        return self.paths

    def sides(self, number: int) -> tuple[int, int]:
        """The side a link leaves its source by, and the side it enters its target by."""
        path = self.paths[number]
        return _direction(path[0], path[1]), OPPOSITE[_direction(path[-2], path[-1])]

    def _order(self, number: int) -> tuple[bool, int, int]:
        edge = self.graph.edges[number]
        (u, v), (x, y) = self.grid.at[edge.source], self.grid.at[edge.target]
        return edge.back, abs(u - x) + abs(v - y), number

    def _undisturbed(self, number: int) -> bool:
        """A straight or nearly straight link that meets no other has nothing to gain."""
        path = self.paths[number]
        steps = [_direction(a, b) for a, b in itertools.pairwise(path)]
        if len(set(steps)) > 1:
            return False
        alone = all(self.users[_piece(a, b)] == [number] for a, b in itertools.pairwise(path))
        return alone and all(len(self.turns[point]) == 1 for point in path[1:-1])

    def _related(self, one: int, other: int) -> bool:
        """Two links that may run as one: to the same target, both forward or both back."""
        first, second = self.graph.edges[one], self.graph.edges[other]
        return first.target == second.target and first.back == second.back

    # -- costs

    def _leaving(self, number: int, side: int) -> float:
        edge = self.graph.edges[number]
        gateway = self.graph.nodes[edge.source].shape in ("gateway", "mark")
        cost = ((70.0, 300.0, 0.0, 0.0) if edge.back else (0.0, 500.0, 26.0, 26.0))[side]
        if gateway and side in (OUTWARD, INWARD):
            cost -= 16
        if self.grid.reserved.get((edge.source, side), edge.target) != edge.target:
            cost += 240
        for _, incoming in self.ports.get((edge.source, side), ()):
            cost += 320 if incoming else 300 if gateway else 90
        return cost

    def _arriving(self, number: int, direction: int) -> float:
        edge, side = self.graph.edges[number], OPPOSITE[direction]
        cost = ((200.0, 90.0, 0.0, 0.0) if edge.back else (420.0, 0.0, 30.0, 30.0))[side]
        if self.grid.reserved.get((edge.target, side), edge.source) != edge.source:
            cost += 240
        for other, incoming in self.ports.get((edge.target, side), ()):
            cost += 320 if not incoming else -10 if self._related(number, other) else 40
        return cost

    def _along(self, number: int, here: GridCell, there: GridCell) -> float:
        """Cost of one piece of the way."""
        piece = _piece(here, there)
        along_u = piece[2]
        length = LENGTH_U if along_u else LENGTH_V
        if not along_u and self.grid.lane_of[here[1]] != self.grid.lane_of[there[1]]:
            length = BORDER
        users = self.users.get(piece)
        if not users:
            return length
        centre = self.grid.centres[here[1]] if along_u else here[0] % 2 == 1
        cost = length
        for other in users[:MOST_MET]:
            if self._related(number, other):
                cost -= length * MERGED
            else:
                cost += SHARED_CENTRE if centre else SHARED_CHANNEL
        return max(cost, 1.0)

    def _through(self, number: int, point: GridCell, into: int, out: int) -> float:
        """Cost of what a link meets at a point that it passes."""
        cost = 0.0
        for other, other_in, other_out in self.turns.get(point, ())[:MOST_MET]:
            if self._related(number, other):
                continue
            if into == out and other_in == other_out and (into < 2) != (other_in < 2):
                cost += CROSSING
            elif into != out and other_in != other_out:
                cost += CORNERS
            elif into != out or other_in != other_out:
                cost += TOUCH
        return cost

    # -- search

    def _best(self, number: int) -> Path:
        """The cheapest way; one always exists, because channels surround every node."""
        edge = self.graph.edges[number]
        start, goal = self.grid.at[edge.source], self.grid.at[edge.target]
        costs: dict[tuple[GridCell, int], float] = {}
        parents: dict[tuple[GridCell, int], tuple[GridCell, int] | None] = {}
        queue: list[tuple[float, int, GridCell, int, float]] = []
        count = 0
        haste = HASTE if self.looked > PATIENCE else 1.0

        def offer(point: GridCell, direction: int, cost: float, parent: tuple[GridCell, int] | None) -> None:
            nonlocal count
            if cost < costs.get((point, direction), FAR) - 1e-9:
                costs[point, direction], parents[point, direction] = cost, parent
                count += 1
                left = abs(point[0] - goal[0]) * LENGTH_U * 0.6 + abs(point[1] - goal[1]) * BORDER
                heapq.heappush(queue, (cost + left * haste, count, point, direction, cost))

        for direction in range(4):
            there = self._neighbour(start, direction, goal)
            if there is not None:
                cost = self._leaving(number, direction) + self._along(number, start, there)
                offer(
                    there, direction, cost + (self._arriving(number, direction) if there == goal else 0), None
                )
        while queue:
            _, _, point, direction, cost = heapq.heappop(queue)
            if cost > costs[point, direction]:
                continue
            self.looked += 1
            if point == goal:
                return self._trace(start, (point, direction), parents)
            for turn in range(4):
                there = self._neighbour(point, turn, goal) if turn != OPPOSITE[direction] else None
                if there is None:
                    continue
                further = cost + self._along(number, point, there) + (BEND if turn != direction else 0)
                further += self._through(number, point, direction, turn)
                if there == goal:
                    further += self._arriving(number, turn)
                offer(there, turn, further, (point, direction))
        raise AssertionError("every node can be reached through the channels")

    def _neighbour(self, point: GridCell, direction: int, goal: GridCell) -> GridCell | None:
        du, dv = MOVES[direction]
        there = point[0] + du, point[1] + dv
        if not (0 <= there[0] < self.width and 0 <= there[1] < self.depth):
            return None
        return None if there != goal and there in self.node_at else there

    def _trace(
        self,
        start: GridCell,
        end: tuple[GridCell, int],
        parents: dict[tuple[GridCell, int], tuple[GridCell, int] | None],
    ) -> Path:
        points, state = [], end
        while True:
            points.append(state[0])
            parent = parents[state]
            if parent is None:
                return (start, *reversed(points))
            state = parent

    # -- what lies where

    def _add(self, number: int, path: Path) -> None:
        self.paths[number] = path
        for here, there in itertools.pairwise(path):
            self.users.setdefault(_piece(here, there), []).append(number)
        for point, into, out in _passes(path):
            self.turns.setdefault(point, []).append((number, into, out))
        leaving, entering = self.sides(number)
        edge = self.graph.edges[number]
        self.ports.setdefault((edge.source, leaving), []).append((number, False))
        self.ports.setdefault((edge.target, entering), []).append((number, True))

    def _remove(self, number: int) -> None:
        path, edge = self.paths[number], self.graph.edges[number]
        for here, there in itertools.pairwise(path):
            self.users[_piece(here, there)].remove(number)
        for point, into, out in _passes(path):
            self.turns[point].remove((number, into, out))
        leaving, entering = self.sides(number)
        self.ports[edge.source, leaving].remove((number, False))
        self.ports[edge.target, entering].remove((number, True))


def _direction(here: GridCell, there: GridCell) -> int:
    return MOVES.index((there[0] - here[0], there[1] - here[1]))


def _piece(here: GridCell, there: GridCell) -> tuple[int, int, bool]:
    return min(here[0], there[0]), min(here[1], there[1]), here[0] != there[0]


def _passes(path: Sequence[GridCell]) -> list[tuple[GridCell, int, int]]:
    """Every inner point of a path with the direction in and out."""
    steps = [_direction(a, b) for a, b in itertools.pairwise(path)]
    return list(zip(path[1:-1], steps, steps[1:], strict=False))
