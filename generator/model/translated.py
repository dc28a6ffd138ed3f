"""What each translation was made from: kept beside the texts, so that one gone stale is known for good.

`data/translated.csv` has a row a translation: file, place, language, a hash of the first language's words at
that time and one of the translation. A translation is stale while the first has changed and the second has
not. The rows are in order, so that two people's changes meet in git as lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from generator.model.catalogue import Catalogue, TextKey, TextRecord
from generator.model.text import Text
from generator.model.walk import walk
from generator.problems import Loc

TRANSLATED = "data/translated.csv"
HEAD = ("file", "place", "language", "source", "words")


def text_mark(words: str) -> str:
    """A hash of a text that no spreadsheet takes for a number."""
    return f"t{sha256(words.strip().encode()).hexdigest()[:12]}"


def place_named(raw: object, loc: Loc) -> str:
    """The place of a text in words: steps/quote/name, and not steps/0/name."""
    parts = []
    for part in loc:
        inner = None
        if isinstance(raw, dict):
            inner = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            inner = raw[part]
        id_ = inner.get("id") if isinstance(raw, list) and isinstance(inner, dict) else None
        parts.append(str(id_ if id_ is not None else part))
        raw = inner
    return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as it stands in the files now."""

    key: TextKey
    source: str
    """The name of its file's source."""
    loc: Loc
    marks: tuple[str, str]
    """Hashes of the first language's words and of its own."""


def translations(catalogue: Catalogue) -> Iterator[Translation]:
    """Every translation of the files below data/."""
    first, *others = catalogue.handbook.languages
    for name, model in catalogue.models():
        raw = catalogue.sources[name].value
        for loc, value in walk(model):
            said = dict(value.by_language) if isinstance(value, Text) else {}
            for language in others if first in said else ():
                if language in said:
                    key = (f"data/{name}.yml", place_named(raw, loc), language)
                    marks = (text_mark(said[first]), text_mark(said[language]))
                    yield Translation(key, name, loc, marks)


def is_stale(one: Translation, record: TextRecord) -> bool:
    """Whether the words that it was made from have changed, and it has not."""
    kept = record.get(one.key)
    return kept is not None and kept[0] != one.marks[0] and kept[1] == one.marks[1]


def recorded(
    before: TextRecord, now: Iterable[Translation], made: Container[TextKey]
) -> dict[TextKey, tuple[str, str]]:
    """The record anew: of what is known or `made` now as it stands, of what is stale as it was."""
    kept = {}
    for one in now:
        if one.key in before or one.key in made:
            kept[one.key] = before[one.key] if is_stale(one, before) else one.marks
    return kept
