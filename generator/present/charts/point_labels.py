"""Where the words of points stand in a square chart: beside their point, clear of lines and of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Spot = tuple[float, float]
"""x, y in pixels, from the top left corner of the plot."""
HIGH = 15.0
"""Height of a line of text, pixels."""
GAP = 4.0
STEPS = 60
"""Parts that a line is looked at in."""


@dataclass(frozen=True, slots=True)
class Around:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, spot: Spot, room: float = 0.0) -> bool:
        """Whether a spot lies in it or nearer than `room`."""
        x, y = spot
        return self.left - room < x < self.right + room and self.top - room < y < self.bottom + room

    def meets(self, other: Around) -> bool:
        """Whether two rectangles share anything."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.top < other.bottom
            and self.bottom > other.top
        )


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point with the width of its words."""

    spot: Spot
    radius: float
    width: float


def places(
    points: Sequence[Labelled],
    lines: Sequence[tuple[Spot, Spot]],
    taken: Sequence[Around],
    side: float,
) -> list[Around]:
    """The place of each point's words, one after the other wherever least is in the way."""
    found: list[Around] = []
    for number, point in enumerate(points):
        others = [other for place, other in enumerate(points) if place != number]

        def cost(box: Around, others: list[Labelled] = others) -> float:
            # Words may reach out to the right, where nothing is; on the other sides stand the axes.
            outside = sum(max(part, 0) for part in (-box.left, -box.top, box.bottom - side)) * 20
            return (
                outside
                + max(box.right - side, 0) * 0.2
                + sum(100 for one in (*found, *taken) if box.meets(one))
                + sum(80 for other in others if box.holds(other.spot, other.radius + 2))
                + sum(40 for line in lines if any(box.holds(spot, 1) for spot in _along(line)))
                + (2 if box.left < side / 2 < box.right else 0)
            )

        found.append(min(_around(point), key=cost))
    return found


def _around(point: Labelled) -> Iterator[Around]:
    """The eight places beside a point, the better read first."""
    (x, y), away = point.spot, point.radius + GAP
    lefts = {"right": x + away, "left": x - away - point.width, "middle": x - point.width / 2}
    tops = {"level": y - HIGH / 2, "above": y - away - HIGH, "below": y + away}
    for across, down in (
        ("right", "level"), ("left", "level"), ("middle", "above"), ("middle", "below"),
        ("right", "above"), ("left", "above"), ("right", "below"), ("left", "below"),
    ):  # fmt: skip
        left, top = lefts[across], tops[down]
        yield Around(left, top, left + point.width, top + HIGH)


def _along(line: tuple[Spot, Spot]) -> Iterator[Spot]:
    (x, y), (u, v) = line
    for step in range(STEPS + 1):
        share = step / STEPS
        yield x + (u - x) * share, y + (v - y) * share
