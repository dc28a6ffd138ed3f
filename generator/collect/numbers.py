"""Numbers of a source as a results file says them: the same text, whichever engine counted.

A sum of the same numbers in another order differs in its last digits; at twelve significant digits it does
not. Whole numbers keep all their digits.
"""

from __future__ import annotations

import math
from decimal import Decimal

DIGITS = 12
"""Significant digits that are kept of a number with a fraction."""


def number_text(value: object) -> str | None:
    """A number without exponent and trailing zeros; blank for none; None for what is no number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        if math.isinf(value):
            return None
        value = Decimal(repr(value))
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    if value == value.to_integral_value():
        return str(int(value))
    shown = f"{Decimal(f'{value:.{DIGITS - 1}e}'):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
