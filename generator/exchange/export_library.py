"""What else the pages tell, in the export: strategy, roadmap, diagnoses with their scores, cases."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.advice import advised
from generator.compute.insight.cases import evidence_behind, is_rule, reviews_of
from generator.compute.insight.diagnosis import Quadrant, Scored, ways_of
from generator.compute.insight.workshops import workshops_of
from generator.compute.series.responses import TalkReason, responses_of
from generator.exchange.export_part import ExportPart
from generator.exchange.plain_json import as_json
from generator.model.catalogue import Catalogue
from generator.model.response import RespondentGroup


class PartScoreOut(ExportPart):
    """The mean of some questions on 0–1."""

    value: float | None
    answered: int
    of: int


class PillarOut(PartScoreOut):
    """A pillar's score."""

    id: str


class AnswersOut(ExportPart):
    """The answers of some people to a question, on the questionnaire's scale."""

    n: int
    median: float
    low: float
    """Lower quartile."""
    high: float
    """Upper quartile."""


class GroupAnswersOut(AnswersOut):
    """The answers of one group of respondents."""

    id: RespondentGroup


class ResponsesOut(ExportPart):
    """What the respondents answered to one question."""

    id: str
    """The question."""
    everyone: AnswersOut | None
    groups: list[GroupAnswersOut]
    """Empty where a group that answered has fewer than `small_group` people."""
    gap: float | None
    """The managers' median less the front line's."""
    talk: list[TalkReason]
    """Why it is one to talk about: gap, or spread of the middle half, of half of the scale or more."""
    notes: list[str]
    """What respondents wrote, where the edition may see it and enough people answered."""
    why_not: dict[str, str]


class AdvisedOut(ExportPart):
    """What a diagnosis asks for next."""

    quadrant: list[str]
    """Names of the quadrant's advices that stand."""
    in_place: dict[str, list[str]]
    """Those left out, with the questions whose answers say that it is there."""
    lowest: list[str]
    """Questions of the weakest pillars, the lowest answers first."""


class DiagnosisOut(ExportPart):
    """One diagnosis with its scores."""

    id: str
    """unit~date."""
    unit: str
    date: datetime.date
    organisation: PartScoreOut
    technology: PartScoreOut
    pillars: list[PillarOut]
    quadrant: Quadrant | None
    focus: list[str]
    scores: dict[str, float]
    """The answers by question."""
    by_respondents: list[str]
    """Questions whose answer is the respondents' median, because the diagnosis gives none."""
    responses: list[ResponsesOut]
    advice: AdvisedOut


class WorkshopOut(ExportPart):
    """A workshop, and what is computed beside it."""

    id: str
    told: dict[str, Any]
    """As in its file."""
    computed: list[str]
    """Steps of the map in force that take most time, the worst first."""
    ranks: list[int | None]
    """The place of each blockage of `told` among them, from 1; null: not among them."""
    unseen: list[str]
    """Those of `computed` that nobody named."""
    groups: dict[str, float]
    """The mean self-score of each group of questions."""


class BehindOut(ExportPart):
    """The results behind one indicator of a case."""

    indicator: str
    periods: int
    """Whole long review periods since what the case tells of began."""


class CaseOut(ExportPart):
    """A case, lesson or policy."""

    id: str
    head: dict[str, Any]
    """As in its file."""
    needed: int
    behind: list[BehindOut]
    enough: bool | None
    """Whether the evidence for all suffices; null for a case that is told, not made a rule."""
    reviews: list[str]
    """Reviews that speak of it."""
    why_not: dict[str, str] = Field(default_factory=dict)


def strategy_out(figures: Figures) -> dict[str, Any] | None:
    """Goals, objectives and key results as in their file."""
    catalogue = figures.catalogue
    return as_json(catalogue.strategy, catalogue.handbook.languages) if catalogue.strategy else None


def roadmap_out(figures: Figures) -> dict[str, Any]:
    """The roadmap as in its file."""
    made: dict[str, Any] = as_json(figures.catalogue.roadmap, figures.catalogue.handbook.languages)
    return made


