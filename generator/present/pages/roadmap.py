"""The roadmap and a page for each of its steps: what to do, what comes out, how far every pilot is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.roadmap_state import RoadState, road_of
from generator.model.roadmap import RoadmapStep
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView
from generator.present.parts.gantt import gantt_of, gantt_of_all
from generator.present.parts.progress import NextView, StateView, next_view, state_view
from generator.present.text.format import Format
from generator.present.text.prose import plain


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step on the roadmap's overview."""

    number: int
    ref: Ref
    aim: Markup
    outputs: tuple[str, ...]
    pilots: tuple[StateView, ...]
    """Those that have come to it, or should have."""


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase with its steps."""

    title: str
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class RoadmapContext:
    """What the overview's template is given."""

    summary: str
    next: tuple[NextView, ...]
    gantt: tuple[ChartView, ...]
    phases: tuple[PhaseView, ...]


@dataclass(frozen=True, slots=True)
class RoadmapStepContext:
    """What a step's template is given."""

    facts: tuple[str, ...]
    aim: Markup
    actions: tuple[Markup, ...]
    outputs: tuple[str, ...]
    responsible: tuple[str, ...]
    success: Markup
    risks: tuple[Markup, ...]
    pilots: tuple[StateView, ...]
    cases: tuple[Ref, ...]
    previous: Ref | None
    following: Ref | None


def pages(ctx: PageContext) -> Iterator[Page]:
    """The overview and the steps."""
    words, catalogue = ctx.format.words, ctx.figures.catalogue
    steps = catalogue.roadmap.steps
    states = {pilot.id: road_of(ctx.figures, pilot) for pilot in catalogue.pilots.values()}
    path = path_of("step", "index")
    summary = words.count("roadmap.summary", len(steps))
    title = words("chapters.roadmap")
    links = ctx.links(path)
    pairs = [(pilot, states[pilot.id]) for pilot in catalogue.pilots.values()]
    chart = (
        gantt_of(ctx, *pairs[0], links.pilot(pairs[0][0].id)) if len(pairs) == 1 else gantt_of_all(ctx, pairs)
    )
    context = RoadmapContext(
        summary,
        tuple(next_view(ctx.figures, ctx.format, pilot, state, links) for pilot, state in pairs),
        tuple(chart),
        _phases(ctx.figures, ctx.format, states, links),
    )
    yield ctx.page(
        "roadmap", path, title, context, search=SearchEntry(title, summary), description=summary, order=-1
    )
    for position, step in enumerate(steps):
        yield _step_page(ctx, step, states, position)


def _phases(
    figures: Figures, form: Format, states: Mapping[str, RoadState], links: Links
) -> tuple[PhaseView, ...]:
    roadmap = figures.catalogue.roadmap
    phases = [(phase.id, form.text(phase.name)) for phase in roadmap.phases]
    views = [
        PhaseView(
            name, tuple(_card(form, step, states, links) for step in roadmap.steps if step.phase == phase)
        )
        for phase, name in (*phases, (None, ""))
    ]
    return tuple(view for view in views if view.steps)


def _card(form: Format, step: RoadmapStep, states: Mapping[str, RoadState], links: Links) -> StepCard:
    return StepCard(
        step.number,
        Ref(form.text(step.name), links.to(path_of("step", step.id))),
        form.inline(step.aim),
        tuple(form.text(output.name) for output in step.outputs),
        _pilots(form, step, states, links),
    )


def _pilots(
    form: Format, step: RoadmapStep, states: Mapping[str, RoadState], links: Links
) -> tuple[StateView, ...]:
    """Every pilot that wrote of a step or is overdue there, in order of pilot."""
    return tuple(
        state_view(form, at, state.today, links.pilot(pilot), links)
        for pilot, state in states.items()
        for at in state.steps
        if at.step.number == step.number and (at.progress or at.overdue)
    )


def _step_page(ctx: PageContext, step: RoadmapStep, states: Mapping[str, RoadState], position: int) -> Page:
    form, words = ctx.format, ctx.format.words
    roadmap = ctx.figures.catalogue.roadmap
    path = path_of("step", step.id)
    links = ctx.links(path)
    phases = {phase.id: form.text(phase.name) for phase in roadmap.phases}
    before = roadmap.steps[position - 1] if position else None
    after = roadmap.steps[position + 1] if position + 1 < len(roadmap.steps) else None
    usual = words.count("roadmap.usual", step.days) if step.days else ""
    context = RoadmapStepContext(
        facts=tuple(fact for fact in (phases.get(step.phase or "", ""), usual) if fact),
        aim=form.prose(step.aim),
        actions=tuple(form.inline(text) for text in step.actions),
        outputs=tuple(form.text(output.name) for output in step.outputs),
        responsible=tuple(form.text(text) for text in step.responsible),
        success=form.prose(step.success),
        risks=tuple(form.inline(text) for text in step.risks),
        pilots=_pilots(form, step, states, links),
        cases=tuple(
            links.case(name)
            for name, head in ctx.figures.catalogue.cases.items()
            if step.number in head.steps
        ),
        previous=links.roadmap_step(before.number) if before else None,
        following=links.roadmap_step(after.number) if after else None,
    )
    title = words("roadmap.numbered", n=step.number, name=form.text(step.name))
    aim = plain(form.text(step.aim))
    text = words("punctuation.dot").join([aim, *context.outputs])
    return ctx.page(
        "roadmap_step", path, title, context, search=SearchEntry(title, text), description=aim, order=position
    )
