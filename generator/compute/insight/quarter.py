"""One long review period over all pilots, held against the one before: scores, gates, what was reached, what
is new, what the changes brought, what was agreed and what was closed.

The handbook's long period is a quarter in most handbooks and called so here. Both sides are told as they
stood at the end of their own period, so that a page of the past does not change with what came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures, PilotFigures
from generator.compute.followed import by_answer
from generator.compute.insight.actions import ActionState, tasks_of
from generator.compute.insight.claims import pilot_claims
from generator.compute.insight.new_evidence import new_evidence
from generator.compute.insight.standing import Standing, ValueDoubt, series_standing, value_doubts
from generator.compute.score import PackFigure
from generator.compute.seen import hides_actions
from generator.compute.series import tones
from generator.compute.series.attainment import status
from generator.compute.series.signals import Signals, Variation
from generator.compute.series.tones import Tone, tone_in
from generator.model.calendar import Calendar
from generator.model.exact import counted, minus
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.pilot import Change, Pilot
from generator.model.review import Review

REACHED = ("met", "exceeded")
JUDGED = ("exceeded", "met", "near", "missed")
Counted = Literal["pilots", "reviews", "opened", "closed", "overdue"]
Turn = Literal["newly-met", "no-longer-met", "newly-missed", "no-longer-missed"]
"""How an indicator's standing turned since the period before; None where it did not."""
TONES: tuple[Tone, ...] = ("bad", "good")
"""The worse news first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many indicators of packs stand how."""

    total: int
    reached: int
    """Met or exceeded."""
    near: int
    missed: int
    unjudged: int
    """Without data or without a target."""


@dataclass(frozen=True, slots=True)
class IndicatorTurn:
    """One indicator of a pack, now and in the period before."""

    indicator: str
    now: PackFigure
    before: PackFigure | None
    turn: Turn | None
    signals: Signals | None
    """Its control chart as of the period."""
    new_signal: Variation | None
    """A signal at its newest value that was not there a period before."""
    asked_otherwise: bool = False
    """Whether it was held against another target or floor then, so that the two standings do not compare."""

    @property
    def doubts(self) -> tuple[ValueDoubt, ...]:
        """Why a turn is not sure: what is not final of the value now, and of the one before."""
        return turn_doubts(self.now, self.before)

    @property
    def turn_tone(self) -> Tone:
        """Of a turn between two values that are final."""
        return turn_tone(self.turn, self.now, self.before)

    @property
    def standing(self) -> Standing:
        """How its series stood at the end of the period."""
        return series_standing(self.now.series, self.signals)

    @property
    def tones(self) -> tuple[Tone, ...]:
        """Of what is new about it: its turn, and its new signal."""
        return (self.turn_tone, *((self.standing.signal_tone,) if self.new_signal is not None else ()))


@dataclass(frozen=True, slots=True)
class PilotQuarter:
    """One pilot in the period."""

    pilot: str
    now: PilotFigures
    before: PilotFigures | None
    """None: it did not run then."""
    tally: Tally | None
    """None: a part of the pack is not for the edition, and a count of the rest would be another one."""
    tally_before: Tally | None
    """None: it did not run then, or a part of the pack of then is not for the edition."""
    indicators: tuple[IndicatorTurn, ...]
    effects: tuple[Claim, ...]
    """What the changes so far did in each indicator they name, newest first, as it could be told then."""
    new_evidence: frozenset[tuple[str, tuple[str, ...]]]
    """Indicator and changes of the claims that say something else than at the end of the period before."""
    changes: tuple[Change, ...]
    """Changes of the process that came into force in the period."""
    reviews: tuple[Review, ...]
    """Those held in the period and its own long review, by date."""

    @property
    def tone(self) -> Tone:
        """Whether the news is good or bad: bad where anything turned or signals for the worse, good only
        where the whole pack may be seen, for what may not be may have turned for the worse."""
        for tone in TONES:
            if any(tone in item.tones for item in self.indicators):
                return "normal" if tone == "good" and self.now.score.withheld is not None else tone
        return "normal"

    @property
    def score_change(self) -> float | None:
        """Points more than in the period before; None where one of the two has no score."""
        now = self.now.score.value
        before = self.before.score.value if self.before is not None else None
        return minus(now, before) if now is not None and before is not None else None


@dataclass(frozen=True, slots=True)
class Quarter:
    """All pilots that ran in the period."""

    period: Period
    before: Period
    pilots: tuple[PilotQuarter, ...]
    tally: Tally | None
    """None: some pilot or a part of a pack is not for the edition."""
    tally_before: Tally | None
    """Over those of the pilots that ran then too."""
    opened: tuple[ActionState, ...]
    """Actions that the period's reviews agreed on."""
    closed: tuple[ActionState, ...]
    """Actions that were done or dropped on a day of the period."""
    overdue: tuple[ActionState, ...]
    """Actions that were past their due date and open when it ended."""
    shown_in_part: frozenset[Counted] = frozenset()
    """Of which lists a part is not for the edition, so that their lengths are no counts of the period."""


