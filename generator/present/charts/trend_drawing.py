"""Draws trends without the drawing library: the same letters, a twentieth of the time.

There is a trend for every series, and the library takes 40 ms for each, nearly all of it to read the chart's
grammar. The grammar of a trend is always the same, so what the library makes of it can be said here: its
scales, its ticks and the places of its words. What it writes that `slim` takes away is not written at all.

A specification that differs from the template in anything but its data, and every case in which rounding
could come out otherwise, is left to the library. A test draws random trends both ways and finds no letter
that differs.

Source: Vega 6 (`vega-scale`, `vega-scenegraph`, `vega-view-transforms`), d3-array 3 (`ticks`), d3-shape 3.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from generator.model.exact import counted
from generator.model.written import settled_tree
from generator.present.charts import style
from generator.present.charts.hover import NAME
from generator.present.charts.measured import measured
from generator.present.charts.number_axis import Unsure, half_up, labels_of, nice, padded, ticks, with_room
from generator.present.charts.trend import (
    HEIGHT,
    LIMIT_LAYERS,
    PADDING,
    Trend,
    TrendPoint,
    specification,
)
from generator.present.text.metrics import BOLD, em_width

SIZE = 12
PAD = 4
TICKS = 5
BETWEEN = 8
"""Room between two words of the time axis, pixels."""
MOST = 240
"""Of a word of an axis, pixels."""
_beyond = re.compile(r"datum\.value ([<>]) (-?[\d.]+(?:e[+-]?\d+)?)")
_looked_up = re.compile(r"(\{.*\})\[datum\.value\]", re.DOTALL)
TREND = '"left-0"'
"""Stands in the specification of every trend, and is quickly found."""
DataRow = Mapping[str, Any]
Pixels = Callable[[float], float]


def trend_drawing(spec: dict[str, Any]) -> str | None:
    """The drawing of a trend as the library would write it but for what `slim` removes, names of marks apart;
    None for any other chart, and where it cannot be told what the library would do."""
    if len(spec.get("layer", ())) != len(_template()["layer"]) or _form(spec) != _template():
        return None
    try:
        return _Trend(spec).drawn()
    except Unsure:
        return None


class _Trend:
    """One trend: its data and its scales."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec, self.data = spec, spec["datasets"]
        self.width: int = spec["width"]
        self.points: Sequence[DataRow] = self.data["points"]
        periods = spec["encoding"]["x"]["scale"]["domain"]
        if periods != sorted(set(periods)) or periods != [row["period"] for row in self.points]:
            raise Unsure
        step = self.width / len(periods)
        start = (self.width - step * (len(periods) - 1)) * 0.5
        self.across = {period: start + step * place for place, period in enumerate(periods)}
        self.limited = [row for row in self.points if row["lower"] is not None]
        if any(row["upper"] is None or row["centre"] is None for row in self.limited):
            raise Unsure
        self.low, self.high = self._domain()
        self.right, self.left, self.top, self.bottom = float(self.width), 0.0, 0.0, float(HEIGHT)

    def _domain(self) -> tuple[float, float]:
        """Between which values the axis runs."""
        values = [row[name] for row in self.points for name in ("value", "target")]
        values += [row[name] for row in self.limited for name in ("lower", "upper", "centre")]
        found = [value for value in values if value is not None]
        if not found or min(found) == max(found):
            raise Unsure
        low, high = padded(min(found), max(found), HEIGHT, PADDING)
        return nice(low, high) if self.spec["layer"][0]["encoding"]["y"]["scale"]["nice"] else (low, high)

    def down(self, value: float) -> float:
        """Pixels from the top."""
        return HEIGHT * (1 - (value - self.low) / (self.high - self.low))

    def drawn(self) -> str:
        """The whole drawing; its words say how much room is around it."""
        inside = "".join((*self._axes(), *self._range(), *self._lines(), self._dots(), *self._words()))
        left, top = _up(-self.left), _up(-self.top)
        width = self.width + left + _up(self.right - self.width) + 2 * PAD
        height = HEIGHT + top + _up(self.bottom - HEIGHT) + 2 * PAD
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}"><g fill="none" transform="translate({left + PAD},{top + PAD})">'
            f"{inside}</g></svg>"
        )

    def _axes(self) -> Iterator[str]:
        """Lines behind the plot, the time axis, the words of the value axis."""
        shown = ticks(self.low, self.high, TICKS)
        axis = self.spec["layer"][0]["encoding"]["y"]["axis"]
        beyond = _beyond.findall(axis.get("labelExpr", ""))
        hidden = [
            any(value < float(bound) if sign == "<" else value > float(bound) for sign, bound in beyond)
            for value in shown
        ]
        heights = [_number(half_up(self.down(value))) for value in shown]
        grid = "".join(
            f'<line transform="translate(0,{height})" x2="{self.width}" y2="0" stroke="{style.GRID}"'
            f' opacity="{0 if gone else 1}"/>'
            for height, gone in zip(heights, hidden, strict=True)
        )
        yield f'<g><g transform="translate(0.5,0.5)"><g>{grid}</g></g></g>'
        yield from self._time_axis()
        words = "".join(
            self._word(-6, self.down(value), "" if gone else label, style.MUTED, "end")
            for value, label, gone in zip(
                shown, labels_of(shown, self.low, self.high, TICKS), hidden, strict=True
            )
        )
        title = self.spec["layer"][0]["encoding"]["y"]["title"]
        if not title:
            raise Unsure
        named = self._word(style.TITLE_X, axis["titleY"], title, style.MUTED, "start", lift=-3)
        yield f'<g><g transform="translate(0.5,0.5)"><g>{words}</g><g>{named}</g></g></g>'

    def _time_axis(self) -> Iterator[str]:
        axis = self.spec["encoding"]["x"]["axis"]
        looked_up = _looked_up.fullmatch(axis["labelExpr"])
        told = json.loads(looked_up[1]) if looked_up else {}
        if not all(told.get(period) for period in axis["values"]):
            raise Unsure
        labels = [(self.across[period], told[period]) for period in axis["values"]]
        seen = with_room([(at, _wide(label, SIZE) / 2) for at, label in labels], BETWEEN)
        rule = f'stroke="{style.RULE}"/>'
        places = [_number(half_up(at)) for at, _ in labels]
        marks = "".join(f'<line transform="translate({x},0)" x2="0" y2="5" {rule}' for x in places)
        words = "".join(
            self._word(at, 7, label, style.MUTED, "middle", lift=9, below=HEIGHT)
            if there
            else _text(at, 16, label, style.MUTED, "middle", more=' opacity="0"')
            for (at, label), there in zip(labels, seen, strict=True)
        )
        yield (
            f'<g><g transform="translate(0.5,{HEIGHT}.5)"><g>{marks}</g><g>{words}</g>'
            f'<g><line transform="translate(0,0)" x2="{self.width}" y2="0" {rule}</g></g></g>'
        )

    def _range(self) -> Iterator[str]:
        """Of every segment the band of its normal range, the band's two ends, its centre."""
        stepped = self.spec["layer"][0]["mark"].get("interpolate") == "step"
        parts: dict[Any, list[DataRow]] = {}
        for row in self.limited:
            parts.setdefault(row["segment"], []).append(row)

        def along(name: str, rows: Sequence[DataRow]) -> list[tuple[float, float]]:
            return [(self.across[row["period"]], self.down(row[name])) for row in rows]

        areas = (_area(along("lower", rows), along("upper", rows), stepped) for rows in parts.values())
        yield _grouped(f'<g><path d="{area}" fill="{style.BAND}"/></g>' for area in areas)
        for name, colour, dashes, step in (
            ("lower", style.RULE, ' stroke-dasharray="2,3"', stepped),
            ("upper", style.RULE, ' stroke-dasharray="2,3"', stepped),
            ("centre", style.MUTED, "", False),
        ):
            lines = (_line(along(name, rows), step) for rows in parts.values())
            yield _grouped(f'<g><path d="{d}" stroke="{colour}"{dashes}/></g>' for d in lines)

    def _lines(self) -> Iterator[str]:
        """What was changed when, the target, the values."""
        for name, colour, dashes in (
            ("changes", style.INK, ""),
            ("breaks", style.MUTED, ' stroke-dasharray="4,3"'),
        ):
            yield _grouped(
                f'<line{_called(row)} transform="translate({_number(self.across[row["period"]])},0)" x2="0"'
                f' y2="{HEIGHT}" stroke="{colour}" stroke-width="1.1"{dashes}/>'
                for row in self.data[name]
            )
        for name, colour, look, step in (
            ("target", style.TARGET, 'stroke-width="1.3" stroke-dasharray="6,4"', True),
            ("value", style.ACTUAL, 'stroke-width="1.8"', False),
        ):
            runs = groupby(self.points, key=lambda row: row[name] is not None)
            d = "".join(
                _line([(self.across[row["period"]], self.down(row[name])) for row in run], step)
                for there, run in runs
                if there
            )
            drawn = f'd="{d}" ' if d else ""
            yield f'<g><path {drawn}stroke="{colour}" {look}/></g>'

    def _dots(self) -> str:
        """The values in the looks that come with them."""
        return _grouped(
            '<path{} transform="translate({},{})" d="{}" fill="{}" stroke="{}" stroke-width="1.5"/>'.format(
                _called(row),
                _number(self.across[row["period"]]),
                _number(self.down(row["value"])),
                _symbol(row["shape"], row["size"]),
                row["fill"],
                row["colour"],
            )
            for row in self.points
            if row["value"] is not None
        )

    def _words(self) -> Iterator[str]:
        """The names of what was changed, the target's word and the newest value's."""
        for layer in self.spec["layer"][-6:-2]:
            mark, height = layer["mark"], layer["encoding"]["y"]["value"]
            anchor = "start" if mark["align"] == "left" else "end"
            yield _grouped(
                self._word(
                    self.across[row["period"]] + mark["dx"],
                    height,
                    row["label"],
                    style.MUTED,
                    anchor,
                    lift=-3,
                )
                for row in self.data[layer["data"]["name"]]
            )
        for layer, name, field, colour, size in (
            (self.spec["layer"][-2], "target", "target", style.TARGET, SIZE),
            (self.spec["layer"][-1], "last", "value", style.INK, 13),
        ):
            yield _grouped(
                self._word(
                    self.across[row["period"]] + layer["mark"]["dx"],
                    self.down(row[field]),
                    row["label"],
                    colour,
                    "start",
                    lift=layer["mark"]["dy"] + 4,
                    size=size,
                )
                for row in self.data[name]
            )

    def _word(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        anchor: str,
        *,
        lift: float = 4,
        below: int = 0,
        size: int = SIZE,
    ) -> str:
        """A word, `lift` pixels below its place because of its baseline; it widens the drawing."""
        wide = _wide(text, size)
        if not text and anchor != "end":
            raise Unsure
        begins = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        head = y + (lift - round(0.8 * size)) + below
        self.left, self.right = min(self.left, begins), max(self.right, begins + wide)
        self.top, self.bottom = min(self.top, head), max(self.bottom, head + size)
        return _text(x, y + lift, text, colour, anchor, size=size)


