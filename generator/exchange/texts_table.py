"""The texts of a handbook as a table for translators, and back: one row a text, one column a language.

A row knows its text by file and place, and by a hash of the first language's words: where these changed since
the table went out, the translation is stale and refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.exchange.book_applied import TextForm
from generator.exchange.book_rows import digest, inside
from generator.load.decode import read_text
from generator.load.grid import CellGrid
from generator.load.yaml_file import load_yaml_text
from generator.load.yaml_patch import PatchError, patched
from generator.model.catalogue import Catalogue
from generator.model.text import Text
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
    """missing, plain (one string for all languages) or nothing."""


def text_rows(catalogue: Catalogue) -> Iterator[TextRow]:
    """Every text of the files below data/, in the order of the files."""
    languages = catalogue.handbook.languages
    for name, model in _models(catalogue):
        for loc, value in walk(model):
            if isinstance(value, Text) and inside(catalogue.sources[name].value, loc) is not None:
                words = {languages[0]: value.plain} if value.plain is not None else dict(value.by_language)
                lacking = value.plain is None and any(language not in words for language in languages)
                plain = value.plain is not None and len(languages) > 1
                state = "missing" if lacking else "plain" if plain else ""
                yield TextRow(f"data/{name}.yml", "/".join(map(str, loc)), words, state)


def _models(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    singles = {"handbook": catalogue.handbook, "strategy": catalogue.strategy, "roadmap": catalogue.roadmap}
    yield from ((name, model) for name, model in singles.items() if model and name in catalogue.sources)
    for kind in ("indicators", "processes", "pilots", "reviews", "workshops"):
        for id_, model in getattr(catalogue, kind).items():
            if f"{kind}/{id_}" in catalogue.sources:
                yield f"{kind}/{id_}", model


def table_of(rows: Sequence[TextRow], languages: Sequence[str]) -> list[tuple[str, ...]]:
    """The table, its head first."""
    first = languages[0]
    body = [
        (
            row.file,
            row.place,
            digest(row.words.get(first, "").strip()),
            *(row.words.get(one, "").strip() for one in languages),
            row.state,
        )
        for row in rows
    ]
    return [(*HEAD, *languages, "state"), *body]


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
    for number in range(1, len(grid.rows)):
        name, place, source = (grid.text(number, heads[key]) for key in HEAD)
        path = catalogue.root / name
        if not name:
            continue
        key = name.removeprefix("data/").removesuffix(".yml")
        if key not in catalogue.sources:
            problems.error(grid.mark(number, heads["file"]), "missing-file", f"there is no {found(name)}")
            continue
        text = texts.get(name) or read_text(path, name, problems) or ""
        forms[name] = TextForm.of(path.read_bytes())
        for language in languages[1:]:
            words = grid.text(number, heads[language]) if language in heads else ""
            mark = grid.mark(number, heads.get(language, 0))
            made = _translated(text, (name, place, source), (languages[0], language, words), mark, problems)
            if made is not None:
                texts[name] = text = made
    return {name: forms[name].encoded(text) for name, text in texts.items()}


def _translated(
    text: str, row: tuple[str, str, str], said: tuple[str, str, str], mark: FilePosition, problems: Problems
) -> str | None:
    """The file with a translation; None where it says so already, or (with a problem) where it cannot be."""
    name, place, source = row
    first, language, words = said
    loc: Loc = tuple(int(part) if part.isdigit() else part for part in place.split("/"))
    raw = load_yaml_text(text, name, Problems())
    there = inside(raw.value, loc) if raw else None
    now = there.get(first, "") if isinstance(there, dict) else there
    before = there.get(language, "") if isinstance(there, dict) else ""
    if not words or words == str(before).strip():
        return None
    if not isinstance(now, str) or digest(now.strip()) != source:
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
