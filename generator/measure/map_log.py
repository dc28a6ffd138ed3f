"""A map with its share of a log, and how rows of a query become figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from generator.measure.log_tables import LogTables
from generator.measure.map_graph import MapGraph
from generator.model.measured import MeasuredTime
from generator.model.process import Process, ProcessMap

DIGITS, EXACT = 4, 9
"""Of hours: about a third of a second; and up to where engines that divide otherwise agree."""
HOUR = 3_600_000_000
"""An hour of readings."""
Row = Sequence[object]


@dataclass(frozen=True)
class MapLog:
    """A map and its share of a log."""

    process: Process
    name: Literal["as_is", "to_be"]
    drawn: ProcessMap
    graph: MapGraph
    new: int
    """1: cases that began since the to-be map is in use."""
    tables: LogTables
    least: int
    """Fewer cases than this are told of nowhere."""

    @property
    def ours(self) -> str:
        return f"new = {self.new}"


def rows_of(log: MapLog, sql: str) -> list[tuple[object, ...]]:
    """Rows of a query over the log."""
    return log.tables.ask(sql)


def one_row(log: MapLog, sql: str) -> tuple[object, ...]:
    """The one row of a query over the map's share."""
    return rows_of(log, f"{sql} where {log.ours}")[0]


def spread(value: str) -> str:
    """Columns of a time: how many, mean, standard deviation, median, nine in ten."""
    return (
        f"count({value}), avg({value}), stddev_samp({value}), quantile_cont({value}, 0.5),"
        f" quantile_cont({value}, 0.9)"
    )


def time_of(row: Row, least: int = 1) -> MeasuredTime | None:
    """A time from its columns; None where fewer than `least` were measured."""
    n = whole_of(row[0])
    if n < max(least, 1):
        return None
    return MeasuredTime(
        n=n,
        mean=hours_of(row[1]),
        sd=hours_of(row[2]) if row[2] is not None else 0.0,
        median=hours_of(row[3]),
        p90=hours_of(row[4]),
    )


def number_of(value: object) -> float:
    """A number of a row; nothing is 0."""
    return float(str(value)) if value is not None else 0.0


def whole_of(value: object) -> int:
    """A count of a row."""
    return int(number_of(value))


def hours_of(value: object) -> float:
    """Hours of a reading, rounded; what lies in the middle goes to the same side whatever engine told it."""
    return agreed(number_of(value) / HOUR, DIGITS)


def agreed(value: float, digits: int) -> float:
    """Rounded twice: a mean that lies in the middle of two decimals differs between engines far behind."""
    return float(round(Decimal(repr(round(value, EXACT))), digits)) + 0.0


def day_of(value: object) -> date:
    """The day of a moment of a row."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
