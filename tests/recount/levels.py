"""Section 14 again: how many of the causes that reviews name lie outside the reach of a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.recount.files import Files

Named = Iterator[tuple[str, Fraction | int]]


def levels(files: Files) -> Named:
    """(name, figure) over everything, by review and by pilot."""
    yield from _of(files.reviews.values(), "levels")
    for name, review in files.reviews.items():
        yield from _of([review], f"levels/reviews/{name}")
    for pilot in files.pilots:
        own = [review for review in files.reviews.values() if review["pilot"] == pilot]
        yield from _of(own, f"levels/pilots/{pilot}")


def _of(reviews: Iterable[Mapping[str, Any]], at: str) -> Named:
    told = [
        problem.get("factor") or ("conditions" if problem.get("cause") in ("process", "system") else None)
        for review in reviews
        for problem in review.get("problems") or []
    ]
    known = [factor for factor in told if factor]
    outside = known.count("conditions")
    if known:
        yield f"{at}/known", len(known)
        yield f"{at}/outside", outside
        yield f"{at}/share", Fraction(outside, len(known))
