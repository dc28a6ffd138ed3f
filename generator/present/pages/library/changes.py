"""All changes of the library by date: what was redefined, retargeted, handed over or retired, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.indicator import HistoryEntry, Indicator
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet
from generator.present.text.format import Format

PATH = "changes.md"
NEWEST = 24
"""So many changes are shown; the earlier ones are folded."""


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
    earlier: tuple[ChangeEntry, ...]
    """What is folded."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page of changes, newest first."""
    form, links = ctx.format, ctx.links(PATH)
    found = [
        (entry, indicator)
        for indicator in ctx.figures.catalogue.indicators.values()
        for entry in indicator.history
    ]
    found.sort(key=lambda pair: (pair[0].date, pair[1].id), reverse=True)
    entries = tuple(_entry(form, entry, indicator, links) for entry, indicator in found)
    whole = ctx.figures.whole.catalogue.indicators.values()
    every = [entry for indicator in whole for entry in indicator.history]
    summary = counted(form, "changes.summary", entries, every)
    title = form.words("chapters.changes")
    context = ChangesContext(
        summary, tuple(_facets(form, [entry for entry, _ in found])), entries[:NEWEST], entries[NEWEST:]
    )
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


def _entry(form: Format, entry: HistoryEntry, indicator: Indicator, links: Links) -> ChangeEntry:
    """A row of the list, with what the filters and the search go by."""
    return ChangeEntry(
        date=form.date(entry.date),
        kind=entry.change,
        kind_label=form.words(f"history.{entry.change}"),
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


def _facets(form: Format, entries: Sequence[HistoryEntry]) -> Iterator[Facet]:
    """The filters that have something to choose from."""
    words = form.words
    for made in (
        facet(
            "kind",
            words("table.kind"),
            entries,
            lambda entry: (entry.change,),
            lambda kind: words(f"history.{kind}"),
        ),
        facet("year", words("filter.year"), entries, lambda entry: (str(entry.date.year),), str),
    ):
        if len(made.options) > 1:
            yield made
