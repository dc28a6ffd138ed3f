"""Sheets of a workbook as tables: read by python-calamine, columns typed by what all their cells are."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from generator.collect.fault import SourceFaultError
from generator.load.grid import MOST_CELLS
from generator.load.workbook import LARGEST_FILE, too_much

_EMPTY = ("", None)


def sheet_names(file: Path) -> list[str]:
    """The names of a workbook's sheets. SourceFaultError for one that cannot be read."""
    return list(_opened(file).sheet_names)


def read_workbook(file: Path, sheet: str | None) -> pd.DataFrame:
    """A sheet, its first row the columns' names; rows without any cell are left out."""
    book = _opened(file)
    found = book.get_sheet_by_name(sheet or book.sheet_names[0])
    if found.total_height * found.total_width > MOST_CELLS:
        raise SourceFaultError(f"{file.name}: has a sheet of more than {MOST_CELLS:,} cells; save it as CSV")
    rows = found.to_python()
    head = next(iter(rows), [])
    body = [row for row in rows[1:] if any(cell not in _EMPTY for cell in row)]
    columns: dict[str, pd.Series[Any]] = {}
    for place, name in enumerate(head):
        title = str(name).strip()
        if title and title not in columns:
            columns[title] = _typed([row[place] if place < len(row) else None for row in body])
    return pd.DataFrame(columns)


def _typed(cells: list[Any]) -> pd.Series[Any]:
    given = [cell for cell in cells if cell not in _EMPTY]
    kept = [None if cell in _EMPTY else cell for cell in cells]
    if given and all(isinstance(cell, bool) for cell in given):
        return pd.Series(kept, dtype="boolean")
    if given and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in given):
        return pd.Series(kept, dtype="Float64")
    if given and all(isinstance(cell, datetime.date) for cell in given):
        return pd.Series(pd.to_datetime(pd.Series(kept)))
    return pd.Series([None if cell is None else _text(cell) for cell in kept], dtype="object")


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else str(cell)


def _opened(file: Path) -> CalamineWorkbook:
    try:
        large = file.stat().st_size > LARGEST_FILE
        data = b"" if large else file.read_bytes()
        reason = f"is larger than {LARGEST_FILE // 10**6} MB" if large else too_much(data)
        if reason is not None:
            raise SourceFaultError(f"{file.name}: {reason}; save it as CSV")
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError) as error:
        raise SourceFaultError(
            f"{file.name}: cannot be read as a workbook ({type(error).__name__})"
        ) from None
