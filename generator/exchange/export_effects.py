"""The claims about changes in the form of the export, with a reason for every figure that is null."""

from __future__ import annotations

from typing import Any

from generator.compute.effects.claim import Claim, Reservation
from generator.compute.effects.effect import Comparison, Effect, Look, NoVerdict
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.effects.sample import Half
from generator.exchange.export_model import (
    ComparisonOut,
    EffectOut,
    GuardrailOut,
    HalfOut,
    LookOut,
    MarginOut,
    MeasuredOut,
    ReservationOut,
    WaitingOut,
)
from generator.exchange.export_points import WITHHELD

UNKNOWN = {
    "not-yet": "there is no look at the change yet",
    "too-few": "there are fewer than 4 results on one side of the change",
    "break": "the guardrail's definition changed between the two sides",
    "no-direction": "the guardrail has no direction",
    "wide": "neither harm nor its absence can be shown",
}
TESTED = ("p", "verdict", "guard", "look")


def effect_out(claim: Claim) -> EffectOut:
    """One indicator of a change."""
    effect = claim.effect
    return EffectOut(
        **_measured(effect, effect.p),
        change_ids=list(claim.changes),
        verdict=effect.verdict,
        strength=claim.strength,
        balance=claim.balance,
        tone=None if claim.guards_withheld else claim.tone,
        reservations=[_reservation(reservation) for reservation in claim.reservations],
        look=_look(effect.look) if effect.look else None,
        so_far=_half(effect.so_far) if effect.so_far else None,
        weighed=effect.weighed,
        guard=effect.guard,
        preliminary=effect.preliminary,
        comparison=_comparison(effect.comparison) if effect.comparison else None,
        waiting=WaitingOut(have=effect.why_not.have, needed=effect.why_not.needed)
        if effect.why_not
        else None,
        guardrails=[_guardrail(guard) for guard in claim.guardrails],
        why_not=_reasons(claim),
    )


def _reservation(reservation: Reservation) -> ReservationOut:
    return ReservationOut(
        id=reservation.kind,
        kind=reservation.kind,
        doubt=reservation.doubt,
        count=reservation.count,
        of=reservation.of,
        names=list(reservation.names),
    )


def _comparison(compared: Comparison) -> ComparisonOut:
    return ComparisonOut(
        pilots=list(compared.pilots),
        difference=compared.difference,
        net=compared.net,
        interval=compared.interval,
        p=compared.p,
    )


def measured_out(claim: Claim) -> MeasuredOut:
    """What was measured around an action: the figures, the verdict and what may be claimed."""
    return MeasuredOut(**_measured(claim.effect, claim.effect.p))


def _measured(effect: Effect | GuardEffect, p: float | None) -> dict[str, Any]:
    """What an effect and a guardrail have in common: both sides and how they differ."""
    return {
        "indicator": effect.indicator,
        "before": _half(effect.before),
        "after": _half(effect.after),
        "difference": effect.difference,
        "percent": effect.percent,
        "interval": effect.interval,
        "p": p,
    }


def _half(half: Half) -> HalfOut:
    return HalfOut(n=half.n, mean=half.mean, not_final=half.uncertain, missing=half.missing)


def _look(look: Look) -> LookOut:
    return LookOut(
        periods=look.periods,
        until=str(look.until),
        next=look.next,
        due=str(look.due) if look.due else None,
    )


def _guardrail(guard: GuardEffect) -> GuardrailOut:
    reasons = _plain(guard.before, guard.after, guard.difference, guard.percent)
    told = UNKNOWN[guard.why] if guard.why else ""
    if guard.result == "unknown":
        reasons["result"] = told
    for name, figure in (
        ("interval", guard.interval),
        ("p", guard.adjusted_p),
        ("rules_out", guard.rules_out),
    ):
        if figure is None:
            reasons[name] = told
    if guard.at_least is None:
        reasons["at_least"] = told or "no harm is certain"
    if guard.margin_withheld:
        reasons["margin"] = WITHHELD
    elif guard.margin is None:
        reasons["margin"] = "none is declared, there is no target with a floor, and the values do not vary"
    return GuardrailOut(
        **_measured(guard, guard.adjusted_p),
        result=guard.result,
        margin=MarginOut(value=guard.margin.value, source=guard.margin.source) if guard.margin else None,
        at_least=guard.at_least,
        rules_out=guard.rules_out,
        worse=guard.worse,
        better=guard.better,
        why_not=reasons,
    )


def _plain(before: Half, after: Half, difference: float | None, percent: float | None) -> dict[str, str]:
    """Why the figures are null that need no test."""
    reasons = {}
    if before.mean is None:
        reasons["before"] = "there is no result before the change that can be compared"
    if after.mean is None:
        reasons["after"] = "there is no result after the change that can be compared"
    if difference is None:
        reasons["difference"] = reasons["percent"] = "there is nothing to compare on one side"
    elif percent is None:
        reasons["percent"] = "the mean before is not above 0"
    return reasons


def _reasons(claim: Claim) -> dict[str, str]:
    effect = claim.effect
    reasons = _plain(effect.before, effect.after, effect.difference, effect.percent)
    if effect.why_not is not None:
        told = why_not(effect.why_not)
        reasons.update(dict.fromkeys((*TESTED, "balance"), told))
        if effect.interval is None:
            reasons["interval"] = told
    elif claim.guards_withheld:
        reasons["balance"] = reasons["tone"] = WITHHELD
    elif claim.balance is None:
        reasons["balance"] = "the indicator has no direction"
    if claim.comparison_withheld:
        reasons["comparison"] = WITHHELD
    elif effect.comparison is None:
        reasons["comparison"] = "no pilot without a change has results in the same periods"
    if effect.so_far is None:
        reasons["so_far"] = "there are no more periods than at the look"
    return reasons


def why_not(why: NoVerdict) -> str:
    """What stands in the way of a verdict; names the neighbouring change or the break."""
    barrier = ""
    if why.barrier is not None:
        change = why.barrier.change
        barrier = (
            f"the change '{change.id}'" if change else f"the change of the definition on {why.barrier.date}"
        )
    if why.why == "break":
        return f"{barrier} lies between the two sides"
    have = "there is 1 period" if why.have == 1 else f"there are {why.have} periods"
    if why.why in ("no-before", "few-before"):
        between = f" between {barrier} and the change" if barrier else " before the change"
        return f"{have}{between}, at least {why.needed} are needed"
    if why.why == "cut-short":
        return f"{have} as far as {barrier}, the first look needs {why.needed}"
    return f"{have} after the change, the first look is after {why.needed}, with {why.due}"
