"""Bullets of a pack: each indicator's attainment against floor, target, stretch and the period before.

Units differ, so the axis is attainment in per cent of the target, turned so that more is better.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import altair as alt

from generator.present.charts import rows as row_axis
from generator.present.charts import style

WIDTH, ROW = 440, 36
Reach = Literal["reached", "near", "missed", "open"]
COLOURS: dict[Reach, str] = {
    "reached": style.GOOD,
    "near": style.ACTUAL,
    "missed": style.BAD,
    "open": style.NORMAL,
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """One indicator, per cent of its target; None where there is no such bar."""

    name: str
    value: float
    floor: float | None
    stretch: float | None
    previous: float | None
    standing: Reach
    label: str
    tip: str = ""
    """What hovering says in the interactive view."""


def specification(bullets: tuple[Bullet, ...], axis: str) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    spec = deepcopy(_template())
    ends = [
        end
        for bullet in bullets
        for end in (bullet.value, bullet.stretch, bullet.previous, 120.0)
        if end is not None
    ]
    most = max(ends) * 1.02
    spec["datasets"] = {
        "bullets": [
            {
                "name": bullet.name,
                "value": bullet.value,
                "floor": bullet.floor,
                "stretch": bullet.stretch if bullet.stretch is not None else 100,
                "most": most,
                "previous": bullet.previous,
                "target": 100,
                "zero": 0,
                "colour": COLOURS[bullet.standing],
                "label": bullet.label,
                "tip": bullet.tip,
            }
            for bullet in bullets
        ]
    }
    names = [bullet.name for bullet in bullets]
    spec["height"] = ROW * len(bullets)
    row_axis.set_rows(spec, names)
    for layer in spec["layer"]:
        if "field" in layer["encoding"]["x"]:
            layer["encoding"]["x"] |= {"title": axis, "scale": {"domain": [0, most], "nice": False}}
    return spec


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    y = row_axis.name_axis()
    percent = alt.Axis(tickCount=6, labelExpr="datum.label + ' %'")

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=percent)

    base = alt.Chart(alt.NamedData("bullets"))
    zones = [
        base.mark_bar(color=colour, size=24).encode(x=x("zero"), x2=f"{end}:Q", y=y)
        for end, colour in (("most", style.ZONE_LIGHT), ("target", style.ZONE), ("floor", style.ZONE_DARK))
    ]
    bar = base.mark_bar(size=9).encode(
        x=x("zero"), x2="value:Q", y=y, color=alt.Color("colour:N", scale=None)
    )
    target = base.mark_tick(color=style.TARGET, thickness=3, size=22, opacity=1).encode(x=x("target"), y=y)
    stretch = (
        base.transform_filter("datum.stretch > 100")
        .mark_tick(color=style.TARGET, thickness=1.5, size=14, opacity=1)
        .encode(x=x("stretch"), y=y)
    )
    previous = (
        base.transform_filter("isValid(datum.previous)")
        .mark_point(shape="diamond", size=46, fill=style.PAPER, stroke=style.INK, strokeWidth=1.2, opacity=1)
        .encode(x=x("previous"), y=y)
    )
    word = base.mark_text(align="left", dx=10, fontSize=12, fontWeight=600).encode(
        x=alt.value(WIDTH), y=y, text="label:N"
    )
    chart = alt.layer(*zones, bar, target, stretch, previous, word).properties(width=WIDTH)
    return style.finished(chart, "bullets")
