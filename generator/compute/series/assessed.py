"""A series with everything that is said about each of its points: bar, status, attainment, score, changes.

One place puts the numbers of a series together, so that a page, a pilot's score and the export say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.compute.series import attainment
from generator.compute.series.attainment import Status, Thresholds
from generator.compute.series.growth_progress import Grown, grown
from generator.compute.series.values import (
    Before,
    Difference,
    Series,
    SeriesPoint,
    difference,
    earlier_places,
    grouped,
    periods_of,
    roll_up,
    same_part,
)
from generator.model.calendar import Calendar
from generator.model.exact import times, total
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator, Target
from generator.model.period import Frequency, Period
from generator.model.pilot import PackItem


@dataclass(frozen=True, slots=True)
class AssessedPoint:
    """One point and what follows from it; figures that cannot be computed honestly are None."""

    point: SeriesPoint
    bar: Thresholds
    status: Status
    gap: float | None
    """Value minus target, in the indicator's unit."""
    attainment: float | None
    """Per cent of the target."""
    progress: float | None
    """Share of the way from baseline to target, 1 = arrived; by the method `growth`, the growth seen as a
    share of the growth needed."""
    score: float | None
    previous: Difference | None
    """Against the previous period (环比); of an unfinished sum, against the same part of it. None across a
    change of the definition that breaks the series."""
    year_before: Difference | None
    """Against the same period a year before (同比), likewise."""
    baseline: float | None = None
    """What progress starts from; of a rolled-up sum, that of as many parts as the period has so far."""
    grown: Grown | None = None
    """Progress by yearly growth, by the method `growth` only."""
    withheld: frozenset[str] = frozenset()
    """Names of its figures that stand in a column which is not for the edition, or would give one away."""


@dataclass(frozen=True, slots=True)
class AssessedSeries:
    """A series with its assessed points, in the same order."""

    series: Series
    baseline: float | None
    points: Sequence[AssessedPoint]

    @property
    def last(self) -> AssessedPoint | None:
        """The newest point that has a value."""
        return next((point for point in reversed(self.points) if point.point.value is not None), None)


def assess(
    series: Series,
    indicator: Indicator,
    targets: Sequence[Target],
    baseline: float | None,
    handbook: Handbook,
    baseline_period: Period | None = None,
    *,
    bars: Mapping[Period, Thresholds] | None = None,
    parts: Series | None = None,
) -> AssessedSeries:
    """Hold every point of a series against its bar and its own past, nothing against another definition's.

    `bars` go before the targets: a rolled-up series is held against what was asked of its parts. Of a sum
    rolled up from `parts` the baseline is that of one part, and an unfinished period is held against as many
    parts of the baseline and of the past as it has itself.
    """
    judge = _Judge(
        series, indicator, targets, baseline, handbook, baseline_period, bars=bars or {}, parts=parts
    )
    return AssessedSeries(series, baseline, tuple(map(judge.point, series.points, earlier_places(series))))


