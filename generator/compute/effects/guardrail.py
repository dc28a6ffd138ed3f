"""Gain at a cost: an indicator's gain is held against what must not get worse meanwhile.

A guardrail is a test of non-inferiority: it held where a worsening as large as its margin is ruled out, and
it was harmed where a worsening is certain and may be that large. What is neither is not known: the absence
of a signal is no sign of absence. Source: the computations page, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from generator.compute.effects.before_after import GUARD_LEVEL, LEVEL, compare, pooled
from generator.compute.effects.effect import FEWEST
from generator.compute.effects.sample import Half, Sample, alike, half_of
from generator.compute.series.attainment import Thresholds
from generator.compute.series.marks import SeriesMark
from generator.model.comparing import Direction

GuardResult = Literal["held", "harmed", "unknown"]
WhyUnknown = Literal["not-yet", "too-few", "break", "no-direction", "wide"]
"""No look at the indicator yet · fewer than 4 points of the guardrail on a side · its own definition changed
between · it has no better side · neither harm nor its absence can be shown."""
MarginFrom = Literal["declared", "floor", "spread"]
"""Given in the data · half the way from target to floor · one standard deviation before the change."""


@dataclass(frozen=True, slots=True)
class Margin:
    """The worsening of a guardrail that would be too much, > 0, in its unit."""

    value: float
    source: MarginFrom


@dataclass(frozen=True, slots=True)
class GuardSample:
    """A guardrail over the window of a change."""

    indicator: str
    direction: Direction | None
    before: Sample
    after: Sample
    broken: SeriesMark | None
    margin: Margin | None


@dataclass(frozen=True, slots=True)
class GuardEffect:
    """What became of a guardrail."""

    indicator: str
    before: Half
    after: Half
    difference: float | None
    percent: float | None
    interval: tuple[float, float] | None
    """95 %: each end at .025, so that a worsening as large as the margin is called held in few cases."""
    adjusted_p: float | None
    """Of the difference, adjusted over the guardrails (Holm)."""
    result: GuardResult
    why: WhyUnknown | None
    """Of what is not known."""
    margin: Margin | None
    rules_out: float | None
    """A worsening of this much or more is ruled out (≥ 0)."""
    worse: bool
    """A worsening is certain; held is then what stays within the margin."""
    better: bool
    """It got better beyond normal variation."""
    margin_withheld: bool = False
    """The margin follows from a target that is not for the edition, and would give it away."""
    at_least: float | None = None
    """Of one that was harmed: the worsening that is certain, the near end of the interval."""

    @property
    def shown(self) -> Literal["improved", "worse", "unclear"]:
        """How a chart draws it."""
        return "worse" if self.result == "harmed" else "improved" if self.better else "unclear"


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment, in the order given."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def margin_of(declared: float | None, bar: Thresholds, before: Sample) -> Margin | None:
    """The declared margin, else half the way from target to floor, else one standard deviation before.

    None where nothing is declared and nothing varied.
    """
    if declared is not None:
        return Margin(declared, "declared")
    if bar.target is not None and bar.floor is not None and bar.target != bar.floor:
        return Margin(abs(bar.target - bar.floor) / 2, "floor")
    spread = _spread(before)
    return Margin(spread, "spread") if spread > 0 else None


def _spread(sample: Sample) -> float:
    """Standard deviation of the values, each weighed as in the mean."""
    if len(sample) < 2:
        return 0.0
    values, weights = sample.row[0], sample.weighed[0]
    squares = (values - pooled(values, weights)) ** 2
    return float(np.sqrt((weights * squares).sum() / weights.sum() * len(values) / (len(values) - 1)))


def judge(guards: Sequence[GuardSample], looked: bool) -> tuple[GuardEffect, ...]:
    """Every guardrail of one change; without a look at the indicator there are figures only.

    Held needs no adjustment over the guardrails, because all of them must hold; harmed does, because one is
    enough.
    """
    tested = [guard for guard in guards if looked and _why(guard) is None]
    results = {guard.indicator: _compared(guard) for guard in guards if _why(guard) in (None, "no-direction")}
    adjusted = dict(
        zip(
            (guard.indicator for guard in tested),
            holm([results[guard.indicator].p for guard in tested]),
            strict=True,
        )
    )
    return tuple(
        _judged(guard, results.get(guard.indicator), adjusted.get(guard.indicator)) for guard in guards
    )


@dataclass(frozen=True, slots=True)
class _Test:
    p: float
    interval: tuple[float, float]


def _why(guard: GuardSample) -> WhyUnknown | None:
    """Why a guardrail cannot be tested."""
    if guard.broken is not None:
        return "break"
    if min(len(guard.before), len(guard.after)) < FEWEST:
        return "too-few"
    return None if guard.direction in ("higher", "lower") else "no-direction"


def _compared(guard: GuardSample) -> _Test:
    before, after = alike(guard.before, guard.after)
    weights = (before.weighed, after.weighed) if before.weights is not None else None
    tests = compare(before.row, after.row, weights)
    low, high = tests.interval(GUARD_LEVEL)
    return _Test(float(tests.p[0]), (float(low[0]), float(high[0])))


def _judged(guard: GuardSample, test: _Test | None, adjusted: float | None) -> GuardEffect:
    before, after = alike(guard.before, guard.after)
    halves = half_of(before), half_of(Sample() if guard.broken else after)
    base, there = halves[0].mean, halves[1].mean
    difference = there - base if base is not None and there is not None else None
    percent = difference / base * 100 if difference is not None and base is not None and base > 0 else None
    why: WhyUnknown | None = _why(guard) or "not-yet"
    result: GuardResult = "unknown"
    rules_out, worse, better = None, False, False
    if adjusted is not None and test is not None and difference is not None:
        high = test.interval[1] if guard.direction == "lower" else -test.interval[0]
        rules_out = max(high, 0.0)
        worsening = difference if guard.direction == "lower" else -difference
        worse, better = adjusted < LEVEL and worsening > 0, adjusted < LEVEL and worsening < 0
        held = high <= 0 or (guard.margin is not None and high < guard.margin.value)
        result = "held" if held else "harmed" if worse else "unknown"
        why = "wide"
    return GuardEffect(
        indicator=guard.indicator,
        before=halves[0],
        after=halves[1],
        difference=difference,
        percent=percent,
        interval=test.interval if test else None,
        adjusted_p=adjusted,
        result=result,
        why=why if result == "unknown" else None,
        margin=guard.margin,
        rules_out=rules_out,
        worse=worse,
        better=better,
        at_least=min(abs(end) for end in test.interval) if test and result == "harmed" else None,
    )
