"""Section 4 again: two sides of a change compared by Welch's test on effective numbers of periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import copysign, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from tests.recount.periods import Span, Years, following
from tests.recount.signals import seasonal
from tests.recount.standing import Told

LOOKS = (6, 12, 24)
APART = 4
LEVEL = 0.02
SOFT = ("estimate", "provisional")


@dataclass
class Side:
    """Periods on one side of a change."""

    points: list[Told]
    by_cases: bool
    factor: Fraction

    @classmethod
    def of(cls, points: Sequence[Told], ratio: bool, factor: Fraction) -> Side:
        """Weighed by denominators where all values of a ratio have one."""
        known = [one for one in points if one.value is not None]
        by_cases = ratio and bool(known) and all((one.denominator or 0) > 0 for one in known)
        return cls(list(points), by_cases, factor)

    def alike(self, other: Side) -> tuple[Side, Side]:
        """Both weighed, or neither."""
        both = self.by_cases and other.by_cases
        return Side(self.points, both, self.factor), Side(other.points, both, other.factor)

    def first(self, count: int) -> Side:
        """The first so many values, with the gaps between them."""
        last = self.known[count - 1].period.first
        return Side([one for one in self.points if one.period.first <= last], self.by_cases, self.factor)

    @cached_property
    def known(self) -> list[Told]:
        """Those with a value."""
        return [one for one in self.points if one.value is not None]

    @property
    def periods(self) -> list[Span]:
        """Of the values."""
        return [one.period for one in self.known]

    def at(self, period: Span) -> Told:
        """The value of a period."""
        return next(one for one in self.known if one.period == period)

    @property
    def missing(self) -> int:
        """Periods without a value."""
        return len(self.points) - len(self.known)

    @property
    def not_final(self) -> int:
        """Estimates and provisional values."""
        return sum(one.firmness in SOFT for one in self.known)

    @cached_property
    def mean(self) -> Fraction | None:
        """The mean; of a ratio all numerators over all denominators."""
        if not self.known:
            return None
        whole = sum((self.weight(one) for one in self.known), Fraction(0))
        return sum((self.weight(one) * (one.value or 0) for one in self.known), Fraction(0)) / whole

    def weight(self, one: Told) -> Fraction:
        """Cases that a value stands for."""
        return one.denominator if self.by_cases and one.denominator else Fraction(1)

    @property
    def count(self) -> float:
        """Kish's number of values, which is their number where all weigh the same."""
        weights = [float(self.weight(one)) for one in self.known]
        return sum(weights) ** 2 / sum(one * one for one in weights)

    def variance(self) -> float:
        """Of the mean."""
        mean, whole = self.mean or Fraction(0), sum(float(self.weight(one)) for one in self.known)
        shares = [float(self.weight(one)) / whole for one in self.known]
        away = [float((one.value or 0) - mean) for one in self.known]
        return sum(u * u * e * e / (1 - u) for u, e in zip(shares, away, strict=True))

    def away(self) -> list[float]:
        """Deviations of successive values from the mean, times the root of weights of mean 1."""
        mean = self.mean or Fraction(0)
        usual = sum(float(self.weight(one)) for one in self.known) / len(self.known)
        return [float((one.value or 0) - mean) * sqrt(float(self.weight(one)) / usual) for one in self.known]

    def deviation(self) -> float:
        """The standard deviation of the values, each alike."""
        values = [float(one.value or 0) for one in self.known]
        mean = sum(values) / len(values)
        return sqrt(sum((one - mean) ** 2 for one in values) / (len(values) - 1))

    def spread(self) -> float:
        """The standard deviation of the values, each weighed as in the mean."""
        if len(self.known) < 2:
            return 0.0
        mean, n = self.mean or Fraction(0), len(self.known)
        squares = sum((self.weight(one) * ((one.value or 0) - mean) ** 2 for one in self.known), Fraction(0))
        whole = sum((self.weight(one) for one in self.known), Fraction(0))
        return sqrt(squares / whole * n / (n - 1))


