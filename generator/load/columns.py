"""The columns of a results file, read some thousand rows at a time: what stands in a cell is kept once.

Of a column of text each distinct text is kept, and its number for each row; of a column of numbers, the
numbers. So a file of a million rows takes the place of its numbers, not of a million rows of texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from generator.load.long_cells import long_cells
from generator.load.number import Number
from generator.model.results import Codes, Rows
from generator.problems import FilePosition

AT_ONCE = 1 << 16
"""Rows that are read together."""
NEWLINE, COMMA = ord("\n"), ord(",")


@dataclass
class TextColumn:
    """Each text once, stripped, as they first come, and which one each row has."""

    places: dict[str, int] = field(default_factory=dict)
    parts: list[Codes] = field(default_factory=list)

    def add(self, texts: Sequence[str], codes: NDArray[Any]) -> None:
        """Some more rows: their texts, and which one each has."""
        places = self.places
        moved = [places.setdefault(text, len(places)) for text in texts]
        self.parts.append(np.array(moved, np.int32)[codes])

    @property
    def codes(self) -> Codes:
        """For each row, which text it has."""
        return np.concatenate([np.zeros(0, np.int32), *self.parts])


@dataclass
class NumberColumn:
    """The numbers of the rows, how they were written, and the texts that are none."""

    convert: Callable[[str], object]
    """A text's `Number`, or anything else."""

    values: list[NDArray[np.float64]] = field(default_factory=list)
    decimals: list[NDArray[np.int16]] = field(default_factory=list)
    percent: list[NDArray[np.bool_]] = field(default_factory=list)
    refused: TextColumn = field(default_factory=TextColumn)
    """The texts that are no numbers, in the rows `refused_rows`."""
    refused_rows: list[Rows] = field(default_factory=list)
    units: TextColumn = field(default_factory=TextColumn)
    """What stands beside numbers, in the rows `unit_rows`."""
    unit_rows: list[Rows] = field(default_factory=list)
    count: int = 0

    def add(self, texts: Sequence[str], codes: NDArray[Any]) -> None:
        """Some more rows: their texts, and which one each has."""
        made = [self.convert(text) if text else None for text in texts]
        sound = [number if isinstance(number, Number) else None for number in made]
        values = [number.value if number else np.nan for number in sound]
        self.values.append(np.array(values, np.float64)[codes])
        self.decimals.append(
            np.array([number.decimals if number else 0 for number in sound], np.int16)[codes]
        )
        percent = [number is not None and number.percent for number in sound]
        self.percent.append(np.array(percent, np.bool_)[codes])
        refused = [bool(text) and number is None for text, number in zip(texts, sound, strict=True)]
        self._keep(self.refused, self.refused_rows, texts, np.array(refused, np.bool_), codes)
        units = [number.unit if number else "" for number in sound]
        self._keep(
            self.units, self.unit_rows, units, np.array([bool(unit) for unit in units], np.bool_), codes
        )
        self.count += len(codes)

    def _keep(
        self,
        column: TextColumn,
        kept: list[Rows],
        texts: Sequence[str],
        which: NDArray[np.bool_],
        codes: NDArray[Any],
    ) -> None:
        """Some of the texts, and the rows that have them."""
        if which.any():
            rows = np.flatnonzero(which[codes])
            found, own = np.unique(codes[rows], return_inverse=True)
            column.add([texts[place] for place in found.tolist()], own)
            kept.append(rows + self.count)


@dataclass(frozen=True)
class SheetColumns:
    """The known columns of a file, without the rows in which they are blank throughout."""

    texts: Mapping[str, TextColumn]
    numbers: Mapping[str, NumberColumn]
    rows: Rows
    """The number of each row among those that were read, from 0."""
    count: int | None = None
    """How many were read, the blank ones too; None where nothing was."""


