"""Markdown that would take minutes to read, or more depth than Python has.

For each `[` and each `](` Markdown looks on to what closes it, at worst to the end of the paragraph; twenty
thousand of them take a minute. Lists in lists, and words stressed within stressed ones, are gone into level
by level, a definition list item by item, and Python ends at a thousand. No text that somebody wrote comes
near these bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.exact import counted

MOST_STEPS = 20_000_000
"""Letters that may be gone over in search of closing brackets: one or two seconds."""
MOST_DEFINITIONS = 150
"""Lines that begin with `:` in a block of a hand-written page."""
MOST_LEVELS = 100
"""Lists in lists; four letters of indentation are a level."""
MOST_STRESSED = 300
"""Stars and underlines of a hand-written paragraph that are open at once."""
_SHORT = 400
"""Letters of a text in which nothing can take long."""
_gap = re.compile(r"\n[ \t]*\n")
_bracket = re.compile(r"[\[\]]")
_definition = re.compile(r"^ {0,3}:[ \t]", re.MULTILINE)
_item = re.compile(r"^([ \t]*)((?:(?:[-*+>]|\d{1,9}\.)[ \t]+)+)", re.MULTILINE)
_rule = re.compile(r"[-*_ \t]*")
_stress = re.compile(r"[*_]+")


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
        if _levels(block) > MOST_LEVELS:
            return line, f"lists within lists, more than {MOST_LEVELS} deep"
        if page and _stressed(block) > MOST_STRESSED:
            return line, f"more than {MOST_STRESSED} stars or underlines of one paragraph are open at once"
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


def _levels(block: str) -> int:
    """How deep the deepest item of a list stands in others."""
    deepest = 0
    for found in _item.finditer(block):
        if len(found[0]) > MOST_LEVELS and not _rule.fullmatch(block[found.start() :].partition("\n")[0]):
            deepest = max(deepest, len(found[1].expandtabs(4)) // 4 + len(found[2].split()))
    return deepest


def _stressed(block: str) -> int:
    """How many marks of stress are open at once at most."""
    if block.count("*") + block.count("_") <= MOST_STRESSED:
        return 0
    most = open_ = 0
    for found in _stress.finditer(block):
        before, after = block[max(0, found.start() - 1) : found.start()], block[found.end() : found.end() + 1]
        if after.strip() and not before.isalnum():
            open_ += len(found[0])
        elif before.strip() and not after.isalnum():
            open_ = max(0, open_ - len(found[0]))
        most = max(most, open_)
    return most


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
