"""The column beside an indicator: the library's other pages, and the indicators of its category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.compute.insight.standings import listed_series
from generator.model.indicator import Indicator
from generator.present.links import Links, Ref, path_of
from generator.present.page_context import PageContext
from generator.present.parts.value import StatusView, standing_view

MOST = 16
"""Indicators of a category that are listed; of more, those around the page's own."""
CHAPTER = ("indicators", "tree", "changes", "quality")


@dataclass(frozen=True, slots=True)
class BesideRow:
    """An indicator of the category, with how it stands."""

    ref: Ref
    status: StatusView
    here: bool


@dataclass(frozen=True, slots=True)
class BesideView:
    """What stands beside the page."""

    chapter: tuple[Ref, ...]
    title: str
    rows: tuple[BesideRow, ...]
    more: Ref | None
    """All of the category, where not all are listed."""


@dataclass(slots=True)
class CategoryList:
    """The indicators in use of one category, in the order of their lists."""

    members: list[Indicator] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Where each stands among them, by its id: a page that looked for its own would go through all."""


def by_category(indicators: Sequence[Indicator]) -> dict[str | None, CategoryList]:
    """The categories that have indicators in use, with these in the given order."""
    found: dict[str | None, CategoryList] = {}
    for indicator in indicators:
        if indicator.status != "retired":
            category = found.setdefault(indicator.category, CategoryList())
            category.places[indicator.id] = len(category.members)
            category.members.append(indicator)
    return found


def statuses(ctx: PageContext, indicators: Sequence[Indicator]) -> dict[str, StatusView]:
    """How each indicator stands, once for all pages."""
    found = {indicator.id: listed_series(ctx.figures, indicator.id) for indicator in indicators}
    return {
        name: standing_view(ctx.format, series.last if series else None) for name, series in found.items()
    }


def beside_view(
    ctx: PageContext,
    indicator: Indicator,
    category: CategoryList,
    stands: Mapping[str, StatusView],
    links: Links,
) -> BesideView:
    """The column of one indicator; `category` is its own."""
    words = ctx.format.words
    every = ctx.shown is None  # else each page of a large category would ask for all of the others
    shown, own = category.members, category.places.get(indicator.id, 0)
    if not every:
        before = [other for other in shown[:own] if ctx.shows(path_of("indicator", other.id))]
        shown = [*before, *(other for other in shown[own:] if ctx.shows(path_of("indicator", other.id)))]
        own = len(before)
    first = max(0, min(own - MOST // 2, len(shown) - MOST))
    index, chosen = path_of("indicator", "index"), indicator.category
    more = None
    if len(shown) > MOST:
        more = Ref(
            words("indicator.beside_more", n=len(shown)),
            links.to(index, f"category={chosen}" if chosen else ""),
        )
    chapter = [
        Ref(words(f"chapters.{name}"), links.to(index if name == "indicators" else f"{name}.md"))
        for name in CHAPTER
    ]
    return BesideView(
        chapter=tuple(ref for ref in chapter if ref.href),
        title=words(f"indicator.category.{chosen or 'none'}"),
        rows=tuple(
            BesideRow(links.indicator(other.id), stands[other.id], other.id == indicator.id)
            for other in shown[first : first + MOST]
        ),
        more=more,
    )
