"""Where a unit stands in the matrix of organisation and technology, and which pillar to begin with.

The score of an axis or a pillar is the mean of its questions, scaled to 0–1. Source: computations, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.model.diagnosis import Diagnosis, Question, Questionnaire

Quadrant = Literal["potential", "challenge", "acceleration", "leading"]
PILLARS = ("direction", "drive", "support")


@dataclass(frozen=True, slots=True)
class Part:
    """The score of an axis or a pillar over the questions that were answered."""

    score: float | None
    """0–1; None where nothing was answered."""
    answered: int
    of: int

    @property
    def enough(self) -> bool:
        """Whether at least half of the questions were answered."""
        return self.answered * 2 >= self.of and self.answered > 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A diagnosis with its figures."""

    diagnosis: Diagnosis
    organisation: Part
    technology: Part
    pillars: tuple[tuple[str, Part], ...]
    quadrant: Quadrant | None
    """None when one of the axes has too few answers to be placed."""
    focus: tuple[str, ...]
    """The lowest pillar; equal pillars are named together."""


def placed(diagnosis: Diagnosis, questionnaire: Questionnaire) -> Placed:
    """Score a diagnosis."""
    questions = questionnaire.questions
    organisation = _part(diagnosis, questionnaire, [q for q in questions if q.axis == "organisation"])
    technology = _part(diagnosis, questionnaire, [q for q in questions if q.axis == "technology"])
    pillars = tuple(
        (pillar, _part(diagnosis, questionnaire, [q for q in questions if q.pillar == pillar]))
        for pillar in PILLARS
    )
    scores = {pillar: part.score for pillar, part in pillars if part.score is not None and part.enough}
    lowest = min(scores.values(), default=None)
    focus = tuple(
        pillar for pillar, score in scores.items() if lowest is not None and abs(score - lowest) < 1e-9
    )
    return Placed(diagnosis, organisation, technology, pillars, _quadrant(organisation, technology), focus)


def _part(diagnosis: Diagnosis, questionnaire: Questionnaire, questions: Iterable[Question]) -> Part:
    asked = list(questions)
    low, high = questionnaire.scale.min, questionnaire.scale.max
    given = [diagnosis.scores[question.id] for question in asked if question.id in diagnosis.scores]
    if not given:
        return Part(None, 0, len(asked))
    return Part((sum(given) / len(given) - low) / (high - low), len(given), len(asked))


def _quadrant(organisation: Part, technology: Part) -> Quadrant | None:
    """Split at 0.5: low and low, organised, technology ahead, both."""
    if not (organisation.enough and technology.enough):
        return None
    assert organisation.score is not None
    assert technology.score is not None
    organised, technical = organisation.score >= 0.5, technology.score >= 0.5
    if organised and technical:
        return "leading"
    if technical:
        return "acceleration"
    return "challenge" if organised else "potential"
