"""The texts of a handbook as a table for translators, and back: one row a text, one column a language.

A row knows its text by file and place, and by a hash of the first language's words: where these changed since
the table went out, the translation is stale and refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.exchange.book_applied import TextForm, text_and_form
from generator.exchange.book_rows import inside
from generator.load.grid import CellGrid
from generator.load.yaml_file import load_yaml_text
from generator.load.yaml_patch import PatchError, patched
from generator.model.catalogue import Catalogue, TextRecord
from generator.model.spreadsheet import csv_bytes, defused, read_back
from generator.model.text import Text
from generator.model.translated import HEAD as RECORD_HEAD
from generator.model.translated import is_stale, text_mark, translations
from generator.model.walk import walk
from generator.problems import FilePosition, Loc, Problems, found

HEAD = ("file", "place", "source")
"""The columns that say which text it is; the languages and the state follow."""


@dataclass(frozen=True)
class TextRow:
    """A text of a file."""

    file: str
    place: str
    """The way to it, e.g. targets/0/name."""
    words: Mapping[str, str]
    """By language; of one string for all languages only the first."""
    state: str
    """missing, stale (the first language's words changed since), plain (one string for all languages) or
    nothing."""


def text_rows(catalogue: Catalogue) -> Iterator[TextRow]:
    """Every text of the files below data/, in the order of the files."""
    languages = catalogue.handbook.languages
    stale = {(one.source, one.loc) for one in translations(catalogue) if is_stale(one, catalogue.translated)}
    for name, model in catalogue.models():
        for loc, value in walk(model):
            if isinstance(value, Text) and inside(catalogue.sources[name].value, loc) is not None:
                words = {languages[0]: value.plain} if value.plain is not None else dict(value.by_language)
                lacking = value.plain is None and any(language not in words for language in languages)
                plain = value.plain is not None and len(languages) > 1
                old = "stale" if (name, loc) in stale else ""
                state = "missing" if lacking else "plain" if plain else old
                yield TextRow(f"data/{name}.yml", "/".join(map(str, loc)), words, state)


def table_of(rows: Sequence[TextRow], languages: Sequence[str]) -> list[tuple[str, ...]]:
    """The table, its head first."""
    first = languages[0]
    body = [
        (
            row.file,
            row.place,
            text_mark(row.words.get(first, "")),
            *(row.words.get(one, "").strip() for one in languages),
            row.state,
        )
        for row in rows
    ]
    return [(*HEAD, *languages, "state"), *body]


def texts_book(rows: Sequence[Sequence[str]]) -> bytes:
    """The table as a workbook: every cell a text, the head frozen."""
    import xlsxwriter  # noqa: PLC0415 - few commands need it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2020, 1, 1)})  # noqa: DTZ001 - the same bytes on every day
        sheet = book.add_worksheet("texts")
        wrap, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text, head if place == 0 else wrap)
        sheet.freeze_panes(1, 0)
        sheet.set_column(len(HEAD), len(rows[0]) - 2, 48)
    return out.getvalue()


def record_bytes(record: TextRecord) -> bytes:
    """The record as its file, in order."""
    return csv_bytes([RECORD_HEAD, *((*key, *record[key]) for key in sorted(record))])


def take_texts(grid: CellGrid, catalogue: Catalogue, problems: Problems) -> dict[str, bytes]:
    """The files that translations in a table change, by their path; each change touches its text only."""
    heads = {text: place for place, text in enumerate(grid.rows[0])} if grid.rows else {}
    languages = catalogue.handbook.languages
    if not {*HEAD, languages[0]} <= heads.keys():
        hint = "take the table that `handbook export texts` writes"
        problems.error(grid.mark(0, 0), "missing-column", "this is no table of a handbook's texts", hint)
        return {}
    texts: dict[str, str] = {}
    forms: dict[str, TextForm] = {}
    changed = set[str]()
    for number in range(1, len(grid.rows)):
        name, place, source = (grid.text(number, heads[key]) for key in HEAD)
        if not name:
            continue
        key = name.removeprefix("data/").removesuffix(".yml")
        if name != f"data/{key}.yml" or key not in catalogue.sources:
            problems.error(grid.mark(number, heads["file"]), "missing-file", f"there is no {found(name)}")
            continue
        if name not in texts:
            texts[name], forms[name] = text_and_form(catalogue.root / name, name, problems)
        for language in languages[1:]:
            words = grid.text(number, heads[language]) if language in heads else ""
            mark = grid.mark(number, heads.get(language, 0))
            row, said = (name, place, source), (languages[0], language, words)
            made = _translated(texts[name], row, said, mark, problems)
            if made is not None:
                texts[name] = made
                changed.add(name)
    return {name: forms[name].encoded(text) for name, text in texts.items() if name in changed}


def _loc(raw: object, place: str) -> Loc:
    """Where a text stands: a digit is a position in a list, and a key of anything else."""
    loc: Loc = ()
    for part in place.split("/"):
        here = inside(raw, loc)
        loc = (*loc, int(part) if isinstance(here, list) and part.isdecimal() else part)
    return loc


def _translated(
    text: str, row: tuple[str, str, str], said: tuple[str, str, str], mark: FilePosition, problems: Problems
) -> str | None:
    """The file with a translation; None where it says so already, or (with a problem) where it cannot be."""
    name, place, source = row
    first, language, cell = said
    words = read_back(cell)
    raw = load_yaml_text(text, name, Problems())
    loc = _loc(raw.value if raw else None, place)
    there = inside(raw.value, loc) if raw else None
    now = there.get(first, "") if isinstance(there, dict) else there
    before = str(there.get(language, "") if isinstance(there, dict) else "").strip()
    if not words or words == before or cell == defused(before):
        return None
    if not isinstance(now, str) or text_mark(now) != source:
        message = f"the text in {first} changed since: it says {found(now)} now"
        problems.error(mark, "stale-text", message, "export the texts anew and translate that")
        return None
    try:
        if isinstance(there, dict):
            return patched(text, (*loc, language), words)
        return patched(text, loc, {first: there, language: words})
    except PatchError as fault:
        problems.error(mark, "not-written", f"{place}: {fault}", f"see {name}")
        return None
