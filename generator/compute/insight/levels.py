"""Where causes lie: in a person's ability or willingness, or in conditions of the team or the organisation.

What one person does is ability × willingness × conditions. The share of causes that no single person can do
anything about is told over all problems of all reviews; an edition that may not see some of them is told
those it sees, and no share. Source: the computations page, section 14.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.seen import hides_reviews, over_everything
from generator.model.exact import counted
from generator.model.review import Review, ReviewProblem

CauseLevel = Literal["ability", "willingness", "team", "organisation", "conditions", "unsaid"]
"""ability, willingness: the person's own · team, organisation: whose conditions · conditions: of whom is not
said · unsaid: a cause in people of which nothing more is said."""
OUTSIDE: tuple[CauseLevel, ...] = ("team", "organisation", "conditions")


@dataclass(frozen=True, slots=True)
class CauseState:
    """A problem of a review with the level that its cause lies on."""

    review: Review
    problem: ReviewProblem
    level: CauseLevel


@dataclass(frozen=True, slots=True)
class Levels:
    """All causes that were named, newest review first."""

    causes: tuple[CauseState, ...]
    counts: Mapping[CauseLevel, int]
    outside: int
    """Causes in conditions."""
    known: int
    """Causes of which the level is said, or follows."""
    in_part: bool = False
    """Some are not for the edition: no share is told."""

    @property
    def share(self) -> float | None:
        """Of the causes outside a person's reach, 0–1; None without a cause."""
        return self.outside / self.known if self.known and not self.in_part else None


@dataclass(frozen=True, slots=True)
class CauseReach:
    """How many of the causes named somewhere lie outside the reach of the person at work."""

    id: str
    """A review, or a pilot with all of its reviews."""
    known: int
    """Causes of which the level is said, or follows."""
    outside: int
    share: float
    """outside / known, 0–1."""


def level_of(problem: ReviewProblem) -> CauseLevel | None:
    """The level that a problem's cause lies on; None where it names no cause at all."""
    factor = problem.lies_in
    if factor == "conditions":
        return problem.conditions or "conditions"
    if factor is not None:
        return factor
    return "unsaid" if problem.cause == "people" else None


def _seen(figures: Figures, found: Levels) -> Levels:
    known = figures.catalogue.reviews
    seen = tuple(
        replace(cause, review=known[cause.review.id], problem=problem)
        for cause in found.causes
        if cause.review.id in known
        for problem in known[cause.review.id].problems
        if problem.id == cause.problem.id
    )
    return _levels(seen, len(seen) < len(found.causes))


def _levels(causes: tuple[CauseState, ...], in_part: bool) -> Levels:
    counts = Counter(cause.level for cause in causes)
    outside = counted(counts[level] for level in OUTSIDE)
    return Levels(causes, dict(counts), outside, len(causes) - counts["unsaid"], in_part)


@over_everything(_seen)
def levels_of(figures: Figures) -> Levels:
    """Every problem of every review that names a cause."""
    reviews = sorted(figures.catalogue.reviews.values(), key=lambda item: (item.date, item.id), reverse=True)
    causes = tuple(
        CauseState(review, problem, level)
        for review in reviews
        for problem in review.problems
        if (level := level_of(problem)) is not None
    )
    return _levels(causes, in_part=False)


def reach_of(figures: Figures, id_: str, reviews: Collection[str]) -> CauseReach | None:
    """Of the causes that some reviews name; None without a known cause, or where the edition may not see all.

    Asked anew by every page; it costs little.
    """
    causes = [cause for cause in levels_of(figures).causes if cause.review.id in reviews]
    every = [cause for cause in levels_of(figures.whole).causes if cause.review.id in reviews]
    found = _levels(tuple(causes), len(causes) < len(every))
    return None if found.share is None else CauseReach(id_, found.known, found.outside, found.share)


def reach_of_pilot(figures: Figures, pilot: str) -> CauseReach | None:
    """Of the causes that all reviews of a pilot name; None where the edition hides some of these."""
    if hides_reviews(figures, pilot):
        return None
    reviews = figures.catalogue.reviews.values()
    return reach_of(figures, pilot, [review.id for review in reviews if review.pilot == pilot])
