"""Which sheets a workbook has, with their rows: all of a handbook, what is due, or one that came back."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

import numpy as np

from generator.exchange.book_cells import head_of
from generator.exchange.book_columns import BookSheet, book_sheets
from generator.exchange.book_in import BookEdits, bases_of
from generator.exchange.book_out import BASELINE, FIRST_ROW, BookLists, BookPage
from generator.exchange.book_rows import BookRow, book_rows, result_row
from generator.messages import said
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.unit import data_unit
from generator.problems import Problems, WrongUseError

MOST_DUE = 600
"""Rows that a series may ask for: more nobody fills by hand."""


def lists_of(catalogue: Catalogue) -> BookLists:
    """The ids that cells may name."""
    units = [unit.id for unit in catalogue.handbook.units]
    return BookLists(list(catalogue.indicators), list(catalogue.pilots), units)


def all_pages(catalogue: Catalogue, most_results: int) -> list[BookPage]:
    """Every sheet; of results at most some, the last ones of the files."""
    return [
        BookPage(sheet, list(_rows(catalogue, sheet, most_results)))
        for sheet in book_sheets(catalogue.handbook)
    ]


def _rows(catalogue: Catalogue, sheet: BookSheet, most: int) -> Iterator[BookRow]:
    if sheet.key != "results":
        yield from book_rows(catalogue, sheet)
        return
    for row in catalogue.results[-most:] if len(catalogue.results) > most else catalogue.results:
        yield result_row(row, sheet, catalogue)


def due_pages(catalogue: Catalogue, since: Period | None = None, today: date | None = None) -> list[BookPage]:
    """A blank row for the next period of each series that is measured or waits for its first result.

    With `since` a row for every period from there on that has no result and is over on `today`;
    WrongUseError for more of a series than `MOST_DUE`.
    """
    sheet = next(sheet for sheet in book_sheets(catalogue.handbook) if sheet.key == "results")
    first = catalogue.handbook.languages[0]
    results = catalogue.results
    known: dict[tuple[str, str, tuple[tuple[str, str], ...]], set[Period]] = {}
    for (indicator, pilot, cell), places in results.groups("indicator", "pilot", "cell"):
        known[indicator, pilot or "", cell] = {row.period for row in results.at(np.array(places))}
    packed = {(item.indicator, id_) for id_, made in catalogue.pilots.items() for item in made.pack}
    asked_for = {series[0] for series in known} | {indicator for indicator, _ in packed}
    whole = {(indicator, "") for indicator in catalogue.indicators.keys() - asked_for}
    for indicator, pilot in sorted((packed - {series[:2] for series in known}) | whole):
        known[indicator, pilot, ()] = set()
    rows = []
    for (indicator, pilot, cell), there in known.items():
        one = catalogue.indicators.get(indicator)
        if one is None or one.status in ("retired", "draft"):
            continue
        parts = dict(cell)
        own = (indicator, pilot, *(parts.get(column.key, "") for column in sheet.identity[3:]))
        asked = _due(one, there, catalogue.handbook.calendar, since, today)
        unit = data_unit(one.unit, one.unit_factor, first, first)
        name = one.name.say(first, first) + (f" ({unit})" if unit else "")
        rows += [BookRow((period, *own), "", (), {}, name) for period in asked]
    return [BookPage(sheet, rows)]


def _due(
    indicator: Indicator, there: set[Period], calendar: Calendar, since: Period | None, today: date | None
) -> Iterator[str]:
    """The periods of a series that are asked for; a blank one where nobody knows which is next."""
    if since is None or today is None or indicator.frequency is None:
        yield str(max(there).shift(1)) if there else ""
        return
    period, asked = calendar.of(calendar.start(since), indicator.frequency), 0
    while calendar.end(period) < today:
        if period not in there:
            asked += 1
            yield str(period)
        if asked > MOST_DUE:
            what = f"'{indicator.id}' would have more than {MOST_DUE} rows to fill from {since} on"
            raise WrongUseError(f"{what}; name a later period with --since")
        period = period.shift(1)


def annotated_pages(edits: BookEdits, problems: Problems, catalogue: Catalogue) -> list[BookPage]:
    """The sheets of a workbook as it came back, with its baseline, and each problem at its cell."""
    told: dict[str, str] = {}
    for problem in problems:
        if problem.mark.cell:
            words = f"{said(problem.message)}\n{said(problem.hint)}".strip()
            told[problem.mark.cell] = (
                f"{told[problem.mark.cell]}\n{words}" if problem.mark.cell in told else words
            )
    pages = []
    for sheet in book_sheets(catalogue.handbook):
        grid = edits.grids.get(sheet.key)
        if grid is None:
            continue
        head = head_of(sheet, grid)
        first = head + FIRST_ROW
        keys = {key: place for place, key in enumerate(grid.rows[head] if grid.rows else ()) if key}
        rows, cells, faults = [], {}, {}
        for number in range(first, len(grid.rows)):
            identity = tuple(grid.text(number, keys[c.key]) if c.key in keys else "" for c in sheet.identity)
            name = grid.text(number, keys["~name"]) if "~name" in keys else ""
            rows.append(BookRow(identity, "", (), {}, name))
            for key, place in keys.items():
                cells[number - first, key] = grid.text(number, place).removesuffix(" 00:00:00")
                fault = told.get(grid.mark(number, place).cell)
                if fault:
                    faults[number - first, key] = fault
        pages.append(BookPage(sheet, rows, cells, faults, bases_of(edits, sheet.key)))
    return pages


def is_ours(data: bytes) -> bool:
    """Whether a file is a workbook of a handbook, by its baseline."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return f'name="{BASELINE}"'.encode() in packed.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, zlib.error):
        return False
