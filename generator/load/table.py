"""A results file as columns, and the place of any cell when something is wrong with it.

`columns` reads the columns. It knows neither the line of a row (a quoted cell may hold line breaks) nor which
rows are too short, so the csv module is asked for these, and only when there is a reason to.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.load.capped import Capped
from generator.load.columns import NEWLINE, SheetColumns, is_even, read_columns, records
from generator.load.decode import read_utf8
from generator.load.grid import MOST_CELLS, CellGrid, TooManyCellsError
from generator.load.heads import told_heads
from generator.load.long_cells import csv_lines
from generator.load.shapes import hint_for, shape_of
from generator.load.yaml_slips import remark_in
from generator.model.calendar import Calendar
from generator.problems import FilePosition, Problems, found, nearest

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class ColumnNames:
    """The columns of a table: those that there may be, those that there have to be."""

    known: Sequence[str]
    required: Sequence[str]
    words: Mapping[str, str] = field(default_factory=dict)
    """Other heads in small letters, and the columns that they mean."""
    calendar: Calendar | None = None
    """Where tables of other shapes are told for what they are: when periods start."""


Converters = Mapping[str, Callable[[str], object]]
"""SheetColumns of numbers, and how a text becomes one."""


class _Lines:
    """The lines of a file, found when they are asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where each line starts, and where one after the last would."""
        ends, start = [np.zeros(1, np.int64)], 0
        while start < len(self._data):
            letters = np.frombuffer(self._data, np.uint8, min(1 << 22, len(self._data) - start), start)
            ends.append(np.flatnonzero(letters == NEWLINE) + (start + 1))
            start += len(letters)
        return np.concatenate([*ends, [len(self._data) + 1]])

    def __len__(self) -> int:
        """How many there are, one that is begun by the last line break included."""
        return len(self._starts) - 1

    def text(self, first: int, last: int) -> str:
        """The lines from one to another, counted from 1, without the last line break."""
        return self._data[self._starts[first - 1] : self._starts[last] - 1].decode()


@dataclass
class ResultsTable:
    """A results file: its known columns, stripped; without rows that are blank or of another length."""

    name: str
    data: bytes
    """The file as UTF-8 with `\\n` line ends."""

    header: tuple[str, ...]
    """The columns' names, stripped, in the file's order."""

    columns: SheetColumns
    last_lines: NDArray[np.int64] | None = None
    """The last line of each record of the file; None where each is a line."""

    kept: NDArray[np.intp] | None = None
    """The numbers of the records that were read, the head among them, from 0; None: all."""

    @cached_property
    def text_lines(self) -> _Lines:
        return _Lines(self.data)

    @cached_property
    def nameless(self) -> frozenset[int]:
        """The positions of columns without a name that hold something."""
        blank = {position for position, column in enumerate(self.header) if not column}
        nameless = frozenset(blank)
        for _, _, cells in records(self.data) if blank else ():
            if len(cells) == len(self.header):
                blank -= {position for position in blank if cells[position].strip()}
        return nameless - blank

    @property
    def has_rows(self) -> bool:
        """Whether anything stands under the head, sound or not."""
        return b"\n" in self.data.strip()

    @property
    def sheet_cells(self) -> Sequence[str]:
        """A file of text has no cells to name."""
        return ()

    def __len__(self) -> int:
        return len(self.columns.rows)

    @property
    def _records(self) -> NDArray[np.intp]:
        """The record of each row."""
        rows = self.columns.rows + 1
        return rows if self.kept is None else self.kept[rows]

    @property
    def lines(self) -> NDArray[np.int64]:
        """The line on which each row starts."""
        if self.last_lines is None:
            return self._records.astype(np.int64) + 1
        return self.last_lines[self._records - 1] + 1

    def _place(self, row: int) -> tuple[int, str]:
        """The line on which a row starts, and the row as it stands there."""
        record = int(self.columns.rows[row]) + 1
        if self.kept is not None:
            record = int(self.kept[record])
        if self.last_lines is None:
            first = last = record + 1
        else:
            first, last = int(self.last_lines[record - 1]) + 1, int(self.last_lines[record])
        return first, self.text_lines.text(first, last)

    def mark(self, row: int, column: str) -> FilePosition:
        """The place of a cell, `row` by its position; of a column that the file lacks, the row's start."""
        position = self.header.index(column) if column in self.header else 0
        return _cell_mark(self.name, *self._place(row), position)

    def text(self, row: int, column: str) -> str:
        """What stands in a cell, stripped."""
        if column not in self.header:
            return ""
        (cells,) = csv_lines(self._place(row)[1])
        return cells[self.header.index(column)].strip()


def read_table(
    path: Path, name: str, names: ColumnNames, numbers: Converters, problems: Problems
) -> ResultsTable | None:
    """The file's columns; None (and problems) when its header is no use."""
    data = read_utf8(path, name, problems)
    return None if data is None else table_of(data, name, names, numbers, problems)


