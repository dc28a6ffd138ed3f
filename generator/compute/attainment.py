"""How a value stands against its floor, target and stretch: status, gap, attainment, progress, score.

For `lower` every comparison turns round; for `range` the target is the interval itself.
Source: the computations page, section 2. All functions take plain numbers in the indicator's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.handbook import Scoring
from generator.model.indicator import Target
from generator.model.period import Period

Direction = Literal["higher", "lower", "range"]
Status = Literal["exceeded", "met", "near", "missed", "no-target", "no-data"]


@dataclass(frozen=True, slots=True)
class Bar:
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
    direction: Direction | None,
    interval: tuple[float, float] | None = None,
    given: float | None = None,
    fiscal_year_starts: int = 1,
) -> Bar:
    """The bar in force at the end of a period.

    `given` is a target that stands in the results; floor and stretch of the definition stay beside it
    only where they are still on their side of it.
    """
    if direction is None:
        return Bar()
    if direction == "range":
        return Bar(interval=interval)
    in_force: Target | None = None
    latest = date.min
    for target in targets:
        start = target.from_.start(fiscal_year_starts)
        if latest <= start <= period.end(fiscal_year_starts):
            in_force, latest = target, start
    floor, goal, stretch = (
        (in_force.floor, in_force.target, in_force.stretch) if in_force is not None else (None, None, None)
    )
    if given is None:
        return Bar(floor, goal, stretch)
    return Bar(
        floor if floor is not None and not better(floor, given, direction) else None,
        given,
        stretch if stretch is not None and not better(given, stretch, direction) else None,
    )


def better(value: float, other: float, direction: Direction | None) -> bool:
    """Whether a value is strictly better than another one in the indicator's direction."""
    return value < other if direction == "lower" else value > other


def status(value: float | None, bar: Bar, direction: Direction | None) -> Status:
    """exceeded at or beyond stretch, met at or beyond target, near at or beyond floor, else missed."""
    if value is None:
        return "no-data"
    if direction == "range":
        if bar.interval is None:
            return "no-target"
        return "met" if bar.interval[0] <= value <= bar.interval[1] else "missed"
    if bar.target is None:
        return "no-target"
    if bar.stretch is not None and not better(bar.stretch, value, direction):
        return "exceeded"
    if not better(bar.target, value, direction):
        return "met"
    if bar.floor is not None and not better(bar.floor, value, direction):
        return "near"
    return "missed"


def gap(value: float | None, bar: Bar, direction: Direction | None) -> float | None:
    """Value minus target in the indicator's unit; outside an interval, the distance to its nearer end."""
    if value is None:
        return None
    if direction == "range":
        if bar.interval is None:
            return None
        low, high = bar.interval
        return min(value - low, 0.0) if value < low else max(value - high, 0.0)
    return None if bar.target is None else value - bar.target


def attainment(value: float | None, bar: Bar, direction: Direction | None) -> float | None:
    """Per cent of the target: value/target (higher), target/value (lower), only where both are > 0."""
    if value is None or bar.target is None or direction == "range" or value <= 0 or bar.target <= 0:
        return None
    return (bar.target / value if direction == "lower" else value / bar.target) * 100


def progress(value: float | None, baseline: float | None, bar: Bar) -> float | None:
    """Share of the way from the baseline to the target, 1 = arrived; only where target ≠ baseline."""
    if value is None or baseline is None or bar.target is None or bar.target == baseline:
        return None
    return (value - baseline) / (bar.target - baseline)


def score(value: float | None, bar: Bar, direction: Direction | None, scoring: Scoring) -> float | None:
    """Points: linear through floor, target and stretch, `below_floor` beyond the floor, capped at stretch.

    Without a floor, worse than the target counts as beyond it; without a stretch the cap is the target.
    """
    if value is None or not bar.asks_something:
        return None
    if direction == "range" or bar.target is None:
        return scoring.target if status(value, bar, direction) == "met" else scoring.below_floor
    if not better(bar.target, value, direction):
        if bar.stretch is None or bar.stretch == bar.target:
            return scoring.target
        share = min((value - bar.target) / (bar.stretch - bar.target), 1.0)
        return scoring.target + share * (scoring.stretch - scoring.target)
    if bar.floor is None or better(bar.floor, value, direction):
        return scoring.below_floor
    share = (value - bar.floor) / (bar.target - bar.floor)
    return scoring.floor + share * (scoring.target - scoring.floor)
