"""`export json`: a process with the flow figures of its maps and the loads of its lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.processes.capacity import BUSY, LaneLoad
from generator.compute.processes.flow import MapFlow, StepFlow
from generator.compute.processes.map_change import MapChange, StepGroup
from generator.compute.processes.promise import Promise, PromiseResult
from generator.exchange.export_measured import MapLogOut, measured_out
from generator.exchange.export_part import ExportPart
from generator.exchange.export_redesign import RedesignPairOut, pairs_out
from generator.exchange.export_steps import (
    GenerationsOut,
    RemedyOut,
    StepCoverageOut,
    generations_out,
    remedies_out,
    step_coverage_out,
)
from generator.exchange.plain_json import as_json
from generator.model.process import Process


class MapStepOut(ExportPart):
    """One step, gateway or event of a map."""

    id: str
    visits: float
    """How often a case passes."""
    total_h: float | None
    """visits × (touch + wait), in hours; null where its times are not known."""
    in_lead_h: float | None
    """What of it is in the lead time: beside other branches only the cases that had to wait for this one."""
    why_not: dict[str, str] = Field(default_factory=dict)


class SimulatedOut(ExportPart):
    """What stands behind the time of branches that run side by side."""

    cases: int
    """Simulated cases, the same on every day; 0: no branches run side by side, or times are missing."""
    error_h: float
    """Standard error of the lead time by their number."""
    constants: list[str]
    """Steps with a time that has no spread and counts as constant; if it varies, the lead time is longer."""


class LaneLoadOut(ExportPart):
    """What the people of a lane have to do."""

    id: str
    """The lane."""
    people: int
    hours: float
    """Working hours asked for in a month."""
    utilisation: float
    wait_h: float | None
    """Expected wait at each visit; null above 95 % utilisation."""
    noted_wait_h: float
    """What the map says a case waits each time."""
    formula: Literal["m/m/c", "allen-cunneen"]
    """allen-cunneen: Wq of M/M/c times (1 + cs²)/2, where the spread of every touch time is known."""
    cs2: float
    """Squared coefficient of variation of the work at one visit; 1 in M/M/c."""
    why_not: dict[str, str] = Field(default_factory=dict)


class MapOut(ExportPart):
    """The flow figures of one process map, in hours of the process's time basis."""

    lead_time_h: float | None
    """Mean time of a case. Branches that run side by side count with the slowest of them, E[max]."""
    touch_h: float | None
    """All work on a case, on every branch."""
    theoretical_h: float | None
    """The lead time if nothing had to wait (theoretical cycle time)."""
    value_adding_h: float | None
    variance_h2: float | None
    touch_share: float | None
    """theoretical_h over lead_time_h (process cycle efficiency)."""
    value_adding_share: float | None
    """The same if only high-value steps took time."""
    first_pass_yield: float | None
    rework_share: float | None
    """Σ (F_si − F_si/F_ii)·t_i over lead_time_h: visits beyond the first, given that a step is reached."""
    steps: list[MapStepOut]
    """Visits a case and total hours (visits × (touch + wait)) of each step, in written order."""
    blockages: list[str]
    """The steps that take most time, the worst first."""
    blockages_measured: bool = False
    """The blockages rest on the times of the log, not on the written ones."""
    lower_bound: bool = False
    """On branches that run side by side a time has no spread and counts as constant: if it varies, the
    lead time is longer."""
    simulated: SimulatedOut
    capacity: list[LaneLoadOut] = Field(default_factory=list)
    """Lanes with a capacity, where the process has a volume and counts working time."""
    why_not: dict[str, str] = Field(default_factory=dict)


class SavingOut(ExportPart):
    """As-is steps with the to-be steps that stand for them; savings are positive, hours of the lead time."""

    id: str
    """The first of the to-be steps, else of the removed as-is steps."""
    before: list[str]
    after: list[str]
    tags: list[str]
    """All that was done to them."""
    heading: str
    """What the saving counts under; empty where nothing changed."""
    before_h: float
    after_h: float
    saved_h: float
    times_h: float
    """Of the saving: a pass takes less time."""
    repeats_h: float
    """Of the saving: a case passes less often."""
    beside_h: float
    """Of the saving: a case waits less for it beside other branches."""


class MapChangeOut(ExportPart):
    """What the to-be map changes about the as-is map."""

    saved_h: float | None
    """The lead time gets shorter by so much; the savings of the groups add up to it."""
    groups: list[SavingOut]
    why_not: dict[str, str] = Field(default_factory=dict)