class _Judge:
    """What every point of a series is held against."""

    def __init__(
        self,
        series: Series,
        indicator: Indicator,
        targets: Sequence[Target],
        baseline: float | None,
        handbook: Handbook,
        baseline_period: Period | None,
        *,
        bars: Mapping[Period, Thresholds],
        parts: Series | None,
    ) -> None:
        self._series, self._indicator, self._targets, self._bars = series, indicator, targets, bars
        self._baseline, self._baseline_period = baseline, baseline_period
        self._scoring, self._calendar = handbook.scoring, handbook.calendar
        self._summed = parts if indicator.rollup == "sum" else None
        self._interval = (indicator.range[0], indicator.range[1]) if indicator.range else None
        self._anew = _definitions_begin(indicator, (parts or series).frequency, self._calendar)

    def point(self, point: SeriesPoint, before: Before) -> AssessedPoint:
        """A point with its status and its differences from those at the places before."""
        value, direction = point.value, self._indicator.direction
        bar = self._bars.get(point.period) or attainment.bar_at(
            self._targets, point.period, direction, self._calendar, self._interval, point.target
        )
        by_growth = self._indicator.progress_method == "growth"
        came = self._grown(point) if by_growth else None
        start = self._start(point)
        return AssessedPoint(
            point=point,
            bar=bar,
            status=attainment.status(value, bar, direction),
            gap=attainment.gap(value, bar, direction),
            attainment=attainment.attainment(value, bar, direction),
            progress=(came.share if came else None)
            if by_growth
            else attainment.progress(value, start, bar, direction),
            score=attainment.score(value, bar, direction, self._scoring),
            previous=self._against(point, before[0]),
            year_before=self._against(point, before[1]),
            baseline=start,
            grown=came,
        )

    def _against(self, point: SeriesPoint, place: int | None) -> Difference | None:
        if place is None:
            return None
        base = self._series.points[place]
        earlier = base.period
        if self._anew:
            since, until = self._calendar.start(earlier), self._calendar.end(point.period)
            if any(since < day <= until for day in self._anew):
                return None
        if self._summed is None or (point.complete and base.complete):
            return difference(point.value, base.value)
        part = same_part(self._summed, point.period, earlier, self._calendar)
        return difference(point.value, part, partial=True)

    def _grown(self, point: SeriesPoint) -> Grown | None:
        return grown(
            self._series,
            point,
            self._indicator,
            self._targets,
            baseline=(self._baseline, self._baseline_period),
            calendar=self._calendar,
            parts=point.parts[0] if self._summed is not None and point.parts is not None else None,
        )

    def _start(self, point: SeriesPoint) -> float | None:
        """The baseline of as many parts as the point has."""
        if self._baseline is None or self._summed is None or point.parts is None:
            return self._baseline
        return times(self._baseline, point.parts[0])


def _definitions_begin(indicator: Indicator, frequency: Frequency, calendar: Calendar) -> list[date]:
    """The first days of the periods from which figures compare with no earlier ones."""
    return [
        calendar.start(calendar.of(entry.date, frequency))
        for entry in indicator.history
        if entry.breaks_series
    ]


def targets_of(item: PackItem | None, indicator: Indicator, series: Series) -> tuple[Target, ...]:
    """What a series is held against: a pack's own targets go before the organisation's.

    A target of a total is not one of its parts: the organisation's is not held against a pilot's total, nor a
    pilot's against that of a region, where nobody says so (`targets_for`).
    """
    if series.cell and not indicator.asks_parts:
        return ()
    own = item.targets if item else ()
    return own or (indicator.targets if indicator.asks_parts or series.pilot is None else ())


def assess_longer(
    own: AssessedSeries,
    frequency: Frequency,
    indicator: Indicator,
    targets: Sequence[Target],
    handbook: Handbook,
    baseline_period: Period | None = None,
) -> AssessedSeries:
    """The series rolled up to longer periods, held against what was asked of their parts."""
    rolled = at_frequency(own.series, frequency, indicator, handbook)
    bars = longer_bars(own, frequency, indicator, handbook.calendar)
    return assess(
        rolled,
        indicator,
        targets,
        own.baseline,
        handbook=handbook,
        baseline_period=baseline_period,
        bars=bars,
        parts=own.series,
    )


def longer_bars(
    parts: AssessedSeries, frequency: Frequency, indicator: Indicator, calendar: Calendar
) -> dict[Period, Thresholds]:
    """What is asked of each longer period: the newest bar of its parts, or, for a sum, their bars together.

    A month's target of 100 orders asks 300 of a quarter, and 200 of a quarter that has two months so far.
    """
    points = tuple(parts.points)
    told = (
        (period, [points[place] for place in places if points[place].point.value is not None])
        for period, places, _ in grouped(periods_of(parts.series), frequency, calendar)
    )
    groups = {period: known for period, known in told if known}
    if indicator.rollup != "sum" or indicator.direction == "range":
        return {period: points[-1].bar for period, points in groups.items()}
    return {
        period: Thresholds(
            _together([point.bar.floor for point in points]),
            _together([point.bar.target for point in points]),
            _together([point.bar.stretch for point in points]),
        )
        for period, points in groups.items()
    }


def _together(bars: Sequence[float | None]) -> float | None:
    """The sum, where every part asks something."""
    known = [bar for bar in bars if bar is not None]
    return total(known) if known and len(known) == len(bars) else None


def at_frequency(series: Series, frequency: Frequency, indicator: Indicator, handbook: Handbook) -> Series:
    """The series itself where it already has the frequency, else rolled up to it."""
    if series.frequency == frequency:
        return series
    return roll_up(series, frequency, indicator, handbook.calendar)
