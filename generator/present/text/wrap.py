"""Breaks a name into lines: Chinese anywhere, Latin at spaces, dates stay whole, no letter stands alone."""

from __future__ import annotations

import re

from generator.model.exact import counted
from generator.present.text.metrics import text_width

NOT_FIRST = "，。、；：！？）》」』】％%,.;:!?)]"
"""Characters that must not begin a line."""
NOT_LAST = "（《「『【([“"
_pieces = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")
_dates = re.compile(
    r"(\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四上下][季半][度年])?"
    r"|(?:\b\d{1,2} )?\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4]|H[12]) \d{4}\b\s*)"
)
"""Dates and periods as pages say them."""


ELLIPSIS = "…"


def wrap(
    text: str, width: float, size: float = 12, bold: bool = False, most: int | None = None
) -> tuple[str, ...]:
    """Lines no wider than `width` pixels where words allow it, balanced so that the last is not a crumb.

    With `most`, what does not fit into that many lines is cut, with an ellipsis.
    """
    pieces = _join_forbidden(_split(text.strip(), width, size, bold))
    lines = _greedy(pieces, width, size, bold)
    if most is not None and len(lines) > most:
        rest = "".join(pieces)[counted(map(len, lines[: most - 1])) :].strip()
        return (*lines[: most - 1], fit(rest + ELLIPSIS, width, size, bold))
    if len(lines) < 2:
        return tuple(lines)
    narrow, wide = max(text_width(piece.strip(), size, bold) for piece in pieces), width
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(_greedy(pieces, middle, size, bold)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return tuple(_greedy(pieces, wide, size, bold))


def fit(text: str, width: float, size: float = 12, bold: bool = False) -> str:
    """The text on one line, cut with an ellipsis where it is too long."""
    if text_width(text, size, bold) <= width:
        return text
    kept = text.rstrip(ELLIPSIS)
    while kept and text_width(kept + ELLIPSIS, size, bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ·，、,") + ELLIPSIS


def _split(text: str, width: float, size: float, bold: bool) -> list[str]:
    """What may stand on a line of its own; a date is one piece where a line has room for it."""
    pieces: list[str] = []
    for place, part in enumerate(_dates.split(text)):
        whole = place % 2 and text_width(part.strip(), size, bold) <= width
        pieces += [part] if whole else _pieces.findall(part)
    return pieces


def _join_forbidden(pieces: list[str]) -> list[str]:
    """Glue what must not stand at the start or the end of a line to its neighbour."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece[0] in NOT_FIRST or joined[-1][-1] in NOT_LAST):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _greedy(pieces: list[str], width: float, size: float, bold: bool) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).strip(), size, bold) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]
