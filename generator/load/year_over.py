"""Heads in two levels that say a period together: a year, and below it its months or quarters."""

from __future__ import annotations

import re
import unicodedata

from generator.load.written_period import PeriodFault, in_year, read_period
from generator.model.calendar import Calendar
from generator.model.period import Period

_SHAPES = ("{}年{}", "{}-{}", "{}{}")
"""How a year and a period that names none are written as one, where its form does not say it."""


def year_of(text: str, calendar: Calendar) -> int | None:
    """The year that a head names; None where it names another period, or none."""
    made = read_period(text, calendar) if text else None
    if isinstance(made, Period):
        return made.year if made.frequency == "year" else None
    short = re.fullmatch("'?([0-9]{2})年", unicodedata.normalize("NFKC", text).strip())
    return 2000 + int(short[1]) if short else None


def under_year(year: str, text: str, calendar: Calendar) -> str | None:
    """The period that a head and the one above it name together, as it is read; None where they name none.

    Where years of account lie in two calendar years, nobody can say which of them a month belongs to.
    """
    own = year_of(year, calendar)
    if own is None or not text or not isinstance(read_period(text, calendar), PeriodFault):
        return None
    whole = dated_in(own, text, calendar)
    made = read_period(whole, calendar)
    sure = isinstance(made, Period) and (not calendar.in_two_years or made.frequency in ("quarter", "half"))
    return whole if sure else None


def dated_in(year: int, text: str, calendar: Calendar) -> str:
    """A period that names no year, as it is read with this one; empty where it is none."""
    ways = (in_year(text, year), *(shape.format(year, text.strip()) for shape in _SHAPES))
    read = (way for way in ways if way and not isinstance(read_period(way, calendar), PeriodFault))
    return next(read, "")
