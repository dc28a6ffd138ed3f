"""The geometry of a sparkline: a small line of the values with its target, drawn from a template.

Dozens stand on a page, so they are not made by the chart library. Coordinates are in a box of 160 × 40.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 160.0, 40.0, 4.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Paths in the box; the line is broken where values are missing."""

    line: str
    target: str
    x: float
    y: float
    """Where the newest value stands."""


def geometry(values: Sequence[tuple[float | None, float | None]]) -> Sparkline | None:
    """Paths of (value, target) pairs; None with fewer than two values."""
    shown = [value for value, _ in values if value is not None]
    if len(shown) < 2:
        return None
    scale = shown + [target for _, target in values if target is not None]
    low, high = min(scale), max(scale)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)

    def x(index: int) -> float:
        return round(MARGIN + index * step, 1)

    def y(value: float) -> float:
        return round(HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN), 1)

    last = max(index for index, (value, _) in enumerate(values) if value is not None)
    newest = values[last][0]
    return Sparkline(
        _path([(x(i), y(value)) if value is not None else None for i, (value, _) in enumerate(values)]),
        _path([(x(i), y(target)) if target is not None else None for i, (_, target) in enumerate(values)]),
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
