"""How far a pilot is at a step, and what the method expects of it next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup, escape

from generator.compute.figures import Figures
from generator.compute.insight.roadmap_state import BeforeLive, ReviewDue, RoadState, StepState
from generator.model.pilot import OutputProgress, Pilot, Trainee
from generator.present.links import Links, Ref
from generator.present.text.format import Format

ProgressKind = Literal["overdue", "lacking", "now", "sign", "review", "people", "later"]


@dataclass(frozen=True, slots=True)
class StateView:
    """A pilot at a step; `ref` is the pilot on a step's page and the step on a pilot's."""

    ref: Ref
    state: str
    label: str
    dates: str
    duration: str
    overdue: str
    """How it is late or waits; or what it lacks although it is called done."""
    done: tuple[Ref, ...]
    missing: tuple[str, ...]
    note: Markup


@dataclass(frozen=True, slots=True)
class NextItem:
    """One thing to be done; the kind gives it its mark."""

    kind: ProgressKind
    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class NextView:
    """What the method expects of a pilot next."""

    pilot: Ref
    at: str
    items: tuple[NextItem, ...]


def state_view(form: Format, state: StepState, today: date | None, ref: Ref, links: Links) -> StateView:
    """The state with its dates, and its outputs in two heaps: there, and missing."""
    words = form.words
    names = {output.id: form.text(output.name) for output in state.step.outputs}
    return StateView(
        ref=ref,
        state=state.status,
        label=words(f"step_state.{state.status}"),
        dates=_dates(form, state),
        duration=_duration(form, state),
        overdue=_overdue(form, state) if today else "",
        done=tuple(Ref(names[output.output], _href(output, links)) for output in state.done),
        missing=tuple(names[name] for name in state.missing),
        note=form.inline(state.progress.note if state.progress else None),
    )


def _href(output: OutputProgress, links: Links) -> str:
    """An address as it is; a path from the top of the site as a link of this page.

    One that names a page stays as it is written: it becomes a link like those in authors' texts, when it is
    known which pages the edition has (`inner_links`).
    """
    if not output.link or ":" in output.link.split("/")[0]:
        return output.link or ""
    path, _, anchor = output.link.partition("#")
    return output.link if path.endswith(".md") else links.to(path, anchor)


def _dates(form: Format, state: StepState) -> str:
    words = form.words
    progress = state.progress
    begun = form.date(progress.started) if progress and progress.started else ""
    ended = form.date(progress.finished) if progress and progress.finished else ""
    if begun and ended:
        text = words("value.span", start=begun, end=ended)
    else:
        text = words("roadmap.since", date=begun) if begun else ended
    due = ""
    if state.due is not None and state.status != "done":
        due = words("roadmap.due", date=form.date(state.due))
    return words("punctuation.dot").join(part for part in (text, due) if part)


def _duration(form: Format, state: StepState) -> str:
    if state.days is None:
        return ""
    key = "done" if state.status == "done" else "open"
    return form.words.count(f"roadmap.lasted.{key}", state.days)


def overdue_short(form: Format, state: StepState) -> str:
    """A few words for a chart."""
    words = form.words
    if state.lacking:
        return words.count("roadmap.lacking_short", state.missing_count)
    return words.count(f"roadmap.overdue_short.{state.overdue}", state.overdue_days)


def _overdue(form: Format, state: StepState) -> str:
    words = form.words
    names = {output.id: form.inside(output.name) for output in state.step.outputs}
    if state.lacking:
        return words("roadmap.lacking", outputs=form.listed([names[name] for name in state.lacking]))
    if state.overdue is None:
        return ""
    return words(
        f"roadmap.overdue.{state.overdue}",
        date=form.date(state.since),
        days=state.overdue_days,
    )


def next_view(figures: Figures, form: Format, pilot: Pilot, state: RoadState, links: Links) -> NextView:
    """Overdue, what steps called done lack, what is in hand, the reviews, the people, the step after."""
    words = form.words
    if state.current is None:
        at = words("roadmap.all_done")
    else:
        at = words(
            f"roadmap.now.{state.current.status}", step=links.roadmap_step(state.current.step.number).title
        )
    items = (
        *_late(form, state, links),
        *_in_hand(figures, form, pilot, state),
        *(_item(form, "review", escape(_review(form, due))) for due in state.reviews),
        *(
            [_item(form, "review", escape(words("roadmap.review.withheld")))]
            if state.reviews_withheld
            else ()
        ),
        *(_item(form, "people", escape(_before_live(form, pilot, item))) for item in state.before_live),
        *_after(form, state, links),
    )
    return NextView(links.pilot(pilot.id), at, items)


def _item(form: Format, kind: ProgressKind, text: Markup) -> NextItem:
    return NextItem(kind, form.words(f"roadmap.kind.{kind}"), text)


def _late(form: Format, state: RoadState, links: Links) -> Iterator[NextItem]:
    for step in state.overdue:
        if state.today is not None:
            yield _item(form, "overdue", _linked(form, step, _overdue(form, step), links))
    for step in state.lacking:
        if state.today is not None:
            yield _item(form, "lacking", _linked(form, step, _overdue(form, step), links))


def _linked(form: Format, step: StepState, text: str, links: Links) -> Markup:
    ref = links.roadmap_step(step.step.number)
    return Markup('<a href="{}">{}</a>{}{}').format(
        ref.href, ref.title, form.words("punctuation.colon"), text
    )


def _in_hand(figures: Figures, form: Format, pilot: Pilot, state: RoadState) -> Iterator[NextItem]:
    """What the step in hand still owes, when it is due, and a gate that keeps all else waiting."""
    words, current = form.words, state.current
    if current is None:
        return
    names = {output.id: form.inside(output.name) for output in current.step.outputs}
    due = ""
    if current.due is not None and current.overdue != "late":
        due = words("roadmap.until", date=form.date(current.due))
    closed = figures.pilots[pilot.id].score.gate == "not-passed"
    if current.missing:
        outputs = form.listed([names[name] for name in current.missing])
        yield _item(form, "now", escape(words("roadmap.owes", outputs=outputs, due=due)))
    elif current.status == "started" and not closed:
        owing = "roadmap.owes_nothing_yet" if current.step.success else "roadmap.owes_nothing"
        yield _item(form, "now", escape(words(owing, due=due)))
    if closed:
        yield _item(form, "now", escape(words("roadmap.gate")))
    if current.step.success is not None:
        yield _item(form, "sign", form.inline(current.step.success))


def _review(form: Format, due: ReviewDue) -> str:
    words = form.words
    key = f"{due.kind}_late" if due.late else due.kind
    return words(
        f"roadmap.review.{key}", date=form.date(due.day), period=form.period(due.period) if due.period else ""
    )


def _before_live(form: Format, pilot: Pilot, before_live: BeforeLive) -> str:
    words = form.words

    def names(audiences: tuple[Trainee, ...]) -> str:
        return form.listed([words.inside(words(f"training.{audience}")) for audience in audiences])

    given = {"tool": form.text(pilot.tools[before_live.tool].name), "date": form.date(before_live.day)}
    if before_live.untrained:
        return words("roadmap.live.untrained", untrained=names(before_live.untrained), **given)
    return words("roadmap.live.trained", **given)


def _after(form: Format, state: RoadState, links: Links) -> Iterator[NextItem]:
    words, after = form.words, state.following
    if after is None:
        return
    names = {output.id: form.inside(output.name) for output in after.step.outputs}
    outputs = form.listed([names[name] for name in after.missing])
    due = words("roadmap.until", date=form.date(after.due)) if after.due else ""
    key = ("blocked" if after.status == "blocked" else "free") + ("" if outputs else "_bare")
    text = words(f"roadmap.after.{key}", outputs=outputs, due=due)
    yield _item(form, "later", _linked(form, after, text, links))
