"""What a source answered as rows of results: periods at its frequency, known pilots and values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.collect.connection import Answer
from generator.collect.fault import SourceFaultError
from generator.collect.numbers import number_text
from generator.load.written_period import DateCell, PeriodFault, read_period, settled
from generator.model.catalogue import Catalogue
from generator.model.handbook import Dimension
from generator.model.indicator import Indicator
from generator.model.period import Frequency, Period
from generator.problems import found, nearest

NUMBERS = ("value", "numerator", "denominator", "n")
_REQUIRED = "needs a column period and value, or period, numerator and denominator"
_ITS_DAY = "cast(period at time zone 'Asia/Shanghai' as date)"
_THERE = "where … is not null"

RowKey = tuple[str, ...]
"""Period, pilot and the values of the handbook's dimensions, as they stand in the cells; blank: all."""


@dataclass(frozen=True)
class Told:
    """The figures of one key, as texts; blank where there is none."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    n: str = ""


@dataclass(frozen=True)
class Collected:
    """The rows of one answer."""

    rows: Mapping[RowKey, Told]
    dimensions: tuple[str, ...]
    """The dimensions that the query gives, in the handbook's order."""

    columns: tuple[str, ...]
    """Those of `NUMBERS` that it gives."""

    empty: int = 0
    """Rows without a value: they make no result."""


def collected(
    answer: Answer, indicator: Indicator, catalogue: Catalogue, place: str, days: tuple[Period, Period]
) -> Collected:
    """An answer as rows of results; `days`: first and last period asked for. SourceFaultError in words."""
    dimensions = catalogue.handbook.dimensions
    _check_columns(answer.columns, dimensions, place)
    given = tuple(dimension.id for dimension in dimensions if dimension.id in answer.columns)
    at = {name: position for position, name in enumerate(answer.columns)}
    made: dict[RowKey, Told] = {}
    empty = 0
    reader = _Reader(indicator, catalogue, place, days)
    for row in answer.rows:
        period = reader.period(row[at["period"]])
        if period is None:
            continue
        pilot = reader.pilot(row[at["pilot"]]) if "pilot" in at else ""
        cell = tuple(reader.code(one, row[at[one.id]]) if one.id in at else "" for one in dimensions)
        told = Told(**{name: reader.number(name, row[at[name]]) for name in NUMBERS if name in at})
        if not told.value and indicator.rollup != "ratio":
            told = reader.ratio(told)
        if not told.value and not (told.numerator and told.denominator and Decimal(told.denominator)):
            empty += 1
            continue
        key = (str(period), pilot, *cell)
        if key in made:
            where = ", ".join(part for part in key[1:] if part)
            raise SourceFaultError(f"{place}: gives {key[0]}{' ' if where else ''}{where} more than once")
        made[key] = told
    return Collected(dict(sorted(made.items())), given, tuple(name for name in NUMBERS if name in at), empty)


def _check_columns(columns: tuple[str, ...], dimensions: tuple[Dimension, ...], place: str) -> None:
    known = ("period", "pilot", *NUMBERS, *(dimension.id for dimension in dimensions))
    for name in columns:
        if name not in known:
            hint = nearest(name, known)
            raise SourceFaultError(
                f"{place}: gives a column {found(name)}, which results do not have; {hint}"
            )
    ratio = "numerator" in columns and "denominator" in columns
    if len(set(columns)) < len(columns):
        raise SourceFaultError(f"{place}: gives a column twice")
    if "period" not in columns or not ("value" in columns or ratio):
        raise SourceFaultError(f"{place}: {_REQUIRED}; it gives {', '.join(columns)}")


class _Reader:
    """Reads cells, and says of one that cannot be used what it is."""

    def __init__(
        self, indicator: Indicator, catalogue: Catalogue, place: str, days: tuple[Period, Period]
    ) -> None:
        self._indicator, self._catalogue, self._place, self._days = indicator, catalogue, place, days
        self._calendar = catalogue.handbook.calendar

    def period(self, value: object) -> Period | None:
        """The indicator's period; None outside those asked for."""
        frequency = self._indicator.frequency
        if frequency is None:
            raise SourceFaultError(f"{self._place}: the indicator has no frequency")
        if isinstance(value, datetime.datetime):
            if value.tzinfo is not None:
                message = "period is a moment in a time zone"
                hint = f"say whose day it is: {_ITS_DAY}"
                raise SourceFaultError(f"{self._place}: {message}; {hint}")
            value = value.date()
        if isinstance(value, datetime.date):
            made = self._calendar.of(value, frequency)
        else:
            made = self._written(value, frequency)
            if made.frequency == "day" and frequency != "day":
                made = self._calendar.of(made.calendar_start(), frequency)
        if made.frequency != frequency:
            raise SourceFaultError(f"{self._place}: period {made} is no {frequency}")
        first, last = self._days
        return made if first <= made <= last else None

    def _written(self, value: object, frequency: Frequency) -> Period:
        """A period as results files write it."""
        if value is None or value == "":
            message = f"gives a row without a period; leave such rows out: {_THERE}"
            raise SourceFaultError(f"{self._place}: {message}")
        read = read_period(str(value), self._calendar)
        if isinstance(read, PeriodFault):
            raise SourceFaultError(f"{self._place}: period: {read.message}; {read.hint}")
        return settled(read.day, frequency, self._calendar) if isinstance(read, DateCell) else read

    def pilot(self, value: object) -> str:
        if value is None or value == "":
            return ""
        if value not in self._catalogue.pilots:
            hint = nearest(str(value), self._catalogue.pilots)
            raise SourceFaultError(f"{self._place}: unknown pilot {found(str(value))}; {hint}")
        return str(value)

    def code(self, dimension: Dimension, value: object) -> str:
        if value is None or value == "":
            return ""
        if str(value) not in dimension.values:
            hint = nearest(str(value), dimension.values)
            message = f"{dimension.id}: unknown value {found(str(value))}; {hint}"
            raise SourceFaultError(f"{self._place}: {message}")
        return str(value)

    def ratio(self, told: Told) -> Told:
        """The value of a ratio whose longer periods are no ratios: results read the value alone."""
        if not (told.numerator and told.denominator and Decimal(told.denominator)):
            return told
        value = Decimal(told.numerator) / Decimal(told.denominator) * Decimal(repr(self._indicator.factor))
        return replace(told, value=number_text(value) or "")

    def number(self, name: str, value: object) -> str:
        text = number_text(value)
        if text is None:
            raise SourceFaultError(f"{self._place}: {name}: {found(str(value))} is no number")
        return text
