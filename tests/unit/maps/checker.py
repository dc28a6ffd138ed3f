"""Looks at a finished layout with nothing but geometry, and lists its faults."""

from __future__ import annotations

from collections import Counter

from generator.model.diagram import Box, Diagram
from generator.present.maps.graph import Graph

FORBIDDEN = (
    "through a box", "overlapping boxes", "label on a box", "label on a label", "diagonal", "loose end",
    "lines on each other", "outside",
)  # fmt: skip


def pieces(diagram: Diagram):
    """(number of the link, thin box) for every straight piece."""
    for number, edge in enumerate(diagram.edges):
        for (x, y), (u, v) in zip(edge.points, edge.points[1:], strict=False):
            yield number, Box(min(x, u), min(y, v), max(x, u), max(y, v))


def hits(node, box: Box, thin: Box) -> bool:
    """Whether a thin piece runs through a shape: 2 px of grazing is allowed at a card's border."""
    if node.shape == "step":
        return thin.overlaps(box, -2)
    # a diamond or circle: |dx|/a + |dy|/b < 1 somewhere on the piece (the circle's inner diamond is enough)
    x, y = box.centre
    dx = max(thin.left - x, x - thin.right, 0)
    dy = max(thin.top - y, y - thin.bottom, 0)
    return dx / (box.width / 2) + dy / (box.height / 2) < 0.9


def faults(diagram: Diagram, graph: Graph) -> Counter[str]:
    """How often each kind of fault occurs; crossings are counted, not forbidden."""
    found: Counter[str] = Counter()
    boxes = [node.box for node in diagram.nodes]
    thin = list(pieces(diagram))
    for number, piece in thin:
        edge = graph.edges[number]
        found["diagonal"] += piece.width > 0.05 and piece.height > 0.05
        found["outside"] += (
            piece.left < 0 or piece.top < 0 or piece.right > diagram.width or piece.bottom > diagram.height
        )
        for place, node in enumerate(graph.nodes):
            if place not in (edge.source, edge.target):
                found["through a box"] += hits(node, boxes[place], piece)
            elif node.shape == "step":
                found["through a box"] += piece.overlaps(boxes[place], -9)
    for number, edge in enumerate(diagram.edges):
        ends = (edge.points[0], graph.edges[number].source), (edge.points[-1], graph.edges[number].target)
        for (x, y), place in ends:
            node, box = graph.nodes[place], boxes[place]
            room = 0.6 + (node.words_height + 8 if node.words_height else 0)
            found["loose end"] += not Box(x, y, x, y).overlaps(box, room)
    crossings(diagram, thin, found)
    labels = [(n, edge.label) for n, edge in enumerate(diagram.edges) if edge.label is not None]
    for place, (number, label) in enumerate(labels):
        for other, box in enumerate(boxes):
            shrunk = box if graph.nodes[other].shape == "step" else inner(box)
            found["label on a box"] += label.overlaps(shrunk, -0.5)
        found["label on a label"] += sum(label.overlaps(other, -0.5) for _, other in labels[:place])
        found["label on a line"] += sum(k != number and label.overlaps(piece, -2) for k, piece in thin)
        found["label on its own line"] += any(k == number and label.overlaps(piece, -2) for k, piece in thin)
        found["outside"] += label.left < 0 or label.top < 0 or label.right > diagram.width
    for place, box in enumerate(boxes):
        found["overlapping boxes"] += sum(box.overlaps(other, -0.5) for other in boxes[:place])
    return found


def inner(box: Box) -> Box:
    """The middle of a diamond, where its words are."""
    return Box(
        box.left + box.width / 5,
        box.top + box.height / 5,
        box.right - box.width / 5,
        box.bottom - box.height / 5,
    )


def crossings(diagram: Diagram, thin, found: Counter[str]) -> None:
    """Count crossings and find lines that lie on each other without a common start or end."""
    flat = [(n, box) for n, box in thin if box.height < 0.05]
    steep = [(n, box) for n, box in thin if box.height >= 0.05]
    found["crossing"] += sum(
        a != b and h.left + 0.5 < v.left < h.right - 0.5 and v.top + 0.5 < h.top < v.bottom - 0.5
        for a, h in flat
        for b, v in steep
    )
    for pieces_, place, start, end in ((flat, "top", "left", "right"), (steep, "left", "top", "bottom")):
        told = [(getattr(box, place), getattr(box, start), getattr(box, end), n) for n, box in pieces_]
        told.sort()
        for k, (line, low, high, number) in enumerate(told):
            for other_line, other_low, other_high, other in told[k + 1 :]:
                if other_line - line >= 2:
                    break
                a, b = diagram.edges[number], diagram.edges[other]
                kin = a.source == b.source or a.target == b.target
                found["lines on each other"] += not kin and min(high, other_high) - max(low, other_low) > 3
