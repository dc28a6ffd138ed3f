"""Axes of rows that carry names, as several chart kinds have them.

Apart from `style`, which the drawing processes load: they need no Altair, and loading it takes a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.text.metrics import text_width
from generator.present.text.wrap import wrap


def name_axis(field: str = "name") -> Any:
    """The axis of rows that carry names; their order and room are put in by `set_rows`."""
    axis = alt.Axis(
        labelFontSize=13, labelColor=style.INK, labelPadding=8, domain=False, ticks=False, grid=False
    )
    return alt.Y(f"{field}:N", title=None, sort=None, axis=axis)


def set_rows(spec: dict[str, Any], names: Sequence[str]) -> None:
    """Order and room of the names in every layer that has them, whatever font the reader has."""
    room = max(text_width(name, 13) for name in names) + 12
    for layer in spec["layer"]:
        if "y" in layer["encoding"] and "field" in layer["encoding"]["y"]:
            layer["encoding"]["y"]["scale"] = {"domain": list(names)}
            layer["encoding"]["y"]["axis"] |= {"minExtent": room, "labelLimit": room + 60}


NARROW, STACKED, LINE = 310, 58, 16
"""Width of a phone's plot, height of a row with its words over it, and of a line of them."""
ONE_LINE = 42
"""Height of a row that has only its name over it."""
NAMES = "stacked-names"
MOST_LINES = 3
"""Of a row's name; what does not fit into them is cut."""
ROOM = 0.88
"""Share of a time axis up to which a word may begin."""


def stacked(spec: dict[str, Any], labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A chart of named rows for a phone: each row's words stand over it instead of beside it.

    `labels` are what rows are called where their keys are no names.
    """
    made = deepcopy(spec)
    wide = spec["width"]
    beside = [layer for layer in made["layer"] if layer["encoding"].get("x", {}).get("value") == wide]
    rows = next(
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in made["layer"]
        if "scale" in layer["encoding"].get("y", {})
    )
    told = {row: _lines((labels or {}).get(row, row)) for row in rows}
    further = LINE * (max(map(len, told.values()), default=1) - 1)
    height = (STACKED if beside else ONE_LINE) + further
    made["width"], made["height"] = NARROW, height * len(rows)
    made["config"]["legend"]["columns"] = 2
    for layer in made["layer"]:
        x, y = layer["encoding"].get("x", {}), layer["encoding"].get("y", {})
        if "values" in (x.get("axis") or {}):
            low, high = x["scale"]["domain"]
            # A word that begins at the plot's end would be cut off by the screen's.
            kept = [value for value in x["axis"]["values"] if value < low + (high - low) * ROOM]
            x["axis"] = {**x["axis"], "values": kept}
        if "field" in y:
            layer["mark"]["yOffset"] = height / 2 - 14
            y["axis"] = {"labels": False, "domain": False, "ticks": False, "grid": False}
        if layer in beside:
            layer["encoding"]["x"] = {"value": 0}
            layer["mark"] |= {"dx": 0, "yOffset": LINE * 1.5 + further - height / 2, "limit": NARROW}
    names = [{"name": row, "label": lines if further else lines[0]} for row, lines in told.items()]
    made["datasets"][NAMES] = names
    field = next(
        layer["encoding"]["y"]["field"]
        for layer in made["layer"]
        if "field" in layer["encoding"].get("y", {})
    )
    made["layer"].append(
        {
            "data": {"name": NAMES},
            "mark": {
                "type": "text", "align": "left", "fontSize": 13, "fontWeight": 600,
                "yOffset": LINE / 2 - height / 2, "limit": NARROW,
                **({"lineHeight": LINE} if further else {}),
            },
            "encoding": {
                "x": {"value": 0},
                "y": {"field": field, "type": "nominal", "scale": {"domain": list(rows)}, "sort": None},
                "text": {"field": "label", "type": "nominal"},
            },
        }
    )  # fmt: skip
    if field != "name":
        made["datasets"][NAMES] = [{field: row["name"], **row} for row in names]
    return made


def _lines(name: str) -> list[str]:
    """A row's name on as many lines as it takes."""
    return list(wrap(name, NARROW, 13, bold=True, most=MOST_LINES)) or [""]
