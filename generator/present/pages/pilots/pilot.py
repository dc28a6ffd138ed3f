"""One page for each pilot: verdict, pack against targets, a chart for each indicator, progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.named import named
from generator.compute.insight.roadmap_state import road_of
from generator.compute.score import PackFigure
from generator.model.pilot import PackItem, Pilot
from generator.model.process import ProcessMap
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.agenda import AgendaView, agenda_for, agenda_view, running_pilots
from generator.present.parts.chart import ChartView
from generator.present.parts.claims import change_title
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.effects import EffectView, clue_sentences, effects_of
from generator.present.parts.findings import signal_views
from generator.present.parts.gantt import gantt_of
from generator.present.parts.growth import grade
from generator.present.parts.pack import pack_figures
from generator.present.parts.progress import NextView, StateView, next_view, state_view
from generator.present.parts.record import RecordRow, owner_text, unit_name
from generator.present.parts.signal import SignalView
from generator.present.parts.trend import ControlChartView, chart_view
from generator.present.parts.value import ValueView, value_view
from generator.present.parts.verdict import Verdict, verdict
from generator.present.text.format import Format
from generator.present.text.prose import plain
from generator.present.text.scores import points_text, reading
from generator.present.text.value_text import progress_text


@dataclass(frozen=True, slots=True)
class PackRow:
    """One indicator of the pack in the review period."""

    ref: Ref
    weight: str
    gate: str
    owner: str
    baseline: str
    value: ValueView
    signals: tuple[SignalView, ...]
    progress: str
    grade: str
    """By yearly growth, where the indicator is judged so."""
    score: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of the process."""

    date: str
    kind: str
    text: Markup
    steps: str
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PilotTool:
    """One tool, with what it is for."""

    name: str
    why: str
    """Why no existing tool could serve."""
    kind: str
    since: str
    steps: str
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One training."""

    date: str
    audience: str
    topic: str
    attended: str


@dataclass(frozen=True, slots=True)
class PilotContext:
    """What the pilot's template is given."""

    verdict: Verdict
    expected: Markup
    facts: tuple[RecordRow, ...]
    review_period: str
    coverage: str
    agenda: AgendaView | None
    """Of its next review; None where it does not run, or nobody reviews."""
    pack: tuple[PackRow, ...]
    by_chance: str
    """How many of its signals are to be expected by chance."""
    standing: tuple[ChartView, ...]
    """Bullets, profile and score of the pack."""
    gantt: tuple[ChartView, ...]
    effects: tuple[EffectView, ...]
    clues: tuple[str, ...]
    charts: tuple[ControlChartView, ...]
    changes: tuple[ChangeRow, ...]
    steps: tuple[StateView, ...]
    next: NextView
    """What the method expects next."""
    tools: tuple[PilotTool, ...]
    training: tuple[TrainingRow, ...]
    cases: tuple[Ref, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for every pilot of the edition."""
    for order, pilot in enumerate(ctx.figures.catalogue.pilots.values()):
        path = path_of("pilot", pilot.id)
        if not ctx.shows(path):
            continue
        form = ctx.format
        context = _context(ctx, pilot, ctx.links(path))
        names = [row.ref.title for row in context.pack]
        title = form.text(pilot.name)
        text = form.words("punctuation.dot").join([plain(form.text(pilot.expected)), *names])
        yield ctx.page(
            "pilots/pilot",
            path,
            title,
            context,
            search=SearchEntry(title, text),
            description=context.verdict.text,
            order=order,
        )


def _context(ctx: PageContext, pilot: Pilot, links: Links) -> PilotContext:
    form = ctx.format
    figures = ctx.figures.pilots[pilot.id]
    process = ctx.figures.catalogue.processes.get(pilot.process or "")
    step_names = _step_names(form, process.maps.drawn if process else ())
    road = named(road_of(ctx.figures, pilot), f"pilots/{pilot.id}/roadmap")
    return PilotContext(
        verdict=verdict(ctx, pilot, figures, links),
        expected=form.prose(pilot.expected),
        facts=_facts(ctx.figures, form, pilot, links),
        review_period=form.period(ctx.figures.as_of),
        coverage=_coverage(ctx, figures),
        agenda=_agenda(ctx, pilot, links),
        pack=tuple(
            _pack_row(ctx.figures, form, item, figure, links)
            for item, figure in zip(pilot.pack, figures.pack, strict=True)
        ),
        by_chance=by_chance(ctx, pack_keys(ctx.figures, pilot.id), f"pilots/{pilot.id}/by_chance"),
        standing=tuple(pack_figures(ctx, pilot, figures)),
        gantt=tuple(gantt_of(ctx, pilot, road, Ref(form.words("chart.title.gantt")))),
        effects=effects_of(ctx, pilot, links),
        clues=clue_sentences(ctx.figures, form, pilot.id),
        charts=_charts(ctx, figures, links),
        changes=tuple(_changes(ctx.figures, form, pilot, step_names, links)),
        steps=tuple(
            state_view(form, step, road.today, links.roadmap_step(step.step.number), links)
            for step in road.steps
            if step.progress or step.overdue
        ),
        next=next_view(ctx.figures, form, pilot, road, links),
        tools=_tools(form, pilot, step_names, links),
        training=_training(form, pilot),
        cases=tuple(
            links.case(name) for name, case in ctx.figures.catalogue.cases.items() if case.pilot == pilot.id
        ),
    )


def _changes(
    figures: Figures, form: Format, pilot: Pilot, step_names: Mapping[str, str], links: Links
) -> Iterator[ChangeRow]:
    """What was changed of the process: title, text, the steps by name and the indicators it is to move."""
    for change in pilot.changes:
        yield ChangeRow(
            form.date(change.date),
            change_title(figures, form, pilot.id, change),
            form.inline(change.text),
            form.join([step_names.get(step, step) for step in change.steps]),
            tuple(links.indicator(indicator) for indicator in change.indicators),
        )


def _coverage(ctx: PageContext, figures: PilotFigures) -> str:
    """How much of the pack the score rests on, or how much of it is not for the edition."""
    form, withheld = ctx.format, figures.score.withheld
    if withheld is not None:
        return form.words("verdict.withheld", share=form.share(withheld.weight))
    covered = form.words("pilot.coverage", share=form.share(figures.score.coverage))
    said = reading(form, figures.score, ctx.figures.catalogue.handbook.scoring)
    if not said:
        return covered
    points = points_text(form, figures.score.value, ctx.figures.catalogue.handbook.scoring)
    scored = form.words("pilot.score", score=points, reading=said)
    return form.words("punctuation.clause").join([scored, covered])


def _agenda(ctx: PageContext, pilot: Pilot, links: Links) -> AgendaView | None:
    if not ctx.figures.catalogue.reviews or pilot not in running_pilots(ctx.figures):
        return None
    return agenda_view(ctx, agenda_for(ctx, pilot), links)


def _step_names(form: Format, maps: Iterable[tuple[str, ProcessMap]]) -> dict[str, str]:
    """Names of the process's steps over all of its maps; a step keeps its newest name."""
    found: dict[str, str] = {}
    for _, drawn in maps:
        found.update({step.id: form.step(step) for step in drawn.steps})
    return found


def _facts(figures: Figures, form: Format, pilot: Pilot, links: Links) -> tuple[RecordRow, ...]:
    words = form.words
    starts = form.period(pilot.period.from_)
    ends = form.period(pilot.period.to) if pilot.period.to else ""
    who = [
        words("punctuation.dot").join(
            part for part in (unit_name(figures, form, stakeholder.unit), form.text(stakeholder.role)) if part
        )
        for stakeholder in pilot.stakeholders
    ]
    rows = [
        RecordRow(words("pilot.process"), refs=(links.process(pilot.process),) if pilot.process else ()),
        RecordRow(words("pilot.unit"), escape(unit_name(figures, form, pilot.unit))),
        RecordRow(
            words("pilot.period"), escape(words("value.span", start=starts, end=ends) if ends else starts)
        ),
        RecordRow(words("pilot.sponsor"), escape(owner_text(figures, form, pilot.sponsor))),
        RecordRow(words("pilot.lead"), escape(owner_text(figures, form, pilot.lead))),
        RecordRow(words("pilot.stakeholders"), escape(form.join(who))),
    ]
    return tuple(row for row in rows if row.html or row.refs)


def _pack_row(figures: Figures, form: Format, item: PackItem, figure: PackFigure, links: Links) -> PackRow:
    indicator = figures.catalogue.indicators[item.indicator]
    point = figure.review
    baseline = point.baseline if point else figure.series.baseline if figure.series else None
    return PackRow(
        ref=links.indicator(item.indicator),
        weight=form.percent(figure.weight) if figure.weight is not None else "",
        gate=form.words("pilot.gate") if figure.gate else "",
        owner=owner_text(figures, form, item.owner),
        baseline=form.number(baseline, indicator.decimals),
        value=value_view(form, point, indicator),
        signals=signal_views(form, figure.series, figures.signals[figure.series.series.key], links)
        if figure.series
        else (),
        progress=progress_text(form, point),
        grade=grade(form, point),
        score=form.number(point.score if point else None),
    )


def _charts(ctx: PageContext, figures: PilotFigures, links: Links) -> tuple[ControlChartView, ...]:
    catalogue = ctx.figures.catalogue
    charts = []
    for number, figure in enumerate(figures.pack, 1):
        if figure.series is None or figure.series.last is None:
            continue
        indicator = catalogue.indicators[figure.indicator]
        charts.append(
            chart_view(ctx, figure.series, indicator, links.indicator(figure.indicator), f"{number}", links)
        )
    return tuple(charts)


def _tools(form: Format, pilot: Pilot, step_names: dict[str, str], links: Links) -> tuple[PilotTool, ...]:
    words = form.words
    return tuple(
        PilotTool(
            form.text(tool.name),
            form.text(tool.why),
            words(f"tool_kind.{tool.kind}") if tool.kind else "",
            form.date(tool.live) if tool.live else "",
            form.join([step_names.get(step, step) for step in tool.steps]),
            tuple(links.indicator(indicator) for indicator in tool.indicators),
        )
        for tool in pilot.tools
    )


def _training(form: Format, pilot: Pilot) -> tuple[TrainingRow, ...]:
    words = form.words
    return tuple(
        TrainingRow(
            form.date(session.date),
            words(f"training.{session.audience}"),
            form.text(session.topic),
            words(
                "value.of",
                n=named(session.attended, f"pilots/{pilot.id}/training/{place}/attended"),
                of=named(session.invited, f"pilots/{pilot.id}/training/{place}/invited"),
            )
            if session.attended is not None and session.invited is not None
            else "",
        )
        for place, session in enumerate(pilot.training)
    )
