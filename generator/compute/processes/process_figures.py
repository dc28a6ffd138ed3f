"""All figures of one process: the flow of its maps, what the to-be changes, capacity, promised and
measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.compute.processes.capacity import LaneLoad, lane_loads
from generator.compute.processes.flow import MapFlow, map_flow
from generator.compute.processes.map_change import MapChange, map_change
from generator.compute.processes.measured_steps import MapMeasured, by_log, map_measured
from generator.compute.processes.promise import Promise, promises
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.values import Key
from generator.model.catalogue import Catalogue
from generator.model.process import Process


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """A process's maps in figures; the keys are as_is and to_be, where there is such a map."""

    flows: Mapping[str, MapFlow]
    loads: Mapping[str, tuple[LaneLoad, ...]]
    """Empty without a volume or capacities."""
    change: MapChange | None
    """None without both maps."""
    promises: tuple[Promise, ...]
    measured: Mapping[str, MapMeasured] = field(default_factory=dict)
    """Of the maps that cases of a log belong to."""


def process_figures(
    process: Process, catalogue: Catalogue, series: Mapping[Key, AssessedSeries]
) -> ProcessFigures:
    """Compute everything about one process."""
    maps = process.maps
    log = catalogue.measured.get(process.id)
    told = {one.map: one for one in log.maps} if log is not None else {}
    measured = {name: map_measured(drawn, told[name]) for name, drawn in maps.drawn if name in told}
    flows: dict[str, MapFlow] = {
        name: by_log(map_flow(drawn, process.time), measured.get(name)) for name, drawn in maps.drawn
    }
    loads: dict[str, tuple[LaneLoad, ...]] = {
        name: lane_loads(process, drawn, flows[name]) for name, drawn in maps.drawn
    }
    change = None
    if maps.as_is is not None and maps.to_be is not None:
        change = map_change(maps.as_is, maps.to_be, flows["as_is"], flows["to_be"])
    promised = promises(process, flows, catalogue, series, change)
    return ProcessFigures(flows, loads, change, promised, {str(name): one for name, one in measured.items()})
