"""Where a shortcode stands that is in a text of the data: file, line and column, however YAML wraps it.

A value's place in its file is known, but not that of a letter within it: quotes, blocks and folded lines put
it elsewhere. So the words of the shortcode are looked for in the file from the value's place on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.load.decode import place, read_text
from generator.model.catalogue import Catalogue
from generator.model.shortcode import Shortcode, shortcodes
from generator.model.text import Prose, Text
from generator.model.walk import walk
from generator.problems import FilePosition, Loc, Problems


@dataclass(frozen=True, slots=True)
class DataText:
    """One string of a text of the data that holds a shortcode."""

    source: str
    """The name of its file's source, e.g. indicators/order-cycle-time."""
    loc: Loc
    words: str
    markdown: bool
    """Whether its field is Markdown, where shortcodes are shown."""


def texts_with_shortcodes(catalogue: Catalogue) -> Iterator[DataText]:
    """Every string of the data that holds one."""
    for name, model in catalogue.models():
        for loc, value in walk(model):
            if not isinstance(value, Text):
                continue
            own = ((loc, value.plain),) if value.plain is not None else ()
            for at, words in (*own, *(((*loc, language), said) for language, said in value.by_language)):
                if "{{" in (words or ""):
                    yield DataText(name, at, words or "", isinstance(value, Prose))


class DataPlaces:
    """Places in the files of a project, each of which is read once, when something is wrong in it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._files: dict[str, str] = {}

    def of(self, text: DataText, code: Shortcode, at: int) -> FilePosition:
        """Where the letter `at` of a text stands, which is one of `code`; where the text begins, at worst."""
        mark = self._catalogue.mark(text.source, text.loc)
        raw = self._raw(mark.file)
        start = len("".join(raw.splitlines(keepends=True)[: mark.line - 1])) + mark.column - 1
        before = len([one for one in _same(text.words, code) if one.start < code.start])
        found = list(_pattern(text.words[code.start : code.end]).finditer(raw, start))[before : before + 1]
        if not found:
            return mark
        within = _pattern(text.words[code.start : at]).match(raw, found[0].start())
        return place(mark.file, raw, within.end() if within else found[0].start())

    def _raw(self, file: str) -> str:
        if file not in self._files:
            self._files[file] = read_text(self._catalogue.root / file, file, Problems()) or ""
        return self._files[file]


def _same(words: str, code: Shortcode) -> list[Shortcode]:
    said = words[code.start : code.end]
    return [one for one in shortcodes(words) if words[one.start : one.end] == said]


def _pattern(words: str) -> re.Pattern[str]:
    """The words with any white space where they have some: YAML may fold a line there."""
    parts = re.split(r"(\s+)", words)
    return re.compile("".join(r"\s+" if part.isspace() else re.escape(part) for part in parts))
