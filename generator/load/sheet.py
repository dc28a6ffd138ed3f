"""One results file, column by column, on its way to observations.

Each distinct text of a column is read once and each distinct fault of a column is told once, at its first row
and with the number of rows that share it: a column of 100,000 wrong cells is one problem, not 100,000.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast, get_args

import numpy as np
import pandas as pd

from generator.load.capped import MOST_TOLD, Capped
from generator.load.number import Number, NumberFault, parse_number
from generator.load.table import ResultsTable
from generator.model.common import DATE_EXAMPLE, parse_date
from generator.model.comparing import above, below
from generator.model.exact import ratio
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.result import Observation, ResultStatus
from generator.model.spreadsheet import read_back
from generator.problems import Problems, found, nearest

_STATUSES: tuple[str, ...] = get_args(ResultStatus)
_NUMBERS = ("value", "numerator", "denominator", "n", "target")


@dataclass(frozen=True)
class Known:
    """What results may speak of. Ids are those of all files, also of files with faults of their own."""

    handbook: Handbook
    indicators: Mapping[str, Indicator]
    indicator_ids: frozenset[str]
    pilot_ids: frozenset[str]


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a text."""

    rule: str
    message: str
    hint: str = ""


@dataclass
class Sheet:
    """One file's rows on their way to observations."""

    table: ResultsTable
    known: Known
    problems: Problems
    rows: list[int] = field(default_factory=list)
    """The sound rows, by position in the table."""

    observations: list[Observation] = field(default_factory=list)
    """One for each of `rows`."""

    def __post_init__(self) -> None:
        self.bad = np.zeros(len(self.table.frame), dtype=bool)
        self.typed: dict[str, list[Number | None]] = {}
        self.capped = Capped(self.problems)

    def read(self) -> None:
        """Reads every column, then what needs several of them, then makes the observations."""
        period = self._column("period", _period)
        indicator = self._column("indicator", self._indicator)
        pilot = self._column("pilot", self._pilot)
        dimensions = self.known.handbook.dimensions
        cells = [(d.id, self._column(d.id, self._cell(d.id, d.values))) for d in dimensions]
        self.typed = {name: self._column(name, _number(name)) for name in _NUMBERS}
        status = self._column("status", _status)
        as_of, version = self._column("as_of", _day), self._column("version", _day)
        notes = [read_back(note) for note in self._texts("note")]
        self._check_frequency(period, indicator)
        self._check_percent(indicator)
        values = self._values(indicator, status, notes)
        self._check_limits(values, indicator)
        self.capped.close()
        plain = {name: [n.value if n else None for n in self.typed[name]] for name in _NUMBERS}
        lines = self.table.lines
        cell = _cells(cells, len(lines))
        self.rows = np.flatnonzero(~self.bad).tolist()
        self.observations = [
            Observation(
                period=period[row],
                indicator=indicator[row],
                pilot=pilot[row],
                cell=cell[row],
                value=values[row],
                numerator=plain["numerator"][row],
                denominator=plain["denominator"][row],
                target=plain["target"][row],
                status="missing" if values[row] is None else status[row] or "actual",
                note=notes[row],
                as_of=as_of[row],
                version=version[row],
                file=self.table.name,
                line=lines[row],
                n=plain["n"][row],
            )
            for row in self.rows
        ]

    # Columns

    def _texts(self, column: str) -> list[str]:
        if column not in self.table.frame:
            return [""] * len(self.table.frame)
        return cast("list[str]", self.table.frame[column].tolist())

    def _column(self, column: str, convert: Callable[[str], object]) -> list[Any]:
        """Each cell converted, None where blank (`convert` is not asked) or at fault."""
        if column not in self.table.frame:
            return [None] * len(self.table.frame)
        codes, texts = pd.factorize(self.table.frame[column])
        converted: list[object] = []
        faults: dict[int, _Fault] = {}
        for code, text in enumerate(texts.tolist()):
            made = convert(text) if text or column in ("period", "indicator") else None
            if isinstance(made, _Fault):
                faults[code] = made
                made = None
            converted.append(made)
        told = list(faults)[: MOST_TOLD - 1] if len(faults) > MOST_TOLD else list(faults)
        for code in told:
            self._report(codes == code, column, faults[code])
        if rest := list(faults)[len(told) :]:
            self._report(np.isin(codes, rest), column, faults[rest[0]])
        return [converted[code] for code in codes.tolist()]

    def _report(self, rows: np.ndarray[Any, np.dtype[np.bool_]], column: str, fault: _Fault) -> None:
        """One problem for all of `rows`, at the first; they make no observation."""
        first = int(np.argmax(rows))
        count = int(np.count_nonzero(rows))
        more = f" (and {count - 1} more like it)" if count > 1 else ""
        self.bad |= rows
        self.problems.error(
            self.table.mark(first, column), fault.rule, f"{column}: {fault.message}{more}", fault.hint
        )

    def _at(self, rows: Sequence[int]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        mask = np.zeros(len(self.bad), dtype=bool)
        mask[list(rows)] = True
        return mask

    def _indicator(self, text: str) -> object:
        if not text:
            return _Fault("missing-value", "the cell is blank", "every row names its indicator")
        if text not in self.known.indicator_ids:
            hint = nearest(text, self.known.indicator_ids)
            return _Fault("unknown-indicator", f"unknown indicator {found(text)}", hint)
        return text

    def _pilot(self, text: str) -> object:
        if text not in self.known.pilot_ids:
            hint = f"{nearest(text, self.known.pilot_ids)} (blank is the whole organisation)"
            return _Fault("unknown-pilot", f"unknown pilot {found(text)}", hint)
        return text

    def _cell(self, dimension: str, values: Mapping[str, object]) -> Callable[[str], object]:
        def convert(text: str) -> object:
            if text in values:
                return text
            return _Fault(
                "unknown-dimension-value",
                f"unknown value {found(text)} of the dimension '{dimension}'",
                f"{nearest(text, values)} (blank is all of it)",
            )

        return convert

    # What needs several columns

    def _check_frequency(self, period: list[Period | None], indicator: list[str | None]) -> None:
        wrong: dict[tuple[str, str], list[int]] = {}
        for row, (when, name) in enumerate(zip(period, indicator, strict=True)):
            definition = self.known.indicators.get(name or "")
            if definition is None:
                self.bad[row] = True  # unknown, or its own file is at fault: told there
            elif when is not None and when.frequency != definition.frequency:
                wrong.setdefault((definition.id, when.frequency), []).append(row)
        for (name, frequency), rows in wrong.items():
            needed = self.known.indicators[name].frequency
            text = self._texts("period")[rows[0]]
            if needed is None:
                fault = _Fault(
                    "wrong-frequency",
                    f"'{name}' has no frequency, so '{text}' cannot be placed",
                    f"give it 'frequency: {frequency}'",
                )
            else:
                fault = _Fault(
                    "wrong-frequency",
                    f"'{text}' is a {frequency}, but '{name}' is measured by {needed}",
                    f"write a {needed} like {_EXAMPLES[needed]}",
                )
            self._report(self._at(rows), "period", fault)

    def _check_percent(self, indicator: list[str | None]) -> None:
        for column in ("value", "target"):
            wrong: dict[str, list[int]] = {}
            for row, number in enumerate(self.typed[column]):
                if number is not None and number.percent and not self.bad[row]:
                    definition = self.known.indicators[indicator[row] or ""]
                    if not definition.percent:
                        wrong.setdefault(definition.id, []).append(row)
            for name, rows in wrong.items():
                unit = self.known.indicators[name].unit
                first = self.known.handbook.languages[0]
                counted = f"is counted in {unit.say(first, first)}" if unit else "has no unit"
                message = f"found '{self._texts(column)[rows[0]]}', but '{name}' {counted}, not in %"
                fault = _Fault("bad-number", message, "write the number in its unit")
                self._report(self._at(rows), column, fault)

    def _values(
        self, indicator: list[str | None], status: list[str | None], notes: list[str]
    ) -> list[float | None]:
        """The value of each row: as typed, or a ratio's own, or None with a note that says why."""
        typed, above, below = (self.typed[name] for name in ("value", "numerator", "denominator"))
        values: list[float | None] = [number.value if number else None for number in typed]
        texts = self._texts("value")
        faults: dict[_Fault, list[int]] = {}
        for row, number in enumerate(typed):
            if self.bad[row]:
                continue
            definition = self.known.indicators[indicator[row] or ""]
            top, bottom = above[row], below[row]
            if number is not None:
                if status[row] == "missing":
                    fault = _Fault(
                        "bad-value",
                        f"found '{texts[row]}', but the status is 'missing'",
                        "leave the value blank, or correct the status",
                    )
                    faults.setdefault(fault, []).append(row)
                elif top and bottom and bottom.value and definition.rollup == "ratio":
                    self._compare(row, number, ratio(top.value, bottom.value, definition.factor))
                continue
            made = self._blank(definition, top, bottom, notes[row])
            if isinstance(made, _Fault):
                faults.setdefault(made, []).append(row)
            else:
                values[row] = made
        for fault, rows in faults.items():
            self._report(self._at(rows), "value", fault)
        return values

    def _blank(
        self, definition: Indicator, top: Number | None, bottom: Number | None, note: str
    ) -> float | _Fault | None:
        """What a blank value stands for."""
        if top and bottom and bottom.value and definition.rollup == "ratio":
            return ratio(top.value, bottom.value, definition.factor)
        if note:
            return None
        if top and bottom and definition.rollup == "ratio":
            message = "the denominator is 0, so there is no value"
            return _Fault("blank-value", message, "say why in the column 'note'")
        if top and bottom:
            return _Fault(
                "blank-value",
                f"the value is blank, and '{definition.id}' is no ratio",
                f"fill it, or give '{definition.id}' 'rollup: ratio'",
            )
        return _Fault(
            "blank-value",
            "the value is blank",
            "fill it, or say why it is missing in the column 'note'; of a ratio numerator and denominator do",
        )

    def _compare(self, row: int, number: Number, own: float) -> None:
        """A value beside numerator and denominator must agree with them, to the decimals written."""
        if abs(number.value - own) > 0.5 * 10.0**-number.decimals * 1.0001 + 1e-9 * abs(own):
            message = f"value: {number.value:g} is not numerator / denominator × factor, which is {own:.6g}"
            hint = "leave the value blank to have it calculated, or correct one of the three"
            self.capped.warning(partial(self.table.mark, row, "value"), "ratio-mismatch", message, hint)

    def _check_limits(self, values: list[float | None], indicator: list[str | None]) -> None:
        for row, value in enumerate(values):
            if value is None or self.bad[row]:
                continue
            definition = self.known.indicators[indicator[row] or ""]
            least, most = definition.limits.min, definition.limits.max
            if least is not None and most is not None and least >= most:
                continue  # told in the indicator's file; no value could fit
            low = least is not None and below(value, least)
            if not low and not (most is not None and above(value, most)):
                continue
            side = f"below the limit {least:g}" if low else f"above the limit {most:g}"
            self.bad[row] = True
            self.capped.error(
                partial(self.table.mark, row, "value"),
                "outside-limits",
                f"value: {value:g} is {side} of '{definition.id}'",
                "correct the value, or the indicator's limits",
            )


_EXAMPLES = {
    "year": "2025",
    "half": "2025-H1",
    "quarter": "2025-Q3",
    "month": "2025-07",
    "week": "2025-W27",
    "day": "2025-07-15",
}


def _period(text: str) -> object:
    try:
        return Period.parse(text)
    except ValueError as fault:
        message, _, hint = str(fault).partition("; ")
        return _Fault("bad-period", message if text else "the cell is blank", hint)


def _number(column: str) -> Callable[[str], object]:
    def convert(text: str) -> object:
        made = parse_number(text)
        if isinstance(made, NumberFault):
            return _Fault("bad-number", made.message, made.hint)
        if column == "n" and made.value < 0:
            return _Fault("bad-number", f"found '{text}', but n counts cases", "write how many there were")
        if made.percent and column in ("numerator", "denominator", "n"):
            return _Fault("bad-number", f"needs a plain number, found '{text}'", "write it without %")
        return made

    return convert


def _status(text: str) -> object:
    if text in _STATUSES:
        return text
    return _Fault(
        "bad-value", f"{found(text)} is not one of {', '.join(_STATUSES)}", nearest(text, _STATUSES)
    )


def _day(text: str) -> object:
    try:
        return parse_date(text)
    except ValueError as fault:
        return _Fault("bad-date", str(fault), DATE_EXAMPLE)


def _cells(columns: list[tuple[str, list[str | None]]], count: int) -> list[tuple[tuple[str, str], ...]]:
    if not any(any(values) for _, values in columns):
        return [()] * count
    rows = zip(*(values for _, values in columns), strict=True)
    names = [name for name, _ in columns]
    return [tuple((n, v) for n, v in zip(names, row, strict=True) if v is not None) for row in rows]
