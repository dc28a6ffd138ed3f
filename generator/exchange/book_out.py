"""Writes the workbook of a handbook: typed cells, drop-downs, notes, and a baseline for the way back.

The first row of each sheet is hidden and says the columns' keys; the sheet `baseline` keeps a hash of every
cell as it went out. Texts go out as texts, whatever they look like; the same handbook gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any

from generator.exchange.book_cells import NO_WORDS, ShownWords, words_key
from generator.exchange.book_columns import BookColumn, BookSheet
from generator.exchange.book_rows import BookRow, digest, key_of

FORMAT = "indicator-handbook-workbook/1"
BASELINE, LISTS = "baseline", "lists"
FIRST_ROW = 2
"""The first row of data, from 0: under the keys and the heads."""
LONGEST_CELL = 32_000
"""Letters that a cell holds; a longer text stays in its file."""
_OF_INDICATORS = ("targets", "packs", "pack_targets", "results")
"""Sheets whose rows name an indicator by its id: they say its name beside it."""
_SPARE = 300
"""Rows below the last one that have drop-downs too."""


@dataclass(frozen=True)
class BookPage:
    """A sheet with its rows."""

    sheet: BookSheet
    rows: Sequence[BookRow]
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """Instead of the rows' own, what somebody wrote: by row and column's key."""
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What is wrong with cells."""
    base: Mapping[str, Mapping[str, str]] | None = None
    """The hashes to keep, by identity and column; None: those of the rows."""


@dataclass(frozen=True)
class BookLists:
    """The ids of the drop-downs."""

    indicator: Sequence[str]
    pilot: Sequence[str]
    unit: Sequence[str]


