"""The geometry of one change in one indicator: how far of the way to the target, from a template.

All rows of a page have one axis, from once backwards to one and a half times the way; what lies beyond stands
at the edge and is marked there. Coordinates are in a box of WIDTH × HEIGHT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WIDTH, HEIGHT, MARGIN = 250, 24, 7.0
FIRST, LAST = -1.0, 1.5
"""Shares of the way at the ends."""
MIDDLE, GUARDS = 9.0, 19.0
"""Where the indicator stands, and its guardrails below it."""
SIZES = {MIDDLE: 5.0, GUARDS: 3.2}
"""Half of a mark's side."""
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "improved": ((0, -1), (1.1, 0.9), (-1.1, 0.9)),
    "worse": ((0, 1), (1.1, -0.9), (-1.1, -0.9)),
    "unclear": (
        (0, -0.95),
        (0.67, -0.67),
        (0.95, 0),
        (0.67, 0.67),
        (0, 0.95),
        (-0.67, 0.67),
        (-0.95, 0),
        (-0.67, -0.67),
    ),
    "left": ((-1, 0), (0.8, -1), (0.8, 1)),
    "right": ((1, 0), (-0.8, -1), (-0.8, 1)),
}
AXIS, BASELINE = 14, 11.0
"""Height of the words over the rows, and where they stand."""
Outcome = Literal["improved", "worse", "unclear"]


@dataclass(frozen=True, slots=True)
class Reached:
    """A share of the way with its interval; 1 is the target."""

    share: float
    low: float
    high: float
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StripMark:
    """One mark in the box."""

    shape: str
    """Its outline, in place."""
    x: float
    y: float
    left: float
    right: float
    """Ends of its interval."""
    outcome: Outcome
    edge: Literal["", "left", "right"]
    """Where it lies beyond what is drawn."""


@dataclass(frozen=True, slots=True)
class ChangeStrip:
    """A row."""

    width: int
    height: int
    axis: int
    baseline: float
    start: float
    target: float
    own: StripMark | None
    guards: tuple[StripMark, ...]


def geometry(own: Reached | None, guards: Sequence[Reached] = ()) -> ChangeStrip:
    """The row of a change; without its own share the lines alone."""
    return ChangeStrip(
        width=WIDTH,
        height=HEIGHT,
        axis=AXIS,
        baseline=BASELINE,
        start=_x(0.0),
        target=_x(1.0),
        own=_mark(own, MIDDLE) if own else None,
        guards=tuple(_mark(guard, GUARDS) for guard in guards),
    )


def _mark(reached: Reached, y: float) -> StripMark:
    edge: Literal["", "left", "right"] = ""
    if not FIRST <= reached.share <= LAST:
        edge = "left" if reached.share < FIRST else "right"
    x, size = _x(reached.share), SIZES[y]
    outline = SHAPES[edge or reached.outcome]
    shape = "".join(
        f"{'L' if place else 'M'}{x + side * size:g} {y + down * size:g}"
        for place, (side, down) in enumerate(outline)
    )
    return StripMark(
        shape=f"{shape}Z",
        x=x,
        y=y,
        left=_x(reached.low),
        right=_x(reached.high),
        outcome=reached.outcome,
        edge=edge,
    )


def _x(share: float) -> float:
    inside = min(max(share, FIRST), LAST)
    return round(MARGIN + (inside - FIRST) / (LAST - FIRST) * (WIDTH - 2 * MARGIN), 1)
