"""One page for each process: its maps, their figures beside the measured ones, and what changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from generator.compute.figures import Figures
from generator.model.process import Process, ProcessMap
from generator.present.links import REDESIGN, Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.processes.tables import (
    Coverage,
    FigureRow,
    LoadView,
    NoteRow,
    RemedyRow,
    SipocView,
    coverage,
    figure_rows,
    load_note,
    load_views,
    note_rows,
    remedy_rows,
    sipoc_view,
)
from generator.present.parts.chart import ChartView
from generator.present.parts.measured_log import LogView, agreement_lines, log_views
from generator.present.parts.overview import two_generations
from generator.present.parts.process_change import ChangeSummary, PromiseRow, change_summary, promise_rows
from generator.present.parts.process_map import MapView, map_views
from generator.present.parts.record import RecordRow, owner_text, people_names
from generator.present.parts.tile import Tile, tile
from generator.present.text.format import Format
from generator.present.text.prose import plain


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """What the process's template is given."""

    purpose: Markup
    facts: tuple[RecordRow, ...]
    measured: tuple[Tile, ...]
    """The indicators of the whole chain, as the organisation stands."""
    figures: tuple[FigureRow, ...]
    why_not: tuple[str, ...]
    """Why figures are missing, one reason a map."""
    maps: tuple[MapView, ...]
    change: ChangeSummary | None
    promises: tuple[PromiseRow, ...]
    remedies: tuple[RemedyRow, ...]
    coverage: Coverage | None
    loads: tuple[LoadView, ...]
    load_note: str
    sipoc: SipocView | None
    notes: tuple[NoteRow, ...]
    log: tuple[LogView, ...]
    """What was measured from its event log, before and after the new map."""
    agreement: tuple[str, ...]
    """Whether the chain indicators agree with the log, and if not, why."""
    generations: tuple[ChartView, ...]
    """Traditional and composite indicators of its pilots side by side."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for every process of the edition."""
    for order, process in enumerate(ctx.figures.catalogue.processes.values()):
        path = path_of("process", process.id)
        if not ctx.wants(path):
            continue
        yield ctx.page_or_kept(path, partial(_page, process=process, path=path, order=order))


def _page(ctx: PageContext, process: Process, path: str, order: int) -> Page:
    form = ctx.format
    purpose = plain(form.text(process.purpose))
    drawn = [step for _, item in process.maps.drawn for step in item.steps]
    steps = {form.text(step.name): None for step in drawn if step.name}
    title = form.text(process.name)
    search = SearchEntry(
        title,
        form.words("punctuation.dot").join([purpose, *steps]),
        people=people_names(ctx.figures, form, process.owner),
    )
    return ctx.page(
        "processes/process",
        path,
        title,
        _context(ctx, process, ctx.links(path)),
        search=search,
        description=purpose,
        order=order,
        hide=("navigation", "toc"),
    )


def _context(ctx: PageContext, process: Process, links: Links) -> ProcessContext:
    form, words = ctx.format, ctx.format.words
    chain = process.chain_indicators
    named = [name for name in (chain.cycle_time, chain.first_pass_yield) if name]
    stages = [form.text(stage.name) for stage in process.stages]
    rows = [
        RecordRow(words("process.owner"), escape(owner_text(ctx.figures, form, process.owner))),
        RecordRow(words("process.stages"), escape(words("punctuation.arrow").join(stages))),
        RecordRow(words("process.time"), escape(_time_basis(form, process))),
        RecordRow(words("redesign.title"), refs=_pairs(process, form, links)),
        RecordRow(words("process.on_it"), refs=_pilots(ctx.figures, process, links)),
        RecordRow(words("process.cases_about"), refs=_cases(ctx.figures, process, links)),
    ]
    return ProcessContext(
        purpose=form.prose(process.purpose),
        facts=tuple(row for row in rows if row.html or row.refs),
        measured=tuple(_measured(ctx, indicator, links) for indicator in named),
        figures=figure_rows(ctx, process, links),
        why_not=_why_not(ctx.figures, form, process),
        maps=map_views(ctx, process, links),
        change=change_summary(ctx, process),
        promises=promise_rows(ctx.figures, form, process, links),
        remedies=remedy_rows(ctx.figures, form, process, links),
        coverage=coverage(ctx.figures, form, process, links),
        loads=load_views(ctx, process),
        load_note=load_note(ctx.figures, form, process),
        sipoc=sipoc_view(ctx, process),
        notes=note_rows(form, process),
        log=log_views(ctx.figures, form, process),
        agreement=agreement_lines(ctx.figures, form, process),
        generations=tuple(two_generations(ctx, process)),
    )


def _pairs(process: Process, form: Format, links: Links) -> tuple[Ref, ...]:
    """What was redesigned as pairs, each leading to its drawing."""
    return tuple(
        Ref(form.text(pair.name), links.to(REDESIGN, f"{process.id}-{pair.id}")) for pair in process.pairs
    )


def _pilots(figures: Figures, process: Process, links: Links) -> tuple[Ref, ...]:
    return tuple(
        links.pilot(pilot.id) for pilot in figures.catalogue.pilots.values() if pilot.process == process.id
    )


def _cases(figures: Figures, process: Process, links: Links) -> tuple[Ref, ...]:
    return tuple(
        links.case(name) for name, head in figures.catalogue.cases.items() if head.process == process.id
    )


def _why_not(figures: Figures, form: Format, process: Process) -> tuple[str, ...]:
    """In words what each map's author left out, where figures are missing for it."""
    words = form.words
    found = []
    for name, drawn in process.maps.drawn:
        flow = figures.processes[process.id].flows[name]
        if flow.lacking is None:
            continue
        steps = form.listed([_found_by(form, drawn, id_) for id_ in flow.lacking.steps])
        text = words(f"process.lacking.{flow.lacking.what}", steps=steps)
        found.append(words("punctuation.colon").join((words(f"sections.processes.process.{name}"), text)))
    return tuple(found)


def _found_by(form: Format, drawn: ProcessMap, id_: str) -> str:
    """A step by its name; one without by its kind and the step before it."""
    step = next(step for step in drawn.steps if step.id == id_)
    before = next((item for item in drawn.steps if any(link.to == id_ for link in item.next)), None)
    if step.name is not None or before is None:
        return form.step(step)
    return form.words("process.after_step", kind=form.step(step), step=form.step(before))


def _time_basis(form: Format, process: Process) -> str:
    hours = process.time.hours_per_day
    return form.words(
        f"process.{process.time.basis}", hours=form.number(hours, 0 if hours == int(hours) else 1)
    )


def _measured(ctx: PageContext, name: str, links: Links) -> Tile:
    indicator = ctx.figures.catalogue.indicators[name]
    series = ctx.figures.series.get((name, None, ()))
    return tile(ctx, links.indicator(name), series, indicator)
