"""When a running pilot is to be reviewed: what the rule and the page of the rhythm both go by.

The rhythm counts from the day a pilot begins the roadmap's step of running and reviewing: before that there
is nothing to review yet. A pilot that writes of no steps is reviewed from its beginning. Short reviews are
looked at within one long period, from its first day (or the rhythm's) to its last (or the pilot's, or today);
a long review counts as one of them. The long review is asked of every long period that lies wholly in the
rhythm, once the next one has begun: it is held when all its results are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.roadmap import Roadmap


def running_days(pilot: Pilot, calendar: Calendar) -> tuple[date, date]:
    """The first and the last day of a pilot; one without an end runs for ever."""
    last = calendar.end(pilot.period.to) if pilot.period.to else date.max
    return calendar.start(pilot.period.from_), last


def reviewed_days(pilot: Pilot, roadmap: Roadmap, calendar: Calendar) -> tuple[date, date] | None:
    """The first and the last day of a pilot's rhythm; None while it has not come to that step.

    A step that is under way without a day on which it started counts from the pilot's beginning.
    """
    first, last = running_days(pilot, calendar)
    step = roadmap.reviewed_from
    if step is None or not pilot.steps:
        return first, last
    at = next((item for item in pilot.steps if item.step == step.number), None)
    if at is None or at.status == "planned":
        return None
    return (max(first, at.started) if at.started else first), last


def short_span(pilot: Pilot, period: Period, today: date, catalogue: Catalogue) -> tuple[date, date] | None:
    """From when to when short reviews are due in a long period; None where none are."""
    calendar = catalogue.handbook.calendar
    days = reviewed_days(pilot, catalogue.roadmap, calendar)
    if days is None:
        return None
    first, last = max(days[0], calendar.start(period)), min(days[1], calendar.end(period), today)
    return (first, last) if first <= last else None


def gaps(first: date, last: date, held: Iterable[date], every_days: int) -> Iterator[tuple[date, date]]:
    """The stretches between two reviews, or between a review and an end, that are longer than they may be."""
    inside = sorted({day for day in held if first <= day <= last})
    for before, after in pairwise((first, *inside, last)):
        if after - before > timedelta(days=every_days):
            yield before, after


def long_due(pilot: Pilot, period: Period, today: date, catalogue: Catalogue) -> bool:
    """Whether the long review of a period is due: it lies wholly in the rhythm, and the next has begun."""
    calendar = catalogue.handbook.calendar
    days, end = reviewed_days(pilot, catalogue.roadmap, calendar), calendar.end(period)
    return days is not None and days[0] <= calendar.start(period) and end <= days[1] and end < today
