"""Front, middle and back office: indicators by office, what packs hold, and which unit serves which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.insight.offices import OfficePack, OfficeView, offices_of
from generator.model.offices import OFFICE_ASKS
from generator.present.links import OFFICES, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.record import unit_name


@dataclass(frozen=True, slots=True)
class ServesRow:
    """A unit with those that it works for, and that work for it."""

    name: str
    serves: str
    served_by: str


@dataclass(frozen=True, slots=True)
class OfficePackRow:
    """A pack of the office."""

    pilot: Ref
    unit: str
    lacking: str


@dataclass(frozen=True, slots=True)
class OfficeSection:
    """One office."""

    name: str
    asks: str
    units: tuple[ServesRow, ...]
    packs: tuple[OfficePackRow, ...]
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class OfficesContext:
    """What the template is given."""

    summary: str
    offices: tuple[OfficeSection, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the indicators; none where nothing names an office."""
    found = offices_of(ctx.figures)
    if not found:
        return
    words, links = ctx.format.words, ctx.links(OFFICES)
    context = OfficesContext(words("offices.summary"), tuple(_office(ctx, view, links) for view in found))
    title = words("offices.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page(
        "library/offices", OFFICES, title, context, entry, context.summary, order=-3, hide=("toc",)
    )
    yield ctx.in_chapter(page, "indicators")


def _office(ctx: PageContext, view: OfficeView, links: Links) -> OfficeSection:
    words, asks = ctx.format.words, OFFICE_ASKS[view.id]
    names = [words(f"offices.ask.{ask}") for ask in asks]
    return OfficeSection(
        name=words(f"indicator.office.{view.id}"),
        asks=words("offices.asks", names=ctx.format.listed(names))
        if names
        else words("offices.asks_nothing"),
        units=tuple(_unit(ctx, unit) for unit in view.units),
        packs=tuple(_pack(ctx, pack, links) for pack in view.packs),
        indicators=tuple(links.indicator(name) for name in view.indicators),
    )


def _unit(ctx: PageContext, unit: str) -> ServesRow:
    units = ctx.figures.catalogue.handbook.units
    own = next(each for each in units if each.id == unit)

    def named(ids: list[str]) -> str:
        return ctx.format.join([unit_name(ctx.figures, ctx.format, name) for name in ids])

    serves = named(list(own.serves))
    if not serves and own.kind == "front":
        serves = ctx.format.words("offices.customers")
    return ServesRow(
        ctx.format.text(own.name), serves, named([each.id for each in units if unit in each.serves])
    )


def _pack(ctx: PageContext, pack: OfficePack, links: Links) -> OfficePackRow:
    words = ctx.format.words
    if pack.lacking is None:
        told = words("edition.in_part")
    elif pack.lacking:
        lacking = [words(f"offices.ask.{ask}") for ask in pack.lacking]
        told = words("offices.lacking", names=ctx.format.listed(lacking))
    else:
        told = words("offices.whole")
    return OfficePackRow(links.pilot(pack.pilot), unit_name(ctx.figures, ctx.format, pack.unit), told)
