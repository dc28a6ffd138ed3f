"""How often a change is claimed that there was not, and how often one of two standard deviations is found.

Fixed seeds, so the table is the same everywhere. `python bench/effects.py` prints it: for each kind of
series and each number of periods before and after, the share of series in which any look up to then claims
an effect, the share in which the claim is firm (the guard agrees, the periods neither hang
together nor repeat by season), what looking every month at .05 would claim, and the power, of a claim and of
a firm one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.compute.effects.before_after import LEVEL, Tests, compare, guard_of, together_of
from generator.compute.effects.effect import LOOKS
from generator.compute.series.dependence import seasonal

ROWS, SHIFT = 4000, 2.0
KINDS = ("iid", "AR .3", "AR .6", "drift", "season")
"""Independent · lag-1 autocorrelation .3 and .6 · rising by .1 standard deviations a period · a yearly wave
of one standard deviation."""
Floats = NDArray[np.float64]


def noise(kind: str, rows: int, count: int, seed: int) -> Floats:
    """Rows of a kind of series without any effect, standard deviation 1 around its trend or wave."""
    random = np.random.default_rng(seed)
    rho = {"AR .3": 0.3, "AR .6": 0.6}.get(kind, 0.0)
    shocks = random.normal(size=(rows, count + 30))
    values = np.zeros_like(shocks)
    for step in range(1, count + 30):
        values[:, step] = rho * values[:, step - 1] + shocks[:, step] * np.sqrt(1 - rho**2)
    values = values[:, 30:]
    time = np.arange(count)
    if kind == "drift":
        values = values + 0.1 * time
    if kind == "season":
        values = values + np.sin(2 * np.pi * (time + random.integers(0, 12, size=(rows, 1))) / 12)
    return values


def claims(values: Floats, before: int, after: int) -> tuple[Floats, Floats]:
    """Whether any look so far claims an effect, and whether the claim of the last look that does is firm."""
    claimed = np.zeros(len(values), dtype=bool)
    firm = np.zeros(len(values), dtype=bool)
    for look in (look for look in LOOKS if look <= after):
        tests = compare(values[:, :before], values[:, before : before + look])
        found = tests.p < LEVEL
        claimed |= found
        firm |= found & sure(tests, values[:, :before], values[:, before : before + look])
    return claimed, firm


def sure(tests: Tests, before: Floats, after: Floats) -> NDArray[np.bool_]:
    """Whether nothing in the series itself makes a claim doubtful."""
    rest = np.hstack([part - part.mean(axis=1, keepdims=True) for part in (before, after)])
    agrees = np.array(guard_of(tests)) == "agrees"
    return np.asarray(agrees & ~together_of(tests) & ~seasonal(rest.T, ["month"] * len(rest)))


def monthly(values: Floats, before: int, after: int) -> Floats:
    """Whether anybody who looks every month from the fourth on at .05 has claimed an effect by now."""
    found = np.zeros(len(values), dtype=bool)
    for count in range(4, after + 1):
        found |= compare(values[:, :before], values[:, before : before + count]).p < 0.05
    return found


def shares(kind: str, size: int, rows: int = ROWS) -> tuple[float, float, float, float, float]:
    """False claims of the looks, firm ones, those of looking every month, the power and the firm power at
    this size."""
    values = noise(kind, rows, 2 * size, seed=1000 + size)
    claimed, firm = claims(values, size, size)
    moved = values.copy()
    moved[:, size:] += SHIFT
    tests = compare(moved[:, :size], moved[:, size:])
    found = tests.p < LEVEL
    surely = found & sure(tests, moved[:, :size], moved[:, size:])
    told = (claimed, firm, monthly(values, size, size), found, surely)
    return tuple(float(one.mean()) for one in told)  # type: ignore[return-value]


def main() -> None:
    """Print the table."""
    print(f"{'series':8}{'size':>7}{'claimed':>9}{'firm':>7}{'monthly at .05':>16}{'power':>7}{'firm':>7}")
    for kind in KINDS:
        for size in LOOKS:
            claimed, firm, often, power, surely = shares(kind, size)
            print(
                f"{kind:8}{f'{size}+{size}':>7}{claimed:9.3f}{firm:7.3f}{often:16.3f}{power:7.3f}{surely:7.3f}"
            )


if __name__ == "__main__":
    main()
