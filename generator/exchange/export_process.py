"""`export json`: a process with the flow figures of its maps and the loads of its lanes."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compute.capacity import BUSY, LaneLoad
from generator.compute.figures import Figures
from generator.compute.flow import MapFlow, StepFlow
from generator.exchange.export_model import LaneLoadOut, MapOut, MapStepOut, ProcessOut, SimulatedOut
from generator.exchange.plain_json import as_json
from generator.model.process import Process


def process_out(figures: Figures, process: Process) -> ProcessOut:
    """One process with all its maps."""
    found = figures.processes[process.id]
    return ProcessOut(
        id=process.id,
        name=as_json(process.name, figures.catalogue.handbook.languages),
        maps={name: _map(flow, found.loads[name]) for name, flow in found.flows.items()},
    )


def _map(flow: MapFlow, loads: Sequence[LaneLoad]) -> MapOut:
    return MapOut(
        lead_time_h=flow.lead_time_h,
        touch_h=flow.touch_h,
        theoretical_h=flow.theoretical_h,
        value_adding_h=flow.value_adding_h,
        variance_h2=flow.variance_h2,
        touch_share=flow.touch_share,
        value_adding_share=flow.value_adding_share,
        first_pass_yield=flow.first_pass_yield,
        rework_share=flow.rework_share,
        steps=[_map_step(step) for step in flow.steps],
        blockages=list(flow.blockages),
        lower_bound=flow.lower_bound,
        simulated=SimulatedOut(cases=flow.cases, error_h=flow.error_h, constants=list(flow.constants)),
        capacity=[_load(load) for load in loads],
        why_not=dict(flow.why_not),
    )


def _map_step(step: StepFlow) -> MapStepOut:
    if step.timed:
        return MapStepOut(id=step.id, visits=step.visits, total_h=step.total_h)
    return MapStepOut(id=step.id, visits=step.visits, total_h=None, why_not={"total_h": "no times given"})


def _load(load: LaneLoad) -> LaneLoadOut:
    return LaneLoadOut(
        lane=load.lane,
        people=load.people,
        hours=load.hours,
        utilisation=load.utilisation,
        wait_h=load.wait_h,
        noted_wait_h=load.noted_wait_h,
        formula=load.formula,
        cs2=load.variation,
        why_not={} if load.wait_h is not None else {"wait_h": f"more than {BUSY:.0%} utilised"},
    )