def diagnoses_out(figures: Figures) -> list[DiagnosisOut]:
    """Every diagnosis, unit by unit in order of time."""
    catalogue = figures.catalogue
    return [_diagnosis(catalogue, item) for unit in ways_of(catalogue) for item in unit]


def _responses(catalogue: Catalogue, diagnosis: str) -> list[ResponsesOut]:
    """Each question's answers; of a small group nothing by itself."""
    small, made = f"fewer than {catalogue.handbook.small_group} people answered", []
    for own in responses_of(catalogue, diagnosis):
        reasons = {} if own.everyone else {"everyone": small, "groups": small}
        if own.everyone and not own.groups:
            reasons["groups"] = f"one of them: {small}"
        if own.gap is None:
            reasons["gap"] = reasons.get("groups", "only one side answered")
        made.append(
            ResponsesOut(
                id=own.question,
                everyone=AnswersOut.model_validate(own.everyone) if own.everyone else None,
                groups=[
                    GroupAnswersOut(id=name, n=part.n, median=part.median, low=part.low, high=part.high)
                    for name, part in own.groups
                ],
                gap=own.gap,
                talk=list(own.talk),
                notes=[
                    row.note
                    for row in catalogue.responses[diagnosis]
                    if own.everyone and row.question == own.question and row.note
                ],
                why_not=reasons,
            )
        )
    return made


def _advice(catalogue: Catalogue, scored: Scored) -> AdvisedOut:
    questionnaire = catalogue.questionnaire
    if questionnaire is None:
        return AdvisedOut(quadrant=[], in_place={}, lowest=[])
    found = advised(questionnaire, scored)
    in_place = {name: list(questions) for name, questions in found.in_place}
    return AdvisedOut(quadrant=list(found.quadrant), in_place=in_place, lowest=list(found.lowest))


def _diagnosis(catalogue: Catalogue, scored: Scored) -> DiagnosisOut:
    diagnosis = scored.diagnosis
    return DiagnosisOut(
        id=f"{diagnosis.unit}~{diagnosis.date.isoformat()}",
        unit=diagnosis.unit,
        date=diagnosis.date,
        organisation=PartScoreOut.model_validate(scored.organisation),
        technology=PartScoreOut.model_validate(scored.technology),
        pillars=[
            PillarOut(id=name, value=part.value, answered=part.answered, of=part.of)
            for name, part in scored.pillars
        ],
        quadrant=scored.quadrant,
        focus=list(scored.focus),
        scores=dict(diagnosis.scores),
        by_respondents=list(scored.by_respondents),
        responses=_responses(catalogue, diagnosis.name),
        advice=_advice(catalogue, scored),
    )


def workshops_out(figures: Figures) -> list[WorkshopOut]:
    """Every workshop, newest first."""
    languages = figures.catalogue.handbook.languages
    return [
        WorkshopOut(
            id=state.workshop.id,
            told=as_json(state.workshop, languages),
            computed=list(state.computed),
            ranks=[
                next(one.rank for one in state.voted if one.blockage is blockage)
                for blockage in state.workshop.blockages
            ],
            unseen=list(state.unseen),
            groups=dict(state.groups),
        )
        for state in workshops_of(figures)
    ]


def cases_out(figures: Figures) -> list[CaseOut]:
    """Every case with what stands behind it, counted over everything."""
    catalogue, made = figures.catalogue, []
    for name, head in catalogue.cases.items():
        behind = evidence_behind(figures, head)
        made.append(
            CaseOut(
                id=name,
                head=as_json(head, catalogue.handbook.languages),
                needed=behind.needed,
                behind=[
                    BehindOut(indicator=indicator.indicator, periods=indicator.periods)
                    for indicator in behind.indicators
                    if indicator.indicator in catalogue.indicators
                ],
                enough=behind.enough if is_rule(head) else None,
                reviews=list(reviews_of(catalogue, name)),
                why_not={"enough": "withheld"} if is_rule(head) and behind.enough is None else {},
            )
        )
    return made
