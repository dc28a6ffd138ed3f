"""One page for each process: its maps as drawn and as a table, its pilots, the indicators that measure it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.process import Process, ProcessMap, Step, Symptom
from generator.present.desk import Desk
from generator.present.links import Links, Ref, path_of
from generator.present.maps.plain import plain_map
from generator.present.page import Page, SearchEntry
from generator.present.pages.figure import FigureView
from generator.present.pages.overview_figures import two_generations
from generator.present.pages.record import Row, owner_text
from generator.present.pages.views import Tile, tile
from generator.present.prose import plain


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the step table."""

    number: str
    name: str
    lane: str
    stage: str
    kind: str
    touch: str
    wait: str
    estimated: bool
    tool: str
    key: bool
    symptoms: str
    next: tuple[str, ...]
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A step of today's map that the new one drops, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MapView:
    """One map: drawn, and as a table."""

    since: str
    drawing: Markup
    rows: tuple[StepRow, ...]
    removed: tuple[RemovedRow, ...]


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """What the process's template is given."""

    purpose: Markup
    facts: tuple[Row, ...]
    measured: tuple[Tile, ...]
    """The indicators of the whole chain, as the organisation stands."""
    as_is: MapView | None
    to_be: MapView | None
    pilots: tuple[Ref, ...]
    generations: tuple[FigureView, ...]
    """Traditional and composite indicators of its pilots side by side."""


def pages(desk: Desk) -> Iterator[Page]:
    """A page for every process of the edition."""
    for order, process in enumerate(desk.figures.catalogue.processes.values()):
        path = path_of("process", process.id)
        form = desk.format
        purpose = plain(form.text(process.purpose))
        steps = {form.text(step.name): None for _, drawn in process.maps.drawn for step in drawn.steps}
        title = form.text(process.name)
        search = SearchEntry(title, form.words("punctuation.dot").join([purpose, *steps]))
        yield desk.page(
            "process", path, title, _context(desk, process, desk.links(path)), search, purpose, order
        )


def _context(desk: Desk, process: Process, links: Links) -> ProcessContext:
    form, words = desk.format, desk.format.words
    chain = process.chain_indicators
    named = [name for name in (chain.cycle_time, chain.first_pass_yield) if name]
    stages = [form.text(stage.name) for stage in process.stages]
    rows = [
        Row(words("process.owner"), escape(owner_text(desk, process.owner))),
        Row(words("process.stages"), escape(words("punctuation.arrow").join(stages))),
        Row(words("process.time"), escape(_time_basis(desk, process))),
    ]
    for label, names in (("suppliers", process.sipoc.suppliers), ("customers", process.sipoc.customers)):
        rows.append(Row(words(f"process.{label}"), escape(form.join([form.text(name) for name in names]))))
    maps = process.maps
    return ProcessContext(
        purpose=form.prose(process.purpose),
        facts=tuple(row for row in rows if row.html),
        measured=tuple(_measured(desk, indicator, links) for indicator in named),
        as_is=_map_view(desk, process, maps.as_is, "as-is", links) if maps.as_is else None,
        to_be=_map_view(desk, process, maps.to_be, "to-be", links) if maps.to_be else None,
        pilots=tuple(
            links.pilot(pilot.id)
            for pilot in desk.figures.catalogue.pilots.values()
            if pilot.process == process.id
        ),
        generations=tuple(two_generations(desk, process)),
    )


def _time_basis(desk: Desk, process: Process) -> str:
    hours = process.time.hours_per_day
    return desk.format.words(
        f"process.{process.time.basis}", hours=desk.format.number(hours, 0 if hours == int(hours) else 1)
    )


def _measured(desk: Desk, name: str, links: Links) -> Tile:
    indicator = desk.figures.catalogue.indicators[name]
    series = desk.figures.series.get((name, None, ()))
    return tile(desk, links.indicator(name), series, indicator)


def _map_view(desk: Desk, process: Process, drawn: ProcessMap, name: str, links: Links) -> MapView:
    form, words = desk.format, desk.format.words
    title = words(
        "map.title", process=form.text(process.name), map=words(f"sections.process.{name.replace('-', '_')}")
    )
    svg = desk.templates.piece(
        "drawings/plain_map.svg.jinja",
        map=plain_map(process, drawn, form),
        name=name,
        title=title,
        description=words("map.description", lanes=len(process.lanes), steps=len(drawn.steps)),
    )
    before = process.maps.as_is
    names = {step.id: form.text(step.name) for step in before.steps} if before else {}
    return MapView(
        words("map.since", period=form.period(drawn.since)) if drawn.since else "",
        Markup(svg),
        tuple(
            _step_row(desk, process, drawn, step, number, links) for number, step in enumerate(drawn.steps, 1)
        ),
        tuple(RemovedRow(names.get(step, step), form.text(why)) for step, why in drawn.removed.items()),
    )


def _step_row(
    desk: Desk, process: Process, drawn: ProcessMap, step: Step, number: int, links: Links
) -> StepRow:
    form, words = desk.format, desk.format.words
    lanes = {lane.id: form.text(lane.name) for lane in process.lanes}
    stages = {stage.id: form.text(stage.name) for stage in process.stages}
    names = {other.id: form.text(other.name) for other in drawn.steps}
    kind = step.gateway or step.event or step.kind
    return StepRow(
        number=str(number),
        name=names[step.id],
        lane=lanes.get(step.lane or "", ""),
        stage=stages.get(step.stage or "", ""),
        kind=words(f"map.kind.{kind}") if kind else "",
        touch=form.duration(step.touch.mean) if step.touch else "",
        wait=form.duration(step.wait.mean) if step.wait else "",
        estimated=not step.measured and bool(step.touch or step.wait),
        tool=_tool(desk, step),
        key=step.key,
        symptoms=form.join([_symptom(desk, symptom) for symptom in step.symptoms]),
        next=tuple(
            _next(desk, link.share, form.text(link.label), names.get(link.to, link.to), link.rework)
            for link in step.next
        ),
        indicators=tuple(links.indicator(name) for name in step.indicators),
    )


def _tool(desk: Desk, step: Step) -> str:
    return desk.format.text(step.tool.name) if step.tool else ""


def _symptom(desk: Desk, symptom: Symptom) -> str:
    """A symptom in the author's words where there are any, else by its label."""
    return desk.format.text(symptom.text) or desk.format.words(f"map.symptom.{symptom.kind}")


def _next(desk: Desk, share: float | None, label: str, target: str, rework: bool) -> str:
    words = desk.format.words
    condition = " ".join(
        part for part in (label, desk.format.share(share) if share is not None else "") if part
    )
    text = words("map.next", condition=condition, target=target) if condition else target
    return words("map.rework", target=text) if rework else text
