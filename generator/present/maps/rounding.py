"""Rounds figures that are shown with their total so that what is read adds up to what is read."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, fsum

from generator.model.exact import counted


def apportioned(values: Sequence[float], decimals: int, total: float | None = None) -> tuple[float, ...]:
    """The values rounded so that their sum is `total`, else the rounded sum (largest remainders).

    `total` is a sum that is shown already, at most one unit of the last digit from the rounded one; without
    it no value moves by a whole unit. Negative values too.
    """
    unit = 10**-decimals
    scaled = [value / unit for value in values]
    lower = [floor(value + 1e-9) for value in scaled]
    missing = round(fsum(scaled) if total is None else total / unit) - counted(lower)
    order = sorted(range(len(values)), key=lambda place: (lower[place] - scaled[place], place))
    for place in order[: max(missing, 0)]:
        lower[place] += 1
    for place in order[::-1][: max(-missing, 0)]:
        lower[place] -= 1
    return tuple(round(value * unit, decimals) for value in lower)
