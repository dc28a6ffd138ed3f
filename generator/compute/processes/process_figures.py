"""All figures of one process: the flow of its maps, what the to-be changes, capacity, promised and
measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compute.processes.capacity import LaneLoad, lane_loads
from generator.compute.processes.flow import MapFlow, map_flow
from generator.compute.processes.map_change import MapChange, map_change
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


def process_figures(
    process: Process, catalogue: Catalogue, series: Mapping[Key, AssessedSeries]
) -> ProcessFigures:
    """Compute everything about one process."""
    maps = process.maps
    flows: dict[str, MapFlow] = {name: map_flow(drawn, process.time) for name, drawn in maps.drawn}
    loads: dict[str, tuple[LaneLoad, ...]] = {
        name: lane_loads(process, drawn, flows[name]) for name, drawn in maps.drawn
    }
    change = None
    if maps.as_is is not None and maps.to_be is not None:
        change = map_change(maps.as_is, maps.to_be, flows["as_is"], flows["to_be"])
    return ProcessFigures(flows, loads, change, promises(process, flows, catalogue, series, change))
