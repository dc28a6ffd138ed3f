"""The changes of all pilots side by side on the evidence page: ranked, drawn, and those to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.insight.evidence import GROUPS, EvidenceGroup, RankedChange, TargetShare
from generator.compute.insight.practices import Practice
from generator.present.charts.draw import TwoWidths
from generator.present.charts.dumbbell import Dumbbell, DumbbellRow, specification
from generator.present.charts.rows import stacked
from generator.present.links import Links, Ref, path_of
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.parts.claims import (
    change_title,
    changes_of,
    claim_dated,
    claim_name,
    cost_texts,
    doubt_texts,
    indicator_of,
    look_text,
    note_texts,
    verdict_view,
    why_text,
)
from generator.present.parts.signal import SignalView
from generator.present.text.format import Format
from generator.present.text.moved import moved
from generator.present.text.prose import plain

WHOLE_WAY = 100.0
"""Per cent of the way at which the target is reached."""
UNDRAWN: tuple[EvidenceGroup, ...] = ("early", "untested", "withheld")
FARTHEST = (-150.0, 350.0)
"""Per cent of the way that the chart shows: a soft target would squeeze all others into a corner."""


@dataclass(frozen=True, slots=True)
class ComparedChange:
    """One change in one indicator."""

    ref: Ref
    pilot: Ref
    indicator: Ref
    effect: str
    interval: str
    way: str
    way_note: str
    verdict: SignalView
    periods: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The changes of which the same can be said."""

    id: str
    title: str
    text: str
    rows: tuple[ComparedChange, ...]


@dataclass(frozen=True, slots=True)
class PracticeView:
    """One change to copy."""

    heading: Ref
    pilot: Ref
    text: str
    gains: tuple[str, ...]
    open_in: tuple[Ref, ...]
    done_in: tuple[Ref, ...]
    cases: tuple[Ref, ...]


def claim_ref(figures: Figures, form: Format, claim: Claim, links: Links) -> Ref:
    """A change, or all that are judged together, leading to what they did on their pilot's page."""
    return Ref(claim_dated(figures, form, claim), links.to(path_of("pilot", claim.pilot), "effects"))


def periods_text(figures: Figures, form: Format, count: int) -> str:
    """So many whole long review periods, in words."""
    return form.words.count(f"evidence.long.{figures.catalogue.handbook.review.long}", count)


def groups(
    figures: Figures, form: Format, ranked: Sequence[RankedChange], links: Links
) -> tuple[GroupView, ...]:
    """Every group that has changes, in order."""
    words = form.words
    found: dict[EvidenceGroup, list[RankedChange]] = {group: [] for group in GROUPS}
    for ranked_change in ranked:
        found[ranked_change.group].append(ranked_change)
    return tuple(
        GroupView(
            group,
            words(f"evidence.group.{group}.title"),
            words(f"evidence.group.{group}.text"),
            tuple(_row(figures, form, ranked_change, links) for ranked_change in own),
        )
        for group, own in found.items()
        if own
    )


def _row(figures: Figures, form: Format, ranked: RankedChange, links: Links) -> ComparedChange:
    words, claim = form.words, ranked.claim
    effect, indicator = claim.effect, indicator_of(figures, claim)
    interval, way, note = "", "", ""
    if effect.interval is not None:
        low, high = form.ends(effect.interval, indicator)
        interval = words("effect.interval", low=low, high=high)
    if ranked.way is not None:
        way = _way_text(form, ranked)
        note = "" if ranked.way.from_baseline else words("evidence.way_mean")
    elif claim.outcome is not None:
        note = words("evidence.no_way")
    return ComparedChange(
        ref=claim_ref(figures, form, claim, links),
        pilot=links.pilot(claim.pilot),
        indicator=links.indicator(claim.indicator),
        effect=form.difference(effect.difference, indicator),
        interval=interval,
        way=way,
        way_note=note,
        verdict=verdict_view(form, claim),
        periods=periods_text(figures, form, ranked.periods),
        remarks=tuple(_remarks(figures, form, ranked)),
    )


def _way_text(form: Format, ranked: RankedChange) -> str:
    assert ranked.way is not None
    return form.words(
        "evidence.way",
        share=form.share(ranked.way.share),
        low=form.share(ranked.way.low),
        high=form.share(ranked.way.high),
    )


def _remarks(figures: Figures, form: Format, ranked: RankedChange) -> Iterator[str]:
    """What a reader must know before believing the figure."""
    words, claim = form.words, ranked.claim
    catalogue, indicator = figures.catalogue, indicator_of(figures, claim)
    if claim.outcome is None:
        yield why_text(figures, form, claim)
    if claim.guards_withheld:
        yield words("effect.guards_withheld")
    if claim.comparison_withheld:
        yield words("effect.comparison_withheld")
    yield from cost_texts(figures, form, claim)
    if ranked.by_chance and ranked.adjusted_p is None:
        yield words("evidence.chance_bare")
    elif ranked.by_chance:
        yield words("evidence.chance", p=form.number(ranked.adjusted_p, 2))
    yield from doubt_texts(figures, form, claim)
    compared = claim.effect.comparison
    if compared is not None:
        yield words(
            "evidence.net",
            pilots=form.listed([form.text(catalogue.pilots[name].name) for name in compared.pilots]),
            **moved(form, compared.net, compared.interval, indicator),
        )
    if ranked.same_day:
        own = {change.id: change for change in catalogue.pilots[claim.pilot].changes}
        texts = [change_title(figures, form, claim.pilot, own[name]) for name in ranked.same_day]
        yield words("evidence.same_day", changes=form.listed(texts))
    if claim.outcome is not None:
        yield from note_texts(figures, form, claim)
        yield look_text(figures, form, claim)


