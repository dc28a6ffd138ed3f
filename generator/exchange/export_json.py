"""`handbook export json`: everything of an edition as one JSON object; its form stands in `export_model`."""

from __future__ import annotations

from typing import Any

from generator.compute.assessed import AssessedPoint, AssessedSeries
from generator.compute.figures import Figures
from generator.compute.flow import MapFlow, StepFlow
from generator.exchange.export_model import (
    ChangeOut,
    Export,
    MapOut,
    MapStepOut,
    PilotOut,
    PointOut,
    ProcessOut,
    SeriesOut,
)
from generator.exchange.plain_json import as_json
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.model.process import Process

LIMITS_LATER = "control limits are not computed by this version"
EFFECTS_LATER = "effects are not computed by this version"
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
        series=[_series(one) for one in figures.series.values()],
        processes=[_process(figures, one) for one in catalogue.processes.values()],
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


def _series(one: AssessedSeries) -> SeriesOut:
    series = one.series
    return SeriesOut(
        indicator=series.indicator,
        pilot=series.pilot,
        dimensions=dict(series.cell),
        frequency=series.frequency,
        points=[_point(point, one.baseline) for point in one.points],
        variation=None,
        assurance=None,
        run_rules=None,
        why_not=dict.fromkeys(("variation", "assurance", "run_rules"), LIMITS_LATER),
    )


def _point(assessed: AssessedPoint, baseline: float | None) -> PointOut:
    point, bar = assessed.point, assessed.bar
    return PointOut(
        period=str(point.period),
        value=point.value,
        numerator=point.numerator,
        denominator=point.denominator,
        target=bar.target,
        floor=bar.floor,
        stretch=bar.stretch,
        status=assessed.status,
        attainment=assessed.attainment,
        progress=assessed.progress,
        score=assessed.score,
        segment=None,
        centre=None,
        lower=None,
        upper=None,
        mark=None,
        why_not=_why_not(assessed, baseline),
    )


def _why_not(assessed: AssessedPoint, baseline: float | None) -> dict[str, str]:
    """A reason for every figure of the point that is null."""
    point, bar = assessed.point, assessed.bar
    reasons = {"segment": LIMITS_LATER}
    if point.value is None:
        reasons["value"] = point.note or WHY_VALUE[point.why_not or "no-result"]
        reasons.update(dict.fromkeys(("attainment", "progress", "score"), "there is no value"))
        return reasons
    if assessed.attainment is None:
        reasons["attainment"] = (
            "there is no target" if bar.target is None else "value or target is not above 0"
        )
    if assessed.progress is None:
        reasons["progress"] = (
            "there is no target"
            if bar.target is None
            else "there is no baseline"
            if baseline is None
            else "the target equals the baseline"
        )
    if assessed.score is None:
        reasons["score"] = "there is no target"
    return reasons


def _process(figures: Figures, process: Process) -> ProcessOut:
    return ProcessOut(
        id=process.id,
        name=as_json(process.name, figures.catalogue.handbook.languages),
        maps={name: _map(flow) for name, flow in figures.processes[process.id].flows.items()},
    )


def _map(flow: MapFlow) -> MapOut:
    return MapOut(
        lead_time_h=flow.lead_time_h,
        touch_h=flow.touch_h,
        value_adding_h=flow.value_adding_h,
        variance_h2=flow.variance_h2,
        touch_share=flow.touch_share,
        value_adding_share=flow.value_adding_share,
        first_pass_yield=flow.first_pass_yield,
        rework_share=flow.rework_share,
        steps=[_map_step(step) for step in flow.steps],
        blockages=list(flow.blockages),
        lower_bound=flow.lower_bound,
        why_not=dict(flow.why_not),
    )


def _map_step(step: StepFlow) -> MapStepOut:
    if step.timed:
        return MapStepOut(id=step.id, visits=step.visits, total_h=step.total_h)
    return MapStepOut(id=step.id, visits=step.visits, total_h=None, why_not={"total_h": "no times given"})


def _pilot(figures: Figures, pilot: Pilot) -> PilotOut:
    score = figures.pilots[pilot.id].score
    return PilotOut(
        id=pilot.id,
        name=as_json(pilot.name, figures.catalogue.handbook.languages),
        score=score.value,
        coverage=score.coverage,
        gate=score.gate,
        changes=[
            ChangeOut(
                id=change.id, date=change.date.isoformat(), effects=[], why_not={"effects": EFFECTS_LATER}
            )
            for change in pilot.changes
        ],
        why_not={} if score.value is not None else {"score": "no indicator of the pack can be scored"},
    )
