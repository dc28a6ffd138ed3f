"""The trend of one series as a control chart: values, normal range, target, and what was changed when.

The specification is built and validated by Altair once a run; a chart is a copy of it with its data, its axis
and its words put in. Colours, shapes and sizes of the points come with the data, so one layer draws them all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

import altair as alt

from generator.compute.series.possible import UNBOUNDED, Possible
from generator.present.charts import style
from generator.present.charts.bounds import end_axis
from generator.present.charts.mark_words import GAP, ROWS, placed
from generator.present.charts.sparkline import usual_ends
from generator.present.text.metrics import text_width

WIDTH, HEIGHT = 600, 220
PADDING = 16
"""Room above the highest and below the lowest value, pixels."""
MOST_TICKS, APART = 9, 8
"""Words under the time axis, and pixels between two of them."""
LINE = 17
"""Height of a line of text, pixels."""
LIMIT_LAYERS = 3
"""The first layers: the band of the normal range and its two ends."""

PointLook = Literal["improvement", "concern", "high", "low", "normal"]
LOOK: dict[PointLook, tuple[str, str]] = {
    "improvement": (style.GOOD, "triangle-up"),
    "concern": (style.BAD, "triangle-down"),
    "high": (style.INK, "diamond"),
    "low": (style.INK, "diamond"),
    "normal": (style.NORMAL, "circle"),
}


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the chart; None is a gap and is drawn as one."""

    period: str
    """Unique and sortable, as `2025-07`."""
    label: str
    """What the axis says under it, as 7月 or 2025年1月."""
    value: float | None
    target: float | None
    firm: bool = True
    """False: provisional or estimated, drawn hollow."""
    segment: int = 1
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    """The normal range; None where it cannot be told."""
    signal: PointLook = "normal"
    sure: bool = True
    """False: a signal in doubt, drawn in its shape without its colour."""
    tip: str = ""
    """What hovering says in the interactive view."""
    dated: str = ""
    """The label with its year."""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """A change of the process, or of the definition, drawn as a line at its period."""

    period: str
    label: str
    """The change's name, as much of which is shown as there is room for."""
    definition: bool = False
    """True: figures on both sides cannot be compared; drawn dashed."""
    tip: str = ""
    """What hovering says in the interactive view: the whole name, its kind and month."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything the chart shows, words included."""

    points: tuple[TrendPoint, ...]
    marks: tuple[TrendMark, ...]
    axis: str
    """Title of the value axis: the unit."""
    target_label: str
    last_label: str
    bounds: Possible = UNBOUNDED
    """Beyond which the axis names no value."""
    width: int = WIDTH
    """Of the plot, pixels."""


def specification(trend: Trend) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    # A copy by way of JSON costs a fraction of deepcopy.
    spec: dict[str, Any] = json.loads(_template())
    spec["datasets"] = _datasets(trend)
    spec["width"] = trend.width
    # Once for all layers, and labels for the ticks alone: the specification goes into every page.
    spec["encoding"]["x"] = panel_axis(
        [point.period for point in trend.points], ticks(trend.points, trend.width)
    )
    for layer in spec["layer"]:
        if "field" in layer.get("encoding", {}).get("y", {}):
            layer["encoding"]["y"]["title"] = trend.axis
            layer["encoding"]["y"]["axis"] = {"titleY": -10 if _free(spec["datasets"], trend) else -40}
    rows = spec["datasets"]["points"]
    drawn = [row[name] for row in rows for name in ("value", "target", "centre", "lower", "upper")]
    end_axis(spec["layer"], drawn, trend.bounds, PADDING / HEIGHT)
    if _varies(trend):
        for layer in spec["layer"][:LIMIT_LAYERS]:
            layer["mark"]["interpolate"] = "step"
    spec["layer"][-2]["mark"]["dy"], spec["layer"][-1]["mark"]["dy"] = _apart(trend)
    return spec


def _varies(trend: Trend) -> bool:
    """Whether the normal range of some segment differs from one period to the next."""
    ends = {(point.segment, point.lower, point.upper) for point in trend.points if point.lower is not None}
    return len(ends) > len({segment for segment, _, _ in ends})


def _window(trend: Trend) -> tuple[float, float]:
    """Between which values a normal range is drawn; what lies further out is drawn to the edge."""
    seen = [
        number
        for point in trend.points
        for number in (point.value, point.target, point.centre)
        if number is not None
    ]
    seen += usual_ends([(point.segment, point.lower, point.upper) for point in trend.points])
    return (min(seen), max(seen)) if seen else (0.0, 0.0)


