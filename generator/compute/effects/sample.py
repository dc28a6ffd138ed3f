"""One side of a change: the periods that count, their values, what they weigh and how firm they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generator.compute.effects.before_after import pooled
from generator.compute.series.values import SeriesPoint
from generator.model.exact import counted
from generator.model.period import Period

NOT_FINAL = ("estimate", "provisional")


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of periods in order of time; periods without one are kept as gaps."""

    periods: tuple[Period, ...] = ()
    values: tuple[float, ...] = ()
    weights: tuple[float, ...] | None = None
    """Denominators of a ratio, > 0; None where every period weighs alike."""
    uncertain: tuple[bool, ...] = ()
    """Whether each value is an estimate or provisional."""
    gaps: tuple[Period, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def first(self, count: int) -> Sample:
        """The first so many values (≥ 1), with the gaps between them; what came after them does not count."""
        if count > len(self.values):
            return self
        last = self.periods[count - 1]
        return Sample(
            self.periods[:count],
            self.values[:count],
            self.weights[:count] if self.weights else None,
            self.uncertain[:count],
            tuple(gap for gap in self.gaps if gap < last),
        )

    @property
    def row(self) -> NDArray[np.float64]:
        """The values in the shape (1, n)."""
        return np.array([self.values], dtype=float)

    @property
    def weighed(self) -> NDArray[np.float64]:
        """The weights in the shape (1, n), 1 each where all weigh alike."""
        return np.array([self.weights or (1.0,) * len(self.values)], dtype=float)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a change: number of values, and their mean (of ratios Σnumerators / Σdenominators)."""

    n: int
    mean: float | None
    uncertain: int = 0
    """Values that are estimates or provisional."""
    missing: int = 0
    """Periods without a value."""


def sample_of(points: Iterable[SeriesPoint], ratio: bool) -> Sample:
    """The sample of some points; of a ratio its denominators weigh, where all of them are known and above
    0."""
    every = tuple(points)
    known = tuple(point for point in every if point.value is not None)
    weights = tuple(point.denominator for point in known if point.denominator and point.denominator > 0)
    return Sample(
        tuple(point.period for point in known),
        tuple(point.value for point in known if point.value is not None),
        weights if ratio and known and len(weights) == len(known) else None,
        tuple(point.status in NOT_FINAL for point in known),
        tuple(point.period for point in every if point.value is None),
    )


def alike(before: Sample, after: Sample) -> tuple[Sample, Sample]:
    """Both sides weighed, or neither: denominators that are not known on one side serve on neither."""
    if (before.weights is None) == (after.weights is None):
        return before, after
    return replace(before, weights=None), replace(after, weights=None)


def half_of(sample: Sample) -> Half:
    """A side in short."""
    mean = float(pooled(sample.row, sample.weighed)[0]) if sample else None
    return Half(len(sample), mean, counted(sample.uncertain), len(sample.gaps))
