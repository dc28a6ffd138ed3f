"""Diagnosis: organisation against technology in four quadrants, with a trail from one to the next."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from math import fsum
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.text.metrics import text_width

SIDE = 400
GAP, LINE = 8, 15
"""Pixels between a point and its label; height of a label."""
SIDES, HEIGHTS = ("right", "left", "middle"), ("above", "below")
SHARE = {"right": 0.0, "left": 1.0, "middle": 0.5}
"""How much of a label lies left of where it begins."""
RISE = {"right": (-12, 16), "left": (-12, 16), "middle": (-18, 22)}
"""Pixels from a point to the middle of its label, above and below."""
QUADRANTS = ("potential", "challenge", "acceleration", "leading")
"""Low and low · organised, little technology · technology ahead of organisation · both high."""
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))
"""Of the quadrants: 0 is left or bottom."""
ZONES = (style.ZONE_LIGHT, style.PAPER, style.PAPER, style.BAND)


@dataclass(frozen=True, slots=True)
class Stop:
    """One diagnosis of a unit, both scores 0–1."""

    unit: str
    organisation: float
    technology: float
    label: str
    last: bool
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class QuadrantWords:
    """Titles of the axes, names of the quadrants in the order of QUADRANTS, the word on the middle."""

    organisation: str
    technology: str
    quadrants: tuple[str, str, str, str]
    middle: str


def specification(stops: tuple[Stop, ...], words: QuadrantWords) -> dict[str, Any]:
    """The chart as Vega-Lite; stops of a unit in order of time."""
    spec = deepcopy(_template())
    spec["datasets"] = {
        "zones": [
            {"x": x / 2, "x2": x / 2 + 0.5, "y": y / 2, "y2": y / 2 + 0.5, "colour": colour}
            for (x, y), colour in zip(CORNERS, ZONES, strict=True)
        ],
        "stops": [_datum(stop, number) for number, stop in enumerate(stops)],
        "middle": [{"x": 0.5, "y": 0.5, "label": words.middle}],
        **{
            name: [{"x": 0.02 if x == 0 else 0.98, "y": 0.02 if y == 0 else 0.98, "label": word}]
            for (x, y), name, word in zip(CORNERS, QUADRANTS, words.quadrants, strict=True)
        },
        **_labels(stops),
    }
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        if "x" in encoding:
            encoding["x"]["title"] = words.organisation
        if "y" in encoding:
            encoding["y"]["title"] = words.technology
    return spec


def _datum(stop: Stop, number: int) -> dict[str, Any]:
    """A stop with its look: the last one of a unit filled and large."""
    return {
        "unit": stop.unit,
        "x": stop.organisation,
        "y": stop.technology,
        "order": number,
        "fill": style.GOOD if stop.last else style.PAPER,
        "size": 170 if stop.last else 70,
        "tip": stop.tip,
    }


def _labels(stops: tuple[Stop, ...]) -> dict[str, list[dict[str, Any]]]:
    """The stops' labels, a data set for each corner around a point."""
    chosen = _label_places(stops)
    return {
        f"{side}-{height}": [
            {"x": stop.organisation, "y": stop.technology, "label": stop.label}
            for stop, place in zip(stops, chosen, strict=True)
            if place == (side, height)
        ]
        for side in SIDES
        for height in HEIGHTS
    }


