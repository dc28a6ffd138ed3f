"""Puts the edits of a workbook into the texts of a handbook's files: each change touches its field only."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.exchange.book_columns import SheetKey, to_raw
from generator.exchange.book_in import BookEdits, CellEdit
from generator.exchange.book_rows import Selector, found_at, inside
from generator.exchange.csv_patch import with_cell, written_cell
from generator.exchange.plain_yaml import as_yaml
from generator.exchange.tables import HEAD, TAIL
from generator.load.columns import records
from generator.load.decode import read_text
from generator.load.heads import head_words, told_heads
from generator.load.project import load_project
from generator.load.results import load_results
from generator.load.sheet import Known
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.load.yaml_patch import PatchError, patched
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.json_schema import FILE_KINDS
from generator.problems import FilePosition, Loc, Problem, Problems

NEW_RESULTS = "data/results/from-excel.csv"
"""Where rows of results go that are in no file yet."""
_LISTS: Mapping[SheetKey, tuple[str, str, str]] = {
    "targets": ("indicators", "targets", "from"),
    "packs": ("pilots", "pack", "indicator"),
    "pack_targets": ("pilots", "targets", "from"),
    "actions": ("reviews", "actions", "id"),
    "key_results": ("", "key_results", "id"),
}
"""Where new rows of a sheet go: the files' folder, the list there, the key that names an item."""


@dataclass(frozen=True)
class TextForm:
    """How a text file's bytes are written."""

    encoding: str = "utf-8"
    mark: bytes = b""
    crlf: bool = False

    @classmethod
    def of(cls, data: bytes) -> TextForm:
        """That of a file."""
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        try:
            data.decode("utf-8")
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = "gb18030"
        return cls(encoding, mark, b"\r\n" in data)

    def encoded(self, text: str) -> bytes:
        """A text with `\\n` line ends in this form."""
        return self.mark + (text.replace("\n", "\r\n") if self.crlf else text).encode(self.encoding)


def text_and_form(path: Path, name: str, problems: Problems) -> tuple[str, TextForm]:
    """A file's text and how it is written; a problem where that would change more than one place of it."""
    text = read_text(path, name, problems, gb18030=name.endswith(".csv")) or ""
    data = path.read_bytes()
    form = TextForm.of(data)
    if form.encoded(text) != data:
        message = "its line ends or letters are mixed: it cannot be changed in one place only"
        problems.error(FilePosition(name, 1, 1), "not-written", message, "save it anew as UTF-8")
    return text, form


@dataclass
class Applied:
    """The files as they would be."""

    texts: dict[str, str] = field(default_factory=dict)
    """By path from the project's root: only those that change."""
    forms: dict[str, TextForm] = field(default_factory=dict)
    """How their bytes were written."""
    marks: dict[str, list[tuple[Loc, FilePosition]]] = field(default_factory=dict)
    """Where in each file what was put, and the cell that says so."""
    changes: int = 0

    def files(self) -> dict[str, bytes]:
        """The files' bytes, with the encoding and the line ends that they had."""
        return {name: self.forms.get(name, TextForm()).encoded(text) for name, text in self.texts.items()}


def apply_edits(catalogue: Catalogue, edits: BookEdits, known: Known, problems: Problems) -> Applied:
    """All edits; one that cannot be made, or makes a file that is not sound, is a problem at its cell."""
    return _Applying(catalogue, known, problems).all(edits)


