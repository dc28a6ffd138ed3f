"""Gain at a cost: an indicator's gain is held against what must not get worse meanwhile.

The test of `effect` on the indicator and on each guardrail over the same window, with Holm's adjustment over
the guardrails, so that many guardrails do not raise false alarms. Source: the computations page, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.attainment import Direction
from generator.compute.effect import LEVEL, Effect

GuardVerdict = Literal["improved", "worse", "no-harm"]
Balance = Literal["balanced-gain", "gain-at-a-cost", "gain", "no-clear-change", "loss"]
"""`gain`: improved, and no guardrail could be tested."""


@dataclass(frozen=True, slots=True)
class GuardEffect:
    """A guardrail over the window of a change."""

    effect: Effect
    adjusted_p: float | None
    verdict: GuardVerdict | None
    """None where the effect could not be tested; the effect says why."""
    rules_out: float | None
    """With `no-harm`: a worsening of more than this is ruled out (≥ 0, the indicator's unit)."""


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """One indicator of a change with its guardrails and what they make together."""

    effect: Effect
    guardrails: tuple[GuardEffect, ...]
    balance: Balance | None
    """None where the indicator has no verdict or no direction, or where it is withheld."""
    guards_withheld: bool = False
    """The balance hangs on guardrails that are not for the edition."""
    comparison_withheld: bool = False
    """Comparison pilots are not for the edition, so that what is left beside theirs is not told."""

    @property
    def cost(self) -> tuple[str, ...]:
        """The guardrails that got worse."""
        return tuple(guard.effect.indicator for guard in self.guardrails if guard.verdict == "worse")


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment, in the order given."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def weigh(effect: Effect, guards: Sequence[tuple[Effect, Direction | None]]) -> ChangeEffect:
    """An effect with its guardrails (effect and direction of each) and the verdict over all of them."""
    tested = [
        guard for guard, direction in guards if guard.p is not None and direction in ("higher", "lower")
    ]
    adjusted = iter(holm([guard.p for guard in tested if guard.p is not None]))
    judged = tuple(
        _judged(guard, direction, next(adjusted) if guard in tested else None) for guard, direction in guards
    )
    return ChangeEffect(effect, judged, _balance(effect, judged))


def _judged(guard: Effect, direction: Direction | None, adjusted: float | None) -> GuardEffect:
    if adjusted is None or guard.interval is None or guard.difference is None:
        return GuardEffect(guard, None, None, None)
    worsening = guard.difference if direction == "lower" else -guard.difference
    if adjusted < LEVEL:
        return GuardEffect(guard, adjusted, "worse" if worsening > 0 else "improved", None)
    low, high = guard.interval
    return GuardEffect(guard, adjusted, "no-harm", max(high if direction == "lower" else -low, 0.0))


def _balance(effect: Effect, guards: Sequence[GuardEffect]) -> Balance | None:
    """Gain, balanced or at a cost; loss also where a guardrail got worse and nothing was gained for it."""
    if effect.verdict not in ("improved", "worse", "unclear"):
        return None
    harmed = any(guard.verdict == "worse" for guard in guards)
    if effect.verdict == "worse" or (effect.verdict == "unclear" and harmed):
        return "loss"
    if effect.verdict == "unclear":
        return "no-clear-change"
    if harmed:
        return "gain-at-a-cost"
    return "balanced-gain" if any(guard.verdict for guard in guards) else "gain"
