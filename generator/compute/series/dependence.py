"""Whether the values of a segment hang together: from one period to the next, or by the season.

A control chart takes the periods for independent of each other. Where they are not, its limits are too narrow
and its runs come by themselves, so its signals are less sure. Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import fdtrc

from generator.compute.series.arrays import Floats
from generator.compute.series.spc import Flags
from generator.model.period import Frequency

TOGETHER = 0.3
"""Autocorrelation of neighbours above which the signals are called less sure."""
CHANCE = 1.645
"""In short series it must also lie beyond what chance gives in 5 % of them, 1.645 / √n."""
FEWEST = 12
"""Values below which no autocorrelation is told."""
SEASONS: Mapping[Frequency, tuple[int, int]] = {"month": (12, 24), "quarter": (4, 12), "week": (52, 104)}
"""Periods of a year, and the fewest values that can show a season."""
LEVEL = 0.01
"""Chance of calling noise a season."""


def autocorrelation(deviations: Floats) -> Floats:
    """Lag-1 autocorrelation of each column, corrected for its length; NaN below 12 values.

    r + (1 + 4r) / n: in short series r is too small by about as much (Marriott and Pope 1954).
    """
    present = ~np.isnan(deviations)
    n = present.sum(axis=0)
    centred = np.where(present, deviations - _mean(deviations, present), 0.0)
    pairs = (present[1:] & present[:-1]).sum(axis=0)
    products, squares = (centred[1:] * centred[:-1]).sum(axis=0), (centred**2).sum(axis=0)
    told = (n >= FEWEST) & (pairs >= FEWEST // 2) & (squares > 0)
    r = products / np.where(told, squares, 1.0) * (n - 1) / np.maximum(pairs, 1)
    return np.where(told, np.minimum(r + (1 + 4 * r) / np.maximum(n, 1), 1.0), np.nan)


def together(found: float, count: int) -> bool:
    """Whether an autocorrelation among so many values says that they hang together; NaN does not."""
    return bool(found > max(TOGETHER, CHANCE / max(count, 1) ** 0.5))


def seasonal(deviations: Floats, frequencies: Sequence[Frequency]) -> Flags:
    """Whether the same months (quarters, weeks) of the years resemble each other, by column.

    An analysis of variance: how far the means of the months differ, against how far the years differ within
    a month; F with s − 1 and n − s degrees of freedom, at the 1 % level. A straight line through the values
    is taken off first, or steady growth would hide the season.
    """
    found = np.zeros(deviations.shape[1], dtype=bool)
    for frequency, (length, fewest) in SEASONS.items():
        columns = np.array([own == frequency for own in frequencies], dtype=bool)
        if columns.any():
            found[columns] = _season(deviations[:, columns], length, fewest)
    return found


def _season(deviations: Floats, length: int, fewest: int) -> Flags:
    present = ~np.isnan(deviations)
    n = present.sum(axis=0)
    if len(deviations) < fewest:
        return np.zeros(deviations.shape[1], dtype=bool)
    rest = _detrended(deviations, present)
    rows = -(-len(rest) // length)
    filled = np.zeros((rows * length, rest.shape[1]))
    filled[: len(rest)] = np.where(present, rest, 0.0)
    counted = np.zeros_like(filled)
    counted[: len(rest)] = present
    by_place = counted.reshape(rows, length, -1).sum(axis=0)
    totals = filled.reshape(rows, length, -1).sum(axis=0)
    between = (totals**2 / np.maximum(by_place, 1)).sum(axis=0)
    whole = (filled**2).sum(axis=0)
    places = (by_place > 0).sum(axis=0)
    # One degree of freedom went into the line.
    free = n - places - 1
    told = (n >= fewest) & (free > 0) & (places > 1) & (whole > 0)
    within = np.maximum(whole - between, 1e-12 * np.where(whole > 0, whole, 1.0))
    ratio = (between / np.maximum(places - 1, 1)) / (within / np.maximum(free, 1))
    chance = fdtrc(np.maximum(places - 1, 1), np.maximum(free, 1), ratio)
    return np.asarray(told & (chance < LEVEL), dtype=bool)


def _detrended(deviations: Floats, present: Flags) -> Floats:
    """What a straight line of least squares leaves of each column."""
    time = np.where(present, np.arange(len(deviations), dtype=float)[:, np.newaxis], np.nan)
    steps = time - _mean(time, present)
    rest = deviations - _mean(deviations, present)
    squares = np.where(present, steps**2, 0.0).sum(axis=0)
    slope = np.where(present, steps * rest, 0.0).sum(axis=0) / np.where(squares > 0, squares, 1.0)
    return np.asarray(rest - slope * steps)


def _mean(values: Floats, present: Flags) -> Floats:
    return np.asarray(np.where(present, values, 0.0).sum(axis=0) / np.maximum(present.sum(axis=0), 1))
