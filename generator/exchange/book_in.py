"""Reads the workbook of a handbook back: what was edited in it, held three-way against baseline and files.

A cell was edited where its hash is not the baseline's. Where the file changed since as well, and to something
else, nobody can say who is right: it is refused with both values. Nothing is deleted: a row that is gone from
the workbook is only told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.exchange.book_cells import NO_WORDS, BookCells, ChoiceWords, ShownWords, head_of, words_key
from generator.exchange.book_columns import BookColumn, BookSheet, SheetKey, book_sheets, from_cell
from generator.exchange.book_out import BASELINE, FIRST_ROW, FORMAT
from generator.exchange.book_rows import BookRow, book_rows, digest, key_of
from generator.exchange.readable_id import slug, unique
from generator.load.grid import CellGrid, cell_name
from generator.load.heads import folded
from generator.load.workbook import read_workbook
from generator.model.catalogue import Catalogue
from generator.problems import FilePosition, Problems, found, nearest

Base = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class CellEdit:
    """A cell that says something else than its file."""

    sheet: BookSheet
    column: BookColumn
    identity: tuple[str, ...]
    value: str
    """As one spelling; empty: taken away."""
    row: BookRow | None
    """The row as the files have it; None for a new one."""
    mark: FilePosition


@dataclass
class BookEdits:
    """What a workbook changes."""

    changed: list[CellEdit] = field(default_factory=list)
    added: dict[tuple[SheetKey, tuple[str, ...]], list[CellEdit]] = field(default_factory=dict)
    """New rows, with the cells that they fill."""
    gone: int = 0
    """Rows of the baseline that the workbook has no more."""
    grids: dict[SheetKey, CellGrid] = field(default_factory=dict)
    bases: Mapping[str, Base] = field(default_factory=dict)
    """The hashes with which the workbook went out."""
    shown: ShownWords = field(default_factory=dict)
    """The words that it says in place of choices and ids."""

    def word(self, edit: CellEdit, value: str) -> str:
        """A value of an edit's column as the workbook says it."""
        return self.shown.get(words_key(edit.sheet, edit.column), {}).get(value, value)


def bases_of(edits: BookEdits, key: SheetKey) -> Base:
    """The hashes of a sheet."""
    return edits.bases.get(key, {})


def read_book(
    data: bytes, name: str, catalogue: Catalogue, problems: Problems, words: ChoiceWords = NO_WORDS
) -> BookEdits | None:
    """The edits; None (and problems) where it is no workbook of a handbook. `words`: of choices."""
    grids = read_workbook(data, name, problems, hidden=True)
    if grids is None:
        return None
    by_name = {grid.sheet: grid for grid in grids}
    kept = by_name.get(BASELINE)
    if kept is None or not kept.rows or kept.text(0, 0) != FORMAT:
        what = "this is no workbook that `handbook export excel` wrote: its baseline is missing"
        problems.error(FilePosition(name, 1, 1), "bad-workbook", what, "export it anew and edit that")
        return None
    bases, names = _baseline(kept)
    shown = _shown(kept)
    own = {key: {folded(word): id_ for id_, word in said.items()} for key, said in shown.items()}
    known = {key: {**words.get(key, {}), **own.get(key, {})} for key in (*words, *own)}
    reading = _Reading(BookCells.of(catalogue, known), bases, problems, names)
    reading.made.shown = shown
    return reading.read(by_name, name)


def _shown(grid: CellGrid) -> dict[str, dict[str, str]]:
    """The words that the workbook says: labels may have changed since it went out."""
    shown: dict[str, dict[str, str]] = {}
    for row in range(1, len(grid.rows)):
        kind, key, id_, word, *_ = (*grid.rows[row], "", "", "", "")
        if kind == "word":
            shown.setdefault(key, {})[id_] = word
    return shown


def _baseline(grid: CellGrid) -> tuple[dict[str, dict[str, dict[str, str]]], dict[str, str]]:
    """The hashes by sheet, identity and column, and each sheet's name."""
    bases: dict[str, dict[str, dict[str, str]]] = {}
    names, keys = {}, {}
    for row in range(1, len(grid.rows)):
        kind, sheet, third, *rest = (*grid.rows[row], "", "", "")
        if kind == "sheet":
            names[sheet], keys[sheet], bases[sheet] = third, [key for key in rest if key], {}
        elif kind == "row" and sheet in bases:
            bases[sheet][third] = dict(zip(keys[sheet], rest, strict=False))
    return bases, names


