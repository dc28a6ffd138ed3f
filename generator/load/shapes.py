"""What shape a table has that is not in the long form, said in one sentence, and how it could be read.

Only looked at when a file's heads are no use: the answer is for the message and for the mapping that
`handbook import results` proposes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.load.grid import CellGrid
from generator.load.heads import folded
from generator.load.number import Number
from generator.load.written_number import read_number
from generator.load.written_period import PeriodFault, in_year, read_period
from generator.load.year_over import under_year, year_of
from generator.model.calendar import Calendar

_LOOKED_AT = 60
"""Rows of a table in which its head stands."""
_LOOKED_ACROSS = 2_000
"""Columns in which periods are looked for: more than any table of people has, and each takes its time."""
Layout = Literal["periods across", "indicators across", "long", "other heads"]


@dataclass(frozen=True)
class TableShape:
    """A table's shape."""

    layout: Layout
    head: tuple[int, ...]
    """The rows of its heads, from 0."""
    periods: tuple[str, ...]
    """The periods that are heads, or the column's first ones."""
    period_column: int | None
    """The column that holds the periods, where one does."""
    last: int
    """The last row that looks like the table's, from 0."""
    yearless: bool = False
    """Whether its periods name no year: 9月, Q3."""

    def sentence(self) -> str:
        """What a person needs to know of it."""
        row = self.head[0] + 1
        above = f", and {row - 1} {'row' if row == 2 else 'rows'} above its head" if row > 1 else ""
        if self.layout == "periods across":
            between = f"{self.periods[0]} … {self.periods[-1]}" if len(self.periods) > 1 else self.periods[0]
            levels = " and heads in two levels" if len(self.head) > 1 else ""
            return f"this looks like a table with its periods across ({between} in row {row}){levels}{above}"
        if self.layout == "indicators across":
            return f"this looks like a table with a column for each indicator{above}"
        if self.layout == "other heads":
            return f"this looks like a table with heads of its own in row {row}{above}"
        return f"this looks like results{above}"


def hint_for(file: str) -> str:
    """What to do with a table of another shape."""
    return f"`handbook import results {file}` proposes how to read it"


def shape_of(grid: CellGrid, words: Mapping[str, str], calendar: Calendar) -> TableShape | None:
    """The shape; None where nothing in the table looks like periods."""
    rows = grid.rows[:_LOOKED_AT]
    best = max(range(len(rows)), key=lambda row: (len(_periods(rows[row], calendar)), -row), default=None)
    if best is None:
        return None
    across = _periods(rows[best], calendar)
    if len({text for _, text in across}) >= 2 and not _numbers(rows[best], across):
        dated = _under_years(grid, best, across, calendar) or _under_years(grid, best + 1, across, calendar)
        if dated:
            return TableShape("periods across", dated[0], dated[1], None, _last(grid, dated[0][-1]))
        head = (best, best + 1) if _is_second_level(grid, best, across) else (best,)
        if best and _is_first_level(grid, best, across):
            head = (best - 1, best)
        told = tuple(text for _, text in across)
        return TableShape(
            "periods across", head, told, None, _last(grid, head[-1]), _yearless(told, calendar)
        )
    known = max(range(len(rows)), key=lambda row: (_known(rows[row], words), -row))
    if _known(rows[known], words) >= 3 and {"period", "indicator", "value"} <= {
        words.get(folded(t)) for t in rows[known]
    }:
        return TableShape("long", (known,), (), None, _last(grid, known))
    return _down(grid, calendar)


def _periods(cells: Sequence[str], calendar: Calendar) -> list[tuple[int, str]]:
    """The cells of a row that are periods, with their columns."""
    looked_at = enumerate(cells[:_LOOKED_ACROSS])
    return [(place, text) for place, text in looked_at if _is_period(text, calendar)]


