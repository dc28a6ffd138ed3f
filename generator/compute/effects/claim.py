"""What may be said of a change in one indicator: one object, from which every sentence and badge is made.

A claim is as strong as its weakest part. A verdict of the test becomes a firm claim only where the guard
agrees, its periods do not hang together, pilots that did not change did not move as much, there were enough
periods before, and most values are final; each thing that speaks against it is a
doubt, and what a reader should know besides is a note. Source: the computations page, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.compute.effects.before_after import LEVEL
from generator.compute.effects.effect import Effect, EffectVerdict
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.effects.sample import Half
from generator.compute.series.tones import Tone
from generator.model.exact import counted

Strength = Literal["firm", "doubtful", "none"]
"""A claim without doubts · a verdict with at least one doubt · nothing is claimed: not to be told from normal
variation, or no look yet."""
Balance = Literal[
    "balanced-gain", "gain", "gain-at-a-cost", "doubtful-gain", "no-clear-change", "doubtful-loss", "loss"
]
"""Improved, and every guardrail held · improved, and not every guardrail is known to have held, or there is
none · improved, and a guardrail was harmed · improved, with doubts · not to be told from normal variation ·
got worse, with doubts · got worse, or a guardrail was harmed and nothing gained for it."""
ReservationKind = Literal[
    "moving",
    "together",
    "season",
    "alike",
    "preliminary",
    "estimates",
    "gaps",
    "bundle",
    "chosen",
    "unheld",
    "unguarded",
]
"""It was moving before · neighbouring periods hang together · the periods repeat by season ·
pilots without the change moved as much · few periods before · estimates or
provisional values · periods without a value · several changes that cannot be told apart · its pilot was
chosen for bad figures, so that some of any gain would have come anyway · guardrails not known to have held ·
no guardrail."""

Signal = Literal["improvement", "concern", "high", "low", "normal", "unknown"]
SIGNALS: dict[EffectVerdict, Signal] = {
    "improved": "improvement",
    "worse": "concern",
    "higher": "high",
    "lower": "low",
    "unclear": "normal",
}

SOFT = 1 / 3
"""Share of estimates, or of missing periods, on a side from which on a claim is in doubt."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """One thing to know before believing a claim."""

    kind: ReservationKind
    doubt: bool
    """Whether it makes the claim doubtful; else it is a note."""
    count: int = 0
    of: int = 0
    names: tuple[str, ...] = ()
    """Changes of a bundle, or guardrails that are not known to have held."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be said of a change, or of changes too near to tell apart, in one indicator of a pilot."""

    pilot: str
    indicator: str
    changes: tuple[str, ...]
    """By date; empty for an action."""
    days: tuple[date, ...]
    """Of the changes; of an action the day it was closed."""
    effect: Effect
    guardrails: tuple[GuardEffect, ...]
    strength: Strength
    balance: Balance | None
    """None without a verdict, where the indicator has no better side, and where it is withheld."""
    reservations: tuple[Reservation, ...]
    p: float | None
    """Of all that is claimed: the larger one of before against after and of the comparison pilots."""
    guards_withheld: bool = False
    """The balance hangs on guardrails that are not for the edition."""
    comparison_withheld: bool = False
    """Comparison pilots are not for the edition, so that what is left beside theirs is not told."""

    @property
    def first(self) -> date:
        """The day of the first change."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The day of the last change."""
        return self.days[-1]

    @property
    def outcome(self) -> EffectVerdict | None:
        """What the test says of before and after; how sure that is says `strength`."""
        return self.effect.verdict

    @property
    def signal(self) -> Signal:
        """The word whose icon the verdict carries: only a firm claim has the one of a signal."""
        if self.outcome is None:
            return "unknown"
        return SIGNALS[self.outcome] if self.strength == "firm" else "normal"

    @property
    def shown(self) -> Literal["improved", "worse", "unclear"]:
        """How a chart draws it."""
        if self.strength == "firm" and self.outcome in ("improved", "worse"):
            return "improved" if self.outcome == "improved" else "worse"
        return "unclear"

    @property
    def cost(self) -> tuple[str, ...]:
        """The guardrails that were harmed."""
        return tuple(guard.indicator for guard in self.guardrails if guard.result == "harmed")

    @property
    def held(self) -> tuple[str, ...]:
        """The guardrails that held."""
        return tuple(guard.indicator for guard in self.guardrails if guard.result == "held")

    @property
    def doubts(self) -> tuple[Reservation, ...]:
        """What makes the claim doubtful."""
        return tuple(reservation for reservation in self.reservations if reservation.doubt)

    @property
    def tone(self) -> Tone:
        """Good only where a gain is firm and cost nothing; bad where a loss is firm or a guardrail was
        harmed."""
        if self.balance in ("balanced-gain", "gain"):
            return "good"
        return "bad" if self.balance in ("loss", "gain-at-a-cost") or self.harmed else "normal"

    @property
    def harmed(self) -> bool:
        """Whether something else paid for it, as far as there is a verdict."""
        return self.balance is not None and bool(self.cost)


