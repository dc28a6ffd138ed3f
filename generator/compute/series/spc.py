"""Signal or noise: the control chart of every segment of every series, computed side by side.

Sources: the computations page, section 3; the rules are those of NHS England's "Making Data Count" as the R
package NHSRplotthedots 0.2.2 applies them, the constants 2.66 and 3.267 those of Montgomery's individuals
chart. A segment whose points know how many cases they stand for gets Laney's p′ chart (Quality Engineering
14(4), 2002): one formula for shares, rates and money, of which the chart of single values is the case that
every point stands for one. All segments are put into one table with time downwards and a column a segment,
so that a thousand series cost little more than one; sums run down the columns, so that a column's figures do
not depend on its neighbours. Gaps are NaN: they are no points, and no pattern reaches across one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from math import isnan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generator.compute.series.arrays import Floats
from generator.model.comparing import RELATIVE

SpecialCause = Literal["none", "outside", "trend", "two-of-three", "shift"]
Side = Literal["high", "low"]
Basis = Literal["too-few", "apart", "trial", "full"]
"""What a segment's limits rest on. None: fewer than 6 points, or none of them next to another one; `trial`:
6–11 points or fewer than 5 moving ranges; `full`: 12 points and more."""

LIMIT = 2.66
"""Limits stand at centre ± 2.66 × mean moving range: 3 standard deviations of mean moving range / 1.128."""
SCREEN = 3.267
"""Moving ranges from 3.267 × their mean on are left out once, so that a jump does not widen the limits."""
PATTERN = 7
"""Points of a trend and of a shift."""
FEWEST, FULL = 6, 12
FEWEST_RANGES = 5
"""Fewer moving ranges than this make trial limits, however many points there are."""
WITHIN = 10
"""Limits hold at least one in so many of the values they are made from, or there was more than one level."""
FEW_CASES = 5
"""Cases expected on either side of a share below which its distribution is not near normal."""
Flags = NDArray[np.bool_]
NAMES: tuple[SpecialCause, ...] = ("none", "shift", "two-of-three", "trend", "outside")


@dataclass(frozen=True, slots=True)
class SegmentValues:
    """What a chart is made of: the values of one segment in order of time, None is a gap."""

    values: Sequence[float | None]
    weights: Sequence[float | None] | None = None
    """How many cases each value stands for (> 0 wherever there is a value); None: one each."""
    whole: float | None = None
    """Where values are shares of whole cases: the value that stands for all of them, 1 or 100."""
    fixed: int | None = None
    """Centre and limits are those of the first so many values; None: of all."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment's limits and the marks of its points, in the indicator's unit.

    `lower`, `upper`, `marks` and `sides` are as long as the segment; a gap has no limits where they depend
    on its weight, and a gap and an unmarked point have the mark `none` and no side. Without limits (`basis`
    too-few or apart) `centre` is None, as are all limits, and nothing is marked.
    """

    basis: Basis
    centre: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    marks: tuple[SpecialCause, ...]
    sides: tuple[Side | None, ...]
    sigma: float | None
    """The standard deviation of a value that stands for one case, from the moving ranges."""
    count: int
    """How many values the limits are made from."""
    level: tuple[int, int] | None = None
    """Places of the first and last value they are made from, where these are one level of several."""


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of all columns as arrays: a row a point, or an entry a column."""

    values: Floats
    root: Floats
    """Square root of what each point stands for; 1 without weights."""
    centre: Floats
    sigma: Floats
    """Standard deviation of a value that stands for one case; 0 where nothing varies."""
    reach: Floats
    """From the centre to the limits of each point; NaN where it has none."""
    base: Flags
    """The points that centre and limits are made from."""
    levelled: Flags
    """Columns of which these are one level of several."""
    limited: Flags
    count: NDArray[np.int_]
    ranges: NDArray[np.int_]
    """How many moving ranges the limits rest on."""
    kinds: NDArray[np.int8]
    """Places in `NAMES`."""
    sides: Floats

    @property
    def deviations(self) -> Floats:
        """From the centre, weighed by the root of what the points stand for; of several levels, on one."""
        return np.where(self.levelled & ~self.base, np.nan, (self.values - self.centre) * self.root)

    def basis(self, column: int) -> Basis:
        """What a column's limits rest on."""
        if not self.limited[column]:
            return "too-few" if self.count[column] < FEWEST else "apart"
        trial = self.count[column] < FULL or self.ranges[column] < FEWEST_RANGES
        return "trial" if trial else "full"

    def mark(self, row: int, column: int) -> tuple[SpecialCause, Side | None]:
        """The mark of one point and its side."""
        mark = NAMES[self.kinds[row, column]]
        return mark, None if mark == "none" else "high" if self.sides[row, column] > 0 else "low"


