"""Result columns that are not for an edition: taken out of the figures, which were computed with them.

Values, roll-ups and verdicts stay what they are with everything known. A hidden column is not shown, and
neither is what would give it away: beside a value, its attainment or its points tell the hidden target.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.attainment import Thresholds
from generator.compute.series.packed_points import PackedPoints, SharedColumns, along, packed_series
from generator.compute.series.values import SeriesPoint, is_longer
from generator.model.calendar import Calendar
from generator.model.period import Period

HELD_AGAINST_TARGET = frozenset({"target", "floor", "stretch", "gap", "attainment", "progress", "score"})
"""Figures of a point that are, or give away, what its value is held against."""


class Columns:
    """What is left of series and points without some columns of the results."""

    def __init__(self, hidden: Collection[str], calendar: Calendar) -> None:
        self._hidden = frozenset(hidden)
        self._calendar = calendar
        self._kept: SharedColumns = {}

    def given(self, own: AssessedSeries) -> frozenset[Period]:
        """The periods whose target stands in the results and is hidden."""
        if "target" not in self._hidden:
            return frozenset()
        periods, targets = along(own.points, "point.period"), along(own.points, "point.target")
        return frozenset(
            period for period, target in zip(periods, targets, strict=True) if target is not None
        )

    def series(self, one: AssessedSeries, given: frozenset[Period]) -> AssessedSeries:
        """A series, its own or rolled up; `given` are the periods of its own one whose target is hidden."""
        if not self._hidden:
            return one
        points = tuple(self.point(point, given) for point in one.points)
        series = replace(one.series, points=tuple(point.point for point in points))
        bare = replace(one, series=series, points=points)
        return packed_series(bare, self._kept) if isinstance(one.points, PackedPoints) else bare

    def point(self, point: AssessedPoint, given: frozenset[Period]) -> AssessedPoint:
        """A point; with a hidden target it keeps its status and nothing that the target follows from."""
        if not self._hidden:
            return point
        own = point.point
        parts = (("numerator", own.numerator), ("denominator", own.denominator), ("n", own.n))
        known = [name for name, value in parts if name in self._hidden and value is not None]
        if "status" in self._hidden and own.value is not None:
            known.append("firmness")
        bare = replace(point, point=self._bare(own), withheld=frozenset(known))
        asked = HELD_AGAINST_TARGET | ({"growth"} if point.grown else set())
        if self.hides(point, given):
            return replace(
                bare,
                bar=Thresholds(),
                gap=None,
                attainment=None,
                progress=None,
                score=None,
                grown=None,
                withheld=bare.withheld | asked,
            )
        if given and point.grown:  # what growth asks may be headed for a target of another period
            return replace(bare, progress=None, grown=None, withheld=bare.withheld | {"progress", "growth"})
        return bare

    def hides(self, point: AssessedPoint | None, given: frozenset[Period]) -> bool:
        """Whether a point is held against a hidden target: its own, or that of a part of its period."""
        if point is None or not given:
            return False
        period = point.point.period
        return period in given or any(
            self._calendar.containing(item, period.frequency) == period
            for item in given
            if is_longer(period.frequency, item.frequency)
        )

    def _bare(self, point: SeriesPoint) -> SeriesPoint:
        """A point without the cells that stand in hidden columns."""
        hidden = self._hidden
        return replace(
            point,
            numerator=None if "numerator" in hidden else point.numerator,
            denominator=None if "denominator" in hidden else point.denominator,
            n=None if "n" in hidden else point.n,
            target=None if "target" in hidden else point.target,
            note="" if "note" in hidden else point.note,
            status="actual" if "status" in hidden and point.value is not None else point.status,
        )
