"""When the next result of an indicator is due: what the rule and the library's health both go by."""

from __future__ import annotations

from datetime import date, timedelta

from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.period import Frequency, Period

REFRESH_DAYS: dict[Frequency, int] = {
    "two-year": 731,
    "year": 366,
    "half": 184,
    "quarter": 92,
    "month": 31,
    "week": 7,
    "day": 1,
}


def next_due(indicator: Indicator, last: Period, calendar: Calendar) -> date:
    """The day by which the period after `last` must have a result: its end plus the source's refresh."""
    refresh = indicator.source.refresh if indicator.source else None
    return calendar.end(last.shift(1)) + timedelta(days=REFRESH_DAYS[refresh] if refresh else 0)


def known_until(catalogue: Catalogue, as_of: Period) -> date:
    """The day up to which `as_of` is over, as far as the data shows: no result of a later day can be late.

    A quarter runs until its last day, and its results come one after the other: in October nothing of
    December is due. A day has passed that a final value's period ends on, or on which results were taken from
    their source. A past is over where anything later is known of it (`later`).
    """
    every, calendar = catalogue.later or catalogue, catalogue.handbook.calendar
    results = every.results
    final = results.valued & ~results.where("status", ("provisional", "estimate").__contains__)
    passed = [calendar.end(period) for period in results.distinct("period", final)]
    passed += [day for day in results.distinct("as_of") if day is not None]
    passed += [run.day for run in every.runs]
    passed += [calendar.start(period) for period in results.distinct("period", results.valued)]
    return min([calendar.end(as_of), *([max(passed)] if passed else [])])
