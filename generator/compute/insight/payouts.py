"""What the incentives would have paid: for a gain, for a gain at a cost, for noise, or for standing still.

Two years of long review periods are gone over by the one rule that holds everywhere (`people.outcome_of`).
What a payment was for is told by the same evidence as elsewhere: the claims about the pilot's changes, the
signals of its control chart, and whether the bar lies inside the normal range of a period's mean, where luck
decides who reaches it. Source: the computations page, section 18.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import fsum, sqrt
from typing import Literal

from generator.compute.figures import Figures, review_point
from generator.compute.insight.claims import pilot_claims
from generator.compute.insight.people import GuardrailStatus, PayOutcome, outcome_of
from generator.compute.score import Gate, PackFigure, pilot_score, weights_of
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.attainment import Status, Thresholds, status
from generator.model.period import Period
from generator.model.pilot import Pilot

PaidFor = Literal["gain", "at-a-cost", "noise", "level", "unknown"]
"""gain: a change is known to have improved it, or its chart shows a signal · at-a-cost: the same, and a
guardrail was harmed · noise: nothing changed, and the bar lies inside the normal range, so that luck decides
· level: nothing changed, and the bar is reached anyway · unknown: there is no normal range."""
PAID_FOR: tuple[PaidFor, ...] = ("gain", "at-a-cost", "noise", "level", "unknown")
YEARS = 2
PER_YEAR = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms to try: other weights or bars, with or without the gate."""

    weights: Mapping[str, float] = field(default_factory=dict)
    bars: Mapping[str, float] = field(default_factory=dict)
    bar: Literal["floor", "target", "stretch"] = "target"
    """Which of the agreed bars pays, where `bars` names no other."""
    equal: bool = False
    """Every bonus weighs the same."""
    gate: bool = True


@dataclass(frozen=True, slots=True)
class Payout:
    """One bonus in one long review period."""

    indicator: str
    period: Period
    outcome: PayOutcome | None
    paid_for: PaidFor | None
    """None where nothing is paid."""


@dataclass(frozen=True, slots=True)
class PayTally:
    """What terms would have paid over all periods."""

    periods: int
    """With a figure of any bonus."""
    closed: int
    """In which the gate was not passed."""
    paid: int
    by_kind: Mapping[PaidFor, int]
    share: float | None
    """Of the bonus that was paid, by weight, on average over the periods, 0–1."""


@dataclass(frozen=True, slots=True)
class PilotPay:
    """What a pilot's incentives would have paid."""

    pilot: str
    payouts: tuple[Payout, ...]
    """Newest period first, in the order of the pack."""
    tally: PayTally


def sees_pay(figures: Figures) -> bool:
    """Whether an edition is told: only the narrowest is."""
    return figures.edition == figures.catalogue.handbook.audiences[-1]


def pay_periods(figures: Figures, years: int = YEARS) -> tuple[Period, ...]:
    """The long review periods of so many years up to the newest, oldest first."""
    if figures.as_of is None:
        return ()
    count = years * PER_YEAR[figures.catalogue.handbook.review.long]
    newest = figures.catalogue.handbook.calendar.of(
        figures.catalogue.handbook.calendar.end(figures.as_of), figures.catalogue.handbook.review.long
    )
    return tuple(newest.shift(-place) for place in reversed(range(count)))


def pay_of(figures: Figures, pilot: Pilot, terms: Terms | None = None, years: int = YEARS) -> PilotPay:
    """A pilot's bonuses, period by period. Asked anew by every page; it costs little."""
    asked, payouts, shares, closed, periods = terms or Terms(), [], [], 0, 0
    bonuses = bonuses_of(figures, pilot)
    for period in reversed(pay_periods(figures, years)):
        pack = _pack(figures, pilot, period, asked)
        if not any(one.review is not None and one.indicator in bonuses for one in pack):
            continue
        gate = pilot_score(pack).gate if asked.gate else None
        periods += 1
        closed += gate == "not-passed"
        own = [_payout(figures, pilot, one, period, gate) for one in pack if one.indicator in bonuses]
        payouts += own
        shares.append(_share(pack, own, asked))
    paid = [item.paid_for for item in payouts if item.paid_for is not None]
    tally = PayTally(
        periods,
        closed,
        len(paid),
        {kind: paid.count(kind) for kind in PAID_FOR},
        fsum(shares) / len(shares) if shares else None,
    )
    return PilotPay(pilot.id, tuple(payouts), tally)


def bonuses_of(figures: Figures, pilot: Pilot) -> tuple[str, ...]:
    """The indicators of a pilot's pack that pay a bonus."""
    names = (item.indicator for item in pilot.pack)
    return tuple(name for name in names if _kind(figures, pilot, name) == "bonus")


def _kind(figures: Figures, pilot: Pilot, indicator: str) -> str:
    item = next(item for item in pilot.pack if item.indicator == indicator)
    return item.incentive or figures.catalogue.indicators[indicator].incentive


