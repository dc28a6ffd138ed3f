"""Lays a process map out: ranks, routes, tracks, coordinates, labels. Deterministic, and in plain Python.

Ranks and routes stand on a coarse grid, so widening a channel for a label changes coordinates only: the loop
at the end is cheap.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.model.diagram import Box, Diagram, PlacedEdge, PlacedNode, Point
from generator.present.maps.coordinates import EVENT_GAP, Axes, Lines, Uv, axes_of
from generator.present.maps.graph import Graph
from generator.present.maps.grid import Grid, grid_of
from generator.present.maps.labels_on_map import CROWDED, Placed, Placer
from generator.present.maps.routing import Router
from generator.present.maps.tracks import TrackLine, Tracks, tracks_of
from generator.present.maps.untangle import untangle

TRIES = 5
"""Layouts with ever wider channels before a crowded label is let be."""
LABEL_ROOM = 12.0


def layout(graph: Graph, rows: bool = False) -> Diagram:
    """Lay out a map: lanes as columns with the flow running down, or as rows with the flow running right."""
    grid = grid_of(graph)
    router = Router(graph, grid)
    router.route_all()
    tracks = tracks_of(graph, grid, router)
    lines = Lines(graph, grid, router, tracks, rows)
    growth = _room_at_ports(graph, router, rows)
    axes = axes_of(graph, grid, tracks, growth, rows)
    untangle(graph, grid, router, tracks, lines, axes)
    best: tuple[int, Diagram] | None = None
    for attempt in range(TRIES):
        axes = axes_of(graph, grid, tracks, growth, rows)
        diagram, placed = _drawn(graph, grid, lines, axes, rows)
        crowded = [number for number, (cost, _) in placed.items() if cost >= CROWDED]
        if best is None or len(crowded) < best[0]:
            best = len(crowded), diagram
        if not crowded:
            break
        for number in crowded:
            line = _channel_of(number, graph, grid, tracks, attempt)
            if line is not None:
                room = _needed(graph, line, number, rows)
                have = axes.widths[line]
                growth[line] = growth.get(line, 0) + max(room - have if attempt < 2 else room / 2, 6.0)
    assert best is not None
    return best[1]


def _needed(graph: Graph, line: TrackLine, number: int, rows: bool) -> float:
    """The width of a channel in which a link's label has room beside its line."""
    edge = graph.edges[number]
    vertical = (line[0] == "v") != rows
    return (edge.label_width if vertical else edge.label_height) + LABEL_ROOM


def _channel_of(number: int, graph: Graph, grid: Grid, tracks: Tracks, attempt: int) -> TrackLine | None:
    """The channel to widen for a label: where its link runs longest; for a back link one after the other."""
    channels = [
        segment for segment in tracks.segments[number] if not grid.is_centre(segment.line[0], segment.line[1])
    ]
    if not channels:
        edge = graph.edges[number]
        u, v = grid.at[edge.source]
        return (
            ("u", u + 1)
            if v == grid.at[edge.target][1]
            else ("v", v + (1 if grid.at[edge.target][1] > v else -1))
        )
    if graph.edges[number].back:
        return channels[min(attempt, len(channels) - 1)].line
    return max(channels, key=lambda segment: segment.high - segment.low).line


def _room_at_ports(graph: Graph, router: Router, rows: bool) -> dict[TrackLine, float]:
    """A straight link with a label gets the length that the label needs."""
    growth: dict[TrackLine, float] = {}
    for number, edge in enumerate(graph.edges):
        if not edge.label_width:
            continue
        path = router.paths[number]
        if len(path) != 3 or edge.source == edge.target:
            continue  # it has corners or passes other ranks: there is room along it
        (u, _v), (x, y) = path[0], path[1]
        line: TrackLine = ("u", x) if u != x else ("v", y)
        along_x = (line[0] == "u") == rows
        need = (edge.label_width if along_x else edge.label_height) + 4
        growth[line] = max(growth.get(line, 0), need - (16 if line[0] == "u" else 0))
    return growth


def _drawn(
    graph: Graph, grid: Grid, lines: Lines, axes: Axes, rows: bool
) -> tuple[Diagram, dict[int, Placed]]:
    """The map in x and y with its labels placed."""

    def xy(point: Uv) -> Point:
        u, v = point
        return (round(u, 2), round(v, 2)) if rows else (round(v, 2), round(u, 2))

    width, height = xy(axes.length)
    shapes, taken = [], []
    for number, node in enumerate(graph.nodes):
        x, y = xy((axes.u[grid.at[number][0]], axes.v[grid.at[number][1]]))
        box = Box(x - node.width / 2, y - node.height / 2, x + node.width / 2, y + node.height / 2)
        shapes.append(PlacedNode(node.id, box, grid.ranks[number]))
        taken.append(box)
        if node.words_height:
            half = node.words_width / 2
            top = box.bottom + EVENT_GAP
            taken.append(Box(x - half, top, x + half, top + node.words_height))
    drawn = [_straightened([xy(point) for point in lines.polyline(n, axes)]) for n in range(len(graph.edges))]
    bands = tuple(
        Box(0, start, width, end) if rows else Box(start, 0, end, height) for start, end in axes.lanes
    )
    borders = [
        Box(0, band.top, width, band.top) if rows else Box(band.left, 0, band.left, height)
        for band in bands[1:]
    ]
    placed = Placer(graph, taken, drawn, Box(0, 0, width, height), borders).place_all()
    edges = tuple(
        PlacedEdge(
            graph.nodes[edge.source].id,
            graph.nodes[edge.target].id,
            edge.back,
            tuple(drawn[number]),
            placed[number][1] if number in placed else None,
        )
        for number, edge in enumerate(graph.edges)
    )
    return Diagram(width, height, rows, bands, tuple(shapes), edges), placed


def _straightened(points: Sequence[Point]) -> list[Point]:
    """Without corners that are none."""
    kept = [points[0]]
    for here, there in itertools.pairwise(points):
        before = kept[-1]
        level = abs(before[1] - here[1]) < 0.01 and abs(here[1] - there[1]) < 0.01
        upright = abs(before[0] - here[0]) < 0.01 and abs(here[0] - there[0]) < 0.01
        if not (level or upright):
            kept.append(here)
    return [*kept, points[-1]]
