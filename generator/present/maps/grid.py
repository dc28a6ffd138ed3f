"""Puts nodes on a coarse grid: ranks along the flow, lanes and their sub-rows across it.

Between all ranks and all rows lie channels for the links. The flow's axis is u, the lanes' axis is v;
which of them is x is decided last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.present.maps.graph import Graph

AHEAD, BEHIND, OUTWARD, INWARD = range(4)
"""Sides of a node and directions of a move: +u, −u, +v, −v."""
GridCell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Places in channels and centre lines: u is odd at a rank's centre and even in a channel."""

    ranks: tuple[int, ...]
    """Of each node."""
    at: tuple[GridCell, ...]
    """Of each node (u, v)."""
    size: GridCell
    centres: tuple[bool, ...]
    """Of each v: whether it is a row of nodes, not a channel."""
    lane_of: tuple[int, ...]
    """Of each v."""
    reserved: Mapping[tuple[int, int], int]
    """(node, side) kept free for the link with another node that stands straight across."""

    def is_centre(self, axis: str, line: int) -> bool:
        """Whether a line runs through the middle of nodes."""
        return self.centres[line] if axis == "v" else line % 2 == 1


class _Ranking:
    """Ranks by longest path. A link across lanes may have length 0 where the lanes between are free."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.rank: list[int] = []
        self.cells: dict[GridCell, list[int]] = {}
        self.blocked: set[GridCell] = set()
        """Cells that a straight link runs across."""
        self.straight: set[tuple[int, int]] = set()
        """(node, direction) that has its straight link already."""
        self.reserved: dict[tuple[int, int], int] = {}
        self.before: list[int] = []
        """Of each node its ancestors, as bits."""
        for number in range(len(graph.nodes)):
            self._place(number)

    def _place(self, number: int) -> None:
        lane = self.graph.nodes[number].lane
        incoming = self.graph.forward_in[number]
        ancestors, rank = 0, 0
        across: tuple[int, int] | None = None
        for edge in incoming:
            source = self.graph.edges[edge].source
            ancestors |= self.before[source] | 1 << source
            straight = len(incoming) == 1 and self._may_run_straight(source, lane)
            needed = self.rank[source] + (0 if straight else 1)
            if needed > rank or (needed == rank and straight):
                rank, across = needed, (source, 1 if lane > self.graph.nodes[source].lane else -1)
                if not straight:
                    across = None
        while (lane, rank) in self.blocked or any(
            ancestors >> other & 1 for other in self.cells.get((lane, rank), ())
        ):
            rank, across = rank + 1, None
        if across:
            self._run_straight(across[0], number, across[1], rank)
        self.before.append(ancestors)
        self.rank.append(rank)
        self.cells.setdefault((lane, rank), []).append(number)

    def _between(self, source_lane: int, lane: int, rank: int) -> list[GridCell]:
        low, high = sorted((source_lane, lane))
        return [(other, rank) for other in range(low + 1, high)]

    def _may_run_straight(self, source: int, lane: int) -> bool:
        node, rank = self.graph.nodes[source], self.rank[source]
        if node.lane == lane or node.shape == "event":
            return False
        direction = 1 if lane > node.lane else -1
        target: GridCell = (lane, rank)
        return (
            (source, direction) not in self.straight
            and target not in self.blocked
            and not self.cells.get(target)
            and not any(self.cells.get(cell) for cell in self._between(node.lane, lane, rank))
        )

    def _run_straight(self, source: int, target: int, direction: int, rank: int) -> None:
        lanes = self.graph.nodes[source].lane, self.graph.nodes[target].lane
        self.blocked.update(self._between(*lanes, rank))
        self.straight |= {(source, direction), (target, -direction)}
        out, into = (OUTWARD, INWARD) if direction > 0 else (INWARD, OUTWARD)
        self.reserved[source, out] = target
        self.reserved[target, into] = source


def _sub_rows(graph: Graph, ranks: Sequence[int]) -> list[int]:
    """Siblings of one lane and rank stand side by side; a node keeps its predecessor's sub-row if it can."""
    rows: list[int] = []
    taken: set[tuple[int, int, int]] = set()
    for number, node in enumerate(graph.nodes):
        sources = (graph.edges[edge].source for edge in graph.forward_in[number])
        wished = [rows[source] for source in sources if graph.nodes[source].lane == node.lane]
        row = next(
            row
            for row in (*wished, *range(len(graph.nodes) + 1))
            if (node.lane, ranks[number], row) not in taken
        )
        rows.append(row)
        taken.add((node.lane, ranks[number], row))
    return rows


def grid_of(graph: Graph) -> Grid:
    """Give every node its place."""
    ranking = _Ranking(graph)
    subs = _sub_rows(graph, ranking.rank)
    centres: list[bool] = []
    lane_of: list[int] = []
    row_at: dict[tuple[int, int], int] = {}
    for lane in range(len(graph.lanes)):
        depth = max((subs[n] for n, node in enumerate(graph.nodes) if node.lane == lane), default=0) + 1
        for sub in range(depth):
            row_at[lane, sub] = len(centres) + 1
            centres += [False, True]
            lane_of += [lane, lane]
        centres.append(False)
        lane_of.append(lane)
    at = tuple(
        (2 * ranking.rank[number] + 1, row_at[node.lane, subs[number]])
        for number, node in enumerate(graph.nodes)
    )
    size = 2 * (max(ranking.rank) + 1) + 1, len(centres)
    return Grid(tuple(ranking.rank), at, size, tuple(centres), tuple(lane_of), ranking.reserved)
