"""The tables of a process's page: end-to-end figures, SIPOC, remedies, coverage by indicators, capacity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compute.insight.remedies import Remedy, coverage_of, map_in_force, pilots_on, remedies_of
from generator.compute.processes.capacity import BUSY, LaneLoad, hours_per_month
from generator.compute.processes.flow import MapFlow
from generator.compute.processes.net import is_work
from generator.model.process import Process
from generator.model.text import Text
from generator.present.desk import PageContext
from generator.present.links import Links, Ref
from generator.present.maps.wording import symptoms_text
from generator.present.parts.value import StatusView, standing_view
from generator.present.telling import told_value


@dataclass(frozen=True, slots=True)
class ChainValue:
    """A chain indicator's newest value in one pilot."""

    pilot: Ref
    value: str
    period: str
    status: StatusView


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One end-to-end figure of the maps, beside what the pilots measure."""

    name: str
    hint: str
    as_is: str
    to_be: str
    indicator: tuple[Ref, ...]
    measured: tuple[ChainValue, ...]


@dataclass(frozen=True, slots=True)
class SipocView:
    """Suppliers, inputs, process, outputs, customers."""

    suppliers: tuple[str, ...]
    inputs: tuple[str, ...]
    process: tuple[str, ...]
    outputs: tuple[str, ...]
    customers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """A step in trouble: what is seen, what is done about it, with which tool, seen in which indicators."""

    step: str
    symptoms: str
    answer: str
    tools: tuple[str, ...]
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Steps that nothing measures, and indicators of the process that stand at no step."""

    map: str
    key_steps: str
    """Key steps without an indicator: they need one."""
    steps: str
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class LoadRow:
    """How busy a lane is."""

    lane: str
    people: str
    hours: str
    utilisation: str
    wait: str
    noted: str
    busy: bool


@dataclass(frozen=True, slots=True)
class LoadView:
    """The capacity view of one map."""

    title: str
    rows: tuple[LoadRow, ...]


def figure_rows(desk: PageContext, process: Process, links: Links) -> tuple[FigureRow, ...]:
    """Lead time to rework share; the reason stands where a figure cannot be computed."""
    form = desk.format
    day = process.time.hours_per_day

    def hours(value: float) -> str:
        return form.hours(value, day)

    def share(value: float) -> str:
        return form.share(value, 1)

    chain = process.chain_indicators
    rows = (
        _figure(desk, process, links, "lead_time_h", hours, chain.cycle_time),
        _figure(desk, process, links, "touch_h", hours),
        _figure(desk, process, links, "value_adding_h", hours),
        _figure(desk, process, links, "touch_share", share),
        _figure(desk, process, links, "value_adding_share", share),
        _figure(desk, process, links, "first_pass_yield", share, chain.first_pass_yield),
        _figure(desk, process, links, "rework_share", share),
    )
    flows = desk.figures.processes[process.id].flows.values()
    told = any(flow.lead_time_h is not None or flow.first_pass_yield is not None for flow in flows)
    return rows if told or any(row.indicator for row in rows) else ()


def _figure(
    desk: PageContext,
    process: Process,
    links: Links,
    name: str,
    said: Callable[[float], str],
    indicator: str | None = None,
) -> FigureRow:
    words = desk.format.words
    flows = desk.figures.processes[process.id].flows

    def shown(flow: MapFlow | None) -> str:
        if flow is None:
            return desk.format.number(None)
        value: float | None = getattr(flow, name)
        if value is None:
            return words("process.unknown")
        return said(value)

    return FigureRow(
        words(f"process.figure.{name}"),
        words(f"process.figure_hint.{name}"),
        shown(flows.get("as_is")),
        shown(flows.get("to_be")),
        (links.indicator(indicator),) if indicator else (),
        tuple(_measured(desk, process, links, indicator)) if indicator else (),
    )


def _measured(desk: PageContext, process: Process, links: Links, indicator: str) -> Iterable[ChainValue]:
    form = desk.format
    found = desk.figures.catalogue.indicators[indicator]
    for pilot in pilots_on(desk.figures, process):
        series = desk.figures.series.get((indicator, pilot.id, ()))
        point = series.last if series else None
        if point is not None:
            yield ChainValue(
                links.pilot(pilot.id),
                told_value(form, point, found),
                form.period(point.point.period),
                standing_view(desk, point),
            )


