"""The tables of a process's page: end-to-end figures, SIPOC, remedies, coverage by indicators, capacity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.remedies import Remedy, coverage_of, map_in_force, pilots_on, remedies_of
from generator.compute.processes.capacity import BUSY, LaneLoad, hours_per_month
from generator.compute.processes.flow import MapFlow
from generator.compute.processes.net import is_work
from generator.model.process import Process
from generator.model.text import Text
from generator.present.links import Links, Ref
from generator.present.maps.wording import symptoms_text
from generator.present.page_context import PageContext
from generator.present.parts.value import StatusView, standing_view
from generator.present.text.format import Format
from generator.present.text.value_text import value_text


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
class NoteRow:
    """What is to be known of a step besides; of the whole process under its own name."""

    about: str
    notes: tuple[str, ...]


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


def figure_rows(ctx: PageContext, process: Process, links: Links) -> tuple[FigureRow, ...]:
    """Lead time to rework share; the reason stands where a figure cannot be computed."""
    form = ctx.format
    day = process.time.hours_per_day

    def hours(value: float) -> str:
        return form.hours(value, day)

    def share(value: float) -> str:
        return form.share(value, 1)

    chain = process.chain_indicators
    rows = (
        _figure(ctx, process, links, "lead_time_h", hours, chain.cycle_time),
        _figure(ctx, process, links, "touch_h", hours),
        _figure(ctx, process, links, "value_adding_h", hours),
        _figure(ctx, process, links, "touch_share", share),
        _figure(ctx, process, links, "value_adding_share", share),
        _figure(ctx, process, links, "first_pass_yield", share, chain.first_pass_yield),
        _figure(ctx, process, links, "rework_share", share),
    )
    flows = ctx.figures.processes[process.id].flows.values()
    timed = any(flow.lead_time_h is not None or flow.first_pass_yield is not None for flow in flows)
    return rows if timed or any(row.indicator for row in rows) else ()


def _figure(
    ctx: PageContext,
    process: Process,
    links: Links,
    name: str,
    said: Callable[[float], str],
    indicator: str | None = None,
) -> FigureRow:
    words = ctx.format.words
    flows = ctx.figures.processes[process.id].flows

    def shown(flow: MapFlow | None) -> str:
        if flow is None:
            return ctx.format.number(None)
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
        tuple(_measured(ctx.figures, ctx.format, process, links, indicator)) if indicator else (),
    )


def _measured(
    figures: Figures, form: Format, process: Process, links: Links, indicator: str
) -> Iterable[ChainValue]:
    found = figures.catalogue.indicators[indicator]
    for pilot in pilots_on(figures, process):
        series = figures.series.get((indicator, pilot.id, ()))
        point = series.last if series else None
        if point is not None:
            yield ChainValue(
                links.pilot(pilot.id),
                value_text(form, point, found),
                form.period(point.point.period),
                standing_view(form, point),
            )


def sipoc_view(ctx: PageContext, process: Process) -> SipocView | None:
    """Suppliers and customers as given; inputs are what no step makes, outputs what no step uses."""
    found = map_in_force(ctx.figures, process)
    if found is None:
        return None
    form = ctx.format
    steps = found[1].steps
    made = [text for step in steps for text in step.outputs]
    used = [text for step in steps for text in step.inputs]

    def names(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form.text(text) for text in texts))

    stages = names(stage.name for stage in process.stages)
    if not (made or used or process.sipoc.suppliers or process.sipoc.customers):
        return None
    return SipocView(
        names(process.sipoc.suppliers),
        names(text for text in used if text not in made),
        stages or tuple(form.step(step) for step in steps if is_work(step)),
        names(text for text in made if text not in used),
        names(process.sipoc.customers),
    )


def note_rows(form: Format, process: Process) -> tuple[NoteRow, ...]:
    """The process's notes, then those of its steps, of both maps; the same note of a step once."""
    found: dict[str, dict[str, None]] = {}
    for text in process.notes:
        found.setdefault(form.text(process.name), {})[form.text(text)] = None
    for _, drawn in process.maps.drawn:
        for step in drawn.steps:
            for text in step.notes:
                found.setdefault(form.step(step), {})[form.text(text)] = None
    return tuple(NoteRow(about, tuple(notes)) for about, notes in found.items())


