"""What charts cost: 200 control charts drawn cold, and the same 200 from the cache.

    python bench/charts.py [COUNT] [--check]

Cold makes every specification, draws it in worker processes and keeps it; warm makes every specification and
finds its drawing. The share of vl-convert is what drawing alone takes in one process, against cold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from generator.compute.series.spc import SegmentValues, control_charts
from generator.present.charts.draw import Drawings, draw
from generator.present.charts.trend import Trend, TrendPoint, specification
from generator.present.page import Page, Section

MOST_WARM = 0.02
"""Bound of --check: warm against cold, by the clock."""
PERIODS = 24


def trends(count: int) -> list[Trend]:
    """Invented series with their control limits; the same at every run."""
    dice = random.Random(20250101)
    values: list[list[float | None]] = [
        [round(dice.gauss(20 + number % 7, 1.5), 2) for _ in range(PERIODS)] for number in range(count)
    ]
    made = []
    for segment, series in zip(control_charts([SegmentValues(one) for one in values]), values, strict=True):
        points = tuple(
            TrendPoint(
                f"{place:02}", f"{place}", value, 22.0,
                centre=segment.centre, lower=segment.lower[place], upper=segment.upper[place],
            )
            for place, value in enumerate(series)
        )  # fmt: skip
        made.append(Trend(points, (), "天", "目标 22", f"{series[-1]}"))
    return made


def build(every: list[Trend], cache: Path) -> float:
    """Seconds to place and fill all charts on pages of four."""
    started = time.perf_counter()
    drawings = Drawings(cache)
    pages = []
    for first in range(0, len(every), 4):
        marks = "".join(
            drawings.place(specification(trend), f"c{first + place}", "走势", "说明")[0]
            for place, trend in enumerate(every[first : first + 4])
        )
        pages.append(Page(f"p/{first}.md", "x", "zh", "p", (Section("top", 1, "", marks),)))
    drawings.fill(pages)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print; --check ends with 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("--check", action="store_true", help="exit with 1 when the bound is missed")
    arguments = parser.parse_args()
    every = trends(arguments.count)
    specification(every[0])  # the template is built once a run, cold and warm alike
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        cold = build(every, Path(folder))
        warm = min(build(every, Path(folder)) for _ in range(3))
    few = [json.dumps(specification(trend)) for trend in every[:20]]
    draw(few[0])
    started = time.perf_counter()
    for spec in few:
        draw(spec)
    each = (time.perf_counter() - started) / len(few)
    workers = min(os.cpu_count() or 1, 8)
    print(f"{arguments.count} charts: cold {cold:.2f} s, warm {warm:.3f} s ({warm / cold:.2%} of cold)")
    print(
        f"vl-convert: {each * 1000:.0f} ms a chart in one process, "
        f"{each * arguments.count / workers / cold:.0%} of cold over {workers} processes"
    )
    if arguments.check and warm > MOST_WARM * cold:
        sys.exit(f"Missed: warm takes {warm / cold:.2%} of cold")


if __name__ == "__main__":
    main()
