"""What every file may hold at most, said once: characters, sizes of numbers, names that are taken.

The figures of a handbook are multiplied, squared and told to the last decimal; what lies beyond these bounds
is a slip of the keyboard, and no page could show it. Whoever reads a text, a number or an id asks here.
"""

from __future__ import annotations

import re

LARGEST = 1e15
"""No number is larger: a machine's number is exact to a unit up to about here."""
SMALLEST = 1e-12
"""No number but 0 is nearer to 0: two that differ by less are the same figure."""
LONGEST_ID = 80
"""Letters of an id: pages and charts are files named after it, and a file's name has room for 255 bytes."""
LONGEST_DAYS = 36_500
"""Days that anything is planned to take, a hundred years: a date that much later is still in the calendar."""
MOST_PEOPLE = 100_000
"""People of a lane."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2 and XML do not allow in a file, and no other text of ours may hold."""

RESERVED = "^(index|con|prn|aux|nul|(com|lpt)[1-9])$"
"""Ids that cannot be: a chapter's list is the page `index`, and Windows has no files of the other names."""


def too_far(number: float) -> tuple[str, str] | None:
    """What is wrong with a number's size, and what to do; None for a sound one and for what is not finite."""
    size = abs(number)
    if LARGEST < size < float("inf"):
        return f"needs a number of at most {LARGEST:g}", "correct it, or count in a larger unit"
    if 0 < size < SMALLEST:
        return f"needs 0 or a number of at least {SMALLEST:g}", "correct it, or count in a smaller unit"
    return None


def named(character: str) -> str:
    """A character that may not be, as messages call it."""
    return "a NUL character" if character == "\0" else f"the control character U+{ord(character):04X}"
