"""What the heads of a table say: which column each is, or of which period, indicator, pilot or part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.load.grid import CellGrid
from generator.load.heads import folded, head_words
from generator.load.sheet import Known
from generator.load.written_period import PeriodFault, read_period
from generator.load.year_over import dated_in, under_year
from generator.model.handbook import RESULT_COLUMNS
from generator.model.period import Period
from generator.model.results_map import TableMap
from generator.problems import Problems, found

UNIT, SKIP = "unit", "skip"
UNIT_WORDS = frozenset(("单位", "计量单位", "unit", "units", "uom"))
KEYS = ("period", "indicator", "pilot")
"""What says which result a figure is, besides the dimensions."""


class TableNames:
    """The names of a handbook, and those that a table's mapping adds."""

    def __init__(self, known: Known, table: TableMap) -> None:
        self.known = known
        own = known.names
        self.indicators = own.indicators | {folded(name): id_ for name, id_ in table.indicators.items()}
        self.pilots = own.pilots | {folded(name): id_ for name, id_ in table.pilots.items()}
        self.cells = own.cells

    def indicator(self, text: str) -> tuple[str, str] | None:
        """The indicator of a name and the unit behind it: 营业收入(万元) is 营业收入 in 万元."""
        if text in self.known.indicator_ids:
            return text, ""
        if folded(text) in self.indicators:
            return self.indicators[folded(text)], ""
        parts = re.fullmatch(r"(.+?)\s*[\(\[（【](.+)[\)\]）】]|(.+?)[，,:：]\s*(.+)", text.strip())
        name, unit = (parts[1] or parts[3], parts[2] or parts[4]) if parts else ("", "")
        if name in self.known.indicator_ids:
            return name, unit
        return (self.indicators[folded(name)], unit) if folded(name) in self.indicators else None

    def pilot(self, text: str) -> str | None:
        return text if text in self.known.pilot_ids else self.pilots.get(folded(text))


@dataclass(frozen=True)
class HeadedColumn:
    """What the heads of a column say."""

    position: int
    kind: str
    """A column of results, a dimension, `unit` or `skip`; `value` where only what it is of is said."""
    of: Mapping[str, str]
    """The period, indicator, pilot and values of dimensions that they name."""
    unit: str = ""
    head: Mapping[str, int] = field(default_factory=dict)
    """The row of the head that names each."""


