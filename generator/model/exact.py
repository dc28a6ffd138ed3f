"""Sums, means and ratios as if by hand: reckoned in the decimals that were read, and rounded once at the end.

0.1 + 0.2 is 0.3 here. The result is the number nearest to the exact figure, so that a quarter of 1.6, 2.7 and
2.9 is 2.4 and a share of 29 in 100 is 29 %, on pages and in exports alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

from generator.model.written import settled

_EXACT = Context(prec=60)
"""Enough digits for any sum of numbers of everyday size; a quotient that never ends is cut far behind the
last digit that a machine's number can hold."""
_WIDE = Context(prec=400)
"""Enough for every digit of the largest number with all its decimals."""


def total(values: Sequence[float]) -> float:
    """The sum."""
    return float(_added([_read(value) for value in values]))


def mean(values: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """The mean, weighted where weights are given. ZeroDivisionError where there is nothing to divide by."""
    counts = [Decimal(1)] * len(values) if weights is None else [_read(weight) for weight in weights]
    whole = _added(counts)
    if not whole:
        raise ZeroDivisionError("there is nothing to take the mean of")
    parts = [_EXACT.multiply(_read(value), count) for value, count in zip(values, counts, strict=True)]
    return float(_EXACT.divide(_added(parts), whole))


def ratio(numerator: float, denominator: float, factor: float = 1.0) -> float:
    """numerator / denominator × factor. ZeroDivisionError where the denominator is 0."""
    if not denominator:
        raise ZeroDivisionError("the denominator is 0")
    return float(_EXACT.divide(_EXACT.multiply(_read(numerator), _read(factor)), _read(denominator)))


def counted(numbers: Iterable[int]) -> int:
    """How many they are together. Only whole numbers are added by `sum`: what it makes of others differs from
    one Python to the next (from 3.12 on it carries what rounding took away)."""
    return sum(numbers)


def minus(value: float, other: float) -> float:
    """value − other: 94.96 − 95 is −0.04."""
    return float(_EXACT.subtract(_read(value), _read(other)))


def times(value: float, count: float) -> float:
    """value × count."""
    return float(_EXACT.multiply(_read(value), _read(count)))


def rounded(value: float, decimals: int) -> Decimal:
    """As people round, a half to the even digit; of any finite number, however large.

    Of the number as it is written, so that a figure and its words are never a digit apart.
    """
    return Decimal(repr(settled(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN, _WIDE)


def _added(numbers: Sequence[Decimal]) -> Decimal:
    summed = Decimal(0)
    for number in numbers:
        summed = _EXACT.add(summed, number)
    return summed


def _read(number: float) -> Decimal:
    """The shortest decimal that is read as this number, which is what its author wrote."""
    # A zero may be negative, and would be the same to what remembers numbers.
    return _known(number) if number else Decimal(repr(float(number)))


@lru_cache(maxsize=1 << 14)
def _known(number: float) -> Decimal:
    """A value is taken with its target, with the period before and the year before, and into longer ones."""
    return Decimal(repr(float(number)))
