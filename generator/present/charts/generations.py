"""Traditional and composite indicators of one process side by side, each against its own beginning.

Units differ, so every line is an index: 100 is the mean of the first year's values (or of all, where fewer),
turned so that up is better. What a per-head figure hides shows in the panel beside it.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.charts.trend import TrendPoint, panel_axis

WIDTH, HEIGHT = 250, 190
PERIODS = 12
"""How many a phone is shown."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One indicator in one of the panels."""

    panel: str
    name: str
    values: tuple[tuple[str, float | None], ...]
    """(period, index) in order of time."""
    tips: tuple[str, ...] = ()
    """What hovering says in the interactive view, one for each value."""


def specification(
    panels: tuple[str, str],
    lines: tuple[IndexLine, ...],
    periods: tuple[str, ...],
    ticks: tuple[TrendPoint, ...],
) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    spec = deepcopy(_template())
    names = list(dict.fromkeys(line.name for line in lines))
    spec["datasets"] = {
        "values": [
            {
                "panel": line.panel,
                "name": line.name,
                "period": period,
                "value": value,
                "base": 100,
                "tip": line.tips[place] if line.tips else "",
            }
            for line in lines
            for place, (period, value) in enumerate(line.values)
        ]
    }
    spec["facet"]["sort"] = list(panels)
    x = panel_axis(periods, ticks)
    count = len(names)
    colours = [style.SERIES[number % len(style.SERIES)] for number in range(count)]
    shapes = [style.SHAPES[number % len(style.SHAPES)] for number in range(count)]
    for layer in spec["spec"]["layer"]:
        layer["encoding"]["x"] = x
        if "color" in layer["encoding"]:
            layer["encoding"]["color"]["scale"] = {"domain": names, "range": colours}
        if "shape" in layer["encoding"]:
            layer["encoding"]["shape"]["scale"] = {"domain": names, "range": shapes}
    return spec


def narrow(
    panels: tuple[str, str],
    lines: tuple[IndexLine, ...],
    periods: tuple[str, ...],
    ticks: tuple[TrendPoint, ...],
) -> dict[str, Any]:
    """The newest periods for a phone, one panel under the other; `ticks` are of these."""
    newest = periods[-PERIODS:]
    short = tuple(
        replace(
            line,
            values=tuple(value for value in line.values if value[0] in newest),
            tips=tuple(tip for value, tip in zip(line.values, line.tips, strict=False) if value[0] in newest),
        )
        for line in lines
    )
    spec = specification(panels, short, newest, ticks)
    spec["config"]["legend"]["columns"] = 1
    return {**spec, "columns": 1}


@cache
def _template() -> dict[str, Any]:
    """The panels without data, checked by Altair against the Vega-Lite schema."""
    head = alt.Header(labelFontSize=13, labelFontWeight=600, labelColor=style.INK, labelAnchor="start")
    chart = (
        alt.layer(*_layers(), data=alt.NamedData("values"))
        .properties(width=WIDTH, height=HEIGHT)
        .facet(facet=alt.Facet("panel:N", title=None, header=head), columns=2, spacing=24)
    )
    return style.finished(chart)


def _layers() -> tuple[Any, ...]:
    """What a panel shows: the line at 100, the indicators' lines and their points."""
    x: Any = alt.X("period:O")

    def y(field: str) -> Any:
        return alt.Y(
            f"{field}:Q", title=None, scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=5)
        )

    def named(channel: Any) -> Any:
        return channel("name:N", sort=None, scale=alt.Scale(domain=["a"], range=["#000000"]))

    base: Any = alt.Chart()
    hundred = base.mark_line(color=style.RULE, strokeWidth=1).encode(x=x, y=y("base"))
    line = base.mark_line(strokeWidth=1.8, invalid="break-paths-show-domains").encode(
        x=x, y=y("value"), color=named(alt.Color)
    )
    dots = (
        base.transform_filter("isValid(datum.value)")
        .mark_point(size=26, filled=True, opacity=1)
        .encode(
            x=x,
            y=y("value"),
            color=named(alt.Color),
            shape=alt.Shape("name:N", sort=None, scale=alt.Scale(domain=["a"], range=["circle"])),
            tooltip="tip:N",
        )
    )
    return hundred, line, dots