def sipoc_view(desk: PageContext, process: Process) -> SipocView | None:
    """Suppliers and customers as given; inputs are what no step makes, outputs what no step uses."""
    found = map_in_force(desk.figures, process)
    if found is None:
        return None
    form = desk.format
    steps = found[1].steps
    made = [text for step in steps for text in step.outputs]
    used = [text for step in steps for text in step.inputs]

    def names(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form.text(text) for text in texts))

    stages = names(stage.name for stage in process.stages)
    return SipocView(
        names(process.sipoc.suppliers),
        names(text for text in used if text not in made),
        stages or tuple(form.step(step) for step in steps if is_work(step)),
        names(text for text in made if text not in used),
        names(process.sipoc.customers),
    )


def remedy_rows(desk: PageContext, process: Process, links: Links) -> tuple[RemedyRow, ...]:
    """Every step with a symptom, today's map first: what the to-be map does, the tool, and where it shows."""
    return tuple(_remedy(desk, links, one) for one in remedies_of(desk.figures, process))


def _remedy(desk: PageContext, links: Links, remedy: Remedy) -> RemedyRow:
    form = desk.format
    return RemedyRow(
        form.step(remedy.step),
        symptoms_text(form, remedy.step),
        _answer(desk, remedy) if remedy.compared else "",
        tuple(dict.fromkeys(_tool(desk, tool.name, tool.role) for tool in remedy.tools)),
        tuple(links.indicator(id_) for id_ in remedy.indicators),
    )


def _answer(desk: PageContext, remedy: Remedy) -> str:
    """What the to-be map does about it; that it does nothing, where so."""
    form, words = desk.format, desk.format.words
    answer = words("process.no_answer")
    if remedy.answered:
        tags = words("punctuation.dot").join(words(f"map.tag.{tag}") for tag in remedy.tags)
        names = form.join([form.step(one) for one in remedy.renamed])
        answer = words("punctuation.arrow").join(part for part in (tags, names) if part)
    if remedy.removed is not None:
        answer = words("punctuation.colon").join((answer, form.text(remedy.removed)))
    return answer


def _tool(desk: PageContext, name: Text, role: str | None) -> str:
    words = desk.format.words
    said = desk.format.text(name)
    return words("process.tool", name=said, role=words(f"process.tool_role.{role}")) if role else said


def coverage(desk: PageContext, process: Process, links: Links) -> Coverage | None:
    """What nothing measures on the map in force, and what is measured at no step of it."""
    found = coverage_of(desk.figures, process)
    if found is None:
        return None
    form = desk.format
    return Coverage(
        form.words(f"sections.processes.process.{found.map}"),
        form.join([form.step(step) for step in found.key_steps]),
        form.join([form.step(step) for step in found.steps]),
        tuple(links.indicator(id_) for id_ in found.indicators),
    )


def load_views(desk: PageContext, process: Process) -> tuple[LoadView, ...]:
    """Every map's lanes with what they have to do; nothing without volume and capacities."""
    figures = desk.figures.processes[process.id]
    return tuple(
        LoadView(desk.format.words(f"sections.processes.process.{name}"), rows)
        for name, loads in figures.loads.items()
        if (rows := tuple(_load(desk, process, load) for load in loads))
    )


def _load(desk: PageContext, process: Process, load: LaneLoad) -> LoadRow:
    form = desk.format
    day = process.time.hours_per_day
    lanes = {lane.id: form.text(lane.name) for lane in process.lanes}
    busy = load.wait_h is None
    return LoadRow(
        lanes[load.lane],
        form.number(load.people),
        form.words("duration.h", n=form.number(load.hours)),
        form.share(load.utilisation),
        form.words("process.too_busy", limit=form.share(BUSY))
        if load.wait_h is None
        else form.hours(load.wait_h, day),
        form.hours(load.noted_wait_h, day),
        busy,
    )


def load_note(desk: PageContext, process: Process) -> str:
    """What the capacity figures assume and which formula the waits are by, or why there are none."""
    if process.volume is None:
        return ""
    form = desk.format
    if process.time.basis == "calendar":
        manned = any(lane.capacity is not None and not lane.external for lane in process.lanes)
        return form.words("process.load_calendar") if manned else ""
    loads = [load for some in desk.figures.processes[process.id].loads.values() for load in some]
    corrected = list(dict.fromkeys(load.lane for load in loads if load.formula == "allen-cunneen"))
    if not loads:
        return ""
    plain = list(dict.fromkeys(load.lane for load in loads if load.formula == "m/m/c"))
    names = {lane.id: form.text(lane.name) for lane in process.lanes}
    key = "process.load_note" if not corrected else "process.load_note_spread"
    key = "process.load_note_both" if corrected and plain else key
    return form.words(
        key,
        cases=form.number(process.volume.per_month),
        hours=form.number(hours_per_month(process)),
        lanes=form.join([names[lane] for lane in corrected]),
    )
