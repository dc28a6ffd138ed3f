"""One period of a series in the export: its value and everything that follows from it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.compute.effects.claim import Claim
from generator.compute.insight.names import series_name
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.attainment import Status
from generator.compute.series.charted import SignalPoint, Signals
from generator.exchange.export_part import ExportPart, PeriodText, SettledNumber
from generator.model.period import Frequency
from generator.model.result import ResultStatus

WHY_VALUE = {
    "no-result": "there is no result for this period",
    "missing": "the result is marked as missing",
    "no-parts": "numerator or denominator is missing",
    "no-rollup": "the indicator is not rolled up",
    "small-group": "it is of a group too small to be told, or would tell the figure of one",
    "hidden-part": "less the parts that are shown, it would tell one that is not for this edition",
}
NO_LIMITS = {
    "too-few": "the segment has fewer than 6 values",
    "apart": "no two neighbouring periods of the segment have a value",
}
NO_PAUSES = "there are fewer than 6 whole pauses between the events of the segment"
WITHHELD = "withheld"
"""Why a figure is null that rests on something which the edition may not see."""
FOLLOW = ("attainment", "progress", "score", "gap", "previous", "year_before")


def balance_why_not(claim: Claim) -> dict[str, str]:
    """Why a claim has no balance to tell where its guardrails are not all for the edition."""
    return {"balance": WITHHELD} if claim.guards_withheld else {}


class DifferenceOut(ExportPart):
    """A value against an earlier one."""

    absolute: SettledNumber
    """In the indicator's unit."""
    percent: SettledNumber | None
    """null where the earlier value is not above 0."""
    partial: bool
    """Of an unfinished sum: against the same part of the earlier period."""


class GrowthOut(ExportPart):
    """Progress by growth a year, for indicators with `progress_method: growth`."""

    observed: SettledNumber
    """Growth a year since the baseline, 0.05 = 5 %."""
    required: SettledNumber | None
    """Growth a year that the target needs; null without a target ahead."""
    share: SettledNumber | None
    """The growth seen as a share of the growth needed."""
    grade: str
    base: SettledNumber
    since: PeriodText
    target: SettledNumber | None
    by: PeriodText | None


class AssessedOut(ExportPart):
    """One period of a series."""

    period: PeriodText
    """As in the results, e.g. 2025-07."""
    value: SettledNumber | None
    """In the indicator's unit; null is a gap, never 0."""
    numerator: SettledNumber | None
    denominator: SettledNumber | None
    n: SettledNumber | None
    """How many cases a mean is of; of a longer period, of all its parts."""
    target: SettledNumber | None
    """The target in force, as are floor and stretch."""
    floor: SettledNumber | None
    stretch: SettledNumber | None
    status: Status
    attainment: SettledNumber | None
    """Per cent of the target."""
    progress: SettledNumber | None
    """Share of the way from the baseline to the target, 1 = arrived; of an unfinished sum, from as many parts
    of the baseline."""
    score: SettledNumber | None
    """Points by the handbook's scoring."""
    interval: tuple[SettledNumber, SettledNumber] | None
    """The target where it is a range."""
    baseline: SettledNumber | None
    """What progress counts from, brought to this period's length."""
    gap: SettledNumber | None
    """Value minus target; outside an interval the distance to its nearer end."""
    previous: DifferenceOut | None
    """Against the period before (环比)."""
    year_before: DifferenceOut | None
    """Against the same period a year before (同比)."""
    firmness: ResultStatus | None
    """How firm the result is; a longer period is as firm as its least firm part. null where withheld."""
    parts: tuple[int, int] | None
    """Of a longer period: how many of how many shorter ones have a value."""
    note: str
    """The remark that stands in the results."""
    growth: GrowthOut | None
    why_not: dict[str, str] = Field(default_factory=dict)
    """For every null of the point that could be a figure: why it is null."""


class LongerOut(ExportPart):
    """A series rolled up to the long review period, where that is longer than its own."""

    id: str
    """Indicator, @pilot and ;dimension=member in one, as in `series`."""
    indicator: str
    pilot: str | None
    dimensions: dict[str, str]
    frequency: Frequency
    baseline: SettledNumber | None
    """Of a sum, that of one of the shorter periods."""
    points: list[AssessedOut]