@by_answer
def quarters_of(figures: Figures) -> tuple[Period, ...]:
    """The long review periods there is something to tell about: from the first pilot's first results on."""
    catalogue = figures.catalogue
    calendar, long = catalogue.handbook.calendar, catalogue.handbook.review.long
    if figures.as_of is None or not catalogue.pilots:
        return ()
    begun = [calendar.start(pilot.period.from_) for pilot in catalogue.pilots.values()]
    first_days = [
        calendar.opens_on(item.points[0].point.period)
        for key, item in figures.series.items()
        if key[1] is not None and item.points
    ]
    if not first_days:
        return ()
    period = calendar.of(max(min(begun), min(first_days)), long)
    last = calendar.of(calendar.end(figures.as_of), long)
    made = []
    while period <= last:
        made.append(period)
        period = period.shift(1)
    return tuple(made)


def quarter_of(now: Figures, before: Figures, period: Period) -> Quarter:
    """The period from the figures as of its end and as of the end of the one before.

    What counts over hidden parts is withheld: the counts are those of everything, or none.

    Asked anew by every page and language; it costs little.
    """
    seen = _quarter(now, before, period)
    return seen if now.everything is None else _seen(seen, _quarter(now.whole, before.whole, period), now)


def _seen(seen: Quarter, whole: Quarter, now: Figures) -> Quarter:
    """The period of an edition held against that of everything.

    Where an edition hides any review, pilot or action, no period counts these: it would tell of none hidden.
    """
    every = {pilot.pilot: pilot for pilot in whole.pilots}
    pilots = tuple(
        replace(
            pilot,
            tally=pilot.tally if pilot.tally == every[pilot.pilot].tally else None,
            tally_before=pilot.tally_before
            if pilot.tally_before == every[pilot.pilot].tally_before
            else None,
        )
        for pilot in seen.pilots
    )
    known, all_ = now.catalogue, now.whole.catalogue
    told = len(known.pilots) == len(all_.pilots)
    in_part: set[Counted] = set() if told else {"pilots"}
    if len(known.reviews) < len(all_.reviews):
        in_part.add("reviews")
    if any(hides_actions(now, pilot) for pilot in all_.pilots):
        in_part.update(("opened", "closed", "overdue"))
    return replace(
        seen,
        pilots=pilots,
        tally=seen.tally if told and seen.tally == whole.tally else None,
        tally_before=seen.tally_before if told and seen.tally_before == whole.tally_before else None,
        shown_in_part=frozenset(in_part),
    )


def _quarter(now: Figures, before: Figures, period: Period) -> Quarter:
    catalogue = now.catalogue
    calendar = catalogue.handbook.calendar
    reviews = sorted(
        (review for review in catalogue.reviews.values() if in_quarter(review, period, calendar)),
        key=lambda item: (item.date, item.id),
    )
    pilots = tuple(
        _pilot(now, before, pilot, period, reviews)
        for pilot in catalogue.pilots.values()
        if runs_in(pilot, period, calendar)
    )
    end = calendar.end(period)
    tasks = tasks_of(catalogue, end)
    held = {review.id for review in reviews}
    return Quarter(
        period=period,
        before=period.shift(-1),
        pilots=pilots,
        tally=_sum([item.tally for item in pilots if item.tally is not None]),
        tally_before=_sum([item.tally_before for item in pilots if item.tally_before is not None]),
        opened=tuple(task for task in tasks if task.review.id in held),
        closed=tuple(
            task
            for task in tasks
            if task.action.closed and calendar.start(period) <= task.action.closed <= end
        ),
        overdue=tuple(task for task in tasks if was_overdue(task, period, calendar)),
    )


def in_quarter(review: Review, whole: Period, calendar: Calendar) -> bool:
    """Whether a review belongs to a long period: a short one by its day, a long one by where its period ends.

    A long review is held when its period is over, often weeks into the next one.
    """
    day = review.date if review.kind == "short" else calendar.end(review.period)
    return calendar.start(whole) <= day <= calendar.end(whole)


def runs_in(pilot: Pilot, period: Period, calendar: Calendar) -> bool:
    """Whether a pilot ran on any day of a period."""
    last = pilot.period.to
    return calendar.start(pilot.period.from_) <= calendar.end(period) and (
        last is None or calendar.end(last) >= calendar.start(period)
    )


def was_overdue(task: ActionState, period: Period, calendar: Calendar) -> bool:
    """Whether an action was agreed, past its due date and not yet closed at the end of a period."""
    end, action = calendar.end(period), task.action
    if action.due is None or action.due >= end or task.review.date > end:
        return False
    return task.open or (action.closed is not None and action.closed > end)


def tally_of(pack: Sequence[PackFigure]) -> Tally:
    """The standing of a pack's indicators, counted."""
    states = [item.review.status if item.review else "no-data" for item in pack]
    return Tally(
        len(states),
        sum(state in REACHED for state in states),
        states.count("near"),
        states.count("missed"),
        sum(state not in JUDGED for state in states),
    )


