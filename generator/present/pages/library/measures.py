"""Packs laid against the three questions and the four measures; traditional and composite by category."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.insight.measures import (
    ASPECTS,
    MEASURES,
    CategoryRow,
    PackMeasures,
    category_rows,
    measures_of,
)
from generator.present.links import MEASURES as PATH
from generator.present.links import Links, Ref, pack_anchor
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A question with the indicators of each measure, and those of none."""

    name: str
    cells: tuple[tuple[Ref, ...], ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class PackGrid:
    """A pack on one small picture."""

    pilot: Ref
    anchor: str
    measures: tuple[str, ...]
    lines: tuple[MeasureLine, ...]
    no_measure: tuple[bool, ...]
    """For every measure whether no indicator takes it."""
    told: str


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A part of the library, traditional against composite."""

    name: str
    traditional: tuple[Ref, ...]
    composite: tuple[Ref, ...]
    replaced: tuple[tuple[Ref, Ref], ...]


@dataclass(frozen=True, slots=True)
class MeasuresContext:
    """What the template is given."""

    summary: str
    packs: tuple[PackGrid, ...]
    categories: tuple[CategoryView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the indicators; none without a pack and a category."""
    packs, rows = measures_of(ctx.figures), category_rows(ctx.figures)
    if not packs and not rows:
        return
    words, links = ctx.format.words, ctx.links(PATH)
    context = MeasuresContext(
        words("measures.summary"),
        tuple(_grid(ctx, pack, links) for pack in packs),
        tuple(_category(ctx, row, links) for row in rows),
    )
    title = words("measures.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page("library/measures", PATH, title, context, entry, context.summary, order=-4, hide=("toc",))
    yield ctx.in_chapter(page, "indicators")


def _grid(ctx: PageContext, pack: PackMeasures, links: Links) -> PackGrid:
    words = ctx.format.words
    questions = (*ASPECTS, None) if any(cell[1] is None for cell in pack.cells) else ASPECTS
    ways = (*MEASURES, None) if any(cell[2] is None for cell in pack.cells) else MEASURES
    return PackGrid(
        links.pilot(pack.id),
        pack_anchor(pack.id),
        tuple(words(f"indicator.dimension.{way}") if way else words("measures.unsaid") for way in ways),
        tuple(
            MeasureLine(
                words(f"indicator.aspect.{aspect}") if aspect else words("measures.unsaid"),
                tuple(
                    tuple(links.indicator(name) for name, own, by in pack.cells if (own, by) == (aspect, way))
                    for way in ways
                ),
                aspect in pack.no_aspect,
            )
            for aspect in questions
        ),
        tuple(way in pack.no_measure for way in ways),
        _told(ctx, pack),
    )


def _told(ctx: PageContext, pack: PackMeasures) -> str:
    words = ctx.format.words
    if pack.in_part:
        return words("edition.in_part")
    missing = [
        *(words(f"indicator.aspect.{aspect}") for aspect in pack.no_aspect),
        *(words(f"indicator.dimension.{way}") for way in pack.no_measure),
    ]
    names = [words.inside(name) for name in missing]
    return words("measures.missing", names=ctx.format.listed(names)) if names else words("measures.whole")


def _category(ctx: PageContext, row: CategoryRow, links: Links) -> CategoryView:
    return CategoryView(
        ctx.format.words(f"indicator.category.{row.id}"),
        tuple(links.indicator(name) for name in row.traditional),
        tuple(links.indicator(name) for name in row.composite),
        tuple((links.indicator(old), links.indicator(new)) for old, new in row.replaced),
    )