def longer_out(one: AssessedSeries) -> LongerOut:
    """A rolled-up series, without its points (`point_lines`)."""
    series = one.series
    return LongerOut(
        id=series_name(series.key),
        indicator=series.indicator,
        pilot=series.pilot,
        dimensions=dict(series.cell),
        frequency=series.frequency,
        baseline=one.baseline,
        points=[],
    )


def assessed_out(assessed: AssessedPoint, baseline: float | None) -> AssessedOut:
    """One point with a reason for every figure that is null."""
    return AssessedOut(**assessed_keys(assessed), why_not=why_not(assessed, baseline))


def assessed_keys(assessed: AssessedPoint) -> dict[str, Any]:
    """The keys of a point but `why_not`, in the export's order."""
    point, bar, came = assessed.point, assessed.bar, assessed.grown
    grown = None
    if came is not None:
        grown = GrowthOut(
            observed=came.growth.observed,
            required=came.growth.required,
            share=came.share,
            grade=came.growth.grade,
            base=came.base,
            since=str(came.since),
            target=came.target,
            by=str(came.by) if came.by else None,
        )
    return {
        "period": str(point.period),
        "value": point.value,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "n": point.n,
        "target": bar.target,
        "floor": bar.floor,
        "stretch": bar.stretch,
        "status": assessed.status,
        "attainment": assessed.attainment,
        "progress": assessed.progress,
        "score": assessed.score,
        "interval": bar.interval,
        "baseline": assessed.baseline,
        "gap": assessed.gap,
        "previous": assessed.previous,
        "year_before": assessed.year_before,
        "firmness": None if "firmness" in assessed.withheld else point.status,
        "parts": point.parts,
        "note": point.note,
        "growth": grown,
    }


def why_not(assessed: AssessedPoint, baseline: float | None) -> dict[str, str]:
    """A reason for every figure of the point that is null."""
    return {
        **_reasons(assessed, baseline),
        **dict.fromkeys(sorted(assessed.withheld), WITHHELD),
    }


def limit_reasons(
    reasons: dict[str, str], assessed: AssessedPoint, signal: SignalPoint, signals: Signals
) -> None:
    """Add a reason for every figure of the control chart that the point lacks."""
    if assessed.point.value is None:
        reasons["mark"] = "there is no value"
    if signal.centre is None:
        own = signals.segments[signal.segment - 1]
        why = NO_PAUSES if own.chart == "rare" else NO_LIMITS[own.basis]
        reasons.update(dict.fromkeys(("centre", "lower", "upper"), why))
        reasons.setdefault("mark", why)
    elif signal.lower is None:
        reasons.update(dict.fromkeys(("lower", "upper"), "there is no value, so no number of cases"))


def _reasons(assessed: AssessedPoint, baseline: float | None) -> dict[str, str]:
    point, bar = assessed.point, assessed.bar
    reasons: dict[str, str] = {}
    if point.value is None:
        reasons["value"] = point.note or WHY_VALUE[point.why_not or "no-result"]
        reasons.update(dict.fromkeys(FOLLOW, "there is no value"))
        return reasons
    if assessed.previous is None:
        reasons["previous"] = (
            "there is no value in the period before, or in the same part of it,"
            " or the definition has changed since"
        )
    if assessed.year_before is None:
        reasons["year_before"] = (
            "there is no value in the same period a year before, or in the same part of it,"
            " or the definition has changed since"
        )
    if assessed.attainment is None:
        reasons["attainment"] = (
            "there is no target" if bar.target is None else "value or target is not above 0"
        )
    if assessed.progress is None:
        reasons["progress"] = (
            "there is no target"
            if bar.target is None
            else "the target was reached at the start, and is not now"
            if assessed.grown is not None
            else "there is no baseline"
            if baseline is None
            else "the baseline is at the target already, or beyond it"
        )
    if assessed.score is None:
        reasons["score"] = reasons["gap"] = "there is no target"
    return reasons
