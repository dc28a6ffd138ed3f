"""Reviews: the index over all of them, which leads to quarters, actions, agenda and rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.actions import tasks_of, today_of
from generator.compute.insight.quarter import quarter_of, quarters_of
from generator.compute.insight.rhythm import rhythm_of
from generator.model.review import Review
from generator.present.links import ACTIONS, AGENDA, REVIEWS, RHYTHM, Links, Ref, quarter_path
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews import actions, agenda, rhythm
from generator.present.pages.reviews.quarter import headline, quarter_ref, quarter_title
from generator.present.parts.agenda import running_pilots
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet
from generator.present.parts.meetings import review_ref, review_title
from generator.present.text.format import Format
from generator.present.text.prose import plain

NEWEST = 12
"""So many reviews are shown; the earlier ones are folded."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review of the index."""

    ref: Ref
    pilot: Ref
    kind: str
    date: str
    summary: Markup
    open_actions: str
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A page that the index leads to, with what it says."""

    ref: Ref
    text: str


@dataclass(frozen=True, slots=True)
class ReviewsContext:
    """What the index's template is given."""

    summary: str
    ways: tuple[IndexEntry, ...]
    quarters: tuple[Ref, ...]
    facets: tuple[Facet, ...]
    reviews: tuple[ReviewRow, ...]
    earlier: tuple[ReviewRow, ...]
    """What is folded."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The index, newest first; nothing without reviews."""
    words = ctx.format.words
    reviews = sorted(
        ctx.figures.catalogue.reviews.values(), key=lambda review: (review.date, review.id), reverse=True
    )
    if not reviews:
        return
    links = ctx.links(REVIEWS)
    kinds = facet(
        "kind",
        words("table.kind"),
        reviews,
        lambda review: (review.kind,),
        lambda v: words(f"reviews.kind.{v}"),
    )
    pilots = facet(
        "pilot", words("table.pilot"), reviews, lambda review: (review.pilot,), lambda v: links.pilot(v).title
    )
    facets = tuple(chooser for chooser in (kinds, pilots) if len(chooser.options) > 1)
    summary = counted(ctx.format, "reviews.summary", reviews, ctx.figures.whole.catalogue.reviews)
    title = words("chapters.reviews")
    rows = tuple(_row(ctx.figures, ctx.format, review, links) for review in reviews)
    context = ReviewsContext(
        summary,
        tuple(_ways(ctx, links)),
        tuple(
            quarter_ref(ctx.figures, ctx.format, period, links)
            for period in reversed(quarters_of(ctx.figures))
        ),
        facets,
        rows[:NEWEST],
        rows[NEWEST:],
    )
    yield ctx.page(
        "reviews/index",
        REVIEWS,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-1,
        hide=("toc",),
    )


def _ways(ctx: PageContext, links: Links) -> Iterator[IndexEntry]:
    """The newest quarter, the agenda, the actions, the rhythm, each with its first sentence."""
    figures, words = ctx.figures, ctx.format.words
    periods = quarters_of(figures)
    if periods:
        newest = periods[-1]
        quarter = quarter_of(ctx.at(newest).figures, ctx.at(newest.shift(-1)).figures, newest)
        ref = Ref(quarter_title(ctx.format, newest), links.to(quarter_path(newest)))
        yield IndexEntry(ref, headline(figures, ctx.format, quarter))
    running = len(tuple(running_pilots(figures)))
    if running:
        yield IndexEntry(
            Ref(words("agenda.title"), links.to(AGENDA)), agenda.summary(figures, ctx.format, running)
        )
    tasks = tasks_of(figures.catalogue, today_of(figures.as_of, figures.catalogue.handbook.calendar))
    if tasks:
        yield IndexEntry(
            Ref(words("actions.title"), links.to(ACTIONS)), actions.summary(figures, ctx.format, tasks)
        )
    kept_rhythm = rhythm_of(figures)
    if kept_rhythm is not None:
        yield IndexEntry(
            Ref(words("rhythm.title"), links.to(RHYTHM)), rhythm.summary(figures, ctx.format, kept_rhythm)
        )


def _row(figures: Figures, form: Format, review: Review, links: Links) -> ReviewRow:
    words = form.words
    left = sum(1 for action in review.actions if action.status in ("open", "doing"))
    title = review_title(figures, form, review)
    return ReviewRow(
        ref=review_ref(figures, form, review, links),
        pilot=links.pilot(review.pilot),
        kind=words(f"reviews.kind.{review.kind}"),
        date=form.date(review.date),
        summary=form.inline(review.summary),
        open_actions=words("reviews.open_actions", n=left) if left else "",
        data=(
            ("kind", review.kind),
            ("pilot", review.pilot),
            ("text", f"{title} {plain(form.text(review.summary))}"),
        ),
    )
