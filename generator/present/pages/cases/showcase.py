"""The cover of a collection of cases: every case by kind, each with what was found in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.cases import change_of_case
from generator.model.case import CaseHead
from generator.present.links import CASES, HOME, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.case_opening import opening
from generator.present.parts.claims import home_text
from generator.present.text.format import Format

KINDS = ("case", "lesson", "policy")


@dataclass(frozen=True, slots=True)
class ShowcaseRow:
    """One case."""

    ref: Ref
    status: str
    status_label: str
    finding: str
    measured: bool
    """Whether the sentence is a measured one; else it is the author's opening."""
    places: tuple[tuple[str, Ref], ...]
    """Pilot and process, each with its word."""


@dataclass(frozen=True, slots=True)
class ShowcaseContext:
    """What the cover's template is given."""

    facts: str
    index: Ref
    case: tuple[ShowcaseRow, ...]
    lesson: tuple[ShowcaseRow, ...]
    policy: tuple[ShowcaseRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one cover, in the place of the home page."""
    words, form, links = ctx.format.words, ctx.format, ctx.links(HOME)
    catalogue = ctx.figures.catalogue
    rows = {
        kind: tuple(
            _row(ctx, name, head, links) for name, head in catalogue.cases.items() if head.kind == kind
        )
        for kind in KINDS
    }
    facts = words(
        "showcase.facts" if ctx.figures.as_of else "showcase.facts_empty",
        organisation=form.text(catalogue.handbook.organisation) or form.text(catalogue.handbook.title),
        period=form.period(ctx.figures.as_of),
        cases=words.count("showcase.cases", len(catalogue.cases)),
    )
    context = ShowcaseContext(
        facts, Ref(words("showcase.index"), links.to(CASES)), rows["case"], rows["lesson"], rows["policy"]
    )
    title = site_title(ctx.figures, form)
    yield ctx.page(
        "cases/showcase", HOME, title, context, SearchEntry(title, facts), facts, hide=("navigation",)
    )


def site_title(figures: Figures, form: Format) -> str:
    """The title of the collection."""
    return form.words("showcase.title", title=form.text(figures.catalogue.handbook.title))


def _row(ctx: PageContext, name: str, head: CaseHead, links: Links) -> ShowcaseRow:
    words = ctx.format.words
    found = _measured(ctx, head)
    places = (
        *(((words("table.pilot"), links.pilot(head.pilot)),) if head.pilot else ()),
        *(((words("filter.process"), links.process(head.process)),) if head.process else ()),
    )
    return ShowcaseRow(
        links.case(name),
        head.status,
        words(f"cases.status.{head.status}"),
        found or opening(ctx.figures, ctx.format, name),
        bool(found),
        places,
    )


def _measured(ctx: PageContext, head: CaseHead) -> str:
    """What the case's change did to the first of its indicators that could be tested; empty without one."""
    change = change_of_case(ctx.figures.catalogue, head)
    if change is None:
        return ""
    found = {
        effect.indicator: effect
        for effect in ctx.figures.effects[(head.pilot or "", change.id)]
        if effect.balance is not None
    }
    first = next((found[name] for name in (*head.indicators, *found) if name in found), None)
    return home_text(ctx, first) + ctx.format.words("punctuation.stop") if first else ""
