"""A file in Chinese and English, as a handbook writes it: with both languages, or with one alone.

Works on the text and not on its values, so that comments and the order of keys stay. Files here say a text as
`{zh: …, en: …}` on a line, or as `zh:` and `en:` below their key; a comment as `# zh: …` and `# en: …`. A
test reads every file of ours both ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..load.yaml_slips import SEPARATORS

WRITTEN = ("zh", "en")
"""The languages that our files are written in."""

_SCALAR = r'"(?:[^"\\]|\\.)*"|[^"{}\[\],\s](?:[^{}\[\],\n]*[^{}\[\],\s])?'
_FLOW = re.compile(rf"\{{zh: (?P<zh>{_SCALAR}), en: (?P<en>{_SCALAR})\}}")
_COMMENT = re.compile(r"( *)# (zh|en): (.*)")
_UNIT = re.compile(r"^(unit): (.*)$", re.MULTILINE)
_PLACE = re.compile(r"\{\{([a-z]+)\}\}")


def written_in(languages: Sequence[str]) -> tuple[str, ...]:
    """Those of a handbook's languages that our files have, in its order; English where it has none."""
    return tuple(language for language in languages if language in WRITTEN) or ("en",)


def in_languages(text: str, languages: Sequence[str]) -> str:
    """The text for a handbook in `languages`: comments in the first one, texts in those that ours have."""
    told = written_in(languages)
    lines = []
    for line in text.split("\n"):
        comment = _COMMENT.fullmatch(line)
        if comment is None:
            lines.append(line)
        elif comment[2] == told[0]:
            lines.append(f"{comment[1]}# {comment[3]}")
    if len(told) > 1:
        return "\n".join(lines)
    (language,) = told
    made = _FLOW.sub(lambda found: _plain(found[language]), "\n".join(_blocks(lines, language)))
    return _sized(made, language)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `{{name}}` replaced by its value; KeyError for one that there is not."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def _plain(text: str) -> str:
    """A text by itself, in quotes where it has signs that would look like those between items of a list."""
    if text.startswith('"') or not any(sign in text for sign in SEPARATORS):
        return text
    return "'{}'".format(text.replace("'", "''"))


def _sized(text: str, language: str) -> str:
    """The size in which a language counts: left out for others, and beside a unit of that language's own."""
    if not re.search(rf"^unit_factor: \{{{language}: \d+\}}$", text, re.MULTILINE):
        return re.sub(r"^unit_factor: .*\n", "", text, flags=re.MULTILINE)
    return _UNIT.sub(lambda found: f"{found[1]}: {{{language}: {found[2]}}}", text)


def _blocks(lines: Sequence[str], language: str) -> list[str]:
    """`key:` with `zh:` and `en:` below it becomes `key: …`."""
    made: list[str] = []
    place = 0
    while place < len(lines):
        start = re.fullmatch(r"( +)zh: (.*)", lines[place])
        if start is None or not made or not made[-1].endswith(":"):
            made.append(lines[place])
            place += 1
            continue
        both: dict[str, list[str]] = {}
        for one in WRITTEN:
            end = place + 1
            while end < len(lines) and _is_below(lines, end, len(start[1])):
                end += 1
            both[one] = [lines[place].removeprefix(f"{start[1]}{one}: "), *lines[place + 1 : end]]
            place = end
        first, *rest = both[language]
        made[-1] += f" {first}"
        made.extend(line.removeprefix("  ") for line in rest)
    return made


def _is_below(lines: Sequence[str], place: int, depth: int) -> bool:
    """Whether a line goes on with the text of a key at this depth; an empty one where the next one does."""
    line = lines[place]
    if not line.strip():
        return place + 1 < len(lines) and _is_below(lines, place + 1, depth)
    return len(line) - len(line.lstrip()) > depth
