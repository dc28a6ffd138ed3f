"""A long review period of a handbook in which no pilot ran, in words: its indicators, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.library_quarter import LibraryQuarter, library_quarter, news_of
from generator.model.period import Period
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.pages.reviews.turns import TurnRow, turn_row
from generator.present.parts.findings import signal_word
from generator.present.parts.trend import ControlChartView, chart_view
from generator.present.text.format import Format
from generator.present.text.marked_text import capital
from generator.present.text.value_text import doubted

FEW = 12
"""Up to so many indicators all charts are printed; of more, only those with something new."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An entry of an indicator's history that falls into the period."""

    date: str
    ref: Ref
    change: str
    text: Markup


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The indicators of the organisation in one period."""

    headline: str
    news: tuple[tuple[str, str], ...]
    """(what is new against the period before, good, bad or normal)."""
    before: str
    """The period before, by name."""
    rows: tuple[TurnRow, ...]
    changed: tuple[ChangedRow, ...]


def library_view(ctx: PageContext, period: Period, path: str) -> LibraryView:
    """The period for the page at a path; figures are as they stood at its end."""
    links, form = ctx.links(path), ctx.format
    found = _found(ctx, period)
    return LibraryView(
        _headline(form, found),
        tuple(_news(ctx.figures, form, found)),
        form.period(found.before),
        tuple(turn_row(ctx.figures, form, item, links) for item in found.indicators),
        tuple(
            ChangedRow(
                form.date(entry.date),
                links.indicator(name),
                form.words(f"history.{entry.change}"),
                form.inline(entry.text),
            )
            for name, entry in found.changed
        ),
    )


def library_charts(ctx: PageContext, period: Period, links: Links) -> Iterator[ControlChartView]:
    """The trends of the indicators; of many, only of those that turned or carry a new signal."""
    found = _found(ctx, period)
    for item in found.indicators:
        if item.now.series is None or item.now.series.last is None:
            continue
        if len(found.indicators) <= FEW or item.turn is not None or item.new_signal is not None:
            indicator = ctx.figures.catalogue.indicators[item.indicator]
            heading = links.indicator(item.indicator)
            yield chart_view(ctx, item.now.series, indicator, heading, item.indicator, links)


def _found(ctx: PageContext, period: Period) -> LibraryQuarter:
    return library_quarter(ctx.at(period).figures, ctx.at(period.shift(-1)).figures, period)


def _headline(form: Format, found: LibraryQuarter) -> str:
    words, tally, before = form.words, found.tally, found.tally_before
    text = words.count("library.headline", tally.total, reached=tally.reached)
    if before is not None and before.total > before.unjudged:
        period = form.period(found.before)
        asked = any(item.asked_otherwise for item in found.indicators)
        key = "quarter.headline.before_asked" if asked else "quarter.headline.before"
        text += words(key, period=period, of=before.total, n=before.reached)
    parts = [text]
    for name, number in (("near", tally.near), ("missed", tally.missed), ("unjudged", tally.unjudged)):
        if number:
            parts.append(words.count(f"quarter.headline.{name}", number))
    if found.changed:
        parts.append(words.count("library.changed", len(found.changed)))
    return words("punctuation.clause").join(parts) + words("punctuation.stop")


def _news(figures: Figures, form: Format, found: LibraryQuarter) -> Iterator[tuple[str, str]]:
    """What is new, in words: what turned, and new signals."""
    words = form.words
    before = form.period(found.before)
    names = {
        item.indicator: form.inside(figures.catalogue.indicators[item.indicator].name)
        for item in found.indicators
    }
    if all(item.before is None for item in found.indicators):
        yield words("library.first", before=before), "normal"
        return
    told = False
    for news in news_of(found.indicators):
        parts = [
            words(
                f"quarter.changed.{turn}",
                names=form.listed([doubted(form, names[turned.indicator], turned.doubts) for turned in own]),
            )
            for turn, own in news.turns
        ]
        parts += [
            words(
                "quarter.changed.signal",
                name=names[signal.indicator],
                word=signal_word(form, signal.standing),
            )
            for signal in news.signals
        ]
        text = words("punctuation.clause").join(parts) + words("punctuation.stop")
        told = True
        yield capital(text), news.tone
    if not told:
        yield words("library.nothing", before=before), "normal"
