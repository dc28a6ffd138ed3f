"""Did the change work? Before and after compared at fixed looks, and nothing claimed that noise explains.

Source: the computations page, section 4. A change is looked at when 6, 12 and 24 periods after it are in,
each look at a level of .02: whoever looks every month at .05 sees an effect in every seventh stable series.
Between the looks the verdict stays that of the last one; before the first there are figures and no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from generator.compute.effects.before_after import (
    LEVEL,
    ComparisonGuard,
    Tests,
    compare,
    guard_of,
    pooled,
    together_of,
)
from generator.compute.effects.sample import Half, Sample, alike, half_of
from generator.compute.series.arrays import Floats
from generator.compute.series.dependence import seasonal
from generator.compute.series.marks import SeriesMark
from generator.model.comparing import Direction
from generator.model.exact import counted
from generator.model.period import Period

EffectVerdict = Literal["improved", "worse", "higher", "lower", "unclear"]
"""`higher` and `lower` where the indicator has no direction; `unclear`: not to be told from noise."""
Why = Literal["no-before", "few-before", "no-after", "few-after", "cut-short", "break"]
"""Nothing or too little before · nothing or too little after so far · too little after, and no more to come ·
a change of the definition between the sides."""
Dependence = Literal["together", "season"]
"""Neighbouring periods resemble each other by more than the test allows for · the same months (quarters,
weeks) of the years resemble each other."""

FEWEST, FIRM = 4, 6
"""Points on a side for an interval at all; points before for a verdict that is not preliminary."""
LOOKS = (6, 12, 24)
"""Periods after the change at which it is looked at."""
CONFIDENCE = 1 - LEVEL


@dataclass(frozen=True, slots=True)
class Look:
    """Which of the fixed looks a verdict is of."""

    periods: int
    """6, 12 or 24 periods with values after the change."""
    until: Period
    """The last of them."""
    next: int | None
    """The next look; None after the last one, or where the window has ended."""
    due: Period | None
    """The period with whose value the next look can be taken, if none is missing."""


@dataclass(frozen=True, slots=True)
class NoVerdict:
    """What stands in the way of a verdict."""

    why: Why
    have: int
    """Periods with values on the side that is short."""
    needed: int
    barrier: SeriesMark | None
    """The neighbouring change, or the break of the definition, that ends the side; None: the series' own
    end."""
    due: Period | None
    """The period with whose value the first look can be taken; None where it will never be."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What ends the two sides, and whether the definition broke between them."""

    before: SeriesMark | None = None
    after: SeriesMark | None = None
    broken: SeriesMark | None = None
    first: Period | None = None
    """The first whole period after the change."""


