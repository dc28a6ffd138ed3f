"""The agenda of every pilot's next meeting, written from what changed since its last review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.present.links import ACTIONS, AGENDA, REVIEWS, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.agenda import (
    AgendaView,
    agenda_for,
    agenda_view,
    pilots_running_in,
    running_pilots,
)
from generator.present.parts.edition import counted
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class AgendaContext:
    """What the template is given."""

    summary: str
    views: tuple[AgendaView, ...]
    index: Ref
    actions: Ref | None


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; nothing where no pilot runs."""
    running = tuple(running_pilots(ctx.figures))
    if not running or not ctx.figures.catalogue.reviews:
        return
    words, links = ctx.format.words, ctx.links(AGENDA)
    agendas = [agenda_for(ctx, pilot) for pilot in running]
    text = summary(ctx.figures, ctx.format, len(agendas))
    some = any(review.actions for review in ctx.figures.catalogue.reviews.values())
    context = AgendaContext(
        text,
        tuple(agenda_view(ctx, agenda, links) for agenda in agendas),
        Ref(words("chapters.reviews"), links.to(REVIEWS)),
        Ref(words("actions.title"), links.to(ACTIONS)) if some else None,
    )
    title = words("agenda.title")
    page = ctx.page(
        "reviews/agenda",
        AGENDA,
        title,
        context,
        search=SearchEntry(title, text),
        description=text,
        order=-0.95,
    )
    yield ctx.in_chapter(page, "reviews")


def summary(figures: Figures, form: Format, pilots: int) -> str:
    """What the page is."""
    every = tuple(pilots_running_in(figures.whole))
    text = counted(form, "agenda.summary", range(pilots), every)
    return text + form.words("punctuation.stop")