class _Applying:
    def __init__(self, catalogue: Catalogue, known: Known, problems: Problems) -> None:
        self.catalogue, self.known, self.problems = catalogue, known, problems
        self.first = catalogue.handbook.languages[0]
        self.made = Applied()
        self.marks = self.made.marks
        self.lines: dict[tuple[str, int], list[tuple[str, FilePosition]]] = {}

    def all(self, edits: BookEdits) -> Applied:
        for edit in edits.changed:
            if edit.sheet.key == "results":
                self._result(edit)
            else:
                self._value(edit)
        rows = []
        for (key, identity), cells in edits.added.items():
            if key == "results":
                rows.append((identity, cells))
            elif key == "indicators":
                self._indicator(identity[0], cells)
            else:
                self._item(key, identity, cells)
        if rows:
            self._new_results(rows)
        self._check_files()
        self._check_results()
        return self.made

    # YAML

    def _text(self, name: str) -> str:
        if name not in self.made.texts:
            made = text_and_form(self.catalogue.root / name, name, self.problems)
            self.made.texts[name], self.made.forms[name] = made
        return self.made.texts[name]

    def _value(self, edit: CellEdit) -> None:
        assert edit.row is not None
        name = f"data/{edit.row.file}.yml"
        self._patch(name, edit.row.at, edit)

    def _patch(self, name: str, at: tuple[Selector, ...], edit: CellEdit) -> None:
        text = self._text(name)
        source = load_yaml_text(text, name, Problems())
        base = found_at(source.value, at, self.first) if source else None
        if source is None or base is None:
            self.problems.error(
                edit.mark, "conflict", f"its row is gone from {name}", "export the workbook anew"
            )
            return
        loc, value = self._aimed(source.value, (*base, *edit.column.path), edit)
        try:
            self.made.texts[name] = patched(text, loc, value)
        except PatchError as fault:
            self.problems.error(edit.mark, "not-written", f"{edit.column.key}: {fault}", f"see {name}")
            return
        self.made.changes += 1
        self.marks.setdefault(name, []).append((loc, edit.mark))

    def _aimed(self, raw: object, loc: Loc, edit: CellEdit) -> tuple[Loc, object]:
        """Where the value goes, and as what: a text of one language may have to become one of several."""
        value = to_raw(edit.column, edit.value)
        language = edit.column.language
        if not language:
            return loc, value
        there = inside(raw, loc)
        if isinstance(there, dict):
            return (*loc, language), value
        if there is None and len(self.catalogue.handbook.languages) > 1:
            return (*loc, language), value
        if there is None or language == self.first:
            return loc, value
        return loc, {self.first: there, language: value}

    def _indicator(self, id_: str, cells: list[CellEdit]) -> None:
        """A new indicator is a new file."""
        name = f"data/indicators/{id_}.yml"
        if (self.catalogue.root / name).exists():
            message = f"{name} is there already, and cannot be read"
            self.problems.error(cells[0].mark, "not-written", message, "`handbook check` says why")
            return
        self.made.texts[name] = as_yaml(_with({"id": id_}, cells))
        self.made.changes += 1
        if cells:
            self.marks[name] = [((), cells[0].mark)]

    def _item(self, key: SheetKey, identity: tuple[str, ...], cells: list[CellEdit]) -> None:
        """A new row of a list."""
        folder, list_, named = _LISTS[key]
        own = f"{folder}/{identity[0]}" if folder else "strategy"
        name = f"data/{own}.yml"
        if own not in self.catalogue.sources and name not in self.made.texts:
            mark = cells[0].mark
            self.problems.error(
                mark, "missing-file", f"there is no {name} for this row", "write the file first"
            )
            return
        text = self._text(name)
        source = load_yaml_text(text, name, Problems())
        at = _whose(key, identity)
        base = found_at(source.value, at, self.first) if source else None
        if source is None or base is None:
            self.problems.error(
                cells[0].mark, "missing-file", f"{name} has no '{identity[-2]}'", "write it first"
            )
            return
        item = _with({named: identity[-1]}, cells)
        items = inside(source.value, (*base, list_))
        loc: Loc = (*base, list_, len(items) if isinstance(items, list) else 0)
        try:
            self.made.texts[name] = patched(text, loc, item)
        except PatchError as fault:
            self.problems.error(cells[0].mark, "not-written", str(fault), f"see {name}")
            return
        self.made.changes += 1
        self.marks.setdefault(name, []).extend((loc, edit.mark) for edit in cells)

    def _check_files(self) -> None:
        """Each file as it would be must be sound; what is not is told at the cell."""
        for name, text in self.made.texts.items():
            if name.endswith(".csv"):
                continue
            found = Problems()
            source = load_yaml_text(text, name, found)
            if source is not None:
                validate(source, _model(name), found)
            places = [(source.mark(loc), mark) for loc, mark in self.marks.get(name, ())] if source else []
            for problem in found:
                self.problems.add(_moved(problem, places))

    # Results

    def _result(self, edit: CellEdit) -> None:
        row = edit.row
        assert row is not None
        name = row.file
        if not name.endswith(".csv") or self.known.table_of(name) is not None:
            message = f"the result comes from {name}, a table of another shape"
            self.problems.error(edit.mark, "not-written", message, "correct it there")
            return
        text = self._text(name)
        self.made.texts[name] = with_cell(text, row.line, edit.column.key, edit.value, self._heads(text))
        self.made.changes += 1
        self.lines.setdefault((name, row.line), []).append((edit.column.key, edit.mark))

    def _heads(self, text: str) -> tuple[str, ...]:
        """The columns of a results file, as they are understood."""
        heads = next(
            (
                cells
                for _, _, cells in records(text.encode())
                if any(cells) and not cells[0].startswith(("#", "sep="))
            ),
            [],
        )
        return told_heads(heads, head_words(self.catalogue.handbook))

    def _new_results(self, rows: list[tuple[tuple[str, ...], list[CellEdit]]]) -> None:
        dimensions = tuple(dimension.id for dimension in self.catalogue.handbook.dimensions)
        columns = (*HEAD, *dimensions, *TAIL)
        there = (self.catalogue.root / NEW_RESULTS).exists()
        text = self._text(NEW_RESULTS) if there else ",".join(columns) + "\n"
        heads = self._heads(text)
        text = text if text.endswith("\n") else text + "\n"
        for identity, cells in rows:
            said = dict(zip((*HEAD, *dimensions), identity, strict=True))
            said |= {edit.column.key: edit.value for edit in cells}
            line = text.count("\n") + 1
            text += ",".join(written_cell(said.get(column, "")) for column in heads) + "\n"
            for column in [column for column in columns if said.get(column) and column not in heads]:
                text = with_cell(text, line, column, said[column], heads)
                heads = (*heads, column)
            self.lines[NEW_RESULTS, line] = [(edit.column.key, edit.mark) for edit in cells]
            self.made.changes += 1
        self.made.texts[NEW_RESULTS] = text

    def _check_results(self) -> None:
        """The results files as they would be, read as any other."""
        known = replace(
            self.known,
            indicators={**self.known.indicators},
            indicator_ids=self.known.indicator_ids | self._new_ids(),
        )
        for name, text in self.made.texts.items():
            if not name.endswith(".csv"):
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "results.csv"
                path.write_text(text, encoding="utf-8", newline="\n")
                found = Problems()
                load_results([(path, name)], known, found)
            for problem in found:
                cells = self.lines.get((name, problem.mark.line), [])
                if not cells:
                    continue  # of a row that the workbook did not touch: `check` tells it
                mark = next(
                    (mark for key, mark in cells if problem.message.startswith(f"{key}:")), cells[0][1]
                )
                self.problems.add(replace(problem, mark=mark))

    def _new_ids(self) -> frozenset[str]:
        return frozenset(Path(name).stem for name in self.made.texts if name.startswith("data/indicators/"))


