"""One page for each pilot: verdict, the board of its pack, what its changes did, what is next, the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.decisions import overdue_of
from generator.compute.insight.levels import reach_of_pilot
from generator.compute.insight.named import named
from generator.compute.insight.roadmap_state import RoadState, StepState, road_of
from generator.compute.series.tones import Tone
from generator.model.pilot import Pilot
from generator.model.process import ProcessMap
from generator.present.charts import sparkline
from generator.present.charts.sparkline import SparkPoint
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.agenda import AgendaView, agenda_for, agenda_view, running_pilots
from generator.present.parts.board import BoardRow, board
from generator.present.parts.changes_told import ChangeGroup, change_groups, strip_axis
from generator.present.parts.chart import ChartView
from generator.present.parts.claims import change_title
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.decisions import overdue_text
from generator.present.parts.effects import clue_sentences
from generator.present.parts.gantt import gantt_of
from generator.present.parts.pack import blind_ref, score_course
from generator.present.parts.progress import NextView, StateView, next_view, state_view
from generator.present.parts.reach import reach_ref
from generator.present.parts.record import RecordRow, owner_text, people_names, unit_name
from generator.present.parts.tasks import NextRow, tasks
from generator.present.parts.tile import told_values
from generator.present.parts.verdict import Verdict, verdict
from generator.present.text.format import Format
from generator.present.text.marked_text import capital
from generator.present.text.prose import plain
from generator.present.text.scores import points_text, reading


@dataclass(frozen=True, slots=True)
class ProcessChange:
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
class RoadStop:
    """One step of the roadmap in the band under the verdict."""

    number: str
    name: str
    state: str
    label: str
    now: bool
    late: bool


@dataclass(frozen=True, slots=True)
class BandFact:
    """A fact beside it."""

    label: str
    text: str
    tone: Tone = "normal"


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The score over the review periods: a small line, and what it is made of."""

    spark: Markup
    chart: ChartView


