"""The people side: what is paid for, who was trained before what, and what is measured of single persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.compute.figures import Figures
from generator.compute.insight.coached import coaching_of
from generator.compute.insight.node_tools import tools_of
from generator.compute.insight.people import AUDIENCES, PilotPeople, people_of
from generator.model.exact import counted
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.present.links import COACHING, NODE_TOOLS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.pilots.support import (
    AttendanceRow,
    CoverView,
    PayView,
    SessionRow,
    ToolUse,
    attendance_rows,
    cover_view,
    pay_view,
    session_rows,
    tool_rows,
)
from generator.present.parts.record import unit_name
from generator.present.text.format import Format
from generator.present.text.words import Words

PATH = "people.md"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An indicator that measures single persons."""

    ref: Ref
    posts: str
    incentive: str
    guards: tuple[Ref, ...]
    leads_to: tuple[Ref, ...]
    caution: str


@dataclass(frozen=True, slots=True)
class PeopleContext:
    """What the page's template is given."""

    findings: tuple[str, ...]
    further: tuple[Ref, ...]
    """Where tools and coaching are told of."""
    pay: tuple[PayView, ...]
    attendance: tuple[AttendanceRow, ...]
    sessions: tuple[SessionRow, ...]
    cover: tuple[CoverView, ...]
    tools: tuple[ToolUse, ...]
    """Those of pilots without a process: the others stand on the page of tools."""
    persons: tuple[PersonRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the pilots' chapter; nothing without pilots."""
    catalogue, words = ctx.figures.catalogue, ctx.format.words
    pilots = tuple(catalogue.pilots.values())
    if not pilots:
        return
    context = _context(ctx, pilots, ctx.links(PATH))
    title = words("people.title")
    stop = words("punctuation.stop")
    text = words("punctuation.sentence").join(said.removesuffix(stop) for said in context.findings)
    page = ctx.page(
        "pilots/people",
        PATH,
        title,
        context,
        search=SearchEntry(title, text and text + stop),
        description=text and text + stop,
        order=1000,
        hide=("toc",),
    )
    yield ctx.in_chapter(page, "pilots")


def _context(ctx: PageContext, pilots: Sequence[Pilot], links: Links) -> PeopleContext:
    figures, form, words = ctx.figures, ctx.format, ctx.format.words
    known = [(pilot, people_of(pilot, figures)) for pilot in pilots]
    calendar = figures.catalogue.handbook.calendar
    today = calendar.end(figures.as_of) if figures.as_of else None
    return PeopleContext(
        findings=tuple(_findings(form, known, today))
        if len(known) == len(figures.whole.catalogue.pilots)
        else (words("edition.in_part") + words("punctuation.stop"),),
        further=tuple(_further(figures, words, links)),
        pay=tuple(pay_view(figures, form, pilot, people, links) for pilot, people in known if people.pay),
        attendance=tuple(
            row
            for pilot, people in known
            if any(one.training or one.tools for one in pilots)
            for row in attendance_rows(form, pilot, people, links)
        ),
        sessions=tuple(
            row for pilot, people in known for row in session_rows(figures, form, pilot, people, today, links)
        ),
        cover=tuple(cover_view(ctx, pilot, people, today, links) for pilot, people in known if people.cover),
        tools=tuple(
            row
            for pilot in pilots
            if pilot.process not in figures.catalogue.processes
            for row in tool_rows(ctx, pilot, today, links)
        ),
        persons=tuple(
            _person(figures, form, indicator, links)
            for indicator in figures.catalogue.indicators.values()
            if _of_persons(indicator)
        ),
    )


def _findings(form: Format, known: Sequence[tuple[Pilot, PilotPeople]], today: date | None) -> Iterator[str]:
    """Three sentences: gates, trained before live, what nobody can see."""
    words = form.words
    gates = [(pilot, people.gate) for pilot, people in known if people.gate is not None]
    closed = [form.text(pilot.name) for pilot, gate in gates if gate == "not-passed"]
    if closed:
        yield words.count("people.finding.closed", len(gates), pilots=form.listed(closed))
    elif waiting := [form.text(pilot.name) for pilot, gate in gates if gate == "open"]:
        yield words.count("people.finding.waiting", len(gates), pilots=form.listed(waiting))
    elif gates and all(gate != "withheld" for _, gate in gates):
        yield words.count("people.finding.open", len(gates))
    for audience in AUDIENCES:
        own = [item for _, people in known for item in people.attendance if item.audience == audience]
        invited, attended = counted(item.invited for item in own), counted(item.attended for item in own)
        if invited:
            yield words(
                "people.finding.attended",
                audience=words(f"training.{audience}"),
                share=form.share(attended / invited),
                n=attended,
                of=invited,
            )
    live = [cover for _, people in known for cover in people.cover if today is None or cover.live <= today]
    lacking = [cover for cover in live if cover.lacks()]
    if live:
        if lacking:
            yield words.count("people.finding.lacking", len(live), lacking=len(lacking))
        else:
            yield words.count("people.finding.covered", len(live))
    blind = sum(len(people.blind_tools) for _, people in known)
    if blind:
        yield words.count("people.finding.blind", blind)


def _further(figures: Figures, words: Words, links: Links) -> Iterator[Ref]:
    """The pages that tell of tools and of coaching, where there is something to tell."""
    if any(tools_of(figures, process) for process in figures.catalogue.processes.values()):
        yield Ref(words("node_tools.title"), links.to(NODE_TOOLS))
    if coaching_of(figures):
        yield Ref(words("coaching.title"), links.to(COACHING))


def _of_persons(indicator: Indicator) -> bool:
    return indicator.level == "individual" and indicator.in_use


def _person(figures: Figures, form: Format, indicator: Indicator, links: Links) -> PersonRow:
    words = form.words
    posts = [form.text(post.role) or unit_name(figures, form, post.unit) for post in indicator.applies_to]
    paid = indicator.incentive in ("gate", "bonus")
    caution = ""
    if paid:
        caution = words("people.caution.person")
    elif not figures.whole.catalogue.indicators[indicator.id].guardrails:
        caution = words("people.caution.unguarded")
    return PersonRow(
        links.indicator(indicator.id),
        form.join(posts),
        words(f"indicator.incentive.{indicator.incentive}"),
        tuple(links.indicator(name) for name in indicator.guarded_by),
        tuple(links.indicator(link.indicator) for link in indicator.contributes_to),
        caution,
    )