class _Reading:
    def __init__(
        self, cells: BookCells, bases: Mapping[str, Base], problems: Problems, names: Mapping[str, str]
    ) -> None:
        catalogue = cells.catalogue
        self.cells, self.catalogue = cells, catalogue
        self.bases, self.problems, self.names = bases, problems, names
        self.first = catalogue.handbook.languages[0]
        self.made = BookEdits(bases=bases)
        self.proposed: set[str] = set()
        self.ids = {
            "indicator": set(catalogue.indicators),
            "pilot": set(catalogue.pilots),
            "unit": {unit.id for unit in catalogue.handbook.units},
        }

    def read(self, grids: Mapping[str, CellGrid], name: str) -> BookEdits:
        for sheet in book_sheets(self.catalogue.handbook):
            if sheet.key not in self.names:
                continue
            grid = grids.get(self.names[sheet.key])
            if grid is None:
                message = f"the sheet '{self.names[sheet.key]}' is gone: not read"
                self.problems.warning(
                    FilePosition(name, 1, 1),
                    "sheet-left-out",
                    message,
                    "rename it back, where it was renamed",
                )
                continue
            self.made.grids[sheet.key] = grid
            self._sheet(sheet, grid)
        return self.made

    def _sheet(self, sheet: BookSheet, grid: CellGrid) -> None:
        head = head_of(sheet, grid)
        keys = grid.rows[head] if grid.rows else []
        places = {key: place for place, key in enumerate(keys) if key}
        # A dimension that the workbook's edition hides is blank in it.
        needed = sheet.identity[: 3 if sheet.key == "results" else None]
        lost = [column.key for column in needed if column.key not in places]
        if lost:
            message = f"the columns {', '.join(lost)} are gone: the sheet's rows cannot be told apart"
            self.problems.error(grid.mark(0, 0), "missing-column", message, "export the workbook anew")
            return
        now = {row.identity: row for row in book_rows(self.catalogue, sheet)}
        base, seen = self.bases[sheet.key], dict[tuple[str, ...], int]()
        for number in range(head + FIRST_ROW, len(grid.rows)):
            identity = self._identity(sheet, grid, places, number)
            if identity is None:
                continue
            if identity in seen:
                message = f"the row {' '.join(filter(None, identity))} is there twice"
                hint = f"first in row {seen[identity] + 1}; delete one of them"
                self.problems.error(
                    grid.mark(number, places[sheet.identity[0].key]), "duplicate-row", message, hint
                )
                continue
            seen[identity] = number
            cells = {
                column: (grid.text(number, place), grid.mark(number, place))
                for column in sheet.columns
                if (place := places.get(column.key)) is not None and not self._unsaved(grid, number, place)
            }
            self._row(sheet, identity, cells, now.get(identity))
        filled = {identity for identity, own in base.items() if any(own.values())}
        self.made.gone += len(filled - {key_of(sheet, identity) for identity in seen})

    def _unsaved(self, grid: CellGrid, row: int, column: int) -> bool:
        """Whether a cell is a formula whose value was never saved, which is told: it is not blank."""
        if cell_name(row, column) not in grid.unsaved:
            return False
        hint = "open the workbook in a spreadsheet and save it, or write the value"
        self.problems.error(grid.mark(row, column), "unsaved-formula", "the formula has no saved value", hint)
        return True

    def _identity(
        self, sheet: BookSheet, grid: CellGrid, places: Mapping[str, int], number: int
    ) -> tuple[str, ...] | None:
        """Which row it is; None for a blank one, and (with a problem) for one that cannot be told."""
        texts = [
            grid.text(number, places[column.key]) if column.key in places else "" for column in sheet.identity
        ]
        if not any(texts):
            if named := self._named(sheet, grid, places, number):
                return (named,)
            if any(grid.text(number, places[column.key]) for column in sheet.columns if column.key in places):
                what = f"the row has no {sheet.identity[0].key}"
                self.problems.error(
                    grid.mark(number, places[sheet.identity[0].key]), "missing-value", what, "fill it"
                )
            return None
        if self.cells.is_remark(sheet, tuple(texts)):
            message = f"the row '{next(filter(None, texts))}' names no indicator and no period: not read"
            self.problems.note(
                grid.mark(number, 0), "row-left-out", message, "nothing to do where it is a remark or a sum"
            )
            return None
        made = []
        meant = [self.cells.meant(sheet, *one) for one in zip(sheet.identity, texts, strict=True)]
        if sheet.key == "results":
            meant[0] = self.cells.period(meant[0], meant[1])
        for column, text in zip(sheet.identity, meant, strict=True):
            value = self._read(column, text, grid.mark(number, places.get(column.key, 0)))
            if value is None:
                return None
            made.append(value)
        return tuple(made)

    def _named(self, sheet: BookSheet, grid: CellGrid, places: Mapping[str, int], number: int) -> str | None:
        """The id of an indicator without one, by its name: that of the one so called, else a new one; None
        where several are called so."""
        place = places.get(f"name.{self.first}") if sheet.key == "indicators" else None
        name = grid.text(number, place) if place is not None else ""
        there = self.cells.names.indicators.get(folded(name)) if name else None
        if there is None and (made := slug(name)) and not self.cells.is_called(name):
            there = unique(made, {*self.catalogue.indicators, *self.proposed})
            self.proposed.add(there)
        return there

    def _read(self, column: BookColumn, text: str, mark: FilePosition) -> str | None:
        """A cell in one spelling; None (and a problem) where it is no such value."""
        calendar = self.catalogue.handbook.calendar
        value = from_cell(column, text, calendar)
        if isinstance(value, tuple):
            self.problems.error(mark, "bad-value", f"{column.key}: {value[0]}", value[1])
            return None
        known = self.ids.get(column.kind)
        if known is not None and value and value not in known:
            hint = nearest(value, known)
            self.problems.error(
                mark, f"unknown-{column.kind}", f"{column.key}: unknown {column.kind} {found(value)}", hint
            )
            return None
        return value

    def _row(
        self,
        sheet: BookSheet,
        identity: tuple[str, ...],
        cells: Mapping[BookColumn, tuple[str, FilePosition]],
        row: BookRow | None,
    ) -> None:
        base = self.bases[sheet.key].get(key_of(sheet, identity))
        for column, (text, mark) in cells.items():
            before = (base or {}).get(column.key) or digest("")
            if base is not None and digest(text) == before:
                continue
            meant = self.cells.meant(sheet, column, text)
            if sheet.key == "results":
                meant = self.cells.figure(column, meant, identity[1])
                self._tell_untold(column, (text, meant), cells, row, mark)
            value = self._read(column, meant, mark)
            if value is None or digest(value) == before:
                continue
            there = row.values.get(column.key, "") if row else ""
            if value == there:
                continue
            gone = row is None and base is not None and any(base.values())
            if gone or digest(there) != before:
                self._conflict(column, value, there, row, mark)
                continue
            edit = CellEdit(sheet, column, identity, value, row, mark)
            if row is None:
                self.made.added.setdefault((sheet.key, identity), []).append(edit)
            else:
                self.made.changed.append(edit)

    def _tell_untold(
        self,
        column: BookColumn,
        said: tuple[str, str],
        cells: Mapping[BookColumn, tuple[str, FilePosition]],
        row: BookRow | None,
        mark: FilePosition,
    ) -> None:
        """A cell that says that there is no value needs a reason, as it does in the files."""
        text, meant = said
        noted = any(other.key == "note" and note for other, (note, _) in cells.items())
        if (
            column.key == "value"
            and text
            and not meant
            and not noted
            and not (row and row.values.get("note"))
        ):
            message = f"{found(text)} says that there is no value, but not why"
            self.problems.error(mark, "blank-value", message, "say why in the column 'note'")

    def _conflict(
        self, column: BookColumn, value: str, there: str, row: BookRow | None, mark: FilePosition
    ) -> None:
        where = "the file has it no more" if row is None else f"{row.file} says {found(there)}"
        message = f"{column.key} was changed on both sides: the workbook says {found(value)}, {where}"
        self.problems.error(
            mark, "conflict", message, "agree on one, and write it in both places or export anew"
        )
