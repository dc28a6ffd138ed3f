"""Small multiples: one indicator over the pilots, every panel on the same axes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.compute.series.possible import UNBOUNDED, Possible
from generator.present.charts import style
from generator.present.charts.bounds import end_axis
from generator.present.charts.bullet import Reach
from generator.present.charts.trend import TrendPoint, panel_axis

WIDTH, HEIGHT, COLUMNS = 190, 90, 3
PADDING = 8
LOOK: dict[Reach, tuple[str, str]] = {
    "reached": (style.GOOD, "triangle-up"),
    "near": (style.ACTUAL, "diamond"),
    "missed": (style.BAD, "triangle-down"),
    "open": (style.NORMAL, "circle"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One pilot; its newest value stands in the title."""

    title: str
    points: tuple[TrendPoint, ...]
    standing: Reach
    """How the newest value stands; the same word as in the table."""


def specification(
    panels: tuple[Panel, ...],
    periods: tuple[str, ...],
    ticks: tuple[TrendPoint, ...],
    bounds: Possible = UNBOUNDED,
) -> dict[str, Any]:
    """The chart as Vega-Lite; `periods` are all of them, in order; `ticks` those that are labelled.

    `bounds` are those of what is possible: no axis names a value beyond them.
    """
    spec = deepcopy(_template())
    values = []
    for panel in panels:
        last = next((point for point in reversed(panel.points) if point.value is not None), None)
        colour, shape = LOOK[panel.standing]
        values += [
            {
                "panel": panel.title,
                "period": point.period,
                "value": point.value,
                "target": point.target,
                "tip": point.tip,
                "last": point is last,
                "colour": colour,
                "shape": shape,
            }
            for point in panel.points
        ]
    spec["datasets"] = {"values": values}
    spec["facet"]["sort"] = [panel.title for panel in panels]
    spec["columns"] = min(COLUMNS, len(panels))
    x = panel_axis(periods, ticks)
    for layer in spec["spec"]["layer"]:
        layer["encoding"]["x"] = x
    drawn = [value for panel in panels for point in panel.points for value in (point.value, point.target)]
    end_axis(spec["spec"]["layer"], drawn, bounds, PADDING / HEIGHT)
    return spec


@cache
def _template() -> dict[str, Any]:
    """The panels without data, checked by Altair against the Vega-Lite schema."""
    head = alt.Header(
        labelFontSize=13,
        labelFontWeight=600,
        labelColor=style.INK,
        labelAnchor="start",
        labelLimit=WIDTH + 20,
    )
    chart = (
        alt.layer(*_layers(), data=alt.NamedData("values"))
        .properties(width=WIDTH, height=HEIGHT)
        .facet(
            facet=alt.Facet("panel:N", title=None, header=head),
            columns=COLUMNS,
            spacing={"row": 14, "column": 18},
        )
    )
    return style.finished(chart)


def _layers() -> tuple[Any, ...]:
    """What a panel shows: the values, the target, a dot at the newest value, what hovering meets."""
    x: Any = alt.X("period:O")

    def y(field: str) -> Any:
        # No title: every panel's head says the unit.
        scale = alt.Scale(zero=False, nice=True, padding=PADDING)
        return alt.Y(f"{field}:Q", title=None, scale=scale, axis=alt.Axis(tickCount=3))

    base: Any = alt.Chart()
    line = base.mark_line(color=style.ACTUAL, strokeWidth=1.8, invalid="break-paths-show-domains").encode(
        x=x, y=y("value")
    )
    goal = base.mark_line(
        color=style.TARGET, strokeDash=[5, 3], strokeWidth=1, invalid="break-paths-show-domains"
    ).encode(x=x, y=y("target"))
    dot = (
        base.transform_filter("datum.last")
        .mark_point(size=90, filled=True, opacity=1)
        .encode(
            x=x,
            y=y("value"),
            color=alt.Color("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        )
    )
    hover = (
        base.transform_filter("isValid(datum.value)")
        .mark_point(size=160, filled=True, opacity=0)
        .encode(x=x, y=y("value"), tooltip="tip:N")
        .properties(name=style.HOVER)
    )
    return line, goal, dot, hover
