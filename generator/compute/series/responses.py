"""What the respondents of a diagnosis answered: median and spread by group, and what to talk about.

Nothing here tells of one person. A group is told by itself only where every group that answered a question
has at least `small_group` people; else all are told together, and fewer than `small_group` in all not at all.
Source: the computations page, section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from generator.model.catalogue import Catalogue
from generator.model.comparing import reaches
from generator.model.diagnosis import Questionnaire, Scale
from generator.model.response import RESPONDENT_GROUPS, RespondentGroup, Response

APART = 0.5
"""Share of the scale from which answers are apart: 2 points of 1-5."""

TalkReason = Literal["gap", "spread"]
"""gap: the medians of managers and front line are that far apart · spread: the middle half of all answers, or
of a group's, spans as much."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of some people to a question, on the questionnaire's scale."""

    n: int
    median: float
    low: float
    """Lower quartile; a quarter of the answers lies below."""
    high: float
    """Upper quartile."""

    @property
    def spread(self) -> float:
        """How far the middle half of the answers reaches."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class QuestionResponses:
    """What was answered to one question."""

    question: str
    everyone: Answers | None
    """None where fewer than a small group answered."""
    groups: tuple[tuple[RespondentGroup, Answers], ...]
    """Empty where one of the groups is small, or nobody is told."""
    gap: float | None
    """The managers' median less the front line's; None where one of them is not told."""
    talk: tuple[TalkReason, ...]
    """Why the question is one to talk about; empty where it is none."""
    asked: int
    """How many answered; told only where `everyone` is."""


def responses_of(catalogue: Catalogue, diagnosis: str) -> tuple[QuestionResponses, ...]:
    """Every question of a diagnosis that somebody answered, in the questionnaire's order."""
    questionnaire, rows = catalogue.questionnaire, catalogue.responses.get(diagnosis, ())
    if questionnaire is None or not rows:
        return ()
    return tuple(told_responses(questionnaire, rows, catalogue.handbook.small_group))


def told_responses(
    questionnaire: Questionnaire, rows: Iterable[Response], small_group: int
) -> Iterable[QuestionResponses]:
    """As `responses_of`, from the rows."""
    given: dict[str, dict[RespondentGroup, list[float]]] = {}
    for row in rows:
        if row.score is not None:
            given.setdefault(row.question, {}).setdefault(row.group, []).append(row.score)
    for question in questionnaire.questions:
        if question.id in given:
            yield _told(question.id, given[question.id], questionnaire.scale, small_group)


def apart_from(scale: Scale) -> float:
    """From how many points on answers are apart."""
    return (scale.max - scale.min) * APART


def _told(
    question: str, given: Mapping[RespondentGroup, Sequence[float]], scale: Scale, small_group: int
) -> QuestionResponses:
    every = [score for scores in given.values() for score in scores]
    everyone = _answers(every) if len(every) >= small_group else None
    large = everyone is not None and all(len(scores) >= small_group for scores in given.values())
    groups = tuple((name, _answers(given[name])) for name in RESPONDENT_GROUPS if large and name in given)
    medians = {name: answers.median for name, answers in groups}
    gap = (
        medians["managers"] - medians["front-line"]
        if "managers" in medians and "front-line" in medians
        else None
    )
    least = apart_from(scale)
    spreads = [answers.spread for answers in (everyone, *(own for _, own in groups)) if answers is not None]
    talk: list[TalkReason] = []
    if gap is not None and reaches(abs(gap), least, "higher"):
        talk.append("gap")
    if any(reaches(spread, least, "higher") for spread in spreads):
        talk.append("spread")
    return QuestionResponses(question, everyone, groups, gap, tuple(talk), len(every))


def _answers(scores: Sequence[float]) -> Answers:
    """Quartiles by linear interpolation between the sorted answers, the ends included."""
    if len(scores) == 1:
        return Answers(1, scores[0], scores[0], scores[0])
    low, _, high = quantiles(scores, n=4, method="inclusive")
    return Answers(len(scores), median(scores), low, high)
