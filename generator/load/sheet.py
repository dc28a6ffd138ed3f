"""One results file, column by column, on its way to results.

Each distinct text of a column is read once and each distinct fault of a column is told once, at its first row
and with the number of rows that share it: a column of 100,000 wrong cells is one problem, not 100,000.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.load.capped import MOST_TOLD, Capped
from generator.load.cells import CONVERTERS, EXAMPLES, CellFault, read_day, read_status
from generator.load.columns import ReadTable
from generator.load.heads import folded
from generator.load.result_names import ResultNames, is_name
from generator.load.written_number import MULTIPLES, factor_of, scaled
from generator.load.written_period import DateCell, PeriodFault, read_period, settled
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.period import FREQUENCIES
from generator.model.results import Codes, Mask, Results, Rows, Things, same_together
from generator.model.results_map import TableMap
from generator.model.spreadsheet import read_back
from generator.model.unit import data_unit
from generator.problems import Problems, found, nearest


@dataclass(frozen=True)
class Known:
    """What results may speak of. Ids are those of all files, also of files with faults of their own."""

    handbook: Handbook
    indicators: Mapping[str, Indicator]
    indicator_ids: frozenset[str]
    pilot_ids: frozenset[str]
    pilot_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every pilot's names, for tables that name them."""
    table_of: Callable[[str], TableMap | None] = lambda _: None
    """How a file below data/results/ is read that is not in the long form."""

    @cached_property
    def names(self) -> ResultNames:
        return ResultNames(self.handbook, self.indicators, self.pilot_names)


@dataclass(frozen=True)
class CodedCells:
    """A column: what its texts mean, None where blank or at fault, and which of them each row has."""

    values: Sequence[Any]
    codes: Codes

    def told(self, ask: Callable[[Any], Any], kind: type[np.generic]) -> NDArray[Any]:
        """For each row what `ask` answers for its value; each value is asked about once."""
        return np.array([ask(value) for value in self.values], kind)[self.codes]

    def at(self, rows: Rows) -> Things:
        return Things.coded(self.values, self.codes[rows])


