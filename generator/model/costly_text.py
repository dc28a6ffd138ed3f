"""Markdown that would take minutes to read: brackets that nothing closes, and lists without an end.

For each `[` and each `](` Markdown looks on to what closes it, at worst to the end of the paragraph; twenty
thousand of them take a minute. A definition list is gone into item by item, as deep as Python can. No text
that somebody wrote comes near these bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.exact import counted

MOST_STEPS = 20_000_000
"""Letters that may be gone over in search of closing brackets: one or two seconds."""
MOST_DEFINITIONS = 150
"""Lines that begin with `:` in a block of a hand-written page."""
_SHORT = 2_000
"""Letters of a text in which nothing can take long."""
_gap = re.compile(r"\n[ \t]*\n")
_bracket = re.compile(r"[\[\]]")
_definition = re.compile(r"^ {0,3}:[ \t]", re.MULTILINE)


def too_costly(text: str, page: bool = False) -> tuple[int, str] | None:
    """Which line (from 0) begins a block that would take too long, and what is wrong with it.

    `page`: a hand-written page, which knows definition lists; texts of the data do not.
    """
    if len(text) < _SHORT:
        return None
    for line, block in _blocks(text):
        if block.count("[") * len(block) > MOST_STEPS and _steps(block) > MOST_STEPS:
            return (
                line,
                f"{block.count('[')} opening brackets '[' in one paragraph, most of them never closed",
            )
        if (
            page
            and block.count(":") > MOST_DEFINITIONS
            and len(_definition.findall(block)) > MOST_DEFINITIONS
        ):
            return line, f"more than {MOST_DEFINITIONS} definitions (lines with ':') without an empty line"
    return None


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs, and whatever else stands between empty lines, with the line each begins at."""
    line = start = 0
    for gap in _gap.finditer(text):
        yield line, text[start : gap.start()]
        line += text.count("\n", start, gap.end())
        start = gap.end()
    yield line, text[start:]


def _steps(block: str) -> int:
    """How many letters are gone over from every opening bracket to what closes it."""
    steps, open_ = 0, []
    for found in _bracket.finditer(block):
        if found[0] == "[":
            open_.append(found.start())
        elif open_:
            steps += found.start() - open_.pop()
        if found[0] == "]" and block.startswith("(", found.end()):
            closing = block.find(")", found.end())
            steps += (closing if closing >= 0 else len(block)) - found.end()
        if steps > MOST_STEPS:
            return steps
    return steps + counted(len(block) - at for at in open_)
