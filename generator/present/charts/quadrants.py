"""Diagnosis: organisation against technology in four quadrants, with a trail from one to the next."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import pi, sqrt
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.charts.point_labels import Around, Labelled, Spot, places

SIDE = 400
SIZES = {True: 170, False: 70}
"""Areas of the newest and of earlier points, square pixels."""
QUADRANTS = ("potential", "challenge", "acceleration", "leading")
"""Low and low · organised, little technology · technology ahead of organisation · both high."""


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
    corners = (
        (0, 0, "left", "bottom"),
        (1, 0, "right", "bottom"),
        (0, 1, "left", "top"),
        (1, 1, "right", "top"),
    )
    datasets: dict[str, Any] = {
        "zones": [
            {"x": x / 2, "x2": x / 2 + 0.5, "y": y / 2, "y2": y / 2 + 0.5, "colour": colour}
            for (x, y, _, _), colour in zip(
                corners, (style.ZONE_LIGHT, style.PAPER, style.PAPER, style.BAND), strict=True
            )
        ],
        "stops": [
            {
                "unit": stop.unit,
                "x": stop.organisation,
                "y": stop.technology,
                "order": number,
                "fill": style.GOOD if stop.last else style.PAPER,
                "size": SIZES[stop.last],
                "tip": stop.tip,
            }
            for number, stop in enumerate(stops)
        ],
        "middle": [{"x": 0.5, "y": 0.5, "label": words.middle}],
    }
    for (x, y, _, _), name, word in zip(corners, QUADRANTS, words.quadrants, strict=True):
        datasets[name] = [{"x": 0.02 if x == 0 else 0.98, "y": 0.02 if y == 0 else 0.98, "label": word}]
    datasets["words"] = _words(stops, words)
    spec["datasets"] = datasets
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        if "x" in encoding:
            encoding["x"]["title"] = words.organisation
        if "y" in encoding:
            encoding["y"]["title"] = words.technology
    return spec


def _words(stops: tuple[Stop, ...], words: QuadrantWords) -> list[dict[str, Any]]:
    """The labels of the stops, clear of the trails, the other stops and the names of the quadrants."""

    def spot(stop: Stop) -> Spot:
        return stop.organisation * SIDE, (1 - stop.technology) * SIDE

    points = [
        Labelled(spot(stop), sqrt(SIZES[stop.last] / pi), style.estimated_width(stop.label)) for stop in stops
    ]
    trails = [(spot(one), spot(other)) for one, other in pairwise(stops) if one.unit == other.unit]
    names = [style.estimated_width(word, 13) for word in words.quadrants]
    edge, line = SIDE * 0.02, 20
    taken = [
        Around(left, top, left + width, top + line)
        for width, left, top in zip(
            names,
            (edge, SIDE - edge - names[1], edge, SIDE - edge - names[3]),
            (SIDE - edge - line, SIDE - edge - line, edge, edge),
            strict=True,
        )
    ]
    middle = style.estimated_width(words.middle, 11)
    taken.append(Around(SIDE / 2, SIDE / 2 - line, SIDE / 2 + middle + 8, SIDE / 2))
    return [
        {"x": box.left / SIDE, "y": 1 - (box.top + box.bottom) / 2 / SIDE, "label": stop.label}
        for box, stop in zip(places(points, trails, taken, SIDE), stops, strict=True)
    ]


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    scale = alt.Scale(domain=[0, 1], nice=False)
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=False)
    x, y = alt.X("x:Q", scale=scale, axis=axis), alt.Y("y:Q", scale=scale, axis=axis)

    def data(name: str) -> Any:
        return alt.Chart(alt.NamedData(name))

    zones = (
        data("zones")
        .mark_rect()
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("colour:N", scale=None))
    )
    lines = [
        data("middle").mark_rule(color=style.RULE).encode(x=x),
        data("middle").mark_rule(color=style.RULE).encode(y=y),
    ]
    middle = (
        data("middle")
        .mark_text(align="left", dx=4, dy=-6, fontSize=11, color=style.MUTED)
        .encode(x=x, y=y, text="label:N")
    )
    places = (("left", "bottom"), ("right", "bottom"), ("left", "top"), ("right", "top"))
    names = [
        data(name)
        .mark_text(align=align, baseline=baseline, fontSize=13, fontWeight=600, color=style.MUTED)
        .encode(x=x, y=y, text="label:N")
        for name, (align, baseline) in zip(QUADRANTS, places, strict=True)
    ]
    trail = (
        data("stops")
        .mark_line(color=style.GOOD, strokeWidth=1.6, strokeDash=[4, 3])
        .encode(x=x, y=y, order="order:Q", detail="unit:N")
    )
    dots = (
        data("stops")
        .mark_point(stroke=style.GOOD, strokeWidth=1.6, opacity=1)
        .encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None), size=alt.Size("size:Q", scale=None))
    )
    words = data("words").mark_text(align="left", baseline="middle").encode(x=x, y=y, text="label:N")
    chart: Any = alt.layer(zones, *lines, *names, trail, dots, words, middle).properties(
        width=SIDE, height=SIDE
    )
    spec: dict[str, Any] = chart.to_dict()
    style.tipped(spec, "stops")
    spec["config"] = style.config()
    return spec
