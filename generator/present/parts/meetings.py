"""What several pages tell about reviews: a review by its title, an action with what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState
from generator.compute.insight.named import named
from generator.compute.insight.names import joined
from generator.model.review import Review
from generator.present.links import Links, Ref, path_of
from generator.present.parts.record import owner_text
from generator.present.text.format import Format

STATES = {"open": "planned", "doing": "started", "done": "done", "dropped": "dropped"}
"""Status of an action -> the state whose look it has."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action and what came of it."""

    text: Markup
    review: Ref
    pilot: Ref
    problem: Markup
    owner: str
    due: str
    late: str
    """How late, where it is overdue."""
    closed: str
    state: str
    state_label: str
    verdict: str
    indicator: Ref | None
    result: Markup


def review_title(figures: Figures, form: Format, review: Review) -> str:
    """Pilot, period and kind in words."""
    return form.words(
        "reviews.title",
        pilot=form.text(figures.catalogue.pilots[review.pilot].name),
        period=form.period(review.period),
        kind=form.words(f"reviews.kind.{review.kind}"),
    )


def review_ref(figures: Figures, form: Format, review: Review, links: Links) -> Ref:
    """A review by its title."""
    return Ref(review_title(figures, form, review), links.to(path_of("review", review.id)))


def meeting_ref(form: Format, review: Review, links: Links) -> Ref:
    """A review where its pilot is plain from the place: period and kind."""
    kind = form.words(f"reviews.kind.{review.kind}")
    title = form.words("reviews.meeting", period=form.period(review.period), kind=kind)
    return Ref(title, links.to(path_of("review", review.id)))


def days_late(task: ActionState, at: str = "actions") -> int:
    """With its name in the export; `at` is where actions stand there as of another day."""
    return named(task.days_late, f"{at}/{joined(task.review.id, task.action.id)}/days_late")


def action_row(
    figures: Figures, form: Format, task: ActionState, links: Links, at: str = "actions"
) -> ActionRow:
    """An action as tables show it."""
    words, action = form.words, task.action
    result = action.result
    return ActionRow(
        text=form.inline(action.text),
        review=review_ref(figures, form, task.review, links),
        pilot=links.pilot(task.review.pilot),
        problem=form.inline(task.problem.text) if task.problem else Markup(""),
        owner=owner_text(figures, form, action.owner),
        due=form.date(action.due) if action.due else "",
        late=words.count("actions.late", days_late(task, at)) if task.overdue else "",
        closed=form.date(action.closed) if action.closed else "",
        state=STATES[action.status],
        state_label=words(f"reviews.action.{action.status}"),
        verdict=words(f"reviews.verdict.{result.verdict}") if result else "",
        indicator=links.indicator(task.indicator) if task.indicator else None,
        result=form.inline(result.text) if result else Markup(""),
    )
