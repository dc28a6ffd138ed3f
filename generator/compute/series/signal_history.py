"""What each chart said at the end of every long review period, beside what it says of the same value today.

A chart is made anew with every value, so a signal that a review was told may be gone a year later, when more
values have widened the limits. It was told all the same. Every period's chart is that of the values up to its
end, with the segments that had begun by then; all of them, of all series, are computed side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.marks import SeriesMark, segment_starts
from generator.compute.series.rare import rare_chart, rare_segment
from generator.compute.series.signals import (
    ReviewedValue,
    Signals,
    Variation,
    column_of,
    is_rare,
    rare_variation,
    shown_mark,
    variation_of,
)
from generator.compute.series.spc import Charts, SegmentValues, charts_of
from generator.compute.series.values import Key, is_longer, periods_of
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.handbook import Handbook
from generator.model.period import Frequency, Period


@dataclass(frozen=True, slots=True)
class _Look:
    """One chart of the past: a series up to a period's end."""

    key: Key
    review: Period
    first: int
    """Where the segment of its newest value began."""
    place: int


def with_history(
    signals: Mapping[Key, Signals],
    series: Mapping[Key, AssessedSeries],
    marks: Mapping[Key, tuple[SeriesMark, ...]],
    catalogue: Catalogue,
    as_of: Period | None,
) -> dict[Key, Signals]:
    """The charts with what they said at the end of each long review period until `as_of`, oldest first."""
    looks: list[_Look] = []
    columns: list[SegmentValues] = []
    for key, item in series.items():
        for look in _looks(key, item, marks.get(key, ()), catalogue.handbook, as_of):
            looks.append(look)
            columns.append(column_of(item.series.points[look.first : look.place + 1], key, catalogue))
    made: dict[Key, list[ReviewedValue]] = {key: [] for key in series}
    charts = charts_of(columns) if columns else None
    for number, (look, column) in enumerate(zip(looks, columns, strict=True)):
        if charts is not None:
            today = signals[look.key].points[look.place].variation
            made[look.key].append(_told(look, column, charts, number, catalogue, today))
    return {key: replace(item, told=tuple(made[key])) for key, item in signals.items()}


def _told(
    look: _Look,
    column: SegmentValues,
    charts: Charts,
    number: int,
    catalogue: Catalogue,
    today: Variation | None,
) -> ReviewedValue:
    indicator = catalogue.indicators[look.key[0]]
    row = look.place - look.first
    if is_rare(look.key, column, catalogue):
        rare, _ = rare_segment(rare_chart(column.values, column.fixed), row + 1)
        said = rare_variation(rare.sides[-1], indicator.direction) if rare.centre is not None else None
        return ReviewedValue(look.review, look.place, rare.basis, rare.marks[-1], said, today)
    limited = bool(charts.limited[number])
    centre = float(charts.centre[number]) if limited else None
    mark, side = shown_mark(charts.mark(row, number), column.values[row], centre, indicator)
    return ReviewedValue(
        look.review,
        look.place,
        charts.basis(number),
        mark,
        variation_of(side, indicator.direction) if limited else None,
        today,
    )


def _looks(
    key: Key,
    series: AssessedSeries,
    marks: tuple[SeriesMark, ...],
    handbook: Handbook,
    as_of: Period | None,
) -> Iterator[_Look]:
    """The newest value in each long review period that has ended, with its segment as it was then."""
    if as_of is None:
        return
    reviews = _reviews(periods_of(series.series), as_of, handbook.review.long, handbook.calendar)
    newest: dict[Period, int] = {}
    for place, (point, review) in enumerate(zip(series.series.points, reviews, strict=True)):
        if point.value is not None and review is not None:
            newest[review] = place
    begun = segment_starts(series.series, marks)
    for review, place in newest.items():
        yield _Look(key, review, max(first for first in begun if first <= place), place)


@lru_cache(maxsize=1 << 10)
def _reviews(
    periods: tuple[Period, ...], as_of: Period, long: Frequency, calendar: Calendar
) -> tuple[Period | None, ...]:
    """For each period the long review period that it is told in; None where that has not ended."""
    end = calendar.end(as_of)
    found = (
        calendar.of(calendar.end(period), long)
        if is_longer(period.frequency, long)
        else calendar.containing(period, long)
        for period in periods
    )
    return tuple(review if calendar.end(review) <= end else None for review in found)
