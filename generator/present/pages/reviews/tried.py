"""What was tried for an indicator: changes and actions, what people said, what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState
from generator.compute.insight.attempts import Attempt, AttemptResult
from generator.model.pilot import Change
from generator.model.review import Action
from generator.present.links import Links, Ref, path_of
from generator.present.parts.claims import (
    balance_added,
    claim_dated,
    dated,
    doubt_texts,
    figures_text,
    verdict_view,
    why_text,
)
from generator.present.parts.meetings import STATES, review_ref
from generator.present.parts.signal import SignalView
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class MeasuredView:
    """Before and after in a cell of a table."""

    text: str
    """Means before and after, the difference and its interval; empty where there is nothing to compare."""
    verdict: SignalView | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriedRow:
    """One attempt."""

    indicator: Ref
    text: Markup
    where: Ref
    """The review that agreed on it, or the pilot's page for a change of the process."""
    day: str
    state: str
    state_label: str
    said: str
    """What the review concluded."""
    result: Markup
    measured: MeasuredView | None


def measured_view(
    figures: Figures, form: Format, claim: Claim, links: Links, others: int | None = 0
) -> MeasuredView:
    """The figures of a claim, with what they do not say."""
    words = form.words
    text = figures_text(figures, form, claim)
    notes = (
        [why_text(figures, form, claim)] if claim.outcome is None else list(doubt_texts(figures, form, claim))
    )
    if others is None and text:
        notes.append(words("tried.others_withheld"))
    elif others and text:
        notes.append(words.count("tried.others", others))
    verdict = verdict_view(form, claim, links) if claim.outcome is not None else None
    return MeasuredView(text, verdict, tuple(notes))


def action_measured(
    figures: Figures, form: Format, action: Action, measured: AttemptResult | None, links: Links
) -> MeasuredView | None:
    """What was measured around an action, with a word where people and figures do not agree."""
    if measured is None:
        return None
    view = measured_view(figures, form, measured.claim, links, measured.others)
    if measured.said != "against" or action.result is None:
        return view
    note = form.words(f"tried.against.{action.result.verdict}")
    return MeasuredView(view.text, view.verdict, (note, *view.notes))


def tried_row(figures: Figures, form: Format, attempt: Attempt, pilot: str, links: Links) -> TriedRow:
    """One attempt of a pilot as a row."""
    if attempt.change is not None:
        return _change_row(figures, form, attempt, attempt.change, pilot, links)
    if attempt.task is not None:
        return _action_row(figures, form, attempt, attempt.task, links)
    raise ValueError("an attempt is a change or an action")


def _change_row(
    figures: Figures, form: Format, attempt: Attempt, change: Change, pilot: str, links: Links
) -> TriedRow:
    words, claim = form.words, attempt.claim
    measured = measured_view(figures, form, claim, links) if claim is not None else None
    if claim is not None and measured is not None and (badge := balance_added(form, claim)):
        measured = MeasuredView(measured.text, measured.verdict, (badge.label, *measured.notes))
    name = claim_dated(figures, form, claim) if claim is not None else dated(figures, form, pilot, change)
    return TriedRow(
        indicator=links.indicator(attempt.indicator),
        text=form.inline(change.text),
        where=Ref(name, links.to(path_of("pilot", pilot), "effects")),
        day=form.date(change.date),
        state="done",
        state_label=words("tried.in_force"),
        said="",
        result=Markup(""),
        measured=measured,
    )


def _action_row(
    figures: Figures, form: Format, attempt: Attempt, task: ActionState, links: Links
) -> TriedRow:
    words, action = form.words, task.action
    return TriedRow(
        indicator=links.indicator(attempt.indicator),
        text=form.inline(action.text),
        where=review_ref(figures, form, task.review, links),
        day=form.date(action.closed) if action.closed else "",
        state=STATES[action.status],
        state_label=words(f"reviews.action.{action.status}"),
        said=words(f"reviews.verdict.{action.result.verdict}") if action.result else "",
        result=form.inline(action.result.text) if action.result else Markup(""),
        measured=action_measured(figures, form, action, attempt.measured, links),
    )
