"""A series as an index of its own beginning, so that what is measured in different units can be compared.

Source: the computations page, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.series.assessed import AssessedSeries
from generator.model.comparing import Direction
from generator.model.exact import mean, ratio

BEGINNING = 12
"""Values that the beginning is the mean of; of all where there are fewer."""


@dataclass(frozen=True, slots=True)
class IndexedSeries:
    """A series against its beginning: 100 is as then, and up is better."""

    base: float
    """The mean of the beginning, in the indicator's unit."""
    values: tuple[float | None, ...]
    """One for each point of the series; None where it has no value."""

    @property
    def newest(self) -> float:
        """The newest index."""
        return next(value for value in reversed(self.values) if value is not None)


def indexed(series: AssessedSeries, direction: Direction | None) -> IndexedSeries | None:
    """100 × value / base where more is better, 100 × base / value where less is.

    None without values, where a value is not above 0, and without a better side: then there is no share of
    the beginning that could be told.
    """
    given = [point.point.value for point in series.points]
    known = [value for value in given if value is not None]
    if not known or min(known) <= 0 or direction not in ("higher", "lower"):
        return None
    base = mean(known[:BEGINNING])
    return IndexedSeries(
        base,
        tuple(
            None
            if value is None
            else ratio(value, base, 100)
            if direction == "higher"
            else ratio(base, value, 100)
            for value in given
        ),
    )
