"""Random maps with fixed seeds: chains with decisions, parallel branches, loops back and lanes that
change."""

from __future__ import annotations

import random

from generator.present.maps.graph import Edge, Graph, LayoutNode

CARD = 158.0


def random_graph(seed: int, steps: int | None = None) -> Graph:
    """8–80 steps (or as many as asked for) in 2–8 lanes."""
    rng = random.Random(seed)
    count = steps or rng.randint(8, 80)
    lanes = rng.randint(2, 8)
    nodes = [
        LayoutNode(id="start", lane=0, shape="event", width=34, height=34, words_width=60, words_height=15)
    ]
    lane = 0
    for number in range(count):
        if rng.random() < 0.45:
            lane = rng.randrange(lanes)
        if number and nodes[-1].shape == "step" and rng.random() < 0.2:
            if rng.random() < 0.3:
                nodes.append(
                    LayoutNode(
                        id=f"n{number}",
                        lane=lane,
                        shape="mark",
                        width=40,
                        height=40,
                        words_width=rng.choice([40, 70]),
                        words_height=15,
                    )
                )
            else:
                nodes.append(
                    LayoutNode(f"n{number}", lane, "gateway", rng.choice([112, 130]), rng.choice([46, 62]))
                )
        else:
            nodes.append(LayoutNode(f"n{number}", lane, "step", CARD, rng.choice([62, 79, 96, 130])))
    nodes.append(
        LayoutNode(id="end", lane=lane, shape="event", width=34, height=34, words_width=60, words_height=15)
    )
    return Graph((120.0,) * lanes, tuple(nodes), tuple(_edges(rng, nodes)))


def _edges(rng: random.Random, nodes: list[LayoutNode]) -> list[Edge]:
    edges: dict[tuple[int, int], Edge] = {}

    def add(source: int, target: int, labelled: bool) -> None:
        width = rng.choice([44.0, 62.0, 84.0]) if labelled else 0.0
        height = 0.0 if not labelled else 15.0 if width < 80 else 29.0
        edges.setdefault((source, target), Edge(source, target, width, height))

    last = len(nodes) - 1
    for place, node in enumerate(nodes[:-1]):
        forks = node.shape in ("gateway", "mark")
        add(place, place + 1, forks and node.shape == "gateway")
        if not forks:
            continue
        for _ in range(rng.choice([1, 1, 2])):
            if node.shape == "gateway" and rng.random() < 0.5:
                add(place, rng.randint(max(1, place - 8), place), True)
            else:
                add(place, rng.randint(place + 1, min(last, place + 5)), node.shape == "gateway")
    return list(edges.values())