def forest(ctx: PageContext, ranked: Sequence[RankedChange]) -> Iterator[ChartView]:
    """All tested changes with a target ahead, as shares of the way with their intervals."""
    form, words = ctx.format, ctx.format.words
    drawn = [
        ranked_change
        for ranked_change in ranked
        if ranked_change.way is not None and ranked_change.group not in UNDRAWN
    ]
    if not drawn:
        return
    labels = [_label(ctx.figures, form, ranked_change) for ranked_change in drawn]
    rows = tuple(
        _drawn(ctx.figures, form, label, ranked_change, ranked_change.way)
        for label, ranked_change in zip(labels, drawn, strict=True)
        if ranked_change.way
    )
    spec = specification(Dumbbell(rows, words("evidence.axis"), WHOLE_WAY))
    yield chart_view(
        ctx,
        "forest",
        "changes",
        Ref(words("evidence.chart")),
        finding=_finding(ctx.figures, form, drawn),
        spec=TwoWidths(spec, stacked(spec)),
        columns=(("change", False), ("pilot", False), ("way", True), ("conclusion", False)),
        rows=[
            [
                label,
                form.text(ctx.figures.catalogue.pilots[ranked_change.claim.pilot].name),
                _way_text(form, ranked_change),
                _word(form, ranked_change),
            ]
            for label, ranked_change in zip(labels, drawn, strict=True)
        ],
    )


def _drawn(figures: Figures, form: Format, name: str, ranked: RankedChange, way: TargetShare) -> DumbbellRow:
    """A row of the chart; what lies beyond its ends stands at the end, and its label says so."""
    words = form.words
    share, low, high = (
        min(max(figure * WHOLE_WAY, FARTHEST[0]), FARTHEST[1]) for figure in (way.share, way.low, way.high)
    )
    label = words("evidence.row_label", share=form.share(way.share), word=_word(form, ranked))
    if share != way.share * WHOLE_WAY:
        label = words("evidence.beyond", label=label)
    pilot = form.text(figures.catalogue.pilots[ranked.claim.pilot].name)
    said = tip(
        form, name, [("pilot", pilot), ("way", _way_text(form, ranked)), ("conclusion", _word(form, ranked))]
    )
    return DumbbellRow(
        name=name, difference=share, low=low, high=high, outcome=ranked.shown, label=label, tip=said
    )


def _label(figures: Figures, form: Format, ranked: RankedChange) -> str:
    """A change and its indicator, short enough for an axis."""
    name = form.text(indicator_of(figures, ranked.claim).name)
    return form.words("evidence.row", change=claim_dated(figures, form, ranked.claim), indicator=name)


def _word(form: Format, ranked: RankedChange) -> str:
    return form.words(f"evidence.short.{ranked.group}")


def _finding(figures: Figures, form: Format, drawn: Sequence[RankedChange]) -> str:
    words = form.words
    best = drawn[0]
    if best.group != "gained" or best.way is None:
        return words("evidence.chart_finding_none")
    return words(
        "evidence.chart_finding",
        pilot=form.text(figures.catalogue.pilots[best.claim.pilot].name),
        change=claim_name(figures, form, best.claim),
        indicator=form.inside(indicator_of(figures, best.claim).name),
        share=form.share(best.way.share),
        low=form.share(best.way.low),
    )


def practice_view(figures: Figures, form: Format, practice: Practice, links: Links) -> PracticeView:
    """A change to copy, with what it brought and who has not made it."""
    claim = practice.gains[0].claim
    return PracticeView(
        heading=claim_ref(figures, form, claim, links),
        pilot=links.pilot(practice.pilot),
        text=" ".join(plain(form.text(change.text)) for change in changes_of(figures, claim)),
        gains=tuple(_gain(figures, form, gain) for gain in practice.gains),
        open_in=tuple(links.pilot(pilot) for pilot in practice.open_in),
        done_in=tuple(links.pilot(pilot) for pilot in practice.done_in),
        cases=tuple(links.case(case) for case in practice.cases),
    )


def _gain(figures: Figures, form: Format, ranked: RankedChange) -> str:
    effect, indicator = ranked.claim.effect, indicator_of(figures, ranked.claim)
    if effect.difference is None or effect.interval is None:  # it is no gain then
        return ""
    return form.words(
        "evidence.gain",
        indicator=form.text(indicator.name),
        **moved(form, effect.difference, effect.interval, indicator),
    )
