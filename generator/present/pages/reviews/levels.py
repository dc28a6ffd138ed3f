"""Where the causes of problems lie: with a person, or in conditions that a person cannot change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from generator.compute.insight.levels import CauseLevel, CauseState, Levels, levels_of
from generator.present.links import LEVELS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.meetings import review_ref


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A problem with where its cause lies."""

    text: Markup
    review: Ref
    place: Ref | None
    """Its step."""
    system: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level with its causes."""

    id: CauseLevel
    name: str
    what: str
    count: str
    """Nothing where an edition sees only a part: a count of it would tell another figure."""
    percent: float
    causes: tuple[CauseRow, ...]


@dataclass(frozen=True, slots=True)
class LevelsContext:
    """What the template is given."""

    summary: str
    share: str
    """The share outside a person's reach, or why it is not told."""
    levels: tuple[LevelRow, ...]
    places: tuple[tuple[Ref, str], ...]
    """Steps where conditions were missing and how often, most often first; in a part only the steps."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; none where no review names a cause."""
    words, links, found = ctx.format.words, ctx.links(LEVELS), levels_of(ctx.figures)
    if not found.causes:
        return
    most = max(found.counts.values())
    context = LevelsContext(
        words("levels.summary"),
        _share(ctx, found),
        tuple(
            LevelRow(
                level,
                name=words(f"levels.{level}.name"),
                what=words(f"levels.{level}.what"),
                count="" if found.in_part else str(found.counts[level]),
                percent=round(100 * found.counts[level] / most, 1),
                causes=tuple(_cause(ctx, each, links) for each in found.causes if each.level == level),
            )
            for level in get_args(CauseLevel)
            if found.counts.get(level)
        ),
        tuple(_places(ctx, found, links)),
    )
    title = words("levels.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page("reviews/levels", LEVELS, title, context, entry, context.summary, order=-0.85)
    yield ctx.in_chapter(page, "reviews")


def _share(ctx: PageContext, found: Levels) -> str:
    words = ctx.format.words
    if found.share is None:
        return words("edition.in_part") + words("punctuation.stop")
    return words(
        "levels.share",
        n=ctx.named(found.known, "levels/known"),
        outside=ctx.named(found.outside, "levels/outside"),
        share=ctx.format.share(ctx.named(found.share, "levels/share")),
    )


def _cause(ctx: PageContext, cause: CauseState, links: Links) -> CauseRow:
    return CauseRow(
        ctx.format.inline(cause.problem.text),
        review_ref(ctx.figures, ctx.format, cause.review, links),
        _step(ctx, cause, links),
        ctx.format.text(cause.problem.system),
    )


def _step(ctx: PageContext, cause: CauseState, links: Links) -> Ref | None:
    process = ctx.figures.catalogue.pilots[cause.review.pilot].process
    return links.step(process, cause.problem.step) if process and cause.problem.step else None


def _places(ctx: PageContext, found: Levels, links: Links) -> Iterator[tuple[Ref, str]]:
    """Steps by how often conditions were missing there."""
    counts: dict[Ref, int] = {}
    for cause in found.causes:
        step = _step(ctx, cause, links)
        if cause.problem.lies_in == "conditions" and step is not None:
            counts[step] = counts.get(step, 0) + 1
    for step, count in sorted(counts.items(), key=lambda item: -item[1]):
        yield step, "" if found.in_part else str(count)
