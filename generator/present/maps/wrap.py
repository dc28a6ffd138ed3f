"""Breaks a name into lines: Chinese anywhere a line may break, Latin at spaces, no character left alone."""

from __future__ import annotations

import re

from generator.present.charts.style import estimated_width

NOT_FIRST = "，。、；：！？）》」』】％%,.;:!?)]"
"""Characters that must not begin a line."""
NOT_LAST = "（《「『【([“"
_pieces = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")


def wrap(text: str, width: float, size: float = 12) -> tuple[str, ...]:
    """Lines no wider than `width` pixels where words allow it, balanced so that the last is not a crumb."""
    pieces = _join_forbidden(_pieces.findall(text.strip()))
    lines = _greedy(pieces, width, size)
    if len(lines) < 2:
        return tuple(lines)
    narrow, wide = max(estimated_width(piece.strip(), size) for piece in pieces), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_greedy(pieces, middle, size)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return tuple(_greedy(pieces, wide, size))


def _join_forbidden(pieces: list[str]) -> list[str]:
    """Glue what must not stand at the start or the end of a line to its neighbour."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece[0] in NOT_FIRST or joined[-1][-1] in NOT_LAST):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _greedy(pieces: list[str], width: float, size: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and estimated_width((lines[-1] + piece).strip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]
