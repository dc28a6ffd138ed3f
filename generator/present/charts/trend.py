"""The trend of one series: its values, its target and the changes made to the process.

The specification is built and validated by Altair once a run; a chart is a copy of it with its data, its axis
and its words put in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.present.charts import style

WIDTH, HEIGHT = 600, 220
MOST_TICKS = 9
LINE = 17
"""Height of a line of text, pixels."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the chart; None is a gap and is drawn as one."""

    period: str
    """Unique and sortable, as `2025-07`."""
    label: str
    """What the axis says under it, as 2025年7月."""
    value: float | None
    target: float | None
    firm: bool = True
    """False: provisional or estimated, drawn hollow."""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """A change of the process, drawn as a line at its period."""

    period: str
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything the chart shows, words included."""

    points: tuple[TrendPoint, ...]
    marks: tuple[TrendMark, ...]
    axis: str
    """Title of the value axis: the unit."""
    target_label: str
    last_label: str


def specification(trend: Trend) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    # A copy by way of JSON costs a fraction of deepcopy.
    spec: dict[str, Any] = json.loads(_template())
    spec["datasets"] = _datasets(trend)
    x = {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "sort": None,
        "scale": {"type": "point", "padding": 0.5, "domain": [point.period for point in trend.points]},
        "axis": {"values": _ticks(trend.points), "labelExpr": _labels(trend.points)},
    }
    for layer in spec["layer"]:
        layer["encoding"]["x"] = x
        if "field" in layer["encoding"].get("y", {}):
            layer["encoding"]["y"]["title"] = trend.axis
    spec["layer"][-2]["mark"]["dy"], spec["layer"][-1]["mark"]["dy"] = _apart(trend)
    return spec


def _apart(trend: Trend) -> tuple[float, float]:
    """Vertical offsets of the target's word and of the last value's, so that they never cover each other."""
    values = [
        number for point in trend.points for number in (point.value, point.target) if number is not None
    ]
    last = next((point.value for point in reversed(trend.points) if point.value is not None), None)
    target = next((point.target for point in reversed(trend.points) if point.target is not None), None)
    if last is None or target is None:
        return 0, 0
    span = (max(values) - min(values)) or 1
    distance = (last - target) / span * HEIGHT * 0.75
    if abs(distance) >= LINE:
        return 0, 0
    push = (LINE - abs(distance)) / 2
    return (push, -push) if distance >= 0 else (-push, push)


def _datasets(trend: Trend) -> dict[str, list[dict[str, Any]]]:
    values = [
        {"period": point.period, "value": point.value, "target": point.target, "firm": point.firm}
        for point in trend.points
    ]
    shown = [point for point in trend.points if point.value is not None]
    asked = [point for point in trend.points if point.target is not None]
    last = shown[-1] if shown else None
    final = asked[-1] if asked else None
    middle = len(trend.points) / 2
    place = {point.period: index for index, point in enumerate(trend.points)}
    return {
        "points": values,
        "last": [{"period": last.period, "value": last.value, "label": trend.last_label}] if last else [],
        "target": [{"period": final.period, "target": final.target, "label": trend.target_label}]
        if final
        else [],
        "marks": [{"period": mark.period} for mark in trend.marks],
        "early": [
            {"period": mark.period, "label": mark.label}
            for mark in trend.marks
            if place[mark.period] < middle
        ],
        "late": [
            {"period": mark.period, "label": mark.label}
            for mark in trend.marks
            if place[mark.period] >= middle
        ],
    }


def _ticks(points: tuple[TrendPoint, ...]) -> list[str]:
    """Evenly spaced periods, few enough for their labels; steps of 3, 6 and 12 suit months."""
    step = next(
        (step for step in (1, 2, 3, 6, 12, 24, 60, 120) if (len(points) - 1) // step + 1 <= MOST_TICKS), 365
    )
    return [point.period for point in points[::step]]


def _labels(points: tuple[TrendPoint, ...]) -> str:
    """A Vega expression that looks the label of a period up."""
    return json.dumps({point.period: point.label for point in points}, ensure_ascii=False) + "[datum.value]"


@cache
def _template() -> str:
    """The layers without data as JSON, checked by Altair against the Vega-Lite schema."""
    x: Any = alt.X("period:O")
    y = alt.Y("value:Q", scale=alt.Scale(zero=False, nice=True, padding=16))
    target_y = alt.Y("target:Q", scale=alt.Scale(zero=False, nice=True, padding=16))
    values = alt.Chart(alt.NamedData("points"))
    line = values.mark_line(color=style.ACTUAL, strokeWidth=2, invalid="break-paths-show-domains").encode(
        x=x, y=y
    )
    dots = (
        values.transform_filter("isValid(datum.value)")
        .mark_point(size=40, strokeWidth=1.5, opacity=1, color=style.ACTUAL)
        .encode(
            x=x,
            y=y,
            fill=alt.condition("datum.firm", alt.value(style.ACTUAL), alt.value(style.PAPER)),
        )
    )
    goal = values.mark_line(
        color=style.TARGET,
        strokeDash=[6, 4],
        strokeWidth=1.3,
        interpolate="step",
        invalid="break-paths-show-domains",
    ).encode(x=x, y=target_y)
    goal_word = (
        alt.Chart(alt.NamedData("target"))
        .mark_text(align="left", dx=10, color=style.TARGET)
        .encode(x=x, y=target_y, text="label:N")
    )
    last = alt.Chart(alt.NamedData("last"))
    last_dot = last.mark_point(
        size=90, filled=True, opacity=1, color=style.ACTUAL, stroke=style.PAPER
    ).encode(x=x, y=y)
    last_word = last.mark_text(align="left", dx=10, fontSize=13, fontWeight=600).encode(
        x=x, y=y, text="label:N"
    )
    rule = alt.Chart(alt.NamedData("marks")).mark_rule(color=style.RULE, strokeWidth=1.2).encode(x=x)
    early = (
        alt.Chart(alt.NamedData("early"))
        .mark_text(align="left", baseline="top", dx=5, color=style.MUTED)
        .encode(x=x, y=alt.value(0), text="label:N")
    )
    late = (
        alt.Chart(alt.NamedData("late"))
        .mark_text(align="right", baseline="top", dx=-5, color=style.MUTED)
        .encode(x=x, y=alt.value(0), text="label:N")
    )
    chart: Any = alt.layer(rule, goal, line, dots, last_dot, early, late, goal_word, last_word).properties(
        width=WIDTH, height=HEIGHT
    )
    spec: dict[str, Any] = chart.to_dict()
    spec["config"] = style.config()
    return json.dumps(spec)
