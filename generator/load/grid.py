"""Tables of any shape as texts in rows, with the place of each cell: sheets and CSV files alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.problems import FilePosition

MOST_CELLS = 5_000_000
"""Cells of a table that is read cell by cell."""


class TooManyCellsError(Exception):
    """A table has more than `MOST_CELLS`."""


@dataclass(frozen=True)
class CellGrid:
    """A sheet, or a CSV file, as rows of stripped texts."""

    file: str
    rows: Sequence[Sequence[str]]
    sheet: str = ""
    """The sheet's name; of a CSV file empty."""
    lines: Sequence[int] = ()
    """The line on which each row starts; of a sheet, empty: the row's number is its line."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First row, first column, last row, last column of cells that are one, from 0."""
    hidden_rows: Sequence[int] = ()
    """From 0."""
    hidden_columns: Sequence[int] = ()
    unsaved: Sequence[str] = ()
    """Formulas whose value was never saved, e.g. C7."""
    place: Callable[[int, int], FilePosition] | None = None
    """Of a CSV file: where a cell starts."""

    def line(self, row: int) -> int:
        """The line on which a row starts."""
        return self.lines[row] if self.lines else row + 1

    def mark(self, row: int, column: int) -> FilePosition:
        """The place of a cell, from 0."""
        if self.place is not None:
            return self.place(row, column)
        return FilePosition(self.file, row + 1, column + 1, f"{self.sheet}!{cell_name(row, column)}")

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; nothing beyond a row's end."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets call it, e.g. C7; both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
