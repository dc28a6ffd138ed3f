"""Before and after a change: an indicator and its guardrails, each with its 95 % interval.

Units differ from row to row, so the axis is the difference in per cent of the mean before.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import altair as alt

from generator.present.charts import rows as row_axis
from generator.present.charts import style

WIDTH, ROW = 420, 34
EffectColour = Literal["improved", "worse", "unclear"]
LOOK: dict[EffectColour, tuple[str, str]] = {
    "improved": (style.GOOD, "triangle-up"),
    "worse": (style.BAD, "triangle-down"),
    "unclear": (style.NORMAL, "circle"),
}


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One indicator; figures in per cent of its mean before the change."""

    name: str
    difference: float
    low: float
    high: float
    outcome: EffectColour
    label: str
    """Difference and verdict in words, right of the plot."""
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """All rows, the indicator first."""

    rows: tuple[DumbbellRow, ...]
    axis: str
    goal: float | None = None
    """Where a dashed line stands for what was aimed at."""


def specification(chart: Dumbbell) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    spec = deepcopy(_template())
    spec["datasets"] = {
        "rows": [
            {
                "name": row.name,
                "zero": 0,
                "difference": row.difference,
                "low": row.low,
                "high": row.high,
                "colour": LOOK[row.outcome][0],
                "shape": LOOK[row.outcome][1],
                "label": row.label,
                "tip": row.tip,
            }
            for row in chart.rows
        ],
        "base": [{"zero": 0}],
        "goal": [] if chart.goal is None else [{"goal": chart.goal}],
    }
    spec["height"] = ROW * len(chart.rows)
    row_axis.set_rows(spec, [row.name for row in chart.rows])
    ends = [end for row in chart.rows for end in (row.low, row.high, 0.0)]
    ends += [] if chart.goal is None else [chart.goal]
    margin = (max(ends) - min(ends)) * 0.06 or 1.0
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        encoding["x"]["title"] = chart.axis
        if "field" in encoding["x"]:
            encoding["x"]["scale"] = {
                "domain": [min(ends) - margin, max(ends) + margin],
                "nice": False,
                "zero": False,
            }
    return spec


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    y = row_axis.name_axis()
    percent = alt.Axis(grid=True, tickCount=6, labelExpr="(datum.value > 0 ? '+' : '') + datum.label + ' %'")

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=percent)

    rows = alt.Chart(alt.NamedData("rows"))
    base = alt.Chart(alt.NamedData("base")).mark_rule(color=style.INK, strokeWidth=1.2).encode(x=x("zero"))
    goal = (
        alt.Chart(alt.NamedData("goal"))
        .mark_rule(color=style.INK, strokeWidth=1.2, strokeDash=[5, 4])
        .encode(x=x("goal"))
    )
    interval = rows.mark_rule(strokeWidth=4, opacity=0.45).encode(
        x=x("low"), x2="high:Q", y=y, color=alt.Color("colour:N", scale=None)
    )
    before = rows.mark_point(
        size=60, filled=False, fill=style.PAPER, color=style.INK, opacity=1, strokeWidth=1.4
    ).encode(x=x("zero"), y=y)
    after = rows.mark_point(size=120, filled=True, opacity=1).encode(
        x=x("difference"),
        y=y,
        color=alt.Color("colour:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
    )
    word = rows.mark_text(align="left", dx=10, fontSize=12).encode(x=alt.value(WIDTH), y=y, text="label:N")
    chart = alt.layer(interval, base, goal, before, after, word).properties(width=WIDTH)
    return style.finished(chart, "rows")