def _text(
    x: float, y: float, text: str, colour: str, anchor: str, *, size: int = SIZE, more: str = ""
) -> str:
    weight = ' font-weight="600"' if size != SIZE else ""
    return (
        f'<text text-anchor="{anchor}" transform="translate({_number(x)},{_number(y)})"'
        f' font-family="{style.FONT}" font-size="{size}px"{weight} fill="{colour}"{more}>'
        f"{escape(text, quote=False)}</text>"
    )


def _called(row: DataRow) -> str:
    """The name of a row that says something when it is hovered, as the library writes it on the mark."""
    return f' aria-label="{escape(row[NAME])}"' if NAME in row else ""


def _grouped(parts: Iterable[str]) -> str:
    return f"<g>{''.join(parts)}</g>"


def _wide(text: str, size: int) -> float:
    """Pixels of a text in the font that the library measures with (`docs/make_metrics_font.py`)."""
    return counted(_units(letter, size != SIZE) for letter in text) * size / 1000


@cache
def _units(letter: str, bold: bool) -> int:
    return round(em_width(letter) * (BOLD if bold else 1) * 1000)


def _line(points: Sequence[tuple[float, float]], stepped: bool) -> str:
    """A line through points, the last one closed where it is alone."""
    if stepped and len(points) > 1:
        return "M" + "L".join(_steps(points))
    return "M" + "L".join(f"{_short(x)},{_short(y)}" for x, y in points) + ("Z" if len(points) == 1 else "")


