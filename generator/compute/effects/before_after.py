"""Two samples compared: difference of (pooled) means, its interval, and a regression with a trend as guard.

Source: the computations page, section 4. Welch's test on effective numbers of points: neighbouring periods
resemble each other, and a period with few cases tells less than one with many. Everything is reckoned for
many pairs of samples at once; a weight is a denominator, and nothing needs to be a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from generator.compute.series.arrays import Floats

LEVEL = 0.02
"""Of each look at a change. Three looks (after 6, 12, 24 periods) claim falsely in 3–4 % of stable series
together; at .05 each they would in 9 %."""
TOGETHER = 0.2
"""Lag-1 autocorrelation (`lag_of`) above which the effective numbers of points may not hold the level."""
MARGIN = 0.5
"""Standard errors 1/√N by which it may be larger than it looks."""
GUARD_LEVEL = 0.05
"""Of the guard's step, and two-sided of a guardrail's interval."""

ComparisonGuard = Literal["agrees", "disagrees"]
Weights = tuple[Floats, Floats] | None


@dataclass(frozen=True, slots=True)
class Tests:
    """The test for many pairs of samples at once; every array is one figure a pair."""

    difference: Floats
    low: Floats
    high: Floats
    p: Floats
    variance: Floats
    """Of the difference."""
    freedom: Floats
    """Degrees of freedom of the difference."""
    step: Floats
    """The guard's level step beside a common trend."""
    step_p: Floats
    lag: Floats
    """How much neighbouring periods resemble each other beside the difference: see `lag_of`."""
    strict_p: Floats
    """p were they to resemble each other by `MARGIN` standard errors more than that."""

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """The two-sided interval of 1 − level."""
        reach = stdtrit(self.freedom, 1 - level / 2) * np.sqrt(self.variance)
        return self.difference - reach, self.difference + reach


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of every pair: pooled means, their variance were the points independent, effective numbers."""

    mean: Floats
    variance: Floats
    count: Floats
    """Kish's (Σw)²/Σw²; the number of points where all weigh alike."""
    residual: Floats
    """Deviations from the mean, each times the root of its weight (weights of mean 1)."""


def pooled(values: Floats, weights: Floats | None) -> Floats:
    """Σwx/Σw along the last axis; of ratios weighed by denominators that is Σnumerators/Σdenominators."""
    if weights is None:
        plain: Floats = values.mean(axis=-1)
        return plain
    weighed: Floats = (values * weights).sum(axis=-1) / weights.sum(axis=-1)
    return weighed


def _side(values: Floats, weights: Floats | None) -> _Side:
    n = values.shape[1]
    mean = pooled(values, weights)
    residual = values - mean[:, None]
    if weights is None:
        return _Side(mean, values.var(axis=1, ddof=1) / n, np.full(len(values), float(n)), residual)
    share = weights / weights.sum(axis=1, keepdims=True)
    # Right under either cause of variation, few cases in a period or true differences between periods; with
    # equal weights it is the plain variance of a mean.
    variance = (share**2 * residual**2 / np.maximum(1 - share, 1e-12)).sum(axis=1)
    return _Side(mean, variance, 1 / (share**2).sum(axis=1), residual * np.sqrt(share * n))


def effective(before: Floats, after: Floats) -> Floats:
    """Share of the points that count as independent: (1 − ρ)/(1 + ρ), one figure a pair.

    ρ = pooled lag-1 autocorrelation of the residuals + (1 + 4ρ)/N, clipped to [0, 0.9]. Arrays of shape
    (pairs, n), residuals of each side.
    """
    raw = _raw_lag(before, after)
    rho = np.clip(raw + (1 + 4 * raw) / (before.shape[1] + after.shape[1]), 0, 0.9)
    share: Floats = (1 - rho) / (1 + rho)
    return share


def lag_of(before: Floats, after: Floats) -> Floats:
    """Lag-1 autocorrelation of the residuals of both sides, r + 2(1 + 4r)/N; one figure a pair.

    Each side has given up its own mean, which makes r too small by about (1 + 4r) over the length of a side
    (Marriott and Pope 1954). `effective` corrects by half as much, so as not to lose what is there; how sure
    a claim is asks for all of it.
    """
    raw = _raw_lag(before, after)
    lag: Floats = raw + 2 * (1 + 4 * raw) / (before.shape[1] + after.shape[1])
    return lag


def _raw_lag(before: Floats, after: Floats) -> Floats:
    above = sum((part[:, 1:] * part[:, :-1]).sum(axis=1) for part in (before, after))
    below = sum((part**2).sum(axis=1) for part in (before, after))
    raw: Floats = np.divide(above, below, out=np.zeros(len(before)), where=np.asarray(below) > 0)
    return raw


