"""The workshops: what was voted, set against what is computed; indicators sorted; the self-score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.workshops import VotedState, WorkshopState, workshops_of
from generator.model.workshop import SortedIndicator
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.diagnosis.workshop_form import PATH as FORM
from generator.present.parts.record import unit_name

PATH = "workshops.md"


@dataclass(frozen=True, slots=True)
class VotedRow:
    """A blockage that was voted on."""

    text: Markup
    step: Ref | None
    votes: str
    computed: str


@dataclass(frozen=True, slots=True)
class SortedRow:
    """An indicator that was sorted."""

    indicator: Ref
    serves: str
    reason: Markup
    decides: str


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """One workshop."""

    title: str
    facts: tuple[str, ...]
    process: Ref | None
    voted: tuple[VotedRow, ...]
    unseen: tuple[Ref, ...]
    """The computed blockages that nobody named."""
    sorted: tuple[SortedRow, ...]
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WorkshopsContext:
    """What the template is given."""

    summary: str
    form: Ref
    workshops: tuple[WorkshopView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, beside the questionnaire; before the first workshop it leads to the form."""
    if ctx.figures.catalogue.questionnaire is None:
        return
    words, links = ctx.format.words, ctx.links(PATH)
    found = workshops_of(ctx.figures)
    title = words("workshops.title")
    summary = words.count("workshops.summary", len(found)) if found else words("workshops.none")
    form = Ref(words("workshop_form.title"), links.to(FORM))
    context = WorkshopsContext(summary, form, tuple(_view(ctx, state, links) for state in found))
    page = ctx.page(
        "diagnosis/workshops",
        PATH,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=900,
    )
    yield ctx.in_chapter(page, "diagnosis")


def _view(ctx: PageContext, state: WorkshopState, links: Links) -> WorkshopView:
    form, words, workshop = ctx.format, ctx.format.words, state.workshop
    unit = unit_name(ctx.figures, form, workshop.unit) if workshop.unit else words("place.organisation")
    process = workshop.process
    facts = [words.count("workshops.people", workshop.people)] if workshop.people else []
    return WorkshopView(
        title=words("diagnosis.title", unit=unit, date=form.date(workshop.date)),
        facts=tuple(facts),
        process=links.process(process) if process else None,
        voted=tuple(_voted(ctx, voted, process, links, bool(state.computed)) for voted in state.voted),
        unseen=tuple(links.step(process, step) for step in state.unseen) if process else (),
        sorted=tuple(_sorted(ctx, item, links) for item in workshop.indicators),
        groups=tuple(
            (words(f"questionnaire.group.{name}"), form.number(round(mean, 1), 1))
            for name, mean in state.groups
        ),
    )


def _voted(
    ctx: PageContext, voted: VotedState, process: str | None, links: Links, computed: bool
) -> VotedRow:
    words, step = ctx.format.words, voted.blockage.step
    told = ""
    if voted.rank is not None:
        told = words("workshops.rank", n=voted.rank)
    elif computed and step:
        told = words("workshops.not_computed")
    votes = words.count("workshops.votes", voted.blockage.votes)
    return VotedRow(
        ctx.format.inline(voted.blockage.text),
        links.step(process, step) if process and step else None,
        votes if voted.several else words("workshops.alone", votes=votes),
        told,
    )


def _sorted(ctx: PageContext, item: SortedIndicator, links: Links) -> SortedRow:
    form = ctx.format
    ref = links.indicator(item.indicator) if item.indicator else Ref(form.text(item.name))
    return SortedRow(
        ref, form.words(f"workshops.serves.{item.serves}"), form.inline(item.reason), form.text(item.decides)
    )
