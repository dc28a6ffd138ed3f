"""What was known as of a period: nothing later leaks into a figure."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.period import Period
from generator.model.result import Observation


def results_until(
    rows: Iterable[Observation], as_of: Period | None, fiscal_year_starts: int = 1
) -> tuple[Observation, ...]:
    """The rows of periods that had ended when `as_of` ended."""
    if as_of is None:
        return tuple(rows)
    end = as_of.end(fiscal_year_starts)
    return tuple(row for row in rows if row.period.end(fiscal_year_starts) <= end)
