"""The home page: what needs a decision first, then the verdicts, the packs, the way into the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from generator.compute.figures import Figures
from generator.compute.insight.evidence import has_evidence
from generator.compute.insight.named import named
from generator.model.indicator import Category as LibraryPart
from generator.present.links import EVIDENCE, HOME, Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.decisions import NeededDecision, decision_rows
from generator.present.parts.edition import counted
from generator.present.parts.tile import Tile, tile
from generator.present.parts.verdict import Verdict, verdict
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class PackTiles:
    """A pilot's pack as tiles."""

    ref: Ref
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """One category of the library with the number of its indicators."""

    ref: Ref
    count: str


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What the home page's template is given."""

    facts: str
    verdicts: tuple[Verdict, ...]
    decisions: tuple[NeededDecision, ...]
    """What needs a decision now, the gravest first."""
    none_decided: str
    """What stands where none does."""
    packs: tuple[PackTiles, ...]
    by_chance: str
    """How many of the tiles' signals are to be expected by chance."""
    categories: tuple[CategoryCount, ...]
    no_pilots: str
    """What stands where no pilot is told of."""
    evidence: Ref | None
    """The way to the evidence; None where there is no such page."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one home page; content/index.md, where there is one, opens it."""
    figures, form = ctx.figures, ctx.format
    catalogue = figures.catalogue
    links = ctx.links(HOME)
    title = form.text(catalogue.handbook.title)
    context = HomeContext(
        facts=_facts(figures, form),
        verdicts=tuple(
            verdict(ctx, pilot, figures.pilots[pilot.id], links) for pilot in catalogue.pilots.values()
        ),
        decisions=decision_rows(ctx, links),
        none_decided=form.words("decision.none" if figures.as_of else "decision.begin"),
        packs=tuple(_tiles(ctx, pilot, links) for pilot in catalogue.pilots),
        by_chance=by_chance(
            ctx,
            (key for pilot in catalogue.pilots for key in pack_keys(figures, pilot)),
            "standings/by_chance",
        ),
        categories=_categories(figures, form, links),
        no_pilots=form.words("home.no_pilots_shown" if figures.whole.pilots else "home.no_pilots"),
        evidence=Ref(form.words("evidence.link"), links.to(EVIDENCE)) if has_evidence(ctx.figures) else None,
    )
    organisation = form.text(catalogue.handbook.organisation)
    yield ctx.page(
        "home", HOME, title, context, SearchEntry(title, organisation), title, hide=("navigation", "toc")
    )


def _facts(figures: Figures, form: Format) -> str:
    catalogue = figures.catalogue
    every = figures.whole.catalogue
    return form.words(
        "home.facts" if figures.as_of else "home.facts_empty",
        organisation=form.text(catalogue.handbook.organisation) or form.text(catalogue.handbook.title),
        period=form.period(figures.as_of),
        pilots=counted(form, "home.pilots", catalogue.pilots, every.pilots, "pilots"),
        indicators=counted(form, "home.indicators", catalogue.indicators, every.indicators, "indicators"),
    )


def _tiles(ctx: PageContext, pilot: str, links: Links) -> PackTiles:
    indicators = ctx.figures.catalogue.indicators
    return PackTiles(
        links.pilot(pilot),
        tuple(
            tile(ctx, links.indicator(item.indicator), item.series, indicators[item.indicator])
            for item in ctx.figures.pilots[pilot].pack
        ),
    )


def _categories(figures: Figures, form: Format, links: Links) -> tuple[CategoryCount, ...]:
    counts: Counter[str | None] = Counter(
        indicator.category for indicator in figures.catalogue.indicators.values()
    )
    index = path_of("indicator", "index")
    sorted_out = any(one.category for one in figures.whole.catalogue.indicators.values())
    return tuple(
        CategoryCount(
            Ref(
                form.words(
                    f"indicator.category.{category or 'none'}" if sorted_out else "chapters.indicators"
                ),
                links.to(index, f"category={category}" if category else ""),
            ),
            form.number(named(counts[category], f"contents/by_category/{category or 'none'}")),
        )
        for category in (*get_args(LibraryPart), None)
        if counts[category]
    )
