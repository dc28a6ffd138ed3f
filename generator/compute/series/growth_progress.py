"""Progress of a series by compound yearly growth, for indicators with `progress_method: growth`.

Apart from `growth`, which is the formula alone: here stands what is counted from where and towards what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.series.growth import Growth, growth
from generator.compute.series.values import Series, SeriesPoint
from generator.model.calendar import Calendar
from generator.model.exact import times
from generator.model.indicator import Indicator, Target
from generator.model.period import Period


@dataclass(frozen=True, slots=True)
class Grown:
    """How far a point came since the baseline, by growth a year."""

    growth: Growth
    base: float
    since: Period
    target: float | None
    by: Period | None
    """The target that is headed for and when it holds; both None without one."""

    @property
    def share(self) -> float | None:
        """The growth seen as a share of the growth needed; None where no target says what is needed.

        A target that was reached at the start asks for no growth: 1 while it is held, None once it is lost.
        """
        if self.growth.required is not None:
            return self.growth.measure
        return 1.0 if self.target is not None and self.growth.grade == "achieved" else None


def grown(
    series: Series,
    point: SeriesPoint,
    indicator: Indicator,
    targets: Sequence[Target],
    baseline: tuple[float | None, Period | None],
    calendar: Calendar,
    *,
    parts: int | None = None,
) -> Grown | None:
    """Growth since the baseline, against the growth that the latest target needs; None where undefined.

    Without a dated baseline the series' first value is it. A target belongs to the period it holds from;
    where none is declared, the newest that came with a result counts, at that result's period. `parts` is
    given where a sum is rolled up: how many parts the point has; baseline and target are of one part each.
    """
    base, since = _start(series, baseline, parts)
    if base is None or since is None or point.value is None:
        return None
    if indicator.direction not in ("higher", "lower"):
        return None
    target, by = _goal(series, targets, parts)
    limits = indicator.limits
    found = growth(
        base,
        point.value,
        _years(since, point.period, calendar),
        indicator.direction,
        target=target,
        target_years=_years(since, by, calendar) if by is not None else None,
        best=limits.max if indicator.direction == "higher" else limits.min,
    )
    return Grown(found, base, since, target, by) if found else None


def _start(
    series: Series, baseline: tuple[float | None, Period | None], parts: int | None
) -> tuple[float | None, Period | None]:
    """The value that growth is counted from and its period; both None where the series has no value."""
    base, since = baseline
    if base is not None and since is not None:
        return (times(base, parts) if parts is not None else base), since
    first = next((point for point in series.points if point.value is not None), None)
    if first is None or first.value is None:
        return None, None
    if parts is not None and first.parts is not None:
        return first.value / first.parts[0] * parts, first.period
    return first.value, first.period


def _goal(series: Series, targets: Sequence[Target], parts: int | None) -> tuple[float | None, Period | None]:
    """The newest target, declared or else brought by a result, and its period; both None without one."""
    for target in reversed(targets):
        if target.target is not None:
            return times(target.target, parts or 1), target.from_
    for point in reversed(series.points):
        if point.target is not None:
            return point.target, point.period
    return None, None


def _years(start: Period, end: Period, calendar: Calendar) -> float:
    """Years from the start of one period to the start of another."""
    first, last = calendar.start(start), calendar.start(end)
    return last.year - first.year + (last.month - first.month) / 12 + (last.day - first.day) / 365.25
