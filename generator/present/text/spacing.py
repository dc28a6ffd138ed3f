"""How Chinese stands beside Latin letters and figures: one space between them, none between Chinese words.

A label cannot know what it is filled with: 按{period}的结果 meets 2026年三季度, which begins with a figure
and ends in a Chinese word. So the seams between a label and what is put into it are set when both are
known. A space between two names separates them and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

AS_WRITTEN = ("period.", "axis.")
"""Labels of dates: 2026年9月 is one word, in which figures stand close."""
_word_then_space = re.compile(r"[\u3400-\u9fff] \Z")
_first, _last = re.compile(r"(?:<[^<>]*>)*([^<>])"), re.compile(r"([^<>])(?:<[^<>]*>)*\Z")
_space_then_word = re.compile(r" [\u3400-\u9fff]")


def spaced(parts: Sequence[str]) -> list[str]:
    """The pieces of a label with their seams set; every second one is what was put in, the first is not."""
    done: list[str] = []
    before = ""
    for place, piece in enumerate(parts):
        if not piece:
            continue
        part, put_in = piece, place % 2 == 1
        first, last = _seen(part)
        if done:
            if put_in and done[-1][-1] == " " and _word_then_space.search(done[-1]) and _is_chinese(first):
                done[-1] = done[-1][:-1]
            elif not put_in and part[0] == " " and _is_chinese(before) and _space_then_word.match(part):
                part = part[1:]
            elif _apart(before, first):
                done.append(" ")
        done.append(part)
        before = last
    return done


def _seen(part: str) -> tuple[str, str]:
    """The first and the last letter that a reader sees: of HTML without the tags around it."""
    if isinstance(part, Markup) and "<" in part:
        first, last = _first.match(part), _last.search(part)
        return (first[1] if first else part[0]), (last[1] if last else part[-1])
    return part[0], part[-1]


def _apart(left: str, right: str) -> bool:
    if _is_chinese(left):
        return _is_latin(right)
    return (_is_latin(left) or left == "%") and _is_chinese(right)


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _is_latin(letter: str) -> bool:
    """Of letters and digits; every seam of every text on a page is asked."""
    return letter.isascii() and letter.isalnum()
