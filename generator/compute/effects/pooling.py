"""One effect out of several places: the random-effects mean of DerSimonian and Laird, with how places differ.

Source: DerSimonian and Laird 1986, Meta-analysis in clinical trials; the interval by Knapp and Hartung 2003,
never narrower than without their factor (Röver et al. 2015); the computations page, section 17.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from scipy.special import chdtrc, stdtrit

LEVEL_POOLED = 0.05
FEW = 5
"""Below so many places the spread between them is hardly known, and the page says so."""


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """The mean over places that differ, in the unit of the effects."""

    places: int
    mean: float
    error: float
    """Standard error of DerSimonian and Laird, 1/√Σw."""
    low: float
    high: float
    """95 % interval of Knapp and Hartung, on k − 1 degrees of freedom, never narrower than 1.0 of theirs."""
    q: float
    """Cochran's Q: how much the places differ beyond what their own noise explains."""
    q_p: float
    tau2: float
    """Variance between places."""
    i2: float
    """Share of the differences that noise does not explain, 0–1."""
    expected: tuple[float, float] | None
    """Where the effect in a further place lies, 95 %; None of fewer than three places."""

    @property
    def few(self) -> bool:
        """So few places that the differences between them are hardly known."""
        return self.places < FEW


def pooled_effect(effects: Sequence[float], errors: Sequence[float]) -> PooledEffect | None:
    """The mean of effects with their standard errors; None of fewer than two, or without noise in one."""
    count = len(effects)
    if count < 2 or min(errors) <= 0:
        return None
    weights = [1 / error**2 for error in errors]
    total = fsum(weights)
    fixed = fsum(w * y for w, y in zip(weights, effects, strict=True)) / total
    q = fsum(w * (y - fixed) ** 2 for w, y in zip(weights, effects, strict=True))
    scale = total - fsum(w * w for w in weights) / total
    tau2 = max(0.0, (q - (count - 1)) / scale)
    shares = [1 / (error**2 + tau2) for error in errors]
    whole = fsum(shares)
    mean = fsum(w * y for w, y in zip(shares, effects, strict=True)) / whole
    error = sqrt(1 / whole)
    factor = fsum(w * (y - mean) ** 2 for w, y in zip(shares, effects, strict=True)) / (count - 1)
    reach = float(stdtrit(count - 1, 1 - LEVEL_POOLED / 2)) * error * sqrt(max(1.0, factor))
    further = None
    if count > 2:
        wide = float(stdtrit(count - 2, 1 - LEVEL_POOLED / 2)) * sqrt(tau2 + error**2)
        further = (mean - wide, mean + wide)
    return PooledEffect(
        places=count,
        mean=mean,
        error=error,
        low=mean - reach,
        high=mean + reach,
        q=q,
        q_p=float(chdtrc(count - 1, q)),
        tau2=tau2,
        i2=max(0.0, (q - (count - 1)) / q) if q > 0 else 0.0,
        expected=further,
    )
