"""The handbook's calendar: when its periods start and end, and which lies in which.

One object that knows where fiscal years begin, given by the handbook (`Handbook.calendar`). A period by
itself has no days: only a calendar tells them, so that nobody can forget to ask which one, or fall back to
another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from generator.model.period import CALENDAR, FREQUENCIES, MONTHS, Frequency, Period, period_on


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years start in the month `fiscal_year_starts`, 1–12; there is no default."""

    fiscal_year_starts: int
    named_by: Literal["start", "end"] | None = None
    """Whether a year that lies in two calendar years is named after the first or the second; None: nobody
    said so, and it is the first."""
    two_years_from: int = 2024
    """A year that begins a period of two."""

    @property
    def in_two_years(self) -> bool:
        """Whether its years lie in two calendar years each."""
        return self.fiscal_year_starts != 1

    @property
    def _ahead(self) -> int:
        """How many years a name lies ahead of the year in which its period starts."""
        return int(self.in_two_years and self.named_by == "end")

    def of(self, day: date, frequency: Frequency) -> Period:
        """The period of a frequency in which a day lies (a day lies in its ISO week)."""
        if frequency in CALENDAR:
            return period_on(day, frequency)
        months = (day.year + self._ahead) * 12 + day.month - self.fiscal_year_starts
        if frequency == "two-year":
            year = months // 12
            return Period(frequency, year - (year - self.two_years_from) % 2)
        return Period(frequency, months // 12, months % 12 // MONTHS[frequency] + 1)

    def start(self, period: Period) -> date:
        """The first day of a period."""
        if period.frequency in CALENDAR:
            return period.calendar_start()
        months = (period.year - self._ahead) * 12 + self.fiscal_year_starts - 1
        months += (period.number - 1) * MONTHS[period.frequency]
        return date(months // 12, months % 12 + 1, 1)

    def end(self, period: Period) -> date:
        """The last day of a period."""
        return _end(self, period)

    def opens_on(self, period: Period) -> date:
        """The day from which a period counts among longer ones: its first, of a week its Thursday."""
        return _thursday(period) or self.start(period)

    def closes_on(self, period: Period) -> date:
        """The day on which a period counts as over among longer ones: its last, of a week its Thursday.

        Week 53 of 2026 ends on 3 January 2027 and belongs to 2026.
        """
        return _thursday(period) or self.end(period)

    def holds_from(self, period: Period, since: Period) -> bool:
        """Whether what holds from the period `since` on is in force at the end of `period`."""
        if "day" in (since.frequency, period.frequency):
            return self.start(since) <= self.end(period)
        return self.opens_on(since) <= self.closes_on(period)

    def containing(self, period: Period, frequency: Frequency) -> Period:
        """The longer period that one lies in; itself, for its own frequency. ValueError for a shorter one."""
        return period if frequency == period.frequency else _containing(self, period, frequency)

    def parts(self, period: Period, frequency: Frequency) -> tuple[Period, ...]:
        """The shorter periods that lie in one, in order: those whose `containing` is this one."""
        return (period,) if frequency == period.frequency else _parts(self, period, frequency)


# Every result is asked for its end, its quarter and the like again and again, and all of them share a few
# dozen periods: so they share the answers too.


@lru_cache(maxsize=4096)
def _end(calendar: Calendar, period: Period) -> date:
    return calendar.start(period.shift(1)) - timedelta(days=1)


@lru_cache(maxsize=4096)
def _containing(calendar: Calendar, period: Period, frequency: Frequency) -> Period:
    if FREQUENCIES.index(frequency) > FREQUENCIES.index(period.frequency):
        raise ValueError(f"a {frequency} does not contain a {period.frequency}")
    return calendar.of(calendar.opens_on(period), frequency)


@lru_cache(maxsize=4096)
def _parts(calendar: Calendar, period: Period, frequency: Frequency) -> tuple[Period, ...]:
    if FREQUENCIES.index(frequency) < FREQUENCIES.index(period.frequency):
        raise ValueError(f"a {period.frequency} has no {frequency} in it")
    part, last = calendar.of(calendar.start(period), frequency), calendar.end(period)
    inside = []
    while calendar.start(part) <= last:
        if calendar.containing(part, period.frequency) == period:
            inside.append(part)
        part = part.shift(1)
    return tuple(inside)


def _thursday(period: Period) -> date | None:
    return period.calendar_start() + timedelta(days=3) if period.frequency == "week" else None
