"""What becomes of coaching: whether what was agreed with a unit or a person was spoken of again."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.catalogue import Catalogue
from generator.model.review import Coaching, Review


def not_followed_up(catalogue: Catalogue) -> Iterator[tuple[Review, int]]:
    """(review, place) of each note with a plan that nobody came back to.

    Since then a long review of the same pilot was held, and no later note is about the same unit or person.
    """
    for pilot in catalogue.pilots:
        own = sorted(
            (review for review in catalogue.reviews.values() if review.pilot == pilot),
            key=lambda review: (review.date, review.id),
        )
        for number, review in enumerate(own):
            later = own[number + 1 :]
            if not any(each.kind == "long" for each in later):
                continue
            for place, note in enumerate(review.coaching):
                if note.plan is not None and not any(
                    _same(note, other) for each in later for other in each.coaching
                ):
                    yield review, place


def _same(note: Coaching, other: Coaching) -> bool:
    if note.person is not None and other.person is not None:
        return note.person == other.person
    return note.unit is not None and note.unit == other.unit
