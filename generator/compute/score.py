"""A pilot's score over its pack: weighted points over what has data, its coverage, and the gates.

Source: the computations page, section 2. A gate that is missed turns the result into "gate not passed",
whatever the score says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.assessed import AssessedPoint, AssessedSeries
from generator.model.exact import mean, ratio, total

Gate = Literal["passed", "not-passed", "open"]
"""`open`: a gate indicator has no figure yet, so nothing can be said."""


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
class PilotScore:
    """The result of a pilot in one review period."""

    value: float | None
    """Points by the handbook's scoring; None where no indicator of the pack can be scored."""
    coverage: float
    """Share of the pack's weight that has a score, 0–1."""
    gate: Gate | None
    """None: the pack has no gate."""


def pilot_score(pack: Sequence[PackFigure]) -> PilotScore:
    """Σ weight × score / Σ weight over what has data. Packs without weights count every indicator alike."""
    weighted = any(item.weight is not None for item in pack)
    weights = [(item.weight or 0.0) if weighted else 1.0 for item in pack]
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
