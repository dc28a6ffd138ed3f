"""A handbook as a workbook and back: what is not touched stays, what is edited changes its field only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.excel_words import choice_words, shown_words, words_of
from generator.exchange.book_applied import Applied, apply_edits
from generator.exchange.book_cells import BookCells, tellable, words_key
from generator.exchange.book_columns import BookColumn, BookSheet, book_sheets
from generator.exchange.book_in import BookEdits, read_book
from generator.exchange.book_out import BookPage, base_of, workbook_bytes
from generator.exchange.book_pages import all_pages, lists_of
from generator.exchange.book_rows import BookRow, book_rows
from generator.load.known import known_of
from generator.load.project import load_project
from generator.load.yaml_file import load_yaml_text
from generator.model.catalogue import Catalogue
from generator.problems import Loc, Problems

ROOT = Path(__file__).parents[2]


@dataclass
class Case:
    """An edit: a row, a column, and what the cell says now."""

    sheet: BookSheet
    row: BookRow
    column: BookColumn
    value: str


def loaded(root: Path) -> Catalogue:
    catalogue = load_project(root, Problems())
    assert catalogue is not None
    return catalogue


SAMPLE = loaded(ROOT)
ROWS = {
    sheet.key: list(book_rows(SAMPLE, sheet))
    for sheet in book_sheets(SAMPLE.handbook)
    if sheet.key != "results"
}
SHOWN = {language: shown_words(SAMPLE, language) for language in ("zh", "en")}
REQUIRED = {
    ("indicators", "name.zh"),
    ("indicators", "name.en"),
    ("actions", "text.zh"),
    ("actions", "text.en"),
    ("key_results", "name.zh"),
    ("key_results", "name.en"),
}


def other(column: BookColumn, value: str) -> str:
    """Another value of the same kind."""
    pools = {
        "choice": column.choices,
        "flag": ("true", "false"),
        "date": ("2026-01-05", "2026-02-06"),
        "period": ("2027-Q1", "2027-Q2"),
        "number": ("41.5", "3"),
        "indicator": tuple(SAMPLE.indicators),
        "pilot": tuple(SAMPLE.pilots),
        "unit": tuple(unit.id for unit in SAMPLE.handbook.units),
    }
    if column.key == "decimals":
        return "3" if value != "3" else "2"
    words = ("新的说法: 第一、二 [x], {y} # z", "又一种 'a' \"b\"")
    return next(one for one in pools.get(column.kind, words) if one != value)


def cases() -> Iterator[Any]:
    """Of every column: a value replaced, one put in where there is none, one taken away."""
    for sheet in book_sheets(SAMPLE.handbook):
        if sheet.key == "results":
            continue
        for column in sheet.columns:
            filled = [row for row in ROWS[sheet.key] if row.values[column.key]]
            blank = [row for row in ROWS[sheet.key] if not row.values[column.key]]
            if filled:
                row = filled[len(filled) // 2]
                yield pytest.param(
                    Case(sheet, row, column, other(column, row.values[column.key])),
                    id=f"{sheet.key}-{column.key}-changed",
                )
            if blank:
                row = blank[len(blank) // 2]
                yield pytest.param(
                    Case(sheet, row, column, other(column, "")), id=f"{sheet.key}-{column.key}-added"
                )
            if filled and (sheet.key, column.key) not in REQUIRED:
                yield pytest.param(Case(sheet, filled[0], column, ""), id=f"{sheet.key}-{column.key}-removed")


EDITS = list(cases())


def applied(case: Case) -> tuple[BookEdits, Applied, Problems]:
    words = SHOWN["zh"].get(words_key(case.sheet, case.column), {})
    said = words.get(case.value, case.value)
    page = BookPage(
        case.sheet, [case.row], {(0, case.column.key): said}, base=base_of(case.sheet, [case.row])
    )
    data = workbook_bytes([page], lists_of(SAMPLE), ("", "", "zh"), lambda key: key, SHOWN["zh"])
    problems = Problems()
    edits = read_book(data, "a.xlsx", SAMPLE, problems)
    assert edits is not None
    return edits, apply_edits(SAMPLE, edits, known_of(SAMPLE, ()), problems), problems


def leaves(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*loc, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*loc, place))
    else:
        yield loc, value


def value_of(text: str) -> object:
    source = load_yaml_text(text, "a.yml", Problems())
    assert source is not None
    return source.value


def test_there_are_more_than_a_hundred_kinds_of_edit() -> None:
    assert len(EDITS) > 150


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_changes_exactly_its_field(case: Case) -> None:
    edits, done, problems = applied(case)
    assert len(edits.changed) == 1
    # What a rule of the format forbids in this place is told at the cell; the edit itself is right.
    assert {problem.mark.cell for problem in problems} <= {edits.changed[0].mark.cell}
    ((name, text),) = done.texts.items()
    old = (ROOT / name).read_text(encoding="utf-8")
    before, after = dict(leaves(value_of(old))), dict(leaves(value_of(text)))
    changed = {loc for loc in before.keys() | after.keys() if before.get(loc) != after.get(loc)}
    path = case.column.path
    assert changed
    for loc in changed:
        names = tuple(part for part in loc if isinstance(part, str))
        keys = (
            names[-len(path) - 1 : -1]
            if case.column.language and names[-len(path) :] != path
            else names[-len(path) :]
        )
        assert keys == path
    assert len(changed) <= 3  # a plain text that becomes one in two languages
    assert [line for line in old.splitlines() if line.lstrip().startswith("#")] == [
        line for line in text.splitlines() if line.lstrip().startswith("#")
    ]
    lines, now = old.splitlines(), text.splitlines()
    assert sum(line not in now for line in lines) <= (20 if case.column.long else 6)


def test_an_unedited_workbook_changes_nothing() -> None:
    """In either language, whatever the words mean by the time it comes back."""
    pages, lists = all_pages(SAMPLE, 10_000), lists_of(SAMPLE)
    for language in ("zh", "en"):
        say, shown = words_of(SAMPLE, language), SHOWN[language]
        data = workbook_bytes(pages, lists, ("", "", language), say, shown)
        problems = Problems()
        edits = read_book(data, "a.xlsx", SAMPLE, problems)
        assert edits is not None
        assert (edits.changed, edits.added, edits.gone) == ([], {}, 0)
        assert not list(problems)
        assert data == workbook_bytes(pages, lists, ("", "", language), say, shown)


def test_a_cell_says_a_word_for_every_choice_and_both_are_read() -> None:
    """In the workbook's language; the file's own spelling and the other language's word mean the same."""
    read, told = choice_words(SAMPLE), 0
    for language in ("zh", "en"):
        for sheet in book_sheets(SAMPLE.handbook):
            for column in (*sheet.identity, *sheet.columns):
                if not column.choices:
                    continue
                words = SHOWN[language][words_key(sheet, column)]
                assert set(column.choices) <= set(words), (sheet.key, column.key)
                cells = BookCells.of(SAMPLE, read)
                for choice in column.choices:
                    told += 1
                    assert not re.search("[{}]", words[choice])
                    assert (language == "zh") is bool(re.search("[\u4e00-\u9fff]", words[choice]))
                    assert cells.meant(sheet, column, words[choice]) == choice
                    assert cells.meant(sheet, column, choice) == choice
    assert told > 100
    assert tellable({"a": "同", "b": "同", "c": "D", "d": "b", "f": "F", "g": "好"}) == {"f": "F", "g": "好"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "-2", '=HYPERLINK("http://x")', "http://x", "001"])
def test_texts_go_out_as_texts(text: str) -> None:
    sheet = book_sheets(SAMPLE.handbook)[0]
    row = replace(ROWS["indicators"][0], values={**ROWS["indicators"][0].values, "code": text})
    data = workbook_bytes([BookPage(sheet, [row])], lists_of(SAMPLE), (), lambda key: key)
    page = openpyxl.load_workbook(io.BytesIO(data))["sheet.indicators"]
    cell = next(cell for cell in page[3] if page.cell(1, cell.column).value == "code")
    assert (cell.value, cell.data_type) == (text, "s")
