"""Reviews: an index over all of them, and a page for each with its problems, actions and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.cases import cases_of_review
from generator.model.review import Action, Review
from generator.present.desk import Desk
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.pages.facets import Facet, facet
from generator.present.pages.record import owner_text, unit_name
from generator.present.pages.review_rows import review_ref, review_title
from generator.present.prose import plain

INDEX = "reviews/index.md"


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


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem: where it shows, where it sits, what causes it."""

    text: Markup
    indicator: Ref | None
    step: Ref | None
    cause: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action and what came of it."""

    text: Markup
    owner: str
    due: str
    status: str
    status_label: str
    verdict: str
    indicator: Ref | None
    result: Markup


@dataclass(frozen=True, slots=True)
class CoachingRow:
    """One coaching note."""

    unit: str
    focus: str
    good: Markup
    plan: Markup


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """What a review's template is given."""

    facts: str
    pilot: Ref
    summary: Markup
    problems: tuple[ProblemRow, ...]
    actions: tuple[ActionRow, ...]
    coaching: tuple[CoachingRow, ...]
    decisions: tuple[Markup, ...]
    cases: tuple[Ref, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The index, newest first, and a page for each review; nothing without reviews."""
    words = desk.format.words
    reviews = sorted(
        desk.figures.catalogue.reviews.values(), key=lambda one: (one.date, one.id), reverse=True
    )
    if not reviews:
        return
    links = desk.links(INDEX)
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
    yield desk.page("reviews", INDEX, title, context, SearchEntry(title, summary), summary, -1, ("toc",))
    for order, review in enumerate(reviews):
        yield _page(desk, review, order)


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


def _page(desk: Desk, review: Review, order: int) -> Page:
    form, path = desk.format, f"reviews/{review.id}.md"
    links = desk.links(path)
    context = ReviewContext(
        facts=form.date(review.date),
        pilot=links.pilot(review.pilot),
        summary=form.prose(review.summary),
        problems=tuple(_problems(desk, review, links)),
        actions=tuple(_action(desk, action, links) for action in review.actions),
        coaching=tuple(
            CoachingRow(
                unit_name(desk, one.unit), form.text(one.focus), form.inline(one.good), form.inline(one.plan)
            )
            for one in review.coaching
        ),
        decisions=tuple(form.inline(text) for text in review.decisions),
        cases=tuple(links.case(name) for name in cases_of_review(desk.figures.catalogue, review.id)),
    )
    title, summary = review_title(desk, review), plain(form.text(review.summary))
    return desk.page("review", path, title, context, SearchEntry(title, summary), summary, order)


def _problems(desk: Desk, review: Review, links: Links) -> Iterator[ProblemRow]:
    catalogue, form = desk.figures.catalogue, desk.format
    process = catalogue.processes.get(catalogue.pilots[review.pilot].process or "")
    names = {step.id: step.name for _, drawn in process.maps.drawn for step in drawn.steps} if process else {}
    for problem in review.problems:
        step = None
        if process and problem.step in names:
            step = Ref(form.text(names[problem.step]), links.process(process.id).href)
        yield ProblemRow(
            form.inline(problem.text),
            links.indicator(problem.indicator) if problem.indicator else None,
            step,
            form.words(f"reviews.cause.{problem.cause}") if problem.cause else "",
        )


def _action(desk: Desk, action: Action, links: Links) -> ActionRow:
    form, words, result = desk.format, desk.format.words, action.result
    return ActionRow(
        form.inline(action.text),
        owner_text(desk, action.owner),
        form.date(action.due) if action.due else "",
        action.status,
        words(f"reviews.action.{action.status}"),
        words(f"reviews.verdict.{result.verdict}") if result else "",
        links.indicator(result.indicator) if result and result.indicator else None,
        form.inline(result.text) if result else Markup(""),
    )