class HeadReader:
    """Reads the heads of one table."""

    def __init__(self, grid: CellGrid, table: TableMap, known: Known, problems: Problems) -> None:
        self.grid, self.table, self.known, self.problems = grid, table, known, problems
        self.names = TableNames(known, table)
        self.words = head_words(known.handbook)
        self.roles = {folded(head): role for head, role in table.columns.items()}
        self.dimensions = {dimension.id for dimension in known.handbook.dimensions}
        self.skipped = [folded(word) for word in table.skip]

    def columns(self, heads: Sequence[int]) -> list[HeadedColumn] | None:
        width = max(len(self.grid.rows[row]) for row in heads)
        levels = [self._level(row, width, last=row == heads[-1]) for row in heads]
        sound, columns = True, []
        for position in range(width):
            texts = [
                (row, level[position]) for row, level in zip(heads, levels, strict=True) if level[position]
            ]
            if not texts:
                if any(self.grid.text(row, position) for row in range(heads[-1] + 1, self.end)):
                    mark = self.grid.mark(heads[-1], position)
                    self.problems.error(
                        mark, "unknown-column", "a column without a head holds values", "name it"
                    )
                    sound = False
                continue
            column = self._column(position, texts)
            if column is None:
                sound = False
            else:
                columns.append(column)
        return columns if sound and self._complete(columns, heads[-1]) else None

    def _level(self, row: int, width: int, *, last: bool) -> list[str]:
        """The heads of a level; above the last level a head holds for the blank ones on its right."""
        texts = [self.grid.text(row, column) for column in range(width)]
        if not last:
            for column in range(1, width):
                texts[column] = texts[column] or texts[column - 1]
        return texts

    def _column(self, position: int, texts: Sequence[tuple[int, str]]) -> HeadedColumn | None:
        kind, unit, of, head = "", "", {}, {}
        whole = self.roles.get(folded("".join(text for _, text in texts)))
        for row, text in texts if whole is None else [(texts[-1][0], texts[-1][1])]:
            role = whole or self._role(text)
            if role is not None:
                kind = SKIP if SKIP in (kind, role) else role
                continue
            above = [other for level, other in texts if level < row]
            said = self._said(text, above)
            if said is None:
                if kind != SKIP and not any(self._role(other) == SKIP for _, other in texts):
                    hint = "say what it means under `columns` in data/results.map.yml, or `skip` it"
                    self.problems.error(
                        self.grid.mark(row, position), "unknown-column", f"unknown head {found(text)}", hint
                    )
                    return None
                continue
            key, meant, unit = said[0], said[1], said[2] or unit
            of[key] = meant
            head[key] = row
        return HeadedColumn(position, kind or "value", of, unit, head)

    def _role(self, text: str) -> str | None:
        name = folded(text)
        if name in self.roles:
            return self.roles[name]
        if any(name.startswith(word) for word in self.skipped):
            return SKIP
        if name in UNIT_WORDS:
            return UNIT
        return self.words.get(name)

    def _said(self, text: str, above: Sequence[str] = ()) -> tuple[str, str, str] | None:
        """What a head below others names: which key, what of it, and the unit that stands behind."""
        calendar = self.known.handbook.calendar
        dated = (under_year(year, text, calendar) for year in reversed(above))
        period = next(filter(None, dated), None) or self.period(text)
        if period:
            return "period", period, ""
        indicator = self.names.indicator(text)
        if indicator:
            return "indicator", *indicator
        pilot = self.names.pilot(text)
        if pilot:
            return "pilot", pilot, ""
        cell = self.names.cells.get(folded(text))
        return (*cell.split("\0"), "") if cell else None  # type: ignore[return-value]

    def period(self, text: str) -> str:
        """A period as it is read, with the table's year where it names none; empty where it is none."""
        calendar = self.known.handbook.calendar
        made = read_period(text, calendar)
        if isinstance(made, Period) and made.frequency == "day":
            return f"{made} 00:00:00"  # the month that it begins or ends, of an indicator by months
        if not isinstance(made, PeriodFault):
            return text
        return dated_in(self.table.year, text, calendar) if self.table.year else ""

    def _complete(self, columns: Sequence[HeadedColumn], head: int) -> bool:
        """Whether every result has its period, its indicator and a value."""
        kinds = {column.kind for column in columns}
        said = {key for column in columns for key in column.of}
        given = {key for key in KEYS if getattr(self.table, key) is not None}
        lacking = [key for key in ("period", "indicator") if key not in kinds | said | given]
        if not {"value", "numerator"} & kinds:
            lacking.append("value")
        across = self.table.periods == "across"
        if across != ("period" in said) and "period" not in lacking:
            message = (
                f"`periods: {self.table.periods}`, but the periods are {'in a column' if across else 'heads'}"
            )
            hint = f"write `periods: {'down' if across else 'across'}`, or correct `head`"
            self.problems.error(self.grid.mark(head, 0), "table-heads", message, hint)
            return False
        odd = kinds - {*RESULT_COLUMNS, *self.dimensions, UNIT, SKIP}  # told where they stand, in the mapping
        if lacking and not odd:
            message = f"no head says the {' and the '.join(lacking)} of the results"
            hint = "say it under `columns` in data/results.map.yml, or correct `head`"
            self.problems.error(self.grid.mark(head, 0), "missing-column", message, hint)
        return not lacking and not odd

    @property
    def end(self) -> int:
        """One after the last row that is read, from 0."""
        return min(len(self.grid.rows), self.table.last or len(self.grid.rows))