def _free(datasets: dict[str, list[dict[str, Any]]], trend: Trend) -> bool:
    """Whether the axis's title may stand beside the words of marks: none begins where it ends."""
    place = {point.period: index for index, point in enumerate(trend.points)}
    step = trend.width / max(len(trend.points), 1)
    end = style.TITLE_X + text_width(trend.axis, 12) + 8
    rows = [
        (row, side)
        for side in ("left", "right")
        for number in range(ROWS)
        for row in datasets[f"{side}-{number}"]
    ]
    starts = [
        (place[row["period"]] + 0.5) * step - (0 if side == "left" else text_width(row["label"], 12) + GAP)
        for row, side in rows
    ]
    return all(start > end for start in starts)


def _apart(trend: Trend) -> tuple[float, float]:
    """Vertical offsets of the target's word and of the last value's, so that they never cover each other."""
    values = [
        number for point in trend.points for number in (point.value, point.target) if number is not None
    ] + list(_window(trend))
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
    shown = [place for place, point in enumerate(trend.points) if point.value is not None]
    asked = [point for point in trend.points if point.target is not None]
    last = trend.points[shown[-1]] if shown else None
    final = asked[-1] if asked else None
    window = _window(trend)
    return {
        "points": [
            _datum(point, bool(shown) and place == shown[-1], window)
            for place, point in enumerate(trend.points)
        ],
        "last": [{"period": last.period, "value": last.value, "label": trend.last_label}] if last else [],
        "target": [{"period": final.period, "target": final.target, "label": trend.target_label}]
        if final
        else [],
        "changes": [_line(mark) for mark in trend.marks if not mark.definition],
        "breaks": [_line(mark) for mark in trend.marks if mark.definition],
        **_mark_labels(trend),
    }


def _datum(point: TrendPoint, last: bool, window: tuple[float, float]) -> dict[str, Any]:
    """A point with its look: signals by colour and shape, the last one large, older ones quiet."""
    colour, shape = LOOK[point.signal]
    if not point.sure and point.signal in ("improvement", "concern"):
        colour = style.NORMAL
    quiet = 34 if point.signal == "normal" else 60
    return {
        "period": point.period,
        "value": point.value,
        "target": point.target,
        "segment": point.segment,
        "centre": point.centre,
        "lower": None if point.lower is None else max(point.lower, window[0]),
        "upper": None if point.upper is None else min(point.upper, window[1]),
        "colour": colour,
        "fill": colour if point.firm else style.PAPER,
        "shape": shape,
        "tip": point.tip,
        "size": (80 if point.signal == "normal" else 130) if last else quiet,
    }


def _line(mark: TrendMark) -> dict[str, Any]:
    return {"period": mark.period, "tip": mark.tip or mark.label}


def _mark_labels(trend: Trend) -> dict[str, list[dict[str, Any]]]:
    """The marks' words by side and row."""
    place = {point.period: index for index, point in enumerate(trend.points)}
    step = trend.width / max(len(trend.points), 1)
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in label_sets()}
    words = placed([((place[mark.period] + 0.5) * step, mark.label) for mark in trend.marks], trend.width)
    for word in words:
        mark = trend.marks[word.mark]
        row = {"period": mark.period, "label": word.text, "tip": mark.tip or mark.label}
        made[f"{word.side}-{word.row}"].append(row)
    return made


def label_sets() -> tuple[str, ...]:
    """Names of the data sets of the marks' words: side and row."""
    return tuple(f"{side}-{row}" for side in ("left", "right") for row in range(ROWS))


