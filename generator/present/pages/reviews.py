"""Reviews: the index over all of them, which leads to quarters, actions, agenda and rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.review import Review
from generator.present.desk import Desk
from generator.present.links import REVIEWS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.pages.facets import Facet, facet
from generator.present.pages.review_rows import review_ref, review_title
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
class ReviewsContext:
    """What the index's template is given."""

    summary: str
    facets: tuple[Facet, ...]
    reviews: tuple[ReviewRow, ...]


def pages(desk: Desk) -> Iterator[Page]:
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
    summary = words.count("reviews.summary", len(reviews))
    title = words("chapters.reviews")
    context = ReviewsContext(summary, facets, tuple(_row(desk, review, links) for review in reviews))
    yield desk.page("reviews", REVIEWS, title, context, SearchEntry(title, summary), summary, -1, ("toc",))


def _row(desk: Desk, review: Review, links: Links) -> ReviewRow:
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