def claim_of(
    pilot: str,
    indicator: str,
    changes: Sequence[tuple[str, date]],
    effect: Effect,
    guardrails: Sequence[GuardEffect] = (),
    chosen: bool = False,
    *,
    day: date | None = None,
) -> Claim:
    """Put together what is known; `changes` are (id, day) by date; an action has a `day` instead."""
    reservations = tuple(_reservations(effect, guardrails, changes, chosen))
    doubtful = any(reservation.doubt for reservation in reservations)
    claimed = effect.verdict not in (None, "unclear")
    return Claim(
        pilot=pilot,
        indicator=indicator,
        changes=tuple(name for name, _ in changes),
        days=(day,) if day is not None else tuple(when for _, when in changes),
        effect=effect,
        guardrails=tuple(guardrails),
        strength=("doubtful" if doubtful else "firm") if claimed else "none",
        balance=_balance(effect, guardrails, doubtful),
        reservations=reservations,
        p=max(effect.p, effect.comparison.p) if effect.p is not None and effect.comparison else effect.p,
    )


def _balance(effect: Effect, guards: Sequence[GuardEffect], doubtful: bool) -> Balance | None:
    """Gain or loss over the indicator and its guardrails, none stronger than its weakest part."""
    harmed = any(guard.result == "harmed" for guard in guards)
    if effect.verdict == "worse":
        return "doubtful-loss" if doubtful and not harmed else "loss"
    if effect.verdict == "unclear":
        return "loss" if harmed else "no-clear-change"
    if effect.verdict != "improved":
        return None
    if doubtful:
        return "doubtful-gain"
    if harmed:
        return "gain-at-a-cost"
    return "balanced-gain" if guards and all(guard.result == "held" for guard in guards) else "gain"


def _reservations(
    effect: Effect, guards: Sequence[GuardEffect], changes: Sequence[tuple[str, date]], chosen: bool
) -> Iterator[Reservation]:
    claimed = effect.verdict not in (None, "unclear")
    if claimed and effect.guard == "disagrees":
        yield Reservation("moving", True)
    if claimed:
        yield from (Reservation(item, True) for item in effect.dependence)
    if claimed and _alike(effect):
        yield Reservation("alike", True, names=effect.comparison.pilots if effect.comparison else ())
    if effect.verdict is not None and effect.preliminary:
        yield Reservation("preliminary", True, effect.before.n)
    yield from _soft("estimates", (effect.before, effect.after), claimed)
    yield from _soft("gaps", (effect.before, effect.after), claimed)
    if len(changes) > 1:
        yield Reservation("bundle", False, len(changes), names=tuple(name for name, _ in changes))
    if chosen and effect.verdict == "improved":
        yield Reservation("chosen", False)
    if effect.verdict == "improved":
        open_ = tuple(guard.indicator for guard in guards if guard.result == "unknown")
        if open_:
            yield Reservation("unheld", False, len(open_), len(guards), open_)
        elif not guards:
            yield Reservation("unguarded", False)


def _alike(effect: Effect) -> bool:
    """Whether nothing certain, in the direction of the claim, is left beyond the pilots without the
    change."""
    compared = effect.comparison
    if compared is None or effect.difference is None:
        return False
    return compared.p >= LEVEL or (compared.net > 0) != (effect.difference > 0)


def _soft(
    kind: Literal["estimates", "gaps"], halves: tuple[Half, Half], claimed: bool
) -> Iterator[Reservation]:
    """Values that are not final, or not there: a note, and a doubt where they are a third of a side."""
    counts = [half.uncertain if kind == "estimates" else half.missing for half in halves]
    wholes = [half.n + (half.missing if kind == "gaps" else 0) for half in halves]
    if counted(counts):
        heavy = any(count and count >= SOFT * whole for count, whole in zip(counts, wholes, strict=True))
        yield Reservation(kind, claimed and heavy, counted(counts), counted(wholes))
