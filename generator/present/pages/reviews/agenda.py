"""The agenda of every pilot's next meeting, written from what changed since its last review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.agenda import Agenda, agenda_of, last_review
from generator.compute.figures import Figures
from generator.compute.quarter import runs_in
from generator.compute.rhythm import rhythm_begun
from generator.model.pilot import Pilot
from generator.present.desk import Desk
from generator.present.links import ACTIONS, AGENDA, REVIEWS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.pages.reviews.agenda_items import AgendaGroup, AgendaWriter
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.edition import counted
from generator.present.parts.meetings import meeting_ref


@dataclass(frozen=True, slots=True)
class AgendaView:
    """One pilot's next meeting."""

    ref: Ref
    anchor: str
    told: str
    """When the next review is due, and that nothing changed, where nothing did."""
    last: Ref | None
    last_told: str
    groups: tuple[AgendaGroup, ...]
    """None where nothing changed at all."""
    by_chance: str
    """How many of its signals are to be expected by chance; empty where it tells of none."""


@dataclass(frozen=True, slots=True)
class AgendaContext:
    """What the template is given."""

    summary: str
    views: tuple[AgendaView, ...]
    index: Ref
    actions: Ref | None


def pages(desk: Desk) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; nothing where no pilot runs."""
    running = tuple(running_pilots(desk))
    if not running or not desk.figures.catalogue.reviews:
        return
    words, links = desk.format.words, desk.links(AGENDA)
    agendas = [agenda_for(desk, pilot) for pilot in running]
    told = summary(desk, len(agendas))
    some = any(review.actions for review in desk.figures.catalogue.reviews.values())
    context = AgendaContext(
        told,
        tuple(agenda_view(desk, agenda, links) for agenda in agendas),
        Ref(words("chapters.reviews"), links.to(REVIEWS)),
        Ref(words("actions.title"), links.to(ACTIONS)) if some else None,
    )
    title = words("agenda.title")
    page = desk.page("reviews/agenda", AGENDA, title, context, SearchEntry(title, told), told, -0.95)
    yield desk.in_chapter(page, "reviews")


def summary(desk: Desk, pilots: int) -> str:
    """What the page is."""
    every = tuple(_running(desk.figures.whole))
    told = counted(desk, "agenda.summary", range(pilots), every)
    return told + desk.format.words("punctuation.stop")


def running_pilots(desk: Desk) -> Iterator[Pilot]:
    """The pilots that run in the period told about."""
    return _running(desk.figures)


def _running(figures: Figures) -> Iterator[Pilot]:
    calendar = figures.catalogue.handbook.calendar
    for pilot in figures.catalogue.pilots.values():
        if figures.as_of is not None and runs_in(pilot, figures.as_of, calendar):
            yield pilot


def agenda_for(desk: Desk, pilot: Pilot) -> Agenda:
    """What changed for a pilot since its last review."""
    last = last_review(desk.figures, pilot.id)
    then = desk.at(last.period).figures if last is not None else None
    return agenda_of(desk.figures, then, pilot, last)


def _since(desk: Desk, agenda: Agenda) -> str:
    """The last review, from which on the agenda is told."""
    words = desk.format.words
    if agenda.last is not None:
        return words("agenda.since", date=desk.format.date(agenda.last.date))
    return words("agenda.since_withheld" if agenda.last_withheld else "agenda.never")


def agenda_view(desk: Desk, agenda: Agenda, links: Links) -> AgendaView:
    """An agenda in the page's words."""
    form, words = desk.format, desk.format.words
    begun = rhythm_begun(desk.figures, desk.figures.catalogue.pilots[agenda.pilot])
    parts = [
        words("agenda.meeting", date=form.date(agenda.meeting))
        if agenda.meeting
        else words("agenda.over" if begun else "agenda.not_begun")
    ]
    if agenda.empty:
        parts.append(words("agenda.empty_shown" if agenda.in_part else "agenda.empty"))
    return AgendaView(
        links.pilot(agenda.pilot),
        f"agenda-{agenda.pilot}",
        words("punctuation.clause").join(parts) + words("punctuation.stop"),
        meeting_ref(desk, agenda.last, links) if agenda.last else None,
        _since(desk, agenda),
        () if agenda.empty else AgendaWriter(desk, links).groups(agenda),
        by_chance(desk, pack_keys(desk, agenda.pilot), f"pilots/{agenda.pilot}/by_chance")
        if agenda.signals
        else "",
    )
