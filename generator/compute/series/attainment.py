"""How a value stands against its floor, target and stretch: status, gap, attainment, progress, score.

For `lower` every comparison turns round; for `range` the target is the interval itself. Every comparison goes
through `model.comparing`, so that 28.999999999999996 is at a bar of 29.
Source: the computations page, section 2. All functions take plain numbers in the indicator's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model import comparing
from generator.model.calendar import Calendar
from generator.model.comparing import below, better, inside, reaches, same
from generator.model.exact import minus, ratio
from generator.model.handbook import Scoring
from generator.model.indicator import Target
from generator.model.period import Period

Status = Literal["exceeded", "met", "near", "missed", "no-target", "no-data"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is asked of a value at one time. Any of the three may be missing; `interval` only with `range`."""

    floor: float | None = None
    target: float | None = None
    stretch: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def asks_something(self) -> bool:
        """False when there is nothing to hold a value against."""
        return self.target is not None or self.interval is not None


def bar_at(
    targets: Sequence[Target],
    period: Period,
    direction: comparing.Direction | None,
    calendar: Calendar,
    interval: tuple[float, float] | None = None,
    given: float | None = None,
) -> Thresholds:
    """The bar in force at the end of a period.

    `given` is a target that stands in the results; floor and stretch of the definition stay beside it
    only where they are still on their side of it.
    """
    if direction is None:
        return Thresholds()
    if direction == "range":
        return Thresholds(interval=interval)
    in_force: Target | None = None
    latest = date.min
    for target in targets:
        start = calendar.start(target.from_)
        if latest <= start and calendar.holds_from(period, target.from_):
            in_force, latest = target, start
    floor, goal, stretch = (
        (in_force.floor, in_force.target, in_force.stretch) if in_force is not None else (None, None, None)
    )
    if given is None:
        return Thresholds(floor, goal, stretch)
    return Thresholds(
        floor if floor is not None and not better(floor, given, direction) else None,
        given,
        stretch if stretch is not None and not better(given, stretch, direction) else None,
    )


def status(value: float | None, bar: Thresholds, direction: comparing.Direction | None) -> Status:
    """exceeded at or beyond stretch, met at or beyond target, near at or beyond floor, else missed."""
    if value is None:
        return "no-data"
    if direction == "range":
        if bar.interval is None:
            return "no-target"
        return "met" if inside(value, bar.interval) else "missed"
    if bar.target is None:
        return "no-target"
    if bar.stretch is not None and reaches(value, bar.stretch, direction):
        return "exceeded"
    if reaches(value, bar.target, direction):
        return "met"
    if bar.floor is not None and reaches(value, bar.floor, direction):
        return "near"
    return "missed"


def gap(value: float | None, bar: Thresholds, direction: comparing.Direction | None) -> float | None:
    """Value minus target in the indicator's unit; outside an interval, the distance to its nearer end."""
    if value is None:
        return None
    if direction == "range":
        if bar.interval is None:
            return None
        if inside(value, bar.interval):
            return 0.0
        return minus(value, bar.interval[0 if below(value, bar.interval[0]) else 1])
    return None if bar.target is None else minus(value, bar.target)


def attainment(value: float | None, bar: Thresholds, direction: comparing.Direction | None) -> float | None:
    """Per cent of the target: value/target (higher), target/value (lower), only where both are > 0."""
    if value is None or bar.target is None or direction == "range" or value <= 0 or bar.target <= 0:
        return None
    if same(value, bar.target):
        return 100.0
    return ratio(bar.target, value, 100) if direction == "lower" else ratio(value, bar.target, 100)


def progress(
    value: float | None, baseline: float | None, bar: Thresholds, direction: comparing.Direction | None
) -> float | None:
    """Share of the way from the baseline to the target, 1 = arrived; only where the target lies ahead of the
    baseline: of what began at or beyond it, getting better would be a negative share."""
    if value is None or baseline is None or bar.target is None or same(bar.target, baseline):
        return None
    if direction in ("higher", "lower") and reaches(baseline, bar.target, direction):
        return None
    if same(value, bar.target):
        return 1.0
    return minus(value, baseline) / minus(bar.target, baseline)


def score(
    value: float | None, bar: Thresholds, direction: comparing.Direction | None, scoring: Scoring
) -> float | None:
    """Points: linear through floor, target and stretch, `below_floor` beyond the floor, capped at stretch.

    Without a floor, worse than the target counts as beyond it; without a stretch the cap is the target.
    """
    if value is None or not bar.asks_something:
        return None
    if direction == "range" or bar.target is None:
        return scoring.target if status(value, bar, direction) == "met" else scoring.below_floor
    if reaches(value, bar.target, direction):
        if bar.stretch is None or same(bar.stretch, bar.target) or same(value, bar.target):
            return scoring.target
        share = 1.0 if reaches(value, bar.stretch, direction) else _share(value, bar.target, bar.stretch)
        return scoring.target + share * (scoring.stretch - scoring.target)
    if bar.floor is None or not reaches(value, bar.floor, direction):
        return scoring.below_floor
    share = 0.0 if same(value, bar.floor) else _share(value, bar.floor, bar.target)
    return scoring.floor + share * (scoring.target - scoring.floor)


def _share(value: float, start: float, end: float) -> float:
    """How far a value between two bars came from the one to the other, 0–1."""
    return minus(value, start) / minus(end, start)
