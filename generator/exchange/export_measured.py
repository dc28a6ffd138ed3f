"""`export json`: what was measured of a map from the log of its process, in hours of its time basis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.compute.processes.measured_steps import MapMeasured
from generator.exchange.export_part import ExportPart, PeriodText
from generator.model.catalogue import Catalogue
from generator.model.measured import (
    DetourKind,
    MeasuredGroup,
    MeasuredMap,
    MeasuredStep,
    MeasuredTime,
    MeasuredVariant,
    MeasuredWay,
)


class TimeOut(ExportPart):
    """A measured time with its spread, in hours."""

    n: int
    """How many were measured."""
    mean: float
    sd: float
    median: float
    p90: float
    """Nine in ten took at most this long."""


class StepGroupOut(ExportPart):
    """A step as the cases of a group have it."""

    id: str
    visits: int
    cases: int
    touch: TimeOut | None
    """null: the log does not have both moments of its events, or too few cases do."""
    wait: TimeOut | None
    """null: as for touch, or nothing came before it."""
    total: TimeOut | None
    """Wait and work together, where only one moment is known."""
    repeats: float
    """Share of the visits that were not the first of their case."""
    machines: float | None
    """Share of the visits that a machine did; null: the log names no resources."""


class StepLogOut(StepGroupOut):
    """A step as the log has it."""

    takes_h: float | None
    """Hours of a case on average; null for what is no step of work."""
    heat: int
    """0 to 3, by its share of all the waiting."""


class WayLogOut(ExportPart):
    """A way out of a gateway."""

    id: str
    """Gateway and where it leads."""
    n: int
    share: float


class VariantOut(ExportPart):
    """A way through the process."""

    id: str
    """Its place, 1 for the commonest."""
    steps: list[str]
    """What the map lacks begins with an =."""
    cases: int
    share: float
    """Of the cases that are done."""
    median: float
    """Throughput time."""
    follows: bool
    """The map has it."""


class DetourOut(ExportPart):
    """Something that cases do and the map does not have."""

    id: str
    """Its place, 1 for the commonest."""
    kind: DetourKind
    before: str | None
    after: str | None
    cases: int
    share: float


class HandOverOut(ExportPart):
    """From one lane to another."""

    id: str
    """The two lanes."""
    n: int
    per_case: float


class MonthLogOut(ExportPart):
    """What came and went."""

    period: PeriodText
    arrivals: int
    ended: int
    in_progress: int
    queues: dict[str, int]
    """Cases that waited before a step at its end."""


class MonthGroupOut(ExportPart):
    """What came and went of a group; without months in which too few cases did."""

    period: PeriodText
    arrivals: int
    ended: int
    queues: dict[str, int]
    """Cases that waited before a step at its end."""


class GroupLogOut(ExportPart):
    """Cases of a pilot, of a month or of a value of a dimension."""

    id: str
    """pilot=north, period=2026-01, region=east."""
    throughput: TimeOut
    first_pass: float
    waiting_share: float | None
    """null: the log does not have both moments of its events."""
    automation: float | None
    """null: the log names no resources."""
    follows: float | None
    """null: measured by an earlier version."""
    hand_overs: float | None
    """Between lanes, in a case on average; null: measured by an earlier version."""
    steps: list[StepGroupOut]
    ways: list[WayLogOut]
    """Of groups of which every way may be told."""
    variants: list[VariantOut]
    """The commonest; none: no way has enough cases, or it was measured by an earlier version."""
    periods: list[MonthGroupOut]
    """Of a pilot or a dimension; none: of no month enough, or it was measured by an earlier version."""


class MapLogOut(ExportPart):
    """A map as the log has it; groups of fewer cases than `small_group` are left out."""

    since: date
    until: date
    cases: int
    ended: int
    open: int
    open_h: float | None
    """Half of the open cases have been under way for at most so long; null: none is open."""
    throughput: TimeOut | None
    """null: too few cases are done."""
    deciles: list[float]
    with_open: float | None
    """The median with the open cases counted (Kaplan and Meier); null: it is not reached."""
    first_pass: float | None
    waiting_share: float | None
    """null: the log does not have both moments of its events."""
    automation: float | None
    """null: the log names no resources."""
    follows: float
    steps: list[StepLogOut]
    ways: list[WayLogOut]
    variants: list[VariantOut]
    variant_count: int
    detours: list[DetourOut]
    hand_overs: list[HandOverOut]
    periods: list[MonthLogOut]
    groups: list[GroupLogOut]


def measured_out(measured: MapMeasured, catalogue: Catalogue) -> MapLogOut:
    """One map; groups only of what the edition has."""
    found = measured.found
    told = {"period", *(dimension.id for dimension in catalogue.handbook.dimensions)}
    return MapLogOut(
        since=found.since,
        until=found.until,
        cases=found.cases,
        ended=found.ended,
        open=found.open,
        open_h=found.open_h,
        throughput=_time(found.throughput),
        deciles=list(found.deciles),
        with_open=found.with_open,
        first_pass=found.first_pass,
        waiting_share=found.waiting_share,
        automation=found.automation,
        follows=found.follows,
        steps=_steps(measured),
        ways=_ways(found.ways),
        variants=_variants(found.variants),
        variant_count=found.variant_count,
        detours=_detours(found),
        hand_overs=[
            HandOverOut(id=f"{over.before}>{over.after}", n=over.n, per_case=over.per_case)
            for over in found.hand_overs
        ],
        periods=[
            MonthLogOut(
                period=str(month.period),
                arrivals=month.arrivals,
                ended=month.ended,
                in_progress=month.in_progress,
                queues=dict(month.queues),
            )
            for month in found.periods
        ],
        groups=[
            _group(group)
            for group in found.groups
            if group.by in told or (group.by == "pilot" and group.value in catalogue.pilots)
        ],
    )


def _group(group: MeasuredGroup) -> GroupLogOut:
    return GroupLogOut(
        id=f"{group.by}={group.value}",
        throughput=TimeOut.model_validate(group.throughput),
        first_pass=group.first_pass,
        waiting_share=group.waiting_share,
        automation=group.automation,
        follows=group.follows,
        hand_overs=group.hand_overs,
        steps=[_step_of_group(step) for step in group.steps],
        ways=_ways(group.ways),
        variants=_variants(group.variants),
        periods=[
            MonthGroupOut(
                period=str(month.period),
                arrivals=month.arrivals,
                ended=month.ended,
                queues=dict(month.queues),
            )
            for month in group.periods
        ],
    )


def _step_of_group(step: MeasuredStep) -> StepGroupOut:
    return StepGroupOut(
        id=step.id,
        visits=step.visits,
        cases=step.cases,
        touch=_time(step.touch),
        wait=_time(step.wait),
        total=_time(step.total),
        repeats=step.repeats,
        machines=step.machines,
    )


def _ways(found: Iterable[MeasuredWay]) -> list[WayLogOut]:
    return [WayLogOut(id=f"{way.gateway}>{way.to}", n=way.n, share=way.share) for way in found]


def _variants(found: Iterable[MeasuredVariant]) -> list[VariantOut]:
    return [
        VariantOut(
            id=str(place),
            steps=list(one.steps),
            cases=one.cases,
            share=one.share,
            median=one.median,
            follows=one.follows,
        )
        for place, one in enumerate(found, 1)
    ]


def _detours(found: MeasuredMap) -> list[DetourOut]:
    return [
        DetourOut(
            id=str(place),
            kind=one.kind,
            before=one.before,
            after=one.after,
            cases=one.cases,
            share=one.share,
        )
        for place, one in enumerate(found.detours, 1)
    ]


def _steps(measured: MapMeasured) -> list[StepLogOut]:
    own = measured.steps
    return [
        StepLogOut(
            **dict(_step_of_group(step)),
            takes_h=own[step.id].takes_h if step.id in own else None,
            heat=own[step.id].heat if step.id in own else 0,
        )
        for step in measured.found.steps
    ]


def _time(time: MeasuredTime | None) -> TimeOut | None:
    return TimeOut.model_validate(time) if time is not None else None
