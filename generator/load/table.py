"""A results file as whole columns of text, and the place of any cell when something is wrong with it.

pandas reads the columns. It knows neither the line of a row (a quoted cell may hold line breaks) nor which
rows are too short, so the csv module is asked for these, and only when there is a reason to.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from generator.load.capped import Capped
from generator.load.decode import read_text
from generator.problems import FilePosition, Problems, found, nearest

Record = tuple[int, int, list[str]]
"""A row as it stands in the file: its first line, its last line, its cells."""

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass
class ResultsTable:
    """A results file: its columns as text, stripped; without rows that are blank or of another length."""

    name: str
    text: str
    header: tuple[str, ...]
    """The columns' names, stripped, in the file's order."""

    frame: pd.DataFrame
    """A column of text for each named column; the index is the record's number in the file, from 0."""

    @cached_property
    def _records(self) -> list[Record]:
        return list(_records(self.text))

    @cached_property
    def text_lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def lines(self) -> list[int]:
        """The line on which each row starts."""
        if '"' not in self.text:
            return [int(number) + 1 for number in self.frame.index]
        return [self._records[number][0] for number in self.frame.index]

    def mark(self, row: int, column: str) -> FilePosition:
        """The place of a cell: `row` is the position in the frame; of a column it lacks, the row's start."""
        first, last, _ = self._records[self.frame.index[row]]
        position = self.header.index(column) if column in self.header else 0
        return _cell_mark(self.name, self.text_lines, first, last, position)


def read_table(
    path: Path, name: str, known: Sequence[str], required: Sequence[str], problems: Problems
) -> ResultsTable | None:
    """The file's columns; None (and problems) when its header is no use. `known`: columns it may have."""
    text = read_text(path, name, problems, gb18030=True)
    return None if text is None else parse_table(text, name, known, required, problems)


def parse_table(
    text: str, name: str, known: Sequence[str], required: Sequence[str], problems: Problems
) -> ResultsTable | None:
    """As `read_table`, from text with `\\n` line ends."""
    if all(character.isspace() or character in ',"' for character in text):
        hint = f"start it with the line {','.join(required)}"
        problems.error(FilePosition(name, 1, 1), "empty-file", "the file is empty", hint)
        return None
    if not _separated_by_commas(text, name, problems):
        return None
    frame = _regular(text)
    if frame is None:
        frame = _irregular(text, name, problems)
    head = [str(cell).strip() for cell in frame.iloc[0]]
    first_line = int(frame.index[0]) + 1
    table = ResultsTable(name, text, tuple(head), frame.iloc[1:])
    if not _header_fits(table, first_line, known, required, problems):
        return None
    return _named(table, set(known))


def _separated_by_commas(text: str, name: str, problems: Problems) -> bool:
    head = text.lstrip().partition("\n")[0]
    for separator, word in _SEPARATORS.items() if "," not in head else ():
        if separator in head:
            message, hint = f"the columns are separated by {word}", "save the file with commas"
            problems.error(FilePosition(name, 1, head.index(separator) + 1), "csv-syntax", message, hint)
            return False
    return True


def _regular(text: str) -> pd.DataFrame | None:
    """Every record as a row, the header first; None when rows differ in length or a quote stays open."""
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            header=None,
            index_col=False,
            dtype=object,
            na_filter=False,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None
    width = frame.shape[1]
    if '"' in text:
        try:
            lengths = {len(cells) for _, _, cells in _records(text)}
        except csv.Error:
            return None
        return frame if lengths == {width} else None
    return frame if text.count(",") == len(frame) * (width - 1) and "\n\n" not in text else None


def _irregular(text: str, name: str, problems: Problems) -> pd.DataFrame:
    """The records that have the header's length; the others are reported, blank ones passed over."""
    lines = text.split("\n")
    end = len(lines) - text.endswith("\n")
    records = [(n, record) for n, record in enumerate(_records(text)) if any(map(str.strip, record[2]))]
    head, *rest = records
    width = len(head[1][2])
    kept = [head]
    capped = Capped(problems)
    for number, (first, last, cells) in rest:
        at = partial(_cell_mark, name, lines, first, last)
        if last >= end and _is_open(lines, first, last):
            opened = partial(at, len(cells) - 1)
            capped.error(opened, "csv-syntax", "a quote that is opened here is never closed", "close it")
        elif len(cells) != width:
            hint = "a cell that holds a comma goes in quotes; a blank cell keeps its comma"
            message = f"the row has {len(cells)} cells, the header {width}"
            capped.error(partial(at, min(len(cells), width + 1) - 1), "ragged-row", message, hint)
        else:
            kept.append((number, (first, last, cells)))
    capped.close()
    rows = [cells for _, (_, _, cells) in kept]
    return pd.DataFrame(rows, index=[number for number, _ in kept], dtype=object)


def _is_open(lines: list[str], first: int, last: int) -> bool:
    return "\n".join(lines[first - 1 : last]).count('"') % 2 == 1


def _records(text: str) -> Iterator[Record]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""))
    before = 0
    for cells in reader:
        yield before + 1, reader.line_num, cells
        before = reader.line_num


def _cell_mark(name: str, lines: list[str], first: int, last: int, position: int) -> FilePosition:
    """The line and column where the cell at a position of a record starts."""
    record = "\n".join(lines[first - 1 : last])
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


def _header_fits(
    table: ResultsTable, line: int, known: Sequence[str], required: Sequence[str], problems: Problems
) -> bool:
    """Reports unknown, repeated and missing columns; False when the rows cannot be read without one."""
    head = table.header
    guessed = set()
    for position, column in enumerate(head):
        mark = _cell_mark(table.name, table.text_lines, line, line, position)
        if column in head[:position] and column:
            problems.error(
                mark, "duplicate-column", f"the column {found(column)} is given twice", "delete one"
            )
        elif column and column not in known:
            hint = nearest(column, [name for name in known if name not in head])
            guessed.add(hint)
            problems.error(mark, "unknown-column", f"unknown column {found(column)}", hint)
        elif not column and table.frame.iloc[:, position].map(str.strip).any():
            problems.error(mark, "unknown-column", "a column without a name holds values", "name it")
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


def _named(table: ResultsTable, known: set[str]) -> ResultsTable:
    """The table with its known columns, stripped, without rows that are blank throughout."""
    columns = {
        column: table.frame.iloc[:, position].map(str.strip)
        for position, column in enumerate(table.header)
        if column in known
    }
    frame = pd.DataFrame(columns, dtype=object)
    filled = (frame != "").any(axis=1)
    table.frame = frame if bool(filled.all()) else frame[filled]
    return table
