"""What the changes of a pilot did, on one axis: a row an indicator, its sentence and its comparison folded.

Rows are grouped by change, the newest first; the axis is the share of the way to the target, so that
indicators of any unit stand under each other, and guardrails stand in the row of what they guard.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.effects.claim import Claim
from generator.compute.insight.claims import pilot_claims
from generator.compute.insight.evidence import TargetShare, claim_name, guard_way, ranked_changes
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.present.charts import strip
from generator.present.charts.strip import Reached
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import balance_added, claim_dated, indicator_of, verdict_view
from generator.present.parts.effects import EffectRow, effect_rows, effect_sentence
from generator.present.parts.signal import SignalView
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One indicator of a change, with all that is told of it."""

    name: str
    ref: Ref
    drawing: Markup
    difference: str
    interval: str
    verdict: SignalView
    balance: SignalView | None
    """What the guardrails add to the verdict; None where that is nothing."""
    sentence: str
    rows: tuple[EffectRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """One change, or several that cannot be told apart."""

    title: str
    rows: tuple[ChangeRow, ...]


def change_groups(ctx: PageContext, pilot: Pilot, links: Links) -> tuple[ChangeGroup, ...]:
    """Every change of a pilot that claims are made of."""
    ways = {claim_name(ranked.claim): ranked.way for ranked in ranked_changes(ctx.figures)}
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in pilot_claims(ctx.figures, pilot.id):
        found.setdefault(claim.changes, []).append(claim)
    return tuple(
        ChangeGroup(
            claim_dated(ctx.figures, ctx.format, own[0]),
            tuple(_row(ctx, claim, ways.get(claim_name(claim)), links) for claim in own),
        )
        for own in found.values()
    )


def strip_axis(ctx: PageContext) -> Markup:
    """Start and target over the rows."""
    drawn, words = strip.geometry(None), ctx.format.words
    names = {"start": words("since_change.start"), "goal": words("value.target")}
    return Markup(ctx.templates.piece("drawings/strip_axis.svg.jinja", strip=drawn, **names))


def _row(ctx: PageContext, claim: Claim, way: TargetShare | None, links: Links) -> ChangeRow:
    form, effect = ctx.format, claim.effect
    indicator = indicator_of(ctx.figures, claim)
    told = claim.outcome is not None
    said = _way_text(form, way) if way is not None and told else ""
    return ChangeRow(
        name=form.text(indicator.name),
        ref=links.indicator(indicator.id),
        drawing=_drawing(ctx, claim, way, said) if told else Markup(""),
        difference=form.difference(effect.difference, indicator) if told else "",
        interval=interval_text(form, claim, indicator) if told else "",
        verdict=verdict_view(form, claim),
        balance=balance_added(form, claim),
        sentence=effect_sentence(ctx, claim),
        rows=effect_rows(ctx, claim, links),
    )


def interval_text(form: Format, claim: Claim, indicator: Indicator) -> str:
    """The interval of a claim's difference in brackets; empty where there is none."""
    if claim.effect.interval is None:
        return ""
    low, high = (form.value(end, indicator, signed=True) for end in claim.effect.interval)
    return form.words("since_change.interval", low=low, high=high)


def _way_text(form: Format, way: TargetShare) -> str:
    return form.words(
        "since_change.way", share=form.share(way.share), low=form.share(way.low), high=form.share(way.high)
    )


def _drawing(ctx: PageContext, claim: Claim, way: TargetShare | None, said: str) -> Markup:
    own = Reached(way.share, way.low, way.high, claim.shown) if way is not None else None
    guards = [
        Reached(found.share, found.low, found.high, guard.shown)
        for guard in claim.guardrails
        if (found := guard_way(ctx.figures, claim.pilot, guard)) is not None
    ]
    label = said or ctx.format.words("since_change.no_way")
    return Markup(
        ctx.templates.piece("drawings/strip.svg.jinja", strip=strip.geometry(own, guards), label=label)
    )
