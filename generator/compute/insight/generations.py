"""Traditional and composite indicators of a process side by side: what the one kind hides, the other shows.

Source: the computations page, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.indexed import IndexedSeries, indexed
from generator.model.indicator import Generation, Indicator
from generator.model.process import Process

BOTH: tuple[Generation, ...] = get_args(Generation)


@dataclass(frozen=True, slots=True)
class IndexedIndicator:
    """An indicator of a pack against its own beginning."""

    indicator: Indicator
    generation: Generation
    series: AssessedSeries
    index: IndexedSeries


@dataclass(frozen=True, slots=True)
class PilotGenerations:
    """Both generations of the indicators that a pilot measures by the month."""

    pilot: str
    lines: tuple[IndexedIndicator, ...]
    """The traditional ones first, then as in the pack."""
    series: tuple[AssessedSeries, ...]
    """All monthly series of the pack, whether they can be told as an index or not."""


def generations_of(figures: Figures, process: Process) -> tuple[PilotGenerations, ...]:
    """The pilots on a process that measure indicators of both generations."""
    found = []
    for pilot in figures.catalogue.pilots.values():
        if pilot.process != process.id:
            continue
        monthly = [
            (figures.catalogue.indicators[item.indicator], item.series)
            for item in figures.pilots[pilot.id].pack
            if item.series is not None and item.series.series.frequency == "month"
        ]
        lines = [
            IndexedIndicator(indicator, indicator.generation, series, index)
            for indicator, series in monthly
            if indicator.generation is not None and (index := indexed(series, indicator.direction))
        ]
        lines.sort(key=lambda line: BOTH.index(line.generation))
        if {line.generation for line in lines} == set(BOTH):
            found.append(PilotGenerations(pilot.id, tuple(lines), tuple(series for _, series in monthly)))
    return tuple(found)