def control_charts(columns: Sequence[SegmentValues]) -> tuple[Segment, ...]:
    """The chart of each segment."""
    return segments_of(charts_of(columns), columns) if columns else ()


def segments_of(charts: Charts, columns: Sequence[SegmentValues]) -> tuple[Segment, ...]:
    """The charts of the columns, each by itself."""
    return tuple(_segment(charts, place, column) for place, column in enumerate(columns))


def _segment(charts: Charts, place: int, column: SegmentValues) -> Segment:
    length = len(column.values)
    marks = tuple(charts.mark(row, place) for row in range(length))
    limited = bool(charts.limited[place])
    lower: tuple[float | None, ...] = (None,) * length
    upper = lower
    if limited:
        centre = float(charts.centre[place])
        reach = charts.reach[:length, place].tolist()
        lower = tuple(None if isnan(step) else centre - step for step in reach)
        upper = tuple(None if isnan(step) else centre + step for step in reach)
    base = np.flatnonzero(charts.base[:, place])
    return Segment(
        basis=charts.basis(place),
        centre=float(charts.centre[place]) if limited else None,
        lower=lower,
        upper=upper,
        marks=tuple(mark for mark, _ in marks),
        sides=tuple(side for _, side in marks),
        sigma=float(charts.sigma[place]) if limited else None,
        count=int(charts.count[place]),
        level=(int(base[0]), int(base[-1])) if charts.levelled[place] else None,
    )


def charts_of(columns: Sequence[SegmentValues]) -> Charts:
    """Centre, limits and marks of every column (at least one).

    With weights n the centre is Σnx / Σn, and moving ranges are those of the deviations (x − centre)·√n:
    Laney's z-scores but for a factor that is the same for all points and cancels out. The limits of a point
    are centre ± 2.66 × mean moving range / √n, and for few cases no narrower than chance makes them.
    """
    values = _table([column.values for column in columns])
    return _charted(columns, values, _weights(columns, values), _base(values, columns))


def _charted(columns: Sequence[SegmentValues], values: Floats, weights: Floats, base: Flags) -> Charts:
    root = np.sqrt(weights)
    centre = _mean(values, np.where(base, weights, np.nan))
    offset = _settled(values - centre, np.maximum(np.abs(values), np.abs(centre)))
    steps = _steps(values)
    weighted = np.array([column.weights is not None for column in columns])
    ranges = np.abs(np.where(weighted, np.diff(offset * root, axis=0, append=np.nan), steps))
    ranges = np.where(base & np.roll(base, -1, axis=0), ranges, np.nan)
    used = _screened(ranges)
    count = base.sum(axis=0)
    limited = np.isfinite(ranges).any(axis=0) & (count >= FEWEST)
    distance = np.where(limited, LIMIT * np.nan_to_num(_mean(used)), np.nan)
    # The mean of equal values is off by rounding.
    centre = np.where(distance == 0, _first(np.where(base, values, np.nan)), centre)
    reach = np.maximum(distance / root, _by_chance(centre, root, columns))
    bounds = np.where(np.isnan(reach), np.inf, reach)
    kinds, sides = _marks(offset, _usual(values, centre, weights, base, bounds), steps, bounds)
    kinds[:, ~limited] = 0
    made = np.isfinite(used).sum(axis=0)
    charts = Charts(
        values=values,
        root=root,
        centre=centre,
        sigma=distance / 3,
        reach=reach,
        base=base,
        levelled=np.zeros(len(columns), dtype=bool),
        limited=limited,
        count=count,
        ranges=made,
        kinds=kinds,
        sides=sides,
    )
    with np.errstate(invalid="ignore"):
        within = (base & (np.abs(offset) <= bounds)).sum(axis=0)
    astray = np.flatnonzero(limited & (WITHIN * within < count)).tolist()
    return _on_one_level(charts, columns, weights, offset, astray) if astray else charts


