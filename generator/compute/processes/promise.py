"""What the to-be map promised against what the pilots measured, both as a change.

Map and indicator may count differently (a map counts one case's working hours, an indicator its own unit), so
what is compared is the relative change of the time, and the difference of the yield in percentage points.

Asked are only pilots that run by the to-be map: those that say since when (`to_be_since`), or changed a step
that the map changes. Another pilot of the same process has promised nothing. Source: the computations page,
section 12.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Literal

from generator.compute.processes.flow import MapFlow
from generator.compute.processes.map_change import MapChange
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.values import Key
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.exact import rounded
from generator.model.pilot import Pilot
from generator.model.process import Process

Measure = Literal["cycle_time", "first_pass_yield"]
PromiseResult = Literal["kept", "partly", "missed"]
CLOSE, BEGUN = 0.005, 0.1
"""No more than half a per cent (or point) is no promise; below a tenth of one there is nothing to see."""
TOLD = 3
"""Decimals of a share as it is told (a tenth of a per cent or point): promises are asked at these."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One chain indicator in one pilot: means before and since the to-be map is in force."""

    measure: Measure
    indicator: str
    pilot: str
    promised: float | None
    """Of cycle_time the relative change of the lead time (−0.25 is a quarter shorter), of the yield the
    difference of the shares (0.05 is 5 percentage points). None where a map's figure is not known."""
    before: float
    since: float
    periods: tuple[int, int]
    """How many results stand behind each mean."""
    measured: float | None
    """As `promised`; None where the mean before is not above 0, or the unit of the yield is no percentage."""

    @property
    def kept(self) -> PromiseResult | None:
        """Whether the measured change reaches the promised one, both as they are told.

        No page says kept of +4.7 against +4.8, nor less of equal figures. None where one of them is not
        known, or nothing is promised: a map that leaves a figure as it is has no word to keep or break.
        """
        if self.promised is None or self.measured is None or abs(self.promised) <= CLOSE:
            return None
        ahead = rounded(self.promised, TOLD) - rounded(self.measured, TOLD)
        if self.measure == "first_pass_yield":
            ahead = -ahead
        if ahead >= 0:
            return "kept"
        return "partly" if self.measured / self.promised >= BEGUN else "missed"


def promises(
    process: Process,
    flows: Mapping[str, MapFlow],
    catalogue: Catalogue,
    series: Mapping[Key, AssessedSeries],
    change: MapChange | None,
) -> tuple[Promise, ...]:
    """Every pilot that runs by the to-be map against it; nothing while no result is newer."""
    if change is None:
        return ()
    calendar = catalogue.handbook.calendar
    since = {
        pilot.id: day
        for pilot in catalogue.pilots.values()
        if pilot.process == process.id and (day := in_use_since(pilot, process, change, calendar)) is not None
    }
    return tuple(_promises(process, flows, catalogue, series, since))


def in_use_since(pilot: Pilot, process: Process, change: MapChange, calendar: Calendar) -> date | None:
    """The day from which a pilot runs by its process's to-be map; None where it does not."""
    if pilot.to_be_since is not None:
        return calendar.start(pilot.to_be_since)
    to_be = process.maps.to_be
    if to_be is None or to_be.since is None:
        return None
    changed = {
        step
        for group in change.groups
        if group.tags or group.heading
        for step in (*group.before, *group.after)
    }
    days = [item.date for item in pilot.changes if changed & set(item.steps)]
    return max(min(days), calendar.start(to_be.since)) if days else None


def _promises(
    process: Process,
    flows: Mapping[str, MapFlow],
    catalogue: Catalogue,
    series: Mapping[Key, AssessedSeries],
    since: Mapping[str, date],
) -> Iterator[Promise]:
    calendar = catalogue.handbook.calendar
    chain = process.chain_indicators
    named: tuple[tuple[Measure, str | None], ...] = (
        ("cycle_time", chain.cycle_time),
        ("first_pass_yield", chain.first_pass_yield),
    )
    for measure, indicator in named:
        for pilot, day in since.items():
            own = series.get((indicator, pilot, ())) if indicator else None
            if indicator is None or own is None:
                continue
            values: tuple[list[float], list[float]] = ([], [])
            for point in own.points:
                if point.point.value is not None:
                    values[calendar.end(point.point.period) >= day].append(point.point.value)
            if not values[0] or not values[1]:
                continue
            before, after = fmean(values[0]), fmean(values[1])
            percent = catalogue.indicators[indicator].percent
            yield Promise(
                measure=measure,
                indicator=indicator,
                pilot=pilot,
                promised=_promised(measure, flows),
                before=before,
                since=after,
                periods=(len(values[0]), len(values[1])),
                measured=_measured(measure, before, after, percent),
            )


def _promised(measure: Measure, flows: Mapping[str, MapFlow]) -> float | None:
    before, after = flows["as_is"], flows["to_be"]
    if measure == "cycle_time":
        if before.lead_time_h is None or after.lead_time_h is None or before.lead_time_h <= 0:
            return None
        return after.lead_time_h / before.lead_time_h - 1
    if before.first_pass_yield is None or after.first_pass_yield is None:
        return None
    return after.first_pass_yield - before.first_pass_yield


def _measured(measure: Measure, before: float, after: float, percent: bool) -> float | None:
    if measure == "cycle_time":
        return after / before - 1 if before > 0 else None
    return (after - before) / 100 if percent else None
