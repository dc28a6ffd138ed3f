"""The effects of changes in the form of the export, with a reason for every figure that is null."""

from __future__ import annotations

from typing import Any

from generator.compute.effect import Effect
from generator.compute.guardrail import ChangeEffect, GuardEffect
from generator.exchange.export_model import ComparisonOut, EffectOut, GuardrailOut, HalfOut, MeasuredOut

WHY_NOT = {
    "no-result": "there is no result on one side of the change",
    "too-few": "there are fewer than 4 results on one side of the change",
    "break": "the definition changed between the two sides",
}
TESTED = ("interval", "p", "verdict", "guard")


def effect_out(change: ChangeEffect) -> EffectOut:
    """One indicator of a change."""
    effect = change.effect
    compared = effect.comparison
    reasons = _reasons(effect, TESTED)
    if change.comparison_withheld:
        reasons["comparison"] = "withheld"
    elif compared is None:
        reasons["comparison"] = reasons.get("verdict", "no pilot without a change has results in the window")
    if change.guards_withheld:
        reasons["balance"] = "withheld"
    elif change.balance is None:
        reasons["balance"] = reasons.get("verdict", "the indicator has no direction")
    return EffectOut(
        **_measured(effect, effect.p),
        verdict=effect.verdict,
        guard=effect.guard,
        preliminary=effect.preliminary,
        comparison=ComparisonOut(
            pilots=list(compared.pilots),
            difference=compared.difference,
            net=compared.net,
            interval=compared.interval,
        )
        if compared
        else None,
        balance=change.balance,
        guardrails=[_guardrail(guard) for guard in change.guardrails],
        why_not=reasons,
    )


def measured_out(effect: Effect) -> MeasuredOut:
    """An indicator before and after, without a judgement over guardrails."""
    return MeasuredOut(**_measured(effect, effect.p))


def _guardrail(guard: GuardEffect) -> GuardrailOut:
    reasons = _reasons(guard.effect, ("interval", "p", "verdict"))
    if guard.verdict is None and not reasons.get("verdict"):
        reasons["verdict"] = reasons["p"] = "the guardrail has no direction"
    if guard.rules_out is None:
        reasons["rules_out"] = reasons.get("verdict", "the guardrail moved")
    return GuardrailOut(
        **_measured(guard.effect, guard.adjusted_p),
        verdict=guard.verdict,
        rules_out=guard.rules_out,
        why_not=reasons,
    )


def _measured(effect: Effect, p: float | None) -> dict[str, Any]:
    return {
        "indicator": effect.indicator,
        "before": HalfOut(n=effect.before.n, mean=effect.before.mean),
        "after": HalfOut(n=effect.after.n, mean=effect.after.mean),
        "difference": effect.difference,
        "percent": effect.percent,
        "interval": effect.interval,
        "p": p,
    }


def _reasons(effect: Effect, tested: tuple[str, ...]) -> dict[str, str]:
    """Why the figures of a test are null."""
    reasons = {}
    if effect.before.mean is None:
        reasons["before"] = "there is no result before the change"
    if effect.after.mean is None:
        reasons["after"] = WHY_NOT["break" if effect.why_not == "break" else "no-result"]
    if effect.difference is None:
        reasons["difference"] = reasons["percent"] = WHY_NOT[effect.why_not or "no-result"]
    elif effect.percent is None:
        reasons["percent"] = "the mean before is not above 0"
    if effect.why_not is not None:
        reasons.update(dict.fromkeys(tested, WHY_NOT[effect.why_not]))
    return reasons
