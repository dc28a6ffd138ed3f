"""A frozen edition is the review of one period: a cover opens it, the handbook's own home stands behind it.

The cover tells a manager first in words and then in figures how the period went and what has changed since
the one before; the same is laid out once more to be printed (`printed`). Where no pilot ran, it tells of the
organisation's indicators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.model.as_of import told_on
from generator.model.period import Period
from generator.present.links import HOME, MANIFEST, Links, Ref, path_of, quarter_path
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews.printed import PRINTED, printed_page
from generator.present.pages.reviews.quarter import QuarterView, quarter_title, quarter_view
from generator.present.pages.reviews.without_pilots import LibraryView, library_view
from generator.present.text.format import Format

BEHIND = "handbook.md"
"""Where the handbook's own home goes."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A way into the edition, with what is found there."""

    ref: Ref
    text: str


@dataclass(frozen=True, slots=True)
class CoverContext:
    """What the cover's template is given."""

    facts: str
    quarter: QuarterView
    library: LibraryView | None
    """The organisation's indicators, where no pilot ran."""
    contents: tuple[Contents, ...]
    frozen: str
    manifest: Ref


def frozen_pages(ctx: PageContext, pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages of an edition with a cover in front and a page to print; as they are without a period."""
    period = ctx.figures.as_of
    if period is None:
        return dict(pages)
    home = replace(
        pages[HOME], path=BEHIND, is_index=False, order=1, title=ctx.format.words("cover.handbook")
    )
    return {**pages, HOME: _cover(ctx, period, pages), BEHIND: home, PRINTED: printed_page(ctx, period)}


def _cover(ctx: PageContext, period: Period, pages: Mapping[str, Page]) -> Page:
    form, words, links = ctx.format, ctx.format.words, ctx.links(HOME)
    handbook = ctx.figures.catalogue.handbook
    end = form.date(handbook.calendar.end(period))
    title = quarter_title(form, period)
    quarter, _ = quarter_view(ctx, period, HOME)
    library = None if quarter.pilots else library_view(ctx, period, HOME)
    headline = library.headline if library else quarter.headline
    context = CoverContext(
        facts=words("punctuation.dot").join(
            part
            for part in (
                form.text(handbook.organisation),
                form.text(handbook.title),
                words("cover.until", date=end),
            )
            if part
        ),
        quarter=quarter,
        library=library,
        contents=_contents(ctx.figures, form, period, links, pages),
        frozen=_inside(ctx.figures, form, period),
        manifest=Ref(words("cover.manifest"), MANIFEST),
    )
    search = SearchEntry(title, headline)
    return ctx.page("reviews/cover", HOME, title, context, search, headline, hide=("navigation", "toc"))


def _inside(figures: Figures, form: Format, period: Period) -> str:
    """What the edition holds, by kind and day, as `model.as_of` cuts it; of no day that a review tells which
    the edition may not see."""
    words, catalogue, every = form.words, figures.catalogue, figures.whole.catalogue
    calendar = catalogue.handbook.calendar
    end = form.date(calendar.end(period))
    hidden = any(
        review.kind == "long" for name, review in every.reviews.items() if name not in catalogue.reviews
    )
    text = words("cover.inside.told_withheld") if hidden else form.date(told_on(every, period))
    parts = [words("cover.inside.results", end=end, told=text)]
    if catalogue.reviews:
        last = max(review.date for review in catalogue.reviews.values())
        parts.append(words("cover.inside.reviews", end=end, last=form.date(last), told=text))
    parts.append(words("cover.inside.rest", end=end))
    return "".join(parts) + words("cover.inside.kept")


def _contents(
    figures: Figures, form: Format, period: Period, links: Links, pages: Mapping[str, Page]
) -> tuple[Contents, ...]:
    """The ways into the edition, to pages that are made."""
    words = form.words
    places = (
        ("quarter", quarter_path(period)),
        ("printed", PRINTED),
        ("pilots", path_of("pilot", "index")),
        ("indicators", path_of("indicator", "index")),
        ("handbook", BEHIND),
    )
    return tuple(
        Contents(Ref(words(f"cover.contents.{name}"), links.to(path)), words(f"cover.about.{name}"))
        for name, path in places
        if (path in pages or path in (PRINTED, BEHIND)) and (name != "pilots" or figures.catalogue.pilots)
    )
