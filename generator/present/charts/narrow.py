"""The geometry of a trend on a phone: the newest periods in a box as wide as the screen, from a template.

The wide drawing would have to be scrolled, and what counts, the newest value, would be off the screen. This
one shows fewer periods at a legible size. It stands beside the wide one on the page, which shows the one that
there is room for, so it is small: paths with a class, made without the chart library.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.present.charts.mark_words import Word, placed
from generator.present.charts.sparkline import Across, Down, band_paths, line_path, usual_ends
from generator.present.charts.trend import PointLook, Trend, TrendPoint
from generator.present.text.metrics import elided, text_width

WIDTH, PLOT = 340, 130
"""Of the box, and the height of the plot, pixels; the height of the box depends on the words above."""
PERIODS = 12
SIZE, LINE = 12, 15
"""Of the words, and the height of a line of them."""
FOOT = 21
"""Room for the periods under the plot."""
EDGE = 8
"""Between the plot's sides and its first and last value; between the words and the plot."""
STEPS = (1.0, 2.0, 5.0, 10.0)
SHAPES = {
    "improvement": "m0-4.8l4.5 7.8h-9z",
    "concern": "m0 4.8l4.5-7.8h-9z",
    "high": "m0-4.8l4.4 4.8l-4.4 4.8l-4.4-4.8z",
    "low": "m0-4.8l4.4 4.8l-4.4 4.8l-4.4-4.8z",
    "normal": "h0",
}
HOLLOW = "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
"""A ring; a line without length would be filled."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in its place."""

    text: str
    x: float
    y: float
    anchor: str = ""
    """`start` or `end`, where it is not the one of its group."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Values of one look as one path."""

    look: str
    """Names the class: look, `doubted` for a signal in doubt, with `-hollow` where a value is not firm."""
    path: str


@dataclass(frozen=True, slots=True)
class NarrowTrend:
    """Paths and words in the box."""

    width: int
    height: int
    grid: str
    band: str
    centre: str
    target: str
    line: str
    changes: str
    breaks: str
    dots: tuple[Dots, ...]
    unit: PlacedWord
    values: tuple[PlacedWord, ...]
    """Of the value axis, ending at their place."""
    periods: tuple[PlacedWord, ...]
    names: tuple[PlacedWord, ...]
    """Of what was changed."""
    goal: PlacedWord | None
    last: PlacedWord | None


def geometry(trend: Trend, periods: int = PERIODS) -> NarrowTrend | None:
    """The newest periods of a trend, the newest value among them; None without a value."""
    shown = _newest(trend.points, periods)
    if not any(point.value is not None for point in shown):
        return None
    low, high = _ends(shown)
    ticks = tuple(_ticks(low, high, trend))
    low, high = min([low, *(value for value, _ in ticks)]), max([high, *(value for value, _ in ticks)])
    left = round(max([text_width(text, SIZE) for _, text in ticks], default=0.0)) + 6
    beside = max(text_width(trend.last_label, 13, bold=True), text_width(trend.target_label, SIZE))
    right = WIDTH - math.ceil(beside) - 9
    places = {point.period: number for number, point in enumerate(shown)}
    step = (right - left - 2 * EDGE) / max(len(shown) - 1, 1)
    marks = [
        (left + EDGE + places[mark.period] * step, mark) for mark in trend.marks if mark.period in places
    ]
    named = placed(
        [(x - left, elided(mark.label, SIZE, (right - left) / 2)) for x, mark in marks], right - left
    )
    top = LINE * (1 + len({word.row for word in named})) + EDGE + 3
    bottom = top + PLOT

    def x(number: int) -> float:
        return round(left + EDGE + number * step, 1)

    def y(value: float) -> float:
        inside = min(max(value, low), high)
        return round(bottom - (inside - low) / ((high - low) or 1.0) * PLOT, 1)

    def path(numbers: Sequence[float | None]) -> str:
        return line_path(
            [(x(at), y(value)) if value is not None else None for at, value in enumerate(numbers)]
        )

    upright = [(f"M{round(at, 1):g} {top}v{PLOT}", mark) for at, mark in marks]
    goal, last = _words_right(trend, shown, y, right + 7)
    return NarrowTrend(
        width=WIDTH,
        height=bottom + FOOT,
        grid="".join(f"M{left:g} {y(value):g}H{right:g}" for value, _ in ticks),
        band="".join(band_paths(shown, x, y)),
        centre="".join(
            path([point.centre if point.segment == own else None for point in shown])
            for own in dict.fromkeys(point.segment for point in shown)
        ),
        target=path([point.target for point in shown]),
        line=path([point.value for point in shown]),
        changes="".join(line for line, mark in upright if not mark.definition),
        breaks="".join(line for line, mark in upright if mark.definition),
        dots=tuple(_dots(shown, x, y)),
        unit=PlacedWord(trend.axis, 0, 11),
        values=tuple(PlacedWord(text, round(left - 5, 1), y(value) + 4) for value, text in ticks),
        periods=tuple(_periods(shown, x, bottom + 16, (left, right))),
        names=tuple(_names(named, [at for at, _ in marks], top)),
        goal=goal,
        last=last,
    )


