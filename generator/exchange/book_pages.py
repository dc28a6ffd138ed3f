"""Which sheets a workbook has, with their rows: all of a handbook, what is due, or one that came back."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np

from generator.exchange.book_columns import BookSheet, book_sheets
from generator.exchange.book_in import BookEdits, bases_of
from generator.exchange.book_out import BASELINE, FIRST_ROW, BookLists, BookPage
from generator.exchange.book_rows import BookRow, book_rows, result_row
from generator.messages import said
from generator.model.catalogue import Catalogue
from generator.problems import Problems


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


def due_pages(catalogue: Catalogue) -> list[BookPage]:
    """A blank row for the next period of each series that is measured."""
    sheet = next(sheet for sheet in book_sheets(catalogue.handbook) if sheet.key == "results")
    first = catalogue.handbook.languages[0]
    results = catalogue.results
    rows, seen = [], set()
    for (indicator, pilot, cell), places in results.groups("indicator", "pilot", "cell"):
        one = catalogue.indicators.get(indicator)
        if one is None or one.status in ("retired", "draft"):
            continue
        newest = max(row.period for row in results.at(np.array(places)))
        parts = dict(cell)
        identity = (
            str(newest.shift(1)),
            indicator,
            pilot or "",
            *(parts.get(c.key, "") for c in sheet.identity[3:]),
        )
        seen.add((indicator, pilot))
        rows.append(BookRow(identity, "", (), {}, one.name.say(first, first)))
    for id_, made in catalogue.pilots.items():
        for item in made.pack:
            one = catalogue.indicators.get(item.indicator)
            if one and (item.indicator, id_) not in seen and one.status not in ("retired", "draft"):
                blank = [""] * len(sheet.identity[3:])
                rows.append(
                    BookRow(("", item.indicator, id_, *blank), "", (), {}, one.name.say(first, first))
                )
    return [BookPage(sheet, rows)]


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
        keys = {key: place for place, key in enumerate(grid.rows[0] if grid.rows else ()) if key}
        rows, cells, faults = [], {}, {}
        for number in range(FIRST_ROW, len(grid.rows)):
            identity = tuple(grid.text(number, keys[c.key]) if c.key in keys else "" for c in sheet.identity)
            name = grid.text(number, keys["~name"]) if "~name" in keys else ""
            rows.append(BookRow(identity, "", (), {}, name))
            for key, place in keys.items():
                cells[number - FIRST_ROW, key] = grid.text(number, place).removesuffix(" 00:00:00")
                fault = told.get(grid.mark(number, place).cell)
                if fault:
                    faults[number - FIRST_ROW, key] = fault
        pages.append(BookPage(sheet, rows, cells, faults, bases_of(edits, sheet.key)))
    return pages


def is_ours(data: bytes) -> bool:
    """Whether a file is a workbook of a handbook, by its baseline."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return f'name="{BASELINE}"'.encode() in packed.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, zlib.error):
        return False
