"""Workbooks in tests: the commands that make them, an edit by another program, what stands in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from click.testing import CliRunner

from generator.cli import main


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(map(str, words)))
    return done.exit_code, done.output


def edited(
    path: Path, changes: dict[tuple[str, str, str], object], new: dict[str, dict[str, object]] | None = None
) -> None:
    """Changes cells by sheet, first column and key, as another program would: it writes the file anew."""
    book = openpyxl.load_workbook(path)
    for (sheet, row, key), value in changes.items():
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[1]}
        place = next(one[0].row for one in page.iter_rows(min_row=3) if one[0].value == row)
        page.cell(place, columns[key]).value = value
    for sheet, cells in (new or {}).items():
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[1]}
        place = page.max_row + 1
        for key, value in cells.items():
            page.cell(place, columns[key]).value = value
    book.save(path)


def files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".handbook" not in str(path)
    }


def cells_of(path: Path) -> dict[str, set[str]]:
    return {
        page.title: {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
        for page in openpyxl.load_workbook(path)
    }
