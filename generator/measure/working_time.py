"""Working time as SQL: how many hours of work lie between two moments, by a table of days.

Every moment has a reading W: the working microseconds from the log's first day to it. The working time
between two moments is the difference of their readings, and W never falls, so that the latest of several
moments has the largest reading. Readings are whole numbers, so that every engine adds them up to the same
figures. Days off and make-up days are those of the calendar that the process names, of the library
`holidays` (MIT) for a country, and of a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from generator.collect.fault import SourceFaultError
from generator.load.worked_days import UnreadDaysError, worked_days
from generator.model.exact import counted
from generator.model.process import TimeBasis
from generator.model.process_log import WorkingDays

MICRO = 1_000_000
"""Readings in a second."""


@dataclass(frozen=True)
class WorkingTime:
    """A table of days, and how a moment is read by it; without days, the clock runs round the clock."""

    days: tuple[tuple[date, bool, int], ...]
    """Day, whether it is worked, working seconds of all days before it."""
    stretches: tuple[tuple[int, int], ...]
    """Of a working day, in seconds from midnight."""

    @property
    def table(self) -> str:
        """The days as a query of DuckDB's: d, w (0 or 1), c."""
        rows = ", ".join(
            f"(date '{day}', {int(works)}, {before * MICRO})" for day, works, before in self.days
        )
        return f"select d, w, c from (values {rows}) as days(d, w, c)"

    def reading(self, moment: str, days: str) -> str:
        """W of a moment; `days` is the alias of its day's row."""
        if not self.days:
            return _micros(moment)
        inside = f"({_micros(moment)} - {_micros(f'cast(cast({moment} as date) as timestamp)')})"
        parts = " + ".join(
            f"greatest(0, least({inside}, {end * MICRO}) - {start * MICRO})" for start, end in self.stretches
        )
        return f"{days}.c + {days}.w * ({parts})"


def working_time(basis: TimeBasis, calendar: WorkingDays, root: Path, first: date, last: date) -> WorkingTime:
    """The days from `first` to `last`. SourceFaultError for a calendar that cannot be read."""
    if basis.basis == "calendar":
        return WorkingTime((), ())
    stretches = tuple(_stretch(text) for text in calendar.hours)
    if any(end <= start for start, end in stretches) or any(
        later[0] < earlier[1] for earlier, later in pairwise(stretches)
    ):
        raise SourceFaultError("log: calendar: hours: the stretches of a day follow one another")
    seconds = counted(end - start for start, end in stretches)
    works = _rule(calendar, root, first, last)
    days, before = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        days.append((day, works(day), before))
        before += seconds if works(day) else 0
    return WorkingTime(tuple(days), stretches)


def hours_of_a_day(basis: TimeBasis, calendar: WorkingDays) -> float:
    """Hours of a day: of the stretches, or of the clock."""
    if basis.basis == "calendar":
        return basis.hours_per_day
    return counted(end - start for start, end in map(_stretch, calendar.hours)) / 3600


def _micros(moment: str) -> str:
    return f"cast(round(epoch({moment}) * {MICRO}) as bigint)"


def _stretch(text: str) -> tuple[int, int]:
    begin, _, end = text.partition("-")
    return _seconds(begin), _seconds(end)


def _seconds(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 3600 + int(minute) * 60


class _rule:  # noqa: N801  # reads as what it decides
    """Whether a day is worked: the file, then the days named, then the country, then the weekday."""

    def __init__(self, calendar: WorkingDays, root: Path, first: date, last: date) -> None:
        self.weekdays = set(calendar.weekdays)
        self.told = _file(root, calendar.file) if calendar.file else {}
        self.told = {**dict.fromkeys(calendar.off, False), **dict.fromkeys(calendar.work, True), **self.told}
        self.off: set[date] = set()
        self.made_up: set[date] = set()
        if calendar.country is not None:
            self.off, self.made_up = public_days(calendar.country, first, last)

    def __call__(self, day: date) -> bool:
        if day in self.told:
            return self.told[day]
        if day in self.made_up:
            return True
        return day.isoweekday() in self.weekdays and day not in self.off


def public_days(country: str, first: date, last: date) -> tuple[set[date], set[date]]:
    """Public holidays of a country, and weekend days that are worked in their place (China).

    SourceFaultError for a country that the library does not know.
    """
    import holidays  # noqa: PLC0415  # needed by who names a country only

    name, _, part = country.partition("-")
    years = range(first.year, last.year + 1)
    try:
        found = holidays.country_holidays(name, subdiv=part or None, years=years)
    except NotImplementedError:
        message = f"log: calendar: country: the library of holidays does not know {country}"
        raise SourceFaultError(message) from None
    worked = {day for day in getattr(found, "weekend_workdays", ()) if first <= day <= last}
    return {day for day in found if first <= day <= last}, worked


def _file(root: Path, name: str) -> dict[date, bool]:
    try:
        return worked_days(root, name)
    except UnreadDaysError as fault:
        raise SourceFaultError(str(fault)) from None
