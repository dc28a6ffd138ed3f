"""The strategy map: goals as boxes in the bands of their perspectives, arrows to what they help to reach.

Within a band a goal stands above those that support it, so every arrow of a map that is drawn as strategies
usually are runs upwards. An arrow that passes a row of boxes has a place of its own there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from generator.present.maps.boxes import (
    SMALL_STEP,
    Arrow,
    Band,
    BoxDrawing,
    BoxEntry,
    PlacedBox,
    height_of,
    placed,
    upward,
)
from generator.present.maps.layers import ordered, way_of
from generator.present.text.wrap import wrap

WIDTH, HEADS, MARGIN = 920.0, 96.0, 8.0
"""Width of the drawing, unless a row needs more; of the bands' names; around it."""
GAP, ROW_GAP, PASSING = 22.0, 34.0, 14.0
WIDEST, NARROWEST = 188.0, 118.0
HEAD_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class GoalBand:
    """A band with its goals, by their ids."""

    name: str
    goals: tuple[str, ...]


def strategy_map(
    perspectives: Sequence[GoalBand],
    entries: Mapping[str, BoxEntry],
    supports: Iterable[tuple[str, str]],
) -> BoxDrawing:
    """Place the goals; (a, b) says that a supports b."""
    links = sorted({(a, b) for a, b in supports if a in entries and b in entries and a != b})
    layers, tops = _layers(perspectives, links)
    ways = [way_of(link, layers) for link in links]
    rows = ordered(layers, [pair for way in ways for pair in pairwise(way)])
    most = max((sum(1 for name in row if name in entries) for row in rows), default=1)
    room = WIDTH - HEADS - 2 * MARGIN - 2 * GAP
    width = min(WIDEST, max(NARROWEST, (room + GAP) / most - GAP - PASSING))
    widths = [fsum((width if name in entries else PASSING) + GAP for name in row) - GAP for row in rows]
    whole = max(room, *widths, 0.0)
    boxes: dict[str, PlacedBox] = {}
    passing: dict[str, tuple[float, float, float]] = {}
    y, starts = MARGIN, []
    for row, wide in zip(rows, widths, strict=True):
        starts.append(y)
        height = max((height_of(entries[name], width) for name in row if name in entries), default=0.0)
        x = MARGIN + HEADS + GAP + (whole - wide) / 2
        for name in row:
            if name in entries:
                boxes[name] = placed(entries[name], x, y + ROW_GAP / 2, width, height)
                x += width + GAP
            else:
                top = round(y + ROW_GAP / 2, 1)
                passing[name] = (round(x + PASSING / 2, 1), top, round(top + height, 1))
                x += PASSING + GAP
        y += height + ROW_GAP
    full = MARGIN + HEADS + whole + 2 * GAP
    return BoxDrawing(
        width=round(full + MARGIN, 1),
        height=round(y + MARGIN, 1),
        bands=tuple(_bands([item.name for item in perspectives], tops, [*starts, y], full)),
        arrows=tuple(_arrows(ways, boxes, passing)),
        boxes=tuple(boxes.values()),
    )


def _layers(
    perspectives: Sequence[GoalBand], links: Sequence[tuple[str, str]]
) -> tuple[dict[str, int], list[int]]:
    """The row of each goal, from the top, and the first row of each band."""
    layers: dict[str, int] = {}
    tops, start = [], 0
    for perspective in perspectives:
        tops.append(start)
        own = set(perspective.goals)
        depth = dict.fromkeys(perspective.goals, 0)
        inside = [(a, b) for a, b in links if a in own and b in own]
        for _ in perspective.goals:
            for a, b in inside:
                depth[a] = min(max(depth[a], depth[b] + 1), len(own) - 1)
        layers |= {name: start + depth[name] for name in perspective.goals}
        start += max(depth.values(), default=0) + 1
    return layers, tops


def _bands(names: Sequence[str], tops: Sequence[int], starts: Sequence[float], right: float) -> list[Band]:
    edges = [*(starts[top] for top in tops), starts[-1]]
    bands = []
    for number, (name, (y, end)) in enumerate(zip(names, pairwise(edges), strict=True)):
        lines = wrap(name, HEADS - 12, HEAD_SIZE, bold=True, most=4)
        first = (y + end) / 2 - (len(lines) - 1) * (SMALL_STEP + 2) / 2 + HEAD_SIZE / 3
        bands.append(
            Band(
                x=MARGIN,
                y=round(y, 1),
                width=round(right - MARGIN, 1),
                height=round(end - y, 1),
                middle=round(MARGIN + HEADS / 2, 1),
                lines=tuple((round(first + n * (SMALL_STEP + 2), 1), line) for n, line in enumerate(lines)),
                even=number % 2 == 1,
            )
        )
    return bands


def _arrows(
    ways: Sequence[Sequence[str]],
    boxes: Mapping[str, PlacedBox],
    passing: Mapping[str, tuple[float, float, float]],
) -> list[Arrow]:
    """From the top of a box to the foot of the other; ends on one side lie beside each other.

    A passing place is (x, top, bottom) of its row, which an arrow passes straight.
    """

    def towards(way: Sequence[str], end: int) -> float:
        near = way[1] if end == 0 else way[-2]
        return passing[near][0] if near in passing else boxes[near].middle

    sides: dict[tuple[str, bool], list[int]] = {}
    for number, way in enumerate(ways):
        rises = boxes[way[-1]].y <= boxes[way[0]].y
        sides.setdefault((way[0], rises), []).append(number)
        sides.setdefault((way[-1], not rises), []).append(number)
    at: dict[tuple[int, str], tuple[float, float]] = {}
    for (name, top), numbers in sides.items():
        box = boxes[name]
        own = sorted((towards(ways[n], 0 if ways[n][0] == name else -1), n) for n in numbers)
        for place, (_, number) in enumerate(own, 1):
            x = round(box.x + box.width * place / (len(own) + 1), 1)
            at[number, name] = (x, box.y if top else round(box.y + box.height, 1))
    arrows = []
    for n, way in enumerate(ways):
        start, end = at[n, way[0]], at[n, way[-1]]
        points = [start]
        for x, above, below in (passing[name] for name in way[1:-1]):
            points += [(x, below), (x, above)] if start[1] >= end[1] else [(x, above), (x, below)]
        arrows.append(upward((*points, end)))
    return arrows
