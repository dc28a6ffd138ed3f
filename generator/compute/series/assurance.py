"""How often a process that goes on as it runs meets its target: a share, its bounds, and one of three words.

Told only of a process that is in control and has full limits; what is out of control has no next value that
could be foretold. Source: the computations page, section 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, sqrt
from statistics import fmean, median
from typing import Literal

from scipy.special import betaincinv, ndtr, stdtr

from generator.compute.series.attainment import Thresholds
from generator.model.comparing import Direction

Assurance = Literal["met", "hit-and-miss", "missed"]
"""In at least nine of ten periods, in at most one of ten, or between; by the bound, not by the best guess."""

OFTEN = 0.9
RECENT = 12
"""Periods whose median tells how many cases the next one will have."""
EFFICIENCY = 0.6
"""Degrees of freedom of a standard deviation from moving ranges, for each value after the first: its variance
is .826 σ² / n (Cryer and Ryan 1990)."""
SURE = 1.96
TAIL = 0.025
VAGUE = 0.5


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of coming periods that will meet the target, 0–1, with its 95 % bounds."""

    share: float
    low: float
    high: float
    cases: float | None = None
    """How many cases a coming period is taken to have; None where values do not depend on it."""

    @property
    def vague(self) -> bool:
        """Whether the interval spans more than half of all there is, which tells nothing."""
        return self.high - self.low > VAGUE

    @property
    def word(self) -> Assurance:
        """The word whose claim the whole interval bears out."""
        return "met" if self.low >= OFTEN else "missed" if self.high <= 1 - OFTEN else "hit-and-miss"


@dataclass(frozen=True, slots=True)
class StableProcess:
    """A process in control: what its limits rest on."""

    values: Sequence[float]
    """Those that the limits are made from."""
    weights: Sequence[float] | None
    """How many cases each of them stands for."""
    centre: float
    sigma: float
    """Of a value that stands for one case; 0 where all are equal."""
    autocorrelation: float = 0.0
    """0 where the values do not hang together."""


def chance_of(process: StableProcess, bar: Thresholds, direction: Direction | None) -> Chance | None:
    """The chance of the next period; None without a target or a direction.

    Of a series that is mostly one value, what was met is counted. Else the next value is taken as normal
    around the centre: Student's t with the centre's uncertainty for the share; its bounds from
    K = (centre − target) / σ ± 1.96 √(1/n + K²/2ν), ν = .6 (n − 1).
    """
    ends = _ends(process, bar, direction)
    if ends is None:
        return None
    low, high = ends
    if process.sigma == 0 or _mostly_one(process):
        return _counted(len(process.values), sum(low <= value <= high for value in process.values))
    cases = None if process.weights is None else median(process.weights[-RECENT:])
    spread = _spread(process) / sqrt(cases or 1.0)
    together = (1 - process.autocorrelation) / (1 + process.autocorrelation)
    n = (sum(process.weights) / cases if process.weights and cases else len(process.values)) * together
    free = EFFICIENCY * (len(process.values) - 1) * together
    short = _tail((process.centre - low) / spread, n, free)
    beyond = _tail((high - process.centre) / spread, n, free)
    return Chance(
        max(0.0, 1 - short[1] - beyond[1]),
        max(0.0, 1 - short[2] - beyond[2]),
        max(0.0, 1 - short[0] - beyond[0]),
        cases,
    )


def _ends(process: StableProcess, bar: Thresholds, direction: Direction | None) -> tuple[float, float] | None:
    """From where to where values meet the target; halves where only whole numbers occur."""
    if direction == "range":
        if bar.interval is None:
            return None
        low, high = bar.interval
    elif direction is None or bar.target is None:
        return None
    else:
        low, high = (bar.target, inf) if direction == "higher" else (-inf, bar.target)
    if process.weights is None and all(float(value).is_integer() for value in process.values):
        low = low if low == -inf else ceil(low) - 0.5
        high = high if high == inf else floor(high) + 0.5
    return low, high


def _mostly_one(process: StableProcess) -> bool:
    """Whether more than half of the values are the same one, as in counts that are nearly always 0.

    Nothing near a normal distribution has that, so what was met is counted.
    """
    return process.weights is None and max(Counter(process.values).values()) > len(process.values) / 2


def _counted(count: int, met: int) -> Chance:
    """What was met of all values: Laplace's share, with Clopper and Pearson's exact bounds."""
    low = float(betaincinv(met, count - met + 1, TAIL)) if met else 0.0
    high = float(betaincinv(met + 1, count - met, 1 - TAIL)) if met < count else 1.0
    return Chance((met + 1) / (count + 2), low, high)


def _spread(process: StableProcess) -> float:
    """σ from moving ranges; where values hang together these see too little, and the larger one counts."""
    if not process.autocorrelation:
        return process.sigma
    weights = process.weights or [1.0] * len(process.values)
    squares = [
        weight * (value - process.centre) ** 2 for value, weight in zip(process.values, weights, strict=True)
    ]
    return max(process.sigma, sqrt(fmean(squares)))


def _tail(distance: float, n: float, free: float) -> tuple[float, float, float]:
    """Chance of a value beyond an end that stands so many σ off: least, told, most."""
    if distance == inf:
        return 0.0, 0.0, 0.0
    wide = SURE * sqrt(1 / n + distance**2 / (2 * free))
    return (
        float(ndtr(-distance - wide)),
        float(stdtr(free, -distance / sqrt(1 + 1 / n))),
        float(ndtr(-distance + wide)),
    )