def _pack(figures: Figures, pilot: Pilot, period: Period, terms: Terms) -> list[PackFigure]:
    """The pack in a period, bonuses held against the bars of the terms."""
    made = []
    for item in pilot.pack:
        point = _point(figures, item.indicator, pilot.id, period)
        kind = _kind(figures, pilot, item.indicator)
        if point is not None and kind == "bonus":
            point = _asked(figures, item.indicator, point, terms)
        made.append(PackFigure(item.indicator, item.weight, kind == "gate", None, point))
    return made


def _point(figures: Figures, indicator: str, pilot: str | None, period: Period) -> AssessedPoint | None:
    key = (indicator, pilot, ())
    calendar = figures.catalogue.handbook.calendar
    series, longer = figures.series.get(key), figures.longer.get(key)
    if series is None:
        return None
    until = tuple(p for p in series.points if calendar.closes_on(p.point.period) <= calendar.end(period))
    return review_point(replace(series, points=until), longer, period, calendar)


def _asked(figures: Figures, indicator: str, point: AssessedPoint, terms: Terms) -> AssessedPoint:
    """A point held against another bar."""
    other = terms.bars.get(indicator)
    if other is None and terms.bar != "target":
        other = getattr(point.bar, terms.bar)
    if other is None:
        return point
    bar = Thresholds(target=other)
    direction = figures.catalogue.indicators[indicator].direction
    return replace(point, bar=bar, status=status(point.point.value, bar, direction))


def _payout(figures: Figures, pilot: Pilot, one: PackFigure, period: Period, gate: Gate | None) -> Payout:
    point = one.review
    indicator = figures.catalogue.indicators[one.indicator]
    guards = [
        GuardrailStatus(name, _guard(figures, name, pilot.id, period))
        for name in indicator.guarded_by
        if name in figures.catalogue.indicators and figures.catalogue.indicators[name].in_use
    ]
    outcome = outcome_of("bonus", point.status if point else "no-data", gate, guards)
    paid = _paid_for(figures, pilot, point, one.indicator, period) if outcome == "paid" and point else None
    return Payout(one.indicator, period, outcome, paid)


def _guard(figures: Figures, name: str, pilot: str, period: Period) -> Status:
    """A guardrail in the same period: the pilot's, else the organisation's."""
    for place in (pilot, None):
        point = _point(figures, name, place, period)
        if point is not None:
            return point.status
    return "no-data"


def _paid_for(
    figures: Figures, pilot: Pilot, point: AssessedPoint, indicator: str, period: Period
) -> PaidFor:
    calendar = figures.catalogue.handbook.calendar
    claims = [
        claim
        for claim in pilot_claims(figures, pilot.id)
        if claim.indicator == indicator
        and claim.last <= calendar.end(period)
        and claim.outcome == "improved"
        and claim.strength == "firm"
    ]
    if any(claim.cost for claim in claims):
        return "at-a-cost"
    if claims:
        return "gain"
    key = (indicator, pilot.id, ())
    series, signals = figures.series[key], figures.signals[key]
    first, last = calendar.start(period), calendar.end(period)
    within = [
        signal
        for own, signal in zip(series.points, signals.points, strict=True)
        if own.point.value is not None and first <= calendar.closes_on(own.point.period) <= last
    ]
    if any(signal.variation == "improvement" for signal in within):
        return "gain"
    if not within:
        return "unknown"
    newest = within[-1]
    if signals.segments[newest.segment - 1].chart == "rare" or newest.centre is None:
        return "unknown"
    if newest.lower is None or newest.upper is None or point.bar.target is None:
        return "unknown"
    # A mean of several periods varies less than one of them.
    root = sqrt(len(within))
    low = newest.centre - (newest.centre - newest.lower) / root
    high = newest.centre + (newest.upper - newest.centre) / root
    return "noise" if low <= point.bar.target <= high else "level"


def _share(pack: list[PackFigure], own: list[Payout], terms: Terms) -> float:
    """Of the bonus that is paid in a period, by weight."""
    agreed = dict(zip([item.indicator for item in pack], weights_of(pack), strict=True))
    weights = {
        item.indicator: 1.0 if terms.equal else terms.weights.get(item.indicator, agreed[item.indicator])
        for item in own
    }
    whole = fsum(weights.values())
    paid = fsum(weights[item.indicator] for item in own if item.outcome == "paid")
    return paid / whole if whole else 0.0


SCENARIOS: Mapping[str, Terms] = {
    "agreed": Terms(),
    "equal": Terms(equal=True),
    "floor": Terms(bar="floor"),
    "stretch": Terms(bar="stretch"),
    "no-gate": Terms(gate=False),
}
"""Terms that the page tries, by name."""


def has_bonus(figures: Figures, pilot: Pilot) -> bool:
    """Whether a pilot pays any bonus by its pack."""
    return bool(bonuses_of(figures, pilot))
