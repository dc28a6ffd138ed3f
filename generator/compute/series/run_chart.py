"""The run chart's two questions: is one run too long, does the line cross its median too seldom?

Source: Anhøj & Olesen 2014, "Run charts revisited", as the R package qicharts2 applies it. The limits depend
on the number of useful points alone, so the rules hold for any distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import comb, log2
from statistics import median


@dataclass(frozen=True, slots=True)
class RunRules:
    """Longest run and number of crossings with their limits; `useful` points are those off the median."""

    useful: int
    longest: int
    longest_limit: int
    crossings: int
    crossings_limit: int

    @property
    def signal(self) -> bool:
        """A run longer than its limit, or fewer crossings than theirs."""
        return self.longest > self.longest_limit or self.crossings < self.crossings_limit


def run_limits(useful: int) -> tuple[int, int]:
    """The longest run and the fewest crossings that chance explains among `useful` points (≥ 1).

    round(log2 n) + 3, and the 5 % quantile of Binomial(n − 1, ½). ValueError below one point.
    """
    if useful < 1:
        raise ValueError("there are no limits without points")
    return _limits(useful)


@cache
def _limits(useful: int) -> tuple[int, int]:
    return round(log2(useful)) + 3, _binomial_quantile(useful - 1)


def _binomial_quantile(n: int) -> int:
    """The 5 % quantile of Binomial(n, ½), in whole numbers: the first k with 20 × P(X ≤ k) ≥ 1."""
    k, ways = 0, 1
    while 20 * ways < 2**n:
        k += 1
        ways += comb(n, k)
    return k


def run_rules(values: Sequence[float | None]) -> RunRules | None:
    """The rules for values in order of time; None where no value stands off the median."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    middle = median(known)
    sides = [value > middle for value in known if value != middle]
    if not sides:
        return None
    runs = [len(list(group)) for _, group in groupby(sides)]
    longest_limit, crossings_limit = run_limits(len(sides))
    return RunRules(len(sides), max(runs), longest_limit, len(runs) - 1, crossings_limit)
