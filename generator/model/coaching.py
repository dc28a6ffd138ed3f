"""What becomes of coaching: whether what was agreed with a unit or a person was spoken of again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.catalogue import Catalogue
from generator.model.review import Coaching, Review


@dataclass(frozen=True, slots=True)
class CoachingTalk:
    """A note with the next one about the same unit or person, in reviews of the same pilot."""

    review: Review
    place: int
    """Its 0-based place in the review."""
    next_review: Review | None
    """The later review that comes back to it."""
    next_place: int | None
    asked: bool
    """It has a plan, and a long review of the pilot was held since: somebody could have come back to it."""
    number: int | None = None
    """Its 0-based place in the review with everything known; None: `place` is that."""
    withheld: bool = False
    """A later review or note is not for the edition: nothing is told of what became of it."""

    @property
    def note(self) -> Coaching:
        """The note itself."""
        return self.review.coaching[self.place]

    @property
    def following(self) -> Coaching | None:
        """The next note about the same."""
        if self.next_review is None or self.next_place is None:
            return None
        return self.next_review.coaching[self.next_place]


def coaching_notes(catalogue: Catalogue) -> Iterator[CoachingTalk]:
    """Every note of every review, pilot by pilot, the oldest first."""
    for pilot in catalogue.pilots:
        own = sorted(
            (review for review in catalogue.reviews.values() if review.pilot == pilot),
            key=lambda review: (review.date, review.id),
        )
        for number, review in enumerate(own):
            later = own[number + 1 :]
            reviewed = any(each.kind == "long" for each in later)
            for place, note in enumerate(review.coaching):
                following = next(
                    (
                        (each, at)
                        for each in later
                        for at, other in enumerate(each.coaching)
                        if _same(note, other)
                    ),
                    None,
                )
                yield CoachingTalk(
                    review,
                    place,
                    next_review=following[0] if following else None,
                    next_place=following[1] if following else None,
                    asked=note.plan is not None and reviewed,
                )


def not_followed_up(catalogue: Catalogue) -> Iterator[tuple[Review, int]]:
    """(review, place) of each note with a plan that nobody came back to.

    Since then a long review of the same pilot was held, and no later note is about the same unit or person.
    """
    for each in coaching_notes(catalogue):
        if each.asked and each.next_review is None:
            yield each.review, each.place


def _same(note: Coaching, other: Coaching) -> bool:
    if note.person is not None and other.person is not None:
        return note.person == other.person
    return note.unit is not None and note.unit == other.unit
