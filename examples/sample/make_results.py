"""Make the sample's results: invented figures with known truths in them, the same bytes every time.

The sample handbook has to show what the method can see, so its figures are drawn around levels that are
written down here, and `tests/unit/test_sample.py` holds the results to them:

- merging the approvals in East (12 May 2025) shortens the order cycle from about 25 to about 20 days while
  first-pass yield rises;
- automatic dispatch (4 August 2025) lifts its coverage and orders per head, at no cost to quality;
- the fast lane for requirements (1 September 2025) makes releases faster and doubles the defect rate:
  a gain at a cost;
- internal satisfaction never changes: whatever moves there is noise.

Run from the project's root: `python examples/sample/make_results.py [FOLDER]` (default: data/results).
Only the standard library is used, and only uniform draws of a seeded generator, which every Python makes
alike; figures are rounded before they are written.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

MONTHS = tuple(f"{2024 + (6 + n) // 12}-{(6 + n) % 12 + 1:02d}" for n in range(27))
QUARTERS = tuple(f"{2024 + (2 + n) // 4}-Q{(2 + n) % 4 + 1}" for n in range(9))

COLUMNS = ("period", "indicator", "pilot", "region", "value", "numerator", "denominator", "status", "note",
           "as_of", "version")  # fmt: skip

EAST = "lead-to-cash-east"
RELEASE = "requirement-release"
URGENT_COUNTED = "2026-04-01"
"""From this day urgent orders count in automatic dispatch coverage: the series breaks."""

Levels = Sequence[tuple[str, float]]
"""(first period, mean from there on), in order."""


@dataclass(frozen=True)
class Row:
    """A line of the results; a blank cell is an empty string."""

    period: str
    indicator: str
    pilot: str = ""
    region: str = ""
    value: str = ""
    numerator: str = ""
    denominator: str = ""
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


def counts(seed: int, mean: float) -> list[int]:
    """Cases a month; February is short and quiet (Spring Festival)."""
    plain = around(seed, [(MONTHS[0], mean)], 0.05 * mean)
    return [round(n * (0.75 if month.endswith("-02") else 1)) for month, n in zip(MONTHS, plain, strict=True)]


def share(percent: Sequence[float], cases: Sequence[int]) -> list[int]:
    """How many of the cases make up that per cent."""
    return [min(n, round(n * p / 100)) for p, n in zip(percent, cases, strict=True)]


def values(indicator: str, figures: Sequence[float], decimals: int, pilot: str = "", region: str = "",
           periods: Sequence[str] = MONTHS) -> list[Row]:  # fmt: skip
    """Rows that give the value itself."""
    return [
        Row(period, indicator, pilot, region, value=f"{figure:.{decimals}f}")
        for period, figure in zip(periods, figures, strict=True)
    ]


def ratios(indicator: str, part: Sequence[float], whole: Sequence[float], pilot: str = "", region: str = "",
           decimals: int = 0) -> list[Row]:  # fmt: skip
    """Rows that give numerator and denominator; the value follows from them."""
    return [
        Row(month, indicator, pilot, region, numerator=f"{a:.{decimals}f}", denominator=f"{b:.{decimals}f}")
        for month, a, b in zip(MONTHS, part, whole, strict=True)
    ]


def total(*parts: Sequence[int]) -> list[int]:
    """Period by period."""
    return [sum(column) for column in zip(*parts, strict=True)]


def marked(rows: list[Row], period: str, **cells: str) -> list[Row]:
    """The rows, those of one period with other cells."""
    return [replace(row, **cells) if row.period == period else row for row in rows]


def versioned(rows: list[Row], since: str) -> list[Row]:
    """Rows that follow the definition of that day carry it."""
    return [replace(row, version=since) if row.period >= since[:7] else row for row in rows]


# Orders a month in each region, and what happens to them.
EAST_ORDERS, SOUTH_ORDERS, NORTH_ORDERS = counts(101, 140), counts(102, 160), counts(103, 120)
ORDERS = total(EAST_ORDERS, SOUTH_ORDERS, NORTH_ORDERS)

# The change came into force on 12 May: that month is half old, half new.
EAST_CYCLE = around(203, [("2024-07", 25.0), ("2025-05", 22.6), ("2025-06", 20.1)], 0.75)
SOUTH_CYCLE = around(212, [("2024-07", 25.6)], 0.9)
NORTH_CYCLE = around(213, [("2024-07", 24.4)], 0.9)

EAST_PASSED = share(around(221, [("2024-07", 88.1), ("2025-05", 90.6), ("2025-06", 93.0)], 1.0), EAST_ORDERS)
SOUTH_PASSED = share(around(222, [("2024-07", 87.6)], 1.1), SOUTH_ORDERS)
NORTH_PASSED = share(around(223, [("2024-07", 88.4)], 1.1), NORTH_ORDERS)

EAST_PUNCTUAL = share(around(231, [("2024-07", 89.0), ("2025-06", 92.5)], 1.4), EAST_ORDERS)
SOUTH_PUNCTUAL = share(around(232, [("2024-07", 88.5)], 1.5), SOUTH_ORDERS)
NORTH_PUNCTUAL = share(around(233, [("2024-07", 90.0)], 1.5), NORTH_ORDERS)

# Requirements a month, and change items released with them.
PILOT_REQUIREMENTS, OTHER_REQUIREMENTS = counts(301, 62), counts(302, 75)
PILOT_REVIEWED = share(around(303, [("2024-07", 79.0)], 1.8), PILOT_REQUIREMENTS)
OTHER_REVIEWED = share(around(304, [("2024-07", 80.0)], 1.8), OTHER_REQUIREMENTS)
PILOT_ITEMS, OTHER_ITEMS = counts(311, 640), counts(312, 900)
PILOT_DEFECTS = share(around(313, [("2024-07", 2.1), ("2025-09", 4.1)], 0.28), PILOT_ITEMS)
OTHER_DEFECTS = share(around(314, [("2024-07", 2.3)], 0.25), OTHER_ITEMS)


def lead_to_cash() -> list[Row]:
    """The pilot in East."""
    due = around(251, [("2024-07", 960.0)], 55)
    paid = [d * p / 100 for d, p in zip(due, around(252, [("2024-07", 84.0)], 1.8), strict=True)]
    dispatched = around(261, [("2024-07", 34.0), ("2025-08", 70.0), ("2026-04", 63.0)], 2.2)
    urgent = [18 if month >= URGENT_COUNTED[:7] else 0 for month in MONTHS]
    to_dispatch = total(EAST_ORDERS, urgent)
    satisfaction = values("customer-satisfaction", around(241, [("2024-07", 4.42)], 0.05), 2, EAST)
    coverage = ratios("automatic-dispatch-coverage", share(dispatched, to_dispatch), to_dispatch, EAST)
    per_head = around(271, [("2024-07", 17.3), ("2025-08", 18.4)], 0.35)
    return [
        *values("order-cycle-time", EAST_CYCLE, 2, EAST),
        *ratios("first-pass-yield", EAST_PASSED, EAST_ORDERS, EAST),
        *ratios("on-time-delivery", EAST_PUNCTUAL, EAST_ORDERS, EAST),
        *ratios("collection-on-time", paid, due, EAST, decimals=1),
        *marked(satisfaction, "2025-02", value="", status="missing",
                note="春节期间未发问卷 / no survey over Spring Festival"),
        *values("orders-per-head", per_head, 2, EAST),
        *values("cost-per-order", around(281, [("2024-07", 386.0)], 6.0), 1, EAST),
        *versioned(coverage, URGENT_COUNTED),
    ]  # fmt: skip


def requirement_to_release() -> list[Row]:
    """The pilot in product and development."""
    lead_time = around(356, [("2024-07", 42.0), ("2025-09", 32.2)], 1.4)
    defects = ratios("release-defect-rate", PILOT_DEFECTS, PILOT_ITEMS, RELEASE)
    return [
        *values("requirement-lead-time", lead_time, 2, RELEASE),
        *marked(defects, MONTHS[-1], **_provisional()),
        *ratios("first-pass-yield", PILOT_REVIEWED, PILOT_REQUIREMENTS, RELEASE),
        *values("internal-satisfaction", around(347, [("2024-07", 4.05)], 0.09), 2, RELEASE),
    ]


def _provisional() -> dict[str, str]:
    return {
        "status": "provisional",
        "note": "三十天观察期未满 / still inside the thirty days",
        "as_of": "2026-10-08",
    }


def organisation() -> list[Row]:
    """The whole company; order cycle time and on-time delivery also by region."""
    cycle = [
        sum(days * orders for days, orders in month) / sum(orders for _, orders in month)
        for month in zip(
            zip(EAST_CYCLE, EAST_ORDERS, strict=True),
            zip(SOUTH_CYCLE, SOUTH_ORDERS, strict=True),
            zip(NORTH_CYCLE, NORTH_ORDERS, strict=True),
            strict=True,
        )
    ]
    requirements = total(PILOT_REQUIREMENTS, OTHER_REQUIREMENTS)
    items = total(PILOT_ITEMS, OTHER_ITEMS)
    passed = total(EAST_PASSED, SOUTH_PASSED, NORTH_PASSED, PILOT_REVIEWED, OTHER_REVIEWED)
    due = around(451, [("2024-07", 2850.0)], 120)
    paid = [d * p / 100 for d, p in zip(due, around(452, [("2024-07", 83.2)], 1.4), strict=True)]
    covered = share(around(461, [("2024-07", 31.0), ("2025-08", 43.5), ("2026-04", 40.0)], 1.6), ORDERS)
    cost = values("cost-per-order", around(481, [("2024-07", 389.0)], 5.0), 1)
    value_added = around(491, [(q, 11.9 + 0.11 * n) for n, q in enumerate(QUARTERS)], 0.16, QUARTERS)
    defects = ratios("release-defect-rate", total(PILOT_DEFECTS, OTHER_DEFECTS), items)
    return [
        *values("order-cycle-time", cycle, 2),
        *values("order-cycle-time", EAST_CYCLE, 2, region="east"),
        *values("order-cycle-time", SOUTH_CYCLE, 2, region="south"),
        *values("order-cycle-time", NORTH_CYCLE, 2, region="north"),
        *ratios("first-pass-yield", passed, total(ORDERS, requirements)),
        *ratios("on-time-delivery", total(EAST_PUNCTUAL, SOUTH_PUNCTUAL, NORTH_PUNCTUAL), ORDERS),
        *ratios("on-time-delivery", EAST_PUNCTUAL, EAST_ORDERS, region="east"),
        *ratios("on-time-delivery", SOUTH_PUNCTUAL, SOUTH_ORDERS, region="south"),
        *ratios("on-time-delivery", NORTH_PUNCTUAL, NORTH_ORDERS, region="north"),
        *ratios("collection-on-time", paid, due, decimals=1),
        *values("customer-satisfaction", around(441, [("2024-07", 4.40)], 0.035), 2),
        *values("orders-per-head", around(471, [("2024-07", 17.1), ("2025-08", 17.4)], 0.25), 2),
        *marked(cost, "2026-02", status="estimate",
                note="春节工时未结清，按上年比例估算 / hours not closed, estimated from last year's"),
        *versioned(ratios("automatic-dispatch-coverage", covered, ORDERS), URGENT_COUNTED),
        *values("requirement-lead-time", around(421, [("2024-07", 42.5), ("2025-09", 37.6)], 1.2), 2),
        *marked(defects, MONTHS[-1], **_provisional()),
        *values("internal-satisfaction", around(431, [("2024-07", 4.06)], 0.06), 2),
        *values("value-per-head", value_added, 2, periods=QUARTERS),
    ]  # fmt: skip


def write(path: Path, rows: list[Row]) -> None:
    """One file; a column that no row fills is left out."""
    needed = ("period", "indicator", "pilot", "value")
    columns = [name for name in COLUMNS if name in needed or any(getattr(row, name) for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows([getattr(row, name) for name in columns] for row in rows)


def make(folder: Path) -> None:
    """Write the three files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "lead-to-cash.csv", lead_to_cash())
    write(folder / "requirement-to-release.csv", requirement_to_release())
    write(folder / "organisation.csv", organisation())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/results"))