@dataclass(frozen=True, slots=True)
class PilotContext:
    """What the pilot's template is given."""

    verdict: Verdict
    stepper: tuple[RoadStop, ...]
    band: tuple[BandFact, ...]
    """When it is reviewed next, and what is overdue."""
    review_period: str
    unscored: str
    """Why there is no score yet; empty where there is one."""
    coverage: str
    board: tuple[BoardRow, ...]
    blind: Ref
    """Which ways to measure work no indicator of the pack takes, and which questions none answers."""
    by_chance: str
    """How many of its signals are to be expected by chance."""
    effects: tuple[ChangeGroup, ...]
    axis: Markup
    """Of the effects, over their rows."""
    next: NextView
    """What the method expects next."""
    agenda: AgendaView | None
    """Of its next review; None where it does not run, or nobody reviews."""
    reach: Ref | None
    """The share of the causes in its reviews that are outside a person's reach."""
    tasks: tuple[NextRow, ...]
    """What is to be done and spoken of, in one list."""
    score: ScoreView | None
    expected: Markup
    facts: tuple[RecordRow, ...]
    gantt: tuple[ChartView, ...]
    clues: tuple[str, ...]
    changes: tuple[ProcessChange, ...]
    steps: tuple[StateView, ...]
    tools: tuple[PilotTool, ...]
    training: tuple[TrainingRow, ...]
    cases: tuple[Ref, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for every pilot of the edition."""
    for order, pilot in enumerate(ctx.figures.catalogue.pilots.values()):
        path = path_of("pilot", pilot.id)
        if not ctx.wants(path):
            continue
        yield ctx.page_or_kept(path, partial(_page, pilot=pilot, path=path, order=order))


def _page(ctx: PageContext, pilot: Pilot, path: str, order: int) -> Page:
    form, context = ctx.format, _context(ctx, pilot, ctx.links(path))
    names = [row.name for row in context.board]
    title = form.text(pilot.name)
    text = form.words("punctuation.dot").join([plain(form.text(pilot.expected)), *names])
    return ctx.page(
        "pilots/pilot",
        path,
        title,
        context,
        search=SearchEntry(
            title,
            text,
            people=people_names(ctx.figures, form, pilot.lead, pilot.sponsor),
            value=f"{context.verdict.figure} {context.verdict.figure_note}".strip(),
        ),
        description=context.verdict.text,
        order=order,
    )


def _context(ctx: PageContext, pilot: Pilot, links: Links) -> PilotContext:
    form = ctx.format
    figures = ctx.figures.pilots[pilot.id]
    process = ctx.figures.catalogue.processes.get(pilot.process or "")
    step_names = _step_names(form, process.maps.drawn if process else ())
    road = named(road_of(ctx.figures, pilot), f"pilots/{pilot.id}/roadmap")
    effects = change_groups(ctx, pilot, links)
    following, agenda = next_view(ctx.figures, form, pilot, road, links), _agenda(ctx, pilot, links)
    return PilotContext(
        verdict=verdict(ctx, pilot, figures, links),
        stepper=tuple(_stop(form, step, road) for step in road.steps),
        band=tuple(_band(ctx, pilot, agenda)),
        review_period=form.period(ctx.figures.as_of) if ctx.figures.as_of else "",
        unscored=_unscored(ctx, figures),
        coverage=_coverage(ctx, figures),
        board=board(ctx, pilot, figures, links),
        blind=blind_ref(ctx, pilot.id, links),
        by_chance=by_chance(ctx, pack_keys(ctx.figures, pilot.id), f"pilots/{pilot.id}/by_chance"),
        effects=effects,
        axis=strip_axis(ctx) if effects else Markup(""),
        next=following,
        agenda=agenda,
        reach=reach_ref(ctx, reach_of_pilot(ctx.figures, pilot.id), "pilots", links),
        tasks=tasks(following, agenda),
        score=_score(ctx, pilot, figures),
        expected=form.prose(pilot.expected),
        facts=_facts(ctx.figures, form, pilot, links),
        gantt=tuple(gantt_of(ctx, pilot, road, Ref(form.words("chart.title.gantt")))),
        clues=clue_sentences(ctx.figures, form, pilot.id),
        changes=tuple(_changes(ctx.figures, form, pilot, step_names, links)),
        steps=tuple(
            state_view(form, step, road.today, links.roadmap_step(step.step.number), links)
            for step in road.steps
            if step.progress or step.overdue
        ),
        tools=_tools(form, pilot, step_names, links),
        training=_training(form, pilot),
        cases=tuple(
            links.case(name) for name, case in ctx.figures.catalogue.cases.items() if case.pilot == pilot.id
        ),
    )


def _stop(form: Format, state: StepState, road: RoadState) -> RoadStop:
    return RoadStop(
        number=str(state.step.number),
        name=form.text(state.step.name),
        state=state.status,
        label=form.words(f"step_state.{state.status}"),
        now=road.current is not None and road.current.step is state.step,
        late=state.overdue is not None,
    )


def _band(ctx: PageContext, pilot: Pilot, agenda: AgendaView | None) -> Iterator[BandFact]:
    """Who leads it, when the next review is due, and what is overdue, as the home page says it."""
    words = ctx.format.words
    if lead := owner_text(ctx.figures, ctx.format, pilot.lead):
        yield BandFact(words("pilot.lead"), lead)
    if agenda is not None:
        yield BandFact(words("pilot.next_review"), agenda.told)
    if ctx.figures.as_of is None:
        return  # nobody knows on which day things are late
    late = overdue_of(ctx.figures, pilot)
    label = words("decision.kind.overdue")
    if late is None:
        yield BandFact(label, words("pilot.none_overdue"))
    else:
        yield BandFact(label, capital(overdue_text(ctx.format, late)), late.tone)


def _score(ctx: PageContext, pilot: Pilot, figures: PilotFigures) -> ScoreView | None:
    """The score over the review periods; None where there is no course of it, or it is withheld."""
    chart, history = score_course(ctx, pilot, figures)
    if chart is None:
        return None
    target = ctx.figures.catalogue.handbook.scoring.target
    drawn = sparkline.geometry([SparkPoint(past.score.value, target) for past in history])
    if drawn is None:
        return ScoreView(Markup(""), chart)
    label = chart.heading.title
    told = told_values(
        (past.period, points_text(ctx.format, past.score.value, ctx.figures.catalogue.handbook.scoring))
        for past in history
    )
    piece = ctx.templates.piece(
        "drawings/sparkline.svg.jinja", spark=drawn, tone="normal", label=label, told=told
    )
    return ScoreView(Markup(piece), chart)


def _changes(
    figures: Figures, form: Format, pilot: Pilot, step_names: Mapping[str, str], links: Links
) -> Iterator[ProcessChange]:
    """What was changed of the process: title, text, the steps by name and the indicators it is to move."""
    for change in pilot.changes:
        yield ProcessChange(
            form.date(change.date),
            change_title(figures, form, pilot.id, change),
            form.inline(change.text),
            form.join([step_names.get(step, step) for step in change.steps]),
            tuple(links.indicator(indicator) for indicator in change.indicators),
        )


def _unscored(ctx: PageContext, figures: PilotFigures) -> str:
    """Why a pack has no score; empty where it has, or where what it has is told otherwise."""
    words, score = ctx.format.words, figures.score
    if ctx.figures.as_of is None:
        return words("pilot.unscored")
    if score.value is not None or score.withheld is not None or score.gate == "not-passed":
        return ""
    return words("pilot.no_points", period=ctx.format.period(ctx.figures.as_of))


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
            words("pilot.period"),
            escape(
                words("value.span", start=starts, end=ends) if ends else words("value.open", start=starts)
            ),
        ),
        RecordRow(words("pilot.sponsor"), escape(owner_text(figures, form, pilot.sponsor))),
        RecordRow(words("pilot.lead"), escape(owner_text(figures, form, pilot.lead))),
        RecordRow(words("pilot.stakeholders"), escape(form.join(who))),
    ]
    return tuple(row for row in rows if row.html or row.refs)


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
