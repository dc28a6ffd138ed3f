"""What the incentives would have paid, in the export of the narrowest edition."""

from __future__ import annotations

from typing import Any

from generator.compute.figures import Figures
from generator.compute.insight.names import joined
from generator.compute.insight.payouts import (
    SCENARIOS,
    PaidFor,
    PayTally,
    Terms,
    has_bonus,
    pay_of,
    sees_pay,
)
from generator.exchange.export_part import ExportPart, PeriodText
from generator.exchange.plain_json import as_json
from generator.model.pilot import Pilot


class PayoutOut(ExportPart):
    """One bonus in one long review period."""

    id: str
    """indicator~period."""
    indicator: str
    period: PeriodText
    outcome: str | None
    """paid, short, gate-shut, gate-open, guard-missed, unknown."""
    paid_for: PaidFor | None
    """gain, at-a-cost, noise (nothing changed, and luck decides), level (nothing changed, and it is reached
    anyway), unknown; null where nothing is paid."""


class ScenarioOut(ExportPart):
    """What terms would have paid."""

    id: str
    """agreed, equal (weights), floor or stretch (as the bar), no-gate; asked: as the command was told."""
    periods: int
    closed: int
    """Periods in which the gate was not passed."""
    paid: int
    by_kind: dict[str, int]
    share: float | None
    """Of the bonus, by weight, on average, 0–1."""


class PilotPayOut(ExportPart):
    """A pilot's incentives over the last two years."""

    id: str
    """The pilot."""
    payouts: list[PayoutOut]
    """By the agreed terms, newest period first."""
    scenarios: list[ScenarioOut]
    rewards: list[dict[str, Any]]
    """What is rewarded beside gate and bonus, as in its file."""


def incentives_out(figures: Figures) -> list[PilotPayOut] | None:
    """Every pilot with a bonus or a reward; null in an edition that is not told."""
    if not sees_pay(figures):
        return None
    return [
        pilot_pay_out(figures, pilot)
        for pilot in figures.catalogue.pilots.values()
        if pilot.rewards or has_bonus(figures, pilot)
    ]


def pilot_pay_out(figures: Figures, pilot: Pilot, asked: Terms | None = None, years: int = 2) -> PilotPayOut:
    """One pilot; `asked` are terms to try beside those of the page."""
    tried = {**SCENARIOS, **({"asked": asked} if asked is not None else {})}
    return PilotPayOut(
        id=pilot.id,
        payouts=[
            PayoutOut(
                id=joined(item.indicator, str(item.period)),
                indicator=item.indicator,
                period=str(item.period),
                outcome=item.outcome,
                paid_for=item.paid_for,
            )
            for item in pay_of(figures, pilot, None, years).payouts
        ],
        scenarios=[
            _scenario(name, pay_of(figures, pilot, terms, years).tally) for name, terms in tried.items()
        ],
        rewards=[as_json(reward, figures.catalogue.handbook.languages) for reward in pilot.rewards],
    )


def _scenario(name: str, tally: PayTally) -> ScenarioOut:
    return ScenarioOut(
        id=name,
        periods=tally.periods,
        closed=tally.closed,
        paid=tally.paid,
        by_kind={str(kind): count for kind, count in tally.by_kind.items()},
        share=tally.share,
    )