def workbook_bytes(
    pages: Sequence[BookPage],
    lists: BookLists,
    about: Sequence[str],
    say: Callable[[str], str],
    shown: ShownWords = NO_WORDS,
) -> bytes:
    """The workbook. `say`: heads, names of sheets and notes in the language of its readers; `shown`: what
    cells say in place of choices and ids of units, which the baseline keeps for the way back."""
    import xlsxwriter  # noqa: PLC0415 - few commands need it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2020, 1, 1)})  # noqa: DTZ001 - the same bytes on every day
    writer = _Writer(book, lists, say, shown)
    for page in pages:
        writer.page(page)
    writer.baseline(pages, about)
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, lists: BookLists, say: Callable[[str], str], shown: ShownWords) -> None:
        self.book = book
        self.say, self.shown = say, shown
        add = book.add_format
        top = {"valign": "top"}
        self.formats = {
            "text": add({**top, "num_format": "@"}),
            "long": add({**top, "num_format": "@", "text_wrap": True}),
            "number": add({**top, "num_format": "General"}),
            "date": add({**top, "num_format": "yyyy-mm-dd"}),
            "identity": add({**top, "num_format": "@", "bg_color": "#EEEEEE"}),
            "fault": add({**top, "bg_color": "#FFC7CE", "num_format": "@", "text_wrap": True}),
        }
        self.head = add({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.lists = {
            "indicator": list(lists.indicator),
            "pilot": list(lists.pilot),
            "unit": [shown.get("unit", {}).get(id_, id_) for id_ in lists.unit],
        }
        self.used: list[tuple[str, BookSheet]] = []

    def page(self, page: BookPage) -> None:
        sheet = page.sheet
        name = self.say(f"sheet.{sheet.key}")
        self.used.append((name, sheet))
        made = self.book.add_worksheet(name)
        shown = (BookColumn("~name"),) if sheet.key in _OF_INDICATORS else ()
        columns = (*sheet.identity, *shown, *sheet.columns)
        made.set_row(0, None, None, {"hidden": True})
        made.freeze_panes(FIRST_ROW, len(sheet.identity) + len(shown))
        last = FIRST_ROW + len(page.rows) + _SPARE
        for place, column in enumerate(columns):
            self._column(made, place, column, sheet, last)
        made.autofilter(1, 0, FIRST_ROW + max(len(page.rows), 1) - 1, len(columns) - 1)
        for number, row in enumerate(page.rows):
            for place, column in enumerate(columns):
                text = self._said(page, row, number, column)
                fault = page.faults.get((number, column.key))
                self._cell(made, FIRST_ROW + number, place, (column, text, fault, column in sheet.identity))

    def _said(self, page: BookPage, row: BookRow, number: int, column: BookColumn) -> str:
        if (number, column.key) in page.cells:
            return page.cells[number, column.key]
        if column.key == "~name":
            return row.name
        identity = page.sheet.identity
        own = row.identity[identity.index(column)] if column in identity else row.values.get(column.key, "")
        return self._words(page.sheet, column).get(own, own)

    def _words(self, sheet: BookSheet, column: BookColumn) -> Mapping[str, str]:
        return self.shown.get(words_key(sheet, column), {})

    def _column(self, made: Any, place: int, column: BookColumn, sheet: BookSheet, last: int) -> None:
        identity = column in sheet.identity
        kind = "long" if column.long else column.kind if column.kind in ("number", "date") else "text"
        width = 46 if column.long else 12 if kind in ("number", "date") else 20
        made.set_column(place, place, width, self.formats["identity" if identity else kind])
        made.write_string(0, place, column.key)
        made.write_string(1, place, self.say(f"head.{column.key}"), self.head)
        if column.note:
            made.write_comment(1, place, self.say(f"note.{column.note}"), {"x_scale": 2, "author": ""})
        where = (FIRST_ROW, place, last, place)
        refused = {"error_type": "warning", "input_message": ""}
        words = self._words(sheet, column)
        choices = [words.get(one, one) for one in column.choices] or self.lists.get(column.kind)
        if choices:
            source = self._source(f"{sheet.key}.{column.key}" if column.choices else column.kind, choices)
            made.data_validation(*where, {"validate": "list", "source": source, **refused})
        elif column.kind == "number":
            within = {"criteria": "between", "minimum": -1e15, "maximum": 1e15}
            made.data_validation(*where, {"validate": "decimal", **within, **refused})

    def _source(self, key: str, choices: Sequence[str]) -> object:
        """The choices themselves where they are few; else a range of the sheet of lists."""
        if sum(len(choice) + 1 for choice in choices) < 250 and not any("," in choice for choice in choices):
            return list(choices)
        self.lists.setdefault(key, list(choices))
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - few commands need it

        column = xl_col_to_name(list(self.lists).index(key))
        return f"={LISTS}!${column}$1:${column}${len(choices)}"

    def _cell(self, made: Any, row: int, place: int, said: tuple[BookColumn, str, str | None, bool]) -> None:
        column, text, fault, identity = said
        if fault:
            made.write_comment(row, place, fault, {"x_scale": 2, "author": "", "visible": False})
        style = self.formats["fault"] if fault else None
        if not text or len(text) > LONGEST_CELL:
            if style:
                made.write_blank(row, place, None, style)
            return
        usual = self.formats["identity" if identity else "long" if column.long else "text"]
        try:
            if column.kind == "number" and isfinite(float(text)):
                made.write_number(row, place, float(text), style or self.formats["number"])
                return
            if column.kind == "date":
                made.write_datetime(row, place, date.fromisoformat(text), style or self.formats["date"])
                return
        except ValueError:
            pass  # what somebody wrote, and is no such value
        made.write_string(row, place, text, style or usual)

    def baseline(self, pages: Sequence[BookPage], about: Sequence[str]) -> None:
        made = self.book.add_worksheet(LISTS)
        made.very_hidden()
        for place, ids in enumerate(self.lists.values()):
            for row, id_ in enumerate(ids):
                made.write_string(row, place, id_)
        made = self.book.add_worksheet(BASELINE)
        made.very_hidden()
        lines: list[Sequence[str]] = [(FORMAT, *about)]
        for key, words in self.shown.items():
            lines += [("word", key, id_, word) for id_, word in words.items()]
        for (name, sheet), page in zip(self.used, pages, strict=True):
            keys = [column.key for column in sheet.columns]
            lines.append(("sheet", sheet.key, name, *keys))
            base = page.base if page.base is not None else base_of(sheet, page.rows)
            lines += [
                ("row", sheet.key, identity, *(own.get(key, "") for key in keys))
                for identity, own in base.items()
            ]
        for number, line in enumerate(lines):
            for place, text in enumerate(line):
                made.write_string(number, place, text)


def base_of(sheet: BookSheet, rows: Sequence[BookRow]) -> dict[str, dict[str, str]]:
    """The hashes of rows as they go out; a text that no cell holds has none."""
    return {
        key_of(sheet, row.identity): {
            key: digest("" if len(text) > LONGEST_CELL else text) for key, text in row.values.items()
        }
        for row in rows
    }
