"""Results that are no plain CSV files: workbooks, and tables that data/results.map.yml says how to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from string import ascii_uppercase

from generator.load.capped import SHOWN
from generator.load.decode import read_utf8
from generator.load.grid import MOST_CELLS, CellGrid, TooManyCellsError
from generator.load.heads import folded, head_words
from generator.load.mapped import MappedTable, read_mapped
from generator.load.mapped_heads import SKIP, UNIT
from generator.load.shapes import hint_for, shape_of
from generator.load.sheet import Known
from generator.load.table import csv_grid, without_preamble
from generator.load.workbook import read_workbook
from generator.model.handbook import RESULT_COLUMNS
from generator.model.results_map import ResultsMap, TableMap
from generator.problems import FilePosition, Loc, Problems, Source, found, nearest

FOLDER = "data/results/"
MAP = "data/results.map.yml"
"""How tables of other shapes are read."""
LONG = frozenset(("period", "indicator", "value"))
"""Heads by which a sheet is known to hold results in the long form."""
_HEAD_WITHIN = 30
"""Rows in which such heads stand."""


def table_for(name: str, tables: Sequence[TableMap]) -> TableMap | None:
    """The first entry that a file fits, by its name below data/results/."""
    below = name.removeprefix(FOLDER)
    return next((table for table in tables if fnmatchcase(below, table.files)), None)


def check_map(
    made: ResultsMap, source: Source, files: Sequence[str], known: Known, problems: Problems
) -> None:
    """Entries that fit no file, and ids that there are not."""
    for place, table in enumerate(made.tables):
        if not any(table_for(name, (table,)) for name in files):
            hint = nearest(table.files, [name.removeprefix(FOLDER) for name in files])
            problems.warning(
                source.mark(("tables", place, "files")),
                "unused-table",
                f"no file is called '{table.files}'",
                hint,
            )
        if table.head and table.last is not None and table.last <= max(table.head):
            message = f"last: row {table.last} does not lie below the head in row {max(table.head)}"
            hint = "`last` is the last row of results, counted from 1 at the top of the sheet"
            problems.error(source.mark(("tables", place, "last")), "bad-order", message, hint)
        meant = (*RESULT_COLUMNS, *(one.id for one in known.handbook.dimensions), UNIT, SKIP)
        for head, kind in table.columns.items():
            if kind not in meant:
                mark = source.mark(("tables", place, "columns", head))
                message = f"no column of results is {found(kind)}"
                problems.error(mark, "unknown-column", message, nearest(kind, meant))
        named: list[tuple[Loc, str]] = [(("indicators", name), id_) for name, id_ in table.indicators.items()]
        named += [(("factors", id_), id_) for id_ in table.factors]
        named += [(("indicator",), table.indicator)] if table.indicator else []
        pilots: list[tuple[Loc, str]] = [(("pilots", name), id_) for name, id_ in table.pilots.items()]
        pilots += [(("pilot",), table.pilot)] if table.pilot else []
        for what, given, ids in (
            ("indicator", named, known.indicator_ids),
            ("pilot", pilots, known.pilot_ids),
        ):
            for at, id_ in given:
                if id_ not in ids:
                    mark = source.mark(("tables", place, *at))
                    problems.error(mark, f"unknown-{what}", f"unknown {what} '{id_}'", nearest(id_, ids))


def grids_of(path: Path, name: str, problems: Problems) -> Sequence[CellGrid]:
    """The tables of a file: of a workbook its visible sheets; none (and a problem) where it is broken."""
    if name.endswith(".xlsx"):
        try:
            data = path.read_bytes()
        except OSError as fault:
            message, hint = f"cannot be read: {fault.strerror}", "check that it is there and may be read"
            problems.error(FilePosition(name, 1, 1), "unreadable-file", message, hint)
            return ()
        return [grid for grid in read_workbook(data, name, problems) or () if any(map(any, grid.rows))]
    text = read_utf8(path, name, problems)
    if text is None:
        return ()
    try:
        return (csv_grid(without_preamble(text), name),)
    except TooManyCellsError:
        message = f"a table with a mapping has at most {MOST_CELLS:,} cells"
        problems.error(
            FilePosition(name, 1, 1), "too-large", message, "part it, or bring it into the long form"
        )
        return ()


def other_tables(path: Path, name: str, known: Known, problems: Problems) -> Iterator[MappedTable]:
    """The tables of a workbook, or of a file with a mapping."""
    table = known.table_of(name)
    grids = grids_of(path, name, problems)
    if not grids and name.endswith(".xlsx") and not _told(name, problems):
        problems.error(
            FilePosition(name, 1, 1), "empty-file", "the workbook is empty", "fill it, or delete it"
        )
    if table is not None:
        yield from _with_map(grids, table, name, known, problems)
    else:
        yield from _long(grids, name, known, problems)


def _told(name: str, problems: Problems) -> bool:
    return any(problem.mark.file == name and problem.level == "error" for problem in problems)


def _with_map(
    grids: Sequence[CellGrid], table: TableMap, name: str, known: Known, problems: Problems
) -> Iterator[MappedTable]:
    sheets = {grid.sheet: grid for grid in grids}
    for wanted in table.sheets:
        if wanted not in sheets and name.endswith(".xlsx"):
            hint = nearest(wanted, sheets)
            problems.error(
                FilePosition(name, 1, 1), "unknown-sheet", f"there is no visible sheet '{wanted}'", hint
            )
    for grid in grids:
        if not grid.sheet or not table.sheets or grid.sheet in table.sheets:
            _tell_hidden(grid, problems, table.last)
            made = read_mapped(grid, table, known, problems)
            if made is not None:
                yield made


def _long(grids: Sequence[CellGrid], name: str, known: Known, problems: Problems) -> Iterator[MappedTable]:
    """The sheets that hold results in the long form; where none does, the first one's shape is told."""
    words = head_words(known.handbook)
    heads = [_head(grid, words) for grid in grids]
    if all(head is None for head in heads):
        for grid in grids[:1]:
            shape = shape_of(grid, words, known.handbook.calendar)
            what = shape.sentence() if shape else "no head of results is found"
            mark = grid.mark(shape.head[0] if shape else 0, 0)
            problems.error(mark, "table-shape", what, hint_for(name))
        return
    for grid, head in zip(grids, heads, strict=True):
        if head is None:
            mark = FilePosition(name, 1, 1, grid.sheet)
            message = f"the sheet '{grid.sheet}' has no heads of results: not read"
            problems.note(mark, "sheet-left-out", message, "nothing to do where it holds none")
            continue
        _tell_hidden(grid, problems)
        made = read_mapped(grid, TableMap(files=name, head=(head + 1,)), known, problems)
        if made is not None:
            yield made