def _names(words: Sequence[Word], places: Sequence[float], top: int) -> Iterator[PlacedWord]:
    """The names of what was changed, over the plot."""
    for word in words:
        anchor = "start" if word.side == "left" else "end"
        yield PlacedWord(word.text, round(places[word.mark], 1), top - 5 - LINE * word.row, anchor)


def _newest(points: Sequence[TrendPoint], periods: int) -> Sequence[TrendPoint]:
    """The newest periods; where they have no value, those that end with the newest that has."""
    valued = [place for place, point in enumerate(points) if point.value is not None]
    if not valued:
        return ()
    end = len(points) if valued[-1] >= len(points) - periods else valued[-1] + 1
    return points[max(end - periods, 0) : end]


def _ends(points: Sequence[TrendPoint]) -> tuple[float, float]:
    """Least and greatest of what is drawn."""
    drawn = [
        number
        for point in points
        for number in (point.value, point.target, point.centre)
        if number is not None
    ]
    drawn += usual_ends([(point.segment, point.lower, point.upper) for point in points])
    return min(drawn), max(drawn)


def _ticks(low: float, high: float, trend: Trend) -> Iterator[tuple[float, str]]:
    """Three to five even numbers within what is drawn and what is possible, with their words."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 3))
    step = next(power * each for each in STEPS if span / (power * each) <= 4)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    least = -math.inf if trend.bounds.least is None else trend.bounds.least
    most = math.inf if trend.bounds.most is None else trend.bounds.most
    for number in range(math.floor(low / step), math.ceil(high / step) + 1):
        value = round(number * step, decimals)
        if least <= value <= most:
            yield value, f"{value:,.{decimals}f}".replace("-", "\u2212")


def _dots(points: Sequence[TrendPoint], x: Across, y: Down) -> Iterator[Dots]:
    """The values by their looks; circles are the round ends of lines without length."""
    paths: dict[tuple[PointLook, bool, bool], str] = {}
    for place, point in enumerate(points):
        if point.value is None:
            continue
        sure = point.sure or point.signal not in ("improvement", "concern")
        look = (point.signal, sure, point.firm)
        paths[look] = f"{paths.get(look, '')}M{x(place):g} {y(point.value):g}{_shape(point)}"
    for (signal, sure, firm), path in paths.items():
        yield Dots(f"{signal if sure else 'doubted'}{'' if firm else '-hollow'}", path)


def _shape(point: TrendPoint) -> str:
    return HOLLOW if point.signal == "normal" and not point.firm else SHAPES[point.signal]


def _periods(
    points: Sequence[TrendPoint], x: Across, height: float, ends: tuple[float, float]
) -> Iterator[PlacedWord]:
    """The words of the first, the newest and the middle period, where there is room for it."""
    first, last = points[0], points[-1]
    yield PlacedWord(first.dated, ends[0], height, "start")
    if len(points) < 2:
        return
    yield PlacedWord(last.dated, ends[1], height, "end")
    middle = (len(points) - 1) // 2
    label = points[middle].label
    if any(label in end.dated for end in (first, last)):
        label = points[middle].dated  # the same quarter of another year
    taken = ends[0] + text_width(first.dated, SIZE) + EDGE, ends[1] - text_width(last.dated, SIZE) - EDGE
    half = text_width(label, SIZE) / 2
    if len(points) > 4 and taken[0] < x(middle) - half and x(middle) + half < taken[1]:
        yield PlacedWord(label, x(middle), height)


def _words_right(
    trend: Trend, points: Sequence[TrendPoint], y: Down, x: float
) -> tuple[PlacedWord | None, PlacedWord | None]:
    """The words of the target and of the newest value, a line apart."""
    target = next((point.target for point in reversed(points) if point.target is not None), None)
    value = next((point.value for point in reversed(points) if point.value is not None), None)
    at = [None if number is None else y(number) + 4 for number in (target, value)]
    if at[0] is not None and at[1] is not None and abs(at[0] - at[1]) < LINE:
        push, up = (LINE - abs(at[0] - at[1])) / 2, at[1] <= at[0]
        at = [at[0] + (push if up else -push), at[1] + (-push if up else push)]
    goal, last = (
        None if place is None or not text else PlacedWord(text, round(x, 1), round(place, 1))
        for place, text in zip(at, (trend.target_label, trend.last_label), strict=True)
    )
    return goal, last
