"""Where the values of each indicator stand in the files: what a page shows of a number when it is asked.

A script an indicator, because a page opened from a folder may load no other data; it says the same in every
language. It holds what the edition's own figures say, at the places of the rows that they were read from; a
series, a row or a column that the edition may not see is not in it, nor a file of which it sees no row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from generator.compute.figures import Figures
from generator.compute.followed import STANDS
from generator.compute.insight.names import series_name
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.attainment import Thresholds
from generator.compute.series.packed_points import along
from generator.compute.series.values import Key, is_longer
from generator.exchange.content import Content, made_now
from generator.model.calendar import Calendar
from generator.model.exact import ratio
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Rows
from generator.model.watched import apart, tell
from generator.model.written import settled, written

FOLDER = "downloads/trace"
CALL = "handbookTrace.rows"
"""The function of `theme/assets/trace.js` that a script calls."""
DEFINES = frozenset({"created", "definition", "formula"})
"""Entries of the log that begin a version of the definition."""
Steps = list[list[Any]]
"""What holds from a place on: [place, value, …], written where it changes."""


def trace_files(
    figures: Figures, lines: bool = True, content: Content = made_now
) -> Iterator[tuple[str, bytes]]:
    """(path inside the site, content) of the script of every indicator that has values.

    `lines`: with the lines of the files. A frozen review has none: its files go on, and a line of today's
    would tell how many rows came since.
    """
    rows: dict[str, dict[Key, Rows]] = {}
    results = figures.catalogue.results
    for (name, pilot, cell), places in results.groups("indicator", "pilot", "cell", rows=results.valued):
        rows.setdefault(name, {})[(name, pilot, cell)] = places
    for indicator in figures.catalogue.indicators.values():
        found = rows.get(indicator.id, {})
        if any(one.series.key in found for one in figures.of_indicator(indicator.id)):
            path = f"{FOLDER}/{indicator.id}.js"
            yield path, content(path, partial(_script, figures, indicator, found, lines))


def _script(figures: Figures, indicator: Indicator, places: Mapping[Key, Rows], lines: bool) -> bytes:
    told = [one for one in figures.of_indicator(indicator.id) if one.series.key in places]
    tell((f"{STANDS}{indicator.id}",))
    with apart():  # of all results these are the indicator's own
        results = figures.catalogue.results
        rows = {key: {row.period: row for row in results.at(own)} for key, own in places.items()}
    made = _indicator(figures, indicator, told, rows)
    if not lines:
        for series in made["series"].values():
            del series["line"]
            series.pop("column", None)
    text = json.dumps(_short(made), ensure_ascii=False, separators=(",", ":"))
    return f'{CALL}("{indicator.id}",{text});\n'.encode()


def _indicator(
    figures: Figures,
    indicator: Indicator,
    told: Sequence[AssessedSeries],
    rows: dict[Key, dict[Period, Observation]],
) -> dict[str, Any]:
    calendar, review = figures.catalogue.handbook.calendar, figures.catalogue.handbook.review.long
    periods = sorted({period for one in told for period in along(one.points, "point.period")})
    files: dict[str, int] = {}
    longer: dict[str, list[int]] = {}
    for place, period in enumerate(periods):
        if is_longer(review, period.frequency):
            whole = str(calendar.containing(period, review))
            longer.setdefault(whole, [place, 0])[1] = place + 1
    return {
        "series": {
            series_name(one.series.key): _series(
                one, rows[one.series.key], indicator, calendar, (periods, files)
            )
            for one in told
        },
        "periods": [str(period) for period in periods],
        "longer": longer,
        "files": list(files),
    }


def _series(
    one: AssessedSeries,
    rows: dict[Period, Observation],
    indicator: Indicator,
    calendar: Calendar,
    shared: tuple[list[Period], dict[str, int]],
) -> dict[str, Any]:
    """The columns of a series from its first period on; one that nothing stands in is left out."""
    periods, files = shared
    values = {name: along(one.series.points, name) for name in ("value", "numerator", "denominator", "n")}
    told = along(one.series.points, "period")
    own = [
        rows.get(period) if value is not None else None
        for period, value in zip(told, values["value"], strict=True)
    ]
    known = [(place, row) for place, row in enumerate(own) if row]
    factor = indicator.factor or 1
    parts = zip(values["value"], values["numerator"], values["denominator"], strict=True)
    cells = _steps((place, _cell(row)[1]) for place, row in known)
    columns: dict[str, list[Any]] = {
        "value": [None if _follows(*of_point, factor) else of_point[0] for of_point in parts],
        **{name: list(values[name]) for name in ("numerator", "denominator", "n")},
    }
    return {
        "at": periods.index(told[0]),
        "line": _runs([row.line if row else None for row in own]),
        "file": _steps((place, files.setdefault(_cell(row)[0], len(files))) for place, row in known),
        **({"column": cells} if cells else {}),
        **{name: column for name, column in columns.items() if any(item is not None for item in column)},
        "taken": _steps((place, str(row.as_of) if row.as_of else None) for place, row in known),
        "version": _steps((place, _version(row, indicator, calendar)) for place, row in known),
        "bar": _steps(enumerate(map(_bar, along(one.points, "bar")))),
        **({} if one.baseline is None else {"baseline": one.baseline}),
    }


def _cell(row: Observation) -> tuple[str, str | None]:
    """The file, of a workbook with the sheet, and the column's letters of the value's cell there."""
    sheet, _, cell = row.sheet_cell.rpartition("!")
    if not sheet:
        return row.file, None
    return f"{row.file}:{sheet}", cell.rstrip("0123456789")


def _follows(value: float | None, numerator: float | None, denominator: float | None, factor: float) -> bool:
    """Whether the value is what numerator and denominator give, and need not be said."""
    if value is None or numerator is None or not denominator:
        return False
    return written(ratio(numerator, denominator, factor)) == written(value)


def _version(row: Observation, indicator: Indicator, calendar: Calendar) -> str | None:
    """The day of the definition that a value follows: its own, or the newest one before its period's end."""
    if row.version is not None:
        return str(row.version)
    end: date = calendar.end(row.period)
    days = [entry.date for entry in indicator.history if entry.change in DEFINES and entry.date <= end]
    return str(max(days)) if days else None


def _bar(bar: Thresholds) -> list[float | None] | None:
    """Target, floor and stretch, with the ends of a range; None where there is no target or it is hidden."""
    told = [bar.target, bar.floor, bar.stretch, *(bar.interval or ())]
    return told if any(value is not None for value in told) else None


def _runs(lines: Sequence[int | None]) -> list[list[int]]:
    """Lines as [place, line, step]: rows of a series mostly stand at the same distance from each other."""
    found: list[list[int]] = []
    last: tuple[int, int] | None = None
    for place, line in enumerate(lines):
        if line is None:
            continue
        if last is not None and found[-1][2] == 0 and (line - last[1]) % (place - last[0]) == 0:
            found[-1][2] = (line - last[1]) // (place - last[0])
        elif last is None or line != found[-1][1] + found[-1][2] * (place - found[-1][0]):
            found.append([place, line, 0])
        last = (place, line)
    return found


def _short(value: Any) -> Any:
    """The tree with its numbers as they are written, whole ones without a point."""
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_short(inner) for inner in value]
    if isinstance(value, float):
        number = settled(value)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return value


def _steps(values: Iterable[tuple[int, Any]]) -> Steps:
    """The values by place, where they change; before the first one nothing holds, and None ends what held."""
    found: Steps = []
    for value, group in groupby(values, key=lambda one: one[1]):
        if found or value is not None:
            found.append([next(group)[0], value])
    return found
