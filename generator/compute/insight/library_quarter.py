"""A long review period of a handbook in which no pilot ran: how the organisation's indicators stood in it.

Both sides are told as they stood at the end of their own period, as a pilot's are (`quarter`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures, review_point
from generator.compute.insight.quarter import (
    IndicatorTurn,
    Tally,
    Turn,
    asked_otherwise,
    new_signal,
    tally_of,
    turn_of,
)
from generator.compute.score import PackFigure
from generator.compute.series.tones import Tone
from generator.model.indicator import HistoryEntry, Indicator
from generator.model.period import Period

TURNS: tuple[Turn, ...] = ("no-longer-met", "newly-missed", "newly-met", "no-longer-missed")
NO_CHANGE = ("used", "reviewed")
"""Entries of a history that leave the indicator as it was."""


@dataclass(frozen=True, slots=True)
class LibraryQuarter:
    """The indicators in use with a value of the organisation in the period or in the one before, by id."""

    period: Period
    before: Period
    indicators: tuple[IndicatorTurn, ...]
    tally: Tally
    tally_before: Tally | None
    """None where none of them had a value then."""
    changed: tuple[tuple[str, HistoryEntry], ...]
    """(indicator, what changed about it in the period), oldest first."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new and of one tone: by turn the indicators that turned so, and those with a new signal."""

    tone: Tone
    turns: tuple[tuple[Turn, tuple[IndicatorTurn, ...]], ...]
    signals: tuple[IndicatorTurn, ...]


def news_of(indicators: tuple[IndicatorTurn, ...]) -> Iterator[News]:
    """The news by tone, the worst first, what is not sure last."""
    order: tuple[Tone, ...] = ("bad", "good", "normal")
    for tone in order:
        turned = [
            (
                turn,
                tuple(
                    indicator
                    for indicator in indicators
                    if indicator.turn == turn and indicator.turn_tone == tone
                ),
            )
            for turn in TURNS
        ]
        found = tuple((turn, own) for turn, own in turned if own)
        signals = tuple(
            indicator
            for indicator in indicators
            if indicator.new_signal is not None and indicator.standing.signal_tone == tone
        )
        if found or signals:
            yield News(tone, found, signals)


def library_quarter(now: Figures, before: Figures, period: Period) -> LibraryQuarter:
    """The period from the figures as of its end and as of the end of the one before."""
    used = [indicator for indicator in now.catalogue.indicators.values() if indicator.in_use]
    turns = tuple(_turns(now, before, period, used))
    old = [turn.before for turn in turns if turn.before is not None and turn.before.review is not None]
    calendar = now.catalogue.handbook.calendar
    changed = [
        (indicator.id, entry)
        for indicator in now.catalogue.indicators.values()
        for entry in indicator.history
        if entry.change not in NO_CHANGE and calendar.start(period) <= entry.date <= calendar.end(period)
    ]
    return LibraryQuarter(
        period,
        period.shift(-1),
        turns,
        tally_of([turn.now for turn in turns]),
        tally_of(old) if old else None,
        tuple(sorted(changed, key=lambda item: (item[1].date, item[0]))),
    )


def _turns(now: Figures, before: Figures, period: Period, used: list[Indicator]) -> Iterator[IndicatorTurn]:
    calendar = now.catalogue.handbook.calendar
    for indicator in used:
        key = (indicator.id, None, ())
        own, old = _figure(now, indicator.id, period), _figure(before, indicator.id, period.shift(-1))
        if own.review is None and old.review is None:
            continue
        newest = own.series.last if own.series else None
        # A value of an earlier period is no news of this one.
        fresh = newest is not None and calendar.end(newest.point.period) >= calendar.start(period)
        signals = now.signals.get(key)
        news = new_signal(signals, before.signals.get(key)) if fresh else None
        earlier = old if old.review is not None else None
        turn, moved = turn_of(own, earlier, indicator), asked_otherwise(own, earlier, indicator)
        yield IndicatorTurn(
            indicator=indicator.id,
            now=own,
            before=earlier,
            turn=turn,
            signals=signals,
            new_signal=news,
            asked_otherwise=moved,
        )


def _figure(figures: Figures, indicator: str, period: Period) -> PackFigure:
    key = (indicator, None, ())
    series, calendar = figures.series.get(key), figures.catalogue.handbook.calendar
    point = review_point(series, figures.longer.get(key), period, calendar)
    return PackFigure(indicator, None, False, series, point)
