"""Where causes lie, in the export."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.levels import CauseLevel, levels_of, reach_of, reach_of_pilot
from generator.compute.insight.names import joined
from generator.exchange.export_part import ExportPart
from generator.exchange.export_points import WITHHELD


class CauseOut(ExportPart):
    """A problem of a review that names a cause."""

    id: str
    """review~problem."""
    level: CauseLevel
    """ability, willingness: the person's own · team, organisation: whose conditions · conditions: of whom is
    not said · unsaid: a cause in people of which nothing more is said."""


class ReachOut(ExportPart):
    """How many of the causes named somewhere lie outside the reach of the person at work."""

    id: str
    """A review or a pilot."""
    known: int
    """Causes of which the level is said, or follows."""
    outside: int
    share: float
    """outside / known, 0–1."""


class LevelsOut(ExportPart):
    """The levels that causes lie on."""

    share: float | None
    """Of causes outside a person's reach among those whose level is known, 0–1."""
    outside: int | None
    known: int | None
    causes: list[CauseOut]
    reviews: list[ReachOut]
    """The same for each review that names a cause, where all of it is for the edition."""
    pilots: list[ReachOut]
    """The same for each pilot, over all of its reviews."""
    why_not: dict[str, str]


def levels_out(figures: Figures) -> LevelsOut:
    """All causes that the edition may see; the share only where it sees all."""
    levels = levels_of(figures)
    why_not = {}
    if levels.in_part:
        why_not = dict.fromkeys(("share", "outside", "known"), WITHHELD)
    elif levels.share is None:
        why_not = {"share": "no review names a cause"}
    return LevelsOut(
        share=levels.share,
        outside=None if levels.in_part else levels.outside,
        known=None if levels.in_part else levels.known,
        causes=[
            CauseOut(id=joined(cause.review.id, cause.problem.id), level=cause.level)
            for cause in levels.causes
        ],
        reviews=[
            ReachOut.model_validate(reach)
            for review in figures.catalogue.reviews
            if (reach := reach_of(figures, review, [review])) is not None
        ],
        pilots=[
            ReachOut.model_validate(reach)
            for pilot in figures.catalogue.pilots
            if (reach := reach_of_pilot(figures, pilot)) is not None
        ],
        why_not=why_not,
    )
