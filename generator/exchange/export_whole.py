"""The form of `handbook export json`, version indicator-handbook/1: the public interface to other programs.

Everything that the pages tell stands in it, under the name that the pages give a figure (`data-figure`).
Keys stand in this order; later versions of the product add keys and change none. Numbers are unrounded. A
figure that cannot be computed is null, and `why_not` of the same object says why; `withheld` there means that
it rests on something that is not for the edition. The JSON Schema of the
export is made from these models.
"""

from __future__ import annotations

from typing import Any, Literal

from generator.exchange.export_evidence import ChronicMissOut, EvidenceOut
from generator.exchange.export_library import CaseOut, DiagnosisOut
from generator.exchange.export_model import PilotOut, SeriesOut
from generator.exchange.export_part import Part
from generator.exchange.export_points import LongerOut
from generator.exchange.export_process import ProcessOut
from generator.exchange.export_quarters import QuarterOut
from generator.exchange.export_reviews import ActionOut, RhythmOut
from generator.exchange.export_strategy import KeyStateOut


class ContentsOut(Part):
    """How many of each the edition holds."""

    pilots: int
    indicators: int
    by_category: dict[str, int]
    """Indicators by category; `none` without one."""


class Export(Part):
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
    evidence: EvidenceOut
    reviews: list[dict[str, Any]]
    """As in their files."""
    actions: list[ActionOut]
    rhythm: RhythmOut | None
    strategy: dict[str, Any] | None
    key_states: list[KeyStateOut]
    """The key results of the strategy: how each stands."""
    roadmap: dict[str, Any]
    diagnoses: list[DiagnosisOut]
    cases: list[CaseOut]
    contents: ContentsOut


def schema() -> dict[str, Any]:
    """The JSON Schema of the export."""
    made = Export.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:indicator-handbook:schema:export",
        **made,
    }
