"""Counts of what an edition lists, and the words where a total is not for it."""

from __future__ import annotations

from collections.abc import Sized

from generator.compute.insight.named import named
from generator.present.text.format import Format


def counted(form: Format, label: str, shown: Sized, every: Sized, kind: str = "", **given: object) -> str:
    """How many are listed; beside it how many there are, where the others are not for the edition.

    `kind` is their name under `contents` of the export.
    """
    words = form.words
    listed, whole = len(shown), len(every)
    if kind:
        listed = named(listed, f"contents/{kind}")
        whole = named(whole, f"contents/whole/{kind}")
    # Where others are hidden, nothing listed is not nothing at all, which is what a label says for none.
    hidden = whole and not listed
    text = words(f"{label}.other", n=listed, **given) if hidden else words.count(label, listed, **given)
    if listed == whole:
        return text
    stop, rest = words("punctuation.stop"), words("edition.of", of=whole)
    # A text with figures in it keeps their marks when it is cut so.
    return text[: -len(stop)] + rest + stop if text.endswith(stop) else text + rest
