"""Told over everything, then cut down: how what is counted or compared stays the same in every edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from generator.compute.figures import Figures
from generator.compute.once import once
from generator.model.watched import apart

T = TypeVar("T")


def over_everything(
    seen: Callable[[Figures, T], T],
) -> Callable[[Callable[[Figures], T]], Callable[[Figures], T]]:
    """A figure is computed over the whole catalogue, once; `seen` says what an edition may see of it.

    Source: the computations page, section 10.
    """

    def decorated(compute: Callable[[Figures], T]) -> Callable[[Figures], T]:
        computed = once(compute)

        @once
        @wraps(compute)
        def told(figures: Figures) -> T:
            if figures.everything is None:
                return computed(figures)
            return seen(figures, computed(figures.everything))

        return told

    return decorated


def hides_packs(figures: Figures) -> bool:
    """Whether a pilot, or an indicator of a pack, is not for the edition; results do not say."""
    with apart():
        return any(
            pilot not in figures.pilots or len(figures.pilots[pilot].pack) < len(every.pack)
            for pilot, every in figures.whole.pilots.items()
        )


def hides_evidence(figures: Figures) -> bool:
    """Whether any indicator, pilot or part of a pack is not for the edition."""
    every, seen = figures.whole.catalogue, figures.catalogue
    return hides_packs(figures) or len(seen.indicators) < len(every.indicators)


def hides_indicators(figures: Figures, pilot: str | None) -> bool:
    """Whether a pilot, or the organisation, has results of indicators that are not for the edition."""
    return any(
        key[1] == pilot and not key[2] and key[0] not in figures.catalogue.indicators
        for key in figures.whole.series
    )


def hides_reviews(figures: Figures, pilot: str) -> bool:
    """Whether reviews of a pilot are not for the edition."""
    known = figures.catalogue.reviews
    every = figures.whole.catalogue.reviews
    return any(review.pilot == pilot and id_ not in known for id_, review in every.items())


def hides_actions(figures: Figures, pilot: str) -> bool:
    """Whether reviews of a pilot, or actions of one, are not for the edition."""
    every = figures.whole.catalogue.reviews
    return hides_reviews(figures, pilot) or any(
        review.pilot == pilot and len(review.actions) < len(every[id_].actions)
        for id_, review in figures.catalogue.reviews.items()
    )
