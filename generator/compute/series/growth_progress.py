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
    base, since = baseline
    if base is None or since is None:
        first = next((one for one in series.points if one.value is not None), None)
        base, since = (first.value, first.period) if first is not None else (None, None)
        if parts is not None and first is not None and first.value is not None and first.parts is not None:
            base = first.value / first.parts[0] * parts
    elif parts is not None:
        base = times(base, parts)
    if base is None or since is None or point.value is None:
        return None
    if indicator.direction not in ("higher", "lower"):
        return None
    declared = (
        (times(one.target, parts or 1), one.from_) for one in reversed(targets) if one.target is not None
    )
    brought = ((one.target, one.period) for one in reversed(series.points) if one.target is not None)
    target, by = next(declared, None) or next(brought, None) or (None, None)
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


def _years(start: Period, end: Period, calendar: Calendar) -> float:
    """Years from the start of one period to the start of another."""
    first, last = calendar.start(start), calendar.start(end)
    return last.year - first.year + (last.month - first.month) / 12 + (last.day - first.day) / 365.25
