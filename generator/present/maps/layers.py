"""Boxes in layers: passing places for links over several layers, and an order with few crossings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

SWEEPS = 6
"""Rounds of reordering; more change nothing on libraries of a hundred indicators."""


def way_of(link: tuple[str, str], columns: dict[str, int]) -> list[str]:
    """The link with a passing place in every layer between, so that no curve runs behind a box.

    The places are added to `columns`, which says the layer of each name.
    """
    a, b = link
    way = [a]
    step = 1 if columns[a] <= columns[b] else -1
    for column in range(columns[a] + step, columns[b], step):
        passing = f"{a}>{b}>{column}"
        columns[passing] = column
        way.append(passing)
    return [*way, b]


def ordered(columns: Mapping[str, int], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Names by layer; barycentre sweeps from both sides."""
    width = max(columns.values(), default=0) + 1
    layers: list[list[str]] = [[] for _ in range(width)]
    for name, index in columns.items():
        layers[index].append(name)
    neighbours: dict[str, list[str]] = {name: [] for name in columns}
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    for sweep in range(SWEEPS):
        place = {name: row / max(len(column), 1) for column in layers for row, name in enumerate(column)}
        for index in range(width) if sweep % 2 == 0 else range(width - 1, -1, -1):
            column = layers[index]
            middles = {
                name: fsum(place[other] for other in neighbours[name]) / len(neighbours[name])
                if neighbours[name]
                else place[name]
                for name in column
            }
            column.sort()
            column.sort(key=middles.__getitem__)
            place.update({name: row / len(column) for row, name in enumerate(column)})
    return [column for column in layers if column]
