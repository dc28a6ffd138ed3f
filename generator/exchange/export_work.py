"""Tools at steps, offices, packs against questions and measures, what cases answer: in the export."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.compute.effects.claim import Balance, Strength
from generator.compute.figures import Figures
from generator.compute.insight.case_finder import CaseProof, bottleneck_cases, case_traits
from generator.compute.insight.measures import category_rows, measures_of
from generator.compute.insight.names import joined
from generator.compute.insight.node_tools import tools_of
from generator.compute.insight.offices import offices_of
from generator.exchange.export_part import ExportPart
from generator.exchange.export_points import WITHHELD, balance_why_not
from generator.exchange.plain_json import as_json


class ToolShownOut(ExportPart):
    """What a change at a tool's step did to one of its indicators."""

    id: str
    """change~indicator."""
    strength: Strength
    balance: Balance | None
    why_not: dict[str, str] = Field(default_factory=dict)


class NodeToolOut(ExportPart):
    """A tool of a pilot at its steps; the tool itself stands under the pilot."""

    id: str
    """pilot~place."""
    process: str
    steps: list[str]
    existing: bool
    shown: list[ToolShownOut]


class OfficePackOut(ExportPart):
    """What a pack lacks of what its office is asked: result, customer, service, effort."""

    id: str
    """The pilot."""
    unit: str
    lacking: list[str] | None
    why_not: dict[str, str] = Field(default_factory=dict)


class OfficeOut(ExportPart):
    """Front, middle or back office."""

    id: str
    units: list[str]
    serves: dict[str, list[str]]
    """By unit, the units that it works for."""
    indicators: list[str]
    packs: list[OfficePackOut]


class MeasuresOut(ExportPart):
    """A pack against the three questions and the four measures."""

    id: str
    """The pilot."""
    cells: list[tuple[str, str | None, str | None]]
    """(indicator, question, measure)."""
    no_aspect: list[str] | None
    no_measure: list[str] | None
    why_not: dict[str, str] = Field(default_factory=dict)


class GenerationsRowOut(ExportPart):
    """A part of the library: traditional and composite indicators in use, and which took whose place."""

    id: str
    traditional: list[str]
    composite: list[str]
    replaced: list[tuple[str, str]]


class CaseTraitsOut(ExportPart):
    """What a case can be found by."""

    id: str
    symptoms: list[str]
    step_kinds: list[str]
    steps: list[str]
    tools: list[Any]
    indicators: list[str]
    proof: CaseProof | None
    """proved, doubtful, failed, early (not looked at yet), told (nothing measured)."""
    conditions: list[Any]
    why_not: dict[str, str] = Field(default_factory=dict)


class BottleneckCasesOut(ExportPart):
    """The cases that share most with a bottleneck, the nearest first."""

    id: str
    """diagnosis~place."""
    cases: list[str]


class WorkOut(ExportPart):
    """The method as work."""

    tools: list[NodeToolOut]
    offices: list[OfficeOut]
    measures: list[MeasuresOut]
    generations: list[GenerationsRowOut]
    case_traits: list[CaseTraitsOut]
    bottlenecks: list[BottleneckCasesOut]


def work_out(figures: Figures) -> WorkOut:
    """All of it."""
    languages = figures.catalogue.handbook.languages
    return WorkOut(
        tools=_tools(figures),
        offices=_offices(figures),
        measures=[
            MeasuresOut(
                id=item.id,
                cells=list(item.cells),
                no_aspect=None if item.in_part else list(item.no_aspect),
                no_measure=None if item.in_part else list(item.no_measure),
                why_not=dict.fromkeys(("no_aspect", "no_measure"), WITHHELD) if item.in_part else {},
            )
            for item in measures_of(figures)
        ],
        generations=[GenerationsRowOut.model_validate(row) for row in category_rows(figures)],
        case_traits=[
            CaseTraitsOut(
                id=item.id,
                symptoms=list(item.symptoms),
                step_kinds=list(item.step_kinds),
                steps=list(item.steps),
                tools=[as_json(tool, languages) for tool in item.tools],
                indicators=list(item.indicators),
                proof=None if item.proof == "withheld" else item.proof,
                conditions=[as_json(text, languages) for text in item.conditions],
                why_not={"proof": WITHHELD} if item.proof == "withheld" else {},
            )
            for item in case_traits(figures)
        ],
        bottlenecks=[
            BottleneckCasesOut(id=joined(item.diagnosis, str(item.place)), cases=list(item.cases))
            for item in bottleneck_cases(figures)
        ],
    )


def _tools(figures: Figures) -> list[NodeToolOut]:
    return [
        NodeToolOut(
            id=joined(item.pilot, str(item.place)),
            process=process.id,
            steps=list(item.tool.steps),
            existing=item.tool.existing,
            shown=[
                ToolShownOut(
                    id=joined(claim.changes[0], claim.indicator),
                    strength=claim.strength,
                    balance=claim.balance,
                    why_not=balance_why_not(claim),
                )
                for claim in item.claims
            ],
        )
        for process in figures.catalogue.processes.values()
        for item in tools_of(figures, process)
    ]


def _offices(figures: Figures) -> list[OfficeOut]:
    units = {unit.id: unit for unit in figures.catalogue.handbook.units}
    return [
        OfficeOut(
            id=view.id,
            units=list(view.units),
            serves={name: list(units[name].serves) for name in view.units if units[name].serves},
            indicators=list(view.indicators),
            packs=[
                OfficePackOut(
                    id=pack.pilot,
                    unit=pack.unit,
                    lacking=None if pack.lacking is None else list(pack.lacking),
                    why_not={"lacking": WITHHELD} if pack.lacking is None else {},
                )
                for pack in view.packs
            ],
        )
        for view in offices_of(figures)
    ]
