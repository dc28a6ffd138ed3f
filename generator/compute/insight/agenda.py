"""What changed for a pilot since its last review: what its next meeting has to speak of.

Figures are those of the pilot's pack: a signal at the newest value that was not there, a standing that
turned, an effect that can be told for the first time. Standings are compared in the long review period that
was and is running, because a single month that turns is mostly noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.followed import by_answer
from generator.compute.insight.actions import ActionState, tasks_of, today_of
from generator.compute.insight.claims import pilot_claims, told_for_the_first_time
from generator.compute.insight.quarter import Turn, new_signal, turn_of, turn_tone
from generator.compute.insight.rhythm import hides_newest, next_meeting, reviews_of
from generator.compute.insight.standing import Standing, series_standing
from generator.compute.score import Gate, PackFigure, pilot_score
from generator.compute.seen import hides_actions
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.signals import SignalPoint
from generator.compute.series.tones import Tone
from generator.model.freshness import next_due
from generator.model.indicator import HistoryEntry
from generator.model.period import Period
from generator.model.pilot import Change, Pilot
from generator.model.result import Observation
from generator.model.review import Review

NO_CHANGE = ("created", "used", "reviewed")
"""Entries of a history that leave the definition as it was."""


@dataclass(frozen=True, slots=True)
class SignalNews:
    """A signal at the newest value."""

    indicator: str
    point: AssessedPoint
    signal: SignalPoint
    standing: Standing
    """How sure it is."""


@dataclass(frozen=True, slots=True)
class TurnNews:
    """A standing that turned in the long review period."""

    indicator: str
    turn: Turn
    point: AssessedPoint
    tone: Tone


@dataclass(frozen=True, slots=True)
class LateNews:
    """An indicator whose next result should be there."""

    indicator: str
    last: Period
    due: date


@dataclass(frozen=True, slots=True)
class Agenda:
    """What changed since `last`; without a review so far, since the pilot began."""

    pilot: str
    last: Review | None
    """The newest that the edition may see."""
    meeting: date | None
    """The day by which the next review is due; None for a pilot that is over, and where the newest review is
    not for the edition: its day would follow from this one."""
    signals: tuple[SignalNews, ...]
    turns: tuple[TurnNews, ...]
    gate: Gate | None
    """What the gate turned to; None where it did not."""
    told: tuple[Claim, ...]
    """What a look at a change shows that had not been taken at the last review."""
    changes: tuple[Change, ...]
    """Changes of the process since."""
    waiting: tuple[Claim, ...]
    """Effects of earlier changes that cannot be told yet and will be."""
    restated: tuple[Observation, ...]
    """Results taken from the source since, of periods that had ended before."""
    definitions: tuple[tuple[str, HistoryEntry], ...]
    """(indicator, what changed about its definition)."""
    late: tuple[LateNews, ...]
    overdue: tuple[ActionState, ...]
    due: tuple[ActionState, ...]
    """Open actions that fall due by the meeting."""
    newest_withheld: bool = False
    in_part: bool = False
    """Indicators, reviews or actions of the pilot are not for the edition: that nothing changed cannot be
    said."""

    @property
    def empty(self) -> bool:
        """Nothing at all to speak of."""
        return not (
            self.signals
            or self.turns
            or self.gate
            or self.told
            or self.changes
            or self.waiting
            or self.restated
            or self.definitions
            or self.late
            or self.overdue
            or self.due
        )


def last_review(figures: Figures, pilot: str) -> Review | None:
    """A pilot's newest review that the edition may see."""
    held = reviews_of(figures, pilot)
    return held[-1] if held else None


def agenda_of(
    figures: Figures, then: Figures | None, pilot: Pilot, last: Review | None, held: date | None = None
) -> Agenda:
    """The next meeting's agenda; `then` are the figures as of the period that the last review looked at.

    With `held`, the agenda that a meeting of the past had, from the figures as of its own period; without its
    actions, whose states of that day are not kept.

    Asked anew by every page and language; it costs little.
    """
    calendar = figures.catalogue.handbook.calendar
    since = last.date if last is not None else calendar.start(pilot.period.from_) - timedelta(days=1)
    today = today_of(figures.as_of, calendar)
    withheld = hides_newest(figures, pilot.id)
    meeting = next_meeting(figures, pilot, last) if not withheld else None
    tasks = [task for task in _tasks(figures, pilot, today) if task.open and held is None]
    until = held or date.max
    now, before = standings(figures, pilot), standings(then, pilot) if then is not None else {}
    return Agenda(
        pilot=pilot.id,
        last=last,
        meeting=meeting,
        signals=tuple(new_signals(figures, then, pilot)),
        turns=tuple(_turns(figures, now, before)),
        gate=_gate(now, before) if not _hides_a_gate(figures, pilot.id) else None,
        told=told_for_the_first_time(pilot_claims(figures, pilot.id), pilot_claims(then, pilot.id))
        if then is not None
        else (),
        changes=tuple(change for change in pilot.changes if since < change.date <= until),
        waiting=tuple(_waiting(figures, pilot, since)),
        restated=tuple(
            row
            for row in restated_since(figures, pilot.id, since.isoformat())
            if row.as_of and row.as_of <= until
        ),
        definitions=tuple(
            definition for definition in _definitions(figures, pilot, since) if definition[1].date <= until
        ),
        late=tuple(_late(figures, pilot, today)),
        overdue=tuple(task for task in tasks if task.overdue),
        due=tuple(_due_by(meeting, tasks)),
        newest_withheld=withheld,
        in_part=len(pilot.pack) < len(figures.whole.catalogue.pilots[pilot.id].pack)
        or hides_actions(figures, pilot.id),
    )


