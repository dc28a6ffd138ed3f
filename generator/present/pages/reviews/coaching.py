"""Coaching by unit: stages, what was agreed, what came of it, and how often somebody came back to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from generator.compute.insight.coached import UnitCoaching, coaching_of
from generator.model.coaching import CoachingTalk
from generator.model.exact import counted
from generator.model.review import CoachingStage
from generator.present.links import COACHING, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.meetings import review_ref
from generator.present.parts.record import unit_name


@dataclass(frozen=True, slots=True)
class CoachingView:
    """One note."""

    stage: str
    whom: str
    """The person, where the edition may see it."""
    when: str
    review: Ref
    parts: tuple[tuple[str, Markup], ...]
    """What it was about, what went well, the gap, the support, what comes next."""
    due: str
    came: str
    """What the next note says came of it, or that nobody came back to it."""
    came_text: Markup
    came_from: Ref | None


@dataclass(frozen=True, slots=True)
class UnitCoachingView:
    """One unit."""

    id: str
    name: str
    stages: str
    """How many notes stand at each stage; those that name none are counted last."""
    rate: str
    counts: str
    notes: tuple[CoachingView, ...]


@dataclass(frozen=True, slots=True)
class CoachingContext:
    """What the template is given."""

    summary: str
    units: tuple[UnitCoachingView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; none without a note."""
    words, found = ctx.format.words, coaching_of(ctx.figures)
    if not found:
        return
    links = ctx.links(COACHING)
    context = CoachingContext(
        words("coaching.summary"),
        tuple(_unit(ctx, unit, links) for unit in found),
    )
    title = words("coaching.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page(
        "reviews/coaching", COACHING, title, context, entry, context.summary, order=-0.84, hide=("toc",)
    )
    yield ctx.in_chapter(page, "reviews")


def _unit(ctx: PageContext, unit: UnitCoaching, links: Links) -> UnitCoachingView:
    words = ctx.format.words
    at = f"coaching/{unit.id}"
    rate, counts = words("coaching.none_due"), ""
    if unit.in_part:
        rate = words("edition.in_part")
    elif unit.rate is not None:
        rate = ctx.format.share(ctx.named(unit.rate, f"{at}/rate"))
        counts = words(
            "coaching.counts",
            n=ctx.named(unit.followed, f"{at}/followed"),
            of=ctx.named(unit.asked, f"{at}/asked"),
        )
    known = any(each.id == unit.id for each in ctx.figures.catalogue.handbook.units)
    return UnitCoachingView(
        id=unit.id,
        name=unit_name(ctx.figures, ctx.format, unit.id) if known else words("place.organisation"),
        stages=_stages(ctx, unit),
        rate=rate,
        counts=counts,
        notes=tuple(_note(ctx, note, links) for note in unit.notes),
    )


def _stages(ctx: PageContext, unit: UnitCoaching) -> str:
    """Notes by stage, in the order of a round."""
    if unit.in_part:
        return ""
    words = ctx.format.words
    stages = get_args(CoachingStage)
    counts = [(words(f"coaching.stage.{stage}"), unit.stages.get(stage, 0)) for stage in stages]
    counts.append((words("coaching.unstaged"), counted(not talk.note.stage for talk in unit.notes)))
    return ctx.format.join([words("coaching.staged", name=name, n=n) for name, n in counts if n])


def _note(ctx: PageContext, note: CoachingTalk, links: Links) -> CoachingView:
    form, words, said, after = ctx.format, ctx.format.words, note.note, note.following
    texts = (
        ("focus", said.focus),
        ("works", said.good),
        ("gap", said.gap),
        ("support", said.support),
        ("plan", said.plan),
    )
    came = ""
    if after is not None:
        came = words(f"coaching.came.{after.came or 'spoken'}")
    elif note.withheld:
        came = words("edition.in_part")
    elif note.asked:
        came = words("coaching.came.nobody")
    plan = words(f"coaching.changes.{said.changes}") if said.changes else words("coaching.plan")
    return CoachingView(
        stage=words(f"coaching.stage.{said.stage}") if said.stage else "",
        whom=said.person or "",
        when=form.date(note.review.date),
        review=review_ref(ctx.figures, form, note.review, links),
        parts=tuple(
            (plan if key == "plan" else words(f"coaching.{key}"), form.inline(text))
            for key, text in texts
            if text is not None
        ),
        due=form.date(said.due) if said.due else "",
        came=came,
        came_text=form.inline(after.came_text) if after else Markup(""),
        came_from=review_ref(ctx.figures, form, note.next_review, links) if note.next_review else None,
    )