@dataclass
class Test:
    """The difference of two sides."""

    before: Side
    after: Side
    difference: float
    variance: float
    freedom: float
    p: float
    lag: float

    def interval(self, level: float) -> tuple[float, float]:
        """The two-sided interval of 1 − level."""
        half = float(stdtrit(self.freedom, 1 - level / 2)) * sqrt(self.variance) if self.variance else 0.0
        return self.difference - half, self.difference + half

    @property
    def guard_agrees(self) -> bool:
        """Whether least squares with a level step and a common trend bears the comparison out."""
        step, p = _step(self.before, self.after)
        if self.p >= LEVEL:
            return p >= 0.05
        same = copysign(1, step) == copysign(1, self.difference) and step != 0
        return same and (p < 0.05 or abs(step) >= abs(self.difference) / 2)


def compare(before: Side, after: Side) -> Test:
    """Both sides with two values or more."""
    n = len(before.known) + len(after.known)
    raw = _raw(before, after)
    tied = min(max(raw + (1 + 4 * raw) / n, 0.0), 0.9)
    difference = float((after.mean or 0) - (before.mean or 0))
    variance, freedom, p = _welch(before, after, difference, tied)
    return Test(
        before=before,
        after=after,
        difference=difference,
        variance=variance,
        freedom=freedom,
        p=p,
        lag=raw + 2 * (1 + 4 * raw) / n,
    )


def _welch(before: Side, after: Side, difference: float, tied: float) -> tuple[float, float, float]:
    spreads, freedoms = [], []
    for side in (before, after):
        count = max(min(2.0, side.count), side.count * (1 - tied) / (1 + tied))
        spreads.append(side.variance() * side.count / count)
        freedoms.append(max(count - 1, 1.0))
    whole = sum(spreads)
    if not whole:
        return 0.0, 1.0, float(difference == 0)
    freedom = whole**2 / sum(one**2 / free for one, free in zip(spreads, freedoms, strict=True))
    return whole, freedom, float(2 * stdtr(freedom, -abs(difference) / sqrt(whole)))


def _raw(before: Side, after: Side) -> float:
    aways = [before.away(), after.away()]
    bottom = sum(one * one for away in aways for one in away)
    top = sum(one * other for away in aways for one, other in pairwise(away))
    return top / bottom if bottom else 0.0


def together(test: Test) -> bool:
    """Whether neighbouring periods resemble each other by so much that the claim is in doubt."""
    n = len(test.before.known) + len(test.after.known)
    tied = min(max(test.lag + 0.5 / sqrt(n), 0.0), 0.9)
    return test.lag > 0.2 and _welch(test.before, test.after, test.difference, tied)[2] >= LEVEL


def _step(before: Side, after: Side) -> tuple[float, float]:
    """The level step beside a common trend, and its p value."""
    every = [*((before, one) for one in before.known), *((after, one) for one in after.known)]
    n = len(every)
    if n <= 3:
        return 0.0, 1.0
    weights = np.array([float(side.weight(one)) for side, one in every])
    root = np.sqrt(weights / weights.mean())
    values = np.array([float(one.value or 0) for _, one in every])
    design = np.column_stack([np.ones(n), np.arange(n), np.arange(n) >= len(before.known)])
    found, *_ = np.linalg.lstsq(design * root[:, None], values * root, rcond=None)
    rest = (values - design @ found) * root
    inverse = np.linalg.inv((design * root[:, None]).T @ (design * root[:, None]))
    error = sqrt(float(rest @ rest) / (n - 3) * float(inverse[2, 2]))
    step = float(found[2])
    if error <= 1e-9 * max(abs(step), 1e-300):
        return step, 0.0
    return step, float(2 * stdtr(n - 3, -abs(step / error)))


def seasonal_sides(before: Side, after: Side, starts: Years) -> bool:
    """Whether the same months of the years resemble each other beside the difference."""
    rest = {
        one.period: away
        for side in (before, after)
        for one, away in zip(side.known, side.away(), strict=True)
    }
    period, last, column = min(rest), max(rest), []
    while period.first <= last.first:
        column.append(rest.get(period))
        period = following(period, starts)
    return seasonal(column, last.often)
