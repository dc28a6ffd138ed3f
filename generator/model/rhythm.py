"""When a running pilot is to be reviewed: what the rule and the page of the rhythm both go by.

Short reviews are looked at within one long period, from its first day (or the pilot's) to its last (or the
pilot's, or today); a long review counts as one of them. The long review is asked of every long period that
the pilot ran all through, once the next one has begun: it is held when all its results are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.model.period import Period
from generator.model.pilot import Pilot


def running_days(pilot: Pilot, fiscal_year_starts: int) -> tuple[date, date]:
    """The first and the last day of a pilot; one without an end runs for ever."""
    last = pilot.period.to.end(fiscal_year_starts) if pilot.period.to else date.max
    return pilot.period.from_.start(fiscal_year_starts), last


def short_span(pilot: Pilot, period: Period, today: date, fiscal_year_starts: int) -> tuple[date, date]:
    """From when to when short reviews are due in a long period; the second is before the first where none
    are."""
    first, last = running_days(pilot, fiscal_year_starts)
    return (
        max(first, period.start(fiscal_year_starts)),
        min(last, period.end(fiscal_year_starts), today),
    )


def gaps(first: date, last: date, held: Iterable[date], every_days: int) -> Iterator[tuple[date, date]]:
    """The stretches between two reviews, or between a review and an end, that are longer than they may be."""
    inside = sorted({day for day in held if first <= day <= last})
    for before, after in pairwise((first, *inside, last)):
        if after - before > timedelta(days=every_days):
            yield before, after


def long_due(pilot: Pilot, period: Period, today: date, fiscal_year_starts: int) -> bool:
    """Whether the long review of a period is due: the pilot ran all through it, and the next has begun."""
    first, last = running_days(pilot, fiscal_year_starts)
    end = period.end(fiscal_year_starts)
    return first <= period.start(fiscal_year_starts) and end <= last and end < today
