"""A series with everything that is said about each of its points: bar, status, attainment, score, changes.

One place puts the numbers of a series together, so that a page, a pilot's score and the export say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute import attainment
from generator.compute.attainment import Bar, Status
from generator.compute.series import Difference, Point, Series, difference, roll_up
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator, Target
from generator.model.period import Frequency


@dataclass(frozen=True, slots=True)
class AssessedPoint:
    """One point and what follows from it; figures that cannot be computed honestly are None."""

    point: Point
    bar: Bar
    status: Status
    gap: float | None
    """Value minus target, in the indicator's unit."""
    attainment: float | None
    """Per cent of the target."""
    progress: float | None
    """Share of the way from baseline to target, 1 = arrived."""
    score: float | None
    previous: Difference | None
    """Against the previous period (环比)."""
    year_before: Difference | None
    """Against the same period a year before (同比)."""


@dataclass(frozen=True, slots=True)
class AssessedSeries:
    """A series with its assessed points, in the same order."""

    series: Series
    baseline: float | None
    points: tuple[AssessedPoint, ...]

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
) -> AssessedSeries:
    """Hold every point of a series against its bar and its own past."""
    by_period = {point.period: point.value for point in series.points}
    interval = (indicator.range[0], indicator.range[1]) if indicator.range else None

    def assessed(point: Point) -> AssessedPoint:
        bar = attainment.bar_at(
            targets, point.period, indicator.direction, interval, point.target, handbook.fiscal_year_starts
        )
        value = point.value
        before = point.period.year_before()
        return AssessedPoint(
            point,
            bar,
            attainment.status(value, bar, indicator.direction),
            attainment.gap(value, bar, indicator.direction),
            attainment.attainment(value, bar, indicator.direction),
            attainment.progress(value, baseline, bar),
            attainment.score(value, bar, indicator.direction, handbook.scoring),
            difference(value, by_period.get(point.period.shift(-1))),
            difference(value, by_period.get(before) if before else None),
        )

    return AssessedSeries(series, baseline, tuple(assessed(point) for point in series.points))


def at_frequency(series: Series, frequency: Frequency, indicator: Indicator, handbook: Handbook) -> Series:
    """The series itself where it already has the frequency, else rolled up to it."""
    if series.frequency == frequency:
        return series
    return roll_up(series, frequency, indicator, handbook.fiscal_year_starts)
