"""What stays on one line: a date, a range, and a number with what it counts.

A browser breaks 2026年|9月, 5|个 and 3|pilots at the end of a line, and the reader has to put them together.
Dates and ranges get an element that does not break, the blank between a number and the word behind it
becomes one that does not break, whatever the word: no list of nouns would be whole. The words stay the same
for who searches, copies or listens. A person's Chinese name is kept whole before the Latin one that is joined
to it. A number stands thin apart from its %, whoever wrote it. Drawings, lists to choose from and attributes
are left as they are.
"""

from __future__ import annotations

import re

from generator.present.text.units import THIN

KEPT = "<h-d>{}</h-d>"
"""An element of our own: short, because a page has hundreds; the style sheet keeps it whole."""
ROW = '<th scope="row">'
"""Heads of rows that are a date: the style sheet keeps them whole, and tables have hundreds."""
NBSP = "\u00a0"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_CODES = "CNY|EUR|USD|GBP|JPY|HKD"
_apart = re.compile(r"(<svg\b.*?</svg>|<select\b.*?</select>|<pre\b.*?</pre>)", re.DOTALL)
_latin = re.compile(NBSP + "(?=[A-Z])")
_signs = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}\Z")
_needless = re.compile(
    r"(</(?:td|th|tr|li|p|div|dl|dd|dt|table|tbody|thead|ul|ol|figure|summary|details|h\d)>"
    r"|<(?:table|thead|tbody|tr|ul|ol|dl|div|figure|details)(?: [^<>]*)?>)\n(?=<)"
)
"""Line breaks that a browser drops."""
_dot = re.compile(r" · (?![^<>]*>)")
"""The dot between two facts: no line begins with it."""
_unit = re.compile(
    rf"(?:[{THIN}{NBSP}](?:个百分点|个工作日|小时|分钟|百分点|万元(?:/[\u4e00-\u9fff])?)"
    rf"|{THIN}[\u4e00-\u9fff/]{{2,5}}(?![\u4e00-\u9fff]))(?![^<>]*>)"
)
"""A Chinese unit of several signs behind its number: one of those that words follow, or all signs up to the
next that is none."""
_percent = re.compile(r"(?<=\d) ?%(?![^<>]*>)")
"""Labels and authors write 98% or 98 %; figures stand by one rule, thin apart."""
_part = re.compile(
    r"[\dJFMASONDQHCEUG第]"
    r"(?:(?<=\d)(?:"
    r"(?:\d{3}年(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|[上下]半年|第\d{1,2}周)?|\d?月(?:\d{1,2}日)?)(?P<date>)"
    rf"|(?<!\w.)\d? (?:{_MONTHS})(?: \d{{4}})?\b"
    r"|(?<![\d.,A-Za-z].)[\d.,]*[\u4e00-\u9fff](?P<joined>)"
    r"|(?:</data>)? (?=(?:<[a-z][^<>]*>)?[A-Za-z\u4e00-\u9fff]))"
    rf"|..(?<={_MONTHS})(?<!\w...) \d{{4}}\b"
    r"|[1-4](?<=[QH].)(?<!\w..) \d{4}\b"
    rf"|..(?<={_CODES})(?<!\w...) (?=\d|<data)"
    r"|(?<=第) (?=\d|<data))"
)
"""A date of Chinese signs, else a day, a month, a count or what stands before a number. It begins with all
signs that any of them begins with, and looks back for which one it was: found five times as fast as from a
list of whole expressions, which is tried at every letter of a page."""

_digits = r"[+\u2212]?\d[\d.,]*(?:\u202f?%)?"
_number = rf"(?:<data\b[^<>]*>{_digits}</data>|{_digits})"
_least = re.compile(rf"(?<![A-Za-z0-9_.,]){_number}\Z")
_most = re.compile(rf"[\u2013\uff5e](?:<h-d>[^<>]*</h-d>|{_number})(?![^<>]*>)")
"""The halves of a range: a browser breaks 11.99|\uff5e12.81 on either side of the sign. The sign is looked
for, and from it the number before: numbers are everywhere, ranges are few."""
_REACH = 300
"""Letters before the sign among which the number is, with its mark."""


def unbroken(html: str) -> str:
    """The HTML with dates and counted numbers that stay on one line."""
    pieces = _apart.split(html)
    return "".join(piece if place % 2 else _in_text(piece) for place, piece in enumerate(pieces))


def _in_text(html: str) -> str:
    html = _percent.sub(THIN + "%", html)
    html = _dot.sub(NBSP + "· ", _with_names(_needless.sub(r"\1", html)))
    done, place, looked, inside = [], 0, 0, False
    for found in _part.finditer(html):
        start = found.start()
        # Within a tag: the last angle bracket before it opened one.
        opened, closed = html.rfind("<", looked, start), html.rfind(">", looked, start)
        if opened >= 0 or closed >= 0:
            inside = opened > closed
        looked = start
        if inside or (html.endswith(ROW, 0, start) and html.startswith("</th>", found.end())):
            continue
        words = found[0]
        done += [html[place:start], _kept(found.lastgroup, words)]
        place = found.end()
    done.append(html[place:])
    return _unit.sub(_whole, _with_ranges("".join(done)))


def _whole(unit: re.Match[str]) -> str:
    return unit[0][0] + KEPT.format(unit[0][1:])


def _with_ranges(html: str) -> str:
    """The two numbers of a range kept together."""
    done, place = [], 0
    for most in _most.finditer(html):
        least = _least.search(html, max(place, most.start() - _REACH), most.start())
        if least:
            done += [html[place : least.start()], KEPT.format(least[0] + most[0])]
            place = most.end()
    return "".join([*done, html[place:]])


def _with_names(html: str) -> str:
    """The Chinese signs of each name kept together: 郑凯, then a blank that does not break, then Zheng."""
    done, place = [], 0
    for found in _latin.finditer(html):
        name = _signs.search(html, max(place, found.start() - 5), found.start())
        if name and html.rfind("<", 0, name.start()) <= html.rfind(">", 0, name.start()):
            done += [html[place : name.start()], KEPT.format(name[0])]
            place = found.start()
    return "".join([*done, html[place:]])


def _kept(kind: str | None, words: str) -> str:
    return KEPT.format(words) if kind in ("date", "joined") else words.replace(" ", NBSP)