def check_whole(catalogue: Catalogue, done: Applied, problems: Problems) -> None:
    """Tells what the files would say against each other that they do not say now, at the cells."""
    if not any(name.endswith(".yml") for name in done.texts):
        return
    before = {(problem.mark.file, problem.rule, problem.message) for problem in _loaded(catalogue.root, {})}
    for problem in _loaded(catalogue.root, done.texts):
        name = problem.mark.file
        if problem.level == "error" and (name, problem.rule, problem.message) not in before:
            source = load_yaml_text(done.texts.get(name, ""), name, Problems())
            places = [(source.mark(loc), mark) for loc, mark in done.marks.get(name, ())] if source else []
            problems.add(_moved(problem, places))


def _loaded(root: Path, texts: Mapping[str, str]) -> Problems:
    """What a handbook of these texts, and its other YAML files as they are, is told; without its results."""
    found = Problems()
    with tempfile.TemporaryDirectory() as folder:
        files = {path.relative_to(root).as_posix(): path for path in sorted((root / "data").rglob("*.yml"))}
        for name in sorted({*files, *(one for one in texts if one.endswith(".yml"))}):
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(texts[name].encode() if name in texts else files[name].read_bytes())
        load_project(Path(folder), found)
    return found


def _whose(key: SheetKey, identity: Sequence[str]) -> tuple[Selector, ...]:
    """Of what in its file the list is that a new row belongs to."""
    if key == "key_results":
        return ("objectives", ("id", identity[0]))
    return ("pack", ("indicator", identity[1])) if key == "pack_targets" else ()


def _with(made: dict[str, object], cells: Sequence[CellEdit]) -> dict[str, object]:
    """A new part of a file, with what its cells say."""
    for edit in cells:
        path = (*edit.column.path, edit.column.language) if edit.column.language else edit.column.path
        here = made
        for part in path[:-1]:
            inner = here.setdefault(part, {})
            assert isinstance(inner, dict)
            here = inner
        here[path[-1]] = to_raw(edit.column, edit.value)
    return made


def _model(name: str) -> type:
    for model, files in FILE_KINDS.values():
        if Path(name).match(files) if files else False:
            return model
    return Indicator


def _moved(problem: Problem, places: Sequence[tuple[FilePosition, FilePosition]]) -> Problem:
    """The problem at the cell that wrote nearest to it; as it is where none wrote into its file."""
    if not places or problem.level != "error":
        return problem
    _, own = min(places, key=lambda one: abs(one[0].line - problem.mark.line))
    return replace(problem, mark=own)
