"""Redesigned as pairs: old steps and indicators, what takes their place, and what pilots measured of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.compute.effects.claim import Claim
from generator.compute.insight.redesign import PairState, pairs_of
from generator.model.process import Process
from generator.model.redesign import PairIndicator
from generator.present.links import REDESIGN, Links, Ref
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.pair import PairRow, pair_drawing
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.claims import claim_name
from generator.present.parts.effects import EffectRow, effect_rows


@dataclass(frozen=True, slots=True)
class PairView:
    """One pair: a drawing and a table."""

    id: str
    name: str
    why: Markup
    expected: Markup
    drawing: Markup
    old_steps: str
    new_steps: str
    old: tuple[Ref, ...]
    new: tuple[Ref, ...]
    rows: tuple[EffectRow, ...]
    """What was measured; `role` says on which side, and in which pilot."""
    unmeasured: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ProcessPairs:
    """The pairs of a process."""

    process: Ref
    pairs: tuple[PairView, ...]


@dataclass(frozen=True, slots=True)
class RedesignContext:
    """What the template is given."""

    summary: str
    processes: tuple[ProcessPairs, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the processes; none where nothing was redesigned as a pair."""
    words, links = ctx.format.words, ctx.links(REDESIGN)
    found = [process for process in ctx.figures.catalogue.processes.values() if process.pairs]
    if not found:
        return
    context = RedesignContext(
        words("redesign.summary"),
        tuple(
            ProcessPairs(
                links.process(process.id),
                tuple(_pair(ctx, process, state, links) for state in pairs_of(ctx.figures, process)),
            )
            for process in found
        ),
    )
    title = words("redesign.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page(
        "processes/redesign", REDESIGN, title, context, entry, context.summary, order=-1, hide=("toc",)
    )
    yield ctx.in_chapter(page, "processes")


def _pair(ctx: PageContext, process: Process, state: PairState, links: Links) -> PairView:
    form, pair = ctx.format, state.pair
    return PairView(
        id=f"{process.id}-{pair.id}",
        name=form.text(pair.name),
        why=form.prose(pair.why),
        expected=form.prose(pair.expected),
        drawing=_drawing(ctx, process, state, links),
        old_steps=_steps(ctx, process, pair.old_steps, 0),
        new_steps=_steps(ctx, process, pair.new_steps, -1),
        old=tuple(_ref(ctx, each, links) for each in pair.old),
        new=tuple(_ref(ctx, each, links) for each in pair.new),
        rows=tuple(_row(ctx, state, claim, links) for claim in state.claims),
        unmeasured=tuple(links.indicator(name) for name in state.unmeasured),
    )


def _steps(ctx: PageContext, process: Process, ids: tuple[str, ...], place: int) -> str:
    """Names of steps of the first or the last map."""
    drawn = process.maps.drawn[place][1]
    return ctx.format.join([ctx.format.step(step) for step in drawn.steps if step.id in ids])


def _ref(ctx: PageContext, each: PairIndicator, links: Links) -> Ref:
    return links.indicator(each.indicator) if each.indicator else Ref(ctx.format.text(each.name))


def _row(ctx: PageContext, state: PairState, claim: Claim, links: Links) -> EffectRow:
    """The claim's own figures; its role is the side of the pair and the pilot, and the change where a pilot
    measured the indicator around more than one."""
    words = ctx.format.words
    side = "new" if any(each.indicator == claim.indicator for each in state.pair.new) else "old"
    pilot = links.pilot(claim.pilot).title
    alike = [each for each in state.claims if (each.indicator, each.pilot) == (claim.indicator, claim.pilot)]
    change = [claim_name(ctx.figures, ctx.format, claim)] if len(alike) > 1 else []
    role = words("punctuation.dot").join((words(f"redesign.side.{side}"), pilot, *change))
    return replace(effect_rows(ctx, claim, links)[0], role=role)


def _drawing(ctx: PageContext, process: Process, state: PairState, links: Links) -> Markup:
    words, pair = ctx.format.words, state.pair
    steps = (
        BoxEntry(
            _steps(ctx, process, pair.old_steps, 0) or words("redesign.none"), "", (words("redesign.steps"),)
        ),
        BoxEntry(
            _steps(ctx, process, pair.new_steps, -1) or words("redesign.none"), "", (words("redesign.steps"),)
        ),
    )
    drawing = pair_drawing(
        [words(f"redesign.column.{key}") for key in ("before", "after", "measured")],
        steps,
        [_box(_ref(ctx, each, links)) for each in pair.old],
        [PairRow(_box(_ref(ctx, each, links)), _shown(ctx, state, each, links)) for each in pair.new],
    )
    return Markup(
        ctx.templates.piece(
            "drawings/boxes.svg.jinja",
            drawing=drawing,
            id=f"pair-{process.id}-{pair.id}",
            title=words("redesign.of", name=ctx.format.text(pair.name)),
            description=words("redesign.description"),
        )
    )


def _box(ref: Ref) -> BoxEntry:
    return BoxEntry(ref.title, ref.href)


def _shown(ctx: PageContext, state: PairState, each: PairIndicator, links: Links) -> BoxEntry:
    """What an indicator showed in the first pilot that measured it."""
    words = ctx.format.words
    claims = [claim for claim in state.claims if claim.indicator == each.indicator]
    if not claims:
        return BoxEntry(words("redesign.not_measured"), gap=True)
    row = effect_rows(ctx, claims[0], links)[0]
    others = len({claim.pilot for claim in claims}) - 1  # two changes of one pilot are one place
    more = words("redesign.more", n=others) if others else ""
    indicator = ctx.figures.catalogue.indicators[claims[0].indicator]
    name = ctx.format.difference(claims[0].effect.difference, indicator)
    return BoxEntry(str(name), "", (row.verdict.label, links.pilot(claims[0].pilot).title + more))
