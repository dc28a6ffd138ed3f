"""What else the pages tell, in the export: strategy, roadmap, diagnoses with their scores, cases."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from generator.compute.figures import Figures
from generator.compute.insight.cases import evidence_behind, is_rule, reviews_of
from generator.compute.insight.diagnosis import Scored, trails
from generator.exchange.export_part import ExportPart
from generator.exchange.plain_json import as_json


class PartScoreOut(ExportPart):
    """The mean of some questions on 0–1."""

    value: float | None
    answered: int
    of: int


class PillarOut(PartScoreOut):
    """A pillar's score."""

    id: str


class DiagnosisOut(ExportPart):
    """One diagnosis with its scores."""

    id: str
    """unit~date."""
    unit: str
    date: datetime.date
    organisation: PartScoreOut
    technology: PartScoreOut
    pillars: list[PillarOut]
    quadrant: Literal["potential", "challenge", "acceleration", "leading"] | None
    focus: list[str]
    scores: dict[str, float]
    """The answers by question."""


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
    if catalogue.questionnaire is None:
        return []
    units = trails(catalogue.questionnaire, tuple(catalogue.diagnoses))
    return [_diagnosis(item) for unit in units for item in unit]


def _diagnosis(scored: Scored) -> DiagnosisOut:
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
    )


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
            )
        )
    return made
