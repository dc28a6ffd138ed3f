"""Incentives: what is rewarded, and what two years would have paid for gains, gains at a cost and noise.

Only the narrowest edition has this page: it tells who would have been paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.payouts import (
    PAID_FOR,
    SCENARIOS,
    Payout,
    PayTally,
    has_bonus,
    pay_of,
    pay_periods,
    sees_pay,
)
from generator.model.pilot import Pilot
from generator.model.reward import Reward
from generator.present.links import INCENTIVES, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.record import owner_text, unit_name


@dataclass(frozen=True, slots=True)
class RewardRow:
    """Something that is rewarded."""

    kind: str
    text: Markup
    whom: str
    key_post: bool
    indicators: tuple[Ref, ...]
    caution: Markup


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One bonus over the periods: its cells are (key, word)."""

    indicator: Ref
    whom: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """What terms would have paid."""

    name: str
    share: str
    paid: str
    kinds: tuple[str, ...]
    closed: str


@dataclass(frozen=True, slots=True)
class PilotPayView:
    """A pilot's incentives."""

    pilot: Ref
    finding: str
    periods: tuple[str, ...]
    payouts: tuple[PayoutRow, ...]
    scenarios: tuple[ScenarioRow, ...]
    rewards: tuple[RewardRow, ...]


@dataclass(frozen=True, slots=True)
class IncentivesContext:
    """What the template is given."""

    summary: str
    rule: str
    kinds: tuple[tuple[str, str], ...]
    """What a payment may be for, and what that means."""
    pilots: tuple[PilotPayView, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the pilots; none in another edition, or without bonus and reward."""
    if not sees_pay(ctx.figures):
        return
    found = [
        pilot
        for pilot in ctx.figures.catalogue.pilots.values()
        if pilot.rewards or has_bonus(ctx.figures, pilot)
    ]
    if not found:
        return
    words, links = ctx.format.words, ctx.links(INCENTIVES)
    context = IncentivesContext(
        words("incentives.summary"),
        words("incentives.rule"),
        tuple((words(f"incentives.kind.{kind}"), words(f"incentives.meaning.{kind}")) for kind in PAID_FOR),
        tuple(_pilot(ctx, pilot, links) for pilot in found),
    )
    title = words("incentives.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page(
        "pilots/incentives", INCENTIVES, title, context, entry, context.summary, order=-0.8, hide=("toc",)
    )
    yield ctx.in_chapter(page, "pilots")


def _pilot(ctx: PageContext, pilot: Pilot, links: Links) -> PilotPayView:
    form, figures = ctx.format, ctx.figures
    pay = pay_of(figures, pilot)
    told = {item.period for item in pay.payouts}
    periods = [period for period in pay_periods(figures) if period in told]
    names = dict.fromkeys(item.indicator for item in pay.payouts)
    owners = {item.indicator: item.owner for item in pilot.pack}
    return PilotPayView(
        pilot=links.pilot(pilot.id),
        finding=_finding(ctx, pay.tally),
        periods=tuple(form.period(period) for period in periods),
        payouts=tuple(
            PayoutRow(
                links.indicator(name),
                owner_text(figures, form, owners[name]),
                tuple(
                    _cell(ctx, item)
                    for period in periods
                    for item in pay.payouts
                    if (item.indicator, item.period) == (name, period)
                ),
            )
            for name in names
        ),
        scenarios=tuple(
            _scenario(ctx, name, pay_of(figures, pilot, terms).tally) for name, terms in SCENARIOS.items()
        )
        if pay.payouts
        else (),
        rewards=tuple(_reward(ctx, reward, links) for reward in pilot.rewards),
    )


def _finding(ctx: PageContext, tally: PayTally) -> str:
    """How many payments there would have been, for what, and how often the gate was shut."""
    words = ctx.format.words
    if not tally.periods:
        return words("incentives.no_figures")
    kinds = [
        words("incentives.counted", name=words(f"incentives.kind.{kind}"), n=tally.by_kind[kind])
        for kind in PAID_FOR
        if tally.by_kind[kind]
    ]
    key = "finding" if tally.paid else "nothing"
    return words(
        f"incentives.{key}",
        periods=tally.periods,
        paid=tally.paid,
        kinds=ctx.format.listed(kinds),
        gate=words(f"incentives.gate.{'shut' if tally.closed else 'open'}", n=tally.closed),
    )


def _cell(ctx: PageContext, item: Payout) -> tuple[str, str]:
    """What a payment was for; without one why nothing was paid."""
    words = ctx.format.words
    if item.paid_for is not None:
        return item.paid_for, words(f"incentives.kind.{item.paid_for}")
    outcome = item.outcome or "unknown"
    return "unpaid", words(f"incentives.outcome.{outcome}")


def _scenario(ctx: PageContext, name: str, tally: PayTally) -> ScenarioRow:
    return ScenarioRow(
        name=ctx.format.words(f"incentives.terms.{name}"),
        share=ctx.format.share(tally.share),
        paid=str(tally.paid),
        kinds=tuple(str(tally.by_kind[kind]) if tally.by_kind[kind] else "" for kind in PAID_FOR),
        closed=str(tally.closed),
    )


def _reward(ctx: PageContext, reward: Reward, links: Links) -> RewardRow:
    form, words = ctx.format, ctx.format.words
    units = [unit_name(ctx.figures, form, unit) for unit in reward.units]
    given_for = words(f"incentives.given_for.{reward.given_for}")
    return RewardRow(
        kind=words(
            "incentives.reward", kind=words(f"incentives.reward_kind.{reward.kind}"), given_for=given_for
        ),
        text=form.inline(reward.text),
        whom=form.join([part for part in (form.text(reward.post), *units) if part]),
        key_post=reward.key_post,
        indicators=tuple(links.indicator(name) for name in reward.indicators),
        caution=form.inline(reward.caution),
    )
