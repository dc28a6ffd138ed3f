"""The one place where values are held against bars, limits and each other.

Binary numbers cannot write most decimals: 29/100 × 100 comes out as 28.999999999999996, and the mean of 1.6,
2.7 and 2.9 as 2.4000000000000004. Plain `<` would call the one short of 29 and the other worse than 2.4. Two
things keep that out. `generator.model.exact` rolls up in decimals and rounds once, so that a figure is the
number nearest to its exact value. And everything is compared here, where two numbers that differ by less than
a billionth of the greater one are the same: that also covers what a spreadsheet reckoned before.
Source: the computations page, section 2.
"""

from __future__ import annotations

import math
from typing import Literal

from generator.model.exact import rounded

Direction = Literal["higher", "lower", "range"]

RELATIVE = 1e-9
"""Share of the greater number below which two numbers are the same."""
ABSOLUTE = 1e-12
"""Least difference that counts near 0: a thousandth of the last of nine decimals."""


def same(value: float, other: float) -> bool:
    """Whether two numbers are the same figure."""
    return math.isclose(value, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def below(value: float, other: float) -> bool:
    """Whether a number is truly less than another one."""
    return value < other and not same(value, other)


def above(value: float, other: float) -> bool:
    """Whether a number is truly more than another one."""
    return below(other, value)


def better(value: float, other: float, direction: Direction | None) -> bool:
    """Whether a value is truly better than another one; `lower` turns it round."""
    return below(value, other) if direction == "lower" else above(value, other)


def reaches(value: float, bar: float, direction: Direction | None) -> bool:
    """Whether a value is at the bar or beyond it."""
    return not better(bar, value, direction)


def inside(value: float, interval: tuple[float, float]) -> bool:
    """Whether a value lies in an interval, its ends included."""
    low, high = interval
    return not below(value, low) and not above(value, high)


def moved(difference: float | None, decimals: int) -> bool:
    """Whether a difference shows at all in the digits that are told; below the last of them nothing moved."""
    if difference is None or not math.isfinite(difference):
        return False
    return bool(rounded(difference, decimals))


def decimals_apart(value: float, bar: float, decimals: int) -> int:
    """The fewest decimals, at least `decimals`, at which a value does not read like a bar that it is not at.

    94.96 against 95 needs two: "95.0, short of 95" would be untrue.
    """
    if same(value, bar):
        return decimals
    places = decimals
    while places < MOST_DECIMALS and rounded(value, places) == rounded(bar, places):
        places += 1
    return places


MOST_DECIMALS = 15
"""A double has no more digits behind the point that could tell figures of everyday size apart."""
