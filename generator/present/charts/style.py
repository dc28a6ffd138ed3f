"""The look of all charts in one place: colours, fonts, sizes, and how a drawn chart follows the page's theme.

Charts are drawn with fixed colours and made themeable afterwards: each palette colour becomes a CSS variable
that the style sheet sets, so one drawing serves light, dark and print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from generator.present.charts import hover

FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Arial, sans-serif"
INK = "#1D2733"
MUTED = "#5B6675"
RULE = "#9AA0A6"
GRID = "#E3E7EC"
ACTUAL = "#404A57"
GOOD = "#0072B2"
BAD = "#D55E00"
NORMAL = "#767676"
TARGET = "#222222"
PAPER = "#FEFEFE"
BAND = "#DFE8F2"
"""The normal range."""
ZONE_DARK, ZONE, ZONE_LIGHT = "#CDD3DA", "#DEE2E7", "#EDEFF2"
"""Behind a bullet: short of the floor, of the target, beyond."""
PLAN = "#C3DAEC"
"""What is planned."""
CELL_EXCEEDED, CELL_MET, CELL_NEAR, CELL_MISSED = "#005B94", "#BFDDF1", "#FBE3CC", "#B34700"
CELL_OPEN, CELL_FREE, CELL_EMPTY = "#D5DBE1", "#E9ECEF", "#F4F5F7"
"""Cells of a table in colour: by status; not final, without a target, without a value."""
WORD_STRONG, WORD_MET, WORD_NEAR, WORD_FREE = "#FFFFFF", "#12212E", "#33200F", "#3B4450"
"""Words on them."""
SERIES = ("#2A78B5", "#E69F00", "#009E73", "#CC79A7", "#8C6D46", "#6A7FDB", "#7B8794")
"""Lines and parts that are neither good nor bad, told apart by all kinds of eyes (after Okabe and Ito)."""
TITLE_X = -32
"""Where the title of a value axis begins, pixels from the plot."""
HOVER = "hover"
"""Name of the layers that only the interactive view has: what hovering meets without being seen."""
PENTAGON = "M0,-1L0.95,-0.31L0.59,0.81L-0.59,0.81L-0.95,-0.31Z"
SHAPES = ("circle", "square", "diamond", "cross", "triangle-right", "triangle-left", PENTAGON)
"""What tells lines apart by shape; triangles that point up or down are signals' alone."""

VARIABLES = {
    INK: "ink", MUTED: "muted", RULE: "rule", GRID: "grid", ACTUAL: "actual",
    GOOD: "good", BAD: "bad", NORMAL: "normal", TARGET: "target", PAPER: "paper",
    BAND: "band", ZONE_DARK: "zone-dark", ZONE: "zone", ZONE_LIGHT: "zone-light", PLAN: "plan",
    CELL_EXCEEDED: "cell-exceeded", CELL_MET: "cell-met", CELL_NEAR: "cell-near", CELL_MISSED: "cell-missed",
    CELL_OPEN: "cell-open", CELL_FREE: "cell-free", CELL_EMPTY: "cell-empty",
    WORD_STRONG: "word-strong", WORD_MET: "word-met", WORD_NEAR: "word-near", WORD_FREE: "word-free",
}  # fmt: skip
_by_value = {value.upper(): name for value, name in VARIABLES.items()}
_colour = re.compile(r'="(#[0-9A-Fa-f]{6})"')
_size = re.compile(r' width="[\d.]+" height="[\d.]+"')


def config() -> dict[str, Any]:
    """Vega-Lite's configuration for every chart."""
    return {
        "font": FONT,
        "background": None,
        "padding": 4,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titlePadding": 8,
            "labelColor": MUTED, "titleColor": MUTED, "gridColor": GRID, "domainColor": RULE,
            "tickColor": RULE, "labelLimit": 240,
        },
        "axisX": {"grid": False, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8},
        # The unit lies over the axis: turned, a Chinese word is hard to read.
        "axisY": {
            "tickCount": 5, "domain": False, "ticks": False, "labelPadding": 6,
            "titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom",
            "titleX": TITLE_X, "titleY": -10,
        },
        "text": {"fontSize": 12, "color": INK},
        "legend": {
            "orient": "top", "direction": "horizontal", "title": None, "labelFontSize": 12,
            "labelColor": MUTED, "labelLimit": 0, "symbolSize": 90, "columns": 4,
        },
    }  # fmt: skip


def finished(chart: Any, *datasets: str) -> dict[str, Any]:
    """An Altair chart as Vega-Lite, checked against its schema, in this look; marks of `datasets` say their
    `tip` when they are hovered."""
    spec: dict[str, Any] = chart.to_dict()
    if datasets:
        tipped(spec, *datasets)
    spec["config"] = config()
    return spec


def tipped(spec: dict[str, Any], *datasets: str) -> None:
    """Let the marks of these data sets say their `tip` when they are hovered."""
    for layer in spec["layer"]:
        if layer.get("data", spec.get("data"))["name"] in datasets:
            layer["encoding"]["tooltip"] = {"field": "tip", "type": "nominal"}


def still(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without what only hovering needs: drawings do not change with the words of tips."""
    kept = dict(spec)
    if "datasets" in spec:
        kept["datasets"] = hover.named(spec["datasets"])
    if "layer" in spec:
        kept["layer"] = [_calm(layer) for layer in spec["layer"] if layer.get("name") != HOVER]
    if "spec" in spec:
        kept["spec"] = still(spec["spec"])
    return kept


def _calm(layer: dict[str, Any]) -> dict[str, Any]:
    """The layer with the names of its rows for their tips; one whose marks stand at fixed places has none."""
    encoding = layer.get("encoding")
    if encoding is None or "tooltip" not in encoding:
        return layer
    said = {name: channel for name, channel in encoding.items() if name != "tooltip"}
    return {**layer, "encoding": {**said, "description": {"field": hover.NAME, "type": "nominal"}}}


def lookup(words: Mapping[str, str | Sequence[str]]) -> str:
    """A Vega expression that looks an axis label up; one of several lines is a sequence of them."""
    return json.dumps(words, ensure_ascii=False) + "[datum.value]"


def themed(svg: str, name: str, title: str, description: str, *, narrow: bool = False) -> str:
    """A drawn chart as inline SVG of the page: themed colours, one accessible name, no outside references.

    `name` makes the ids unique on the page. The chart is one image with a title and a description, and its
    data stands in the table under it. A `narrow` one stands beside the wide one, and is named by its words.
    """

    def variable(match: re.Match[str]) -> str:
        colour = match.group(1)
        known = _by_value.get(colour.upper())
        return f'="var(--hb-chart-{known})"' if known else match.group(0)

    svg = _colour.sub(variable, svg)
    head = f'<svg role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
    start, _, rest = svg.partition(">")
    names = f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    if narrow:
        head, start, names = head.replace("<svg", '<svg class="hb-narrow"'), _size.sub("", start), ""
    start = start.replace("<svg", head, 1)
    # What the style sheet says of all drawings.
    for said in (' xmlns="http://www.w3.org/2000/svg"', f' font-family="{FONT}"', ' version="1.1"'):
        start = start.replace(said, "")
    return f"{start}>{names}{rest}"
