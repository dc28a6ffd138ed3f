"""Progress by compound yearly growth, as the Canadian indicator framework publishes it.

o = (current/base)^(1/years) − 1 is the growth seen; with a target, r = (target/base)^(1/years to it) − 1 is
the growth needed, and o/r is cut at 0.95, 0.60 and 0. Without a target o, turned by the direction, is cut at
0.015, 0.005 and 0. Source: the computations page, section 2; 121 of 125 rows of the framework's public table
follow it. Undefined at or below zero.

Two things the formula alone gets wrong. What is at its target, or at the best value there can be, is
achieved, however long it took. And what was at or beyond its target at the start and is short of it now has
got worse: both o and r point the wrong way there, and their ratio would call it on track.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.comparing import reaches, same

Grade = Literal["achieved", "on-track", "accelerate", "limited", "worse"]
"""There, on the way, progress that needs to go faster, little progress, moving away."""
WITH_TARGET = (0.95, 0.60, 0.0)
WITHOUT_TARGET = (0.015, 0.005, 0.0)


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a year (0.02 = 2 %), what would be needed, and what is cut into grades."""

    observed: float
    required: float | None
    """None without a target, and where the start was at or beyond it, so that no growth was needed."""
    measure: float
    """observed/required where growth is needed (1 at least where achieved), else observed turned by the
    direction."""
    grade: Grade


def growth(
    base: float,
    current: float,
    years: float,
    direction: Literal["higher", "lower"],
    target: float | None = None,
    target_years: float | None = None,
    *,
    best: float | None = None,
) -> Growth | None:
    """Progress from `base` over `years`, towards a target `target_years` after the base.

    `best` is the best value there can be (100 for a share where higher is better). None where a value is not
    above 0 or no time has passed, or where the target holds from no later than the base and is not reached.
    """
    if base <= 0 or current <= 0 or years <= 0:
        return None
    observed = float((current / base) ** (1 / years) - 1)
    turned = observed if direction == "higher" else -observed
    at_best = best is not None and reaches(current, best, direction)
    if target is None or target_years is None:
        return Growth(observed, None, turned, "achieved" if at_best else _grade(turned, WITHOUT_TARGET))
    if target <= 0:
        return None
    there = at_best or reaches(current, target, direction)
    if reaches(base, target, direction):
        return Growth(observed, None, turned, "achieved" if there else "worse")
    if target_years <= 0:
        return Growth(observed, None, turned, "achieved") if there else None
    required = float((target / base) ** (1 / target_years) - 1)
    measure = observed / required
    if there:
        return Growth(observed, required, max(measure, 1.0), "achieved")
    return Growth(observed, required, measure, _grade(measure, WITH_TARGET))


def _grade(measure: float, cuts: tuple[float, float, float]) -> Grade:
    grades: tuple[Grade, ...] = ("on-track", "accelerate", "limited")
    at = (grade for grade, cut in zip(grades, cuts, strict=True) if measure > cut or same(measure, cut))
    return next(at, "worse")
