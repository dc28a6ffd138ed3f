"""What the cells of a results file may hold: numbers, statuses and days, and what is wrong with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from generator.load.heads import STATUSES
from generator.load.number import NumberFault
from generator.load.written_number import read_number
from generator.model.common import DATE_EXAMPLE, parse_date
from generator.model.result import ResultStatus
from generator.problems import found, nearest

STATUS_NAMES: tuple[str, ...] = get_args(ResultStatus)


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a text."""

    rule: str
    message: str
    hint: str = ""


EXAMPLES = {
    "two-year": "2024-2Y",
    "year": "2025",
    "half": "2025-H1",
    "quarter": "2025-Q3",
    "month": "2025-07",
    "week": "2025-W27",
    "day": "2025-07-15",
}
"""A period of each frequency, as it is written."""


def _number(column: str) -> Callable[[str], object]:
    def convert(text: str) -> object:
        made = read_number(text)
        if isinstance(made, NumberFault):
            return CellFault("bad-number", made.message, made.hint)
        if column == "n" and made.value < 0:
            return CellFault("bad-number", f"found '{text}', but n counts cases", "write how many there were")
        if made.percent and column in ("numerator", "denominator", "n"):
            return CellFault("bad-number", f"needs a plain number, found '{text}'", "write it without %")
        return made

    return convert


def read_status(text: str) -> object:
    """A status, in either language."""
    if text in STATUS_NAMES:
        return text
    if text in STATUSES:
        return STATUSES[text]
    return CellFault(
        "bad-value", f"{found(text)} is not one of {', '.join(STATUS_NAMES)}", nearest(text, STATUS_NAMES)
    )


def read_day(text: str) -> object:
    """A day, as CSV files and date cells have it."""
    try:
        return parse_date(text.removesuffix(" 00:00:00").removesuffix(" 0:00:00"))
    except ValueError as fault:
        return CellFault("bad-date", str(fault), DATE_EXAMPLE)


CONVERTERS = {name: _number(name) for name in ("value", "numerator", "denominator", "n", "target")}
"""Columns of numbers, and how a text becomes one."""