def remedy_rows(figures: Figures, form: Format, process: Process, links: Links) -> tuple[RemedyRow, ...]:
    """Every step with a symptom, today's map first: what the to-be map does, the tool, and where it shows."""
    return tuple(_remedy(form, links, remedy) for remedy in remedies_of(figures, process))


def _remedy(form: Format, links: Links, remedy: Remedy) -> RemedyRow:
    return RemedyRow(
        form.step(remedy.step),
        symptoms_text(form, remedy.step),
        _answer(form, remedy) if remedy.compared else "",
        tuple(dict.fromkeys(_tool(form, tool.name, tool.role) for tool in remedy.tools)),
        tuple(links.indicator(id_) for id_ in remedy.indicators),
    )


def _answer(form: Format, remedy: Remedy) -> str:
    """What the to-be map does about it; that it does nothing, where so."""
    words = form.words
    answer = words("process.no_answer")
    if remedy.answered:
        tags = words("punctuation.dot").join(words(f"map.tag.{tag}") for tag in remedy.tags)
        names = form.join([form.step(item) for item in remedy.renamed])
        answer = words("punctuation.arrow").join(part for part in (tags, names) if part)
    if remedy.removed is not None:
        answer = words("punctuation.colon").join((answer, form.text(remedy.removed)))
    return answer


def _tool(form: Format, name: Text, role: str | None) -> str:
    words = form.words
    said = form.text(name)
    return words("process.tool", name=said, role=words(f"process.tool_role.{role}")) if role else said


def coverage(figures: Figures, form: Format, process: Process, links: Links) -> Coverage | None:
    """What nothing measures on the map in force, and what is measured at no step of it."""
    found = coverage_of(figures, process)
    if found is None:
        return None
    return Coverage(
        form.words(f"sections.processes.process.{found.map}"),
        form.join([form.step(step) for step in found.key_steps]),
        form.join([form.step(step) for step in found.steps]),
        tuple(links.indicator(id_) for id_ in found.indicators),
    )


def load_views(ctx: PageContext, process: Process) -> tuple[LoadView, ...]:
    """Every map's lanes with what they have to do; nothing without volume and capacities."""
    figures = ctx.figures.processes[process.id]
    return tuple(
        LoadView(ctx.format.words(f"sections.processes.process.{name}"), rows)
        for name, loads in figures.loads.items()
        if (rows := tuple(_load(ctx.format, process, load) for load in loads))
    )


def _load(form: Format, process: Process, load: LaneLoad) -> LoadRow:
    day = process.time.hours_per_day
    lanes = {lane.id: form.text(lane.name) for lane in process.lanes}
    busy = load.wait_h is None
    return LoadRow(
        lane=lanes[load.lane],
        people=form.number(load.people),
        hours=form.words("duration.h", n=form.number(load.hours)),
        utilisation=form.share(load.utilisation),
        wait=form.words("process.too_busy", limit=form.share(BUSY))
        if load.wait_h is None
        else form.hours(load.wait_h, day),
        noted=form.hours(load.noted_wait_h, day),
        busy=busy,
    )


def load_note(figures: Figures, form: Format, process: Process) -> str:
    """What the capacity figures assume and which formula the waits are by, or why there are none."""
    if process.volume is None:
        return ""
    if process.time.basis == "calendar":
        manned = any(lane.capacity is not None and not lane.external for lane in process.lanes)
        return form.words("process.load_calendar") if manned else ""
    loads = [load for some in figures.processes[process.id].loads.values() for load in some]
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
        lanes=form.listed([names[lane] for lane in corrected]),
    )