class ReadTable(Protocol):
    """Rows of results, and where each of their cells stands."""

    @property
    def name(self) -> str:
        """The file's name from the project's root."""

    @property
    def columns(self) -> SheetColumns:
        """Its known columns."""

    @property
    def lines(self) -> NDArray[np.int64]:
        """The line on which each row starts."""

    @property
    def sheet_cells(self) -> Sequence[str]:
        """Of a sheet, the cell of each row's value with the sheet's name; of other files nothing."""

    @property
    def has_rows(self) -> bool:
        """Whether anything stands under the head."""

    def __len__(self) -> int: ...

    def mark(self, row: int, column: str) -> FilePosition:
        """The place of a cell."""

    def text(self, row: int, column: str) -> str:
        """What stands in a cell, stripped."""


def read_columns(
    data: bytes, positions: Mapping[str, int], numbers: Mapping[str, Callable[[str], object]]
) -> SheetColumns | None:
    """The columns at some positions of a table whose rows all have the same length, without its head.

    `numbers`: those of them that hold numbers, and how a text becomes one. None where pandas finds a quote
    that stays open.
    """
    if not positions:
        return SheetColumns({}, {}, np.zeros(0, np.intp))
    made = SheetColumns(
        {name: TextColumn() for name in positions if name not in numbers},
        {name: NumberColumn(numbers[name]) for name in positions if name in numbers},
        np.zeros(0, np.intp),
    )
    kept, count = [made.rows], 0
    try:
        for frame in _frames(data, list(positions.values())):
            kept.append(count + _add(frame, positions, made))
            count += len(frame)
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        return None
    return SheetColumns(made.texts, made.numbers, np.concatenate(kept), count)


def _frames(data: bytes, positions: Sequence[int]) -> Iterator[pd.DataFrame]:
    """Some rows at a time; the head is left out."""
    reader = pd.read_csv(
        io.BytesIO(data),
        header=None,
        index_col=False,
        usecols=sorted(positions),
        dtype=object,
        na_filter=False,
        skip_blank_lines=False,
        chunksize=AT_ONCE,
    )
    with reader:
        for number, frame in enumerate(reader):
            yield frame if number else frame.iloc[1:]


def _add(frame: pd.DataFrame, positions: Mapping[str, int], made: SheetColumns) -> Rows:
    """Adds rows to the columns; the places of those that are not blank."""
    cells: dict[str, tuple[list[str], NDArray[Any]]] = {}
    filled = np.zeros(len(frame), dtype=bool)
    for name, position in positions.items():
        codes, texts = pd.factorize(frame[position])
        stripped = [text.strip() for text in texts.tolist()]
        cells[name] = stripped, codes
        filled |= np.array([bool(text) for text in stripped], dtype=bool)[codes]
    rows = slice(None) if filled.all() else filled
    for name, (own, codes) in cells.items():
        column = made.numbers[name] if name in made.numbers else made.texts[name]
        column.add(own, codes[rows])
    return np.flatnonzero(filled)


def records(data: bytes) -> Iterator[tuple[int, int, list[str]]]:
    """Each row as it stands in the file: its first line, its last line, its cells."""
    before = 0
    with long_cells(len(data)):
        reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""))
        for cells in reader:
            yield before + 1, reader.line_num, cells
            before = reader.line_num


def is_even(data: bytes, width: int) -> bool:
    """Whether every line of a table without quotes has as many cells as its head, and none is blank."""
    if b"\n\n" in data:
        return False
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + (1 << 22)) + 1 or len(data)
        letters = np.frombuffer(data, np.uint8, end - start, start)
        marks = letters[(letters == COMMA) | (letters == NEWLINE)] == NEWLINE
        if letters[-1] != NEWLINE:
            marks = np.append(marks, True)
        if len(marks) % width or not _only_last(marks.reshape(-1, width)):
            return False
        start = end
    return True


def _only_last(marks: NDArray[np.bool_]) -> bool:
    return bool(marks[:, -1].all()) and not marks[:, :-1].any()
