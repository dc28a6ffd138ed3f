"""Gives links that share a line a track each, ordered so that they cross as little as may be.

A route is cut into straight segments. Segments on one line that meet are put on neighbouring tracks; links
to one target share a track for as long as they run together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from math import fsum
from typing import Literal

from generator.present.maps.graph import Graph
from generator.present.maps.grid import Grid, GridCell
from generator.present.maps.routing import Path, Router

TRACK = 11.0
"""Pixels between two tracks."""
MOST_PERMUTED = 6
"""Groups up to this size are ordered by trying all orders."""
TrackLine = tuple[Literal["u", "v"], int]
"""The axis that is fixed along it, and which grid line it is."""


@dataclass(slots=True)
class TrackSegment:
    """A straight piece of a route. `low` and `high` are its ends on the running axis."""

    edge: int
    line: TrackLine
    low: int
    high: int
    first: bool
    last: bool
    turn_low: int
    """Where the route goes on at the low end: −1, +1 across the line, 0 at a node."""
    turn_high: int
    offset: float = 0.0
    """Pixels from the line's middle."""


Bundle = list[TrackSegment]


@dataclass(frozen=True, slots=True)
class Tracks:
    """All segments with their offsets set."""

    segments: tuple[tuple[TrackSegment, ...], ...]
    """Of each link, from source to target."""
    count: dict[TrackLine, int]
    """Tracks on each line that is used."""
    groups: tuple[tuple[TrackLine, tuple[Bundle, ...]], ...]
    """Bundles that lie beside each other, in order: they may change places."""


def tracks_of(graph: Graph, grid: Grid, router: Router) -> Tracks:
    """Cut the routes and give every segment its track."""
    segments = tuple(tuple(_cut(number, path)) for number, path in enumerate(router.paths))
    lines: dict[TrackLine, list[TrackSegment]] = {}
    for item in segments:
        for segment in item:
            lines.setdefault(segment.line, []).append(segment)
    nodes = set(grid.at)
    count: dict[TrackLine, int] = {}
    groups: list[tuple[TrackLine, tuple[Bundle, ...]]] = []
    for line in sorted(lines):
        count[line] = 1
        bundles = _bundles(graph, router, nodes, lines[line])
        for group in _groups(nodes, bundles):
            ordered = _ordered(group, nodes)
            depth = _set_offsets(ordered, nodes)
            count[line] = max(count[line], depth)
            groups.append((line, tuple(ordered)))
    return Tracks(segments, count, tuple(groups))


def _cut(number: int, path: Path) -> Iterator[TrackSegment]:
    corners = [0]
    corners += [
        k for k in range(1, len(path) - 1) if (path[k][0] == path[k - 1][0]) != (path[k + 1][0] == path[k][0])
    ]
    corners.append(len(path) - 1)
    ends = [(path[a], path[b]) for a, b in pairwise(corners)]
    for place, (start, end) in enumerate(ends):
        along_u = start[0] != end[0]
        axis = 0 if along_u else 1
        before = _sign(start, ends[place - 1][0]) if place else 0
        after = _sign(end, ends[place + 1][1]) if place + 1 < len(ends) else 0
        rising = start[axis] <= end[axis]
        yield TrackSegment(
            edge=number,
            line=("v", start[1]) if along_u else ("u", start[0]),
            low=min(start[axis], end[axis]),
            high=max(start[axis], end[axis]),
            first=place == 0,
            last=place == len(ends) - 1,
            turn_low=before if rising else after,
            turn_high=after if rising else before,
        )


def _sign(corner: GridCell, other: GridCell) -> int:
    """On which side of a corner the neighbouring segment lies."""
    return 1 if other[0] + other[1] > corner[0] + corner[1] else -1


def _point(line: TrackLine, place: int) -> GridCell:
    return (place, line[1]) if line[0] == "v" else (line[1], place)


def in_conflict(track_segment: TrackSegment, other: TrackSegment, nodes: set[GridCell]) -> bool:
    """Whether two segments of one line meet. Touching end to end at a node between them is no conflict."""
    if track_segment.edge == other.edge or track_segment.low > other.high or other.low > track_segment.high:
        return False
    if track_segment.low == other.high or other.low == track_segment.high:
        touch = track_segment.low if track_segment.low == other.high else other.low
        return _point(track_segment.line, touch) not in nodes
    return True


