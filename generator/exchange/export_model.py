"""The form of `handbook export json`, version indicator-handbook/1: the public interface to other programs.

Keys stand in this order. Numbers are unrounded. A figure that cannot be computed is null and `why_not` of the
same object says why. The JSON Schema of the export is made from these models.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of the export: no key but these, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class UsedBy(Part):
    """What uses an indicator, by id."""

    pilots: list[str]
    """Pilots whose pack holds it."""
    steps: list[str]
    """Process steps that it measures, as process/map/step."""
    reviews: list[str]
    """Reviews that name it."""


class PointOut(Part):
    """One period of a series."""

    period: str
    """As in the results, e.g. 2025-07."""
    value: float | None
    """In the indicator's unit; null is a gap, never 0."""
    numerator: float | None
    denominator: float | None
    target: float | None
    """The target in force, as are floor and stretch."""
    floor: float | None
    stretch: float | None
    status: Literal["exceeded", "met", "near", "missed", "no-target", "no-data"]
    attainment: float | None
    """Per cent of the target."""
    progress: float | None
    """Share of the way from the baseline to the target, 1 = arrived."""
    score: float | None
    """Points by the handbook's scoring."""
    segment: int | None
    """Number of the control chart's segment, from 1."""
    centre: float | None
    lower: float | None
    """The lower control limit."""
    upper: float | None
    """The upper control limit."""
    mark: Literal["none", "outside", "trend", "two-of-three", "shift"] | None
    mark_side: Literal["high", "low"] | None = None
    why_not: dict[str, str] = {}
    """For every null of the point: why it is null."""


class RunRules(Part):
    """The run chart's two figures with their limits."""

    longest: int | None
    longest_limit: int | None
    crossings: int | None
    crossings_limit: int | None


class SeriesOut(Part):
    """One indicator, one pilot or the whole organisation, one cell of the dimensions."""

    indicator: str
    pilot: str | None
    """null is the whole organisation."""
    dimensions: dict[str, str]
    """The cell, e.g. {"region": "east"}; a dimension that is left out means all of it."""
    frequency: Literal["year", "half", "quarter", "month", "week", "day"]
    points: list[PointOut]
    variation: Literal["improvement", "concern", "high", "low", "normal"] | None
    assurance: Literal["met", "hit-and-miss", "missed"] | None
    run_rules: RunRules | None
    why_not: dict[str, str] = {}


class MapStepOut(Part):
    """One step, gateway or event of a map."""

    id: str
    visits: float
    """How often a case passes."""
    total_h: float | None
    """visits × (touch + wait), in hours; null where its times are not known."""
    why_not: dict[str, str] = {}


class MapOut(Part):
    """The flow figures of one process map, hours of working time."""

    lead_time_h: float | None
    touch_h: float | None
    value_adding_h: float | None
    variance_h2: float | None
    touch_share: float | None
    value_adding_share: float | None
    first_pass_yield: float | None
    rework_share: float | None
    steps: list[MapStepOut]
    """Visits a case and total hours (visits × (touch + wait)) of each step, in written order."""
    blockages: list[str]
    """The steps that take most time, the worst first."""
    lower_bound: bool = False
    """The times are at least this long, because branches run side by side."""
    why_not: dict[str, str] = {}


class ProcessOut(Part):
    """A process with its maps."""

    id: str
    name: dict[str, str]
    maps: dict[str, MapOut]


class ChangeOut(Part):
    """A change of a pilot's process with its measured effects."""

    id: str
    date: str
    effects: list[dict[str, Any]]
    why_not: dict[str, str] = {}


class PilotOut(Part):
    """A pilot's result in the review period `as_of`."""

    id: str
    name: dict[str, str]
    score: float | None
    coverage: float
    """Share of the pack's weight that has a score, 0–1."""
    gate: Literal["passed", "not-passed", "open"] | None
    """null: the pack has no gate; open: a gate has no figure yet."""
    changes: list[ChangeOut]
    why_not: dict[str, str] = {}


class Export(Part):
    """The whole handbook of one edition."""

    format: Literal["indicator-handbook/1"]
    as_of: str | None
    edition: str
    indicators: list[dict[str, Any]]
    """As in their files, texts as {language: text}; with `used_by` and `health`."""
    series: list[SeriesOut]
    processes: list[ProcessOut]
    pilots: list[PilotOut]


def schema() -> dict[str, Any]:
    """The JSON Schema of the export."""
    made = Export.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
