"""What interrupts a series: changes of the process and breaks of the definition, at the periods they fall in.

A mark that starts a segment makes the control limits anew from its period on. A mark also bounds the window
in which a change is judged, because figures beyond it tell of something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.compute.series.values import Series
from generator.model.calendar import Calendar
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.pilot import Change, Pilot


@dataclass(frozen=True, slots=True)
class SeriesMark:
    """One interruption of a series."""

    date: date
    period: Period
    """The period of the series that holds the date."""
    kind: Literal["change", "break"]
    """A change of the pilot's process, or a change of the definition that makes figures incomparable."""
    starts_segment: bool
    change: Change | None = None


def concerns(change: Change, indicator: str) -> bool:
    """Whether a change is meant to show in an indicator; one that names none is meant for all."""
    return not change.indicators or indicator in change.indicators


def marks_of(
    series: Series, indicator: Indicator, pilot: Pilot | None, calendar: Calendar
) -> tuple[SeriesMark, ...]:
    """The marks of a series inside its periods, in order of time."""
    marks = [
        SeriesMark(entry.date, calendar.of(entry.date, series.frequency), "break", True)
        for entry in indicator.history
        if entry.breaks_series
    ]
    if pilot is not None:
        marks += [
            SeriesMark(
                change.date,
                calendar.of(change.date, series.frequency),
                "change",
                change.rebaseline,
                change,
            )
            for change in pilot.changes
            if concerns(change, indicator.id)
        ]
    if not series.points:
        return ()
    first, last = series.points[0].period, series.points[-1].period
    inside = [mark for mark in marks if first <= mark.period <= last]
    return tuple(sorted(inside, key=lambda mark: (mark.date, mark.kind)))


def segment_starts(series: Series, marks: Sequence[SeriesMark]) -> tuple[int, ...]:
    """Indices of the points that start a segment: the first, and those of the marks that make limits anew.

    A series with no value before a mark has no segment there: the first segment starts with the first value.
    """
    places = {point.period: index for index, point in enumerate(series.points)}
    starts = {places[mark.period] for mark in marks if mark.starts_segment and mark.period in places}
    first = next((index for index, point in enumerate(series.points) if point.value is not None), 0)
    return (0, *sorted(start for start in starts if start > first))


def changes_within(
    series: Series, indicator: Indicator, pilots: Iterable[Pilot], calendar: Calendar
) -> tuple[tuple[Pilot, Change], ...]:
    """The pilots' changes that lie within a series of the whole and make no limits anew there, oldest first.

    A pilot is a part of the whole: its change moves the whole a little, and as many pilots change at as many
    times, limits of what lies in between would rest on few values. Empty for a pilot's series, whose limits
    are made anew, and for a part of the whole, which need not be the pilot's part.
    """
    if series.pilot is not None or series.cell:
        return ()
    found = [
        (mark.date, pilot, mark.change)
        for pilot in pilots
        for mark in marks_of(series, indicator, pilot, calendar)
        if mark.change is not None and mark.starts_segment
    ]
    return tuple((pilot, change) for _, pilot, change in sorted(found, key=lambda one: (one[0], one[1].id)))
