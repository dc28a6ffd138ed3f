"""Tools at the steps of a process: what was there first, what was tried, and what came of it.

A tool's result is told by the effects of the changes that touch one of its steps on the indicators that are
to show it. Source: the computations page, section 19.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.model.pilot import Pilot, Tool
from generator.model.process import Process


@dataclass(frozen=True, slots=True)
class NodeTool:
    """A tool of a pilot at its steps."""

    pilot: str
    place: int
    """In the pilot's list."""
    tool: Tool
    claims: tuple[Claim, ...]
    """What changes at its steps did to its indicators."""


def tools_of(figures: Figures, process: Process) -> tuple[NodeTool, ...]:
    """Every tool of the process's pilots, existing ones first. Asked anew by every page; it costs little."""
    found = [
        NodeTool(pilot.id, place, tool, tuple(_claims(figures, pilot, tool)))
        for pilot in figures.catalogue.pilots.values()
        if pilot.process == process.id
        for place, tool in enumerate(pilot.tools)
    ]
    return tuple(sorted(found, key=lambda item: not item.tool.existing))


def bare_steps(process: Process, tools: Sequence[NodeTool]) -> tuple[str, ...]:
    """Mechanical steps of the newest map without a tool, by the map or by a pilot: the first to look at."""
    served = {step for item in tools for step in item.tool.steps}
    drawn = process.maps.drawn[-1:]
    return tuple(
        step.id
        for step in (drawn[0][1].steps if drawn else ())
        if step.kind == "mechanical" and step.tool is None and step.id not in served
    )


def _claims(figures: Figures, pilot: Pilot, tool: Tool) -> Iterator[Claim]:
    met: set[tuple[str, tuple[str, ...]]] = set()
    for change in pilot.changes:
        if not set(change.steps) & set(tool.steps):
            continue
        for claim in figures.effects.get((pilot.id, change.id), ()):
            key = (claim.indicator, claim.changes)
            if claim.indicator in tool.indicators and key not in met:
                met.add(key)
                yield claim
