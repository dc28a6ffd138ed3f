"""Section 3 again, rare events: the g chart of the periods from one event to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise
from statistics import median
from typing import Any

from tests.recount.standing import Told

TAIL = 0.00135
STRENGTH = ("none", "shift", "two-of-three", "trend", "outside")


def is_rare(points: Sequence[Told], indicator: Mapping[str, Any]) -> bool:
    """Whether a segment gets such a chart: the indicator asks for it, and its values are counts."""
    counts = all(one.value is None or (one.value >= 0 and one.value.denominator == 1) for one in points)
    return indicator.get("chart") == "rare" and indicator.get("rollup") != "ratio" and counts


@dataclass
class RareChart:
    """The pauses of one segment: (place of the period that ends it, length, whether it still runs)."""

    points: Sequence[Told]
    fixed: int | None

    @cached_property
    def pauses(self) -> list[tuple[int, int, bool]]:
        """In order of time."""
        events = [place for place, one in enumerate(self.points) for _ in range(int(one.value or 0))]
        made = [(two, two - one, False) for one, two in pairwise(events)]
        end = len(self.points) - 1
        return [*made, (end, end - events[-1], True)] if events and events[-1] < end else made

    @cached_property
    def base(self) -> list[int]:
        """Whole pauses that the limits are made from."""
        return [length for _, length, running in self.pauses if not running][: self.fixed]

    @property
    def limited(self) -> bool:
        """Whether there are limits."""
        return len(self.base) >= 6 and any(self.base)

    @property
    def basis(self) -> str:
        """How firm they are."""
        return "too-few" if not self.limited else "full" if len(self.base) >= 12 else "trial"

    @property
    def centre(self) -> float:
        """The mean pause."""
        return sum(self.base) / len(self.base)

    @cached_property
    def ends(self) -> tuple[int, int]:
        """By trying: the greatest k with 1 − q^k ≤ .00135, and the least with q^(k+1) ≤ .00135."""
        q = self.centre / (1 + self.centre)
        low = next(k for k in count() if 1 - q ** (k + 1) > TAIL)
        return low, next(k for k in count() if q ** (k + 1) <= TAIL)

    def by_period(self) -> tuple[list[int | None], list[tuple[str, str | None]]]:
        """The pause that each period ended, the longest, and the mark of each period."""
        told: list[int | None] = [None] * len(self.points)
        marks: list[tuple[str, str | None]] = [("none", None)] * len(self.points)
        for (place, length, _), mark in zip(self.pauses, self._marks(), strict=True):
            told[place] = max(told[place] or 0, length)
            if STRENGTH.index(mark[0]) >= STRENGTH.index(marks[place][0]):
                marks[place] = mark
        for place, length, _ in self.pauses if self.limited else ():
            for between in range(place - length + self.ends[1] + 1, place):
                marks[between] = ("outside", "high")
        return told, marks

    def _marks(self) -> list[tuple[str, str | None]]:
        marks: list[tuple[str, str | None]] = [("none", None)] * len(self.pauses)
        if not self.limited:
            return marks
        middle, sides = median(self.base), []
        for _, length, running in self.pauses:
            side = (length > middle) - (length < middle)
            sides.append(0 if running and side < 0 else side)
        for first in range(len(sides) - 6):
            if abs(sum(sides[first : first + 7])) == 7:
                marks[first : first + 7] = [("shift", "high" if sides[first] > 0 else "low")] * 7
        for place, (_, length, running) in enumerate(self.pauses):
            if length > self.ends[1]:
                marks[place] = ("outside", "high")
            elif length < self.ends[0] and not running:
                marks[place] = ("outside", "low")
        return marks
