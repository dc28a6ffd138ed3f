"""A cell of a CSV file is as long as its author wrote it.

Python's reader refuses cells of more than 131,072 characters, by a limit that the whole process has:
what another library sets it to decides what we could read. Whoever reads a table here lifts it for as
long as it reads, and leaves it as it was.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def long_cells(length: int) -> Iterator[None]:
    """Cells of up to `length` characters, which is at most that of the file, are read inside."""
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, length + 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def csv_rows(text: str) -> list[dict[str, str]]:
    """Every row of a table by the words of its head. Raises csv.Error."""
    with long_cells(len(text)):
        return list(csv.DictReader(io.StringIO(text, newline="")))


def csv_lines(text: str, separator: str = ",") -> list[list[str]]:
    """Every row of a table, a cell of any length. Raises csv.Error."""
    with long_cells(len(text)):
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