def table_of(
    data: bytes, name: str, names: ColumnNames, numbers: Converters, problems: Problems
) -> ResultsTable | None:
    """As `read_table`, from UTF-8 with `\\n` line ends."""
    data = without_preamble(data)
    if _is_blank(data):
        hint = f"start it with the line {','.join(names.required)}"
        problems.error(FilePosition(name, 1, 1), "empty-file", "the file is empty", hint)
        return None
    if not _separated_by_commas(data, name, problems):
        return None
    if _is_of_another_shape(data, name, names, problems):
        return None
    table = _regular(data, name, names, numbers)
    if table is None:
        table = _irregular(data, name, names, numbers, problems)
    first_line = int(table.kept[0]) + 1 if table.kept is not None else 1
    return table if _header_fits(table, first_line, names, problems) else None


def without_preamble(data: bytes) -> bytes:
    """Without the lines that spreadsheets and scripts put above the head, `sep=,` and `# …`: left blank.

    Where that line says another separator, commas take its place.
    """
    stated = re.match(rb'"?sep=([;\t|])"?\n', data[:9], re.IGNORECASE)
    if stated is not None:
        data = stated[0] + _with_commas(data[stated.end() :], stated[1].decode())
    start = 0
    while data[start : start + 1] == b"#" or (
        not start and re.match(rb'"?sep=.?"?\n', data[:9], re.IGNORECASE)
    ):
        end = data.find(b"\n", start)
        if end < 0:
            break
        start = end + 1
    return b"\n" * data.count(b"\n", 0, start) + data[start:] if start else data


def _with_commas(data: bytes, separator: str) -> bytes:
    """The same table on the same lines; as it was where it cannot be read."""
    made = io.StringIO()
    try:
        csv.writer(made, lineterminator="\n").writerows(csv_lines(data.decode(), separator))
    except csv.Error:
        return data
    return made.getvalue().encode()


def csv_grid(data: bytes, name: str, most: int | None = None) -> CellGrid:
    """A table without a known head, of UTF-8 with `\\n` line ends; at most some of its rows."""
    lines = _Lines(data)
    rows: list[list[str]] = []
    places: list[tuple[int, int]] = []
    for first, last, cells in islice(records(data), most):
        if len(rows) * max(len(cells), 1) > MOST_CELLS:
            raise TooManyCellsError
        rows.append([cell.strip() for cell in cells])
        places.append((first, last))

    def place(row: int, column: int) -> FilePosition:
        return _mark_in(name, lines, *places[row], column)

    return CellGrid(name, rows, lines=[first for first, _ in places], place=place)


def _is_of_another_shape(data: bytes, name: str, names: ColumnNames, problems: Problems) -> bool:
    """Whether the file is a table of another shape, which is told in one sentence."""
    if names.calendar is None:
        return False
    try:
        grid = csv_grid(data[: 1 << 20], name, 60)
    except csv.Error:
        return False
    first = next((row for row in grid.rows if any(row)), [])
    known = set(names.required) & set(told_heads(first, names.words))
    if len(known) >= len(names.required) - 1:
        return False
    shape = shape_of(grid, names.words, names.calendar)
    if shape is None or (len(known) > 1 and not shape.head[0] and shape.layout != "periods across"):
        return False
    problems.error(grid.mark(shape.head[0], 0), "table-shape", shape.sentence(), hint_for(name))
    return True


def _is_blank(data: bytes) -> bool:
    head = data[:1000].decode(errors="ignore")
    text = head if head.strip(' \t\n,"') else data.decode()
    return all(character.isspace() or character in ',"' for character in text)


def _separated_by_commas(data: bytes, name: str, problems: Problems) -> bool:
    head = (data.decode().lstrip() if data[:1].isspace() else _line(data)).partition("\n")[0]
    for separator, word in _SEPARATORS.items() if "," not in head else ():
        if separator in head:
            message, hint = f"the columns are separated by {word}", "save the file with commas"
            problems.error(FilePosition(name, 1, head.index(separator) + 1), "csv-syntax", message, hint)
            return False
    return True


def _line(data: bytes) -> str:
    """The first line."""
    end = data.find(b"\n")
    return data[: end if end >= 0 else len(data)].decode()


def _regular(data: bytes, name: str, names: ColumnNames, numbers: Converters) -> ResultsTable | None:
    """A table of every record; None when they differ in length or a quote stays open."""
    lasts = None
    try:
        head = next(records(data))[2] or [""]
        if b'"' in data:
            lasts = _last_lines(data, len(head))
            if lasts is None:
                return None
        elif not is_even(data, len(head)):
            return None
    except csv.Error:
        return None
    header = told_heads(head, names.words)
    columns = read_columns(data, _positions(header, names), numbers)
    if columns is None or (lasts is not None and columns.count not in (len(lasts) - 1, None)):
        return None
    return ResultsTable(name, data, header, columns, lasts)


