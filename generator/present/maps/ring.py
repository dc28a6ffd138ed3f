"""A loop as a ring of boxes: the first half from left to right, the other half back beneath it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.present.maps.boxes import HEAD, Arrow, BoxDrawing, BoxEntry, PlacedBox, height_of, placed

WIDTH, MARGIN, GAP, ROW_GAP = 920.0, 6.0, 40.0, 44.0


def ring(entries: Sequence[BoxEntry]) -> BoxDrawing:
    """Place an even number of boxes; an arrow leads from each to the next, from the last to the first."""
    half = len(entries) // 2
    width = round((WIDTH - 2 * MARGIN - (half - 1) * GAP) / half, 1)
    height = max(height_of(entry, width) for entry in entries)
    boxes = []
    for number, entry in enumerate(entries):
        column = number if number < half else len(entries) - 1 - number
        y = MARGIN if number < half else MARGIN + height + ROW_GAP
        boxes.append(placed(entry, MARGIN + column * (width + GAP), y, width, height))
    arrows = tuple(_straight(box, boxes[(n + 1) % len(boxes)]) for n, box in enumerate(boxes))
    return BoxDrawing(WIDTH, round(2 * (MARGIN + height) + ROW_GAP, 1), (), arrows, tuple(boxes))


def _straight(one: PlacedBox, other: PlacedBox) -> Arrow:
    """From the side of a box to the facing side of the one beside, above or below it."""
    if one.y == other.y:
        y, way = round(one.y + one.height / 2, 1), 1 if other.x > one.x else -1
        start, end = (one.x + one.width, other.x) if way == 1 else (one.x, other.x + other.width)
        base = round(end - way * HEAD, 1)
        return Arrow(f"M{start:g} {y:g}H{base:g}", f"M{base:g} {y - 4:g}L{end:g} {y:g}L{base:g} {y + 4:g}Z")
    x, way = round(one.x + one.width / 2, 1), 1 if other.y > one.y else -1
    start, end = (one.y + one.height, other.y) if way == 1 else (one.y, other.y + other.height)
    base = round(end - way * HEAD, 1)
    return Arrow(f"M{x:g} {start:g}V{base:g}", f"M{x - 4:g} {base:g}L{x:g} {end:g}L{x + 4:g} {base:g}Z")
