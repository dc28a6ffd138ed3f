"""The metric tree of the whole library, and the small one on an indicator's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.model.indicator import Indicator
from generator.present.links import Links, Ref
from generator.present.maps.tree import TreeEntry, tree
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.edition import counted
from generator.present.parts.value import standing_view
from generator.present.text.format import Format

PATH = "tree.md"
GLYPHS = {"exceeded": "★", "met": "✓", "near": "≈", "missed": "✕"}
"""The signs of statuses, as the style sheet has them: triangles are signals' alone."""
WIDE = ("toc", "navigation")
"""A tree of a whole library wants all the room there is."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One indicator with what it drives, and how."""

    ref: Ref
    level: str
    drives: tuple[tuple[Ref, Markup], ...]


@dataclass(frozen=True, slots=True)
class TreeContext:
    """What the tree page's template is given."""

    summary: str
    drawing: Markup
    rows: tuple[TreeRow, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What drives an indicator and what it drives: as a small drawing, and as lists for a phone."""

    drawing: Markup
    drivers: tuple[TreeEntry, ...]
    driven: tuple[TreeEntry, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page of the whole tree."""
    words, links = ctx.format.words, ctx.links(PATH)
    known = ctx.figures.catalogue.indicators
    indicators = {name: other for name, other in known.items() if other.status != "retired"}
    shown = _linked(known)
    context = TreeContext(
        counted(ctx.format, "tree.summary", shown, _linked(ctx.figures.whole.catalogue.indicators)),
        drawing(ctx, shown, links, words("chapters.tree")) if shown else Markup(""),
        tuple(
            TreeRow(
                links.indicator(indicator.id),
                words(f"indicator.level.{indicator.level}") if indicator.level else "",
                tuple(
                    (links.indicator(driven.indicator), ctx.format.inline(driven.how))
                    for driven in indicator.contributes_to
                    if driven.indicator in indicators
                ),
            )
            for indicator in shown
            if any(driven.indicator in indicators for driven in indicator.contributes_to)
        ),
    )
    title = words("chapters.tree")
    page = ctx.page(
        "library/tree",
        PATH,
        title,
        context,
        search=SearchEntry(title, context.summary),
        description=context.summary,
        order=-9,
        hide=WIDE,
    )
    yield ctx.in_chapter(page, "indicators")


def _linked(known: Mapping[str, Indicator]) -> list[Indicator]:
    """The indicators in use that contribute to another, or that another contributes to."""
    indicators = {name: other for name, other in known.items() if other.status != "retired"}
    linked = {
        name
        for indicator in indicators.values()
        for contribution in indicator.contributes_to
        for name in (indicator.id, contribution.indicator)
        if contribution.indicator in indicators
    }
    return [indicator for indicator in indicators.values() if indicator.id in linked]


def neighbourhood(ctx: PageContext, indicator: Indicator, links: Links) -> Neighbourhood | None:
    """What stands beside an indicator in the tree; None where there is nothing."""
    indicators = ctx.figures.catalogue.indicators
    drivers = [indicators[name] for name in ctx.figures.usage.of(indicator.id).drivers]
    driven = [indicators[link.indicator] for link in indicator.contributes_to]
    if not drivers and not driven:
        return None
    near = list({near_by.id: near_by for near_by in (*drivers, indicator, *driven)}.values())
    title = ctx.format.words("tree.of", name=ctx.format.text(indicator.name))
    own = [(driver.id, indicator.id) for driver in drivers] + [(indicator.id, other.id) for other in driven]

    def entries(of: list[Indicator]) -> tuple[TreeEntry, ...]:
        return tuple(_entry(ctx.figures, ctx.format, one, links, focus=False) for one in of)

    drawn = drawing(ctx, near, links, title, indicator.id, own)
    return Neighbourhood(drawn, entries(drivers), entries(driven))


def drawing(
    ctx: PageContext,
    indicators: list[Indicator],
    links: Links,
    title: str,
    focus: str = "",
    edges: list[tuple[str, str]] | None = None,
) -> Markup:
    """The indicators as a tree; all links between them, or only the given ones."""
    if edges is None:
        inside = {indicator.id for indicator in indicators}
        edges = [
            (indicator.id, other.indicator)
            for indicator in indicators
            for other in indicator.contributes_to
            if other.indicator in inside
        ]
    entries = [
        _entry(ctx.figures, ctx.format, indicator, links, indicator.id == focus) for indicator in indicators
    ]
    return Markup(
        ctx.templates.piece(
            "drawings/tree.svg.jinja",
            tree=tree(entries, edges),
            title=title,
            description=ctx.format.words("tree.description", n=len(indicators)),
        )
    )


def _entry(figures: Figures, form: Format, indicator: Indicator, links: Links, focus: bool) -> TreeEntry:
    ref = links.indicator(indicator.id)
    series = next((assessed for assessed in figures.of_indicator(indicator.id) if assessed.last), None)
    status = standing_view(form, series.last if series else None)
    return TreeEntry(
        id=indicator.id,
        name=ref.title,
        href=ref.href,
        status=status.kind,
        status_label=status.label,
        focus=focus,
        glyph=GLYPHS.get(status.kind, "○"),
    )