def _tasks(figures: Figures, pilot: Pilot, today: date | None) -> list[ActionState]:
    """The pilot's actions."""
    return [task for task in tasks_of(figures.catalogue, today) if task.review.pilot == pilot.id]


def _due_by(meeting: date | None, tasks: Sequence[ActionState]) -> Iterator[ActionState]:
    """What is not overdue yet and falls due by the meeting."""
    for task in tasks:
        if not task.overdue and task.action.due and meeting is not None and task.action.due <= meeting:
            yield task


def standings(figures: Figures, pilot: Pilot) -> dict[str, PackFigure]:
    """The pack in the long review period that is running as of the figures, so far; by indicator."""
    own = figures.pilots.get(pilot.id)
    if own is None or figures.as_of is None:
        return {}
    handbook = figures.catalogue.handbook
    running = handbook.calendar.of(handbook.calendar.end(figures.as_of), handbook.review.long)
    found = {}
    for item in own.pack:
        rolled = figures.longer.get((item.indicator, pilot.id, ()))
        points = rolled.points if rolled else ()
        point = next((assessed for assessed in points if assessed.point.period == running), None)
        found[item.indicator] = (
            PackFigure(item.indicator, item.weight, item.gate, item.series, point)
            if point is not None and point.point.value is not None
            else item
        )
    return found


def new_signals(figures: Figures, then: Figures | None, pilot: Pilot) -> Iterator[SignalNews]:
    """Signals at the newest values of a pack that were not there in the figures of `then`."""
    for item in pilot.pack:
        key = (item.indicator, pilot.id, ())
        signals, series = figures.signals.get(key), figures.series.get(key)
        old = then.signals.get(key) if then is not None else None
        if series is None or signals is None or new_signal(signals, old) is None:
            continue
        newest = max(place for place, point in enumerate(series.points) if point.point.value is not None)
        standing = series_standing(series, signals)
        yield SignalNews(item.indicator, series.points[newest], signals.points[newest], standing)


def _turns(figures: Figures, now: dict[str, PackFigure], before: dict[str, PackFigure]) -> Iterator[TurnNews]:
    for indicator, item in now.items():
        turn = turn_of(item, before.get(indicator), figures.catalogue.indicators[indicator])
        if turn is not None and item.review is not None:
            yield TurnNews(indicator, turn, item.review, turn_tone(turn, item, before.get(indicator)))


def _gate(now: dict[str, PackFigure], before: dict[str, PackFigure]) -> Gate | None:
    gate = pilot_score(tuple(now.values())).gate
    old = pilot_score(tuple(before.values())).gate if before else None
    return gate if {gate, old} == {"passed", "not-passed"} else None


def _hides_a_gate(figures: Figures, pilot: str) -> bool:
    """Whether a gate of the pilot is not for the edition, so that nothing can be said of how it turned."""
    every = figures.whole.pilots.get(pilot)
    seen = figures.catalogue.indicators
    return every is not None and any(item.gate and item.indicator not in seen for item in every.pack)


def _waiting(figures: Figures, pilot: Pilot, since: date) -> Iterator[Claim]:
    """Earlier changes that have no look yet, where nothing later cuts the window off."""
    for claim in pilot_claims(figures, pilot.id, since):
        why = claim.effect.why_not
        if why is not None and why.why in ("no-after", "few-after") and claim.last <= since:
            yield claim


@by_answer
def restated_since(figures: Figures, pilot: str, day: str) -> tuple[Observation, ...]:
    """Results of a pilot's pack that were taken anew after a day, of periods that were over by then."""
    if pilot not in figures.catalogue.pilots:
        return ()  # asked over everything, and answered for the edition too
    since, calendar = date.fromisoformat(day), figures.catalogue.handbook.calendar
    named = {item.indicator for item in figures.catalogue.pilots[pilot].pack}
    last = calendar.end(figures.as_of) if figures.as_of else date.max
    rows = figures.catalogue.results
    # Each review asks: the days are few, and a pilot's rows are a small part of all.
    if not any(day is not None and since < day for day in rows.things("as_of")):
        return ()
    own = rows.taken(rows.having("pilot", pilot))
    late = own.where("as_of", lambda day: day is not None and since < day)
    late &= own.where("period", lambda period: calendar.end(period) < since and calendar.end(period) <= last)
    late &= own.where("indicator", named.__contains__)
    return tuple(own.taken(late & own.whole()))


def _definitions(figures: Figures, pilot: Pilot, since: date) -> Iterator[tuple[str, HistoryEntry]]:
    for item in pilot.pack:
        for entry in figures.catalogue.indicators[item.indicator].history:
            if entry.date > since and entry.change not in NO_CHANGE:
                yield item.indicator, entry


def _late(figures: Figures, pilot: Pilot, today: date | None) -> Iterator[LateNews]:
    calendar = figures.catalogue.handbook.calendar
    for item in pilot.pack:
        indicator = figures.catalogue.indicators[item.indicator]
        series = figures.series.get((item.indicator, pilot.id, ()))
        last = series.last if series is not None else None
        if last is None or today is None or not indicator.in_use:
            continue
        due = next_due(indicator, last.point.period, calendar)
        if due < today:
            yield LateNews(item.indicator, last.point.period, due)