def _on_one_level(
    charts: Charts, columns: Sequence[SegmentValues], weights: Floats, offset: Floats, astray: list[int]
) -> Charts:
    """Where the values stood on several levels, limits are made from the first that lasted, and not between.

    A level: values in a row on one side of the centre, as many as limits need. Once more with what is left,
    until limits hold what they are made from; where no level lasted, they stay as they were.
    """
    level = np.zeros((len(offset), len(astray)), dtype=bool)
    for place, column in enumerate(astray):
        level[_first_level(np.where(charts.base[:, column], np.sign(offset[:, column]), np.nan)), place] = (
            True
        )
    own = [columns[column] for column in astray]
    again = _charted(own, charts.values[:, astray], weights[:, astray], level)
    again.levelled[:] = True
    kept = np.flatnonzero(again.limited)
    for name in (field.name for field in fields(Charts)):
        getattr(charts, name)[..., np.asarray(astray)[kept]] = getattr(again, name)[..., kept]
    return charts


def _first_level(sides: Floats) -> list[int]:
    """Rows of the first values in a row on one side that are enough for limits; NaN is passed over."""
    known = np.flatnonzero(~np.isnan(sides)).tolist()
    runs = (list(run) for _, run in groupby(known, lambda row: float(sides[row])))
    return next((run for run in runs if len(run) >= FEWEST), [])


def _screened(ranges: Floats) -> Floats:
    """Moving ranges without the largest, so that no jump widens the limits; all where none else varies."""
    # A strict comparison: what is left is no range at all where nothing varies, or the jump alone does.
    kept = np.where(ranges < SCREEN * _mean(ranges), ranges, np.nan)
    varies = np.nan_to_num(_mean(kept)) > 0
    return np.where(varies, kept, ranges)


def _usual(values: Floats, centre: Floats, weights: Floats, base: Flags, reach: Floats) -> Floats:
    """Differences from the centre without single far points, on whose side a run must lie too.

    One far point pulls the centre away from all others, which would then lie in a run on its other side. Far
    points that are in a run themselves are no such accident: the level has changed, and they count. So they
    do where most points are far.
    """
    offset = values - centre
    with np.errstate(invalid="ignore"):
        far = np.abs(offset) > reach + RELATIVE * np.abs(centre)
    side = np.nan_to_num(np.sign(_settled(offset, np.maximum(np.abs(values), np.abs(centre)))))
    kept = base & ~(far & ~_runs(side))
    most = 2 * kept.sum(axis=0) > base.sum(axis=0)
    usual = np.where(most, _mean(values, np.where(kept, weights, np.nan)), centre)
    usual = np.where(np.isnan(usual), centre, usual)
    return _settled(values - usual, np.maximum(np.abs(values), np.abs(usual)))


def _by_chance(centre: Floats, root: Floats, columns: Sequence[SegmentValues]) -> Floats:
    """Three standard deviations of the binomial for points of few cases; 0 for all others.

    With fewer than 5 cases expected on either side, a share jumps by whole cases: 2 of 3 is no sign of
    anything where 95 % pass, however alike the large months are.
    """
    whole = np.array([np.nan if column.whole is None else column.whole for column in columns])
    with np.errstate(invalid="ignore"):
        share = np.clip(centre / whole, 0.0, 1.0)
        few = root**2 * np.minimum(share, 1 - share) < FEW_CASES
        return np.where(few, 3 * whole * np.sqrt(share * (1 - share)) / root, 0.0)