class Sheet:
    """One file's rows on their way to results; `bad` are those in which something is wrong."""

    def __init__(self, table: ReadTable, known: Known, problems: Problems) -> None:
        self.table = table
        self.known = known
        self.problems = problems
        self.bad: Mask = np.zeros(len(table), dtype=bool)
        self.capped = Capped(problems)
        self._fitted: dict[str, tuple[NDArray[np.float64], NDArray[np.int16]]] = {}
        self.period = self._cells("period", self._read_period)
        self.indicator = self._cells("indicator", self._indicator)
        self.pilot = self._cells("pilot", self._pilot)
        self.dimensions = {
            d.id: self._cells(d.id, self._cell(d.id, d.values)) for d in known.handbook.dimensions
        }
        for name in CONVERTERS:
            self._tell_refused(name)
        self.status = self._cells("status", read_status)
        self.as_of, self.version = self._cells("as_of", read_day), self._cells("version", read_day)
        self.note = self._cells("note", read_back)
        self.period = self._settled_dates()
        self._check_frequency()
        for name in CONVERTERS:
            self._fit_units(name)

    # Columns

    def _cells(self, column: str, convert: Callable[[str], object]) -> CodedCells:
        """Each text of a column converted, None where blank (`convert` is not asked) or at fault."""
        texts = self.table.columns.texts.get(column)
        if texts is None:
            return CodedCells((None,), np.zeros(len(self.bad), np.int32))
        values: list[object] = []
        faults: dict[int, CellFault] = {}
        for code, text in enumerate(texts.places):
            made = convert(text) if text or column in ("period", "indicator") else None
            if isinstance(made, CellFault):
                faults[code] = made
                made = None
            values.append(made)
        codes = texts.codes
        if faults:
            self._tell_faults(column, faults, codes, np.arange(len(codes)))
        return CodedCells(values, codes)

    def days(self, column: str) -> list[date | None]:
        """A column of days, None where blank or at fault."""
        cells = self._cells(column, read_day)
        return [cells.values[code] for code in cells.codes.tolist()]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column of numbers, NaN where blank or at fault."""
        if column in self._fitted:
            return self._fitted[column][0]
        made = self.table.columns.numbers.get(column)
        return np.concatenate(made.values) if made and made.values else np.full(len(self.bad), np.nan)

    def percent(self, column: str) -> Mask:
        """The rows in which a number of a column is written with %."""
        made = self.table.columns.numbers.get(column)
        return np.concatenate(made.percent) if made and made.percent else np.zeros(len(self.bad), np.bool_)

    def decimals(self, column: str, rows: Rows) -> NDArray[np.int16]:
        """The decimals with which the numbers of a column are written."""
        if column in self._fitted:
            return self._fitted[column][1][rows]
        made = self.table.columns.numbers.get(column)
        return np.concatenate(made.decimals)[rows] if made else np.zeros(len(rows), np.int16)

    def of_indicator(self, ask: Callable[[Indicator], Any], kind: type[np.generic]) -> NDArray[Any]:
        """For each row what `ask` answers for its indicator; that of a row without one says nothing."""
        known = self.known.indicators
        nothing = next(iter(known.values()), None)
        values = [known.get(id_ or "", nothing) for id_ in self.indicator.values]
        return np.array([ask(one) if one else 0 for one in values], kind)[self.indicator.codes]

    def by_indicator(self, rows: Mask) -> list[tuple[Indicator, Rows]]:
        """Some sound rows by their indicators, as they first come."""
        parts = same_together([self.indicator.codes], np.flatnonzero(rows))
        return [(self.known.indicators[self._id(own[0])], own) for own in parts]

    def _id(self, row: int) -> str:
        return str(self.indicator.values[self.indicator.codes[row]])

    # Faults

    def report(self, rows: Rows, column: str, fault: CellFault) -> None:
        """One problem for all of `rows`, at the first; they make no result."""
        count = len(rows)
        more = f" (and {count - 1} more like it)" if count > 1 else ""
        self.bad[rows] = True
        mark = self.table.mark(int(rows.min()), column)
        self.problems.error(mark, fault.rule, f"{column}: {fault.message}{more}", fault.hint)

    def _tell_faults(self, column: str, faults: Mapping[int, CellFault], codes: Codes, rows: Rows) -> None:
        """Tells the faults of the texts with some codes; `codes`: the text of each of `rows`."""
        wrong = np.isin(codes, list(faults))
        found, first = np.unique(codes[wrong], return_index=True)
        order = found[np.argsort(first)].tolist()
        told = order[: MOST_TOLD - 1] if len(order) > MOST_TOLD else order
        for code in told:
            self.report(rows[codes == code], column, faults[code])
        if rest := order[len(told) :]:
            self.report(rows[np.isin(codes, rest)], column, faults[rest[0]])

    def _tell_refused(self, column: str) -> None:
        """Tells the texts that are no numbers."""
        made = self.table.columns.numbers.get(column)
        if made is None or not made.refused_rows:
            return
        faults = {}
        for code, text in enumerate(made.refused.places):
            fault = CONVERTERS[column](text)
            if isinstance(fault, CellFault):
                faults[code] = fault
        self._tell_faults(column, faults, made.refused.codes, np.concatenate(made.refused_rows))

    def _indicator(self, text: str) -> object:
        if not text:
            return CellFault("missing-value", "the cell is blank", "every row names its indicator")
        if text in self.known.indicator_ids:
            return text
        named = self.known.names.indicators.get(folded(text))
        if named or (is_name(text) and len(self.known.indicators) < len(self.known.indicator_ids)):
            return named or text  # a name may be that of a file that cannot be read: told there
        hint = nearest(text, self.known.indicator_ids)
        return CellFault("unknown-indicator", f"unknown indicator {found(text)}", hint)

    def _pilot(self, text: str) -> object:
        if text in self.known.pilot_ids:
            return text
        named = self.known.names.pilots.get(folded(text))
        if named or (is_name(text) and len(self.known.pilot_names) < len(self.known.pilot_ids)):
            return named or text
        hint = f"{nearest(text, self.known.pilot_ids)} (blank is the whole organisation)"
        return CellFault("unknown-pilot", f"unknown pilot {found(text)}", hint)

    def _cell(self, dimension: str, values: Mapping[str, object]) -> Callable[[str], object]:
        def convert(text: str) -> object:
            if text in values or (named := self.known.names.cell(dimension, text)) is not None:
                return text if text in values else named
            return CellFault(
                "unknown-dimension-value",
                f"unknown value {found(text)} of the dimension '{dimension}'",
                f"{nearest(text, values)} (blank is all of it)",
            )

        return convert

    def _read_period(self, text: str) -> object:
        made = read_period(text, self.known.handbook.calendar)
        return CellFault("bad-period", made.message, made.hint) if isinstance(made, PeriodFault) else made

    # What needs several columns

    def _settled_dates(self) -> CodedCells:
        """The periods, with what a spreadsheet's dates mean at the frequencies of their indicators."""
        dated = self.period.told(lambda period: isinstance(period, DateCell), np.bool_)
        if not dated.any():
            return self.period
        needed = self.of_indicator(lambda indicator: _frequency(indicator.frequency), np.int8)
        values, codes = list(self.period.values), self.period.codes.copy()
        calendar = self.known.handbook.calendar
        for rows in same_together([self.period.codes, needed], np.flatnonzero(dated)):
            day = values[self.period.codes[rows[0]]].day
            frequency = FREQUENCIES[int(needed[rows[0]])] if needed[rows[0]] >= 0 else "day"
            codes[rows] = len(values)
            values.append(settled(day, frequency, calendar))
        return CodedCells([None if isinstance(value, DateCell) else value for value in values], codes)

    def _fit_units(self, column: str) -> None:
        """Holds what stands beside numbers against the units of their indicators: 1240.5万, ¥3."""
        made = self.table.columns.numbers.get(column)
        if made is None or not made.unit_rows:
            return
        rows, codes, texts = np.concatenate(made.unit_rows), made.units.codes, list(made.units.places)
        systems = [system.units for system in self.known.handbook.unit_systems]
        values, decimals = self.numbers(column).copy(), np.concatenate(made.decimals)
        for part in same_together([self.indicator.codes[rows], codes], np.flatnonzero(~self.bad[rows])):
            own, written = rows[part], texts[codes[part[0]]]
            if np.isnan(values[own[0]]):
                continue  # a cell that says there is no value
            indicator = self.known.indicators[self._id(own[0])]
            plain = column in ("numerator", "denominator", "n")
            factor = (
                float(MULTIPLES.get(written, 0))
                if plain
                else factor_of(written, indicator.unit, systems, indicator.unit_factor)
            )
            if not factor:
                self.report(own, column, self._unfit(column, indicator, int(own[0]), plain))
                continue
            for row in own.tolist():
                values[row] = scaled(float(values[row]), factor)
            decimals[own] -= round(np.log10(factor))
        self._fitted[column] = values, decimals

    def _unfit(self, column: str, indicator: Indicator, row: int, plain: bool) -> CellFault:
        typed = self.table.text(row, column)
        first = self.known.handbook.languages[0]
        unit = data_unit(indicator.unit, indicator.unit_factor, first, first)
        if plain:
            return CellFault(
                "bad-number", f"needs a plain number, found {found(typed)}", "write it without a unit"
            )
        counted = f"is counted in {unit}" if unit else "has no unit"
        message = f"found {found(typed)}, but '{indicator.id}' {counted}"
        return CellFault("bad-number", message, "write the number alone, in its unit; remarks go into 'note'")

    def no_value(self, column: str) -> dict[str, Rows]:
        """The rows whose cell says that there is no value, by its text."""
        made = self.table.columns.numbers.get(column)
        if made is None or not made.unit_rows:
            return {}
        rows, codes = np.concatenate(made.unit_rows), made.units.codes
        untold = np.isnan(np.concatenate(made.values)[rows])
        texts = list(made.units.places)
        return {texts[codes[part[0]]]: rows[part] for part in same_together([codes], np.flatnonzero(untold))}

    def _check_frequency(self) -> None:
        known = self.known.indicators
        # Unknown, or its own file is at fault: told there.
        defined = self.indicator.told(lambda id_: id_ in known, np.bool_)
        self.bad |= ~defined
        given = self.period.told(lambda period: _frequency(period.frequency) if period else -1, np.int8)
        needed = self.of_indicator(lambda indicator: _frequency(indicator.frequency), np.int8)
        wrong = np.flatnonzero(defined & (given >= 0) & (given != needed))
        for rows in same_together([self.indicator.codes, given], wrong):
            definition, frequency = known[self._id(rows[0])], FREQUENCIES[given[rows[0]]]
            name, text = definition.id, self.table.text(int(rows[0]), "period")
            if definition.frequency is None:
                fault = CellFault(
                    "wrong-frequency",
                    f"'{name}' has no frequency, so '{text}' cannot be placed",
                    f"give it 'frequency: {frequency}'",
                )
            else:
                fault = CellFault(
                    "wrong-frequency",
                    f"'{text}' is a {frequency}, but '{name}' is measured by {definition.frequency}",
                    f"write a {definition.frequency} like {EXAMPLES[definition.frequency]}",
                )
            self.report(rows, "period", fault)

    def results(self, numbers: Mapping[str, NDArray[np.float64]], rows: Rows) -> Results:
        """The results of some rows; `numbers` are those of all rows, by column."""
        cell = _joined(self.dimensions, len(self.bad))
        statuses = [*(status or "actual" for status in self.status.values), "missing"]
        untold = np.isnan(numbers["value"])
        status = CodedCells(statuses, np.where(untold, np.int32(len(statuses) - 1), self.status.codes))
        note = CodedCells([note or "" for note in self.note.values], self.note.codes)
        columns = {
            "period": self.period, "indicator": self.indicator, "pilot": self.pilot, "cell": cell,
            "status": status, "note": note, "as_of": self.as_of, "version": self.version,
        }  # fmt: skip
        things = {name: column.at(rows) for name, column in columns.items()}
        things |= {"file": Things((self.table.name,)), "withheld": Things((None,))}
        cells = self.table.sheet_cells
        things["sheet_cell"] = Things.of(cells[row] for row in rows) if cells else Things(("",))
        made: dict[str, NDArray[Any]] = {"line": self.table.lines[rows]}
        for name, column in numbers.items():
            own = column[rows]
            if not np.isnan(own).all():
                made[name] = own
        return Results(len(rows), things, made)


def _joined(dimensions: Mapping[str, CodedCells], count: int) -> CodedCells:
    """The cell of each row: (dimension, value) of every column that is not blank, in declared order."""
    values: list[tuple[tuple[str, str], ...]] = [()]
    codes = np.zeros(count, np.int32)
    for name, column in dimensions.items():
        if not any(column.values):
            continue
        pairs, codes = np.unique(
            codes.astype(np.int64) * len(column.values) + column.codes, return_inverse=True
        )
        codes = codes.astype(np.int32)
        before = [divmod(pair, len(column.values)) for pair in pairs.tolist()]
        values = [
            values[cell] + (((name, column.values[code]),) if column.values[code] is not None else ())
            for cell, code in before
        ]
    return CodedCells(values, codes)


def _frequency(frequency: str | None) -> int:
    return FREQUENCIES.index(frequency) if frequency in FREQUENCIES else -1
