"""The tables of a process's page: end-to-end figures, SIPOC, remedies, coverage by indicators, capacity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.processes.capacity import BUSY, LaneLoad, hours_per_month
from generator.compute.processes.flow import MapFlow
from generator.compute.processes.net import is_work
from generator.model.pilot import Pilot
from generator.model.process import Process, ProcessMap, Step
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
    told = any(flow.lead_time_h is not None or flow.first_pass_yield is not None for flow in flows)
    return rows if told or any(row.indicator for row in rows) else ()


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
    for pilot in _pilots(figures, process):
        series = figures.series.get((indicator, pilot.id, ()))
        point = series.last if series else None
        if point is not None:
            yield ChainValue(
                links.pilot(pilot.id),
                value_text(form, point, found),
                form.period(point.point.period),
                standing_view(form, point),
            )


def _pilots(figures: Figures, process: Process) -> tuple[Pilot, ...]:
    return tuple(pilot for pilot in figures.catalogue.pilots.values() if pilot.process == process.id)


def in_force(figures: Figures, process: Process) -> tuple[str, ProcessMap] | None:
    """The map that the process follows as of the period told: the newest that has begun."""
    as_of = figures.as_of
    calendar = figures.catalogue.handbook.calendar
    drawn = process.maps.drawn
    begun = [
        (name, one)
        for name, one in drawn
        if name == "as_is" or (as_of and one.since and calendar.start(one.since) <= calendar.end(as_of))
    ]
    return begun[-1] if begun else drawn[-1] if drawn else None


def sipoc_view(ctx: PageContext, process: Process) -> SipocView | None:
    """Suppliers and customers as given; inputs are what no step makes, outputs what no step uses."""
    found = in_force(ctx.figures, process)
    if found is None:
        return None
    form = ctx.format
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


def remedy_rows(figures: Figures, form: Format, process: Process, links: Links) -> tuple[RemedyRow, ...]:
    """Every step with a symptom, today's map first: what the to-be map does, the tool, and where it shows."""
    maps = process.maps
    drawn = maps.as_is or maps.to_be
    if drawn is None:
        return ()
    return tuple(_remedy(figures, form, process, links, step) for step in drawn.steps if step.symptoms)


def _remedy(figures: Figures, form: Format, process: Process, links: Links, step: Step) -> RemedyRow:
    words = form.words
    change, to_be = figures.processes[process.id].change, process.maps.to_be
    after: tuple[Step, ...] = ()
    answer = ""
    if change is not None and to_be is not None:
        group = next((group for group in change.groups if step.id in group.before), None)
        after = tuple(one for one in to_be.steps if group is not None and one.id in group.after)
        tags = [words(f"map.tag.{tag}") for tag in group.tags] if group is not None else []
        names = [form.step(one) for one in after if one.name != step.name]
        answer = words("punctuation.dot").join(tags)
        if names:
            answer = words("punctuation.arrow").join(part for part in (answer, form.join(names)) if part)
        if not answer:
            answer = words("process.no_answer")
        if step.id in to_be.removed:
            reason = form.text(to_be.removed[step.id])
            answer = words("punctuation.colon").join((answer, reason))
    ids = {step.id, *(one.id for one in after)}
    pilots = [tool for pilot in _pilots(figures, process) for tool in pilot.tools if ids & set(tool.steps)]
    own = [one.tool for one in after if one.tool is not None]
    tools = dict.fromkeys(
        [
            *(_tool(form, tool.name, tool.role) for tool in own),
            *(_tool(form, tool.name, tool.role) for tool in pilots),
        ]
    )
    indicators = dict.fromkeys(
        id_
        for source in (
            *(one.indicators for one in after),
            *(tool.indicators for tool in pilots),
            step.indicators,
        )
        for id_ in source
    )
    return RemedyRow(
        form.step(step),
        symptoms_text(form, step),
        answer,
        tuple(tools),
        tuple(links.indicator(id_) for id_ in indicators),
    )


def _tool(form: Format, name: Text, role: str | None) -> str:
    words = form.words
    said = form.text(name)
    return words("process.tool", name=said, role=words(f"process.tool_role.{role}")) if role else said


def coverage(figures: Figures, form: Format, process: Process, links: Links) -> Coverage | None:
    """What nothing measures on the map in force, and what is measured at no step of it."""
    found = in_force(figures, process)
    if found is None:
        return None
    name, drawn = found
    # What measures a step measures it in editions too that may not name it.
    every = in_force(figures, figures.whole.catalogue.processes[process.id]) or found
    measured = {step.id for step in every[1].steps if step.indicators}
    bare = [step for step in drawn.steps if is_work(step) and step.id not in measured]
    placed = {id_ for step in drawn.steps for id_ in step.indicators}
    chain = process.chain_indicators
    whole = [id_ for id_ in (chain.cycle_time, chain.first_pass_yield) if id_]
    packs = [item.indicator for pilot in _pilots(figures, process) for item in pilot.pack]
    loose = dict.fromkeys(id_ for id_ in packs if id_ not in placed and id_ not in whole)
    return Coverage(
        form.words(f"sections.processes.process.{name}"),
        form.join([form.step(step) for step in bare if step.key]),
        form.join([form.step(step) for step in bare if not step.key]),
        tuple(links.indicator(id_) for id_ in loose),
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
        lanes=form.join([names[lane] for lane in corrected]),
    )
