"""What changed for a pilot since its last review, as the agenda of its next meeting.

It stands on the agenda page and on the page of its pilot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.actions import today_of
from generator.compute.insight.agenda import Agenda, agenda_of, last_review
from generator.compute.insight.quarter import runs_in
from generator.compute.insight.rhythm import rhythm_begun
from generator.model.pilot import Pilot
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.agenda_items import AgendaGroup, AgendaWriter
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.meetings import meeting_ref
from generator.present.text.format import Format


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


def running_pilots(figures: Figures) -> Iterator[Pilot]:
    """The pilots that run in the period told about."""
    return pilots_running_in(figures)


def pilots_running_in(figures: Figures) -> Iterator[Pilot]:
    calendar = figures.catalogue.handbook.calendar
    for pilot in figures.catalogue.pilots.values():
        if figures.as_of is not None and runs_in(pilot, figures.as_of, calendar):
            yield pilot


def agenda_for(ctx: PageContext, pilot: Pilot) -> Agenda:
    """What changed for a pilot since its last review."""
    last = last_review(ctx.figures, pilot.id)
    then = ctx.at(last.period).figures if last is not None else None
    return agenda_of(ctx.figures, then, pilot, last)


def _since(form: Format, agenda: Agenda) -> str:
    """The last review that the edition may see, from which on the agenda is told."""
    words, withheld = form.words, agenda.newest_withheld
    if agenda.last is not None:
        return words("agenda.since_before" if withheld else "agenda.since", date=form.date(agenda.last.date))
    return words("agenda.never_shown" if withheld else "agenda.never")


def _meeting(ctx: PageContext, agenda: Agenda) -> str:
    """When the next review is due, as far as the edition may tell."""
    figures, form, words = ctx.figures, ctx.format, ctx.format.words
    if agenda.newest_withheld:
        return words("agenda.meeting_withheld")
    if agenda.meeting is None:
        begun = rhythm_begun(figures, figures.catalogue.pilots[agenda.pilot])
        return words("agenda.over" if begun else "agenda.not_begun")
    today = today_of(figures.as_of, figures.catalogue.handbook.calendar)
    late = today is not None and agenda.meeting < today
    return words("agenda.meeting_late" if late else "agenda.meeting", date=form.date(agenda.meeting))


def agenda_view(ctx: PageContext, agenda: Agenda, links: Links) -> AgendaView:
    """An agenda in the page's words."""
    form, words = ctx.format, ctx.format.words
    parts = [_meeting(ctx, agenda)]
    if agenda.empty:
        parts.append(words("agenda.empty_shown" if agenda.in_part else "agenda.empty"))
    return AgendaView(
        ref=links.pilot(agenda.pilot),
        anchor=f"agenda-{agenda.pilot}",
        told=words("punctuation.clause").join(parts) + words("punctuation.stop"),
        last=meeting_ref(form, agenda.last, links) if agenda.last else None,
        last_told=_since(form, agenda),
        groups=() if agenda.empty else AgendaWriter(ctx, links).groups(agenda),
        by_chance=by_chance(ctx, pack_keys(ctx.figures, agenda.pilot), f"pilots/{agenda.pilot}/by_chance")
        if agenda.signals
        else "",
    )
