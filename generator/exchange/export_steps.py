"""`export json`: what is done about trouble at a process's steps, what nothing watches, both generations."""

from __future__ import annotations

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.generations import IndexedIndicator, generations_of
from generator.compute.insight.remedies import MapName, Remedy, Role, coverage_of, remedies_of
from generator.exchange.export_part import ExportPart
from generator.exchange.plain_json import as_json
from generator.model.indicator import Generation
from generator.model.process import Process


class RemedyToolOut(ExportPart):
    """A tool that is used at a step in trouble, or at what takes its place."""

    name: dict[str, str]
    role: Role | None


class RemedyOut(ExportPart):
    """A step in trouble, and what is done about it."""

    id: str
    """The step, of today's map."""
    symptoms: list[str]
    """Kinds of what is seen there."""
    answered: bool | None
    """Whether the to-be map does anything about it; null: there are not both maps."""
    tags: list[str]
    """What that map did to the step."""
    after: list[str]
    """Its steps that stand for this one."""
    removed: dict[str, str] | None
    """Why that map has dropped the step; null: it has not."""
    tools: list[RemedyToolOut]
    indicators: list[str]
    """Where it would show whether it helps."""
    why_not: dict[str, str] = Field(default_factory=dict)


class StepCoverageOut(ExportPart):
    """What nothing measures on the map in force."""

    map: MapName
    """The newest map that has begun."""
    key_steps: list[str]
    """Key steps without an indicator."""
    steps: list[str]
    """Other steps of work without one."""
    indicators: list[str]
    """Of the pilots' packs: neither at a step of the map nor of the whole chain."""


class IndexPointOut(ExportPart):
    """One period of an index."""

    period: str
    index: float | None
    why_not: dict[str, str] = Field(default_factory=dict)


class IndexOut(ExportPart):
    """An indicator against its own beginning: 100 is as then, and up is better."""

    id: str
    """The indicator."""
    generation: Generation
    base: float
    """Mean of its first 12 values, or of all where there are fewer, in its unit."""
    newest: float
    """The newest index."""
    points: list[IndexPointOut]
    """100 × value / base; 100 × base / value where less is better."""


class GenerationsOut(ExportPart):
    """Traditional and composite indicators of a pilot on the process side by side."""

    id: str
    """The pilot."""
    indicators: list[IndexOut]


def remedies_out(figures: Figures, process: Process) -> list[RemedyOut]:
    """Every step with a symptom."""
    return [_remedy(remedy, figures.catalogue.handbook.languages) for remedy in remedies_of(figures, process)]


def _remedy(remedy: Remedy, languages: tuple[str, ...]) -> RemedyOut:
    return RemedyOut(
        id=remedy.step.id,
        symptoms=[symptom.kind for symptom in remedy.step.symptoms],
        answered=remedy.answered or remedy.removed is not None if remedy.compared else None,
        tags=list(remedy.tags),
        after=[step.id for step in remedy.after],
        removed=as_json(remedy.removed, languages) if remedy.removed is not None else None,
        tools=[RemedyToolOut(name=as_json(tool.name, languages), role=tool.role) for tool in remedy.tools],
        indicators=list(remedy.indicators),
        why_not={} if remedy.compared else {"answered": "there are not both maps"},
    )


def step_coverage_out(figures: Figures, process: Process) -> StepCoverageOut | None:
    """What nothing measures; None without a map."""
    found = coverage_of(figures, process)
    if found is None:
        return None
    return StepCoverageOut(
        map=found.map,
        key_steps=[step.id for step in found.key_steps],
        steps=[step.id for step in found.steps],
        indicators=list(found.indicators),
    )


def generations_out(figures: Figures, process: Process) -> list[GenerationsOut]:
    """The pilots that measure both generations."""
    return [
        GenerationsOut(id=generation.pilot, indicators=[_index(line) for line in generation.lines])
        for generation in generations_of(figures, process)
    ]


def _index(line: IndexedIndicator) -> IndexOut:
    return IndexOut(
        id=line.indicator.id,
        generation=line.generation,
        base=line.index.base,
        newest=line.index.newest,
        points=[
            IndexPointOut(
                period=str(point.point.period),
                index=index,
                why_not={} if index is not None else {"index": "there is no value"},
            )
            for index, point in zip(line.index.values, line.series.points, strict=True)
        ],
    )
