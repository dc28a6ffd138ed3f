"""An axis as the drawing library makes it: the ends of its values, its ticks, and which words have room.

Source: d3-array 3 (`ticks`, `tickIncrement`), d3-scale 4 (`linear.nice`), vega-scale (`padDomain`),
vega-format (`formatSpan`), and vega-view-transforms (`Overlap`, greedy).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

STEPS = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
"""From which share of a power of ten on a step is so many of them."""


class Unsure(Exception):  # noqa: N818 - not an error: the library draws it
    """It cannot be told what the library would do."""


def padded(low: float, high: float, length: float, room: float) -> tuple[float, float]:
    """The ends with so many pixels of an axis left free at either."""
    share, middle = length / (length - 2 * room), (low + high) / 2
    return middle + (low - middle) * share, middle + (high - middle) * share


def nice(low: float, high: float, count: int = 10) -> tuple[float, float]:
    """The ends at even numbers."""
    before = None
    for _ in range(10):
        step = _increment(low, high, count)
        if step == before:
            return low, high
        if step > 0:
            low, high = math.floor(low / step) * step, math.ceil(high / step) * step
        else:
            low, high = math.ceil(low * step) / step, math.floor(high * step) / step
        before = step
    raise Unsure


def ticks(low: float, high: float, count: int) -> list[float]:
    """About `count` even numbers between the ends."""
    step = _increment(low, high, count)
    if step < 0:
        first, last = half_up(low * -step), half_up(high * -step)
        first, last = first + (first / -step < low), last - (last / -step > high)
        return [number / -step for number in range(first, last + 1)]
    first, last = half_up(low / step), half_up(high / step)
    first, last = first + (first * step < low), last - (last * step > high)
    return [number * step for number in range(first, last + 1)]


def labels_of(values: Sequence[float], low: float, high: float, count: int) -> list[str]:
    """The ticks' words: as many decimals as their step has, and a true minus sign."""
    increment = _increment(low, high, count)
    step = 1 / -increment if increment < 0 else increment
    decimals = max(0, -_power(step))
    texts = [f"{value:,.{decimals}f}" for value in values]
    return [
        text.removeprefix("-") if not text.strip("-0.,") else text.replace("-", "\u2212") for text in texts
    ]


def with_room(words: Sequence[tuple[float, float]], room: float) -> list[bool]:
    """Which of the words along an axis, each a centre and half a width, are seen: not those that come nearer
    than `room` to the last one that is, where there are three or more."""
    seen, last = [True] * len(words), 0
    for place in range(1, len(words)):
        (before, half), (at, own) = words[last], words[place]
        gap = at - own - before - half - room
        if abs(gap) < 0.01:
            raise Unsure
        seen[place] = gap > 0
        last = place if seen[place] else last
    if all(seen) or len(words) < 3:
        return [True] * len(words)
    if seen.count(True) < 3 and not seen[-1]:  # of few words the last one is seen in any case
        if seen.count(True) > 1:
            seen[last] = False
        seen[-1] = True
    return seen


def _increment(low: float, high: float, count: int) -> float:
    """The step between ticks; below one the negative of its inverse, which is a whole number."""
    step = (high - low) / count
    if not 1e-9 < step < 1e15:
        raise Unsure
    power = _power(step)
    share = step / 10.0**power
    if any(abs(share - edge) < 1e-9 for edge, _ in STEPS):
        raise Unsure
    factor = next((factor for edge, factor in STEPS if share >= edge), 1)
    return -(10.0**-power) / factor if power < 0 else 10.0**power * factor


def _power(number: float) -> int:
    """The exponent of the power of ten below."""
    exact = math.log10(number)
    if abs(exact - round(exact)) < 1e-9:
        return round(exact)
    return math.floor(exact)


def half_up(number: float) -> int:
    return math.floor(number + 0.5)