NO_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same window in pilots that did not change; `net` is the difference beyond theirs."""

    pilots: tuple[str, ...]
    difference: float
    """Mean change of the comparison pilots over the periods that all have."""
    net: float
    interval: tuple[float, float]
    """98 % interval of `net`, from the series of own value less the mean of theirs."""
    p: float


@dataclass(frozen=True, slots=True)
class Effect:
    """An indicator before and after a change, as of its last look; before the first, as it runs."""

    indicator: str
    before: Half
    after: Half
    difference: float | None
    percent: float | None
    """Of the mean before, where that is > 0."""
    interval: tuple[float, float] | None
    """98 %; without a look it is running, and no verdict."""
    p: float | None
    verdict: EffectVerdict | None
    guard: ComparisonGuard | None
    preliminary: bool
    """A verdict on fewer than 6 points before the change."""
    look: Look | None = None
    so_far: Half | None = None
    """All periods after the change so far, where there are more than at the look."""
    weighed: bool = False
    """Whether the periods weigh by their denominators."""
    comparison: Comparison | None = None
    why_not: NoVerdict | None = None
    error: float | None = None
    """Standard error of the difference, of the test; None before there are enough points for one."""
    dependence: tuple[Dependence, ...] = ()
    """Why the test, which takes periods for all but independent, is less sure; with a verdict only."""


@dataclass(frozen=True, slots=True)
class Other:
    """A pilot that did not change."""

    pilot: str
    before: Sample
    after: Sample


def effect_of(
    indicator: str,
    before: Sample,
    after: Sample,
    direction: Direction | None,
    others: Sequence[Other] = (),
    bounds: Bounds = NO_BOUNDS,
) -> Effect:
    """The effect in one series, as of the last look that its periods allow.

    Source: the computations page, section 4. The verdict is for the reader of one series: it never says that
    the change was the cause.
    """
    before, whole = alike(before, Sample() if bounds.broken else after)
    look = look_at(before, whole, bounds)
    seen = whole.first(look.periods) if look else whole
    untested = _untested(indicator, before, whole, look, bounds)
    if untested.difference is None or min(len(before), len(seen)) < FEWEST:
        return untested
    tests = _tested(before, seen)
    running = replace(
        untested,
        interval=(float(tests.low[0]), float(tests.high[0])),
        error=float(np.sqrt(tests.variance[0])),
        comparison=_comparison(before, seen, others),
    )
    if look is None:
        return running
    p = float(tests.p[0])
    return replace(
        running,
        p=p,
        verdict=verdict_of(untested.difference, p, direction),
        guard=guard_of(tests)[0],
        dependence=tuple(_dependence(before, seen, tests)),
    )


def _untested(indicator: str, before: Sample, after: Sample, look: Look | None, bounds: Bounds) -> Effect:
    """Both sides and how their means differ; `after` are all periods so far, the look says how many count."""
    base, there = half_of(before), half_of(after.first(look.periods) if look else after)
    difference, percent = None, None
    if base.mean is not None and there.mean is not None:
        difference = there.mean - base.mean
        percent = difference / base.mean * 100 if base.mean > 0 else None
    return Effect(
        indicator,
        base,
        there,
        difference=difference,
        percent=percent,
        interval=None,
        p=None,
        verdict=None,
        guard=None,
        preliminary=look is not None and len(before) < FIRM,
        look=look,
        so_far=half_of(after) if look and len(after) > look.periods else None,
        weighed=before.weights is not None,
        why_not=None if look else _why_not(before, after, bounds),
    )


def _dependence(before: Sample, after: Sample, tests: Tests) -> Iterator[Dependence]:
    """What makes the periods depend on each other beside the difference between the sides."""
    if together_of(tests)[0]:
        yield "together"
    rest = {
        period: value
        for sample in (before, after)
        for period, value in zip(sample.periods, _residual(sample), strict=True)
    }
    period, last, column = min(rest), max(rest), []
    while period <= last:
        column.append(rest.get(period, np.nan))
        period = period.shift(1)
    if seasonal(np.array(column)[:, np.newaxis], [period.frequency])[0]:
        yield "season"


def _residual(sample: Sample) -> Floats:
    """What each value deviates from the mean of its side, in the units of one that weighs as the mean one."""
    share = sample.weighed[0] / sample.weighed[0].mean()
    rest: Floats = (sample.row[0] - pooled(sample.row, sample.weighed)[0]) * np.sqrt(share)
    return rest


def look_at(before: Sample, after: Sample, bounds: Bounds = NO_BOUNDS) -> Look | None:
    """The last look that the values allow, with the next one; None without one yet, or ever."""
    taken = [periods for periods in LOOKS if len(after) >= periods]
    if not taken or len(before) < FEWEST or bounds.broken is not None:
        return None
    later = [periods for periods in LOOKS if len(after) < periods]
    ahead = later[0] if later and bounds.after is None else None
    due = after.periods[-1].shift(ahead - len(after)) if ahead else None
    return Look(taken[-1], after.periods[taken[-1] - 1], ahead, due)


def _why_not(before: Sample, after: Sample, bounds: Bounds) -> NoVerdict:
    if bounds.broken is not None:
        return NoVerdict("break", 0, LOOKS[0], bounds.broken, None)
    if len(before) < FEWEST:
        return NoVerdict("few-before" if before else "no-before", len(before), FEWEST, bounds.before, None)
    if bounds.after is not None:
        return NoVerdict("cut-short", len(after), LOOKS[0], bounds.after, None)
    newest = after.periods[-1] if after else bounds.first.shift(-1) if bounds.first else None
    due = newest.shift(LOOKS[0] - len(after)) if newest else None
    return NoVerdict("few-after" if after else "no-after", len(after), LOOKS[0], None, due)


def _tested(before: Sample, after: Sample) -> Tests:
    weights = (before.weighed, after.weighed) if before.weights is not None else None
    return compare(before.row, after.row, weights)


def verdict_of(difference: float, p: float, direction: Direction | None) -> EffectVerdict:
    """Improved, got worse, or not to be told from normal variation."""
    if p >= LEVEL:
        return "unclear"
    if direction not in ("higher", "lower"):
        return "higher" if difference > 0 else "lower"
    return "improved" if (difference > 0) == (direction == "higher") else "worse"


def _comparison(before: Sample, after: Sample, others: Sequence[Other]) -> Comparison | None:
    """The change beyond that of the others: the test on the series of own value less the mean of theirs.

    What happens to all pilots in a period drops out of the difference, so its interval is as narrow as the
    pilots move alike. Pilots with few values are left out before periods are.
    """
    usable = _usable(before, after, others)
    if not usable:
        return None
    values, theirs, weights = _paired(before, [other.before for other in usable])
    values_after, theirs_after, weights_after = _paired(after, [other.after for other in usable])
    tests = compare(values, values_after, (weights, weights_after) if before.weights is not None else None)
    moved = pooled(theirs_after, weights_after) - pooled(theirs, weights)
    return Comparison(
        tuple(other.pilot for other in usable),
        float(moved[0]),
        float(tests.difference[0]),
        (float(tests.low[0]), float(tests.high[0])),
        float(tests.p[0]),
    )


def _usable(before: Sample, after: Sample, others: Sequence[Other]) -> list[Other]:
    """The pilots that have values in the same periods: as many as leave at least 4 common ones on each
    side."""

    def shared(pilots: Sequence[Other]) -> tuple[int, int]:
        first = set(before.periods).intersection(*(pilot.before.periods for pilot in pilots))
        return len(first), len(set(after.periods).intersection(*(pilot.after.periods for pilot in pilots)))

    # Those who share most stand first, so that the last one is let go where no common ground is left.
    left = sorted(others, key=lambda other: -counted(shared([other])))
    while left and min(shared(left)) < FEWEST:
        left.pop()
    return [other for other in others if other in left]


def _paired(own: Sample, others: Sequence[Sample]) -> tuple[Floats, Floats, Floats]:
    """Own less mean of the others, that mean, and weights, over the common periods; shapes (1, n).

    The variance of a difference is the sum of the variances: 1/w = 1/w_own + Σ(1/w_other)/m².
    """
    common = sorted(set(own.periods).intersection(*(set(other.periods) for other in others)))

    def of(sample: Sample) -> tuple[Floats, Floats]:
        places = [sample.periods.index(period) for period in common]
        return sample.row[:, places], sample.weighed[:, places]

    mine, weight = of(own)
    theirs = [of(other) for other in others]
    mean = np.mean([values for values, _ in theirs], axis=0)
    inverse = 1 / weight + np.sum([1 / each for _, each in theirs], axis=0) / len(theirs) ** 2
    return mine - mean, mean, 1 / inverse
