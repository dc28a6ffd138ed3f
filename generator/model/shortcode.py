"""Shortcodes in texts of authors: `{{ value order-cycle-time pilot=north period=2026-09 }}`.

They stand in hand-written pages and in every Markdown field of the data. Read the same way by `check`, which
tells what is wrong with its line and column, and by the pages, which put what they name in their place. What
begins with no letter (`{{ 7*7 }}`), and what stands in code, in a comment or behind a backslash, is text, so
that a page can show how one is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

ShortcodeKind = Literal["value", "status", "table", "chart", "map", "case"]
KINDS: tuple[str, ...] = get_args(ShortcodeKind)
BLOCKS = ("table", "chart", "map", "case")
"""Kinds that take lines of their own; the others stand within a sentence."""
NAMES = {
    "value": ("pilot", "period"),
    "status": ("pilot", "period"),
    "table": ("pilot", "last"),
    "chart": ("pilot",),
    "map": ("map",),
    "case": (),
}
"""What may be named besides the thing itself; those of indicators also name a cell by its dimensions."""
MAPS = {"as-is": "as_is", "to-be": "to_be"}
HIDDEN, LATER = "(hidden)", "(later)"
"""What stands in the place of a thing that a part of the handbook lacks; no id is written so."""
OF_INDICATORS = ("value", "status", "table", "chart")
_fence = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})")
_ticks = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))*?(?<!`)\1(?!`)")
_shortcode = re.compile(r"(?<![\\${])\{\{(?!\{)(?P<said>[ \t]*(?:[^\W\d_][^{}\n]*)?)\}\}(?!\})")
_word = re.compile(r"(?:(?P<name>[^\s=\"]+)=)?(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"]+))")
_nests = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===|\[\^|:[ \t]|>)")


@dataclass(frozen=True, slots=True)
class ShortcodeWord:
    """One word of a shortcode: `pilot=north`, or the thing by itself, whose name is empty."""

    name: str
    value: str
    at: int
    """Where it begins in the text."""


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One shortcode where it stands in a text."""

    start: int
    end: int
    kind: str
    """As it is written; one of `KINDS` where it is right."""
    at: int
    """Where the kind is written."""
    words: tuple[ShortcodeWord, ...]
    alone: bool
    """Nothing else stands on its line but marks of lists and quotes."""
    in_heading: bool
    named: dict[str, str] = field(default_factory=dict, compare=False)
    """Values by name, the first of each."""

    @property
    def thing(self) -> str:
        """The indicator, process or case that is asked for; empty where none is named."""
        return self.named.get("", "")

    @property
    def cell(self) -> dict[str, str]:
        """The part of the results by dimension."""
        own = ("", *NAMES.get(self.kind, ()))
        return {name: value for name, value in self.named.items() if name not in own}


def shortcodes(markdown: str) -> Iterator[Shortcode]:
    """All that a text asks for, in order; what stands in code, comments or behind a backslash is none."""
    if "{{" not in markdown:
        return
    text = without_code(markdown)
    for found in _shortcode.finditer(text):
        first = text.rfind("\n", 0, found.start()) + 1
        last = text.find("\n", found.end())
        yield _read(found, text[first : found.start()], text[found.end() : last if last >= 0 else None])


def _read(found: re.Match[str], before: str = "", after: str = "") -> Shortcode:
    """One shortcode, with what stands before and after it on its line."""
    words = list(_words(found["said"], found.start("said")))
    kind = words.pop(0) if words else ShortcodeWord("", "", found.start())
    named: dict[str, str] = {}
    for word in words:
        named.setdefault(word.name, word.value)
    return Shortcode(
        start=found.start(),
        end=found.end(),
        kind=kind.value if not kind.name else f"{kind.name}={kind.value}",
        at=kind.at,
        words=tuple(words),
        alone=not re.sub(r"[-*+>]|\d+[.)]", "", before).strip() and not after.strip(),
        in_heading=before.lstrip().startswith("#"),
        named=named,
    )


def without_things(markdown: str, gone: Callable[[Shortcode], bool], instead: str) -> str:
    """The text without the names in every shortcode that is `gone`, in code and comments too.

    `{{ value secret pilot=north }}` becomes `{{ value (hidden) }}`.
    """
    if "{{" not in markdown:
        return markdown
    return _shortcode.sub(
        lambda found: f"{{{{ {code.kind} {instead} }}}}" if gone(code := _read(found)) else found[0], markdown
    )


def _words(said: str, start: int) -> Iterator[ShortcodeWord]:
    for found in _word.finditer(said):
        value = found["bare"] if found["quoted"] is None else found["quoted"]
        yield ShortcodeWord(found["name"] or "", value, start + found.start())


def without_code(markdown: str) -> str:
    """The text with blanks for all that is code or a comment, each letter at its place.

    Nothing here goes over a text more than a few times, whatever stands in it.
    """
    lines = markdown.split("\n")
    _blank_fences(lines)
    text = _ticks.sub(lambda code: _blank(code[0]), "\n".join(lines))
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], _blank(text[start : end + 3])]
        at = end + 3
    lines = "".join((*parts, text[at:])).split("\n")
    _blank_indented(lines)
    return "\n".join(lines)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blank_fences(lines: list[str]) -> None:
    """Code between fences; one that nothing closes goes on to the end."""
    fence = ""
    for number, line in enumerate(lines):
        if fence:
            said = line.strip(" \t>")
            closed = len(said) >= len(fence) and not said.strip(fence[0])
            lines[number] = " " * len(line)
            fence = "" if closed else fence
        elif found := _fence.match(line):
            fence = found[1]
            lines[number] = " " * len(line)


def _blank_indented(lines: list[str]) -> None:
    """Code by its indentation: four blanks after an empty line, in no list, note or quote."""
    nested, blank, code = False, True, False
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if not line.startswith(("    ", "\t")):
            nested, code = bool(_nests.match(line)), False
        elif code or (blank and not nested):
            lines[number], code = " " * len(line), True
        blank = False
