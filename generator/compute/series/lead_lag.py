"""Which indicator moves first: clues, tested hard, because lagged correlation finds something in all noise.

Both series are differenced once, then compared by Spearman's rank correlation at lags 0–3. The null is made
of phase-randomised surrogates, which keep each series' autocorrelation, and the largest statistic over all
pairs and lags decides, so that looking at many pairs raises no false alarms. Source: the computations page,
section 6. A clue says "moves earlier", never "causes".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from generator.compute.series.arrays import Floats

FEWEST, FIRM = 12, 24
"""Periods below which nothing is said, and below which it is "a clue"."""
MOST_LAG = 3
SURROGATES = 399
LEVEL = 0.05
SEED = 20250101
"""Printed wherever a clue is shown, so that anyone gets the same one."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One indicator that moves before (lag ≥ 1) or with (lag 0) another."""

    leader: str
    follower: str
    lag: int
    """Periods."""
    correlation: float
    """Spearman's, of the first differences."""
    p: float
    """Over all pairs and lags looked at."""
    periods: int
    firm: bool
    """24 periods or more; below it is only a clue."""


def surrogates(values: Floats, count: int, random: np.random.Generator) -> Floats:
    """Phase-randomised copies of each row, shape (count, rows, n): same spectrum, no timing in common."""
    n = values.shape[-1]
    spectrum = np.fft.rfft(values - values.mean(axis=-1, keepdims=True), axis=-1)
    phases = random.uniform(0, 2 * np.pi, (count, *spectrum.shape))
    phases[..., 0] = 0
    if n % 2 == 0:
        phases[..., -1] = 0  # the highest frequency of an even length has no phase
    made: Floats = np.fft.irfft(np.abs(spectrum) * np.exp(1j * phases), n=n, axis=-1)
    return made


def _ranks(values: Floats) -> Floats:
    """Ranks along the last axis from 0, equal values with the mean of theirs.

    As SciPy's rankdata less 1; importing that with all of `scipy.stats` takes most of a second.
    """
    order = values.argsort(axis=-1, kind="stable")
    ascending = np.take_along_axis(values, order, axis=-1)
    place = np.broadcast_to(np.arange(values.shape[-1]), values.shape)
    differs = ascending[..., 1:] != ascending[..., :-1]
    edge = np.ones((*values.shape[:-1], 1), dtype=bool)
    first = np.maximum.accumulate(np.where(np.concatenate([edge, differs], axis=-1), place, 0), axis=-1)
    ends = np.where(np.concatenate([differs, edge], axis=-1), place, values.shape[-1])
    last = np.minimum.accumulate(ends[..., ::-1], axis=-1)[..., ::-1]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, (first + last) / 2, axis=-1)
    return ranks


def _ranked(values: Floats) -> Floats:
    """Ranks along the last axis, centred and scaled to length 1; a row without variation becomes 0."""
    ranks = _ranks(values)
    ranks -= ranks.mean(axis=-1, keepdims=True)
    length = np.sqrt((ranks**2).sum(axis=-1, keepdims=True))
    scaled: Floats = np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0)
    return scaled


def correlations(leaders: Floats, followers: Floats) -> Floats:
    """Spearman's correlation of every leader with every follower at lags 0–3.

    Shapes (K, n) and (…, J, n); the result has shape (…, lags, K, J).
    """
    n = leaders.shape[-1]
    return np.stack(
        [
            np.einsum("kn,...jn->...kj", _ranked(leaders[:, : n - lag]), _ranked(followers[..., lag:]))
            for lag in range(MOST_LAG + 1)
        ],
        axis=-3,
    )


def adjusted(
    leaders: Floats, followers: Floats, allowed: NDArray[np.bool_], random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Correlations (lags, K, J) and their p values over all `allowed` (K, J) pairs and all lags."""
    n = leaders.shape[-1]
    weight = np.sqrt(n - np.arange(MOST_LAG + 1) - 1)[:, None, None] * allowed
    observed = correlations(leaders, followers)
    null = np.abs(correlations(leaders, surrogates(followers, SURROGATES, random))) * weight
    highest = null.max(axis=(-3, -2, -1))
    reached = (highest[:, None, None, None] >= np.abs(observed) * weight - 1e-12).sum(axis=0)
    return observed, np.where(allowed, (1 + reached) / (SURROGATES + 1), 1.0)


def shared_periods(series: Mapping[str, Sequence[float | None]]) -> int:
    """Periods of the stretch that `clues` looks at: the longest without a gap in any of the series."""
    return int(_without_gaps([series[name] for name in sorted(series)]).shape[-1])


def clues(
    series: Mapping[str, Sequence[float | None]],
    seed: int = SEED,
    pairs: Collection[tuple[str, str]] | None = None,
) -> tuple[Clue, ...]:
    """Clues among series of the same periods (None is a gap): the strongest lag of each pair that is one.

    Used is the longest stretch without a gap in any of them, the newest where two are as long. The order of
    the series changes nothing: they are taken in order of their names. `pairs` (leader, follower) are the
    only ones to look at; without it every pair is.
    """
    names = sorted(series)
    stretch = _without_gaps([series[name] for name in names])
    periods = stretch.shape[-1]
    if periods < FEWEST or len(names) < 2:
        return ()
    moves = np.diff(stretch, axis=-1)
    allowed = ~np.eye(len(names), dtype=bool)
    if pairs is not None:
        allowed &= np.array([[(item, other) in pairs for other in names] for item in names])
    found, p = adjusted(moves, moves, allowed, np.random.default_rng(seed))
    made = []
    for first, second in permutations(range(len(names)), 2):
        lag = int(np.argmin(p[:, first, second] - 1e-9 * np.abs(found[:, first, second])))
        # At lag 0 nothing leads: the pair is named once.
        if p[lag, first, second] <= LEVEL and (lag > 0 or first < second or pairs is not None):
            made.append(
                Clue(
                    leader=names[first],
                    follower=names[second],
                    lag=lag,
                    correlation=float(found[lag, first, second]),
                    p=float(p[lag, first, second]),
                    periods=periods,
                    firm=periods >= FIRM,
                )
            )
    return tuple(sorted(made, key=lambda clue: (clue.p, clue.leader, clue.follower)))


def _without_gaps(rows: Sequence[Sequence[float | None]]) -> Floats:
    """The longest stretch of periods in which every row has a value, shape (rows, periods)."""
    if not rows:
        return np.empty((0, 0))
    table = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float)
    whole = ~np.isnan(table).any(axis=0)
    best, start = (0, 0), None
    for place, ok in enumerate((*whole, False)):
        if ok and start is None:
            start = place
        elif not ok and start is not None:
            if place - start >= best[1] - best[0]:
                best = (start, place)
            start = None
    return table[:, best[0] : best[1]]
