"""A pilot's score over time: the points that each indicator brings, stacked to the whole."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.text.metrics import text_width

STEP, HEIGHT = 74, 200
"""Least width of a period, height of the plot."""
NEWEST = 4
"""How many periods a phone has room for."""
CLOSE = 90.5
"""A word over a bar of more points would meet the line at 100."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """The points an indicator brings to one period."""

    period: str
    name: str
    points: float
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class ScoreTotal:
    """A period's score, with what a gate says about it."""

    period: str
    total: float
    label: str
    tip: str = ""


def specification(
    parts: tuple[ScorePart, ...], totals: tuple[ScoreTotal, ...], names: tuple[str, ...], axis: str
) -> dict[str, Any]:
    """The chart as Vega-Lite; `names` in the order of the pack, its first lowest."""
    spec = deepcopy(_template())
    periods = [total.period for total in totals]
    spec["datasets"] = {
        "parts": [
            {
                "period": part.period,
                "name": part.name,
                "points": part.points,
                "order": names.index(part.name),
                "tip": part.tip,
            }
            for part in parts
        ],
        "totals": [
            {"period": total.period, "total": _above(total.total), "label": total.label, "tip": total.tip}
            for total in totals
        ],
        "full": [{"full": 100}],
    }
    words = [*periods, *(total.label for total in totals)]
    step = max(STEP, *(text_width(word, 13) + 14 for word in words))
    spec["width"] = step * len(periods)
    most = max([total.total for total in totals] + [100.0]) * 1.12
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        if "field" in encoding.get("x", {}):
            encoding["x"] |= {"scale": {"domain": periods, "paddingInner": 0.35}}
        # The title stands over the highest number, under the legend.
        encoding["y"]["axis"] |= {"titleY": 6}
        encoding["y"] |= {"title": axis, "scale": {"domain": [0, most], "nice": False}}
    spec["layer"][0]["encoding"]["color"]["scale"] = {
        "domain": list(names),
        "range": [style.SERIES[number % len(style.SERIES)] for number in range(len(names))],
    }
    return spec


def narrow(
    parts: tuple[ScorePart, ...], totals: tuple[ScoreTotal, ...], names: tuple[str, ...], axis: str
) -> dict[str, Any]:
    """The newest periods for a phone."""
    newest = totals[-NEWEST:]
    periods = {total.period for total in newest}
    spec = specification(tuple(part for part in parts if part.period in periods), newest, names, axis)
    spec["config"]["legend"]["columns"] = 1
    return spec


def _above(total: float) -> float:
    """Where the word of a total stands: over its bar, and never across the line at 100."""
    return max(total, 100.0) if total > CLOSE else total


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    x = alt.X(
        "period:N", title=None, sort=None, axis=alt.Axis(labelOverlap=False, ticks=False, labelPadding=6)
    )

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", axis=alt.Axis(tickCount=5))

    parts = (
        alt.Chart(alt.NamedData("parts"))
        .mark_bar(stroke=style.PAPER, strokeWidth=1)
        .encode(
            x=x,
            y=y("points"),
            order=alt.Order("order:Q"),
            color=alt.Color("name:N", sort=None, scale=alt.Scale(domain=["a"], range=["#000000"])),
        )
    )
    full = (
        alt.Chart(alt.NamedData("full"))
        .mark_rule(color=style.TARGET, strokeDash=[6, 4], strokeWidth=1.2)
        .encode(y=y("full"))
    )
    total = (
        alt.Chart(alt.NamedData("totals"))
        .mark_text(dy=-9, fontSize=13, fontWeight=600)
        .encode(x=x, y=y("total"), text="label:N")
    )
    chart = alt.layer(parts, full, total).properties(height=HEIGHT)
    return style.finished(chart, "parts", "totals")