def _area(lower: Sequence[tuple[float, float]], upper: Sequence[tuple[float, float]], stepped: bool) -> str:
    """Along one edge and back along the other."""
    back = upper[::-1]
    if stepped and len(lower) > 1:
        return f"M{'L'.join((*_steps(lower), *_steps(back)))}Z"
    return f"M{'L'.join(f'{_short(x)},{_short(y)}' for x, y in (*lower, *back))}Z"


def _steps(points: Sequence[tuple[float, float]]) -> Iterator[str]:
    """A step half way between two points."""
    x, y = points[0]
    yield f"{_short(x)},{_short(y)}"
    for next_x, next_y in points[1:]:
        middle = x * 0.5 + next_x * 0.5
        yield f"{_short(middle)},{_short(y)}"
        yield f"{_short(middle)},{_short(next_y)}"
        x, y = next_x, next_y
    yield f"{_short(x)},{_short(y)}"


@cache
def _symbol(shape: str, size: float) -> str:
    """A shape of an area of so many square pixels around its place."""
    r = math.sqrt(size) / 2
    a, h = _short(r), _short(r * math.sqrt(3) / 2)
    if shape == "circle":
        return f"M{a},0A{a},{a},0,1,1,-{a},0A{a},{a},0,1,1,{a},0"
    if shape == "diamond":
        return f"M-{a},0L0,-{a}L{a},0L0,{a}Z"
    if shape == "triangle-up":
        return f"M0,-{h}L-{a},{h}L{a},{h}Z"
    if shape == "triangle-down":
        return f"M0,{h}L-{a},-{h}L{a},-{h}Z"
    raise Unsure