def _last_lines(data: bytes, width: int) -> NDArray[np.int64] | None:
    """The last line of each record; None where one is not as long as the others."""
    lasts = array("q")
    for _, last, cells in records(data):
        if len(cells) != width:
            return None
        lasts.append(last)
    return np.array(lasts)


def _irregular(
    data: bytes, name: str, names: ColumnNames, numbers: Converters, problems: Problems
) -> ResultsTable:
    """A table of the records as long as the header; the others are reported, blank ones passed over."""
    lines = _Lines(data)
    end = len(lines) - data.endswith(b"\n")
    head: list[str] = []
    kept, lasts, sound = array("q"), array("q"), io.BytesIO()
    writer = csv.writer(io.TextIOWrapper(sound, "utf-8", newline="", write_through=True), lineterminator="\n")
    capped = Capped(problems)
    for number, (first, last, cells) in enumerate(records(data)):
        lasts.append(last)
        if not any(map(str.strip, cells)):
            continue
        at = partial(_mark_in, name, lines, first, last)
        if head and last >= end and lines.text(first, last).count('"') % 2 == 1:
            opened = partial(at, len(cells) - 1)
            capped.error(opened, "csv-syntax", "a quote that is opened here is never closed", "close it")
        elif head and len(cells) != len(head):
            hint = "a cell that holds a comma goes in quotes; a blank cell keeps its comma"
            count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            message = f"the row has {count}, the header {len(head)}"
            capped.error(partial(at, min(len(cells), len(head) + 1) - 1), "ragged-row", message, hint)
        else:
            head = head or cells
            kept.append(number)
            writer.writerow(cells)
    capped.close()
    header = told_heads(head, names.words)
    columns = read_columns(sound.getvalue(), _positions(header, names), numbers)
    if columns is None:
        raise RuntimeError(f"{name}: what the csv module wrote cannot be read")
    own = np.array(lasts) if b'"' in data else None
    return ResultsTable(name, data, header, columns, own, np.array(kept))


def _positions(header: tuple[str, ...], names: ColumnNames) -> dict[str, int]:
    """Where the known columns stand; none when the header is no use, which is told then."""
    if _repeats(header) or not set(names.required) <= set(header):
        return {}
    return {column: header.index(column) for column in names.known if column in header}


def _mark_in(name: str, lines: _Lines, first: int, last: int, position: int) -> FilePosition:
    return _cell_mark(name, first, lines.text(first, last), position)


def _cell_mark(name: str, first: int, record: str, position: int) -> FilePosition:
    """The line and column where the cell at a position of a record starts; `first`: the record's line."""
    offset, quoted = 0, False
    for index, character in enumerate(record):
        if position == 0:
            break
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            position -= 1
            offset = index + 1
    before = record[:offset]
    return FilePosition(name, first + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1)


def _header_fits(table: ResultsTable, line: int, names: ColumnNames, problems: Problems) -> bool:
    """Reports unknown, repeated and missing columns; False when the rows cannot be read without one."""
    head, known, required = table.header, names.known, names.required
    guessed, before = set(), set()
    free = [name for name in known if name not in set(head)]
    capped = Capped(problems, "columns")
    for position, column in enumerate(head):
        mark = partial(_mark_in, table.name, table.text_lines, line, line, position)
        if column in before:
            fault = f"the column {found(column)} is given twice"
            capped.error(mark, "duplicate-column", fault, "delete one")
        elif column and column not in known:
            hint = nearest(column, free) if capped.tells("unknown-column") else ""
            guessed.add(hint)
            if (slip := remark_in(column)) and column[: slip.column].strip() in known:
                capped.error(mark, "unknown-column", slip.message, slip.hint)
                continue
            capped.error(mark, "unknown-column", f"unknown column {found(column)}", hint)
        elif not column and capped.tells("unknown-column") and position in table.nameless:
            capped.error(mark, "unknown-column", "a column without a name holds values", "name it")
        before |= {column} - {""}
    capped.close()
    missing = [column for column in required if column not in head]
    untold = [f"'{column}'" for column in missing if f"did you mean '{column}'?" not in guessed]
    if untold:
        what = f"the column {untold[0]} is" if len(untold) == 1 else f"the columns {', '.join(untold)} are"
        hint = f"the header needs {', '.join(required)}"
        problems.error(FilePosition(table.name, line, 1), "missing-column", f"{what} missing", hint)
    return not missing and not _repeats(head)


def _repeats(head: tuple[str, ...]) -> bool:
    named = [column for column in head if column]
    return len(set(named)) != len(named)