def compare(before: Floats, after: Floats, weights: Weights = None) -> Tests:
    """Test pairs of samples, shapes (pairs, n before) and (pairs, n after), both n ≥ 2.

    `weights` are > 0 and shaped as the samples. Two sides without any variation differ for certain or not at
    all: their interval is a point.
    """
    own = weights or (None, None)
    sides = [_side(values, side) for values, side in zip((before, after), own, strict=True)]
    share = effective(sides[0].residual, sides[1].residual)
    difference = sides[1].mean - sides[0].mean
    variance, freedom, p = _welch(sides, share)
    reach = stdtrit(freedom, 1 - LEVEL / 2) * np.sqrt(variance)
    step, step_p = _guard(before, after, weights)
    lag = lag_of(sides[0].residual, sides[1].residual)
    rho = np.clip(lag + MARGIN / np.sqrt(before.shape[1] + after.shape[1]), 0, 0.9)
    strict_p = _welch(sides, (1 - rho) / (1 + rho))[2]
    return Tests(
        difference=difference,
        low=difference - reach,
        high=difference + reach,
        p=p,
        variance=variance,
        freedom=freedom,
        step=step,
        step_p=step_p,
        lag=lag,
        strict_p=strict_p,
    )


def _welch(sides: Sequence[_Side], share: Floats) -> tuple[Floats, Floats, Floats]:
    """Variance of the difference, degrees of freedom, p; `share` of the points counts as independent."""
    counts = [np.maximum(np.minimum(2, side.count), side.count * share) for side in sides]
    parts = [side.variance * side.count / count for side, count in zip(sides, counts, strict=True)]
    difference = sides[1].mean - sides[0].mean
    variance = parts[0] + parts[1]
    spread = np.sqrt(variance)
    below = sum(part**2 / np.maximum(count - 1, 1) for part, count in zip(parts, counts, strict=True))
    freedom = np.divide(variance**2, below, out=np.ones(len(variance)), where=np.asarray(below) > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stdtr(freedom, -np.abs(difference / spread))
    return variance, freedom, np.where(spread > 0, p, (difference == 0).astype(float))


def _guard(before: Floats, after: Floats, weights: Weights) -> tuple[Floats, Floats]:
    """The level step of (weighted) least squares with a common linear trend, and its p value; one a pair."""
    values = np.concatenate([before, after], axis=1)
    n = values.shape[1]
    design = np.column_stack([np.ones(n), np.arange(n), np.arange(n) >= before.shape[1]])
    if n <= design.shape[1]:
        return np.zeros(len(values)), np.ones(len(values))
    if weights is None:
        inverse = np.linalg.pinv(design)
        fitted = values @ inverse.T
        squares = ((values - fitted @ design.T) ** 2).sum(axis=1)
        unit = np.full(len(values), (inverse @ inverse.T)[2, 2])
    else:
        weigh = np.concatenate(weights, axis=1)
        weigh = weigh / weigh.mean(axis=1, keepdims=True)
        normal = np.linalg.pinv(np.einsum("pn,ni,nj->pij", weigh, design, design))
        fitted = np.einsum("pij,nj,pn->pi", normal, design, weigh * values)
        squares = (weigh * (values - fitted @ design.T) ** 2).sum(axis=1)
        unit = normal[:, 2, 2]
    error = np.sqrt(squares / (n - design.shape[1]) * unit)
    step = fitted[:, 2]
    # What floating point leaves over from a perfect fit is no error to divide by.
    known = error > 1e-9 * np.maximum(np.abs(step), 1e-300)
    t = np.divide(step, error, out=np.full(len(step), np.inf), where=known)
    return step, 2 * stdtr(n - design.shape[1], -np.abs(t))


def together_of(tests: Tests) -> NDArray[np.bool_]:
    """Whether neighbouring periods resemble each other by so much that a claim may come of it; one a pair.

    Few points tell little of how much they hang together, so the effective numbers are too large where they
    do. A difference that is significant all the same with sterner ones is not in doubt for it.
    """
    return np.asarray((tests.lag > TOGETHER) & (tests.strict_p >= LEVEL), dtype=np.bool_)


def guard_of(tests: Tests) -> tuple[ComparisonGuard, ...]:
    """Whether the regression with a trend agrees with the plain comparison.

    A claimed difference must stay when a common trend is allowed for: the step keeps its sign, and is either
    significant itself or at least half the difference (in short series step and trend are hard to tell
    apart, and that alone is no reason for doubt). Where nothing is claimed, a significant step disagrees.
    """
    claimed = tests.p < LEVEL
    stays = (np.sign(tests.step) == np.sign(tests.difference)) & (
        (tests.step_p < GUARD_LEVEL) | (np.abs(tests.step) >= np.abs(tests.difference) / 2)
    )
    agrees = np.where(claimed, stays, tests.step_p >= GUARD_LEVEL)
    return tuple("agrees" if agree else "disagrees" for agree in agrees)
