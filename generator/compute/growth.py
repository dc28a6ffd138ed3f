"""Progress by compound yearly growth, as the Canadian indicator framework publishes it.

o = (current/base)^(1/years) − 1 is the growth seen; with a target, r = (target/base)^(1/years to it) − 1 is
the growth needed, and o/r is cut at 0.95, 0.60 and 0. Without a target o, turned by the direction, is cut at
0.015, 0.005 and 0. Source: the computations page, section 2; 121 of 125 rows of the framework's public table
follow it. Undefined at or below zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["on-track", "accelerate", "limited", "worse"]
"""On the way, progress that needs to go faster, little progress, moving away."""
WITH_TARGET = (0.95, 0.60, 0.0)
WITHOUT_TARGET = (0.015, 0.005, 0.0)


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth a year (0.02 = 2 %), what would be needed, and what is cut into grades."""

    observed: float
    required: float | None
    """None without a target."""
    measure: float
    """observed/required with a target, else observed turned by the direction."""
    grade: Grade


def growth(
    base: float,
    current: float,
    years: float,
    direction: Literal["higher", "lower"],
    target: float | None = None,
    target_years: float | None = None,
) -> Growth | None:
    """Progress from `base` over `years`, towards a target `target_years` after the base.

    None where a value is not above 0, no time has passed, or the target asks for no growth.
    """
    if base <= 0 or current <= 0 or years <= 0:
        return None
    observed = (current / base) ** (1 / years) - 1
    if target is None or target_years is None:
        measure = observed if direction == "higher" else -observed
        return Growth(observed, None, measure, _grade(measure, WITHOUT_TARGET))
    if target <= 0 or target_years <= 0 or target == base:
        return None
    required = (target / base) ** (1 / target_years) - 1
    return Growth(observed, required, observed / required, _grade(observed / required, WITH_TARGET))


def _grade(measure: float, cuts: tuple[float, float, float]) -> Grade:
    grades: tuple[Grade, ...] = ("on-track", "accelerate", "limited")
    return next((grade for grade, cut in zip(grades, cuts, strict=True) if measure >= cut), "worse")
