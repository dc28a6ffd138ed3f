"""Counts of what an edition lists, and the words where a total is not for it."""

from __future__ import annotations

from collections.abc import Sized

from generator.present.desk import Desk


def counted(desk: Desk, label: str, shown: Sized, every: Sized, **given: object) -> str:
    """How many are listed; beside it how many there are, where the others are not for the edition."""
    words = desk.format.words
    told = words.count(label, len(shown), **given)
    if len(shown) == len(every):
        return told
    stop = words("punctuation.stop")
    rest = words("edition.of", of=len(every))
    return told.removesuffix(stop) + rest + (stop if told.endswith(stop) else "")
