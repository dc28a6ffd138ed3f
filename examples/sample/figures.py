"""Draws and rows for the sample's results: the same figures on every machine.

Only the standard library is used, and only uniform draws of a seeded generator, which every Python makes
alike; figures are rounded before they are written.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

MONTHS = tuple(f"{2024 + (6 + n) // 12}-{(6 + n) % 12 + 1:02d}" for n in range(27))
QUARTERS = tuple(f"{2024 + (2 + n) // 4}-Q{(2 + n) % 4 + 1}" for n in range(9))
WEEKS = tuple(f"2026-W{n:02d}" for n in range(1, 40))
WORKDAYS = tuple(
    str(day)
    for n in range((date(2025, 9, 30) - date(2025, 1, 6)).days + 1)
    if (day := date(2025, 1, 6) + timedelta(n)).weekday() < 5
)
"""Monday to Friday, while system log-ins were counted by the day."""

COLUMNS = ("period", "indicator", "pilot", "region", "segment", "value", "numerator", "denominator", "n",
           "target", "status", "note", "as_of", "version")  # fmt: skip

Levels = Sequence[tuple[str, float]]
"""(first period, mean from there on), in order."""


@dataclass(frozen=True)
class Row:
    """A line of the results; a blank cell is an empty string."""

    period: str
    indicator: str
    pilot: str = ""
    region: str = ""
    segment: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    n: str = ""
    target: str = ""
    status: str = "actual"
    note: str = ""
    as_of: str = ""
    version: str = ""


def normal(draw: random.Random) -> float:
    """A nearly normal figure, mean 0 and standard deviation 1: twelve uniform draws, less six.

    No logarithm and no cosine, whose last digit may differ between platforms.
    """
    return sum(draw.random() for _ in range(12)) - 6


def around(seed: int, levels: Levels, sd: float, periods: Sequence[str] = MONTHS) -> list[float]:
    """A figure a period, scattered by `sd` around the level that holds there."""
    draw = random.Random(seed)
    figures = []
    for period in periods:
        mean = [level for first, level in levels if first <= period][-1]
        figures.append(mean + sd * normal(draw))
    return figures


def following(seed: int, leader: Sequence[float], mean: float, sd: float, share: float = 0.9) -> list[float]:
    """A figure that moves a period after another one: `share` of its scatter is the leader's of before."""
    draw = random.Random(seed)
    middle = sum(leader) / len(leader)
    spread = (sum((one - middle) ** 2 for one in leader) / len(leader)) ** 0.5
    before = [middle, *leader[:-1]]
    own = (1 - share * share) ** 0.5
    return [mean + sd * (share * (one - middle) / spread + own * normal(draw)) for one in before]


def counts(seed: int, mean: float) -> list[int]:
    """Cases a month; February is short and quiet (Spring Festival)."""
    plain = around(seed, [(MONTHS[0], mean)], 0.05 * mean)
    return [round(n * (0.75 if month.endswith("-02") else 1)) for month, n in zip(MONTHS, plain, strict=True)]


def share(percent: Sequence[float], cases: Sequence[int]) -> list[int]:
    """How many of the cases make up that per cent."""
    return [min(n, round(n * p / 100)) for p, n in zip(percent, cases, strict=True)]


def total(*parts: Sequence[int]) -> list[int]:
    """Period by period."""
    return [sum(column) for column in zip(*parts, strict=True)]


def values(indicator: str, figures: Sequence[float], decimals: int, pilot: str = "", region: str = "",
           periods: Sequence[str] = MONTHS) -> list[Row]:  # fmt: skip
    """Rows that give the value itself."""
    return [
        Row(period, indicator, pilot, region, value=f"{figure:.{decimals}f}")
        for period, figure in zip(periods, figures, strict=True)
    ]


def ratios(indicator: str, part: Sequence[float], whole: Sequence[float], pilot: str = "", region: str = "",
           decimals: int = 0, periods: Sequence[str] = MONTHS, segment: str = "") -> list[Row]:  # fmt: skip
    """Rows that give numerator and denominator; the value follows from them."""
    return [
        Row(period, indicator, pilot, region, segment,
            numerator=f"{a:.{decimals}f}", denominator=f"{b:.{decimals}f}")
        for period, a, b in zip(periods, part, whole, strict=True)
    ]  # fmt: skip


def marked(rows: list[Row], period: str, **cells: str) -> list[Row]:
    """The rows, those of one period with other cells."""
    return [replace(row, **cells) if row.period == period else row for row in rows]


def versioned(rows: list[Row], since: str) -> list[Row]:
    """Rows that follow the definition of that day carry it."""
    return [replace(row, version=since) if row.period >= since[:7] else row for row in rows]


def aimed(rows: list[Row], targets: Sequence[float], decimals: int) -> list[Row]:
    """Rows that bring their own target, as a budget does."""
    return [replace(row, target=f"{t:.{decimals}f}") for row, t in zip(rows, targets, strict=True)]


def write(path: Path, rows: list[Row]) -> None:
    """One file; a column that no row fills is left out."""
    needed = ("period", "indicator", "pilot", "value")
    columns = [name for name in COLUMNS if name in needed or any(getattr(row, name) for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows([getattr(row, name) for name in columns] for row in rows)
