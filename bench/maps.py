"""How long a process map takes to lay out: the median over seeded random maps of three sizes.

    python bench/maps.py [--check]

The maps are those of the tests: chains with decisions, parallel branches and loops back in 2–8 lanes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.present.maps.layout import layout
from tests.unit.maps.random_maps import random_graph

BOUNDS = {14: 40.0, 40: 200.0, 120: 1500.0}
"""Milliseconds that --check allows at each number of steps."""
MAPS = 15


def measure(steps: int) -> tuple[float, float]:
    """Median and longest time in milliseconds."""
    times = []
    for seed in range(MAPS):
        graph = random_graph(seed, steps)
        start = perf_counter()
        layout(graph)
        times.append(1000 * (perf_counter() - start))
    return median(times), max(times)


def main() -> None:
    """Measure all sizes and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bound is missed")
    check = parser.parse_args().check
    measure(14)  # the first layout pays for imports and caches
    missed = []
    print(f"{'steps':>5} {'median ms':>10} {'longest ms':>11} {'bound ms':>9}")
    for steps, bound in BOUNDS.items():
        middle, longest = measure(steps)
        print(f"{steps:>5} {middle:>10.0f} {longest:>11.0f} {bound:>9.0f}")
        if middle > bound:
            missed.append(f"{steps} steps: {middle:.0f} ms")
    if check and missed:
        sys.exit("Missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
