"""The review of a period as one page to print: what a meeting has on the table, pilot by pilot, without links
to follow.

Nothing new is told here: it is the sentences, figures and charts of other pages, put in order for paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.review import Review
from generator.present.links import Links
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews.quarter import PilotView, QuarterView, quarter_title, quarter_view
from generator.present.pages.reviews.without_pilots import LibraryView, library_charts, library_view
from generator.present.parts.chart import ChartView
from generator.present.parts.pack import pack_figures
from generator.present.parts.trend import ControlChartView, chart_view
from generator.present.parts.verdict import Verdict, verdict

PRINTED = "print.md"


@dataclass(frozen=True, slots=True)
class PrintedPilot:
    """One pilot's sheets."""

    verdict: Verdict
    view: PilotView
    summary: Markup
    """What its long review of the period says."""
    problems: tuple[Markup, ...]
    figures: tuple[ChartView, ...]
    charts: tuple[ControlChartView, ...]


@dataclass(frozen=True, slots=True)
class PrintedContext:
    """What the template is given."""

    facts: str
    quarter: QuarterView
    library: LibraryView | None
    """The organisation's indicators, where no pilot ran."""
    charts: tuple[ControlChartView, ...]
    """Of those indicators."""
    pilots: tuple[PrintedPilot, ...]


def printed_page(ctx: PageContext, period: Period) -> Page:
    """The page to print; the page context's figures are those of the period."""
    words, links = ctx.format.words, ctx.links(PRINTED)
    handbook = ctx.figures.catalogue.handbook
    quarter, _ = quarter_view(ctx, period, PRINTED)
    views = {view.ref.href: view for view in quarter.pilots}
    pilots = [
        _pilot(ctx, pilot, view, period, links)
        for pilot in ctx.figures.catalogue.pilots.values()
        if (view := views.get(links.pilot(pilot.id).href)) is not None
    ]
    until = words("cover.until", date=ctx.format.date(handbook.calendar.end(period)))
    facts = words("punctuation.dot").join(
        part for part in (ctx.format.text(handbook.organisation), until) if part
    )
    title = words("printed.title", period=quarter_title(ctx.format, period))
    library = None if quarter.pilots else library_view(ctx, period, PRINTED)
    charts = tuple(library_charts(ctx, period, links)) if library else ()
    context = PrintedContext(facts, quarter, library, charts, tuple(pilots))
    page = ctx.page(
        "reviews/printed",
        PRINTED,
        title,
        context,
        SearchEntry(title, ""),
        order=2,
        hide=("navigation", "toc"),
    )
    return ctx.in_chapter(page, "index")


def _pilot(ctx: PageContext, pilot: Pilot, view: PilotView, period: Period, links: Links) -> PrintedPilot:
    form = ctx.format
    own = ctx.figures.pilots[pilot.id]
    review = _long_review(ctx.figures, pilot, period)
    return PrintedPilot(
        verdict(ctx, pilot, own, links),
        view,
        form.prose(review.summary) if review else Markup(""),
        tuple(form.inline(problem.text) for problem in review.problems) if review else (),
        tuple(pack_figures(ctx, pilot, own, f"{pilot.id}-")),
        tuple(_charts(ctx, pilot, links)),
    )


def _long_review(figures: Figures, pilot: Pilot, period: Period) -> Review | None:
    found = [
        review
        for review in figures.catalogue.reviews.values()
        if review.pilot == pilot.id and review.kind == "long" and review.period == period
    ]
    return max(found, key=lambda review: review.date, default=None)


def _charts(ctx: PageContext, pilot: Pilot, links: Links) -> Iterator[ControlChartView]:
    for item in ctx.figures.pilots[pilot.id].pack:
        if item.series is not None and item.series.last is not None:
            indicator = ctx.figures.catalogue.indicators[item.indicator]
            name = f"{pilot.id}-{item.indicator}"
            yield chart_view(ctx, item.series, indicator, links.indicator(item.indicator), name, links)
