"""The indicator index: every indicator of the edition, grouped by category, with its newest value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.indicator import Indicator
from generator.present.desk import Desk
from generator.present.links import Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.pages.findings import SignalView, variation_view
from generator.present.pages.record import owner_text
from generator.present.pages.views import ValueView, value_view

CATEGORIES = ("output", "time-efficiency", "cost-efficiency", "quality-experience", "digitalisation")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of the index."""

    ref: Ref
    code: str
    question: str
    level: str
    dimension: str
    aspect: str
    state: str
    owner: str
    value: ValueView
    signal: SignalView | None


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one category."""

    title: str
    anchor: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsContext:
    """What the index's template is given."""

    summary: str
    groups: tuple[Group, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The one index page."""
    words = desk.format.words
    path = path_of("indicator", "index")
    indicators = tuple(desk.figures.catalogue.indicators.values())
    context = IndicatorsContext(
        words.count("indicators.summary", len(indicators)), tuple(_groups(desk, indicators, desk.links(path)))
    )
    title = words("chapters.indicators")
    search = SearchEntry(title, context.summary)
    yield desk.page("indicators", path, title, context, search, context.summary, -1, ("toc",))


def _groups(desk: Desk, indicators: tuple[Indicator, ...], links: Links) -> Iterator[Group]:
    words = desk.format.words
    for category in (*CATEGORIES, None):
        rows = tuple(_row(desk, one, links) for one in indicators if one.category == category)
        if rows:
            key = category or "none"
            yield Group(words(f"indicator.category.{key}"), f"category-{key}", rows)


def _row(desk: Desk, indicator: Indicator, links: Links) -> IndicatorRow:
    form, words = desk.format, desk.format.words

    def label(group: str, value: str | None) -> str:
        return words(f"indicator.{group}.{value}") if value else ""

    series = next((one for one in desk.figures.of_indicator(indicator.id) if one.last), None)
    return IndicatorRow(
        links.indicator(indicator.id),
        indicator.code or "",
        form.text(indicator.question),
        label("level", indicator.level),
        label("dimension", indicator.dimension),
        label("aspect", indicator.aspect),
        "" if indicator.status == "active" else words(f"indicator.state.{indicator.status}"),
        owner_text(desk, indicator.owner),
        value_view(desk, series.last if series else None, indicator),
        variation_view(desk, desk.figures.signals[series.series.key], links) if series else None,
    )