def _short(number: float) -> str:
    """A place of a path: the library writes three digits."""
    return _number(math.floor(number * 1000 + 0.5) / 1000)


def _number(number: float) -> str:
    """As JavaScript writes it, for what is neither huge nor tiny."""
    whole = int(number)
    return str(whole) if whole == number else repr(number)


def _up(number: float) -> int:
    """The next whole number, where it is certain: the library adds up widths in its own order."""
    if abs(number - round(number)) < 0.001 and number != round(number):
        raise Unsure
    return max(0, math.ceil(number))


def _form(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The specification without what differs from trend to trend."""
    x = spec.get("encoding", {}).get("x", {})
    layers = []
    for place, layer in enumerate(spec["layer"]):
        mark, encoding = dict(layer["mark"]), dict(layer.get("encoding", {}))
        if place < LIMIT_LAYERS and mark.get("interpolate") == "step":
            del mark["interpolate"]
        if place >= len(spec["layer"]) - 2:
            mark.pop("dy", None)
        if "field" in encoding.get("y", {}):
            y = dict(encoding["y"])
            y["scale"] = {**y["scale"], "nice": True}
            y.pop("title", None)
            y.pop("axis", None)
            encoding["y"] = y
        layers.append({**layer, "mark": mark, "encoding": encoding})
    rest = {
        key: value for key, value in spec.items() if key not in ("datasets", "layer", "encoding", "width")
    }
    axis = {**x.get("axis", {}), "values": None, "labelExpr": None}
    named = {**x, "scale": {**x.get("scale", {}), "domain": None}, "axis": axis}
    return {**rest, "layer": layers, "encoding": {**spec["encoding"], "x": named}}


@cache
def _template() -> dict[str, Any]:
    """The form that every trend has."""
    points = tuple(TrendPoint(f"2025-0{month}", "", 1.0, None) for month in (1, 2))
    spec = specification(Trend(points, (), "-", "", "1"))
    bare = {key: value for key, value in spec.items() if key != "$schema"}
    return _form(measured(style.still(settled_tree(bare))))
