"""Counts of what an edition lists, and the words where a total is not for it."""

from __future__ import annotations

from collections.abc import Sized

from generator.compute.named import named
from generator.present.desk import Desk


def counted(desk: Desk, label: str, shown: Sized, every: Sized, kind: str = "", **given: object) -> str:
    """How many are listed; beside it how many there are, where the others are not for the edition.

    `kind` is their name under `contents` of the export.
    """
    words = desk.format.words
    listed, whole = len(shown), len(every)
    if kind:
        listed = named(listed, f"contents/{kind}")
        whole = named(whole, f"contents/whole/{kind}")
    told = words.count(label, listed, **given)
    return told + words("edition.of", of=whole) if listed < whole else told
