"""The loop with a pulse: every station of strategy and ability, whether it holds, and where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.goal_answers import asked_goals
from generator.compute.insight.key_results import key_result_at
from generator.compute.insight.loop import Break, Station, loop_of
from generator.model.strategy import Strategy
from generator.present.links import ACTIONS, CASCADE, LOOP, RHYTHM, Links, Ref, path_of
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.ring import ring
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.library.decoding_links import decoding_refs
from generator.present.pages.library.strategy_map import goal_ref
from generator.present.parts.meetings import review_ref
from generator.present.parts.record import owner_text, unit_name
from generator.present.text.prose import plain

LOOKS = {"holds": ("met", "✓"), "broken": ("missed", "✕"), "unknown": ("no-data", "○")}
"""State of a station → the status whose looks it has, and its sign."""


@dataclass(frozen=True, slots=True)
class BreakView:
    """All breaks of one kind at a station: what is broken, and where."""

    text: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class StationView:
    """One station."""

    id: str
    name: str
    what: str
    state: str
    label: str
    breaks: tuple[BreakView, ...]
    in_part: bool


@dataclass(frozen=True, slots=True)
class LoopContext:
    """What the template is given."""

    summary: str
    further: tuple[Ref, ...]
    drawing: Markup
    stations: tuple[StationView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page; none without a strategy."""
    if ctx.figures.catalogue.strategy is None:
        return
    words, links = ctx.format.words, ctx.links(LOOP)
    stations = station_views(ctx, links)
    context = LoopContext(
        words("loop.summary"),
        decoding_refs(ctx, links, LOOP),
        _drawing(ctx, stations),
        stations,
    )
    title = words("loop.title")
    entry = SearchEntry(title, context.summary)
    yield ctx.page("library/loop", LOOP, title, context, entry, context.summary, order=-6, hide=("toc",))


def station_views(ctx: PageContext, links: Links) -> tuple[StationView, ...]:
    """The stations in words."""
    return tuple(_station(ctx, station, links) for station in loop_of(ctx.figures))


def _station(ctx: PageContext, station: Station, links: Links) -> StationView:
    words = ctx.format.words
    kinds = dict.fromkeys(item.kind for item in station.breaks)
    return StationView(
        station.name,
        name=words(f"loop.{station.name}.name"),
        what=words(f"loop.{station.name}.what"),
        state=LOOKS[station.state][0],
        label=words(f"loop.state.{station.state}"),
        breaks=tuple(
            BreakView(
                words(f"loop.break.{kind}"),
                tuple(
                    dict.fromkeys(_place(ctx, item, links) for item in station.breaks if item.kind == kind)
                ),
            )
            for kind in kinds
        ),
        in_part=station.in_part,
    )


def _drawing(ctx: PageContext, stations: tuple[StationView, ...]) -> Markup:
    signs = dict(LOOKS.values())
    entries = [
        BoxEntry(view.name, f"#station-{view.id}", (view.label,), view.state, "", signs[view.state])
        for view in stations
    ]
    return Markup(
        ctx.templates.piece(
            "drawings/boxes.svg.jinja",
            drawing=ring(entries),
            id="loop",
            title=ctx.format.words("loop.title"),
            description=ctx.format.words("loop.description"),
        )
    )


def _question(ctx: PageContext, goal: Ref, name: str) -> Ref:
    """A goal in question, with who is to answer and by when."""
    form, words = ctx.format, ctx.format.words
    asked = next(each for each in asked_goals(ctx.figures) if each.question.goal == name)
    who = owner_text(ctx.figures, form, asked.owner) or words("goal_answer.nobody")
    key = "loop.asked_late" if asked.late else "loop.asked"
    return Ref(words(key, goal=goal.title, who=who, day=form.date(asked.due)), goal.href)


def _place(ctx: PageContext, item: Break, links: Links) -> Ref:
    """Where a break is mended."""
    known, form = ctx.figures.catalogue, ctx.format
    strategy = known.strategy or Strategy()
    first, *rest = item.place
    name = str(first)
    if item.kind == "question":
        return _question(ctx, goal_ref(form, strategy, name, links), name)
    if item.kind == "goal":
        return goal_ref(form, strategy, name, links)
    if item.kind == "unit":
        return Ref(unit_name(ctx.figures, form, name), links.to(CASCADE))
    if item.kind in ("key-result", "cascade", "post"):
        at = links.to(CASCADE, f"objective-{name}")
        if rest and isinstance(rest[0], int):
            return Ref(form.text(key_result_at(ctx.figures, name, rest[0]).name), at)
        return Ref(form.text(next(each.name for each in strategy.objectives if each.id == name)), at)
    if item.kind in ("person-indicator", "no-data", "stale"):
        return links.indicator(name)
    if item.kind == "review":
        if not known.reviews:  # without one that the edition may see there is no page of their rhythm
            return links.pilot(name)
        return Ref(form.text(known.pilots[name].name), links.to(RHYTHM))
    if item.kind in ("coaching", "training"):
        return links.pilot(name)
    review = known.reviews[name]
    if item.kind == "follow-up":
        return review_ref(ctx.figures, form, review, links)
    action = next(each for each in review.actions if each.id == rest[0])
    text = plain(form.text(action.text)).rstrip("。.")
    return Ref(text, links.to(ACTIONS) if item.kind == "overdue" else links.to(path_of("review", name)))
