"""Rows of the people page: gates and bonuses, sessions, steps against training and tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.compute.figures import Figures
from generator.compute.insight.people import PayRule, PilotPeople, Session, StepCover
from generator.compute.series.tones import Tone, cover_tone, timing_tone
from generator.model.pilot import Pilot
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import change_title
from generator.present.parts.value import StatusView, status_view
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class PayRow:
    """A gate or a bonus of a pack."""

    ref: Ref
    kind: str
    label: str
    status: StatusView
    outcome: str
    tone: Tone
    guards: tuple[tuple[Ref, StatusView], ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayView:
    """What hangs on the pack of one pilot."""

    pilot: Ref
    sentence: str
    rows: tuple[PayRow, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Sessions of one pilot for one audience."""

    pilot: Ref
    audience: str
    held: str
    planned: str
    attended: str
    share: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session against the day its steps went live."""

    date: str
    pilot: Ref
    audience: str
    topic: str
    steps: tuple[Ref, ...]
    attended: str
    timing: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class TrainedCell:
    """Whether an audience was trained for a step: `state` gives the mark."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A step that was changed or was given a tool."""

    step: Ref
    live: str
    changes: str
    tools: tuple[str, ...]
    trained: tuple[TrainedCell, ...]


@dataclass(frozen=True, slots=True)
class CoverView:
    """The steps of one pilot's process against tools and training."""

    pilot: Ref
    sentence: str
    tone: Tone
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A tool with what it is for."""

    name: str
    pilot: Ref
    role: str
    live: str
    steps: tuple[Ref, ...]
    indicators: tuple[Ref, ...]


def pay_view(
    figures: Figures, form: Format, pilot: Pilot, pilot_people: PilotPeople, links: Links
) -> PayView:
    """Gates before bonuses, with what came of them."""
    words = form.words
    rows = sorted(pilot_people.pay, key=lambda item: item.kind != "gate")
    return PayView(
        links.pilot(pilot.id),
        words(f"people.gate.{pilot_people.gate or 'none'}"),
        tuple(_pay_row(figures, form, item, links) for item in rows),
    )


def _pay_row(figures: Figures, form: Format, item: PayRule, links: Links) -> PayRow:
    words = form.words
    indicators = figures.catalogue.indicators
    missed = form.listed(
        [form.inside(indicators[guard.indicator].name) for guard in item.guards if guard.status == "missed"]
    )
    return PayRow(
        ref=links.indicator(item.indicator),
        kind=item.kind,
        label=words(f"people.kind.{item.kind}"),
        status=status_view(form, item.status, item.doubts),
        outcome=words(f"people.outcome.{item.outcome or 'withheld'}"),
        tone=item.tone,
        guards=tuple(
            (links.indicator(guard.indicator), status_view(form, guard.status, guard.doubts))
            for guard in item.guards
        ),
        cautions=tuple(
            words(f"people.caution.{caution}", names=missed)
            for caution in item.cautions
            if caution != "closed"  # the outcome says so
        ),
    )


def attendance_rows(
    form: Format, pilot: Pilot, pilot_people: PilotPeople, links: Links
) -> Iterator[AttendanceRow]:
    """One row an audience, also where it was never invited."""
    words = form.words
    for item in pilot_people.attendance:
        yield AttendanceRow(
            pilot=links.pilot(pilot.id),
            audience=words(f"training.{item.audience}"),
            held=words.count("people.sessions", item.held) if item.held else words("people.none_held"),
            planned=words.count("people.sessions", item.planned) if item.planned else "",
            attended=words("value.of", n=item.attended, of=item.invited)
            if item.invited
            else form.number(None),
            share=form.share(item.share),
            percent=round(item.share * 100) if item.share is not None else None,
        )


def session_rows(
    figures: Figures, form: Format, pilot: Pilot, pilot_people: PilotPeople, today: date | None, links: Links
) -> Iterator[SessionRow]:
    """The sessions of a pilot by day."""
    words = form.words
    for session in pilot_people.sessions:
        training = session.training
        attended = ""
        if training.attended is not None and training.invited is not None:
            attended = words("value.of", n=training.attended, of=training.invited)
        elif training.invited is not None:
            attended = words("people.invited", n=training.invited)
        timing = _timing(form, session, today)
        process = pilot.process if pilot.process in figures.catalogue.processes else None
        yield SessionRow(
            date=form.date(training.date),
            pilot=links.pilot(pilot.id),
            audience=words(f"training.{training.audience}"),
            topic=form.text(training.topic),
            steps=tuple(links.step(process, step) for step in training.steps) if process else (),
            attended=attended,
            timing=timing,
            tone=timing_tone(session.days_before),
        )


def _timing(form: Format, session: Session, today: date | None) -> str:
    words, days = form.words, session.days_before
    coming = today is not None and session.training.date > today
    text = ""
    if days is not None:
        text = (
            words.count("people.before", days)
            if days > 0
            else words.count("people.after", -days)
            if days
            else words("people.same_day")
        )
    if coming:
        text = words("punctuation.dot").join(part for part in (words("people.coming"), text) if part)
    return text


def cover_view(
    ctx: PageContext, pilot: Pilot, pilot_people: PilotPeople, today: date | None, links: Links
) -> CoverView:
    """The touched steps of a process; which of those that are live had nobody trained."""
    form, words = ctx.format, ctx.format.words
    live = [cover for cover in pilot_people.cover if today is None or cover.live <= today]
    lacking = [cover for cover in live if cover.lacks()]
    names = [_step(pilot, cover.step, ctx, links).title for cover in lacking]
    given = {"untouched": pilot_people.untouched, "steps": form.listed(names), "lacking": len(lacking)}
    sentence = (
        words.count("people.cover.lacking", len(live), **given)
        if lacking
        else words.count("people.cover.whole", len(live), **given)
        if live
        else words("people.cover.none", **given)
    )
    return CoverView(
        links.pilot(pilot.id),
        sentence,
        cover_tone(len(live), len(lacking)),
        tuple(_cover_row(ctx, pilot, cover, today, links) for cover in pilot_people.cover),
    )


def _cover_row(
    ctx: PageContext, pilot: Pilot, cover: StepCover, today: date | None, links: Links
) -> CoverageRow:
    form, words = ctx.format, ctx.format.words
    coming = today is not None and cover.live > today
    kinds = [
        change_title(ctx.figures, form, pilot.id, change)
        for change in pilot.changes
        if change.id in cover.changes
    ]
    cells = []
    for _, timing, day in cover.trained:
        state = timing if timing != "never" else "missing"
        held = today is None or day is None or day <= today
        if day is None:
            text = words("people.trained.open" if coming else "people.trained.never")
        else:
            text = words(
                f"people.trained.{timing}" if held else "people.trained.planned", date=form.date(day)
            )
        cells.append(TrainedCell(state if held else "planned", text))
    return CoverageRow(
        _step(pilot, cover.step, ctx, links),
        words("people.live_from", date=form.date(cover.live)) if coming else form.date(cover.live),
        form.join(list(dict.fromkeys(kinds))),
        tuple(_tool(form, pilot, place) for place in cover.tools),
        tuple(cells),
    )


def _step(pilot: Pilot, step: str, ctx: PageContext, links: Links) -> Ref:
    process = pilot.process
    return links.step(process, step) if process in ctx.figures.catalogue.processes and process else Ref(step)


def _tool(form: Format, pilot: Pilot, place: int) -> str:
    words, tool = form.words, pilot.tools[place]
    name = form.text(tool.name)
    if tool.role is None:
        return name
    return words("process.tool", name=name, role=words(f"process.tool_role.{tool.role}"))


def tool_rows(ctx: PageContext, pilot: Pilot, today: date | None, links: Links) -> Iterator[ToolUse]:
    """The tools of a pilot with their steps and the figures that show them."""
    form, words = ctx.format, ctx.format.words
    for tool in pilot.tools:
        live = form.date(tool.live) if tool.live else ""
        if tool.live is not None and today is not None and tool.live > today:
            live = words("people.live_from", date=live)
        yield ToolUse(
            form.text(tool.name),
            links.pilot(pilot.id),
            words(f"process.tool_role.{tool.role}") if tool.role else "",
            live,
            tuple(_step(pilot, step, ctx, links) for step in tool.steps),
            tuple(links.indicator(name) for name in tool.indicators),
        )