class PromiseOut(ExportPart):
    """A chain indicator of a pilot that runs by the to-be map: what the map promised, what was measured."""

    id: str
    """Measure and pilot."""
    indicator: str
    pilot: str
    promised: float | None
    """Relative change of the lead time (-0.25 is a quarter shorter), or difference of the yields."""
    measured: float | None
    before: float
    """Mean before the map was in use."""
    since: float
    periods: tuple[int, int]
    """Results behind each mean."""
    kept: PromiseResult | None
    why_not: dict[str, str] = Field(default_factory=dict)


class ProcessOut(ExportPart):
    """A process with its maps."""

    id: str
    name: dict[str, str]
    maps: dict[str, MapOut]
    change: MapChangeOut | None
    """null: not both maps are there."""
    promises: list[PromiseOut]
    remedies: list[RemedyOut]
    """What is done about the steps in trouble."""
    coverage: StepCoverageOut | None
    """null: there is no map."""
    pairs: list[RedesignPairOut]
    """What was redesigned as pairs of steps and indicators."""
    generations: list[GenerationsOut]
    """By pilot, where it measures both kinds of indicators by the month."""
    measured: dict[str, MapLogOut] = Field(default_factory=dict)
    """What its log tells, by map; empty without a log."""


def process_out(figures: Figures, process: Process) -> ProcessOut:
    """One process with all its maps."""
    found = figures.processes[process.id]
    return ProcessOut(
        id=process.id,
        name=as_json(process.name, figures.catalogue.handbook.languages),
        maps={name: _map(flow, found.loads[name]) for name, flow in found.flows.items()},
        change=_change(found.change) if found.change is not None else None,
        promises=[_promise(promise) for promise in found.promises],
        remedies=remedies_out(figures, process),
        coverage=step_coverage_out(figures, process),
        pairs=pairs_out(figures, process),
        generations=generations_out(figures, process),
        measured={name: measured_out(one, figures.catalogue) for name, one in found.measured.items()},
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
        blockages_measured=flow.blockages_measured,
        lower_bound=flow.lower_bound,
        simulated=SimulatedOut(cases=flow.cases, error_h=flow.error_h, constants=list(flow.constants)),
        capacity=[_load(load) for load in loads],
        why_not=dict(flow.why_not),
    )


def _map_step(step: StepFlow) -> MapStepOut:
    if step.timed:
        return MapStepOut(id=step.id, visits=step.visits, total_h=step.total_h, in_lead_h=step.in_lead_h)
    why_not = dict.fromkeys(("total_h", "in_lead_h"), "no times given")
    return MapStepOut(id=step.id, visits=step.visits, total_h=None, in_lead_h=None, why_not=why_not)


def _load(load: LaneLoad) -> LaneLoadOut:
    return LaneLoadOut(
        id=load.lane,
        people=load.people,
        hours=load.hours,
        utilisation=load.utilisation,
        wait_h=load.wait_h,
        noted_wait_h=load.noted_wait_h,
        formula=load.formula,
        cs2=load.variation,
        why_not={} if load.wait_h is not None else {"wait_h": f"more than {BUSY:.0%} utilised"},
    )


def _change(change: MapChange) -> MapChangeOut:
    known = change.before_h is not None and change.after_h is not None
    return MapChangeOut(
        saved_h=change.before_h - change.after_h
        if change.before_h is not None and change.after_h is not None
        else None,
        groups=[_saving(group) for group in change.groups] if known else [],
        why_not={} if known else dict.fromkeys(("saved_h", "groups"), "a lead time is not known"),
    )


def _saving(group: StepGroup) -> SavingOut:
    return SavingOut(
        id=(group.after or group.before)[0],
        before=list(group.before),
        after=list(group.after),
        tags=list(group.tags),
        heading=group.heading or "",
        before_h=group.before_h,
        after_h=group.after_h,
        saved_h=group.saved_h,
        times_h=group.times_h,
        repeats_h=group.repeats_h,
        beside_h=group.beside_h,
    )


def _promise(promise: Promise) -> PromiseOut:
    why_not = {}
    if promise.promised is None:
        why_not["promised"] = "a map's figure is not known"
    if promise.measured is None:
        percent = "the unit of the yield is no percentage"
        why_not["measured"] = (
            percent if promise.measure == "first_pass_yield" else "the mean before is not above 0"
        )
    if promise.kept is None:
        why_not["kept"] = "there are not both a promised and a measured change"
    return PromiseOut(
        id=f"{promise.measure}-{promise.pilot}",
        indicator=promise.indicator,
        pilot=promise.pilot,
        promised=promise.promised,
        measured=promise.measured,
        before=promise.before,
        since=promise.since,
        periods=promise.periods,
        kept=promise.kept,
        why_not=why_not,
    )
