"""Sheets of a workbook as tables: read by python-calamine, columns typed by what all their cells are."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from generator.collect.fault import SourceFaultError

_EMPTY = ("", None)


def sheet_names(file: Path) -> list[str]:
    """The names of a workbook's sheets. SourceFaultError for a file that is none."""
    return list(_opened(file).sheet_names)


def read_workbook(file: Path, sheet: str | None) -> pd.DataFrame:
    """A sheet, its first row the columns' names; rows without any cell are left out."""
    book = _opened(file)
    rows = book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python()
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
        return CalamineWorkbook.from_path(str(file))
    except (CalamineError, OSError) as error:
        raise SourceFaultError(
            f"{file.name}: cannot be read as a workbook ({type(error).__name__})"
        ) from None
