"""What is done about the trouble at a process's steps, and what nothing watches there.

Source: the computations page, section 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.processes.map_change import Tag
from generator.compute.processes.net import is_work
from generator.model.pilot import Pilot
from generator.model.process import Process, ProcessMap, Step
from generator.model.text import Text

Role = Literal["replace", "augment"]
MapName = Literal["as_is", "to_be"]


@dataclass(frozen=True, slots=True)
class RemedyTool:
    """A tool that is used at a step, or at what takes its place."""

    name: Text
    role: Role | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """What happens to a step in trouble."""

    step: Step
    compared: bool
    """Whether there is a to-be map that could do something about it."""
    tags: tuple[Tag, ...]
    """What that map did to it."""
    after: tuple[Step, ...]
    """The steps of that map that stand for it."""
    removed: Text | None
    """Why that map has dropped it."""
    tools: tuple[RemedyTool, ...]
    indicators: tuple[str, ...]
    """Where it would show whether it helps."""

    @property
    def renamed(self) -> tuple[Step, ...]:
        """The steps that stand for it under another name."""
        return tuple(item for item in self.after if item.name != self.step.name)

    @property
    def answered(self) -> bool:
        """Whether the to-be map does anything with the step: where it says no more than why, too."""
        return bool(self.tags or self.renamed)


@dataclass(frozen=True, slots=True)
class StepCoverage:
    """Steps that nothing measures, and indicators of the process that stand at no step."""

    map: MapName
    """The one in force."""
    key_steps: tuple[Step, ...]
    """Key steps without an indicator: they need one."""
    steps: tuple[Step, ...]
    """Other steps of work without one."""
    indicators: tuple[str, ...]
    """Of packs, but neither at a step nor of the whole chain."""


def pilots_on(figures: Figures, process: Process) -> tuple[Pilot, ...]:
    """The pilots on a process."""
    return tuple(pilot for pilot in figures.catalogue.pilots.values() if pilot.process == process.id)


def remedies_of(figures: Figures, process: Process) -> tuple[Remedy, ...]:
    """Every step with a symptom, of today's map, else of the new one."""
    drawn = process.maps.as_is or process.maps.to_be
    if drawn is None:
        return ()
    return tuple(_remedy(figures, process, step) for step in drawn.steps if step.symptoms)


def _remedy(figures: Figures, process: Process, step: Step) -> Remedy:
    change, to_be = figures.processes[process.id].change, process.maps.to_be
    tags: tuple[Tag, ...] = ()
    after: tuple[Step, ...] = ()
    removed = None
    if change is not None and to_be is not None:
        group = next((group for group in change.groups if step.id in group.before), None)
        if group is not None:
            tags = group.tags
            after = tuple(item for item in to_be.steps if item.id in group.after)
        removed = to_be.removed.get(step.id)
    ids = {step.id, *(item.id for item in after)}
    used = [tool for pilot in pilots_on(figures, process) for tool in pilot.tools if ids & set(tool.steps)]
    tools = [RemedyTool(item.tool.name, item.tool.role) for item in after if item.tool is not None]
    tools += [RemedyTool(tool.name, tool.role) for tool in used]
    measured = chain(
        (item.indicators for item in after), (item.indicators for item in used), (step.indicators,)
    )
    return Remedy(
        step=step,
        compared=change is not None and to_be is not None,
        tags=tags,
        after=after,
        removed=removed,
        tools=tuple(dict.fromkeys(tools)),
        indicators=tuple(dict.fromkeys(chain.from_iterable(measured))),
    )


def map_in_force(figures: Figures, process: Process) -> tuple[MapName, ProcessMap] | None:
    """The map that the process follows as of the period told: the newest that has begun."""
    as_of = figures.as_of
    calendar = figures.catalogue.handbook.calendar
    drawn = process.maps.drawn
    begun = [
        (name, item)
        for name, item in drawn
        if name == "as_is" or (as_of and item.since and calendar.start(item.since) <= calendar.end(as_of))
    ]
    return begun[-1] if begun else drawn[-1] if drawn else None


def coverage_of(figures: Figures, process: Process) -> StepCoverage | None:
    """What nothing measures on the map in force, and what is measured at no step of it.

    What measures a step measures it in editions too that may not name it.
    """
    found = map_in_force(figures, process)
    if found is None:
        return None
    name, drawn = found
    every = map_in_force(figures, figures.whole.catalogue.processes[process.id]) or found
    measured = {step.id for step in every[1].steps if step.indicators}
    bare = [step for step in drawn.steps if is_work(step) and step.id not in measured]
    placed = {id_ for step in drawn.steps for id_ in step.indicators}
    whole = (process.chain_indicators.cycle_time, process.chain_indicators.first_pass_yield)
    packs = [item.indicator for pilot in pilots_on(figures, process) for item in pilot.pack]
    return StepCoverage(
        name,
        tuple(step for step in bare if step.key),
        tuple(step for step in bare if not step.key),
        tuple(dict.fromkeys(id_ for id_ in packs if id_ not in placed and id_ not in whole)),
    )
