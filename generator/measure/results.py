"""Results of indicators from the log of a process: the same cases and definitions as the map shows.

By the month in which a case was done, or in which the work was: cycle time as mean, the others as numerator
and denominator; the whole and each pilot that the log names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from generator.collect.numbers import number_text
from generator.load.long_cells import csv_rows
from generator.measure.log_tables import CASES, VISITS, LogTables
from generator.measure.map_log import HOUR, agreed
from generator.model.calendar import Calendar
from generator.model.process_log import LogResult, MeasuredFigure, ProcessLog

HEAD = ("indicator", "period", "pilot", "value", "numerator", "denominator", "n", "as_of")
DIGITS = 6
"""Behind the point: what engines divide otherwise differs further behind."""


def results_text(
    log: ProcessLog,
    tables: LogTables,
    calendar: Calendar,
    *,
    hours_per_day: float,
    least: int,
    pilots: Collection[str],
    until: date,
) -> str:
    """The CSV file of a process's results; empty where its log gives none. Months that are not over when the
    log ends are left out."""
    rows: list[tuple[str, ...]] = []
    parts = [("", None), *((pilot, pilot) for pilot in sorted(pilots))]
    for figure, result in sorted(log.results.items()):
        for pilot, named in parts:
            if named is not None and "pilot" not in tables.dimensions:
                continue
            for day, n, value, whole in tables.ask(_query(figure, named)):
                month = date.fromisoformat(str(day)[:10])
                period = calendar.of(month, "month")
                if int(str(n)) < max(least, 1) or calendar.end(period) > until or whole is None:
                    continue
                said = _said(figure, result, float(str(value)), float(str(whole)), hours_per_day)
                rows.append(
                    (result.indicator, str(period), pilot, *said, str(int(str(n))), until.isoformat())
                )
    return _table(sorted(rows)) if rows else ""


def with_days(text: str, before: str) -> tuple[str, list[dict[str, str]]]:
    """A results file whose rows that say what they said before keep their day; and the rows that said
    something else, or that the log does not give any more.

    An indicator or a pilot that is told for the first time was in the log before: its rows have no day.
    """
    rows, old = _by_key(text), _by_key(before)
    told = {(indicator, pilot) for indicator, _, pilot in old}
    for key, row in rows.items():
        indicator, _, pilot = key
        if (indicator, pilot) not in told:
            rows[key] = {**row, "as_of": ""}
    changed = []
    for key, row in old.items():
        now = rows.get(key)
        if now is not None and {**now, "as_of": row["as_of"]} == row:
            rows[key] = row
        else:
            changed.append(row)
    return _table(tuple(row.values()) for row in rows.values()), changed


def without_days(text: str) -> str:
    """A results file whose rows count as known since their periods ended."""
    return _table((*tuple(row.values())[:-1], "") for row in _by_key(text).values())


def _by_key(text: str) -> dict[tuple[str, ...], dict[str, str]]:
    return {tuple(row[name] for name in HEAD[:3]): row for row in csv_rows(text)}


def _table(rows: Iterable[Sequence[str]]) -> str:
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(HEAD)
    table.writerows(rows)
    return made.getvalue()


def _said(
    figure: MeasuredFigure, result: LogResult, value: float, whole: float, hours_per_day: float
) -> tuple[str, str, str]:
    """Value, numerator and denominator as they stand in the file."""
    if figure == "cycle_time":
        hours = value / HOUR / whole / (hours_per_day if result.unit == "d" else 1)
        return _told(hours), "", ""
    if figure == "waiting_share":
        return "", _told(value / HOUR), _told(whole / HOUR)
    return "", _told(value), _told(whole)


def _told(number: float) -> str:
    return number_text(agreed(number, DIGITS)) or ""


def _query(figure: MeasuredFigure, pilot: str | None) -> str:
    """Month, cases or visits, numerator and denominator."""
    only = "" if pilot is None else " and pilot = '" + pilot.replace("'", "''") + "'"
    if figure in ("cycle_time", "first_pass_yield"):
        number = "w1 - w0" if figure == "cycle_time" else "case when most = 1 then 1 else 0 end"
        month = "cast(date_trunc('month', t1) as date)"
        return (
            f"select {month}, count(*), sum({number}), count(*) from {CASES} where ended = 1{only}"
            f" group by {month} order by {month}"
        )
    month = "cast(date_trunc('month', t) as date)"
    if figure == "waiting_share":
        return (
            f"select {month}, count(distinct k), sum(wait), sum(wait + touch) from {VISITS}"
            f" where wait is not null and touch is not null{only} group by {month} order by {month}"
        )
    return (
        f"select {month}, count(distinct k), sum(machine), count(machine) from {VISITS}"
        f" where machine is not null{only} group by {month} order by {month}"
    )
