"""What interrupts a series: changes of the process and breaks of the definition, at the periods they fall in.

A mark that starts a segment makes the control limits anew from its period on. A mark also bounds the window
in which a change is judged, because figures beyond it tell of something else.

The whole stands on the work of its pilots: where one of them was changed on a known day, the whole is a new
phase as well, as long as limits have enough values to rest on before and after it. Source: the computations
page, section 3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Literal

from generator.compute.series.spc import FEWEST
from generator.compute.series.values import Series, SeriesPoint
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
    pilot: str | None = None
    """Of a series of the whole: the pilot whose change it is."""


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


def segment_starts(series: Series, marks: Sequence[SeriesMark], end: int | None = None) -> tuple[int, ...]:
    """Indices of the points that start a segment: the first, and those of the marks that make limits anew.

    A series with no value before a mark has no segment there: the first segment starts with the first value.
    `end`: as the series was with that many points.
    """
    points = series.points[:end]
    places = {point.period: index for index, point in enumerate(points)}
    first = next((index for index, point in enumerate(points) if point.value is not None), 0)
    started = [mark for mark in marks if mark.starts_segment and mark.period in places]
    own = {0, *(places[mark.period] for mark in started if mark.pilot is None)}
    own = {start for start in own if start == 0 or start > first}
    parts = sorted({places[mark.period] for mark in started if mark.pilot is not None} - own)
    return tuple(sorted({*own, *_phases(points, own, parts)} if parts else own))


def _phases(points: Sequence[SeriesPoint], own: Collection[int], parts: Sequence[int]) -> Iterator[int]:
    """Those of the places at which the whole is a new phase: with enough values before it in the phase that
    it ends, and from it to the next start or the end. The oldest goes first."""
    counted = [0, *accumulate(int(point.value is not None) for point in points)]
    before = 0
    for place in parts:
        before = max(before, *(start for start in own if start <= place))
        after = min((start for start in own if start > place), default=len(points))
        if min(counted[place] - counted[before], counted[after] - counted[place]) >= FEWEST:
            before = place
            yield place


def phase_marks(
    series: Series, indicator: Indicator, pilots: Iterable[Pilot], calendar: Calendar
) -> tuple[SeriesMark, ...]:
    """The marks of a series of the whole: its breaks, and its pilots' changes that make it a new phase.

    `pilots` are those with results of their own for the indicator. A part of the whole has its breaks only:
    it need not be the pilot's part.
    """
    breaks = marks_of(series, indicator, None, calendar)
    found = [replace(mark, pilot=pilot.id) for pilot, mark in _rebased(series, indicator, pilots, calendar)]
    if not found:
        return breaks
    starts = {series.points[start].period for start in segment_starts(series, (*breaks, *found))}
    kept = [mark for mark in found if mark.period in starts]
    return tuple(sorted((*breaks, *kept), key=lambda mark: (mark.date, mark.kind, mark.pilot or "")))


def changes_within(
    series: Series,
    indicator: Indicator,
    pilots: Iterable[Pilot],
    calendar: Calendar,
    marks: Sequence[SeriesMark],
) -> tuple[tuple[Pilot, Change], ...]:
    """The pilots' changes that lie within a series of the whole and make no limits anew there, oldest first.

    Too few values lie before or after them. Empty for a pilot's series, whose limits are made anew, and for a
    part of the whole, which need not be the pilot's part.
    """
    told = {(mark.pilot, mark.change.id) for mark in marks if mark.change is not None}
    found = [
        (mark.date, pilot, mark.change)
        for pilot, mark in _rebased(series, indicator, pilots, calendar)
        if mark.change is not None and (pilot.id, mark.change.id) not in told
    ]
    return tuple((pilot, change) for _, pilot, change in sorted(found, key=lambda one: (one[0], one[1].id)))


def _rebased(
    series: Series, indicator: Indicator, pilots: Iterable[Pilot], calendar: Calendar
) -> Iterator[tuple[Pilot, SeriesMark]]:
    """The pilots' changes within a series of the whole after which a pilot's own limits are made anew.

    None of rare events, whose limits rest on the pauses between them: six values may hold not one pause.
    """
    if series.pilot is not None or series.cell or indicator.chart == "rare":
        return
    for pilot in pilots:
        for mark in marks_of(series, indicator, pilot, calendar):
            if mark.change is not None and mark.starts_segment:
                yield pilot, mark
