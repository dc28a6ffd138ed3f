"""The rhythm of the reviews, kept or missed: those held against those expected, by long periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.compute.figures import Figures
from generator.compute.insight.actions import today_of
from generator.compute.once import once
from generator.compute.seen import hides_reviews
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.review import Review
from generator.model.rhythm import gaps, long_due, reviewed_days, short_span

LONGEST = 8
"""Newest long periods that are told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without any review that is longer than the rhythm allows."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Its length."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class PeriodRhythm:
    """One long period of a pilot."""

    period: Period
    first: date
    last: date
    """The days on which short reviews were due."""
    held: tuple[Review, ...]
    """Reviews on those days by date, long ones among them."""
    expected: int
    """How many the rhythm asks for at least: one in every interval that ended."""
    gaps: tuple[Gap, ...]
    long_review: Review | None
    """The long review of the period."""
    long_due: bool
    """It should have been held by now."""

    @property
    def kept(self) -> bool:
        """No gap was too long, and the long review was held where it was due."""
        return not self.gaps and (self.long_review is not None or not self.long_due)


@dataclass(frozen=True, slots=True)
class PilotRhythm:
    """A pilot with its periods, oldest first."""

    pilot: str
    periods: tuple[PeriodRhythm, ...]
    reviews: tuple[Review, ...]
    """All inside the stretch that is told, by date."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All pilots over one stretch of time."""

    first: date
    last: date
    periods: tuple[Period, ...]
    every_days: int
    pilots: tuple[PilotRhythm, ...]
    withheld: tuple[str, ...] = ()
    """Pilots with reviews that are not for the edition: each gap would tell the days of these."""
    in_part: bool = False
    """Some pilots or their reviews are not for the edition: how many kept the rhythm is not told."""


@once
def rhythm_of(figures: Figures) -> Rhythm | None:
    """The newest long periods in which pilots were to be reviewed; None without results or such a period.

    Of an edition those pilots whose reviews it may all see, so that every verdict is that of the whole.
    """
    catalogue = figures.catalogue
    calendar, settings = catalogue.handbook.calendar, catalogue.handbook.review
    today = today_of(figures.as_of, calendar)
    if today is None:
        return None
    newest = calendar.of(today, settings.long)
    rhythms = {
        pilot.id: days
        for pilot in catalogue.pilots.values()
        if (days := reviewed_days(pilot, catalogue.roadmap, calendar)) is not None
    }
    begun = [first for first, _ in rhythms.values() if first <= today]
    if not begun:
        return None
    periods = [newest]
    while len(periods) < LONGEST and calendar.start(periods[0]) > min(begun):
        periods.insert(0, periods[0].shift(-1))
    first = calendar.start(periods[0])
    # A long review is held some weeks into the next period: it still belongs into the picture.
    dates = [review.date for review in catalogue.reviews.values()]
    last = max([calendar.end(newest), *(day for day in dates if day <= calendar.end(newest.shift(1)))])
    running = [
        pilot
        for pilot in catalogue.pilots.values()
        if pilot.id in rhythms and rhythms[pilot.id][0] <= today and rhythms[pilot.id][1] >= first
    ]
    withheld = tuple(pilot.id for pilot in running if hides_reviews(figures, pilot.id))
    pilots = tuple(_pilot(figures, pilot, periods, today) for pilot in running if pilot.id not in withheld)
    if not running:
        return None
    return Rhythm(
        first,
        last,
        tuple(periods),
        settings.short_every_days,
        pilots,
        withheld,
        in_part=bool(withheld) or len(catalogue.pilots) < len(figures.whole.catalogue.pilots),
    )


def next_meeting(figures: Figures, pilot: Pilot, last: Review | None) -> date | None:
    """The day by which the next review is due; None for a pilot that is over, or has not come to it."""
    catalogue = figures.catalogue
    calendar, every = catalogue.handbook.calendar, catalogue.handbook.review.short_every_days
    days = reviewed_days(pilot, catalogue.roadmap, calendar)
    if days is None:
        return None
    first, end = days
    day = (max(last.date, first) if last is not None else first) + timedelta(days=every)
    return day if day <= end else None


def rhythm_begun(figures: Figures, pilot: Pilot) -> bool:
    """Whether a pilot has come to the step from which on it is reviewed."""
    catalogue = figures.catalogue
    return reviewed_days(pilot, catalogue.roadmap, catalogue.handbook.calendar) is not None


def reviews_of(figures: Figures, pilot: str) -> tuple[Review, ...]:
    """A pilot's reviews by date."""
    own = (review for review in figures.catalogue.reviews.values() if review.pilot == pilot)
    return tuple(sorted(own, key=lambda item: (item.date, item.id)))


def hides_newest(figures: Figures, pilot: str) -> bool:
    """Whether a pilot's newest review is not for the edition, so that no day may be counted from it."""
    held = reviews_of(figures.whole, pilot)
    return bool(held) and held[-1].id not in figures.catalogue.reviews


def _pilot(figures: Figures, pilot: Pilot, periods: list[Period], today: date) -> PilotRhythm:
    calendar = figures.catalogue.handbook.calendar
    reviews = reviews_of(figures, pilot.id)
    shown = tuple(review for review in reviews if review.date >= calendar.start(periods[0]))
    return PilotRhythm(pilot.id, tuple(_periods(figures, pilot, reviews, periods, today)), shown)


def _periods(
    figures: Figures, pilot: Pilot, reviews: tuple[Review, ...], periods: list[Period], today: date
) -> Iterator[PeriodRhythm]:
    handbook = figures.catalogue.handbook
    calendar, every = handbook.calendar, handbook.review.short_every_days
    for period in periods:
        span = short_span(pilot, period, today, figures.catalogue)
        if span is None:
            continue
        first, last = span
        held = tuple(review for review in reviews if first <= review.date <= last)
        end = calendar.end(period)
        long = next(
            (review for review in reviews if review.kind == "long" and calendar.end(review.period) == end),
            None,
        )
        yield PeriodRhythm(
            period=period,
            first=first,
            last=last,
            held=held,
            expected=(last - first).days // every,
            gaps=tuple(Gap(*ends) for ends in gaps(first, last, (item.date for item in held), every)),
            long_review=long,
            long_due=long_due(pilot, period, today, figures.catalogue),
        )
