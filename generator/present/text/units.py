"""A unit as one language says it: before or behind its number, in the size of the data or in another.

12.51 万元/人 is CNY 125,100 per head in English: the data are in 万元, English words count in yuan. What is
shown is rounded in the unit of the data, so that every language tells the same figure.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import log10
from unicodedata import east_asian_width

THIN, FULL = "\u202f", "\u00a0"
"""Between a number and its unit: thin before a sign or Chinese, a whole space before a word of letters, which
would stand at the number like one word."""

_PLURAL = re.compile(r"(?:(?<=[a-z]{2})(?P<y>ies)|(?<=ch|sh|ss|zz)es|(?<=x)es|(?<=[b-hj-np-rtv-z])s)\Z")
"""What English words have at their end where they count several; not the s of "gas", "bus" or "loss"."""


class SaidUnit(str):
    """A unit; as a string it is the whole of it, for the head of a column or an axis."""

    __slots__ = ("before", "behind", "size")

    before: str
    """What stands before the number."""
    behind: str
    """What stands behind it."""
    size: float
    """What a value of the data is multiplied by: a power of ten, mostly 1."""

    def __new__(cls, text: str, before: str = "", size: float = 1.0) -> SaidUnit:
        """`before` is the beginning of the text that stands before the number."""
        made = super().__new__(cls, text)
        made.before, made.behind = before, text.removeprefix(before).strip()
        made.size = size
        return made


def opening(text: str, per: str) -> str:
    """What of a unit stands before a number: CNY of "CNY per head", $ of "$/h"; `per` is the word for it."""
    return re.split(rf"\s*/|\s+{re.escape(per)}\s", text, maxsplit=1)[0] or text


def around(number: str, unit: str) -> tuple[str, ...]:
    """The pieces of a number with its unit, which stands before or behind it, or on both sides."""
    if not unit:
        return (number,)
    if not isinstance(unit, SaidUnit):
        return number, f"{_gap(unit)}{unit}"
    head = f"{unit.before}{_gap(unit.before) if unit.before[-1].isalpha() else ''}" if unit.before else ""
    gap = "" if unit.before and unit.behind.startswith("/") else _gap(unit.behind)
    return head, number, f"{gap}{unit.behind}" if unit.behind else ""


def of_one(unit: str, per: str) -> str:
    """An English unit as it stands behind 1: "day" of "days", "ticket per head" of "tickets per head"."""
    counted, *rest = re.split(rf"(?=\s*/|\s+{re.escape(per)}\s)", unit, maxsplit=1)
    said = _PLURAL.sub(lambda found: "y" if found["y"] else "", counted) + "".join(rest)
    return SaidUnit(said, unit.before, unit.size) if isinstance(unit, SaidUnit) else said


def _gap(beside: str) -> str:
    first = beside[:1]
    return FULL if first.isalpha() and east_asian_width(first) not in "WF" else THIN


def shift(size: float) -> int:
    """By how many digits a size moves the point."""
    return round(log10(size))


def as_times(size: float) -> int | Fraction:
    """What a mark says that its text is times the figure: whole, or a fraction below one."""
    return round(size) if size >= 1 else Fraction(1, round(1 / size))
