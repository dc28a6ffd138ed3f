"""A handbook's `terms:`, one word in another's place, in whatever the product itself says.

That is the labels of its pages, and the roadmap and the questions that it ships, where a handbook has none of
its own; what authors write stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar, cast

from pydantic import BaseModel

from generator.model.walk import retold

M = TypeVar("M", bound=BaseModel | None)
_PLACES = re.compile(r"(\{[^{}]*\})")


class Whole(str):
    """A label without places that holds braces all the same, those of a term: nothing is put into it."""

    __slots__ = ()


class TermSwap:
    """Puts terms in others' places: Chinese as it stands, other words whole, in their case, with plurals.

    All at once, so that {pilot: project, project: plan} makes no plan of a pilot; of two terms that begin at
    one place the longer one is meant.
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._terms: dict[str, str] = {}
        parts = []
        for old, new in sorted(terms.items(), key=lambda pair: -len(pair[0])):
            self._terms[old.casefold()] = new
            if old.isascii():
                self._terms.setdefault(f"{old}s".casefold(), f"{new}s")
                parts.append(rf"\b{re.escape(old)}s?\b")
            else:
                parts.append(re.escape(old))
        self._words = re.compile(rf"(?:\b(an?) )?({'|'.join(parts)})", re.IGNORECASE)

    def touches(self, text: str) -> bool:
        """Whether any of the terms stands in a text."""
        return self._words.search(text) is not None

    def __call__(self, text: str) -> str:
        parts = _PLACES.split(text)
        if len(parts) > 1:  # something is put into it, for which braces of a term are written twice
            said = (part if part.startswith("{") else self._swapped(part, True) for part in parts)
            return type(text)("".join(said))
        whole = self._swapped(text, False)
        return Whole(whole) if "{" in whole or "}" in whole else type(text)(whole)

    def _swapped(self, text: str, filled: bool) -> str:
        pieces, end = [], 0
        for found in self._words.finditer(text):
            new = self._said(found)
            new = new.replace("{", "{{").replace("}", "}}") if filled else new
            pieces += [text[end : found.start()], new]
            end = found.end()
        return "".join([*pieces, text[end:]])

    def _said(self, found: re.Match[str]) -> str:
        old, new = found[2], self._terms[found[2].casefold()]
        if old[:1].isupper():
            new = new[:1].upper() + new[1:]
        if not found[1] or not old.isascii():
            return f"{found[1]} {new}" if found[1] else new
        article = "an" if new[:1].casefold() in "aeiou" else "a"
        return f"{article.capitalize() if found[1][0].isupper() else article} {new}"


def in_terms(model: M, terms: Mapping[str, str], *, own: bool) -> M:
    """What the product ships of the method, in the handbook's terms; what is an author's own stays."""
    if model is None or own or not terms:
        return model
    swap = TermSwap(terms)
    return cast("M", retold(model, lambda words: swap(words) if swap.touches(words) else words))