def _under_years(
    grid: CellGrid, row: int, across: Sequence[tuple[int, str]], calendar: Calendar
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """The two rows of heads of which the upper one says the years of the lower one's periods, and those."""
    if not 0 < row < len(grid.rows):
        return None
    years, told = "", []
    for place in range(across[0][0], min(len(grid.rows[row]), _LOOKED_ACROSS)):
        above = grid.text(row - 1, place)
        years = above or years
        text = grid.text(row, place)
        if under_year(years, text, calendar):
            told.append(text)
        elif text and year_of(years, calendar) is not None and text != above and not _is_word(text):
            return None
    return ((row - 1, row), tuple(told)) if len(told) > 1 else None


def _is_word(text: str) -> bool:
    """Whether a cell holds no figure: a number of years, months or quarters is a head, as 2026年合计."""
    return bool(re.match(r"\s*[0-9]{1,4}\s*[年月季周]", text)) or not isinstance(read_number(text), Number)


def _numbers(cells: Sequence[str], but: Sequence[tuple[int, str]]) -> bool:
    """Whether other cells are numbers: then the row is no head."""
    places = {place for place, _ in but}
    return any(not _is_word(text) for place, text in enumerate(cells) if text and place not in places)


def _is_second_level(grid: CellGrid, head: int, across: Sequence[tuple[int, str]]) -> bool:
    """Whether the row below the periods holds words under them, not figures."""
    if head + 1 >= len(grid.rows):
        return False
    under = [grid.text(head + 1, place) for place, _ in across]
    return all(text and _is_word(text) for text in under)


def _is_first_level(grid: CellGrid, head: int, across: Sequence[tuple[int, str]]) -> bool:
    """Whether the row above the periods holds words over them, and the periods come again under each."""
    over = [grid.text(head - 1, place) for place, _ in across]
    return len({text for _, text in across}) < len(across) and bool(over[0]) and len({*over} - {""}) > 1


def _known(cells: Sequence[str], words: Mapping[str, str]) -> int:
    return len({words[folded(text)] for text in cells if folded(text) in words})


def _down(grid: CellGrid, calendar: Calendar) -> TableShape | None:
    """A table with a column of periods."""
    rows = grid.rows[:_LOOKED_AT]
    width = min(max((len(cells) for cells in rows), default=0), _LOOKED_ACROSS)
    for column in range(width):
        own = [row for row in range(len(rows)) if _is_period(grid.text(row, column), calendar)]
        if len(own) < 2 or own[0] == 0:
            continue
        head = own[0] - 1
        headed = [place for place in range(width) if place != column and grid.text(head, place)]
        filled = [place for place in headed if any(grid.text(row, place) for row in own)]
        figures = [place for place in filled if _is_figures(grid, own, place)]
        words = [place for place in filled if place not in figures]
        layout: Layout = "indicators across" if figures and not words else "other heads"
        if figures:
            periods = tuple(grid.text(row, column) for row in own)
            return TableShape(
                layout, (head,), periods, column, _last(grid, head), _yearless(periods, calendar)
            )
    return None


def _is_period(text: str, calendar: Calendar) -> bool:
    """Whether a text is a period, or one without its year."""
    if not text or len(text) > 30:
        return False
    return not isinstance(read_period(in_year(text, 2000) or text, calendar), PeriodFault)


def _is_figures(grid: CellGrid, rows: Sequence[int], column: int) -> bool:
    """Whether a column has numbers in some rows, and nothing else."""
    return all(isinstance(read_number(grid.text(row, column) or "-"), Number) for row in rows)


def _yearless(periods: Sequence[str], calendar: Calendar) -> bool:
    return any(isinstance(read_period(text, calendar), PeriodFault) for text in periods)


def _last(grid: CellGrid, head: int) -> int:
    """The last row that has figures."""
    last = head
    for row in range(head + 1, len(grid.rows)):
        cells = grid.rows[row]
        if any(isinstance(read_number(text), Number) for text in cells[1:] if text):
            last = row
    return last
