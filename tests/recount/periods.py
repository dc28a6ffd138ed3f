"""Periods of results by their written names, as days: 2024-2Y, 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W53.

Years, halves and quarters start in the handbook's month and are named after the calendar year they start in,
or end in, as the handbook says; two years are named after their first. A week belongs to the longer period in
which its Thursday lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

MONTHS = {"two-year": 24, "year": 12, "half": 6, "quarter": 3, "month": 1}
ORDER = ("day", "week", "month", "quarter", "half", "year", "two-year")
SIGN = {"half": "H", "quarter": "Q"}


class Years(NamedTuple):
    """How a handbook's years run."""

    month: int = 1
    """In which they start."""
    ahead: int = 0
    """By how much their name is more than the calendar year in which they start."""
    pairs_from: int = 2024
    """A year that begins a period of two."""

    @classmethod
    def of(cls, handbook: Mapping[str, Any]) -> Years:
        """As a handbook says."""
        told = handbook.get("fiscal_year") or {"starts": handbook.get("fiscal_year_starts", 1)}
        month = int(told.get("starts", 1))
        ends = told.get("named_by") == "end" and month > 1
        return cls(month, 1 if ends else 0, int(handbook.get("two_years_from", 2024)))


CALENDAR = Years()
"""Of months, weeks and days."""


class Span(NamedTuple):
    """One period; `name` as in the results."""

    often: str
    first: date
    last: date
    name: str

    @property
    def counts_on(self) -> date:
        """The day that says which longer period it belongs to."""
        return self.first + timedelta(days=3) if self.often == "week" else self.last

    @property
    def begins_on(self) -> date:
        """The day from which it counts."""
        return self.first + timedelta(days=3) if self.often == "week" else self.first


@cache
def span(name: str, starts: Years) -> Span:
    """A period from its name."""
    name = str(name)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", name):
        day = date.fromisoformat(name)
        return Span("day", day, day, name)
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", name):
        first = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return Span("week", first, first + timedelta(days=6), name)
    if month := re.fullmatch(r"(\d{4})-(\d\d)", name):
        return _months("month", int(month[1]), int(month[2]) - 1, CALENDAR)
    if pair := re.fullmatch(r"(\d{4})-2Y", name):
        return _months("two-year", int(pair[1]), 0, starts)
    if part := re.fullmatch(r"(\d{4})-([HQ])(\d)", name):
        often = "half" if part[2] == "H" else "quarter"
        return _months(often, int(part[1]), int(part[3]) - 1, starts)
    return _months("year", int(name), 0, starts)


def _months(often: str, year: int, place: int, starts: Years) -> Span:
    """The place-th period from 0 of a year that starts in a month."""
    length = MONTHS[often]
    count = (year - starts.ahead) * 12 + starts.month - 1 + place * length
    end = count + length
    last = date(end // 12, end % 12 + 1, 1) - timedelta(days=1)
    rest = {"year": "", "two-year": "-2Y", "month": f"-{place + 1:02d}"}
    name = f"{year}{rest[often] if often in rest else f'-{SIGN[often]}{place + 1}'}"
    return Span(often, date(count // 12, count % 12 + 1, 1), last, name)


def holding(day: date, often: str, starts: Years) -> Span:
    """The period of a kind that holds a day."""
    if often == "day":
        return span(day.isoformat(), starts)
    if often == "week":
        year, week, _ = day.isocalendar()
        return span(f"{year}-W{week:02d}", starts)
    begins = CALENDAR if often == "month" else starts
    months = (day.year + begins.ahead) * 12 + day.month - begins.month
    year = months // 12
    if often == "two-year":
        return _months(often, year - (year - begins.pairs_from) % 2, 0, begins)
    return _months(often, year, months % 12 // MONTHS[often], begins)


def within(part: Span, often: str, starts: Years) -> Span:
    """The longer period that a period belongs to."""
    return holding(part.counts_on, often, starts)


def following(one: Span, starts: Years, step: int = 1) -> Span:
    """The period after it, or before it with −1."""
    if one.often in ("day", "week"):
        days = 7 if one.often == "week" else 1
        return holding(one.first + timedelta(days=days * step), one.often, starts)
    return holding(
        one.last + timedelta(days=1) if step > 0 else one.first - timedelta(days=1), one.often, starts
    )


def year_before(one: Span, starts: Years) -> Span | None:
    """The same period a year before; None where there is none (week 53, 29 February, two years)."""
    if one.often == "two-year":
        return None
    if one.often == "week":
        year, week, _ = one.first.isocalendar()
        try:
            return span(f"{year - 1}-W{week:02d}", starts)
        except ValueError:
            return None
    if one.often == "day":
        try:
            return span(one.first.replace(year=one.first.year - 1).isoformat(), starts)
        except ValueError:
            return None
    year = int(one.name[:4])
    return span(f"{year - 1}{one.name[4:]}", starts)


def parts_of(whole: Span, often: str, starts: Years) -> int:
    """How many shorter periods a period has."""
    part = holding(whole.first - timedelta(days=7), often, starts)
    count = 0
    while part.first <= whole.last:
        count += within(part, whole.often, starts) == whole
        part = following(part, starts)
    return count


def longer(one: str, other: str) -> bool:
    """Whether a kind of period is longer than another one."""
    return ORDER.index(one) > ORDER.index(other)
