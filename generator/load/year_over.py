"""Heads in two levels that say a period together: a year, and below it its months or quarters."""

from __future__ import annotations

import re
import unicodedata

from generator.load.written_period import PeriodFault, read_period
from generator.model.calendar import Calendar
from generator.model.period import Period

SHAPES = ("{}年{}", "{}-{}", "{}{}")
"""How a year and a period that names none are written as one."""


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
    for shape in SHAPES:
        whole = shape.format(own, text.strip())
        made = read_period(whole, calendar)
        if isinstance(made, Period):
            parts = ("quarter", "half")
            return whole if not calendar.in_two_years or made.frequency in parts else None
    return None
