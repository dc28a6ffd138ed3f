"""The maps of a process's page: each drawn, as a value-stream line and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.processes.flow import MapFlow, StepFlow
from generator.compute.processes.measured_steps import MapMeasured
from generator.compute.series.assessed import AssessedSeries
from generator.model.process import Process, ProcessMap
from generator.present.links import Links
from generator.present.maps.drawing import Timed, nice_ceiling
from generator.present.maps.geometry import maps_laid_out
from generator.present.maps.value_stream import StreamStep, value_stream
from generator.present.page_context import PageContext
from generator.present.parts.map_picture import MapNotes, MapOnPage, MapPicture, map_picture
from generator.present.parts.step_table import StepRow, step_rows
from generator.present.templates import Templates
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A step of today's map that the new one drops, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MapView:
    """One map: drawn, and as a table."""

    name: str
    since: str
    picture: MapPicture
    stream: Markup
    beside: str
    """How the time of branches that run side by side is found; empty without such."""
    log: str
    """What of the drawing comes from the log; empty without one."""
    steps: tuple[StepRow, ...]
    removed: tuple[RemovedRow, ...]


def map_views(ctx: PageContext, process: Process, links: Links) -> tuple[MapView, ...]:
    """The as-is and the to-be map, where there are such; both time rulers have one scale."""
    figures, catalogue = ctx.figures.processes[process.id], ctx.figures.catalogue
    totals = [step.total_h for flow in figures.flows.values() for step in flow.steps]
    scale = nice_ceiling(max(totals, default=0)) if any(totals) else 0
    laid_out = maps_laid_out(process, figures, catalogue.indicators, ctx.format)
    return tuple(
        _view(
            ctx,
            MapOnPage(
                process=process,
                name=name,
                drawn=drawn,
                geometry=laid_out[name],
                catalogue=catalogue,
                form=ctx.format,
                links=links,
            ),
            figures.flows[name],
            scale,
        )
        for name, drawn in process.maps.drawn
    )


def _view(ctx: PageContext, map_: MapOnPage, flow: MapFlow, scale: float) -> MapView:
    """The whole view; `scale` hours fill the time ruler."""
    form, drawn = ctx.format, map_.drawn
    times = _Times(form, map_, flow)
    notes = MapNotes(
        f"map-{map_.anchor}",
        _description(map_, flow, times),
        {step.id: f"#{map_.anchor}-{step.id}" for step in drawn.steps},
        {indicator: latest(ctx.figures, map_.process, indicator) for indicator in map_.indicators},
        _ranks(drawn, flow),
        times=times.on_ruler(),
        scale=scale,
        measured=ctx.figures.processes[map_.process.id].measured.get(map_.name),
        ranks_measured=flow.blockages_measured,
    )
    before = map_.process.maps.as_is
    earlier = {step.id: form.step(step) for step in before.steps} if before else {}
    return MapView(
        name=map_.anchor,
        since=form.words("map.since", period=form.period(drawn.since)) if drawn.since else "",
        picture=map_picture(ctx.templates, map_, notes),
        stream=times.stream(ctx.templates, notes.name),
        beside=_beside(form, flow, times.names),
        log=_log(form, flow, notes.measured),
        steps=step_rows(form, map_.process, map_.anchor, drawn, flow, map_.links),
        removed=tuple(
            RemovedRow(earlier.get(step, step), form.text(why)) for step, why in drawn.removed.items()
        ),
    )


def latest(figures: Figures, process: Process, indicator: str) -> AssessedSeries | None:
    """The series whose newest result a map shows: the whole organisation's, else that of a pilot on the
    process."""
    whole = figures.series.get((indicator, None, ()))
    if whole is not None and whole.last is not None:
        return whole
    for pilot in figures.catalogue.pilots.values():
        own = figures.series.get((indicator, pilot.id, ())) if pilot.process == process.id else None
        if own is not None and own.last is not None:
            return own
    return None


def _ranks(drawn: ProcessMap, flow: MapFlow) -> Mapping[str, Mapping[str, int]]:
    """Ranks of the blockages, as people see them and as they are computed."""
    found: dict[str, dict[str, int]] = {}
    for step in drawn.steps:
        ranks = {"people": step.blockage} if step.blockage is not None else {}
        if step.id in flow.blockages:
            ranks["computed"] = flow.blockages.index(step.id) + 1
        if ranks:
            found[step.id] = ranks
    return found


def _description(map_: MapOnPage, flow: MapFlow, times: _Times) -> str:
    words = map_.form.words
    said = words("map.description", lanes=len(map_.process.lanes), steps=len(map_.drawn.steps))
    if flow.lead_time_h is None:
        return said
    return said + words("map.description_time", time=times.hours(flow.lead_time_h))


def _beside(form: Format, flow: MapFlow, names: Mapping[str, str]) -> str:
    if not flow.cases:
        return ""
    said = form.words("map.beside", cases=form.number(flow.cases))
    if flow.constants:
        said += form.words("map.beside_constant", steps=form.listed([names[step] for step in flow.constants]))
    return said


def _log(form: Format, flow: MapFlow, measured: MapMeasured | None) -> str:
    """Which times the drawing has from the log, and what its computed blockages rest on."""
    if measured is None:
        return ""
    found = measured.found
    said = form.words(
        "map.by_log",
        cases=form.number(found.cases),
        since=form.date(found.since),
        until=form.date(found.until),
    )
    return said + form.words(f"map.blockages.{'measured' if flow.blockages_measured else 'written'}")


class _Times:
    """Puts the times of a map into words: beside it, and as a value stream."""

    def __init__(self, form: Format, map_: MapOnPage, flow: MapFlow) -> None:
        self.form, self.flow = form, flow
        self.hours_per_day = map_.process.time.hours_per_day
        self.names = {step.id: form.step(step) for step in map_.drawn.steps}

    def hours(self, hours: float) -> str:
        return self.form.hours(hours, self.hours_per_day)

    def on_ruler(self) -> dict[str, Timed]:
        """What the ruler shows: expected times of all passes of the steps of work."""
        if self.flow.lead_time_h is None:
            return {}
        return {
            flow.id: Timed(
                flow.touch_h * flow.visits,
                flow.wait_h * flow.visits,
                self.form.words("map.ruler_step", time=self.hours(flow.total_h), name=self.names[flow.id]),
            )
            for flow in self.flow.steps
            if flow.total_h > 0
        }

    def stream(self, templates: Templates, name: str) -> Markup:
        """The value-stream line; empty where the lead time is not known."""
        if self.flow.lead_time_h is None or self.flow.theoretical_h is None:
            return Markup("")
        steps = [
            StreamStep(self.names[flow.id], wait, touch, self.hours(wait), self.hours(touch))
            for flow in self.flow.steps
            if flow.in_lead_h > 0
            for wait, touch in [_in_lead(flow)]
        ]
        drawn = value_stream(steps)
        if drawn is None:
            return Markup("")
        title = self.form.words(
            "map.stream_title",
            lead=self.hours(self.flow.lead_time_h),
            touch=self.hours(self.flow.theoretical_h),
            share=self.form.share(self.flow.touch_share, 1),
        )
        return Markup(
            templates.piece("drawings/value_stream.svg.jinja", stream=drawn, name=name, title=title)
        )


def _in_lead(flow: StepFlow) -> tuple[float, float]:
    """(wait, touch) hours of all passes that are in the lead time."""
    passes = flow.visits * flow.waited_for
    return flow.wait_h * passes, flow.touch_h * passes
