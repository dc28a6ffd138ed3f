"""The geometry of a sparkline: a small line of the values with normal range and target, from a template.

Dozens stand on a page, so they are not made by the chart library. Coordinates are in a box of 160 × 40.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 160.0, 40.0, 4.0


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

    line: str
    target: str
    band: str
    """The normal range, a closed shape a segment."""
    x: float
    y: float
    """Where the newest value stands."""


def geometry(points: Sequence[SparkPoint]) -> Sparkline | None:
    """The paths of a series; None with fewer than two values."""
    values = [point.value for point in points if point.value is not None]
    if len(values) < 2:
        return None
    scale = [
        number
        for point in points
        for number in (point.value, point.target, point.lower, point.upper)
        if number is not None
    ]
    low, high = min(scale), max(scale)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(points) - 1)

    def x(index: int) -> float:
        return round(MARGIN + index * step, 1)

    def y(value: float) -> float:
        return round(HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN), 1)

    def placed(numbers: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [(x(i), y(number)) if number is not None else None for i, number in enumerate(numbers)]

    last = max(index for index, point in enumerate(points) if point.value is not None)
    newest = points[last].value
    bands = []
    for segment in dict.fromkeys(point.segment for point in points):
        inside = [i for i, point in enumerate(points) if point.segment == segment]
        ends = points[inside[0]]
        if ends.lower is not None and ends.upper is not None:
            left, right = x(inside[0]), x(inside[-1])
            bands.append(f"M{left:g} {y(ends.upper):g}H{right:g}V{y(ends.lower):g}H{left:g}Z")
    return Sparkline(
        _path(placed([point.value for point in points])),
        _path(placed([point.target for point in points])),
        "".join(bands),
        x(last),
        y(newest) if newest is not None else 0.0,
    )


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """SVG path data with a new start after every gap."""
    parts, pen_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if pen_down else 'M'}{point[0]:g} {point[1]:g}")
        pen_down = point is not None
    return "".join(parts)
