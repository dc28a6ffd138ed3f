"""Tables of other shapes as results: each figure has what its row and what its column say of it.

A column's heads (of one level or several) may name a period, an indicator, a pilot, a value of a dimension;
its row names the rest. So periods across, indicators across and two-level heads are one way of reading.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.load.cells import CONVERTERS, STATUS_NAMES
from generator.load.columns import NumberColumn, SheetColumns, TextColumn
from generator.load.grid import CellGrid
from generator.load.heads import folded
from generator.load.mapped_heads import KEYS, SKIP, UNIT, HeadedColumn, HeadReader
from generator.load.number import Number
from generator.load.sheet import Known
from generator.load.written_number import NO_VALUE, factor_of, read_number, scaled
from generator.load.written_period import TOTALS
from generator.model.handbook import RESULT_COLUMNS
from generator.model.indicator import Indicator
from generator.model.results_map import TableMap
from generator.model.unit import data_unit
from generator.problems import FilePosition, Problems, found, nearest

_Record = dict[str, tuple[str, int, int]]
"""The texts of a result by column, each with its row and column in the grid."""


@dataclass
class MappedTable:
    """Rows of results, and where in the grid each of their cells stands: read like a results file."""

    grid: CellGrid
    columns: SheetColumns
    lines: NDArray[np.int64]
    places: Sequence[Mapping[str, tuple[int, int]]]
    filled: bool

    @property
    def name(self) -> str:
        return self.grid.file

    @property
    def has_rows(self) -> bool:
        """Whether anything stands under the head, sound or not."""
        return self.filled

    @property
    def sheet_cells(self) -> Sequence[str]:
        """Of a sheet, the cell of each row's value with the sheet's name."""
        return [self.mark(row, "value").cell for row in range(len(self))] if self.grid.sheet else ()

    def __len__(self) -> int:
        return len(self.lines)

    def mark(self, row: int, column: str) -> FilePosition:
        return self.grid.mark(*self._place(row, column))

    def text(self, row: int, column: str) -> str:
        return self.grid.text(*self._place(row, column)) if column in self.places[row] else ""

    def _place(self, row: int, column: str) -> tuple[int, int]:
        own = self.places[row]
        return own.get(column) or own.get("value") or next(iter(own.values()))


def read_mapped(grid: CellGrid, table: TableMap, known: Known, problems: Problems) -> MappedTable | None:
    """The results of a grid; None (and problems) when its heads are no use."""
    return _Reading(grid, table, known, problems).read()


class _Reading:
    def __init__(self, grid: CellGrid, table: TableMap, known: Known, problems: Problems) -> None:
        self.grid, self.table, self.known, self.problems = grid, table, known, problems
        self.heads = HeadReader(grid, table, known, problems)
        self.told: set[str] = set()

    def read(self) -> MappedTable | None:
        heads = [number - 1 for number in self.table.head]
        if max(heads) >= len(self.grid.rows):
            there = "is 1 row" if len(self.grid.rows) == 1 else f"are {len(self.grid.rows)} rows"
            message = f"the heads are said to be in row {max(heads) + 1}, but there {there}"
            self.problems.error(
                self.grid.mark(0, 0), "table-heads", message, "correct `head` in data/results.map.yml"
            )
            return None
        columns = self.heads.columns(heads)
        if columns is None:
            return None
        records = list(self._records(columns, max(heads) + 1))
        return self._made(records, any(map(any, self.grid.rows[max(heads) + 1 :])))

    # Rows

    def _records(self, columns: Sequence[HeadedColumn], first: int) -> Iterator[_Record]:
        """Each result: its texts by column, with their places."""
        own = [column for column in columns if not column.of and column.kind != SKIP]
        groups: dict[tuple[tuple[str, str], ...], list[HeadedColumn]] = {}
        for column in columns:
            if column.of and column.kind != SKIP:
                groups.setdefault(tuple(sorted(column.of.items())), []).append(column)
        above: _Record = {}
        for row in range(first, self.heads.end):
            if row + 1 in self.table.skip_rows or self._is_remark(row, columns):
                continue
            base = {
                column.kind: (self.grid.text(row, column.position), row, column.position) for column in own
            }
            if self.table.fill:
                for key in (
                    (*KEYS, *self.heads.dimensions) if any(text for text, _, _ in base.values()) else ()
                ):
                    if key in base and not base[key][0] and key in above:
                        base[key] = (above[key][0], row, base[key][2])
                above = {key: base[key] for key in base if base[key][0]}
            if not groups:
                if any(text for text, _, _ in base.values()):
                    yield from self._finished(base, "")
                continue
            for group in groups.values():
                record = dict(base)
                for column in group:
                    for key, meant in column.of.items():
                        record[key] = (meant, column.head[key], column.position)
                    record[column.kind] = (self.grid.text(row, column.position), row, column.position)
                figures = [record[column.kind][0] for column in group if column.kind in CONVERTERS]
                if any(text and text.casefold() not in NO_VALUE for text in figures):
                    yield from self._finished(record, group[0].unit)

    def _is_remark(self, row: int, columns: Sequence[HeadedColumn]) -> bool:
        """A row that is left out: named by `skip`, or blank."""
        texts = [self.grid.text(row, column.position) for column in columns if column.kind != SKIP]
        said = [folded(text) for text in texts if text]
        if not said:
            return True
        places = [
            column.position for column in columns if column.kind in ("indicator", "period", "pilot", UNIT)
        ]
        led = {folded(self.grid.text(row, place)) for place in (0, *places)} - {""}
        return any(text.startswith(word) for text in led for word in self.heads.skipped)

    def _finished(self, record: _Record, unit: str) -> Iterator[_Record]:
        """The result with ids, in its own unit, and what holds for all; none where a name is no one's."""
        at = record.get("value") or next(iter(record.values()))
        for key in KEYS:
            given = getattr(self.table, key)
            if given is not None and not record.get(key, ("",))[0]:
                record[key] = (str(given), at[1], at[2])
        name, row, column = record.get("indicator", ("", *at[1:]))
        known = self.heads.names.indicator(name) if name else None
        if name and known is None:
            self._tell(name, row, column, "unknown-indicator", *self._nobody(name))
            return
        if known:
            record["indicator"] = (known[0], row, column)
            unit = known[1] or unit
        if "pilot" in record:
            name, row, column = record["pilot"]
            record["pilot"] = (self.heads.names.pilot(name) or name, row, column)
        if "period" in record:
            text, *place = record["period"]
            record["period"] = (self.heads.period(text) or text, place[0], place[1])
        self._mark(record)
        said = record.pop(UNIT, ("", 0, 0))
        factor = self._factor(
            known[0] if known else "", said[0] or unit, said if said[0] else (unit, row, column)
        )
        if factor is None:
            return
        for key in ("value", "target"):
            if key in record and factor != 1:
                record[key] = (_times(record[key][0], factor), *record[key][1:])
        yield record

    def _nobody(self, name: str) -> tuple[str, str]:
        if folded(name) in TOTALS or "合计" in name:
            return f"{found(name)} looks like a row of totals", "name it under `skip` in data/results.map.yml"
        names = [text for one in self.known.indicators.values() for text in one.name.all()]
        hint = f"{nearest(name, names)}; or say it under `indicators` in data/results.map.yml"
        return f"no indicator is called {found(name)}", hint

    def _mark(self, record: _Record) -> None:
        """Takes a mark such as * off the value, and says what it means."""
        text, row, column = record.get("value", ("", 0, 0))
        for mark, meaning in self.table.marks.items():
            if text.endswith(mark) and text != mark:
                record["value"] = (text.removesuffix(mark).strip(), row, column)
                key = "status" if meaning in STATUS_NAMES else "note"
                before = record.get(key, ("", 0, 0))[0]
                record[key] = (
                    meaning if key == "status" or not before else f"{before}; {meaning}",
                    row,
                    column,
                )
                return

    def _factor(self, id_: str, unit: str, at: tuple[str, int, int]) -> float | None:
        """What the values are multiplied by; None (and a problem) where their unit does not fit."""
        times = self.table.factor * self.table.factors.get(id_, 1.0)
        indicator = self.known.indicators.get(id_)
        if not unit or indicator is None:
            return times
        if unit in self.table.units:
            return times * self.table.units[unit]
        systems = [system.units for system in self.known.handbook.unit_systems]
        percent = unicodedata.normalize("NFKC", unit).strip() in ("%", "百分比", "percent")
        own = (
            1.0
            if percent and indicator.percent
            else factor_of(unit, indicator.unit, systems, indicator.unit_factor)
        )
        if own is None and id_ in self.table.factors:
            own = 1.0
        if own is not None:
            return times * own
        self._tell(f"{unit}\0{id_}", at[1], at[2], "wrong-unit", *self._unfit(unit, indicator))
        return None

    def _unfit(self, unit: str, indicator: Indicator) -> tuple[str, str]:
        first = self.known.handbook.languages[0]
        own = data_unit(indicator.unit, indicator.unit_factor, first, first)
        counted = f"is counted in {own}" if own else "has no unit"
        hint = f"say under `units` in data/results.map.yml what they are multiplied by: {{{unit}: 1}}"
        return f"the values are in {unit}, but '{indicator.id}' {counted}", hint

    def _tell(self, what: str, row: int, column: int, rule: str, message: str, hint: str) -> None:
        if what not in self.told:
            self.told.add(what)
            self.problems.error(self.grid.mark(row, column), rule, message, hint)

    def _made(self, records: Sequence[_Record], filled: bool) -> MappedTable:
        """The results by columns."""
        texts, numbers = {}, {}
        names = [
            name for name in (*RESULT_COLUMNS, *self.heads.dimensions) if any(name in one for one in records)
        ]
        for name in names or ("period", "indicator"):
            own = [record[name][0] if name in record else "" for record in records]
            places: dict[str, int] = {}
            codes = np.array([places.setdefault(text, len(places)) for text in own], np.int32)
            column = NumberColumn(CONVERTERS[name]) if name in CONVERTERS else TextColumn()
            column.add(list(places), codes)
            if isinstance(column, NumberColumn):
                numbers[name] = column
            else:
                texts[name] = column
        cells = [{name: (row, column) for name, (_, row, column) in record.items()} for record in records]
        starts = [record["value"] if "value" in record else next(iter(record.values())) for record in records]
        lines = [self.grid.line(row) for _, row, _ in starts]
        columns = SheetColumns(texts, numbers, np.arange(len(records)), len(records))
        return MappedTable(self.grid, columns, np.array(lines, np.int64), cells, filled)


def _times(text: str, factor: float) -> str:
    """A number's text multiplied; what is no number stays, to be told where it is read."""
    made = read_number(text) if text else None
    if not isinstance(made, Number) or made.value != made.value:
        return text
    return f"{scaled(made.value, factor)!r}{'%' if made.percent else ''}{made.unit}"