def asked_otherwise(now: PackFigure, before: PackFigure | None, indicator: Indicator) -> bool:
    """Whether the two periods were held against different bars; an unfinished sum is asked for a part."""
    if now.review is None or before is None or before.review is None:
        return False
    new, old = now.review, before.review
    if new.status not in JUDGED or old.status not in JUDGED or new.bar == old.bar:
        return False
    return indicator.rollup != "sum" or (new.point.complete and old.point.complete)


def turn_of(now: PackFigure, before: PackFigure | None, indicator: Indicator) -> Turn | None:
    """How the standing turned; None where either side cannot be judged.

    Both values are held against the bar of today: where the target or the floor moved and the value did not
    cross it, nothing turned but what is asked.
    """
    if now.review is None or before is None or before.review is None:
        return None
    new, old = now.review.status, before.review.status
    if new not in JUDGED or old not in JUDGED:
        return None
    if asked_otherwise(now, before, indicator):
        old = status(before.review.point.value, now.review.bar, indicator.direction)
    if new in REACHED:
        return None if old in REACHED else "newly-met"
    if new == "missed":
        return None if old == "missed" else "newly-missed"
    if old in REACHED:
        return "no-longer-met"
    return "no-longer-missed" if old == "missed" else None


def turn_doubts(now: PackFigure, before: PackFigure | None) -> tuple[ValueDoubt, ...]:
    """What is not final of two values that are compared."""
    points = (now.review, before.review if before is not None else None)
    return tuple(dict.fromkeys(doubt for point in points if point for doubt in value_doubts(point)))


def turn_tone(turn: Turn | None, now: PackFigure, before: PackFigure | None) -> Tone:
    """Whether a turn is good or bad news; between values that are not final it is neither yet."""
    return "normal" if turn_doubts(now, before) else tone_in(tones.TURN, turn)


def turns_of(now: Figures, before: Figures, pilot: Pilot, period: Period) -> tuple[IndicatorTurn, ...]:
    """Every indicator of a pilot's pack in a period and in the one before, each as it stood at its end."""
    calendar = now.catalogue.handbook.calendar
    own, old = now.pilots.get(pilot.id), _ran(before, pilot, period.shift(-1))
    earlier = {item.indicator: item for item in old.pack} if old is not None else {}
    made = []
    for item in own.pack if own is not None else ():
        key = (item.indicator, pilot.id, ())
        signals, before_it = now.signals.get(key), earlier.get(item.indicator)
        newest = item.series.last if item.series else None
        # A value of an earlier period is no news of this one.
        fresh = newest is not None and calendar.closes_on(newest.point.period) >= calendar.start(period)
        news = new_signal(signals, before.signals.get(key)) if fresh else None
        known = now.catalogue.indicators[item.indicator]
        turn, moved = turn_of(item, before_it, known), asked_otherwise(item, before_it, known)
        made.append(
            IndicatorTurn(
                indicator=item.indicator,
                now=item,
                before=before_it,
                turn=turn,
                signals=signals,
                new_signal=news,
                asked_otherwise=moved,
            )
        )
    return tuple(made)


def _ran(figures: Figures, pilot: Pilot, period: Period) -> PilotFigures | None:
    """A pilot's figures, where it ran in the period."""
    calendar = figures.catalogue.handbook.calendar
    return figures.pilots.get(pilot.id) if runs_in(pilot, period, calendar) else None


def new_signal(now: Signals | None, before: Signals | None) -> Variation | None:
    """The signal at the newest value, where the chart of the period before did not end with the same one."""
    if now is None or now.variation in (None, "normal"):
        return None
    return None if before is not None and before.variation == now.variation else now.variation


def _pilot(
    now: Figures, before: Figures, pilot: Pilot, period: Period, reviews: Sequence[Review]
) -> PilotQuarter:
    calendar = now.catalogue.handbook.calendar
    own = now.pilots[pilot.id]
    old = _ran(before, pilot, period.shift(-1))
    effects = pilot_claims(now, pilot.id, calendar.end(period))
    earlier = pilot_claims(before, pilot.id, calendar.end(period.shift(-1))) if old is not None else ()
    return PilotQuarter(
        pilot=pilot.id,
        now=own,
        before=old,
        tally=tally_of(own.pack),
        tally_before=tally_of(old.pack) if old is not None else None,
        indicators=turns_of(now, before, pilot, period),
        effects=effects,
        new_evidence=new_evidence(effects, earlier),
        changes=tuple(
            change
            for change in pilot.changes
            if calendar.start(period) <= change.date <= calendar.end(period)
        ),
        reviews=tuple(review for review in reviews if review.pilot == pilot.id),
    )


def _sum(tallies: Sequence[Tally]) -> Tally:
    names = ("total", "reached", "near", "missed", "unjudged")
    return Tally(*(counted(getattr(tally, name) for tally in tallies) for name in names))