def may_share(graph: Graph, router: Router, track_segment: TrackSegment, other: TrackSegment) -> bool:
    """Whether two segments may lie on each other: the common end of two links to one target, or start of
    two."""
    first, second = graph.edges[track_segment.edge], graph.edges[other.edge]
    if first.back != second.back:
        return False
    paths = router.paths[track_segment.edge], router.paths[other.edge]
    sides = router.sides(track_segment.edge), router.sides(other.edge)
    if first.target == second.target and sides[0][1] == sides[1][1] and paths[0][-2] == paths[1][-2]:
        common = 1
        while common < min(map(len, paths)) and paths[0][-common - 1] == paths[1][-common - 1]:
            common += 1
        tail = set(paths[0][len(paths[0]) - common :])
        shared = range(max(track_segment.low, other.low), min(track_segment.high, other.high) + 1)
        return all(_point(track_segment.line, place) in tail for place in shared) and len(shared) > 1
    return (
        first.source == second.source
        and sides[0][0] == sides[1][0]
        and track_segment.first
        and other.first
        and graph.nodes[first.source].shape not in ("gateway", "mark")
    )


def _bundles(
    graph: Graph, router: Router, nodes: set[GridCell], segments: Sequence[TrackSegment]
) -> list[Bundle]:
    """Segments that may share a track, put together."""
    parent = list(range(len(segments)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for a, item in enumerate(segments):
        for b in range(a):
            if in_conflict(item, segments[b], nodes) and may_share(graph, router, item, segments[b]):
                parent[root(a)] = root(b)
    found: dict[int, Bundle] = {}
    for place, segment in enumerate(segments):
        found.setdefault(root(place), []).append(segment)
    return list(found.values())


def bundles_meet(bundle: Bundle, other: Bundle, nodes: set[GridCell]) -> bool:
    """Whether two bundles need different tracks."""
    return any(in_conflict(a, b, nodes) for a in bundle for b in other)


def _groups(nodes: set[GridCell], bundles: list[Bundle]) -> Iterator[list[Bundle]]:
    """Bundles of a line that meet each other, directly or through others; those alone are left out."""
    waiting = list(range(len(bundles)))
    while waiting:
        reached, group = [waiting.pop(0)], []
        while reached:
            here = reached.pop()
            group.append(here)
            met = [there for there in waiting if bundles_meet(bundles[here], bundles[there], nodes)]
            waiting = [there for there in waiting if there not in met]
            reached += met
        if len(group) > 1:
            yield [bundles[place] for place in sorted(group)]


def _ordered(group: list[Bundle], nodes: set[GridCell]) -> list[Bundle]:
    """The order over the tracks with the fewest crossings."""
    size = len(group)
    cost = [
        [fsum(_crossings(a, b) for a in item for b in other if in_conflict(a, b, nodes)) for other in group]
        for item in group
    ]
    if size <= MOST_PERMUTED:
        best = min(
            permutations(range(size)),
            key=lambda order: (
                fsum(cost[order[a]][order[b]] for a in range(size) for b in range(a + 1, size)),
                order,
            ),
        )
        return [group[place] for place in best]
    order, moved = list(range(size)), True
    while moved:
        moved = False
        for a in range(size - 1):
            if cost[order[a]][order[a + 1]] > cost[order[a + 1]][order[a]] + 1e-9:
                order[a], order[a + 1] = order[a + 1], order[a]
                moved = True
    return [group[place] for place in order]


def _crossings(smaller: TrackSegment, larger: TrackSegment) -> float:
    """Crossings when the first lies on the track with the smaller offset; touching ends count for a part."""
    total = 0.0
    pairs = (
        (smaller, larger, 1),
        (larger, smaller, -1),
    )
    for item, other, side in pairs:
        for place, turn in ((item.low, item.turn_low), (item.high, item.turn_high)):
            if turn == side:
                if other.low < place < other.high:
                    total += 1
                elif other.low <= place <= other.high:
                    total += 0.4
    return total


def _set_offsets(ordered: list[Bundle], nodes: set[GridCell]) -> int:
    """Each bundle on the first track behind those it meets, the whole centred on the line; tracks used."""
    level: list[int] = []
    for place, bundle in enumerate(ordered):
        before = [level[k] + 1 for k in range(place) if bundles_meet(bundle, ordered[k], nodes)]
        level.append(max(before, default=0))
    deepest = max(level)
    for place, bundle in enumerate(ordered):
        for segment in bundle:
            segment.offset = (level[place] - deepest / 2) * TRACK
    return deepest + 1
