"""From the grid to pixels: how wide each channel and row is, and where each link runs.

Channels are as wide as their tracks ask for, and wider where a label needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.present.maps.graph import Graph, LayoutNode
from generator.present.maps.grid import AHEAD, BEHIND, INWARD, OUTWARD, Grid
from generator.present.maps.routing import Router
from generator.present.maps.tracks import TRACK, TrackLine, Tracks, TrackSegment

RANK_GAP, EDGE_GAP, LANE_GAP = 24.0, 12.0, 10.0
"""Channels between ranks, before the first and after the last, and beside a row of nodes."""
EVENT_GAP = 4.0
"""Between an event's shape and its words."""
LineGrowth = Mapping[TrackLine, float]
Uv = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axes:
    """Pixel places of all grid lines."""

    u: tuple[float, ...]
    v: tuple[float, ...]
    length: Uv
    lanes: tuple[tuple[float, float], ...]
    """From and to, along v."""
    widths: Mapping[TrackLine, float]
    """Of each channel."""


def extent(node: LayoutNode, rows: bool) -> Uv:
    """What a node takes along u and v, words included on both sides so that it stays centred."""
    width = max(node.width, node.words_width)
    height = node.height + (2 * (node.words_height + EVENT_GAP) if node.words_height else 0)
    return (width, height) if rows else (height, width)


def axes_of(graph: Graph, grid: Grid, tracks: Tracks, growth: LineGrowth, rows: bool) -> Axes:
    """Lay out ranks along u and lanes along v."""
    widths: dict[TrackLine, float] = {}
    u, length = _along_u(graph, grid, tracks, growth, rows, widths)
    v: list[float] = []
    lanes: list[tuple[float, float]] = []
    place = 0.0
    sizes = _row_sizes(graph, grid, tracks, rows)
    for lane, least in enumerate(graph.lanes):
        start, first = place, len(v)
        for line in range(first, len(grid.centres)):
            if grid.lane_of[line] != lane:
                break
            if grid.centres[line]:
                size = sizes[line]
            else:
                used = tracks.count.get(("v", line), 0)
                size = LANE_GAP + used * TRACK + growth.get(("v", line), 0)
                widths["v", line] = size
            v.append(place + size / 2)
            place += size
        if place - start < least:
            v[first:] = [value + (least - place + start) / 2 for value in v[first:]]
            place = start + least
        lanes.append((start, place))
    return Axes(tuple(u), tuple(v), (length, place), tuple(lanes), widths)


def _along_u(
    graph: Graph, grid: Grid, tracks: Tracks, growth: LineGrowth, rows: bool, widths: dict[TrackLine, float]
) -> tuple[list[float], float]:
    sizes = [0.0] * (max(grid.ranks) + 1)
    for number, node in enumerate(graph.nodes):
        sizes[grid.ranks[number]] = max(sizes[grid.ranks[number]], extent(node, rows)[0])
    u: list[float] = []
    place = 0.0
    for line in range(2 * len(sizes) + 1):
        used = tracks.count.get(("u", line), 0)
        if line % 2:
            size = max(sizes[line // 2], used * TRACK)
        else:
            outer = line in (0, 2 * len(sizes))
            size = (EDGE_GAP if outer else RANK_GAP) + max(used - 1, 0) * TRACK + growth.get(("u", line), 0)
            size += TRACK if outer and used else 0
            widths["u", line] = size
        u.append(place + size / 2)
        place += size
    return u, place


def _row_sizes(graph: Graph, grid: Grid, tracks: Tracks, rows: bool) -> dict[int, float]:
    sizes = {
        line: max(40.0, tracks.count.get(("v", line), 0) * TRACK)
        for line, centre in enumerate(grid.centres)
        if centre
    }
    for number, node in enumerate(graph.nodes):
        line = grid.at[number][1]
        sizes[line] = max(sizes[line], extent(node, rows)[1])
    return sizes


class Lines:
    """The links as polylines in (u, v), from border to border."""

    def __init__(self, graph: Graph, grid: Grid, router: Router, tracks: Tracks, rows: bool) -> None:
        self.graph, self.grid, self.router, self.tracks, self.rows = graph, grid, router, tracks, rows

    def polyline(self, number: int, axes: Axes) -> list[Uv]:
        """One link's corners, its ends on the borders of its nodes."""
        segments = self.tracks.segments[number]
        edge = self.graph.edges[number]
        leaving, entering = self.router.sides(number)
        places = [self._place(segment, axes) for segment in segments]
        points = [self._border(edge.source, leaving, segments[0].offset, axes)]
        for item, here, there in zip(segments, places, places[1:], strict=False):
            points.append((there, here) if item.line[0] == "v" else (here, there))
        points.append(self._border(edge.target, entering, segments[-1].offset, axes))
        return points

    def _place(self, segment: TrackSegment, axes: Axes) -> float:
        axis, line = segment.line
        return (axes.v if axis == "v" else axes.u)[line] + segment.offset

    def _border(self, number: int, side: int, offset: float, axes: Axes) -> Uv:
        """The point on a node's outline on a side, `offset` off the middle of that side."""
        node = self.graph.nodes[number]
        u, v = axes.u[self.grid.at[number][0]], axes.v[self.grid.at[number][1]]
        half = (node.width / 2, node.height / 2) if self.rows else (node.height / 2, node.width / 2)
        across = half[1] if side in (AHEAD, BEHIND) else half[0]
        depth = half[0] if side in (AHEAD, BEHIND) else half[1]
        beside = min(abs(offset), across)
        if node.shape in ("gateway", "mark"):
            depth *= 1 - beside / across
        elif node.shape == "event":
            depth = (across**2 - beside**2) ** 0.5
        if node.words_height and side == (OUTWARD if self.rows else AHEAD):
            depth = node.height / 2 + EVENT_GAP + node.words_height + 2
        return {
            AHEAD: (u + depth, v + offset),
            BEHIND: (u - depth, v + offset),
            OUTWARD: (u + offset, v + depth),
            INWARD: (u + offset, v - depth),
        }[side]
