"""Slips of the keyboard that YAML takes for something else: full-width signs, blanks that are none, left-over
merge conflicts, signs that open what was not meant. Each is named, because most of them cannot be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BLANKS = {
    "\u00a0": "a no-break space (U+00A0)",
    "\u3000": "a full-width space (U+3000)",
    "\u2003": "an em space (U+2003)",
    "\u2007": "a figure space (U+2007)",
    "\u2009": "a thin space (U+2009)",
    "\u202f": "a narrow no-break space (U+202F)",
    "\u200b": "a zero-width space (U+200B)",
    "\u200c": "a zero-width mark (U+200C)",
    "\u200d": "a zero-width mark (U+200D)",
    "\u200e": "a mark of writing direction (U+200E)",
    "\u200f": "a mark of writing direction (U+200F)",
    "\u2060": "a word joiner (U+2060)",
    "\ufeff": "a byte order mark (U+FEFF)",
    "\u00ad": "a soft hyphen (U+00AD)",
}
"""What looks like a space, or like nothing, and is none to YAML."""
_blank = f"[{''.join(BLANKS)}]"
_head = r"^[ \t]*(?:-[ ]+)*"
_name = r"[A-Za-z_][\w-]*"
_indented = re.compile(rf"{_head}({_blank})")
_colon = re.compile(rf"({_head}({_name}))：", re.ASCII)
_after = re.compile(rf"({_head}({_name}):)({_blank})", re.ASCII)
_listed = re.compile(rf"({_head}{_name}:[ ]+)-[ ]", re.ASCII)
_opened = re.compile(rf"({_head}(?:{_name}:)?[ ]*)([>|!&*%@`])(?!$)", re.ASCII)
_wide_comma = re.compile(rf"[{{,].*?([，；、])[ ]*({_name}):", re.ASCII)
_wide_colon = re.compile(rf"({_name})：", re.ASCII)
_ours = re.compile(r"^<{7}(?: |$)", re.MULTILINE)
_theirs = re.compile(r"^>{7}(?: |$)", re.MULTILINE)
_WIDE = {
    "（": "(",
    "）": ")",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
    "｛": "{",
    "｝": "}",
    "〔": "[",
    "〕": "]",
}
"""Brackets that a Chinese keyboard writes, and the ones that files hold."""
_bracket = re.compile(rf"[{''.join(_WIDE)}]")
_opened_wide = re.compile(rf"{_head}({_name}):[ ]*([【［｛〔])", re.ASCII)
SEPARATORS = {"，": "full-width comma", "、": "Chinese comma", "；": "full-width semicolon"}


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong at a column (from 0) of a line, and what to do."""

    column: int
    message: str
    hint: str


def conflict(text: str) -> tuple[int, int] | None:
    """The first and the last line (from 0) of a merge conflict that nobody resolved."""
    ours = _ours.search(text)
    theirs = _theirs.search(text, ours.end()) if ours else None
    return (
        (text.count("\n", 0, ours.start()), text.count("\n", 0, theirs.start())) if ours and theirs else None
    )


def slip_in(line: str) -> Slip | None:
    """The slip in a line at which, or below which, YAML could not go on."""
    if found := _indented.match(line):
        return Slip(found.start(1), f"the line is indented by {BLANKS[found[1]]}", "indent with plain spaces")
    if found := _colon.match(line):
        return Slip(found.end(1), f"a full-width colon '：' after '{found[2]}'", f"write '{found[2]}: '")
    if found := _opened_wide.match(line):
        return _wide(found.start(2), found[2], found[1])
    if found := _wide_comma.search(line):
        message = f"a {SEPARATORS[found[1]]} '{found[1]}' before '{found[2]}:'"
        return Slip(found.start(1), message, "write ', ' between items")
    if found := _after.match(line):
        message = f"after '{found[2]}:' stands {BLANKS[found[3]]}"
        return Slip(found.end(1), message, "put a plain space after the colon")
    if found := _listed.match(line):
        hint = "put each '- …' into a line of its own below the key, or the text in quotes"
        return Slip(found.end(1), "a list begins in the line of its key", hint)
    if found := _opened.match(line):
        text = line[found.end(1) :].strip()
        shown = text if len(text) <= 20 else f"{text[:19]}…"
        return Slip(found.end(1), f"a text cannot begin with '{found[2]}'", f"put it in quotes: '{shown}'")
    return None


def slip_in_key(key: str) -> Slip | None:
    """A key that is one only because a sign or a blank is not what it looks like."""
    if key[:1] in BLANKS:
        return Slip(0, f"the line is indented by {BLANKS[key[0]]}", "indent with plain spaces")
    if found := _wide_colon.match(key):
        return Slip(found.end(1), f"a full-width colon '：' after '{found[1]}'", f"write '{found[1]}: '")
    if (found := _bracket.search(key)) and key[:1].isascii():
        return remark_in(key, found)
    return None


def remark_in(name: str, found: re.Match[str] | None = None) -> Slip | None:
    """A full-width bracket in a key or a head, mostly with a remark or a unit in it; None without one."""
    found = found or _bracket.search(name)
    if found is None:
        return None
    alone = name[: found.start()].strip()
    hint = f"write '{alone}' alone" if alone else "leave out the brackets"
    return Slip(found.start(), f"a full-width bracket '{found[0]}' in '{name}'", hint)


def wide_bracket(value: str) -> Slip | None:
    """A text that was meant as a list or a mapping: it begins with a full-width bracket."""
    sign = value[:1]
    return _wide(0, sign, "") if _WIDE.get(sign, "(") in "[{" else None


def _wide(column: int, sign: str, key: str) -> Slip:
    where = f" after '{key}:'" if key else ""
    return Slip(column, f"a full-width bracket '{sign}'{where}", f"write '{_WIDE[sign]}'")


def one_item(text: str) -> Slip | None:
    """The only item of a list, without quotes, in which a sign stands that seems to part several."""
    for place, sign in enumerate(text):
        if sign in SEPARATORS:
            message = f"the list has one item, with a {SEPARATORS[sign]} '{sign}' in it"
            return Slip(place, message, "write ', ' between items; if it is one, put it in quotes")
    return None
