"""The geometry of a sparkline: a small line of the values with normal range and target, from a template.

Dozens stand on a page, so they are not made by the chart library. Coordinates are in a box of WIDTH × HEIGHT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

WIDTH, HEIGHT, MARGIN = 160, 40, 4.0
Across = Callable[[int], float]
Down = Callable[[float], float]


class Ranged(Protocol):
    """A period with its normal range, if it has one."""

    @property
    def segment(self) -> int:
        """Which stretch of the series it belongs to."""

    @property
    def lower(self) -> float | None:
        """Its lower end."""

    @property
    def upper(self) -> float | None:
        """Its upper end."""


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """One period; None is a gap, no target, no normal range."""

    value: float | None
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    segment: int = 1


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Paths in the box; the line is broken where values are missing."""

    width: int
    height: int
    line: str
    target: str
    band: str
    """The normal range, a closed shape a segment."""
    marks: str
    """Lines from top to bottom where something was changed."""
    x: float
    y: float
    """Where the newest value stands."""


def geometry(
    points: Sequence[SparkPoint], marks: Sequence[int] = (), axis: tuple[float, float] | None = None
) -> Sparkline | None:
    """The paths of a series; None with fewer than two values. `marks` are places of points with a line.

    `axis` has the ends of the value axis where several drawings share one.
    """
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return None
    low, high = axis or _scale(points)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(points) - 1)

    def x(index: int) -> float:
        return round(MARGIN + index * step, 1)

    def y(value: float) -> float:
        inside = min(max(value, low), high)
        return round(HEIGHT - MARGIN - (inside - low) / span * (HEIGHT - 2 * MARGIN), 1)

    def placed(numbers: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [(x(i), y(number)) if number is not None else None for i, number in enumerate(numbers)]

    last = max(index for index, point in enumerate(points) if point.value is not None)
    newest = points[last].value
    return Sparkline(
        width=WIDTH,
        height=HEIGHT,
        line=line_path(placed([point.value for point in points])),
        target=line_path(placed([point.target for point in points])),
        band="".join(band_paths(points, x, y)),
        marks="".join(f"M{x(place):g} 0V{HEIGHT}" for place in marks),
        x=x(last),
        y=y(newest) if newest is not None else 0.0,
    )


def _scale(points: Sequence[SparkPoint]) -> tuple[float, float]:
    """From the least to the greatest of what is drawn, as `usual_ends` has it."""
    drawn = [number for point in points for number in (point.value, point.target) if number is not None]
    drawn += usual_ends([(point.segment, point.lower, point.upper) for point in points])
    return min(drawn), max(drawn)


def usual_ends(ranges: Sequence[tuple[int, float | None, float | None]]) -> list[float]:
    """Ends of the normal ranges that a chart has to have room for; ranges are (segment, lower, upper).

    Those no wider than twice the median of their segment: a month with hardly any case has a range that would
    flatten all the others, and is drawn to the edge.
    """
    widths: dict[int, list[float]] = {}
    for segment, lower, upper in ranges:
        if lower is not None and upper is not None:
            widths.setdefault(segment, []).append(upper - lower)
    usual = {segment: sorted(own)[len(own) // 2] * 2 for segment, own in widths.items()}
    return [
        end
        for segment, lower, upper in ranges
        if lower is not None and upper is not None and upper - lower <= usual[segment]
        for end in (lower, upper)
    ]


def band_paths(points: Sequence[Ranged], x: Across, y: Down) -> Iterator[str]:
    """The normal range of each segment."""
    for segment in dict.fromkeys(point.segment for point in points):
        ends = [
            (x(place), y(point.lower), y(point.upper))
            for place, point in enumerate(points)
            if point.segment == segment and point.lower is not None and point.upper is not None
        ]
        if ends:
            yield _band_path(ends)


def _band_path(ends: Sequence[tuple[float, float, float]]) -> str:
    """The normal range of a segment, a closed shape: (x, lower, upper) from left to right, in steps."""
    left, right = ends[0][0], ends[-1][0]
    if all(end[1:] == ends[0][1:] for end in ends):
        return f"M{left:g} {ends[0][2]:g}H{right:g}V{ends[0][1]:g}H{left:g}Z"
    middles = [round((item[0] + other[0]) / 2, 1) for item, other in pairwise(ends)]
    upper = "".join(f"H{at:g}V{item[2]:g}" for at, item in zip(middles, ends[1:], strict=True))
    lower = "".join(
        f"H{at:g}V{item[1]:g}" for at, item in zip(reversed(middles), reversed(ends[:-1]), strict=True)
    )
    return f"M{left:g} {ends[0][2]:g}{upper}H{right:g}V{ends[-1][1]:g}{lower}H{left:g}Z"


def line_path(points: Sequence[tuple[float, float] | None]) -> str:
    """SVG path data with a new start after every gap; what runs level is said once."""
    parts: list[str] = []
    before: tuple[float, float] | None = None
    for point in points:
        if point is not None and before is None:
            parts.append(f"M{point[0]:g} {point[1]:g}")
        elif point is not None and before is not None and point[1] == before[1]:
            if parts[-1].startswith("H"):
                parts.pop()
            parts.append(f"H{point[0]:g}")
        elif point is not None:
            parts.append(f"L{point[0]:g} {point[1]:g}")
        before = point
    return "".join(parts)
