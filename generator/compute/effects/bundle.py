"""Which changes of a pilot are judged together in an indicator, and which periods lie before and after them.

Changes with fewer than four whole periods between them cannot be told apart: they make a bundle, judged
before the first to after the last. A period that holds the day of a change belongs to neither side, unless
the change stands on its first day. A side ends where something else interferes: another change meant for the
same indicator, or a change of its definition. Source: the computations page, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.compute.effects.effect import FEWEST, Bounds
from generator.compute.effects.sample import Sample, sample_of
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.marks import SeriesMark, concerns
from generator.model.calendar import Calendar
from generator.model.period import Frequency, Period
from generator.model.pilot import Change, Pilot


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day that still counts before the changes to the last that counts after them."""

    start: date
    first: date
    """The day of the first change."""
    last: date
    """The day of the last; of one change the same."""
    end: date
    before: SeriesMark | None = None
    """What `start` is bound by; None: where the series starts."""
    after: SeriesMark | None = None
    """What `end` is bound by; None: how far the series goes."""
    broken: SeriesMark | None = None
    """The change of the definition between the two sides: they cannot be compared."""


def bundles_of(
    pilot: Pilot, indicator: str, series: AssessedSeries, calendar: Calendar
) -> tuple[tuple[Change, ...], ...]:
    """A pilot's changes that are meant for an indicator, by date, each with those too near to tell apart.

    A change that lies beyond the series is no reason yet to wait with an earlier one: it stands alone.
    """
    meant = sorted(
        (change for change in pilot.changes if concerns(change, indicator)),
        key=lambda item: (item.date, item.id),
    )
    frequency = series.series.frequency
    known = calendar.end(series.points[-1].point.period) if series.points else date.min
    bundles: list[list[Change]] = []
    for change in meant:
        near = bundles and not _apart(bundles[-1][-1].date, change.date, frequency, calendar)
        if near and change.date <= known:
            bundles[-1].append(change)
        else:
            bundles.append([change])
    return tuple(tuple(bundle) for bundle in bundles)


def _apart(day: date, later: date, frequency: Frequency, calendar: Calendar) -> bool:
    """Whether at least four whole periods lie between two days."""
    return calendar.end(first_after(day, frequency, calendar).shift(FEWEST - 1)) < later


def first_after(day: date, frequency: Frequency, calendar: Calendar) -> Period:
    """The first period that lies wholly at or after a day."""
    held = calendar.of(day, frequency)
    return held if calendar.start(held) == day else held.shift(1)


def window_around(
    series: AssessedSeries,
    first: date,
    last: date,
    marks: Iterable[SeriesMark],
    calendar: Calendar,
) -> Window:
    """The part of a series before the first and after the last day, bounded by the series and by the
    marks."""
    points = series.points
    return narrowed(
        Window(
            calendar.start(points[0].point.period),
            first,
            last,
            calendar.end(points[-1].point.period),
        ),
        marks,
        calendar,
    )


def narrowed(window: Window, marks: Iterable[SeriesMark], calendar: Calendar) -> Window:
    """The part of a window that no mark interferes with; `broken` where the definition changed between."""
    for mark in marks:
        frequency = mark.period.frequency
        held = calendar.of(window.first, frequency)
        if mark.kind == "break" and held <= mark.period <= first_after(window.last, frequency, calendar):
            window = replace(window, broken=mark)
        elif window.start < mark.date < window.first:
            window = replace(window, start=mark.date, before=mark)
        elif window.last < mark.date <= window.end:
            window = replace(window, end=date.fromordinal(mark.date.toordinal() - 1), after=mark)
    return window


def samples_in(
    series: AssessedSeries, window: Window, ratio: bool, calendar: Calendar
) -> tuple[Sample, Sample]:
    """The samples of the periods that lie wholly before, and wholly after, the changes."""
    before, after = [], []
    for item in series.points:
        point = item.point
        start, end = calendar.start(point.period), calendar.end(point.period)
        if start < window.start or end > window.end:
            continue
        if end < window.first:
            before.append(point)
        elif start >= window.last:
            after.append(point)
    return sample_of(before, ratio), sample_of(after, ratio)


def bounds_of(window: Window, series: AssessedSeries, calendar: Calendar) -> Bounds:
    """What stands at the ends of a window."""
    first = first_after(window.last, series.series.frequency, calendar)
    return Bounds(window.before, window.after, window.broken, first)


def others_than(marks: Sequence[SeriesMark], bundle: Sequence[Change]) -> tuple[SeriesMark, ...]:
    """The marks of a series that are not those of a bundle."""
    own = {change.id for change in bundle}
    return tuple(mark for mark in marks if mark.change is None or mark.change.id not in own)
