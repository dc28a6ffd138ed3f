"""Reviews: the index over all of them, which leads to quarters, actions, agenda and rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.actions import tasks_of, today_of
from generator.compute.insight.quarter import quarter_of, quarters_of
from generator.compute.insight.rhythm import rhythm_of
from generator.model.review import Review
from generator.present.desk import PageContext
from generator.present.links import ACTIONS, AGENDA, REVIEWS, RHYTHM, Links, Ref, quarter_path
from generator.present.page import Page, SearchEntry
from generator.present.pages.reviews import actions, agenda, rhythm
from generator.present.pages.reviews.quarter import headline, quarter_ref, quarter_title
from generator.present.parts.agenda import running_pilots
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet
from generator.present.parts.meetings import review_ref, review_title
from generator.present.prose import plain


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


def pages(desk: PageContext) -> Iterator[Page]:
    """The index, newest first; nothing without reviews."""
    words = desk.format.words
    reviews = sorted(
        desk.figures.catalogue.reviews.values(), key=lambda one: (one.date, one.id), reverse=True
    )
    if not reviews:
        return
    links = desk.links(REVIEWS)
    kinds = facet(
        "kind", words("table.kind"), reviews, lambda one: (one.kind,), lambda v: words(f"reviews.kind.{v}")
    )
    pilots = facet(
        "pilot", words("table.pilot"), reviews, lambda one: (one.pilot,), lambda v: links.pilot(v).title
    )
    facets = tuple(one for one in (kinds, pilots) if len(one.options) > 1)
    summary = counted(desk, "reviews.summary", reviews, desk.figures.whole.catalogue.reviews)
    title = words("chapters.reviews")
    context = ReviewsContext(
        summary,
        tuple(_ways(desk, links)),
        tuple(quarter_ref(desk, period, links) for period in reversed(quarters_of(desk.figures))),
        facets,
        tuple(_row(desk, review, links) for review in reviews),
    )
    yield desk.page(
        "reviews/index", REVIEWS, title, context, SearchEntry(title, summary), summary, -1, ("toc",)
    )


def _ways(desk: PageContext, links: Links) -> Iterator[IndexEntry]:
    """The newest quarter, the agenda, the actions, the rhythm, each with its first sentence."""
    figures, words = desk.figures, desk.format.words
    periods = quarters_of(figures)
    if periods:
        newest = periods[-1]
        quarter = quarter_of(desk.at(newest).figures, desk.at(newest.shift(-1)).figures, newest)
        ref = Ref(quarter_title(desk, newest), links.to(quarter_path(newest)))
        yield IndexEntry(ref, headline(desk, quarter))
    running = len(tuple(running_pilots(desk)))
    if running:
        yield IndexEntry(Ref(words("agenda.title"), links.to(AGENDA)), agenda.summary(desk, running))
    tasks = tasks_of(figures.catalogue, today_of(figures.as_of, figures.catalogue.handbook.calendar))
    if tasks:
        yield IndexEntry(Ref(words("actions.title"), links.to(ACTIONS)), actions.summary(desk, tasks))
    told = rhythm_of(figures)
    if told is not None:
        yield IndexEntry(Ref(words("rhythm.title"), links.to(RHYTHM)), rhythm.summary(desk, told))


def _row(desk: PageContext, review: Review, links: Links) -> ReviewRow:
    form, words = desk.format, desk.format.words
    left = sum(1 for action in review.actions if action.status in ("open", "doing"))
    title = review_title(desk, review)
    return ReviewRow(
        review_ref(desk, review, links),
        links.pilot(review.pilot),
        words(f"reviews.kind.{review.kind}"),
        form.date(review.date),
        form.inline(review.summary),
        words("reviews.open_actions", n=left) if left else "",
        (
            ("kind", review.kind),
            ("pilot", review.pilot),
            ("text", f"{title} {plain(form.text(review.summary))}"),
        ),
    )
