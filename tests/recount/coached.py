"""Section 16 again: how often somebody came back to what a coaching note agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.recount.files import Files


def coached(files: Files) -> Iterator[tuple[str, Fraction | int]]:
    """(name, figure) by unit."""
    asked: dict[str, list[bool]] = {}
    for pilot in files.pilots:
        own = [review for review in files.reviews.values() if review["pilot"] == pilot]
        own.sort(key=lambda review: (str(review["date"]), review["id"]))
        for place, review in enumerate(own):
            after = own[place + 1 :]
            for note in review.get("coaching") or []:
                unit = str(note.get("unit") or "organisation")
                asked.setdefault(unit, [])
                if note.get("plan") and any(one["kind"] == "long" for one in after):
                    later = [other for one in after for other in one.get("coaching") or []]
                    asked[unit].append(any(_alike(note, other) for other in later))
    for unit, told in asked.items():
        yield f"coaching/{unit}/asked", len(told)
        yield f"coaching/{unit}/followed", sum(told)
        if told:
            yield f"coaching/{unit}/rate", Fraction(sum(told), len(told))


def _alike(note: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if note.get("person") and other.get("person"):
        return bool(note["person"] == other["person"])
    return bool(note.get("unit")) and note.get("unit") == other.get("unit")
