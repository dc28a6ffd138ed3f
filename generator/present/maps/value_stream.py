"""The value-stream line: how long a case waits and is worked on, step after step, then to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from generator.present.text.metrics import text_width
from generator.present.text.wrap import wrap

LEAST, COLUMN, MARGIN = 640.0, 66.0, 12.0
SMALL = 10.0
"""Size of the names of steps."""
UP, DOWN, NAMES, BAR, BAR_HEIGHT, HEIGHT = 24.0, 56.0, 84.0, 132.0, 20.0, 206.0
LINES = 4
"""Of a step's name at most: the line is narrow, and what is cut off nobody can guess."""


@dataclass(frozen=True, slots=True)
class StreamStep:
    """One step of work: hours a case waits and is worked on in all its passes, with the words for them."""

    name: str
    wait_h: float
    touch_h: float
    wait: str
    touch: str


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words at a place."""

    style: str
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class ValueStream:
    """Everything the drawing's template needs."""

    left: float
    width: float
    height: float
    line: str
    words: tuple[PlacedWords, ...]
    bars: tuple[tuple[str, float, float], ...]
    """(wait or touch, x, width) of the strip to scale."""
    bar_y: float
    bar_height: float


def value_stream(steps: Sequence[StreamStep]) -> ValueStream | None:
    """The drawing; None where no step takes time."""
    total = fsum(step.wait_h + step.touch_h for step in steps)
    if total <= 0:
        return None
    width = max(LEAST, COLUMN * len(steps))
    column = width / len(steps)
    path, words, bars = [f"M0 {UP:g}"], [], []
    at = 0.0
    for place, step in enumerate(steps):
        x = place * column
        drop = x + column * 0.54
        path.append(f"H{round(drop, 1):g}V{DOWN:g}H{round(x + column, 1):g}V{UP:g}")
        words.append(PlacedWords("time", round(x + column * 0.27, 1), UP - 6, step.wait))
        words.append(PlacedWords("touch", round(x + column * 0.77, 1), DOWN + 14, step.touch))
        for line, text in enumerate(wrap(step.name, column - 6, SMALL, most=LINES)):
            words.append(PlacedWords("small", round(x + column / 2, 1), NAMES + 12 * line, text))
        begin = at
        for kind, hours in (("wait", step.wait_h), ("touch", step.touch_h)):
            part = hours / total * width
            bars.append((kind, round(at, 1), round(part, 1)))
            at += part
        under = wrap(step.name, at - begin - 6, SMALL)
        # A name of one sign a line is no name to read; the line above says it in its place.
        broken = len(under) > LINES or (len(under) > 1 and min(map(len, under)) == 1)
        if not broken and max(text_width(line, SMALL) for line in under) <= at - begin - 4:
            for line, text in enumerate(under):
                middle = round((begin + at) / 2, 1)
                words.append(PlacedWords("small", middle, BAR + BAR_HEIGHT + 13 + 12 * line, text))
    return ValueStream(
        left=-MARGIN,
        width=width + 2 * MARGIN,
        height=HEIGHT,
        line="".join(path),
        words=tuple(words),
        bars=tuple(bars),
        bar_y=BAR,
        bar_height=BAR_HEIGHT,
    )
