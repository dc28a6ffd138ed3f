"""Two wordings side by side, with what went and what came marked: Chinese by characters, Latin by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_pieces = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")


def side_by_side(before: str, after: str) -> tuple[Markup, Markup]:
    """The old wording with its lost parts in `<del>`, the new one with its added parts in `<ins>`."""
    old, new = _pieces.findall(before), _pieces.findall(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    left: list[Markup] = []
    right: list[Markup] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        left.extend(_marked("".join(old[a1:a2]), "del" if kind != "equal" else ""))
        right.extend(_marked("".join(new[b1:b2]), "ins" if kind != "equal" else ""))
    return Markup("").join(left), Markup("").join(right)


def _marked(text: str, tag: str) -> Iterator[Markup]:
    if text:
        yield Markup("<{0}>{1}</{0}>").format(Markup(tag), text) if tag else escape(text)
