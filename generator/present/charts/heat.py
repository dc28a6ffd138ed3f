"""A table in colour: rows by columns, each cell its status and its attainment in per cent.

Cells have colours of their own in light and dark, and the words on them the colour that is legible there.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.text.metrics import text_width
from generator.present.text.wrap import wrap

COLUMN, ROW = 74, 26
PHONE, NAME, LONGEST, PERIODS, MOST = 345, 155, 190, 3, 4
"""On a phone: width of names and columns, room of short and most of long names, periods that are kept, most
columns of others."""
CELLS = {
    "exceeded": (style.CELL_EXCEEDED, style.WORD_STRONG),
    "met": (style.CELL_MET, style.WORD_MET),
    "near": (style.CELL_NEAR, style.WORD_NEAR),
    "missed": (style.CELL_MISSED, style.WORD_STRONG),
    "not-final": (style.CELL_OPEN, style.WORD_MET),
    "no-target": (style.CELL_FREE, style.WORD_FREE),
    "no-data": (style.CELL_EMPTY, style.MUTED),
}
"""Status -> colour of the cell and of the words on it."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One row in one column."""

    row: str
    column: str
    status: str
    label: str
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The table; `states` are the words of the legend, status -> word."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[HeatCell, ...]
    states: tuple[tuple[str, str], ...]


def specification(heat: Heat) -> dict[str, Any]:
    """The chart as Vega-Lite."""
    spec = deepcopy(_template())
    words = dict(heat.states)
    spec["datasets"] = {
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "state": words[cell.status],
                "label": cell.label,
                "tip": cell.tip,
                "ink": CELLS[cell.status][1],
            }
            for cell in heat.cells
        ]
    }
    widest = max((text_width(column, 12) for column in heat.columns), default=0.0)
    spec["width"] = max(COLUMN, min(widest + 12, 150)) * len(heat.columns)
    spec["height"] = ROW * len(heat.rows)
    used = [status for status, _ in heat.states if any(cell.status == status for cell in heat.cells)]
    room = max(text_width(name, 13) for name in heat.rows) + 12
    for layer in spec["layer"]:
        layer["encoding"]["y"] |= {"scale": {"domain": list(heat.rows)}}
        layer["encoding"]["y"]["axis"] |= {"minExtent": room, "labelLimit": room + 60}
        layer["encoding"]["x"] |= {"scale": {"domain": list(heat.columns)}}
    spec["layer"][0]["encoding"]["color"]["scale"] = {
        "domain": [words[status] for status in used],
        "range": [CELLS[status][0] for status in used],
    }
    return spec


def narrow(heat: Heat, *, newest: bool) -> dict[str, Any] | None:
    """The table for a phone; None where it is as narrow anyway, or has too many columns.

    `newest`: its columns are periods, of which the newest are kept.
    """
    few = heat.columns[-PERIODS:] if newest else heat.columns
    if len(few) > MOST:
        return None
    cells = tuple(cell for cell in heat.cells if cell.column in few)
    spec = specification(Heat(heat.rows, few, cells, heat.states))
    words = len(few) * max((text_width(cell.label, 13) + 6 for cell in cells), default=0.0)
    longest = max((text_width(row, 12) + 2 for row in heat.rows), default=0.0)
    name = max(NAME, min(LONGEST, longest, PHONE - words))
    width = spec["width"] = PHONE - name
    heads = {one: wrap(one, width / len(few) - 4, most=3) for one in few}
    spec["config"]["legend"]["columns"] = 2
    for layer in spec["layer"]:
        layer["encoding"]["y"]["axis"] |= {"minExtent": 0, "labelLimit": name, "labelFontSize": 12}
        layer["encoding"]["x"]["axis"] |= {
            "labelLimit": width,
            "labelExpr": style.lookup(heads),
            # The first of several lines stands where the only one would.
            "labelPadding": 4 + 13 * (max(map(len, heads.values()), default=1) - 1),
        }
    return spec


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    plain: Any = {"domain": False, "ticks": False, "grid": False}
    base = alt.Chart(alt.NamedData("cells")).encode(
        x=alt.X(
            "column:N",
            title=None,
            sort=None,
            axis=alt.Axis(orient="top", labelLimit=150, labelOverlap=False, **plain),
        ),
        y=alt.Y(
            "row:N",
            title=None,
            sort=None,
            axis=alt.Axis(labelFontSize=13, labelColor=style.INK, labelPadding=8, **plain),
        ),
    )
    cells = base.mark_rect(stroke=style.PAPER, strokeWidth=2).encode(
        color=alt.Color("state:N", title=None, scale=alt.Scale(domain=["a"], range=["#000000"]), sort=None)
    )
    words = base.mark_text(fontSize=13).encode(text="label:N", color=alt.Color("ink:N", scale=None))
    chart = alt.layer(cells, words).resolve_scale(color="independent")
    return style.finished(chart, "cells")
