"""What was tried for an indicator: changes and actions, what people said, what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.actions import Task
from generator.compute.attempts import Attempt, Measured
from generator.compute.effect import Effect
from generator.model.pilot import Change
from generator.model.review import Action
from generator.present.desk import Desk
from generator.present.links import SIGNALS, Links, Ref, path_of
from generator.present.pages.effects import KINDS
from generator.present.pages.findings import SignalView, change_name
from generator.present.pages.review_rows import STATES, review_ref


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


def measured_view(desk: Desk, effect: Effect, links: Links, others: int = 0) -> MeasuredView:
    """The figures of an effect, with what they do not say."""
    form, words = desk.format, desk.format.words
    indicator = desk.figures.catalogue.indicators[effect.indicator]
    decimals, text = indicator.decimals, ""
    if effect.before.mean is not None and effect.after.mean is not None:
        after = form.with_unit(effect.after.mean, form.text(indicator.unit), decimals)
        text = words("tried.means", before=form.number(effect.before.mean, decimals), after=after)
        if effect.difference is not None:
            difference = form.difference(effect.difference, indicator, unit=False)
            ends = effect.interval or (None, None)
            low, high = (form.number(end, decimals, signed=True) for end in ends)
            text += (
                words("tried.interval", difference=difference, low=low, high=high)
                if effect.interval is not None
                else words("tried.difference", difference=difference)
            )
    notes = []
    if effect.verdict is None:
        notes.append(words(f"effect.why_not.{effect.why_not or 'no-direction'}"))
    if effect.verdict is not None and effect.preliminary:
        notes.append(words("tried.preliminary"))
    if effect.guard == "disagrees":
        notes.append(words("tried.moving"))
    if others and text:
        notes.append(words.count("tried.others", others))
    verdict = (
        SignalView(
            KINDS[effect.verdict], words(f"effect.word.{effect.verdict}"), links.to(SIGNALS, "effects")
        )
        if effect.verdict
        else None
    )
    return MeasuredView(text, verdict, tuple(notes))


def action_measured(
    desk: Desk, action: Action, measured: Measured | None, links: Links
) -> MeasuredView | None:
    """What was measured around an action, with a word where people and figures do not agree."""
    if measured is None:
        return None
    view = measured_view(desk, measured.effect, links, measured.others)
    said, told = action.result.verdict if action.result else None, measured.effect.verdict
    if told is None or (said, told) not in CONTRADICTIONS:
        return view
    note = desk.format.words(f"tried.against.{said}")
    return MeasuredView(view.text, view.verdict, (note, *view.notes))


CONTRADICTIONS = frozenset(
    {
        ("worked", "unclear"),
        ("worked", "worse"),
        ("no-effect", "improved"),
        ("no-effect", "worse"),
        ("worse", "improved"),
    }
)
"""(what the review concluded, what the figures say) that do not go together."""


def tried_row(desk: Desk, attempt: Attempt, pilot: str, links: Links) -> TriedRow:
    """One attempt of a pilot as a row."""
    if attempt.change is not None:
        return _change_row(desk, attempt, attempt.change, pilot, links)
    if attempt.task is not None:
        return _action_row(desk, attempt, attempt.task, links)
    raise ValueError("an attempt is a change or an action")


def _change_row(desk: Desk, attempt: Attempt, change: Change, pilot: str, links: Links) -> TriedRow:
    form, words, one = desk.format, desk.format.words, attempt.balance
    measured = measured_view(desk, one.effect, links) if one is not None else None
    if one is not None and measured is not None and one.balance:
        notes = (words(f"effect.balance.{one.balance}"), *measured.notes)
        measured = MeasuredView(measured.text, measured.verdict, notes)
    return TriedRow(
        links.indicator(attempt.indicator),
        form.inline(change.text),
        Ref(change_name(desk, change), links.to(path_of("pilot", pilot), "effects")),
        form.date(change.date),
        "done",
        words("tried.in_force"),
        "",
        Markup(""),
        measured,
    )


def _action_row(desk: Desk, attempt: Attempt, task: Task, links: Links) -> TriedRow:
    form, words, action = desk.format, desk.format.words, task.action
    return TriedRow(
        links.indicator(attempt.indicator),
        form.inline(action.text),
        review_ref(desk, task.review, links),
        form.date(action.closed) if action.closed else "",
        STATES[action.status],
        words(f"reviews.action.{action.status}"),
        words(f"reviews.verdict.{action.result.verdict}") if action.result else "",
        form.inline(action.result.text) if action.result else Markup(""),
        action_measured(desk, action, attempt.measured, links),
    )
