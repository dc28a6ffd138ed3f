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
_SUMMED = re.compile("合计|总计|小计|累计|total|ytd", re.IGNORECASE)
"""Rows that begin so are totals; 平均… may be the name of an indicator."""
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
            found = set(re.findall("(?:19|20|21)[0-9]{2}", text))
            if len(found) == 1:
                return int(found.pop())
            if found:
                self.remarks.append(f"`year` is a guess: the years {', '.join(sorted(found))} are named")
                return int(max(found))
        self.remarks.append("`year` is a guess: no year stands in the table")
        return 2000

    def _body(self) -> range:
        return range(self.shape.head[-1] + 1, self.shape.last + 1)

    def _cells(self, column: int) -> list[str]:
        return [text for row in self._body() if (text := self.grid.text(row, column))]

    def _columns(self) -> dict[str, str]:
        """What the heads mean that are not known by themselves."""
        columns: dict[str, str] = {}
        heads = self._heads()
        taken = {self.words.get(folded(text)) for text in heads}
        unclear: list[tuple[int, str]] = []
        for position, text in enumerate(heads):
            name = folded(text)
            if not text or name in self.words or name in UNIT_WORDS or self._is_said(text):
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
            if text not in columns:
                columns[text] = self._guess(position, taken)
                taken.add(columns[text])
        if self.shape.layout == "periods across" and not {"value", "numerator"} & taken:
            figures = [text for _, text in unclear if columns[text] == "skip" and self._is_figures(text)]
            columns |= self._measures(list(dict.fromkeys(figures)))
        return columns

    def _heads(self) -> list[str]:
        """The lowest head of each column; of one that is blank there, the one above."""
        rows = [self.grid.rows[row] for row in reversed(self.shape.head)]
        width = max(map(len, rows))
        return [
            next((row[place] for row in rows if place < len(row) and row[place]), "")
            for place in range(width)
        ]

    def _is_figures(self, head: str) -> bool:
        cells = [text for place in self._under(head) for text in self._cells(place)]
        return bool(cells) and all(isinstance(read_number(text), Number) for text in cells)

    def _under(self, head: str) -> list[int]:
        """The columns below a head that comes again under every period."""
        return [place for place, text in enumerate(self._heads()) if text == head]

    def _measures(self, heads: Sequence[str]) -> dict[str, str]:
        """What the figures below the periods are: one is the value; of two, the smaller the numerator."""
        if len(heads) == 1 and len(self._under(heads[0])) > 1:
            return {heads[0]: "value"}
        if len(heads) != 2 or len(self._under(heads[0])) < 2:
            return {}
        one, other = (
            [self._number(text) for at in self._under(head) for text in self._cells(at)] for head in heads
        )
        if len(one) != len(other) or one == other:
            return {}
        pairs = list(zip(one, other, strict=True))
        smaller = 0 if all(a <= b for a, b in pairs) else 1 if all(a >= b for a, b in pairs) else None
        if smaller is None:
            return {}
        parts = heads[smaller], heads[1 - smaller]
        self.remarks.append(f"{parts[0]} is never more than {parts[1]}: taken for their numerator")
        return {parts[0]: "numerator", parts[1]: "denominator"}

    @staticmethod
    def _number(text: str) -> float:
        made = read_number(text)
        return made.value if isinstance(made, Number) else 0.0

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
                for other in range(len(self._heads()))
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
            summed = folded(first) in TOTALS or _SUMMED.match(first)
            if summed and not self.names.indicator(first) and first not in words:
                words.append(first)
        return words

    def _unknown(self, columns: dict[str, str], skip: Sequence[str]) -> list[str]:
        """A remark for each name of an indicator that is not known."""
        for position, text in enumerate(self._heads()):
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
