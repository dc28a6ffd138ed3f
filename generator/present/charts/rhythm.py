"""The strip of the reviews over time: where everything lies; a template writes it down.

One row a pilot on a common axis of time, its name over its band, so that no name is cut however long it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.compute.insight.rhythm import Rhythm
from generator.model.calendar import Calendar
from generator.present.text.metrics import text_width

WIDTH, MARGIN, AXIS, ROW, BAND, NAME = 960.0, 12.0, 26.0, 62.0, 20.0, 16.0
GRID_TOP, AXIS_Y, RADIUS, WORDS_DOWN = 20, 13, 3, 4
NARROW = 340.0
NEWEST = 3
"""Periods that a phone shows."""
"""Where the lines of the axis begin, the baseline of its words, the corners of a band, and from the middle of
a band down to the baseline of words in it."""
SMALL = 10.5


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a long period begins, with its name in the middle of it."""

    x: float
    middle: float
    text: str
    """Empty where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a band: running, or without a review for too long."""

    x: float
    width: float
    text: str
    """How long; empty where there is no room for it."""
    label: str

    @property
    def middle(self) -> float:
        """Where its text stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Meeting:
    """A review held, or a long one that was not."""

    x: float
    kind: str
    """short, long or missing."""
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One pilot."""

    y: float
    """Of the name's baseline; the band lies below."""
    top: float
    middle: float
    words_y: float
    """Of the band: its top, its middle, and the baseline of words in it."""
    name: str
    name_x: float
    band: Stretch
    gaps: tuple[Stretch, ...]
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class RhythmDrawing:
    """The whole drawing."""

    width: float
    narrow: bool
    height: float
    band: float
    radius: int
    grid_top: int
    axis_y: int
    ticks: tuple[Tick, ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """What the drawing says, per pilot, in the order of the rhythm's."""

    names: tuple[str, ...]
    gaps: tuple[tuple[tuple[str, str], ...], ...]
    """(short text, whole sentence) of each gap, period by period."""
    meetings: tuple[tuple[str, ...], ...]
    missing: tuple[tuple[str, ...], ...]
    periods: tuple[str, ...]


def geometry(
    rhythm: Rhythm, words: RhythmWords, calendar: Calendar, *, narrow: bool = False
) -> RhythmDrawing:
    """Place everything; `words` are in the order of the rhythm's pilots, periods and reviews. A narrow
    drawing shows the newest periods only, and every name at its edge."""
    periods = rhythm.periods[-NEWEST:] if narrow else rhythm.periods
    names = words.periods[-NEWEST:] if narrow else words.periods
    begin = calendar.start(periods[0]) if narrow else rhythm.first
    width = NARROW if narrow else WIDTH
    days = max((rhythm.last - begin).days, 1)

    def at(day: date) -> float:
        share = min(max((day - begin).days / days, 0), 1)
        return round(MARGIN + share * (width - 2 * MARGIN), 1)

    strips = tuple(
        _strip(rhythm, place, words, calendar, at, begin=begin if narrow else None)
        for place in range(len(rhythm.pilots))
    )
    starts = [calendar.start(period) for period in periods]
    ends = [*starts[1:], calendar.end(periods[-1])]
    ticks = _ticks(starts, ends, names, at)
    height = AXIS + ROW * len(strips)
    return RhythmDrawing(
        width=width,
        narrow=narrow,
        height=height,
        band=BAND,
        radius=RADIUS,
        grid_top=GRID_TOP,
        axis_y=AXIS_Y,
        ticks=ticks,
        strips=strips,
    )


def _strip(
    rhythm: Rhythm,
    place: int,
    words: RhythmWords,
    calendar: Calendar,
    at: Callable[[date], float],
    *,
    begin: date | None,
) -> Strip:
    """The strip of the pilot at a place of the rhythm's; `at` is where a day stands on the axis. One that
    begins on a later day has the name at its edge."""
    since = begin or rhythm.first
    pilot = rhythm.pilots[place]
    gaps = [gap for period in pilot.periods for gap in period.gaps]
    missed = [period for period in pilot.periods if period.long_due and period.long_review is None]
    y = AXIS + place * ROW + 18
    top = y + NAME - 7
    middle = top + BAND / 2
    first = at(min(period.first for period in pilot.periods))
    last = at(max(period.last for period in pilot.periods))
    return Strip(
        y=y,
        top=top,
        middle=middle,
        words_y=middle + WORDS_DOWN,
        name=words.names[place],
        name_x=MARGIN if begin else first,
        band=Stretch(first, last - first, "", ""),
        gaps=tuple(
            _gap(at(gap.start), at(gap.end), *said)
            for gap, said in zip(gaps, words.gaps[place], strict=True)
            if gap.end > since
        ),
        meetings=(
            *(
                Meeting(at(review.date), review.kind, said)
                for review, said in zip(pilot.reviews, words.meetings[place], strict=True)
                if since <= review.date <= rhythm.last
            ),
            *(
                Meeting(at(calendar.end(period.period)), "missing", said)
                for period, said in zip(missed, words.missing[place], strict=True)
                if calendar.end(period.period) >= since
            ),
        ),
    )


def _gap(x: float, end: float, text: str, label: str) -> Stretch:
    room = end - x - 22  # a mark may stand on either end
    return Stretch(x, round(end - x, 1), text if text_width(text, SMALL) <= room else "", label)


def _ticks(
    starts: Sequence[date], ends: Sequence[date], names: Sequence[str], at: Callable[[date], float]
) -> tuple[Tick, ...]:
    made = []
    for first, last, name in zip(starts, ends, names, strict=True):
        x, end = at(first), at(last)
        made.append(Tick(x, round((x + end) / 2, 1), name if text_width(name, SMALL) <= end - x - 4 else ""))
    return tuple(made)
