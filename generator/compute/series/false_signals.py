"""How many false signals are to be expected among so many charts, though nothing has changed anywhere.

Measured, not derived, because four rules are looked at together: the share of normal, independent series
whose newest value is marked, by their length (200,000 series each, seed 20250101; `bench/noise.py --rates`).
Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np

from generator.model.period import Frequency

LENGTHS = (6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 30, 36, 48, 60, 84, 120)
"""Values that the limits are made from."""
RATES = (
    0.0109,
    0.0132,
    0.0136,
    0.0137,
    0.0137,
    0.0137,
    0.0145,
    0.0141,
    0.0149,
    0.0157,
    0.0163,
    0.0157,
    0.0168,
    0.0169,
    0.0181,
    0.0178,
    0.0196,
    0.0193,
)
"""Limits from all values, the newest one included."""
FIXED = (
    0.1077,
    0.0942,
    0.0842,
    0.0761,
    0.0698,
    0.0653,
    0.0618,
    0.0548,
    0.0502,
    0.0468,
    0.0428,
    0.0401,
    0.0351,
    0.0322,
    0.0299,
    0.0276,
    0.0253,
    0.0246,
)
"""Limits that stand still, twelve values after the last one that they are made from: what is uncertain about
them stays, so short baselines cost false signals."""


def false_rate(count: int, fixed: bool = False) -> float:
    """Chance of a false signal at the newest value of a chart whose limits are made from so many values."""
    return float(np.interp(count, LENGTHS, FIXED if fixed else RATES))


RARE = 0.003
"""Charts of rare events: 24 to 120 periods with one in every third to tenth, 3,000 series each."""
MONTHS: Mapping[Frequency, float] = {
    "two-year": 24,
    "year": 12,
    "half": 6,
    "quarter": 3,
    "month": 1,
    "week": 12 * 7 / 365.25,
    "day": 12 / 365.25,
}


@dataclass(frozen=True, slots=True)
class ExpectedFalse:
    """What a list of signals brings by chance alone."""

    charts: int
    """Those with limits."""
    signals: float
    """False signals to be expected at their newest values."""
    in_review: float
    """The same in the course of a long review period, where every value is looked at when it comes."""


def expected_false(charts: Iterable[tuple[float, Frequency]], review: Frequency) -> ExpectedFalse:
    """The charts of a list together: (rate at the newest value, 0 without limits; how often values come)."""
    known = [(rate, MONTHS[review] / MONTHS[frequency]) for rate, frequency in charts if rate > 0]
    return ExpectedFalse(
        len(known), fsum(rate for rate, _ in known), fsum(rate * looks for rate, looks in known)
    )
