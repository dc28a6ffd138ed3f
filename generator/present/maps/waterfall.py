"""A waterfall from the as-is to the to-be lead time: what each kind of change takes away or adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, NAME, ROW, FIGURE = 720.0, 128.0, 30.0, 118.0
BAR_HEIGHT, BASELINE = 18, 13
"""Of a bar, and from its top down to the baseline of its words."""


@dataclass(frozen=True, slots=True)
class HoursChange:
    """One bar between the totals: its name, hours saved (negative: added), and the words for them."""

    name: str
    saved_h: float
    words: str


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One bar with its words."""

    style: str
    """`total`, `saved` or `added`."""
    y: float
    x: float
    width: float
    name: str
    words: str
    words_x: float
    words_y: float
    """Baseline of name and words."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Everything the drawing's template needs."""

    width: float
    height: float
    bar_height: float
    bars: tuple[WaterfallBar, ...]
    steps: str
    """Path of the thin lines between bars."""


def waterfall(
    before: tuple[str, float, str], changes: Sequence[HoursChange], after: tuple[str, float, str]
) -> Waterfall:
    """From one total through the changes to the other; totals are (name, hours, words)."""
    peak, level = before[1], before[1]
    for change in changes:
        level -= change.saved_h
        peak = max(peak, level)
    scale = (WIDTH - NAME - FIGURE) / max(peak, after[1], 1e-9)
    bars = [_bar("total", 0, 0, before[1], scale=scale, name=before[0], words=before[2])]
    path = []
    level = before[1]
    for place, change in enumerate(changes, 1):
        path.append(_down(place, level, scale))
        low = min(level, level - change.saved_h)
        style = "saved" if change.saved_h >= 0 else "added"
        bars.append(
            _bar(style, place, low, abs(change.saved_h), scale=scale, name=change.name, words=change.words)
        )
        level -= change.saved_h
    path.append(_down(len(changes) + 1, level, scale))
    bars.append(_bar("total", len(changes) + 1, 0, after[1], scale=scale, name=after[0], words=after[2]))
    return Waterfall(WIDTH, ROW * len(bars) + 4, BAR_HEIGHT, tuple(bars), "".join(path))


def _bar(
    style: str, row: int, start: float, hours: float, scale: float, name: str, *, words: str
) -> WaterfallBar:
    x, width = NAME + start * scale, max(hours * scale, 1.0)
    y = ROW * row + 4
    return WaterfallBar(
        style=style,
        y=y,
        x=round(x, 1),
        width=round(width, 1),
        name=name,
        words=words,
        words_x=round(x + width + 7, 1),
        words_y=y + BASELINE,
    )


def _down(row: int, level: float, scale: float) -> str:
    x = NAME + level * scale
    return f"M{x:.1f} {ROW * (row - 1) + 4 + BAR_HEIGHT:g}V{ROW * row + 4:g}"
