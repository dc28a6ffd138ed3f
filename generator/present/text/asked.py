"""What texts of the data ask for by shortcodes: kept aside while pages are made, and put in when they are.

A text does not know on which page it will stand, and a piece of a page holds addresses that depend on it. So
Markdown keeps a mark of two letters that nobody writes, with a number between them; `parts/told_texts.py`
puts the pieces in their places. Where only words can stand (titles, search, feeds) a shortcode is said in
words at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.model.shortcode import KINDS, Shortcode, shortcodes

OPEN, CLOSE = "\ue010", "\ue011"
LINE = "l"
"""After the number: the mark stands within a line, where a chart, table or map has no room."""
_mark = re.compile(f"{OPEN}([0-9]+)({LINE}?){CLOSE}")
_tag = re.compile(r"<[A-Za-z/!](?:[^\"'>]|\"[^\"]*\"|'[^']*'){0,1000}>")
_paragraph = re.compile(rf"<p>\s*({OPEN}[0-9]+{LINE}?{CLOSE})\s*</p>")


class AskedShortcodes:
    """The shortcodes that texts of the data hold, numbered as they come."""

    def __init__(self) -> None:
        self.codes: list[Shortcode] = []
        self.say: Callable[[str], str] = _silent
        """A text with words in the place of its shortcodes; whoever has figures sets it."""
        self._numbers: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}

    def marked(self, markdown: str, within_line: bool = False) -> str:
        """The text with a mark in the place of each shortcode that can be shown."""
        if "{{" not in markdown:
            return markdown
        parts, at = [], 0
        for code in shortcodes(markdown):
            if code.kind in KINDS:
                number = self._number(code)
                parts += [markdown[at : code.start], f"{OPEN}{number}{LINE if within_line else ''}{CLOSE}"]
                at = code.end
        return "".join((*parts, markdown[at:]))

    def _number(self, code: Shortcode) -> int:
        key = (code.kind, tuple(sorted(code.named.items())))
        if key not in self._numbers:
            self._numbers[key] = len(self.codes)
            self.codes.append(code)
        return self._numbers[key]


def has_marks(html: str) -> bool:
    """Whether anything is to be put into a piece of HTML."""
    return OPEN in html


def put_in(html: str, piece: Callable[[int, bool], str]) -> str:
    """The HTML with `piece(number, within a line)` at every mark; in a tag (a link's title) with nothing."""
    html = _paragraph.sub(lambda found: _framed(found[1], piece), without_marks_in_tags(html, _mark))
    return _mark.sub(lambda found: piece(int(found[1]), bool(found[2])), html)


def without_marks_in_tags(html: str, marks: re.Pattern[str]) -> str:
    """The HTML without marks in its tags, where a piece would end an attribute, as that of a link's title."""
    return _tag.sub(lambda tag: tag[0] if tag[0].isascii() else marks.sub("", tag[0]), html)


def _framed(mark: str, piece: Callable[[int, bool], str]) -> str:
    """A piece that stands alone: a value is still a sentence, a chart takes the paragraph's place."""
    found = _mark.fullmatch(mark)
    if found is None:
        return mark
    html = piece(int(found[1]), bool(found[2]))
    return f"<p>{html}</p>" if html.startswith(("<span", "<a ")) else html


def _silent(markdown: str) -> str:
    """Without figures at hand, no words: a text must not show how it was written."""
    parts, at = [], 0
    for code in shortcodes(markdown):
        parts.append(markdown[at : code.start])
        at = code.end
    return "".join((*parts, markdown[at:]))
