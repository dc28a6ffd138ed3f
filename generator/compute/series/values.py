"""A series is one indicator, one pilot (or the whole organisation), one cell of each dimension, over time.

The rows of the results become series here, gaps kept as gaps, and series are rolled up to longer periods by
the indicator's own rule. Nothing is averaged that must not be: a ratio is rolled up from its numerators and
denominators, never as a mean of ratios. Source of the rules: the computations page, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from generator.model.calendar import Calendar
from generator.model.exact import mean, minus, ratio, total
from generator.model.indicator import Indicator
from generator.model.period import Frequency, Period
from generator.model.result import Observation
from generator.model.results import Results

NoValue = Literal["no-result", "missing", "no-parts", "no-rollup", "small-group", "hidden-part"]
"""Why a point has no value: no row at all, a row that says it is missing, a ratio without its parts,
an indicator that has no figure for longer periods, a result that is told nowhere (`small_groups`)."""

WITHHELD = ("small-group", "hidden-part")
"""Reasons that are a decision, not a lack."""

FIRMNESS = ("actual", "provisional", "estimate", "missing")
"""Firmest first: a longer period is only as firm as the least firm of its parts."""
LENGTH: dict[Frequency, int] = {
    "day": 0,
    "week": 1,
    "month": 2,
    "quarter": 3,
    "half": 4,
    "year": 5,
    "two-year": 6,
}

Key = tuple[str, str | None, tuple[tuple[str, str], ...]]
"""Indicator, pilot (None: the whole organisation), cell of the dimensions (empty: all of them)."""

Before = tuple[int | None, int | None]
"""The places of the period before a point and of the same one a year before; None where there is none."""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One value of a series; `value` None is a gap, and `why_not` says why."""

    period: Period
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    target: float | None = None
    """A target given in the results themselves; it goes before the one of the definition."""
    status: str = "actual"
    note: str = ""
    why_not: NoValue | None = None
    parts: tuple[int, int] | None = None
    """Of a rolled-up point: how many of how many shorter periods had a value."""
    n: float | None = None
    """How many cases a mean is of; of a rolled-up one, of all its parts together."""
    part_weighted: bool = False
    """Of a rolled-up mean: n is known for some of its parts only, so it is a plain mean."""

    @property
    def complete(self) -> bool:
        """False when a longer period lacks some of its shorter ones."""
        return self.parts is None or self.parts[0] == self.parts[1]


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of period, one for every period between the first and the last."""

    indicator: str
    pilot: str | None
    cell: tuple[tuple[str, str], ...]
    frequency: Frequency
    points: Sequence[SeriesPoint]

    @property
    def key(self) -> Key:
        """What identifies the series."""
        return (self.indicator, self.pilot, self.cell)

    @property
    def last(self) -> SeriesPoint | None:
        """The newest point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    def at(self, period: Period | None) -> SeriesPoint | None:
        """The point of a period, or None where the series does not reach it."""
        if period is None or not self.points or period.frequency != self.frequency:
            return None
        return next((point for point in self.points if point.period == period), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """A value against an earlier one: difference in the indicator's unit, per cent where the base is > 0."""

    absolute: float
    percent: float | None
    partial: bool = False
    """Of an unfinished sum: against the same part of the earlier period, not the whole of it."""


def series_of(observations: Iterable[Observation]) -> tuple[Series, ...]:
    """Sort the rows into series, ordered by indicator, pilot (organisation first) and cell."""
    return tuple(each_series(Results.of(observations)))


def each_series(results: Results) -> Iterator[Series]:
    """The same one by one: each is made when it is asked for."""
    groups = list(results.groups("indicator", "pilot", "cell"))
    groups.sort(key=lambda group: (group[0][0], group[0][1] or "", group[0][2]))
    return (_series(list(results.at(rows))) for _, rows in groups)


def _series(rows: Sequence[Observation]) -> Series:
    first = rows[0]
    return Series(first.indicator, first.pilot, first.cell, first.period.frequency, _with_gaps(rows))


def _with_gaps(rows: Sequence[Observation]) -> tuple[SeriesPoint, ...]:
    """One point for each period from the first row to the last; periods without a row are gaps."""
    if _gapless(tuple(row.period for row in rows)):
        return tuple(map(_point, rows))
    by_period = {row.period: row for row in rows}
    period, last = min(by_period), max(by_period)
    points = []
    while period <= last:
        row = by_period.get(period)
        points.append(SeriesPoint(period, None, why_not="no-result") if row is None else _point(row))
        period = period.shift(1)
    return tuple(points)


# Thousands of series have the same periods, so what follows from the periods alone is found once for all.


@lru_cache(maxsize=1 << 10)
def _gapless(periods: tuple[Period, ...]) -> bool:
    """Whether each period follows the one before it."""
    return all(period.shift(1) == following for period, following in pairwise(periods))


@lru_cache(maxsize=1 << 10)
def _earlier(periods: tuple[Period, ...]) -> tuple[Before, ...]:
    place = {period: number for number, period in enumerate(periods)}
    years = (period.year_before() for period in periods)
    return tuple(
        (place.get(period.shift(-1)), place.get(year) if year else None)
        for period, year in zip(periods, years, strict=True)
    )


@lru_cache(maxsize=1 << 10)
def grouped(
    periods: tuple[Period, ...], frequency: Frequency, calendar: Calendar
) -> tuple[tuple[Period, tuple[int, ...], int], ...]:
    """The longer periods that some lie in, in order: each with the places of those, and how many it has."""
    groups: dict[Period, list[int]] = {}
    for place, period in enumerate(periods):
        groups.setdefault(calendar.containing(period, frequency), []).append(place)
    return tuple(
        (longer, tuple(places), len(calendar.parts(longer, periods[0].frequency)))
        for longer, places in sorted(groups.items())
    )


def periods_of(series: Series) -> tuple[Period, ...]:
    """The periods of all points."""
    return tuple(point.period for point in series.points)


def earlier_places(series: Series) -> tuple[Before, ...]:
    """For each point the places of the period before it and of the same one a year before."""
    return _earlier(periods_of(series))


def _point(row: Observation) -> SeriesPoint:
    return SeriesPoint(
        period=row.period,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        target=row.target,
        status=row.status,
        note=row.note,
        why_not=row.withheld or ("missing" if row.value is None else None),
        n=row.n,
    )


def is_longer(frequency: Frequency, than: Frequency) -> bool:
    """Whether periods of one frequency are made of periods of the other."""
    return LENGTH[frequency] > LENGTH[than]


def roll_up(series: Series, frequency: Frequency, indicator: Indicator, calendar: Calendar) -> Series:
    """The series at a longer frequency, made by the indicator's `rollup`.

    A longer period with missing parts keeps its figure and says n of m; one with no part at all is a gap.
    Rolling up to the series' own frequency, or to a shorter one, is a mistake of the caller (ValueError).
    """
    if not is_longer(frequency, series.frequency):
        raise ValueError(f"{series.frequency} cannot be rolled up to {frequency}")
    own = series.points
    points = tuple(
        _rolled(period, [own[place] for place in places], indicator, count)
        for period, places, count in grouped(periods_of(series), frequency, calendar)
    )
    return Series(series.indicator, series.pilot, series.cell, frequency, points)


def _rolled(period: Period, parts: Sequence[SeriesPoint], indicator: Indicator, expected: int) -> SeriesPoint:
    present = [part for part in parts if part.value is not None]
    count = (len(present), expected)
    if indicator.rollup == "none":
        return SeriesPoint(period, None, why_not="no-rollup", parts=count)
    if not present:
        withheld = next((part.why_not for part in parts if part.why_not in WITHHELD), None)
        return SeriesPoint(period, None, why_not=withheld or "no-result", parts=count)
    status = max((part.status for part in present), key=FIRMNESS.index)
    values = [part.value for part in present if part.value is not None]
    numerator = denominator = None
    value: float | None
    if indicator.rollup == "ratio":
        numerator = _total([part.numerator for part in present])
        denominator = _total([part.denominator for part in present])
        if numerator is None or not denominator:
            return SeriesPoint(
                period, None, numerator, denominator, status=status, why_not="no-parts", parts=count
            )
        value = ratio(numerator, denominator, indicator.factor or 1)
    elif indicator.rollup == "sum":
        value = total(values)
    elif indicator.rollup == "last":
        value = values[-1]
    else:
        return _mean(period, present, values, status, count)
    return SeriesPoint(period, value, numerator, denominator, status=status, parts=count)


def _mean(
    period: Period,
    present: Sequence[SeriesPoint],
    values: Sequence[float],
    status: str,
    count: tuple[int, int],
) -> SeriesPoint:
    """Weighted by n where every part with a value has one, else plain, and marked where only some do."""
    known = [part.n for part in present if part.n is not None]
    whole = known if len(known) == len(present) and any(known) else None
    return SeriesPoint(
        period,
        mean(values, whole),
        status=status,
        parts=count,
        n=total(whole) if whole is not None else None,
        part_weighted=bool(known) and len(known) < len(present),
    )


def _total(numbers: Sequence[float | None]) -> float | None:
    """The sum, or None when one of the parts is not known: a partial sum would be a wrong ratio."""
    known = [number for number in numbers if number is not None]
    return total(known) if known and len(known) == len(numbers) else None


def same_part(parts: Series, period: Period, earlier: Period, calendar: Calendar) -> float | None:
    """The sum of an earlier period over those of its parts that have a value in this one.

    A quarter with two of its months is held against the first two of the quarter before. None where the
    earlier period lacks one of them.
    """
    known = {point.period: point.value for point in parts.points}
    own = calendar.parts(period, parts.frequency)
    places = [place for place, part in enumerate(own) if known.get(part) is not None]
    before = calendar.parts(earlier, parts.frequency)
    if not places or places[-1] >= len(before):
        return None
    found = [known.get(before[place]) for place in places]
    return _total(found)


def difference(value: float | None, base: float | None, partial: bool = False) -> Difference | None:
    """Value against base (环比, 同比); None where one of them is missing."""
    if value is None or base is None:
        return None
    absolute = minus(value, base)
    return Difference(absolute, absolute / base * 100 if base > 0 else None, partial)
