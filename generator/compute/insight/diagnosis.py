"""The scores of a diagnosis: axes and pillars 0–1, the quadrant, and where to begin.

Source: the computations page, section 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Literal

from generator.compute.series.responses import responses_of
from generator.model.catalogue import Catalogue
from generator.model.comparing import above, below, reaches, same
from generator.model.diagnosis import Diagnosis, Question, Questionnaire

Quadrant = Literal["potential", "challenge", "acceleration", "leading"]


@dataclass(frozen=True, slots=True)
class PartScore:
    """The mean of some questions on 0–1, over `answered` of `of`; None where none is answered."""

    value: float | None
    answered: int
    of: int

    @property
    def placed(self) -> bool:
        """Whether at least half is answered: below that nothing is placed."""
        return self.of > 0 and self.answered * 2 >= self.of and self.value is not None


@dataclass(frozen=True, slots=True)
class Scored:
    """One diagnosis with its scores."""

    diagnosis: Diagnosis
    organisation: PartScore
    technology: PartScore
    pillars: tuple[tuple[str, PartScore], ...]
    quadrant: Quadrant | None
    focus: tuple[str, ...]
    """The lowest pillar; equal ones are named together."""
    by_respondents: tuple[str, ...] = ()
    """Questions whose answer is the respondents' median, because the diagnosis gives none."""


def scored(questionnaire: Questionnaire, diagnosis: Diagnosis) -> Scored:
    """The scores of one diagnosis."""
    organisation, technology = (
        _score(
            questionnaire,
            diagnosis,
            [question for question in questionnaire.questions if question.axis == axis],
        )
        for axis in ("organisation", "technology")
    )
    names = dict.fromkeys(question.pillar for question in questionnaire.questions)
    pillars = tuple(
        (
            str(name),
            _score(
                questionnaire,
                diagnosis,
                [question for question in questionnaire.questions if question.pillar == name],
            ),
        )
        for name in names
    )
    known = [(name, part.value) for name, part in pillars if part.placed and part.value is not None]
    lowest = min((value for _, value in known), default=None)
    return Scored(
        diagnosis,
        organisation,
        technology,
        pillars,
        _quadrant(organisation, technology),
        tuple(name for name, value in known if lowest is not None and same(value, lowest)),
    )


def _score(questionnaire: Questionnaire, diagnosis: Diagnosis, questions: Sequence[Question]) -> PartScore:
    low, high = questionnaire.scale.min, questionnaire.scale.max
    given = [diagnosis.scores[question.id] for question in questions if question.id in diagnosis.scores]
    value = fsum((item - low) / (high - low) for item in given) / len(given) if given and high > low else None
    return PartScore(value, len(given), len(questions))


def _quadrant(organisation: PartScore, technology: PartScore) -> Quadrant | None:
    """Split at 0.5, which counts as high."""
    if not (organisation.placed and technology.placed):
        return None
    organised, equipped = (reaches(item.value or 0.0, 0.5, "higher") for item in (organisation, technology))
    if organised:
        return "leading" if equipped else "challenge"
    return "acceleration" if equipped else "potential"


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that two diagnoses of a unit both answer; `difference` is on the questionnaire's scale."""

    question: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """A unit from one diagnosis to the next; differences of scores are on 0–1, None where one is missing."""

    before: Scored
    after: Scored
    organisation: float | None
    technology: float | None
    pillars: tuple[tuple[str, float | None], ...]
    questions: tuple[Moved, ...]
    """In the questionnaire's order, only what both answer."""
    up: tuple[Moved, ...]
    """The most risen, together where they are equal; empty where nothing rose."""
    down: tuple[Moved, ...]
    """The most fallen."""


def move(questionnaire: Questionnaire, before: Scored, after: Scored) -> Move:
    """What changed between two diagnoses, question by question."""
    questions = tuple(
        Moved(question.id, before.diagnosis.scores[question.id], after.diagnosis.scores[question.id])
        for question in questionnaire.questions
        if question.id in before.diagnosis.scores and question.id in after.diagnosis.scores
    )
    most = max((question.difference for question in questions), default=0.0)
    least = min((question.difference for question in questions), default=0.0)
    earlier = dict(before.pillars)
    return Move(
        before=before,
        after=after,
        organisation=_difference(before.organisation, after.organisation),
        technology=_difference(before.technology, after.technology),
        pillars=tuple((name, _difference(earlier[name], part)) for name, part in after.pillars),
        questions=questions,
        up=tuple(question for question in questions if same(question.difference, most))
        if above(most, 0)
        else (),
        down=tuple(question for question in questions if same(question.difference, least))
        if below(least, 0)
        else (),
    )


def _difference(before: PartScore, after: PartScore) -> float | None:
    return after.value - before.value if after.value is not None and before.value is not None else None


def ways_of(catalogue: Catalogue) -> tuple[tuple[Scored, ...], ...]:
    """Every unit's diagnoses by date, units in the order of their first one; none without a questionnaire.

    An answer that a diagnosis leaves out is the median of its respondents, where enough of them gave one.
    """
    if catalogue.questionnaire is None:
        return ()
    found: dict[str, list[Scored]] = {}
    for diagnosis in sorted(catalogue.diagnoses, key=lambda item: (item.date, item.unit)):
        medians = {
            own.question: own.everyone.median
            for own in responses_of(catalogue, diagnosis.name)
            if own.everyone is not None and own.question not in diagnosis.scores
        }
        whole = diagnosis.model_copy(update={"scores": {**diagnosis.scores, **medians}})
        made = replace(scored(catalogue.questionnaire, whole), by_respondents=tuple(medians))
        found.setdefault(diagnosis.unit, []).append(made)
    return tuple(tuple(own) for own in found.values())