def _table(segments: Sequence[Sequence[float | None]]) -> Floats:
    """Segments as columns, filled up with NaN to the longest."""
    table = np.full((max(map(len, segments), default=0) or 1, len(segments)), np.nan)
    for column, segment in enumerate(segments):
        table[: len(segment), column] = [np.nan if value is None else value for value in segment]
    return table


def _weights(columns: Sequence[SegmentValues], values: Floats) -> Floats:
    """What each point stands for: 1 without weights, NaN for a gap that does not say."""
    table = np.ones(values.shape)
    for place, column in enumerate(columns):
        if column.weights is not None:
            own = [np.nan if weight is None or weight <= 0 else weight for weight in column.weights]
            table[: len(own), place] = own
    return table


def _base(values: Floats, columns: Sequence[SegmentValues]) -> Flags:
    """The points that centre and limits are made from: all, or the first so many."""
    present = ~np.isnan(values)
    most = np.array([np.inf if column.fixed is None else column.fixed for column in columns])
    return present & (np.cumsum(present, axis=0) <= most)


def _first(values: Floats) -> Floats:
    """The first value of each column; NaN for an empty one."""
    first = np.argmax(~np.isnan(values), axis=0)
    return np.asarray(np.take_along_axis(values, first[np.newaxis], axis=0)[0])


def _settled(differences: Floats, size: Floats) -> Floats:
    """Differences with those set to 0 that are no more than rounding: a billionth of the numbers' size."""
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(differences) <= RELATIVE * size, 0.0, differences)


def _steps(values: Floats) -> Floats:
    """From each point to the next one; NaN at a gap and at the end."""
    following = np.roll(values, -1, axis=0)
    following[-1] = np.nan
    size = np.maximum(np.abs(values), np.abs(following))
    return _settled(following - values, size)


def _mean(values: Floats, weights: Floats | None = None) -> Floats:
    """Mean of each column over what is present; NaN for an empty one."""
    shares = np.ones(values.shape) if weights is None else weights
    present = ~np.isnan(values) & ~np.isnan(shares)
    whole = np.where(present, shares, 0.0).sum(axis=0)
    total = np.where(present, values * shares, 0.0).sum(axis=0)
    return np.where(whole > 0, total / np.where(whole > 0, whole, 1.0), np.nan)


def _marks(offset: Floats, usual: Floats, steps: Floats, reach: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Kind of mark (0 none, 1 shift, 2 two of three, 3 trend, 4 outside) and side of every point.

    `offset` is from the centre line, `usual` from that without single far points; a shift lies on one side
    of both. A later number takes precedence over an earlier one. The side of a trend is its direction,
    of all others the side of the centre line. Every point is held against its own limits; a trend is one of
    the values themselves.
    """
    side = np.nan_to_num(np.sign(offset))
    with np.errstate(invalid="ignore"):
        outside = np.abs(offset) > reach
        near = ~outside & (np.abs(offset) > reach * 2 / 3)
    trend = _trends(steps)
    kinds = np.zeros(offset.shape, dtype=np.int8)
    side_of_usual = np.nan_to_num(np.sign(usual))
    run = np.where(side_of_usual == np.nan_to_num(np.sign(offset)), side_of_usual, 0)
    kinds[_runs(run)] = 1
    kinds[_two_of_three(near, side)] = 2
    kinds[trend != 0] = 3
    kinds[outside] = 4
    return kinds, np.where(kinds == 3, trend, np.where(kinds == 1, run, side))


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


def _trends(steps: Floats) -> Floats:
    """+1 or −1 for the points of 7 in strictly one direction, else 0; where two meet, the later counts."""
    length = len(steps)
    trend = np.zeros(steps.shape)
    if length < PATTERN:
        return trend
    ways = np.nan_to_num(np.sign(steps[:-1]))
    windows = np.lib.stride_tricks.sliding_window_view(ways, PATTERN - 1, axis=0).sum(axis=-1)
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
