"""Signal or noise: the XmR control chart of every segment of every series, computed side by side.

Sources: the computations page, section 3; the rules are those of NHS England's "Making Data Count" as the R
package NHSRplotthedots 0.2.2 applies them, the constants 2.66 and 3.267 those of Montgomery's individuals
chart. All series are put into one table with time downwards and a column a segment, so that a thousand series
cost little more than one; sums run down the columns, so that a column's figures do not depend on its
neighbours. Gaps are NaN: they are no points, and no pattern reaches across one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mark = Literal["none", "outside", "trend", "two-of-three", "shift"]
Side = Literal["high", "low"]
Basis = Literal["too-few", "constant", "trial", "full"]
"""Whether a segment has limits: fewer than 6 points, no variation to speak of, 6–12 points, 13 or more."""

LIMIT = 2.66
"""Limits stand at centre ± 2.66 × mean moving range."""
SCREEN = 3.267
"""Moving ranges from 3.267 × their mean on are left out once, so that a jump does not widen the limits."""
PATTERN = 7
"""Points of a trend and of a shift."""
FEWEST, FULL = 6, 13

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment's limits and the marks of its points, in the indicator's unit.

    `marks` and `sides` are as long as the segment; a gap and an unmarked point have the mark `none` and no
    side. Without limits (`basis` too-few or constant) `centre`, `lower` and `upper` are None and nothing is
    marked.
    """

    basis: Basis
    centre: float | None
    lower: float | None
    upper: float | None
    marks: tuple[Mark, ...]
    sides: tuple[Side | None, ...]


def control_charts(segments: Sequence[Sequence[float | None]]) -> tuple[Segment, ...]:
    """The XmR chart of each segment (values in order of time, None is a gap)."""
    if not segments:
        return ()
    values = _table(segments)
    count = (~np.isnan(values)).sum(axis=0)
    centre = _mean(values)
    ranges = np.abs(np.diff(values, axis=0, append=np.nan))
    # A strict comparison: in a segment without variation nothing is kept, and it has no limits.
    kept = np.where(ranges < SCREEN * _mean(ranges), ranges, np.nan)
    distance = LIMIT * _mean(kept)
    measured = np.isfinite(ranges).any(axis=0) & (count >= FEWEST)
    limited = measured & (np.nan_to_num(distance) > 0)
    kinds, sides = _marks(values, centre, np.where(limited, distance, np.inf))
    kinds[:, ~limited] = 0
    names: tuple[Mark, ...] = ("none", "shift", "two-of-three", "trend", "outside")
    made = []
    for column, segment in enumerate(segments):
        length = len(segment)
        marks = tuple(names[kind] for kind in kinds[:length, column])
        basis: Basis = "full" if count[column] >= FULL else "trial"
        if not limited[column]:
            basis = "constant" if measured[column] else "too-few"
        middle, reach = float(centre[column]), float(distance[column])
        shown = bool(limited[column])
        made.append(
            Segment(
                basis,
                middle if shown else None,
                middle - reach if shown else None,
                middle + reach if shown else None,
                marks,
                tuple(
                    None if mark == "none" else "high" if side > 0 else "low"
                    for mark, side in zip(marks, sides[:length, column], strict=True)
                ),
            )
        )
    return tuple(made)


def _table(segments: Sequence[Sequence[float | None]]) -> Floats:
    """Segments as columns, filled up with NaN to the longest."""
    table = np.full((max(map(len, segments), default=0) or 1, len(segments)), np.nan)
    for column, segment in enumerate(segments):
        table[: len(segment), column] = [np.nan if value is None else value for value in segment]
    return table


def _mean(values: Floats) -> Floats:
    """Mean of each column over what is present; NaN for an empty one."""
    present = ~np.isnan(values)
    count = present.sum(axis=0)
    total = np.where(present, values, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _marks(values: Floats, centre: Floats, distance: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Kind of mark (0 none, 1 shift, 2 two of three, 3 trend, 4 outside) and side of every point.

    A later number goes before an earlier one. The side of a trend is its direction, of all others the side
    of the centre line.
    """
    offset = values - centre
    side = np.nan_to_num(np.sign(offset))
    with np.errstate(invalid="ignore"):
        outside = np.abs(offset) > distance
        near = ~outside & (np.abs(offset) > distance * 2 / 3)
    trend = _trends(values)
    kinds = np.zeros(values.shape, dtype=np.int8)
    kinds[_runs(side)] = 1
    kinds[_two_of_three(near, side)] = 2
    kinds[trend != 0] = 3
    kinds[outside] = 4
    return kinds, np.where(kinds == 3, trend, side)


def _spread(starts: Flags, window: int, length: int) -> Flags:
    """Flags of all points that a flagged window covers; `starts` flags the first point of each window."""
    covered = np.zeros((length, starts.shape[1]), dtype=bool)
    for step in range(window):
        covered[step : step + len(starts)] |= starts
    return covered


def _runs(side: Floats) -> Flags:
    """Points in a run of 7 on one side; a point on the centre or a gap (0) breaks it."""
    length = len(side)
    if length < PATTERN:
        return np.zeros(side.shape, dtype=bool)
    windows = np.lib.stride_tricks.sliding_window_view(side, PATTERN, axis=0)
    return _spread(np.abs(windows.sum(axis=-1)) == PATTERN, PATTERN, length)


def _trends(values: Floats) -> Floats:
    """+1 or −1 for the points of 7 in strictly one direction, else 0; where two meet, the later counts."""
    length = len(values)
    trend = np.zeros(values.shape)
    if length < PATTERN:
        return trend
    steps = np.nan_to_num(np.sign(np.diff(values, axis=0)))
    windows = np.lib.stride_tricks.sliding_window_view(steps, PATTERN - 1, axis=0).sum(axis=-1)
    for start, window in enumerate(windows):
        found = np.abs(window) == PATTERN - 1
        if found.any():
            trend[start : start + PATTERN, found] = np.sign(window[found])
    return trend


def _two_of_three(near: Flags, side: Floats) -> Flags:
    """Points near a limit, at least two of three in a row, with all three on one side of the centre."""
    length = len(side)
    if length < 3:
        return np.zeros(side.shape, dtype=bool)
    view = np.lib.stride_tricks.sliding_window_view
    starts = (view(near, 3, axis=0).sum(axis=-1) >= 2) & (np.abs(view(side, 3, axis=0).sum(axis=-1)) == 3)
    return _spread(starts, 3, length) & near