def ticks(points: tuple[TrendPoint, ...], width: int = WIDTH) -> tuple[TrendPoint, ...]:
    """Evenly spaced periods, few enough for their labels; steps of 3, 6 and 12 suit months.

    The first year that begins has one of them; a later one without is told at the first of its own.
    """
    steps = [step for step in (1, 2, 3, 6, 12, 24, 60, 120) if (len(points) - 1) // step + 1 <= MOST_TICKS]
    step = next((step for step in steps if step > 1 or _have_room(points, width)), 365)
    begins = next((place for place, point in enumerate(points) if place and _says_year(point)), 0)
    shown = points[begins % step :: step]
    years = [point.period[:4] for point in shown]
    return tuple(
        point if _says_year(point) or year == before or not point.dated else replace(point, label=point.dated)
        for point, year, before in zip(shown, years, ["", *years], strict=False)
    )


def _have_room(points: tuple[TrendPoint, ...], width: int) -> bool:
    """Whether the words of all periods stand beside each other; the first one's, with its year, may not."""
    wide = [text_width(point.label, 12) for point in points[1:]]
    return all((one + other) / 2 + APART <= width / len(points) for one, other in pairwise(wide))


def _says_year(point: TrendPoint) -> bool:
    return point.period[:4] in point.label


def tick_labels(points: tuple[TrendPoint, ...]) -> str:
    """A Vega expression that looks the label of a period up."""
    return json.dumps({point.period: point.label for point in points}, ensure_ascii=False) + "[datum.value]"


def _y(field: str) -> Any:
    """The value axis, the same for every layer."""
    return alt.Y(f"{field}:Q", scale=alt.Scale(zero=False, nice=True, padding=PADDING))


def _limits(points: Any) -> list[Any]:
    """The normal range of every segment: band, its two ends, centre."""
    limited = points.transform_filter("isValid(datum.lower)")
    band = limited.mark_area(color=style.BAND).encode(y=_y("lower"), y2="upper:Q", detail="segment:N")
    ends = [
        limited.mark_line(color=style.RULE, strokeDash=[2, 3], strokeWidth=1).encode(
            y=_y(end), detail="segment:N"
        )
        for end in ("lower", "upper")
    ]
    centre = limited.mark_line(color=style.MUTED, strokeWidth=1).encode(y=_y("centre"), detail="segment:N")
    return [band, *ends, centre]


def panel_axis(periods: Sequence[str], shown: tuple[TrendPoint, ...]) -> dict[str, Any]:
    """The time axis that small panels share: every period has its place, `shown` have their labels."""
    return {
        "field": "period",
        "type": "ordinal",
        "title": None,
        "sort": None,
        "scale": {"type": "point", "padding": 0.5, "domain": list(periods)},
        "axis": {
            "values": [point.period for point in shown],
            "labelExpr": tick_labels(shown),
            "grid": False,
        },
    }


@cache
def _template() -> str:
    """The layers without data as JSON, checked by Altair against the Vega-Lite schema."""
    points = alt.Chart(alt.NamedData("points"))
    marks = [
        _mark_line("changes", color=style.INK),
        _mark_line("breaks", color=style.MUTED, strokeDash=[4, 3]),
    ]
    words = [_mark_word(name) for name in label_sets()]
    ends = [
        _end_word("target", "target", color=style.TARGET),
        _end_word("last", "value", fontSize=13, fontWeight=600),
    ]
    chart = (
        alt.layer(*_limits(points), *marks, _goal(points), *_values(points), *words, *ends)
        .encode(x="period:O")
        .properties(width=WIDTH, height=HEIGHT)
    )
    return json.dumps(style.finished(chart))


def _values(points: Any) -> tuple[Any, Any]:
    """The line of the values, broken at gaps, and a dot for each in the look that comes with it."""
    line = points.mark_line(color=style.ACTUAL, strokeWidth=1.8, invalid="break-paths-show-domains").encode(
        y=_y("value")
    )
    dots = (
        points.transform_filter("isValid(datum.value)")
        .mark_point(strokeWidth=1.5, opacity=1)
        .encode(
            y=_y("value"),
            stroke=alt.Stroke("colour:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip="tip:N",
        )
    )
    return line, dots


def _goal(points: Any) -> Any:
    """The target as a stepped line."""
    return points.mark_line(
        color=style.TARGET,
        strokeDash=[6, 4],
        strokeWidth=1.3,
        interpolate="step",
        invalid="break-paths-show-domains",
    ).encode(y=_y("target"))


def _end_word(name: str, field: str, **look: Any) -> Any:
    """The word to the right of the last point of a line."""
    word = alt.Chart(alt.NamedData(name)).mark_text(align="left", dx=12, **look)
    return word.encode(y=_y(field), text="label:N")


def _mark_line(name: str, **look: Any) -> Any:
    """A line over the whole height at every mark of a data set."""
    return alt.Chart(alt.NamedData(name)).mark_rule(strokeWidth=1.1, **look).encode(tooltip="tip:N")


def _mark_word(name: str) -> Any:
    """The words of one side and row, above the plot."""
    side, _, row = name.partition("-")
    left = side == "left"
    return (
        alt.Chart(alt.NamedData(name))
        .mark_text(
            align="left" if left else "right", baseline="bottom", dx=-3 if left else 3, color=style.MUTED
        )
        .encode(y=alt.value(-4 - 15 * int(row)), text="label:N", tooltip="tip:N")
    )
