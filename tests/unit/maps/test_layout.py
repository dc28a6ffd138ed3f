"""The layout on random maps with fixed seeds, and the checker that looks at them on planted faults."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.diagram import Box, Diagram, PlacedEdge
from generator.present.maps import routing, untangle
from generator.present.maps.graph import Edge, Graph, LayoutNode
from generator.present.maps.layout import layout
from generator.present.maps.routing import Router
from generator.present.maps.untangle import _Crossings
from tests.unit.maps.checker import FORBIDDEN, faults
from tests.unit.maps.random_maps import random_graph

ROOT = Path(__file__).parents[3]
SEEDS = 300


def test_random_maps_have_no_faults(record_property):
    """300 maps of 8–80 steps: nothing forbidden, labels off foreign lines in at least 97 % of the maps."""
    clear, crossed, wrong = 0, 0, {}
    for seed in range(SEEDS):
        graph = random_graph(seed)
        found = faults(layout(graph, rows=seed % 3 == 0), graph)
        crossed += found["crossing"]
        clear += found["label on a line"] == 0
        if any(found[kind] for kind in FORBIDDEN):
            wrong[seed] = {kind: found[kind] for kind in FORBIDDEN if found[kind]}
    record_property("mean_crossings", crossed / SEEDS)
    assert wrong == {}
    assert clear / SEEDS >= 0.97
    assert crossed / SEEDS < 2.5, "the mean number of crossings was 1.8 when this was written"


def card(name: str, lane: int, shape="step") -> LayoutNode:
    return (
        LayoutNode(name, lane, shape, 150, 80) if shape == "step" else LayoutNode(name, lane, shape, 110, 46)
    )


@pytest.fixture
def plain() -> tuple[Graph, Diagram]:
    nodes = (card("a", 0), card("b", 0), card("g", 0, "gateway"), card("c", 1), card("d", 0))
    edges = (Edge(0, 1), Edge(1, 2), Edge(2, 3, 40, 15), Edge(2, 0, 50, 15), Edge(3, 4))
    graph = Graph((120, 120), nodes, edges)
    return graph, layout(graph)


def counted(graph: Graph, diagram: Diagram) -> Counter[str]:
    return Counter({kind: n for kind, n in faults(diagram, graph).items() if n})


def with_edge(diagram: Diagram, number: int, **changes) -> Diagram:
    edges = list(diagram.edges)
    edges[number] = replace(edges[number], **changes)
    return replace(diagram, edges=tuple(edges))


def test_the_checker_finds_nothing_in_a_good_map(plain):
    assert counted(*plain) == {}


def test_the_checker_catches_planted_faults(plain):
    graph, good = plain
    a, b, g, c, d = good.nodes
    x = a.box.centre[0]
    planted = {
        "through a box": with_edge(good, 4, points=(a.box.centre, d.box.centre)),
        "diagonal": with_edge(good, 0, points=((x, a.box.bottom), (x + 9, b.box.top))),
        "loose end": with_edge(good, 0, points=((x, a.box.bottom + 5), (x, b.box.top))),
        "label on a box": with_edge(good, 2, label=b.box.moved(0, -4)),
        "label on a label": with_edge(good, 2, label=good.edges[3].label),
        "label on a line": with_edge(good, 3, label=Box(x - 20, a.box.bottom + 2, x + 20, b.box.top - 2)),
        "overlapping boxes": replace(good, nodes=(a, replace(b, box=a.box.moved(8, 8)), g, c, d)),
        "lines on each other": with_edge(good, 1, points=good.edges[4].points),
        "outside": replace(good, width=c.box.centre[0] - 1),
        "crossing": with_edge(good, 1, points=((x - 9, b.box.top - 7), (x + 9, b.box.top - 7))),
    }
    for kind, diagram in planted.items():
        assert faults(diagram, graph)[kind], kind


@pytest.mark.parametrize("shape", ["gateway", "event", "mark"])
def test_the_checker_sees_a_line_through_a_round_or_pointed_shape(shape, plain):
    graph, good = plain
    nodes = list(graph.nodes)
    nodes[3] = replace(nodes[3], shape=shape)
    box = good.nodes[3].box
    _x, y = box.centre
    line = PlacedEdge("a", "b", False, ((box.left - 9, y + 1), (box.right + 9, y + 1)), None)
    bad = replace(good, edges=(line, *good.edges[1:]))
    changed = Graph(graph.lanes, tuple(nodes), graph.edges)
    assert faults(bad, changed)["through a box"] == 1
    corner = replace(line, points=((box.left - 9, box.top + 1), (box.right + 9, box.top + 1)))
    assert faults(replace(bad, edges=(corner, *good.edges[1:])), changed)["through a box"] == 0


def test_reading_order_runs_down_or_to_the_right(plain):
    graph, down = plain
    right = layout(graph, rows=True)
    for number, edge in enumerate(graph.edges):
        if not edge.back:
            assert down.nodes[edge.target].rank >= down.nodes[edge.source].rank, number
    assert [node.box.centre[1] for node in down.nodes] == sorted(node.box.centre[1] for node in down.nodes)
    assert [node.box.centre[0] for node in right.nodes] == sorted(node.box.centre[0] for node in right.nodes)


def test_a_step_that_repeats_itself_is_drawn():
    graph = Graph((120,), (card("a", 0), card("b", 0)), (Edge(0, 0, 40, 15), Edge(0, 1)))
    assert not any(faults(layout(graph), graph)[kind] for kind in FORBIDDEN)


def test_every_node_lies_in_its_lane():
    for seed in range(5):
        graph = random_graph(seed)
        diagram = layout(graph)
        for node, placed in zip(graph.nodes, diagram.nodes, strict=True):
            lane = diagram.lanes[node.lane]
            assert lane.left <= placed.box.left
            assert placed.box.right <= lane.right


def digest() -> str:
    text = "".join(repr(layout(random_graph(seed), rows=seed % 2 == 0)) for seed in range(6))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_same_layout_under_another_hash_seed():
    script = "from tests.unit.maps.test_layout import digest; print(digest())"
    for seed in ("1", "4711"):
        told = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PATH": ""},
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        assert told.strip() == digest()


@pytest.mark.parametrize("back", [0, 8])
def test_hundreds_of_links_are_drawn_with_bounded_work(back, monkeypatch):
    """40 steps that each send work back eight ways, or a gateway of 50 ways: counted work, not time."""
    if back:
        nodes = tuple(card(f"s{number}", 0) for number in range(40))
        ways = [Edge(number, number + 1) for number in range(39)]
        ways += [
            Edge(number, to, 40, 15) for number in range(40) for to in range(max(0, number - back), number)
        ]
    else:
        nodes = (
            card("g", 0, "gateway"),
            *(card(f"s{number}", 0) for number in range(50)),
            card("j", 0, "gateway"),
        )
        ways = [Edge(0, number) for number in range(1, 51)] + [Edge(number, 51) for number in range(1, 51)]
    done = []
    route_all, untangle_init = Router.route_all, _Crossings.__init__

    def counted_routes(self):
        paths = route_all(self)
        done.append(self.looked)
        return paths

    crossings = []

    def counted_crossings(self, *given):
        untangle_init(self, *given)
        crossings.append(self)

    monkeypatch.setattr(Router, "route_all", counted_routes)
    monkeypatch.setattr(_Crossings, "__init__", counted_crossings)
    graph = Graph((120,), nodes, tuple(ways))
    diagram = layout(graph)
    assert len(diagram.edges) == len(ways)
    assert faults(diagram, graph)["through a box"] == 0
    assert done[0] < 3 * routing.PATIENCE
    assert crossings[0].compared < 1.2 * untangle.PATIENCE
