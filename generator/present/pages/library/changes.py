"""All changes of the library by date: what was redefined, retargeted, handed over or retired, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.present.links import Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet

PATH = "changes.md"


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One change of one indicator."""

    date: str
    kind: str
    kind_label: str
    ref: Ref
    text: Markup
    why: Markup
    by: str
    breaks: bool
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """What the changes page's template is given."""

    summary: str
    facets: tuple[Facet, ...]
    entries: tuple[ChangeEntry, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page of changes, newest first."""
    form, words, links = ctx.format, ctx.format.words, ctx.links(PATH)
    found = [
        (entry, indicator)
        for indicator in ctx.figures.catalogue.indicators.values()
        for entry in indicator.history
    ]
    found.sort(key=lambda pair: (pair[0].date, pair[1].id), reverse=True)
    entries = tuple(
        ChangeEntry(
            date=form.date(entry.date),
            kind=entry.change,
            kind_label=words(f"history.{entry.change}"),
            ref=links.indicator(indicator.id),
            text=form.inline(entry.text),
            why=form.inline(entry.why),
            by=form.text(entry.by),
            breaks=entry.breaks_series,
            data=(
                ("kind", entry.change),
                ("year", str(entry.date.year)),
                ("text", f"{form.text(indicator.name)} {form.text(entry.text)} {form.text(entry.why)}"),
            ),
        )
        for entry, indicator in found
    )
    facets = (
        facet(
            "kind",
            words("table.kind"),
            found,
            lambda pair: (pair[0].change,),
            lambda v: words(f"history.{v}"),
        ),
        facet("year", words("filter.year"), found, lambda pair: (str(pair[0].date.year),), str),
    )
    whole = ctx.figures.whole.catalogue.indicators.values()
    every = [entry for indicator in whole for entry in indicator.history]
    summary = counted(form, "changes.summary", entries, every)
    title = words("chapters.changes")
    context = ChangesContext(summary, tuple(one for one in facets if len(one.options) > 1), entries)
    page = ctx.page(
        "library/changes",
        PATH,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-8,
    )
    yield ctx.in_chapter(page, "indicators")
