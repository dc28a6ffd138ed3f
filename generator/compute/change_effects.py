"""The effects of every change of every pilot: which periods are compared with which, and in which series.

A period that holds the day of the change belongs to neither side, unless the change stands on its first day.
The window ends where something else interferes: another change of the pilot that is meant for the same
indicator, or a change of the indicator's definition. Guardrails are judged over the window of the indicator
they guard. Pilots of the same process that changed nothing meant for the indicator inside the window serve
as comparison. Source: the computations page, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.compute.assessed import AssessedSeries
from generator.compute.effect import Effect, effect_of
from generator.compute.guardrail import ChangeEffect, weigh
from generator.compute.marks import SeriesMark, concerns
from generator.compute.series import Key
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.pilot import Change, Pilot

Values = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day that still counts before a change to the last that counts after it."""

    start: date
    change: date
    end: date
    broken: bool = False
    """The definition changed between the two sides: they cannot be compared."""


def change_effects(
    catalogue: Catalogue, series: Mapping[Key, AssessedSeries], marks: Mapping[Key, tuple[SeriesMark, ...]]
) -> dict[tuple[str, str], tuple[ChangeEffect, ...]]:
    """(pilot, change) -> the effect in each indicator that the change names and that has results."""
    return {
        (pilot.id, change.id): tuple(
            _weighed(catalogue, pilot, change, indicator, series, marks)
            for indicator in _named(pilot, change)
            if (indicator, pilot.id, ()) in series
        )
        for pilot in catalogue.pilots.values()
        for change in pilot.changes
    }


def _named(pilot: Pilot, change: Change) -> tuple[str, ...]:
    return tuple(change.indicators) or tuple(item.indicator for item in pilot.pack)


def _weighed(
    catalogue: Catalogue,
    pilot: Pilot,
    change: Change,
    indicator: str,
    series: Mapping[Key, AssessedSeries],
    marks: Mapping[Key, tuple[SeriesMark, ...]],
) -> ChangeEffect:
    starts = catalogue.handbook.fiscal_year_starts
    own = series[(indicator, pilot.id, ())]
    window = window_of(own, change, marks.get((indicator, pilot.id, ()), ()), starts)
    effect = _effect(catalogue, pilot, indicator, window, series)
    guards = []
    for guard in catalogue.indicators[indicator].guardrails:
        key: Key = (guard, pilot.id, ())
        if key in series:
            # A guardrail whose own definition broke inside the window is judged on the comparable part.
            breaks = tuple(mark for mark in marks.get(key, ()) if mark.kind == "break")
            inside = _narrowed(window, breaks, starts)
            guards.append(
                (
                    _effect(catalogue, pilot, guard, inside, series),
                    catalogue.indicators[guard].direction,
                )
            )
    return weigh(effect, guards)


def window_of(
    series: AssessedSeries, change: Change, marks: tuple[SeriesMark, ...], fiscal_year_starts: int
) -> Window:
    """The window of a change in a series, bounded by the series and by its other marks."""
    others = tuple(mark for mark in marks if mark.change is None or mark.change.id != change.id)
    return window_around(series, change.date, others, fiscal_year_starts)


def window_around(
    series: AssessedSeries, day: date, marks: tuple[SeriesMark, ...], fiscal_year_starts: int
) -> Window:
    """The part of a series before and after a day, bounded by the series and by the marks."""
    points = series.points
    whole = Window(
        points[0].point.period.start(fiscal_year_starts),
        day,
        points[-1].point.period.end(fiscal_year_starts),
    )
    return _narrowed(whole, marks, fiscal_year_starts)


def _narrowed(window: Window, marks: tuple[SeriesMark, ...], fiscal_year_starts: int) -> Window:
    """The part of a window that no mark interferes with; `broken` where none is left between them."""
    for mark in marks:
        held = Period.of(window.change, mark.period.frequency, fiscal_year_starts)
        first_after = held if held.start(fiscal_year_starts) == window.change else held.shift(1)
        if mark.kind == "break" and held <= mark.period <= first_after:
            window = replace(window, broken=True)
        elif window.start < mark.date < window.change:
            window = replace(window, start=mark.date)
        elif window.change < mark.date <= window.end:
            window = replace(window, end=date.fromordinal(mark.date.toordinal() - 1))
    return window


def values_in(series: AssessedSeries, window: Window, fiscal_year_starts: int) -> Values:
    """The values of the periods that lie wholly before, and wholly after, the change."""
    before, after = [], []
    for point in series.points:
        start, end = point.point.period.start(fiscal_year_starts), point.point.period.end(fiscal_year_starts)
        if point.point.value is None or start < window.start or end > window.end:
            continue
        if end < window.change:
            before.append(point.point.value)
        elif start >= window.change:
            after.append(point.point.value)
    return tuple(before), tuple(after)


def _effect(
    catalogue: Catalogue, pilot: Pilot, indicator: str, window: Window, series: Mapping[Key, AssessedSeries]
) -> Effect:
    starts = catalogue.handbook.fiscal_year_starts
    before, after = values_in(series[(indicator, pilot.id, ())], window, starts)
    direction = catalogue.indicators[indicator].direction
    if window.broken:
        return replace(effect_of(indicator, before, (), direction), why_not="break")
    others = [
        (other.id, *values_in(series[key], window, starts))
        for other in catalogue.pilots.values()
        if other.id != pilot.id
        and other.process == pilot.process
        and (key := (indicator, other.id, ())) in series
        and not any(
            concerns(change, indicator) and window.start <= change.date <= window.end
            for change in other.changes
        )
    ]
    return effect_of(indicator, before, after, direction, others)
