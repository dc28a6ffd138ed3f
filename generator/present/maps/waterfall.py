"""A waterfall from the as-is to the to-be lead time: what each kind of change takes away or adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BAR_HEIGHT, BASELINE = 18, 13


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a drawing's places depend on, pixels."""

    width: float
    name: float
    """Where bars begin: behind their names, or at the edge where names stand above them."""
    row: float
    figure: float
    """Left free behind the longest bar."""
    bar: float
    """From the top of a row to its bar."""


WIDE = _Sheet(width=720, name=128, row=30, figure=118, bar=4)
NARROW = _Sheet(width=340, name=0, row=44, figure=0, bar=20)
"""For a phone: a bar's name and figure stand above it."""
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
    stacked: bool
    """Whether names and figures stand above the bars, the figures at the right edge."""
    bars: tuple[WaterfallBar, ...]
    steps: str
    """Path of the thin lines between bars."""


def waterfall(
    before: tuple[str, float, str],
    changes: Sequence[HoursChange],
    after: tuple[str, float, str],
    sheet: _Sheet = WIDE,
) -> Waterfall:
    """From one total through the changes to the other; totals are (name, hours, words)."""
    peak, level = before[1], before[1]
    for change in changes:
        level -= change.saved_h
        peak = max(peak, level)
    scale = (sheet.width - sheet.name - sheet.figure) / max(peak, after[1], 1e-9)
    placed = _Placing(sheet, scale)
    bars = [placed.bar("total", 0, 0, before[1], (before[0], before[2]))]
    path = []
    level = before[1]
    for place, change in enumerate(changes, 1):
        path.append(placed.down(place, level))
        low = min(level, level - change.saved_h)
        style = "saved" if change.saved_h >= 0 else "added"
        bars.append(placed.bar(style, place, low, abs(change.saved_h), (change.name, change.words)))
        level -= change.saved_h
    path.append(placed.down(len(changes) + 1, level))
    bars.append(placed.bar("total", len(changes) + 1, 0, after[1], (after[0], after[2])))
    height = sheet.row * len(bars) + 4
    return Waterfall(sheet.width, height, BAR_HEIGHT, not sheet.name, tuple(bars), "".join(path))


@dataclass(frozen=True, slots=True)
class _Placing:
    """Places bars and the lines between them; `scale` is pixels an hour."""

    sheet: _Sheet
    scale: float

    def bar(self, style: str, row: int, start: float, hours: float, told: tuple[str, str]) -> WaterfallBar:
        """A bar from `start`; `told` is its name and its figure."""
        sheet = self.sheet
        x, width = sheet.name + start * self.scale, max(hours * self.scale, 1.0)
        y = sheet.row * row + sheet.bar
        return WaterfallBar(
            style=style,
            y=y,
            x=round(x, 1),
            width=round(width, 1),
            name=told[0],
            words=told[1],
            words_x=round(x + width + 7, 1) if sheet.name else sheet.width,
            words_y=y + BASELINE if sheet.name else y - 6,
        )

    def down(self, row: int, level: float) -> str:
        """From a bar down to the one in a row, at a level of hours."""
        x, sheet = self.sheet.name + level * self.scale, self.sheet
        top, end = sheet.row * (row - 1) + sheet.bar + BAR_HEIGHT, sheet.row * row + sheet.bar
        return f"M{x:.1f} {top:g}V{end:g}"
