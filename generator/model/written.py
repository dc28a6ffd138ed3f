"""Numbers as they are written to files: twelve digits that hold instead of seventeen of which some move.

The last digits of a figure depend on the order of its sums, and on the Python, the libraries and the machine
that made it; the same data gives the same bytes everywhere. So whatever is computed goes through here on its
way out: pages, the export, tables, what charts are drawn from. What an author wrote goes out as it was read.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

DIGITS = 12
"""Significant digits of a number that is written: a hundredth of what two figures may differ by and still be
the same (`comparing.RELATIVE`), and thousands of times what computing adds to the last digits."""
_WHOLE = 10.0 ** (DIGITS - 1)
"""From here on numbers are written in whole ones, all digits of them."""
_decimals = re.compile(r"\.\d+(e[-+]?\d+)?(?=,?\n)")
"""The end of a number in JSON of a line a value: no text ends a line without its quote. It begins with a
plain point, and is looked for five times as fast as the whole number is."""
_MANY = DIGITS + 2
"""Length from which a number can have more digits than are written: its point among them."""


def settled(value: float) -> float:
    """The number as it is written to files: to `DIGITS` significant digits, from 1e11 on to a whole one."""
    if -_WHOLE < value < _WHOLE:
        return float(f"{value:.{DIGITS}g}")
    return float(round(value)) if math.isfinite(value) else value


def written(value: float) -> str:
    """The same as text: reads back to the settled number; a whole one has no point."""
    if isinstance(value, int):
        return str(int(value))
    number = settled(value)
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def settled_lines(text: str) -> str:
    """JSON of a line a value, as pydantic writes it, with its numbers settled; texts stay as they are."""
    parts: list[str] = []
    done = 0
    for found in _decimals.finditer(text):
        start = text.rfind(" ", done, found.start()) + 1
        power = len(found[1] or "")
        if found.end() - start - power - (text[start] == "-") < _MANY:
            continue
        parts += (text[done:start], _short(text[start : found.end()]))
        done = found.end()
    parts.append(text[done:])
    return "".join(parts)


class NumberTexts(dict[float | None, str]):
    """Numbers settled, as pydantic writes them into JSON (5 is 5.0, None is null), each made once.

    Targets and limits say the same one for every period.
    """

    def __missing__(self, value: float | None) -> str:
        if value is None:
            return "null"
        text = f"{value:.{DIGITS}g}"
        if "." not in text or "e" in text:
            text = to_json(settled(value)).decode()
        if value:  # of zeros one may be negative, and both are one key
            self[value] = text
        return text


@lru_cache(maxsize=1 << 16)
def _short(number: str) -> str:
    """The number settled, as pydantic writes it into JSON; limits say the same one for every period."""
    value = float(number)
    text = f"{value:.{DIGITS}g}"
    return text if "." in text and "e" not in text else to_json(settled(value)).decode()


def settled_tree(value: Any) -> Any:
    """Lists and objects of JSON with their numbers settled."""
    kind = type(value)
    if kind is dict:
        return {key: settled_tree(inner) for key, inner in value.items()}
    if kind is list:
        return [settled_tree(inner) for inner in value]
    return settled(value) if isinstance(value, float) else value
