"""The words above a trend's plot: which change stands at which line, named as far as there is room.

A word begins at its line and runs towards the middle of the plot, a row higher where another one is in the
way. Where names stand too close for two rows, all are shortened to one length that fits; one that finds no
place at all is left to its line, which says the name when it is hovered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.present.text.metrics import elided, text_width

SIZE = 12
"""Font size, pixels."""
ROWS = 2
"""Lines of words above the plot."""
GAP = 10
"""Between two words of a row, pixels."""
LENGTHS = (300, 240, 200, 170, 140, 120, 100, 80, 60, 44)
"""Most that a word may take, pixels, from the whole half of the plot to three letters."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its place."""

    mark: int
    """Which of the marks it names."""
    text: str
    side: Literal["left", "right"]
    """Of the plot's middle: from there it begins, or there it ends."""
    row: int
    start: float
    end: float
    """What it takes from left to right, pixels from the plot's left side, with the gap to the next."""


def placed(marks: Sequence[tuple[float, str]], width: float) -> tuple[Word, ...]:
    """The words of marks, given as (place, name) from left to right, without one over another."""
    made: tuple[Word, ...] = ()
    for length in LENGTHS:
        made = _laid(marks, width, length)
        if len(made) == len(marks):
            break
    return made


def _laid(marks: Sequence[tuple[float, str]], width: float, length: float) -> tuple[Word, ...]:
    """The words no longer than a length, without those that find no row."""
    made: list[Word] = []
    for number, (at, name) in enumerate(marks):
        text = elided(name, SIZE, length)
        wide = text_width(text, SIZE) + GAP
        left = at < width / 2
        start, end = (at, at + wide) if left else (at - wide, at)
        for row in range(ROWS):
            if all(end < earlier.start or start > earlier.end for earlier in made if earlier.row == row):
                made.append(Word(number, text, "left" if left else "right", row, start, end))
                break
    return tuple(made)
