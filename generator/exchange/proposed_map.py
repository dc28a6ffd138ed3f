"""A proposal how a table of another shape is read: an entry of data/results.map.yml, to be looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape

from generator.exchange.plain_yaml import PLAIN, as_yaml
from generator.load.grid import CellGrid
from generator.load.heads import folded, head_words
from generator.load.mapped_heads import UNIT_WORDS, TableNames
from generator.load.number import Number
from generator.load.shapes import TableShape, shape_of
from generator.load.sheet import Known
from generator.load.written_number import read_number
from generator.load.written_period import TOTALS
from generator.model.results_map import TableMap

_TOTAL = re.compile("合计|总计|小计|累计|平均|total|average|ytd", re.IGNORECASE)
_NOTES = frozenset(("notes", "remarks", "remark", "comment", "comments", "说明", "备注"))


@dataclass(frozen=True)
class ProposedMap:
    """An entry for `tables` of data/results.map.yml."""

    table: TableMap
    text: str
    """Its lines, the first one's `- ` not indented."""


def proposed_map(grid: CellGrid, files: str, known: Known) -> ProposedMap | None:
    """How a grid could be read; None where no shape is known. `files`: its name below data/results/."""
    words = head_words(known.handbook)
    shape = shape_of(grid, words, known.handbook.calendar)
    return None if shape is None else _Proposal(grid, files, known, shape).made()


class _Proposal:
    def __init__(self, grid: CellGrid, files: str, known: Known, shape: TableShape) -> None:
        self.grid, self.files, self.known, self.shape = grid, files, known, shape
        self.words = head_words(known.handbook)
        self.names = TableNames(known, TableMap(files=files))
        self.remarks: list[str] = []

    def made(self) -> ProposedMap:
        shape = self.shape
        rows = [row + 1 for row in shape.head]
        entry: dict[str, object] = {"files": escape(self.files), "head": rows[0] if len(rows) == 1 else rows}
        if self.grid.sheet:
            entry["sheets"] = [self.grid.sheet]
        if any(map(any, self.grid.rows[shape.last + 1 :])):
            entry["last"] = shape.last + 1
        entry["periods"] = "across" if shape.layout == "periods across" else "down"
        if shape.yearless:
            entry["year"] = self._year()
        columns = self._columns()
        if columns:
            entry["columns"] = columns
        skip = self._totals()
        if skip:
            entry["skip"] = skip
        lines = as_yaml(entry).splitlines()
        remarks = [f"  # {remark}" for remark in self._unknown(columns, skip)]
        text = "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:]), *remarks]) + "\n"
        return ProposedMap(TableMap.model_validate(entry), text)

    def _year(self) -> int:
        """The year that stands above the head or in a name; else that of the newest results is not known."""
        above = " ".join(text for row in self.grid.rows[: self.shape.head[0]] for text in row)
        for text in (above, self.grid.sheet, self.files):
            found = re.search("(?:19|20|21)[0-9]{2}", text)
            if found:
                return int(found[0])
        self.remarks.append("`year` is a guess: no year stands in the table")
        return 2000

    def _body(self) -> range:
        return range(self.shape.head[-1] + 1, self.shape.last + 1)

    def _cells(self, column: int) -> list[str]:
        return [text for row in self._body() if (text := self.grid.text(row, column))]

    def _columns(self) -> dict[str, str]:
        """What the heads mean that are not known by themselves."""
        columns: dict[str, str] = {}
        head = self.shape.head[-1]
        taken = {self.words.get(folded(text)) for text in self.grid.rows[head]}
        unclear: list[tuple[int, str]] = []
        for position, text in enumerate(self.grid.rows[head]):
            name = folded(text)
            upper = self.grid.text(self.shape.head[0], position)
            if (
                not text
                or name in self.words
                or name in UNIT_WORDS
                or self._is_said(text)
                or (len(self.shape.head) > 1 and self._is_said(text) and self._is_said(upper))
            ):
                continue
            if _TOTAL.search(text):
                columns[text] = "skip"
            elif position == self.shape.period_column:
                columns[text] = "period"
                taken.add("period")
            elif name in _NOTES and "note" not in taken:
                columns[text] = "note"
            else:
                unclear.append((position, text))
        for position, text in unclear:
            columns[text] = self._guess(position, taken)
            taken.add(columns[text])
        return columns

    def _is_said(self, text: str) -> bool:
        """Whether a head names a period, an indicator, a pilot or a value of a dimension."""
        return bool(
            text in self.shape.periods
            or self.names.indicator(text)
            or self.names.pilot(text)
            or folded(text) in self.names.cells
        )

    def _guess(self, position: int, taken: set[str | None]) -> str:
        """What a column holds, by its cells."""
        cells = self._cells(position)
        figures = sum(isinstance(read_number(text), Number) for text in cells)
        if cells and figures == len(cells):
            return "value" if self.shape.layout == "other heads" and "value" not in taken else "skip"
        if "indicator" not in taken:
            better = any(
                other != position and any(self.names.indicator(text) for text in self._cells(other))
                for other in range(len(self.grid.rows[self.shape.head[-1]]))
            )
            if any(self.names.indicator(text) for text in cells) or not better:
                return "indicator"
        if "pilot" not in taken and any(self.names.pilot(text) for text in cells):
            return "pilot"
        return "skip"

    def _totals(self) -> list[str]:
        """Words by which rows of totals begin."""
        words = []
        for row in self._body():
            first = next((text for text in self.grid.rows[row] if text), "")
            if (folded(first) in TOTALS or _TOTAL.match(first)) and first not in words:
                words.append(first)
        return words

    def _unknown(self, columns: dict[str, str], skip: Sequence[str]) -> list[str]:
        """A remark for each name of an indicator that is not known."""
        head = self.grid.rows[self.shape.head[-1]]
        for position, text in enumerate(head):
            if (columns.get(text) or self.words.get(folded(text))) != "indicator":
                continue
            unknown = dict.fromkeys(
                name for name in self._cells(position) if not self.names.indicator(name) and name not in skip
            )
            self.remarks += [
                f"no indicator is called {json.dumps(name, ensure_ascii=False)}: "
                f"say `indicators: {{{_key(name)}: its-id}}`, or name it under `skip`"
                for name in unknown
            ]
        return self.remarks


def _key(name: str) -> str:
    return name if PLAIN.match(name) and name == name.strip() else json.dumps(name, ensure_ascii=False)


def with_entry(old: str | None, text: str, indent: int) -> str:
    """data/results.map.yml with one entry more; `indent`: that of the entries which are there."""
    room = " " * indent
    entry = "".join(f"{room}{line}\n" for line in text.splitlines())
    if old is None:
        return f"tables:\n{entry}"
    return f"{old.rstrip()}\n{entry}"
