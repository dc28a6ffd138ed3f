"""The form of `handbook export json`, version indicator-handbook/1: the public interface to other programs.

Everything that the pages tell stands in it, under the name that the pages give a figure (`data-figure`).
Keys stand in this order; later versions of the product add keys and change none. Numbers have twelve
digits. A figure that cannot be computed is null, and `why_not` of the same object says why; `withheld` there
means that it rests on something that is not for the edition. The JSON Schema of the export is made from these
models.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.standings import pack_standings, period_standings
from generator.compute.seen import hides_indicators, hides_packs
from generator.exchange.export_cascade import BrokenLinkOut, CascadeOut, CrossOut
from generator.exchange.export_coaching import UnitCoachingOut
from generator.exchange.export_decisions import DecisionOut
from generator.exchange.export_evidence import ChronicMissOut, EvidenceOut
from generator.exchange.export_incentives import PilotPayOut
from generator.exchange.export_levels import LevelsOut
from generator.exchange.export_library import CaseOut, DiagnosisOut, WorkshopOut
from generator.exchange.export_loop import QuestionOut, StationOut
from generator.exchange.export_model import PilotOut, SeriesOut
from generator.exchange.export_part import ExportPart
from generator.exchange.export_pillars import PillarStateOut
from generator.exchange.export_pilots import ByChanceOut, StandingsOut, by_chance_out
from generator.exchange.export_points import WITHHELD, LongerOut
from generator.exchange.export_process import ProcessOut
from generator.exchange.export_quarters import QuarterOut
from generator.exchange.export_reviews import ActionOut, RhythmOut
from generator.exchange.export_spread import SpreadOut
from generator.exchange.export_strategy import KeyStateOut
from generator.exchange.export_work import WorkOut


class WholeOut(ExportPart):
    """How many of each there are, seen or not."""

    pilots: int
    indicators: int


class ContentsOut(ExportPart):
    """How many of each the edition holds."""

    whole: WholeOut
    pilots: int
    indicators: int
    by_category: dict[str, int]
    """Indicators by category; `none` without one."""
    by_chance: ByChanceOut
    """False signals to be expected in the list of the indicators, which shows one series of each."""


class StandingsSetOut(ExportPart):
    """Counts over all points that were held against a target."""

    packs: StandingsOut | None
    """Every pilot's pack in the review period."""
    by_chance: ByChanceOut | None
    """Over the charts of every pilot's pack."""
    periods: StandingsOut | None
    """The organisation's newest long review periods."""
    why_not: dict[str, str] = Field(default_factory=dict)


class LeadsMethodOut(ExportPart):
    """How indicators that lead others are looked for."""

    seed: int
    fewest: int
    """Periods below which nothing is told."""
    firm: int
    """Periods from which a finding is more than a clue."""


class ScoringOut(ExportPart):
    """Points at each bar, by the handbook."""

    floor: float
    target: float
    stretch: float
    below_floor: float


class MethodOut(ExportPart):
    """Numbers of the method that sentences name."""

    chronic_periods: int
    leads: LeadsMethodOut
    scoring: ScoringOut


def standings_out(figures: Figures) -> StandingsSetOut:
    """Both counts, where the edition sees all that is counted."""
    hidden = {"packs": hides_packs(figures), "periods": hides_indicators(figures, None)}
    return StandingsSetOut(
        packs=None if hidden["packs"] else StandingsOut.model_validate(pack_standings(figures)),
        by_chance=None if hidden["packs"] else by_chance_out(figures, figures.catalogue.pilots),
        periods=None if hidden["periods"] else StandingsOut.model_validate(period_standings(figures)),
        why_not=dict.fromkeys(
            [name for name, item in (*hidden.items(), ("by_chance", hidden["packs"])) if item], WITHHELD
        ),
    )


class Export(ExportPart):
    """The whole handbook of one edition."""

    format: Literal["indicator-handbook/1"]
    as_of: str | None
    edition: str
    indicators: list[dict[str, Any]]
    """As in their files, texts as {language: text}; with `used_by`, `health` (what is not in order) and
    `chronic` (where the target was missed long enough to question it; null is the organisation)."""
    series: list[SeriesOut]
    processes: list[ProcessOut]
    pilots: list[PilotOut]
    chronic: list[ChronicMissOut]
    """Targets that are out of reach for long, those below their floor first."""
    longer: list[LongerOut]
    """The series rolled up to the long review period."""
    quarters: list[QuarterOut]
    """The long review periods, each as it stood at its end."""
    decisions: list[DecisionOut]
    """What needs a decision now, the gravest kind first."""
    evidence: EvidenceOut
    reviews: list[dict[str, Any]]
    """As in their files."""
    actions: list[ActionOut]
    rhythm: RhythmOut | None
    incentives: list[PilotPayOut] | None
    """What incentives would have paid over two years; null (withheld) in all but the narrowest edition."""
    spread: list[SpreadOut]
    """Practices, and what came of them where they were taken over."""
    coaching: list[UnitCoachingOut]
    """Coaching by unit: notes, and how often somebody came back to them."""
    levels: LevelsOut
    """Where the causes of problems lie: with a person, or in conditions."""
    strategy: dict[str, Any] | None
    key_states: list[KeyStateOut]
    """The key results of the strategy: how each stands."""
    cascade: list[CascadeOut]
    """Each goal down to units, indicators and posts."""
    gaps: list[BrokenLinkOut]
    """Where the cascade is broken."""
    x_matrix: list[CrossOut]
    """What has to do with what, side against side."""
    questions: list[QuestionOut]
    """Goals in question: who is to answer by when, and what was answered."""
    loop: list[StationOut]
    """The loop of strategy and ability: which station holds, and where each is broken."""
    roadmap: dict[str, Any]
    pillars: list[PillarStateOut]
    """Direction, drive, support: what is under way, and what is missing."""
    questionnaire: dict[str, Any] | None
    """The questions of the diagnoses, with their groups and anchors."""
    diagnoses: list[DiagnosisOut]
    workshops: list[WorkshopOut]
    cases: list[CaseOut]
    work: WorkOut
    """Tools at their steps, offices, packs against questions and measures, what cases answer."""
    standings: StandingsSetOut
    method: MethodOut
    contents: ContentsOut
    why_not: dict[str, str] = Field(default_factory=dict)


def schema() -> dict[str, Any]:
    """The JSON Schema of the export."""
    made = Export.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:indicator-handbook:schema:export",
        **made,
    }
