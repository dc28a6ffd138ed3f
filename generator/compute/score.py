"""A pilot's score over its pack: weighted points over what has data, its coverage, and the gates.

Source: the computations page, section 2. A gate that is missed turns the result into "gate not passed",
whatever the score says. A score that rests on a part which an edition may not see is withheld there: a score
over the rest would be another verdict.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.model.comparing import above, below, same
from generator.model.exact import mean, ratio, total
from generator.model.handbook import Scoring

Reading = Literal["below", "floor", "between", "target", "beyond"]
"""What points mean: fewer than a pack at its floors has · just that · between floors and targets · as a pack
wholly on target · more."""
Gate = Literal["passed", "not-passed", "open", "withheld"]
"""`open`: a gate indicator has no figure yet, so nothing can be said. `withheld`: it hangs on an indicator
that is not for the edition."""


@dataclass(frozen=True, slots=True)
class PackFigure:
    """One indicator of a pack in one review period."""

    indicator: str
    weight: float | None
    gate: bool
    series: AssessedSeries | None
    """The pilot's series at the indicator's own frequency; None without any result."""
    review: AssessedPoint | None
    """The point of the review period: rolled up, or the newest one inside it where it cannot be."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What of a pack is not for an edition."""

    parts: int
    """How many of its indicators."""
    weight: float
    """Their share of the pack's weight, 0–1."""


@dataclass(frozen=True, slots=True)
class PilotScore:
    """The result of a pilot in one review period."""

    value: float | None
    """Points by the handbook's scoring; None where no indicator of the pack can be scored."""
    coverage: float | None
    """Share of the pack's weight that has a score, 0–1; None where it is withheld."""
    gate: Gate | None
    """None: the pack has no gate."""
    withheld: Withheld | None = None
    """Why value and coverage are not told; None where the edition may see the whole pack."""


def reading_of(points: float, scoring: Scoring) -> Reading:
    """What points mean by the handbook's scoring."""
    if below(points, scoring.floor):
        return "below"
    if below(points, scoring.target):
        return "floor" if same(points, scoring.floor) else "between"
    return "beyond" if above(points, scoring.target) else "target"


def pilot_score(pack: Sequence[PackFigure]) -> PilotScore:
    """Σ weight × score / Σ weight over what has data. Packs without weights count every indicator alike."""
    weights = weights_of(pack)
    whole = total(weights)
    scored = [
        (weight, item.review.score)
        for weight, item in zip(weights, pack, strict=True)
        if item.review is not None and item.review.score is not None
    ]
    held = [weight for weight, _ in scored]
    covered = total(held)
    value = mean([points for _, points in scored], held) if covered else None
    return PilotScore(value, ratio(covered, whole) if whole else 0.0, _gate(pack))


def weights_of(pack: Sequence[PackFigure]) -> list[float]:
    """The weight of every indicator of a pack; 1 each where the pack gives none."""
    weighted = any(item.weight is not None for item in pack)
    return [(item.weight or 0.0) if weighted else 1.0 for item in pack]


def seen_score(
    whole: PilotScore, pack: Sequence[PackFigure], scored: Collection[str], judged: Collection[str]
) -> PilotScore:
    """A score as an edition may tell it that sees only some indicators of the pack: as it is, or withheld.

    It sees the points of those `scored`, and the standing of those `judged`. The gate is told where it hangs
    on nothing hidden; one that a seen indicator misses is not passed, whatever the hidden ones say.
    """
    weights = weights_of(pack)
    hidden = [weight for item, weight in zip(pack, weights, strict=True) if item.indicator not in scored]
    if not hidden:
        return whole
    gate = whole.gate
    if any(item.gate and item.indicator not in judged for item in pack):
        told = _gate([item for item in pack if item.indicator in judged])
        gate = "not-passed" if told == "not-passed" else "withheld"
    every = total(weights)
    return PilotScore(None, None, gate, Withheld(len(hidden), ratio(total(hidden), every) if every else 0.0))


def _gate(pack: Sequence[PackFigure]) -> Gate | None:
    """A gate passes when nothing about it is missed; without a figure it stays open."""
    gates = [item.review for item in pack if item.gate]
    if not gates:
        return None
    if any(point is not None and point.status == "missed" for point in gates):
        return "not-passed"
    if any(point is None or point.status in ("no-data", "no-target") for point in gates):
        return "open"
    return "passed"
