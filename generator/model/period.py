"""Periods: what a result belongs to, from a year down to a day, and how one leads to another.

Years, halves and quarters are fiscal: they start where the handbook's years do and are named after the
calendar year they start in, or end in, as the handbook says. Two years are named after their first. Months,
ISO weeks and days are the calendar's. When a fiscal period starts and ends, and which periods lie in which,
only a handbook's `model.calendar` knows. A week belongs to the longer period in which its Thursday lies
(ISO 8601), in every place: in roll-ups, in the newest period, in what was known at the end of one.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, Self, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.problems import found

Frequency = Literal["two-year", "year", "half", "quarter", "month", "week", "day"]
"""How often something is measured, longest first."""

FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)

CALENDAR: tuple[Frequency, ...] = ("month", "week", "day")
"""Those that no fiscal year moves."""

MONTHS: dict[str, int] = {"two-year": 24, "year": 12, "half": 6, "quarter": 3, "month": 1}
"""How many months each lasts that is made of months."""
_EARLIEST, _LATEST = 1900, 2199
_YEAR = r"((?:19|20|21)[0-9]{2})"
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_EXAMPLES = "write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W27 or 2025-07-15"

_MONTH, _MONTH2 = r"(0?[1-9]|1[0-2])", r"(0[1-9]|1[0-2])"
_DAY, _DAY2 = r"(0?[1-9]|[12][0-9]|3[01])", r"(0[1-9]|[12][0-9]|3[01])"
_WEEK = r"(0?[1-9]|[1-4][0-9]|5[0-3])"

# One spelling a line; the groups are year, number and (of a day) the day of the month.
_SPELLINGS: tuple[tuple[Frequency, str], ...] = (
    ("two-year", _YEAR + r"-2[Yy]"),
    ("two-year", _YEAR + r"[-–—~/]" + _YEAR + "年?"),
    ("year", _YEAR + r"(?:年度?)?"),
    ("half", _YEAR + r"[-/ ]?[Hh]([12])"),
    ("half", _YEAR + r"年(?:度)?([上下])半年"),
    ("quarter", _YEAR + r"[-/ ]?[Qq]([1-4])"),
    ("quarter", _YEAR + r"年(?:度)?第?([一二三四1-4])季度?"),
    ("week", _YEAR + r"[-/ ]?[Ww]" + _WEEK),
    ("week", _YEAR + r"年第?" + _WEEK + "[周週]"),
    ("month", _YEAR + r"[-/]" + _MONTH),
    ("month", _YEAR + _MONTH2),
    ("month", _YEAR + "年" + _MONTH + "月"),
    ("day", _YEAR + r"[-/]" + _MONTH + r"[-/]" + _DAY),
    ("day", _YEAR + _MONTH2 + _DAY2),
    ("day", _YEAR + "年" + _MONTH + "月" + _DAY + "[日号]"),
)
# What looks like a period but names a month 13, a week 54 or a quarter 5.
_ALMOST = re.compile(r"[0-9]{4}(?:[-/][HhQqWw]?[0-9]{1,2}){1,2}|[0-9]{4}|[0-9]{6}|[0-9]{8}")

PERIOD_PATTERN = "^(" + "|".join(pattern for _, pattern in _SPELLINGS) + ")$"
DATE_PATTERN = "^(" + "|".join(pattern for kind, pattern in _SPELLINGS if kind == "day") + ")$"


@dataclass(frozen=True, slots=True)
class Period:
    """One period: its frequency, its year (of a week the ISO year) and its 1-based number in that year.

    A year's number is 1; a day's number is the day of the year. Ordered within one frequency only.
    """

    frequency: Frequency
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= _count(self.frequency, self.year):
            raise ValueError(f"{self.year} has no {self.frequency} {self.number}")

    def __str__(self) -> str:
        if self.frequency == "month":  # nearly all, and each is written dozens of times
            return f"{self.year:04d}-{self.number:02d}"
        if self.frequency in ("year", "two-year"):
            return f"{self.year:04d}" + ("-2Y" if self.frequency == "two-year" else "")
        if self.frequency == "day":
            return self.calendar_start().isoformat()
        sign = {"half": "H", "quarter": "Q", "week": "W"}[self.frequency]
        width = 2 if sign == "W" else 1
        return f"{self.year:04d}-{sign}{self.number:0{width}d}"

    def __lt__(self, other: Self) -> bool:
        if other.frequency != self.frequency:
            return NotImplemented
        return (self.year, self.number) < (other.year, other.number)

    def __le__(self, other: Self) -> bool:
        return self == other or self < other

    def __gt__(self, other: Self) -> bool:
        if other.frequency != self.frequency:
            return NotImplemented
        return (self.year, self.number) > (other.year, other.number)

    def __ge__(self, other: Self) -> bool:
        return self == other or self > other

    @classmethod
    def parse(cls, text: str) -> Period:
        """From any spelling of the data format. Raises ValueError with a message for the author."""
        return _parsed(text)

    def calendar_start(self) -> date:
        """The first day of a month, week or day, wherever years start. ValueError for a fiscal period."""
        if self.frequency == "day":
            return date(self.year, 1, 1) + timedelta(days=self.number - 1)
        if self.frequency == "week":
            return date.fromisocalendar(self.year, self.number, 1)
        if self.frequency == "month":
            return date(self.year, self.number, 1)
        raise ValueError(f"a {self.frequency} starts where the handbook's years do")

    def shift(self, n: int) -> Period:
        """The n-th period after it (before, where n < 0). ValueError, OverflowError beyond the calendar."""
        if self.frequency in ("day", "week"):
            step = 7 if self.frequency == "week" else 1
            return period_on(self.calendar_start() + timedelta(days=n * step), self.frequency)
        if self.frequency == "two-year":
            return Period("two-year", self.year + 2 * n)
        a_year = 12 // MONTHS[self.frequency]
        count = self.year * a_year + self.number - 1 + n
        return Period(self.frequency, count // a_year, count % a_year + 1)

    def year_before(self) -> Period | None:
        """The same period of the year before; None for two years, and for a 53rd week or a 29th of February
        without one."""
        if self.frequency == "two-year":
            return None
        if self.frequency == "day":
            day = self.calendar_start()
            if (day.month, day.day) == (2, 29):
                return None
            return period_on(day.replace(year=day.year - 1), "day")
        if self.number > _count(self.frequency, self.year - 1):
            return None
        return Period(self.frequency, self.year - 1, self.number)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validated, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        numbers = [(_EARLIEST, _LATEST), (_EARLIEST * 100 + 1, _LATEST * 100 + 12)]
        numbers.append((_EARLIEST * 10000 + 101, _LATEST * 10000 + 1231))
        bare = [{"type": "integer", "minimum": least, "maximum": most} for least, most in numbers]
        return {"anyOf": [{"type": "string", "pattern": PERIOD_PATTERN}, *bare]}


def period_on(day: date, frequency: Frequency) -> Period:
    """The day, week or month that a day lies in; no fiscal year moves them."""
    if frequency == "day":
        return Period("day", day.year, day.timetuple().tm_yday)
    if frequency == "week":
        iso = day.isocalendar()
        return Period("week", iso.year, iso.week)
    return Period("month", day.year, day.month)


def _count(frequency: Frequency, year: int) -> int:
    """How many periods of a frequency a year has."""
    if frequency == "day":
        return 366 if isleap(year) else 365
    if frequency == "week":
        return date(year, 12, 28).isocalendar().week
    return max(12 // MONTHS[frequency], 1)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period:
    plain = unicodedata.normalize("NFKC", text).strip()
    for frequency, pattern in _SPELLINGS:
        match = re.fullmatch(pattern, plain)
        if not match:
            continue
        year, *rest = match.groups()
        if frequency == "two-year" and rest and int(rest.pop()) != int(year) + 1:
            break
        numbers = [_CHINESE.get(part) or int(part) for part in rest if part]
        try:
            if frequency == "day":
                return period_on(date(int(year), *numbers), "day")
            return Period(frequency, int(year), numbers[0] if numbers else 1)
        except ValueError:
            raise ValueError(f"{found(text)} is not in the calendar; {_EXAMPLES}") from None
    what = "in the calendar" if _ALMOST.fullmatch(plain) else "a period"
    raise ValueError(f"{found(text)} is not {what}; {_EXAMPLES}")


def _of_number(value: object) -> str:
    """How a month is written that YAML has read as a number: 2026.04, or 2026.1, which may be two of them."""
    year, _, month = repr(value).partition(".") if isinstance(value, float) else ("", "", "")
    months = {month.zfill(2), month.ljust(2, "0")} if month else set()
    likely = sorted(one for one in months if one.isdecimal() and 1 <= int(one) <= 12)
    if not (re.fullmatch(r"(19|20|21)\d\d", year) and likely):
        return _EXAMPLES
    return f"write {' or '.join(f'{year}-{one}' for one in likely)}"


def _validated(value: object) -> Period:
    if isinstance(value, Period):
        return value
    # A bare 2025 or 202507 is a number in YAML; an author means the period.
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    try:
        if not isinstance(value, str):
            raise ValueError(f"needs a period, found {found(value)}; {_of_number(value)}")
        return Period.parse(value)
    except ValueError as fault:
        message, _, hint = str(fault).partition("; ")
        raise PydanticCustomError("bad-period", "{fault}", {"fault": message, "hint": hint}) from None