def _head(grid: CellGrid, words: Mapping[str, str]) -> int | None:
    """The row of the heads of results in the long form, from 0."""
    for number, row in enumerate(grid.rows[:_HEAD_WITHIN]):
        if {words.get(folded(text)) for text in row} >= LONG:
            return number
    return None


def _tell_hidden(grid: CellGrid, problems: Problems, last: int | None = None) -> None:
    """Rows and columns that are hidden are read like others, and told; so are formulas without a value.

    `last`: the last row that is read, from 1.
    """
    for what, places in (("row", grid.hidden_rows), ("column", grid.hidden_columns)):
        held = [place for place in places if _holds(grid, place, what)]
        if held:
            one = held[0]
            mark = grid.mark(one, 0) if what == "row" else grid.mark(0, one)
            count = f"{len(held)} hidden {what}{'s' if len(held) > 1 else ''}"
            message = f"{count} of the sheet '{grid.sheet}' read like the others"
            hint = "delete what is not meant to count; `skip_rows` and `columns: {…: skip}` leave out"
            problems.note(mark, "hidden-cells", message, hint)
    unsaved = [cell for cell in grid.unsaved if last is None or int(cell.lstrip(ascii_uppercase)) <= last]
    if unsaved:
        shown = ", ".join(unsaved[:SHOWN])
        message = f"formulas without a saved value are read as blank: {shown}"
        hint = "open the workbook in a spreadsheet and save it"
        problems.warning(
            FilePosition(grid.file, 1, 1, f"{grid.sheet}!{unsaved[0]}"), "unsaved-formula", message, hint
        )


def _holds(grid: CellGrid, place: int, what: str) -> bool:
    if what == "row":
        return place < len(grid.rows) and any(grid.rows[place])
    return any(grid.text(row, place) for row in range(len(grid.rows)))
