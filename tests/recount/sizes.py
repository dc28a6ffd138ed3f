"""In which size a language counts an indicator: CNY 125,100 for 12.51 万元, by the files alone.

A figure in an indicator's unit that a page tells in another size says so in its mark; the text is the figure
times it, rounded in the unit of the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from tests.recount.marks import Mark

IN_UNIT = re.compile(
    r"/(value|target|floor|stretch|lower|upper|centre|baseline|base|mean|absolute|gap)$"
    r"|/(interval|range)/\d$|/limits/"
)
"""Figures that are in the unit of their indicator, by the end of their name."""


def size_of(indicator: Mapping[str, Any], language: str) -> Fraction:
    """What an indicator's values are multiplied by in the words of a language."""
    return Fraction(str(indicator.get("unit_factor", {}).get(language, 1)))


def wrongly_sized(indicators: Mapping[str, Mapping[str, Any]], language: str, mark: Mark) -> str:
    """Why a number is not told in the size of the page's language; empty where it is, or is in no unit."""
    own = [indicators[part] for part in re.split(r"[/@;~]", mark.name) if part in indicators]
    if not own or not IN_UNIT.search(mark.name):
        return ""
    size = size_of(own[-1], language)
    told = abs(Fraction(mark.of or 1))
    if told != size:
        return f"{mark} is told times {told}, and {language} counts times {size}"
    return (
        ""
        if size == 1 or _rounded(mark, size, int(own[-1].get("decimals", 1)))
        else f"{mark} is not {size} times it"
    )


def _rounded(mark: Mark, size: Fraction, decimals: int) -> bool:
    """Whether the text is the figure times the size, rounded in the data's unit to its decimals or more."""
    shown = Fraction(mark.text.replace(",", "").replace("\u2212", "-").replace("+", "")) / size
    if mark.of.startswith("-"):
        shown = -shown
    exact = Decimal(mark.value)
    return any(
        Fraction(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)) == shown
        for digits in range(decimals, 13)
    )
