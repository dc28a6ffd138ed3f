"""Which values an indicator can have at all, so that no normal range is drawn or written beyond them.

Declared `limits` come first. What they leave open follows from the results: a share of cases stays between
none and all of them, a percentage that never left 0–100 is taken to be one of a whole, a count or a duration
is never negative.
Only what is told is cut: the arithmetic of signals keeps its own limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.compute.series.values import SeriesPoint
from generator.model.exact import times
from generator.model.indicator import Indicator

COUNTED = frozenset(
    {
        "件",
        "个",
        "次",
        "起",
        "例",
        "人",
        "人次",
        "单",
        "份",
        "张",
        "条",
        "项",
        "台",
        "户",
        "笔",
        "页",
        "处",
        "case",
        "cases",
        "order",
        "orders",
        "item",
        "items",
        "piece",
        "pieces",
        "incident",
        "incidents",
        "complaint",
        "complaints",
        "error",
        "errors",
        "defect",
        "defects",
        "person",
        "persons",
        "people",
        "attendance",
        "attendances",
        "ticket",
        "tickets",
        "document",
        "documents",
    }
)
LASTING = frozenset(
    {
        "秒",
        "秒钟",
        "分钟",
        "小时",
        "天",
        "日",
        "工作日",
        "周",
        "个月",
        "月",
        "年",
        "second",
        "seconds",
        "min",
        "minute",
        "minutes",
        "h",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
    }
)
"""Units of what there cannot be less than none of, in the words of people who write definitions; a unit that
is not among them bounds nothing."""


@dataclass(frozen=True, slots=True)
class Possible:
    """The least and the greatest possible value, in the indicator's unit; None is no bound."""

    least: float | None = None
    most: float | None = None

    def cut(self, value: float | None) -> float | None:
        """A value no further out than what is possible."""
        if value is None:
            return None
        if self.least is not None and value < self.least:
            return self.least
        return self.most if self.most is not None and value > self.most else value

    def times(self, count: float) -> Possible:
        """The same in a unit that is counted in another size."""
        if count == 1:
            return self
        ends = (times(end, count) if end is not None else None for end in (self.least, self.most))
        return Possible(*ends)


UNBOUNDED = Possible()
"""Anything is possible."""


def possible(indicator: Indicator, points: Iterable[SeriesPoint]) -> Possible:
    """What the values of an indicator can be; `points` are those of all its series."""
    least, most = _told_by_results(indicator, [point for point in points if point.value is not None])
    limits = indicator.limits
    return Possible(
        limits.min if limits.min is not None else least, limits.max if limits.max is not None else most
    )


def _told_by_results(indicator: Indicator, points: list[SeriesPoint]) -> tuple[float | None, float | None]:
    values = [point.value for point in points if point.value is not None]
    if not values or min(values) < 0:
        return None, None
    if indicator.rollup == "ratio":
        parts = [(point.numerator, point.denominator) for point in points]
        if any(item is None or of is None for item, of in parts):
            return (0.0, 100.0) if indicator.percent and max(values) <= 100 else (None, None)
        if shares_of_cases(points):
            return 0.0, indicator.factor
        # Numerator and denominator that were never negative, as counts for each: no share below none.
        return (0.0, None) if all(_whole(item) and _whole(of) for item, of in parts) else (None, None)
    if indicator.percent:
        return (0.0, 100.0) if max(values) <= 100 else (None, None)
    counted = all(_whole(value) for value in values) and (
        indicator.rollup == "sum" or _said_in(indicator, COUNTED)
    )
    return (0.0, None) if counted or _said_in(indicator, LASTING) else (None, None)


def lasts(indicator: Indicator) -> bool:
    """Whether its values are times, which get shorter and longer."""
    return _said_in(indicator, LASTING)


def _said_in(indicator: Indicator, units: frozenset[str]) -> bool:
    return indicator.unit is not None and any(text.strip().lower() in units for text in indicator.unit.all())


def shares_of_cases(points: Iterable[SeriesPoint]) -> bool:
    """Whether all values say how many of how many: whole numbers, none of them more than all."""
    return all(
        _whole(point.numerator) and _whole(point.denominator) and 0 <= point.numerator <= point.denominator  # type: ignore[operator]
        for point in points
        if point.value is not None
    )


def _whole(number: float | None) -> bool:
    return number is not None and float(number).is_integer()
