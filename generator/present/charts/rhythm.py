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
    name: str
    band: Stretch
    gaps: tuple[Stretch, ...]
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class RhythmDrawing:
    """The whole drawing."""

    width: float
    height: float
    band: float
    name: float
    """From a name's baseline down to its band."""
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


def geometry(rhythm: Rhythm, words: RhythmWords, calendar: Calendar) -> RhythmDrawing:
    """Place everything; `words` are in the order of the rhythm's pilots, periods and reviews."""
    days = max((rhythm.last - rhythm.first).days, 1)

    def at(day: date) -> float:
        share = min(max((day - rhythm.first).days / days, 0), 1)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    strips = []
    for place, pilot in enumerate(rhythm.pilots):
        gaps = [gap for period in pilot.periods for gap in period.gaps]
        missed = [one for one in pilot.periods if one.long_due and not one.long_held]
        first = min(one.first for one in pilot.periods)
        last = max(one.last for one in pilot.periods)
        strips.append(
            Strip(
                AXIS + place * ROW + 18,
                words.names[place],
                Stretch(at(first), at(last) - at(first), "", ""),
                tuple(
                    _gap(at(gap.start), at(gap.end), *said)
                    for gap, said in zip(gaps, words.gaps[place], strict=True)
                ),
                tuple(
                    Meeting(at(one.date), one.kind, said)
                    for one, said in zip(pilot.reviews, words.meetings[place], strict=True)
                    if one.date <= rhythm.last
                )
                + tuple(
                    Meeting(at(calendar.end(one.period)), "missing", said)
                    for one, said in zip(missed, words.missing[place], strict=True)
                ),
            )
        )
    starts = [calendar.start(period) for period in rhythm.periods]
    ends = [*starts[1:], calendar.end(rhythm.periods[-1])]
    ticks = _ticks(starts, ends, words.periods, at)
    return RhythmDrawing(WIDTH, AXIS + ROW * len(strips), BAND, NAME - 7, ticks, tuple(strips))


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
