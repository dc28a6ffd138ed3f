"""Where everything on a process map lies: one object for its page, for reviews and for BPMN.

It depends on nothing but the map's words (`wording`), so it is kept by them: what is asked for again, by the
next review or after a rebuild that left the map alone, is not laid out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.compute.processes.process_figures import ProcessFigures
from generator.model.diagram import Diagram
from generator.model.indicator import Indicator
from generator.model.process import Process, ProcessMap
from generator.present.maps.cards import Card, card_of
from generator.present.maps.graph import Edge, Graph
from generator.present.maps.layout import layout
from generator.present.maps.wording import MapWords, map_words
from generator.present.text.format import Format
from generator.present.text.metrics import text_width
from generator.present.text.wrap import wrap

KEPT = 512
"""Geometries in memory: both maps of 256 processes in a language."""
ROWS_WIDTH = 1160.0
"""A map that is no wider than this with lanes as rows is drawn so."""
ROWS_STEPS = 9
HEAD_SIZE, HEAD_WIDTH, LEAST_LANE = 13.0, 150.0, 120.0
LABEL_WIDTH, LABEL_SIZE, LABEL_LINE = 88.0, 11.0, 14.0


@dataclass(frozen=True, slots=True)
class Geometry:
    """One map laid out."""

    words: MapWords
    cards: tuple[Card, ...]
    """In the order of the steps."""
    diagram: Diagram


def maps_laid_out(
    process: Process, figures: ProcessFigures, indicators: Mapping[str, Indicator], form: Format
) -> dict[str, Geometry]:
    """The maps of a process by name, as its page shows them: the to-be map says what it did."""
    return {
        name: geometry_of(
            map_words(
                process,
                drawn,
                figures.change if name == "to_be" else None,
                indicators,
                form,
                measured=figures.measured.get(name),
            )
        )
        for name, drawn in process.maps.drawn
    }


def map_laid_out(
    process: Process, drawn: ProcessMap, indicators: Mapping[str, Indicator], form: Format
) -> Geometry:
    """One map by itself, without what it did to the steps of another."""
    return geometry_of(map_words(process, drawn, None, indicators, form))


@lru_cache(maxsize=KEPT)
def geometry_of(words: MapWords) -> Geometry:
    """Lay a map out by its words, a short chain with lanes as rows."""
    cards = tuple(card_of(step) for step in words.steps)
    return Geometry(words, cards, _placed(graph_of(words, cards)))


def graph_of(words: MapWords, cards: tuple[Card, ...]) -> Graph:
    """The map as the layout wants it: sizes and links only."""
    place = {step.id: number for number, step in enumerate(words.steps)}
    edges = []
    for link in words.links:
        lines = label_lines(link.label)
        width = max((text_width(line, LABEL_SIZE) for line in lines), default=-6) + 6
        edges.append(Edge(place[link.source], place[link.target], width, LABEL_LINE * len(lines)))
    nodes = tuple(card.node(step.lane) for card, step in zip(cards, words.steps, strict=True))
    widest = (min(text_width(lane.name, HEAD_SIZE, bold=True) + 24, HEAD_WIDTH) for lane in words.lanes)
    return Graph(tuple(widest) or (LEAST_LANE,), nodes, tuple(edges))


def label_lines(label: str) -> tuple[str, ...]:
    """A link's label in short lines."""
    return wrap(label, LABEL_WIDTH, LABEL_SIZE) if label else ()


def _placed(graph: Graph) -> Diagram:
    if len(graph.nodes) <= ROWS_STEPS:
        diagram = layout(graph, rows=True)
        if diagram.width <= ROWS_WIDTH:
            return diagram
    return layout(graph)
