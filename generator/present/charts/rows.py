"""Axes of rows that carry names, as several chart kinds have them.

Apart from `style`, which the drawing processes load: they need no Altair, and loading it takes a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from generator.present.charts import style
from generator.present.text.metrics import text_width


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
