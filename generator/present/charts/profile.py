"""The profile of a pack over the four ways to measure work: time, quantity, quality, cost.

Each indicator is a point in the row of what it measures; a row without a point is a blind spot, and says so.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.present.charts import rows as row_axis
from generator.present.charts import style
from generator.present.charts.bullet import COLOURS, Reach
from generator.present.text.metrics import text_width

WIDTH, ROW = 520, 30
JOIN = "\u2063"
"""Between the name of a row and the number of a line in it: an invisible character that XML allows."""
SHAPES: dict[Reach, str] = {
    "reached": "square",
    "near": "circle",
    "missed": "diamond",
    "open": "circle",
}


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """One indicator at its attainment, per cent of the target."""

    row: str
    value: float
    standing: Reach
    label: str
    tip: str = ""
    """What hovering says in the interactive view."""


def specification(
    rows: tuple[str, ...], points: tuple[ProfilePoint, ...], axis: str, empty: str
) -> dict[str, Any]:
    """The chart as Vega-Lite; every indicator has a line of its own under the name of its row."""
    spec = deepcopy(_template())
    placed = _lines(rows, points)
    lines = list(placed)
    spec["datasets"] = {
        "points": [_datum(line, point) for line, point in placed.items() if point is not None],
        "gaps": [
            {"line": line, "target": 100, "label": empty} for line, point in placed.items() if point is None
        ],
        "target": [{"target": 100}],
    }
    values = [point.value for point in points] or [100.0]
    low, high = min(*values, 100.0), max(*values, 100.0)
    margin = max((high - low) * 0.1, 4.0)
    spec["height"] = ROW * len(lines)
    heads = {line: line.split(JOIN)[0] if line.endswith((f"{JOIN}0", f"{JOIN}-")) else "" for line in lines}
    for layer in spec["layer"]:
        encoding = layer["encoding"]
        if "y" in encoding:
            encoding["y"]["scale"] = {"domain": lines}
            encoding["y"]["axis"] |= {
                "labelExpr": style.lookup(heads),
                "minExtent": max(text_width(row, 13) for row in rows) + 12,
            }
        encoding["x"] |= {
            "title": axis,
            "scale": {"domain": [low - margin, high + margin], "nice": False, "zero": False},
        }
    return spec


def _lines(rows: tuple[str, ...], points: tuple[ProfilePoint, ...]) -> dict[str, ProfilePoint | None]:
    """The chart's lines from the top: one for each point of a row, one without a point for an empty row."""
    lines: dict[str, ProfilePoint | None] = {}
    for row in rows:
        inside = [point for point in points if point.row == row]
        lines |= {f"{row}{JOIN}{number}": point for number, point in enumerate(inside)}
        if not inside:
            lines[f"{row}{JOIN}-"] = None
    return lines


def _datum(line: str, point: ProfilePoint) -> dict[str, Any]:
    return {
        "line": line,
        "value": point.value,
        "target": 100,
        "label": point.label,
        "tip": point.tip,
        "colour": COLOURS[point.standing],
        "shape": SHAPES[point.standing],
    }


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    y = row_axis.name_axis("line")
    percent = alt.Axis(tickCount=6, grid=True, labelExpr="datum.label + ' %'")

    def x(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=percent)

    target = (
        alt.Chart(alt.NamedData("target"))
        .mark_rule(color=style.TARGET, strokeDash=[6, 4])
        .encode(x=x("target"))
    )
    points = alt.Chart(alt.NamedData("points"))
    stem = points.mark_rule(color=style.RULE, strokeWidth=2).encode(x=x("target"), x2="value:Q", y=y)
    dot = points.mark_point(size=120, filled=True, opacity=1).encode(
        x=x("value"), y=y, color=alt.Color("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None)
    )
    word = points.mark_text(align="left", dx=12).encode(x=alt.value(WIDTH), y=y, text="label:N")
    gap = (
        alt.Chart(alt.NamedData("gaps"))
        .mark_text(color=style.MUTED, dx=10, align="left")
        .encode(x=x("target"), y=y, text="label:N")
    )
    return style.finished(alt.layer(target, stem, dot, word, gap).properties(width=WIDTH), "points")
