"""The roadmap and a page for each of its steps: what to do, what comes out, how far every pilot is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.roadmap import RoadmapStep
from generator.present.desk import Desk
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.pages.figure import FigureView
from generator.present.pages.roadmap_figures import diagnosis_quadrants, roadmap_gantt
from generator.present.prose import plain


@dataclass(frozen=True, slots=True)
class PilotState:
    """A pilot's state at one step."""

    ref: Ref
    state: str
    label: str
    dates: str
    outputs: tuple[tuple[str, bool], ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step on the roadmap's overview."""

    number: int
    ref: Ref
    aim: Markup
    outputs: tuple[str, ...]
    pilots: tuple[PilotState, ...]


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with its steps."""

    title: str
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class RoadmapContext:
    """What the overview's template is given."""

    summary: str
    phases: tuple[PhaseView, ...]
    gantt: tuple[FigureView, ...]
    diagnosis: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class RoadmapStepContext:
    """What a step's template is given."""

    phase: str
    aim: Markup
    actions: tuple[Markup, ...]
    outputs: tuple[str, ...]
    responsible: tuple[str, ...]
    success: Markup
    risks: tuple[Markup, ...]
    pilots: tuple[PilotState, ...]
    cases: tuple[Ref, ...]
    previous: Ref | None
    following: Ref | None


def pages(desk: Desk) -> Iterator[Page]:
    """The overview and the steps."""
    words = desk.format.words
    steps = desk.figures.catalogue.roadmap.steps
    path = path_of("step", "index")
    summary = words.count("roadmap.summary", len(steps))
    title = words("chapters.roadmap")
    links = desk.links(path)
    context = RoadmapContext(
        summary,
        _phases(desk, links),
        tuple(
            view
            for pilot in desk.figures.catalogue.pilots.values()
            for view in roadmap_gantt(desk, pilot, links.pilot(pilot.id))
        ),
        tuple(diagnosis_quadrants(desk)),
    )
    yield desk.page("roadmap", path, title, context, SearchEntry(title, summary), summary, -1)
    for position, step in enumerate(steps):
        yield _step_page(desk, step, position)


def _phases(desk: Desk, links: Links) -> tuple[PhaseView, ...]:
    roadmap, form = desk.figures.catalogue.roadmap, desk.format
    phases = [(phase.id, form.text(phase.name)) for phase in roadmap.phases]
    views = [
        PhaseView(name, tuple(_card(desk, step, links) for step in roadmap.steps if step.phase == phase))
        for phase, name in (*phases, (None, ""))
    ]
    return tuple(view for view in views if view.steps)


def _card(desk: Desk, step: RoadmapStep, links: Links) -> StepCard:
    form = desk.format
    return StepCard(
        step.number,
        Ref(form.text(step.name), links.to(path_of("step", step.id))),
        form.inline(step.aim),
        tuple(form.text(output.name) for output in step.outputs),
        _pilots(desk, step, links),
    )


def _pilots(desk: Desk, step: RoadmapStep, links: Links) -> tuple[PilotState, ...]:
    """Every pilot's state at a step, in order of pilot."""
    form, words = desk.format, desk.format.words
    outputs = {output.id: form.text(output.name) for output in step.outputs}
    states = []
    for pilot in desk.figures.catalogue.pilots.values():
        for progress in pilot.steps:
            if progress.step != step.number:
                continue
            finished = form.date(progress.finished) if progress.finished else ""
            dates = (
                words("value.span", start=form.date(progress.started), end=finished)
                if progress.started
                else ""
            )
            states.append(
                PilotState(
                    links.pilot(pilot.id),
                    progress.status,
                    words(f"step_state.{progress.status}"),
                    dates,
                    tuple((outputs.get(done.output, done.output), done.done) for done in progress.outputs),
                    form.inline(progress.note),
                )
            )
    return tuple(states)


def _step_page(desk: Desk, step: RoadmapStep, position: int) -> Page:
    form = desk.format
    roadmap = desk.figures.catalogue.roadmap
    path = path_of("step", step.id)
    links = desk.links(path)
    phases = {phase.id: form.text(phase.name) for phase in roadmap.phases}
    before = roadmap.steps[position - 1] if position else None
    after = roadmap.steps[position + 1] if position + 1 < len(roadmap.steps) else None
    context = RoadmapStepContext(
        phase=phases.get(step.phase or "", ""),
        aim=form.prose(step.aim),
        actions=tuple(form.inline(text) for text in step.actions),
        outputs=tuple(form.text(output.name) for output in step.outputs),
        responsible=tuple(form.text(text) for text in step.responsible),
        success=form.prose(step.success),
        risks=tuple(form.inline(text) for text in step.risks),
        pilots=_pilots(desk, step, links),
        cases=tuple(
            links.case(name)
            for name, head in desk.figures.catalogue.cases.items()
            if step.number in head.steps
        ),
        previous=links.roadmap_step(before.number) if before else None,
        following=links.roadmap_step(after.number) if after else None,
    )
    title = form.words("roadmap.numbered", n=step.number, name=form.text(step.name))
    aim = plain(form.text(step.aim))
    text = form.words("punctuation.dot").join([aim, *context.outputs])
    return desk.page("roadmap_step", path, title, context, SearchEntry(title, text), aim, position)
