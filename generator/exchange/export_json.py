"""`handbook export json`: everything of an edition as one JSON object; its form stands in `export_model`."""

from __future__ import annotations

from typing import Any

from generator.compute.assessed import AssessedPoint, AssessedSeries
from generator.compute.figures import Figures
from generator.compute.signals import Signals
from generator.exchange.export_effects import effect_out
from generator.exchange.export_model import (
    ChanceOut,
    ChangeOut,
    Export,
    PilotOut,
    PointOut,
    RunRules,
    SeriesOut,
)
from generator.exchange.export_process import process_out
from generator.exchange.plain_json import as_json
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot

NO_LIMITS = {
    "too-few": "the segment has fewer than 6 values",
    "apart": "no two neighbouring periods of the segment have a value",
}
NO_ASSURANCE = {
    "no-limits": "the newest segment has no limits",
    "no-target": "there is no target",
    "trial": "the newest segment has trial limits only",
    "signal": "the newest value is a signal",
    "unsure": "the values hang together so much that the interval spans more than half of all periods",
}
WITHHELD = "withheld"
"""Why a figure is null that rests on something which the edition may not see."""
WHY_VALUE = {
    "no-result": "there is no result for this period",
    "missing": "the result is marked as missing",
    "no-parts": "numerator or denominator is missing",
    "no-rollup": "the indicator is not rolled up",
}


def export(figures: Figures) -> Export:
    """The export as its model."""
    catalogue = figures.catalogue
    return Export(
        format="indicator-handbook/1",
        as_of=str(figures.as_of) if figures.as_of else None,
        edition=figures.edition,
        indicators=[_indicator(figures, one) for one in catalogue.indicators.values()],
        series=[_series(one, figures.signals[key]) for key, one in figures.series.items()],
        processes=[process_out(figures, one) for one in catalogue.processes.values()],
        pilots=[_pilot(figures, one) for one in catalogue.pilots.values()],
    )


def export_json(figures: Figures) -> str:
    """The export as text, two spaces deep, ending with a line break."""
    return export(figures).model_dump_json(indent=2, by_alias=True) + "\n"


def _indicator(figures: Figures, indicator: Indicator) -> dict[str, Any]:
    use = figures.usage.of(indicator.id)
    return {
        **as_json(indicator, figures.catalogue.handbook.languages),
        "used_by": {
            "pilots": list(use.pilots),
            "steps": [f"{step.process}/{step.map}/{step.step}" for step in use.steps],
            "reviews": list(use.reviews),
        },
        "health": [],
    }


def _series(one: AssessedSeries, signals: Signals) -> SeriesOut:
    series, run, basis = one.series, signals.run, signals.basis
    why_not = {}
    if signals.variation is None:
        why_not["variation"] = why_not["limits"] = NO_LIMITS.get(basis, "there is no value")
    if signals.no_assurance is not None:
        why_not["assurance"] = why_not["chance"] = NO_ASSURANCE[signals.no_assurance]
    if signals.autocorrelation is None:
        why_not["autocorrelation"] = "there are fewer than 12 values in a row, or they do not vary"
    if signals.segment is None:
        why_not["chart"] = "there is no value"
    chance = signals.chance
    if run is None:
        why_not["run_rules"] = "no value stands off the median"
    return SeriesOut(
        indicator=series.indicator,
        pilot=series.pilot,
        dimensions=dict(series.cell),
        frequency=series.frequency,
        points=[_point(point, one, signals, place) for place, point in enumerate(one.points)],
        variation=signals.variation,
        assurance=signals.assurance,
        chance=ChanceOut(share=chance.share, low=chance.low, high=chance.high, cases=chance.cases)
        if chance
        else None,
        chart=signals.segment.chart if signals.segment else None,
        cautions=list(signals.cautions),
        autocorrelation=signals.autocorrelation,
        expected_false=signals.expected_false,
        limits=basis if basis in ("trial", "full") else None,
        run_rules=RunRules(
            longest=run.longest,
            longest_limit=run.longest_limit,
            crossings=run.crossings,
            crossings_limit=run.crossings_limit,
        )
        if run
        else None,
        why_not=why_not,
    )


def _point(assessed: AssessedPoint, one: AssessedSeries, signals: Signals, place: int) -> PointOut:
    point, bar, signal = assessed.point, assessed.bar, signals.points[place]
    reasons = _why_not(assessed, one.baseline)
    if signal.centre is None:
        why = NO_LIMITS[signals.segments[signal.segment - 1].basis]
        reasons.update(dict.fromkeys(("centre", "lower", "upper"), why))
        reasons.setdefault("mark", why)
    elif signal.lower is None:
        reasons.update(dict.fromkeys(("lower", "upper"), "there is no value, so no number of cases"))
    reasons.update(dict.fromkeys(sorted(assessed.withheld - {"gap"}), WITHHELD))
    return PointOut(
        period=str(point.period),
        value=point.value,
        numerator=point.numerator,
        denominator=point.denominator,
        n=point.n,
        target=bar.target,
        floor=bar.floor,
        stretch=bar.stretch,
        status=assessed.status,
        attainment=assessed.attainment,
        progress=assessed.progress,
        score=assessed.score,
        segment=signal.segment,
        centre=signal.centre,
        lower=signal.lower,
        upper=signal.upper,
        mark=signal.mark if signal.variation is not None else None,
        mark_side=signal.side,
        why_not=reasons,
    )


def _why_not(assessed: AssessedPoint, baseline: float | None) -> dict[str, str]:
    """A reason for every figure of the point that is null."""
    point, bar = assessed.point, assessed.bar
    reasons: dict[str, str] = {}
    if point.value is None:
        reasons["value"] = point.note or WHY_VALUE[point.why_not or "no-result"]
        reasons.update(dict.fromkeys(("attainment", "progress", "score", "mark"), "there is no value"))
        return reasons
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
            else "the target equals the baseline"
        )
    if assessed.score is None:
        reasons["score"] = "there is no target"
    return reasons


def _pilot(figures: Figures, pilot: Pilot) -> PilotOut:
    score = figures.pilots[pilot.id].score
    reasons = {}
    if score.withheld is not None:
        reasons = {"score": WITHHELD, "coverage": WITHHELD}
    elif score.value is None:
        reasons = {"score": "no indicator of the pack can be scored"}
    if score.gate == "withheld":
        reasons["gate"] = WITHHELD
    return PilotOut(
        id=pilot.id,
        name=as_json(pilot.name, figures.catalogue.handbook.languages),
        score=score.value,
        coverage=score.coverage,
        gate=None if score.gate == "withheld" else score.gate,
        withheld_weight=score.withheld.weight if score.withheld else 0.0,
        changes=[
            ChangeOut(
                id=change.id,
                date=change.date.isoformat(),
                effects=[effect_out(one) for one in figures.effects[(pilot.id, change.id)]],
                why_not=_no_effects(figures, pilot.id, change.id),
            )
            for change in pilot.changes
        ],
        why_not=reasons,
    )


def _no_effects(figures: Figures, pilot: str, change: str) -> dict[str, str]:
    """Why the effects of a change are not there, or not all of them."""
    shown, every = figures.effects[(pilot, change)], figures.whole.effects[(pilot, change)]
    if len(shown) < len(every):
        return {"effects": WITHHELD}
    return {} if shown else {"effects": "no indicator of the change has results in the pilot"}
