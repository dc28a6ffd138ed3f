"""Where a value axis ends: a drawing may leave room beyond what is possible, but names no value there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.compute.series.possible import Possible


def end_axis(
    layers: Sequence[dict[str, Any]], drawn: Iterable[float | None], bounds: Possible, room: float
) -> None:
    """Let the value axis of a specification's layers say nothing beyond the bounds.

    `drawn` is all that the axis has to hold, `room` the padding at either end as a share of the height.
    Where values come near a bound, the axis is not rounded up to an even number beyond it; a tick that lies
    beyond has neither word nor line.
    """
    values = [value for value in drawn if value is not None]
    if not values:
        return
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    pad = span * room / (1 - 2 * room)
    beyond = []
    if bounds.least is not None and low - span < bounds.least:
        beyond.append(f"datum.value < {bounds.least:.12g}")
    if bounds.most is not None and high + span > bounds.most:
        beyond.append(f"datum.value > {bounds.most:.12g}")
    if not beyond:
        return
    test = " || ".join(beyond)
    scaled = [layer["encoding"]["y"] for layer in layers if "field" in layer.get("encoding", {}).get("y", {})]
    # The layers share one axis: what one of them says of it holds for all.
    axis = {**(scaled[0].get("axis") or {}), "labelExpr": f"{test} ? '' : datum.label"}
    axis["gridOpacity"] = {"condition": {"test": test, "value": 0}, "value": 1}
    scaled[0]["axis"] = axis
    if (bounds.least is not None and low - pad < bounds.least) or (
        bounds.most is not None and high + pad > bounds.most
    ):
        for y in scaled:
            y["scale"] = {**y["scale"], "nice": False}
