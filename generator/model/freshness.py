"""When the next result of an indicator is due: what the rule and the library's health both go by."""

from __future__ import annotations

from datetime import date, timedelta

from generator.model.calendar import Calendar
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
