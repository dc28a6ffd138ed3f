"""What the layout is given: nodes with their sizes in lanes, and links between them, by number.

Written order is the truth: a link to an earlier node, or to itself, is a back link.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

NodeShape = Literal["step", "gateway", "mark", "event"]
"""step: a card; gateway: a diamond with its words inside; mark: a small diamond and event: a circle, both
with their words under them."""


@dataclass(frozen=True, slots=True)
class LayoutNode:
    """Something to be placed; sizes in pixels."""

    id: str
    lane: int
    shape: NodeShape
    width: float
    height: float
    words_width: float = 0
    words_height: float = 0
    """Room for the words under a mark or an event."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from one node to another, by their places in `Graph.nodes`."""

    source: int
    target: int
    label_width: float = 0
    label_height: float = 0
    """0: no label."""

    @property
    def back(self) -> bool:
        """It leads to an earlier node."""
        return self.target <= self.source


@dataclass(frozen=True)
class Graph:
    """A map to be laid out. Nodes stand in reading order."""

    lanes: tuple[float, ...]
    """The least width of each lane, for its head."""
    nodes: tuple[LayoutNode, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def forward_in(self) -> tuple[tuple[int, ...], ...]:
        """Of each node the forward links that reach it."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for number, edge in enumerate(self.edges):
            if not edge.back:
                found[edge.target].append(number)
        return tuple(map(tuple, found))