def _label_places(stops: tuple[Stop, ...]) -> list[tuple[str, str]]:
    """For every stop the corner around it where its label covers least of points, trails, labels and lines.

    The newest choose first; where nothing is in the way a label stands towards the middle, the newest above.
    """
    at = [(stop.organisation * SIDE, (1 - stop.technology) * SIDE) for stop in stops]
    marks = [(x + dx * t, y + dy * t) for (x, y), dx, dy, steps in _trails(stops, at) for t in steps]
    taken: list[tuple[float, float, float, float]] = []
    found: dict[int, tuple[str, str]] = {}
    for number in sorted(range(len(stops)), key=lambda place: not stops[place].last):
        (x, y), stop = at[number], stops[number]
        wide = text_width(stop.label, 12)
        best: tuple[float, tuple[str, str], tuple[float, float, float, float]] | None = None
        for side in SIDES if stop.organisation <= 0.6 else ("left", "right", "middle"):
            for height in HEIGHTS if stop.last else reversed(HEIGHTS):
                left = x + _gap(side) - SHARE[side] * wide
                top = y + RISE[side][HEIGHTS.index(height)] - LINE / 2
                box = (left, top, left + wide, top + LINE)
                cost = 10 * fsum(_covered(box, other) for other in taken)
                cost += 12 * sum(box[0] < px < box[2] and box[1] < py < box[3] for px, py in marks)
                cost += 3 * max(0, -left) + 0.3 * max(
                    0, left + wide - SIDE
                )  # over the axis, out of the matrix
                cost += 30 * sum(low < SIDE / 2 < high for low, high in (box[::2], box[1::2]))
                if best is None or cost < best[0]:
                    best = (cost, (side, height), box)
        if best is not None:
            found[number] = best[1]
            taken.append(best[2])
    return [found[number] for number in range(len(stops))]


def _gap(side: str) -> int:
    """Pixels from a point to where its label begins, to the right."""
    return {"right": GAP, "left": -GAP}.get(side, 0)


def _trails(
    stops: tuple[Stop, ...], at: list[tuple[float, float]]
) -> list[tuple[tuple[float, float], float, float, list[float]]]:
    """Every point, and every stretch of a trail: where it begins, how far it goes, at which parts to look."""
    found: list[tuple[tuple[float, float], float, float, list[float]]] = [
        (point, 0.0, 0.0, [0.0]) for point in at
    ]
    for number in range(1, len(stops)):
        if stops[number].unit == stops[number - 1].unit:
            (x, y), (x2, y2) = at[number - 1], at[number]
            found.append(((x, y), x2 - x, y2 - y, [part / 40 for part in range(41)]))
    return found


def _covered(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """How much of two boxes lies over each other, square pixels."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], labelExpr="datum.value * 100 + ' %'", grid=False)
    x, y = alt.X("x:Q", scale=scale, axis=axis), alt.Y("y:Q", scale=scale, axis=axis)
    middle = (
        _data("middle")
        .mark_text(align="left", dx=4, dy=-6, fontSize=11, color=style.MUTED)
        .encode(x=x, y=y, text="label:N")
    )
    trail = (
        _data("stops")
        .mark_line(color=style.GOOD, strokeWidth=1.6, strokeDash=[4, 3])
        .encode(x=x, y=y, order="order:Q", detail="unit:N")
    )
    dots = (
        _data("stops")
        .mark_point(stroke=style.GOOD, strokeWidth=1.6, opacity=1)
        .encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None), size=alt.Size("size:Q", scale=None))
    )
    words = [
        _data(f"{side}-{height}")
        .mark_text(align=align, dx=_gap(side), dy=dy)
        .encode(x=x, y=y, text="label:N")
        for side, align in (("right", "left"), ("left", "right"), ("middle", "center"))
        for height, dy in zip(HEIGHTS, RISE[side], strict=True)
    ]
    chart = alt.layer(*_ground(x, y), trail, dots, *words, middle).properties(width=SIDE, height=SIDE)
    return style.finished(chart, "stops")


def _data(name: str) -> Any:
    return alt.Chart(alt.NamedData(name))


def _ground(x: Any, y: Any) -> list[Any]:
    """What lies behind the stops: the quadrants' colours, the lines of the middle, the quadrants' names."""
    zones = (
        _data("zones")
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("colour:N", scale=None))
    )
    lines = [_data("middle").mark_rule(color=style.RULE).encode(**axis) for axis in ({"x": x}, {"y": y})]
    names = [
        _data(name)
        .mark_text(
            align="left" if right == 0 else "right",
            baseline="bottom" if up == 0 else "top",
            fontSize=13,
            fontWeight=600,
            color=style.MUTED,
        )
        .encode(x=x, y=y, text="label:N")
        for name, (right, up) in zip(QUADRANTS, CORNERS, strict=True)
    ]
    return [zones, *lines, *names]
