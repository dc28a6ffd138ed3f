"""Spread: practices against units, what came of each in its own data, over all places, and failures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from generator.compute.insight.evidence import RankedChange, ranked_changes
from generator.compute.insight.names import joined
from generator.compute.insight.spread import (
    ConditionTally,
    IndicatorPool,
    PlaceResult,
    SpreadPractice,
    TransferState,
    spread_of,
)
from generator.model.pilot import Change
from generator.model.spread import SpreadWay
from generator.present.links import SPREAD, Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.claims import change_title, claim_name
from generator.present.parts.effects import EffectRow, effect_rows
from generator.present.parts.record import owner_text, unit_name


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A practice in one place."""

    name: str
    way: str
    when: str
    owner: str
    state: str
    """Its key, for the colour of the word."""
    label: str
    met: tuple[str, ...]
    lacking: tuple[str, ...]
    reason: Markup
    document: Ref | None
    pilot: Ref | None
    rows: tuple[EffectRow, ...]
    """Its own data, before and after."""
    baseline: str
    """Where it stands before it begins."""


@dataclass(frozen=True, slots=True)
class PoolView:
    """The effect over all places in one indicator."""

    indicator: Ref
    text: str
    differ: str
    few: str
    expected: str


@dataclass(frozen=True, slots=True)
class SpreadView:
    """A practice with its places."""

    id: str
    field: str
    name: Ref
    pilot: Ref
    cells: tuple[tuple[str, str], ...]
    """For every unit of the table: state and word; both empty where it is not spoken of."""
    places: tuple[PlaceView, ...]
    pools: tuple[PoolView, ...]
    conditions: tuple[tuple[str, str], ...]
    """What is needed, and how it went with and without."""
    hidden: str


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A change that is not to be copied as it is."""

    change: Ref
    pilot: Ref
    indicator: Ref
    label: str


@dataclass(frozen=True, slots=True)
class SpreadContext:
    """What the template is given."""

    summary: str
    units: tuple[str, ...]
    practices: tuple[SpreadView, ...]
    ways: tuple[tuple[str, str, str], ...]
    """Way, what it is, and how many places go it."""
    failures: tuple[FailureRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the cases; none where no change names a place to take it over."""
    found = spread_of(ctx.figures)
    if not found:
        return
    words, links = ctx.format.words, ctx.links(SPREAD)
    units = _units(ctx, found)
    context = SpreadContext(
        words("spread.summary"),
        tuple(name for _, name in units),
        tuple(_practice(ctx, item, [unit for unit, _ in units], links) for item in found),
        tuple(_ways(ctx, found)),
        tuple(_failures(ctx, links)),
    )
    title = words("spread.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page("cases/spread", SPREAD, title, context, entry, context.summary, order=-2, hide=("toc",))
    yield ctx.in_chapter(page, "cases")


def _change(ctx: PageContext, item: SpreadPractice) -> Change:
    pilot = ctx.figures.catalogue.pilots[item.pilot]
    return next(change for change in pilot.changes if change.id == item.change)


def _units(ctx: PageContext, found: tuple[SpreadPractice, ...]) -> list[tuple[str, str]]:
    """(key, name) of every place, the handbook's units in their order first."""
    named = {place.transfer.unit for item in found for place in item.places if place.transfer.unit}
    units = [unit for unit in ctx.figures.catalogue.handbook.units if unit.id in named]
    others = {
        ctx.format.text(place.transfer.place): None
        for item in found
        for place in item.places
        if not place.transfer.unit and place.transfer.place
    }
    return [*((unit.id, ctx.format.text(unit.name)) for unit in units), *((name, name) for name in others)]


def _place_key(ctx: PageContext, place: TransferState) -> str:
    return place.transfer.unit or ctx.format.text(place.transfer.place)


def _practice(ctx: PageContext, item: SpreadPractice, units: list[str], links: Links) -> SpreadView:
    form, words, change = ctx.format, ctx.format.words, _change(ctx, item)
    pilot = links.pilot(item.pilot)
    states = {_place_key(ctx, place): place.result for place in item.places}
    at = f"spread/{joined(item.pilot, item.change)}"
    return SpreadView(
        id=f"{item.pilot}-{item.change}",
        field=words(f"spread.field.{item.field}"),
        name=Ref(change_title(ctx.figures, form, item.pilot, change), f"#{item.pilot}-{item.change}"),
        pilot=pilot,
        cells=tuple(
            (states[unit], words(f"spread.result.{states[unit]}")) if unit in states else ("", "")
            for unit in units
        ),
        places=tuple(_place(ctx, change, place, links) for place in item.places),
        pools=tuple(_pool(ctx, pool, f"{at}/pools/{pool.indicator}", links) for pool in item.pools),
        conditions=_conditions(ctx, change, item.conditions),
        hidden=words("edition.in_part") if item.conditions_withheld else "",
    )


def _place(ctx: PageContext, change: Change, place: TransferState, links: Links) -> PlaceView:
    form, words, one = ctx.format, ctx.format.words, place.transfer
    names = {condition.id: form.text(condition.text) for condition in change.conditions}
    began = one.date is not None and place.result not in ("planned", "late")
    day = one.date if began else one.planned or one.date
    whose = (unit_name(ctx.figures, form, one.unit) if one.unit else "", form.text(one.place))
    name = words("punctuation.dot").join(part for part in whose if part)
    rows = tuple(_row(ctx, item, links) for item in place.results if item.claim is not None)
    return PlaceView(
        name=name or words("place.organisation"),
        way=words(f"spread.way.{one.way}.name"),
        when=words(f"spread.{'began' if began else 'planned'}", day=form.date(day)) if day else "",
        owner=owner_text(ctx.figures, form, one.owner),
        state=place.result,
        label=words(f"spread.result.{place.result}"),
        met=tuple(names[name] for name in one.met),
        lacking=tuple(names[name] for name in one.lacking),
        reason=form.prose(one.reason),
        document=_document(ctx, one.document, links) if one.document else None,
        pilot=links.pilot(one.pilot) if one.pilot else None,
        rows=rows,
        baseline="" if rows or one.pilot is None else _baseline(ctx, change, one.pilot),
    )


def _document(ctx: PageContext, document: str, links: Links) -> Ref:
    """A case by its title; another address as it is."""
    case = document.removeprefix("cases/").removesuffix(".md")
    if document == path_of("case", case) and case in ctx.figures.catalogue.cases:
        return links.case(case)
    return Ref(document, document if ":" in document else links.to(document))


def _row(ctx: PageContext, item: PlaceResult, links: Links) -> EffectRow:
    assert item.claim is not None
    return effect_rows(ctx, item.claim, links)[0]


def _baseline(ctx: PageContext, change: Change, pilot: str) -> str:
    """Where the place stands in the indicators of the change, before it begins."""
    told = []
    for name in change.indicators:
        series = ctx.figures.series.get((name, pilot, ()))
        indicator = ctx.figures.catalogue.indicators[name]
        if series is not None and series.last is not None:
            value = ctx.format.valued(series.last.point.value, indicator)
            told.append(
                ctx.format.words(
                    "spread.stands",
                    name=ctx.format.text(indicator.name),
                    value=value,
                    period=ctx.format.period(series.last.point.period),
                )
            )
    return ctx.format.join(told)


def _pool(ctx: PageContext, pool: IndicatorPool, at: str, links: Links) -> PoolView:
    form, words, indicator = ctx.format, ctx.format.words, ctx.figures.catalogue.indicators[pool.indicator]
    made = ctx.named(pool.pooled, at)
    low, high = form.ends((made.low, made.high), indicator)
    expected = ""
    if made.expected is not None and not pool.pooled.few:
        ends = form.ends(made.expected, indicator)
        expected = words("spread.expected", low=ends[0], high=ends[1])
    return PoolView(
        indicator=links.indicator(pool.indicator),
        text=words(
            "spread.pooled",
            places=made.places,
            mean=form.difference(made.mean, indicator, spelled=True),
            low=low,
            high=high,
        ),
        differ=words("spread.differ", share=form.share(made.i2)),
        few=words("spread.few") if pool.pooled.few else "",
        expected=expected,
    )


def _conditions(
    ctx: PageContext, change: Change, tallies: tuple[ConditionTally, ...]
) -> tuple[tuple[str, str], ...]:
    """Every condition; how it went with and without, where anything is decided."""
    words = ctx.format.words
    known = {tally.condition: tally for tally in tallies}
    rows = []
    for condition in change.conditions:
        tally = known.get(condition.id)
        told = []
        for key in ("met", "lacking"):
            counts = getattr(tally, key) if tally else (0, 0)
            if counts[1]:
                told.append(words(f"spread.where_{key}", n=counts[0], of=counts[1]))
        rows.append((ctx.format.text(condition.text), ctx.format.join(told) or words("spread.no_experience")))
    return tuple(rows)


def _ways(ctx: PageContext, found: tuple[SpreadPractice, ...]) -> Iterator[tuple[str, str, str]]:
    words = ctx.format.words
    every = [place.transfer.way for item in found for place in item.places]
    part = any(item.in_part for item in found)
    for way in get_args(SpreadWay):
        count = "" if part else str(every.count(way))
        yield words(f"spread.way.{way}.name"), words(f"spread.way.{way}.what"), count


def _failures(ctx: PageContext, links: Links) -> Iterator[FailureRow]:
    """What was looked at and did not bring what was hoped for, the worst first."""
    shown = ("worse", "at-a-cost", "unclear")
    ranked = [item for item in ranked_changes(ctx.figures) if item.group in shown]
    for item in sorted(ranked, key=lambda one: shown.index(one.group)):
        yield _failure(ctx, item, links)


def _failure(ctx: PageContext, item: RankedChange, links: Links) -> FailureRow:
    claim = item.claim
    return FailureRow(
        Ref(claim_name(ctx.figures, ctx.format, claim)),
        links.pilot(claim.pilot),
        links.indicator(claim.indicator),
        ctx.format.words(f"spread.failed.{item.group}"),
    )
