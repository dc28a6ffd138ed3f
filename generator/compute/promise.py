"""What the to-be map promised against what the pilots measured, both as a change.

Map and indicator may count differently (a map counts one case's working hours, an indicator its own unit), so
what is compared is the relative change of the time, and the difference of the yield in percentage points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from generator.compute.assessed import AssessedSeries
from generator.compute.flow import MapFlow
from generator.compute.series import Key
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.process import Process

Measure = Literal["cycle_time", "first_pass_yield"]


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


def promises(
    process: Process,
    flows: Mapping[str, MapFlow],
    catalogue: Catalogue,
    series: Mapping[Key, AssessedSeries],
) -> tuple[Promise, ...]:
    """Every pilot of the process against the to-be map; nothing while no result is newer than the map."""
    to_be = process.maps.to_be
    if to_be is None or to_be.since is None or process.maps.as_is is None:
        return ()
    return tuple(_promises(process, flows, catalogue, series, to_be.since))


def _promises(
    process: Process,
    flows: Mapping[str, MapFlow],
    catalogue: Catalogue,
    series: Mapping[Key, AssessedSeries],
    since: Period,
) -> Iterator[Promise]:
    starts = catalogue.handbook.fiscal_year_starts
    chain = process.chain_indicators
    named: tuple[tuple[Measure, str | None], ...] = (
        ("cycle_time", chain.cycle_time),
        ("first_pass_yield", chain.first_pass_yield),
    )
    for measure, indicator in named:
        for pilot in catalogue.pilots.values():
            own = series.get((indicator, pilot.id, ())) if indicator and pilot.process == process.id else None
            if indicator is None or own is None:
                continue
            values: tuple[list[float], list[float]] = ([], [])
            for point in own.points:
                if point.point.value is not None:
                    values[point.point.period.start(starts) >= since.start(starts)].append(point.point.value)
            if not values[0] or not values[1]:
                continue
            before, after = fmean(values[0]), fmean(values[1])
            percent = _is_percent(catalogue, indicator)
            yield Promise(
                measure, indicator, pilot.id, _promised(measure, flows), before, after,
                (len(values[0]), len(values[1])), _measured(measure, before, after, percent),
            )  # fmt: skip


def _is_percent(catalogue: Catalogue, indicator: str) -> bool:
    unit = catalogue.indicators[indicator].unit
    return unit is not None and (unit.plain or "").strip() in ("%", "％")


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
