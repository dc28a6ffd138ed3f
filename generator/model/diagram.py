"""Where the shapes and lines of a drawn process map lie, in pixels from its top left corner.

The layout makes it, the drawing and the BPMN export write it down: both show the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
"""x, y."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its extent to the right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its extent downwards."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box, room: float = 0) -> bool:
        """Whether the two come nearer than `room`; a negative room allows that much overlap."""
        return (
            self.left < other.right + room
            and self.right > other.left - room
            and self.top < other.bottom + room
            and self.bottom > other.top - room
        )

    def moved(self, dx: float, dy: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A step, gateway or event."""

    id: str
    box: Box
    """The shape itself; the words of an event stand under it."""
    rank: int
    """Its place along the flow, 0 first."""


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """A link between two nodes, horizontal and vertical pieces only."""

    source: str
    target: str
    back: bool
    """It leads to an earlier step."""
    points: tuple[Point, ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole map."""

    width: float
    height: float
    rows: bool
    """Lanes are rows and the flow runs to the right; else lanes are columns and it runs down."""
    lanes: tuple[Box, ...]
    """In the order of the process's lanes, without their heads."""
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]

    def node(self, id_: str) -> PlacedNode:
        """A node by its id."""
        return next(node for node in self.nodes if node.id == id_)
