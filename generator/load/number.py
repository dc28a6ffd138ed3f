"""Numbers as people and spreadsheets write them: 1,234.5, full-width digits, 12%."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.model.bounds import LARGEST, SMALLEST, too_far
from generator.problems import found

_SIMPLE = re.compile(r"[0-9]+(?:\.([0-9]+))?")
"""What nearly all cells hold."""
_PLAIN = re.compile(r"[-+]?(?:[0-9]+(?:\.([0-9]*))?|\.([0-9]+))(?:[eE][-+]?[0-9]+)?")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.([0-9]*))?")
_INFINITE = re.compile(r"[-+]?(?:inf|infinity|∞)", re.IGNORECASE)
_SIGNS = str.maketrans({"−": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number with how it was written."""

    value: float
    """12 for 12%."""

    decimals: int
    """Decimals written: how far it was rounded."""

    percent: bool
    """Whether it carried a % sign."""

    unit: str = ""
    """What else stood beside it, such as 元 or 万; of a cell that says there is no value (NaN), its text."""


@dataclass(frozen=True, slots=True)
class NumberFault:
    """Why a text is not a number, and what to do."""

    message: str
    hint: str


def parse_number(text: str) -> Number | NumberFault:
    """A number from a cell's stripped, non-blank text."""
    simple = _SIMPLE.fullmatch(text)
    if simple:
        value = float(text)
        if value == 0 or SMALLEST <= value <= LARGEST:
            return Number(value, min(len(simple[1] or ""), 300), False)
    if not text.isascii() and any(unicodedata.category(letter) == "No" for letter in text):
        # A footnote's ² or ① would become a digit of the number.
        return NumberFault(f"needs a number, found {found(text)}", "write the number alone")
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()
    body = plain.removesuffix("%").rstrip()
    percent = body != plain
    shown = found(text)
    match = _PLAIN.fullmatch(body)
    if not match:
        match = _GROUPED.fullmatch(body)
        body = body.replace(",", "")
    if not match:
        return _fault(shown, body, plain)
    value = float(body)
    if value in (float("inf"), float("-inf")):
        return NumberFault(f"{shown} is not finite", "correct the number")
    far = too_far(value)
    if far:
        return NumberFault(f"{far[0]}, found {shown}", far[1])
    decimals = next((len(part) for part in match.groups() if part), 0)
    exponent = re.search(r"[eE]([-+]?[0-9]{1,4})", body)
    return Number(value, min(max(decimals - int(exponent[1] if exponent else 0), -300), 300), percent)


def _fault(shown: str, body: str, plain: str) -> NumberFault:
    say_why = "leave the cell blank and say why in the column 'note'"
    if _INFINITE.fullmatch(body):
        return NumberFault(f"{shown} is not finite", say_why)
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", plain):
        hint = "a comma separates thousands (1,234.5); decimals take a point"
    elif plain.startswith("#"):
        hint = f"a spreadsheet's error: {say_why}"
    else:
        hint = f"where there is no number, {say_why}"
    return NumberFault(f"needs a number, found {shown}", hint)
