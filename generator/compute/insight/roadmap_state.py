"""How far a pilot is on the roadmap, what is overdue, and what the method expects of it next.

The day everything is told for is the end of the review period. Overdue is read from the data alone:

- late: a step that is not done after its day. Its day is its own `due`, or the roadmap's `days` after its
  start; a step with neither may take as long as it takes.
- waiting: a step that is planned and has no day of its own, while every step before it has been done for
  longer than two short reviews are apart.

A step that is called done while outputs of the roadmap are missing is not overdue: it lacks them, and says so
under its own name. What a step under way has not brought yet is simply still to come.

Source: the computations page, section 12.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from generator.compute.figures import Figures
from generator.compute.insight.rhythm import hides_newest
from generator.compute.seen import hides_reviews
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.pilot import OutputProgress, Pilot, StepProgress, Trainee
from generator.model.rhythm import reviewed_days
from generator.model.roadmap import RoadmapStep

Overdue = Literal["late", "waiting"]
StepStatus = Literal["planned", "started", "done", "blocked"]
PATIENCE = 2
"""Short reviews that may pass before a step that could begin is called overdue."""


@dataclass(frozen=True, slots=True)
class StepState:
    """A pilot at one step of the roadmap; every step has one, whether the pilot wrote of it or not."""

    step: RoadmapStep
    progress: StepProgress | None
    status: StepStatus
    due: date | None
    """Its own day, or the roadmap's `days` after its start."""
    days: int | None
    """Calendar days from the first to the last day, both counted; of a step under way up to today."""
    done: tuple[OutputProgress, ...]
    """Outputs that are there, in the roadmap's order."""
    missing: tuple[str, ...]
    """Ids of the roadmap's outputs that are not there."""
    overdue: Overdue | None
    since: date | None
    """The day from which it is overdue."""
    overdue_days: int
    """Days since then, up to today."""
    missing_count: int

    @property
    def lacking(self) -> tuple[str, ...]:
        """Outputs that are missing although the step is called done."""
        return self.missing if self.status == "done" else ()


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """The next review; `day` is None for a long one, which is held once its period is over."""

    kind: Literal["short", "long"]
    period: Period | None
    """The period of a long review."""
    day: date
    """By when: of a short one its day; of a long one the first day after its period."""
    late: bool


@dataclass(frozen=True, slots=True)
class BeforeLive:
    """A tool that goes live later than today, and who has no training planned or held before."""

    tool: int
    """Its place in the pilot's tools."""
    day: date
    untrained: tuple[Trainee, ...]
    trained: tuple[Trainee, ...]


@dataclass(frozen=True, slots=True)
class RoadCounts:
    """How many steps of a pilot stand how."""

    done: int
    started: int
    blocked: int
    of: int
    overdue: int
    lacking: int
    """Called done, while outputs are missing."""


@dataclass(frozen=True, slots=True)
class RoadState:
    """A pilot's way, and what comes next; what a finished pilot has behind it is not asked for again."""

    pilot: str
    today: date | None
    steps: tuple[StepState, ...]
    current: StepState | None
    """The step in hand: the first that is not done, whatever stands after it."""
    following: StepState | None
    """The step after the one in hand."""
    reviews: tuple[ReviewDue, ...]
    before_live: tuple[BeforeLive, ...]
    reviews_withheld: bool = False
    """When the next review is due follows from reviews that are not for the edition."""

    @property
    def counts(self) -> RoadCounts:
        """How many steps stand how."""
        states = [state.status for state in self.steps]
        return RoadCounts(
            states.count("done"),
            states.count("started"),
            states.count("blocked"),
            len(states),
            len(self.overdue),
            len(self.lacking),
        )

    @property
    def overdue(self) -> tuple[StepState, ...]:
        """The steps that are overdue, in order."""
        return tuple(state for state in self.steps if state.overdue)

    @property
    def lacking(self) -> tuple[StepState, ...]:
        """The steps that are called done and lack outputs, in order."""
        return tuple(state for state in self.steps if state.lacking)


def road_of(figures: Figures, pilot: Pilot) -> RoadState:
    """Where a pilot of the edition stands at the end of `as_of`; what is due is so over all of its reviews.

    Steps carry what the edition may see of their outputs. The day of a review that is due is not told where
    it follows from reviews that the edition may not see.

    Asked anew by every page and language; it costs little.
    """
    seen = road_state(pilot, figures.catalogue, figures.as_of)
    if figures.everything is None:
        return seen
    every = figures.everything.catalogue
    whole = road_state(every.pilots[pilot.id], every, figures.as_of)
    hidden = {"short": hides_newest(figures, pilot.id), "long": hides_reviews(figures, pilot.id)}
    return replace(
        seen,
        reviews=tuple(due for due in whole.reviews if not hidden[due.kind]),
        before_live=whole.before_live,
        reviews_withheld=any(hidden.values()),
    )


def road_state(pilot: Pilot, catalogue: Catalogue, as_of: Period | None) -> RoadState:
    """Where a pilot stands at the end of `as_of`; without results nothing is overdue and nothing due."""
    today = catalogue.handbook.calendar.end(as_of) if as_of else None
    wrote = {progress.step: progress for progress in pilot.steps}
    states: list[StepState] = []
    for step in catalogue.roadmap.steps:
        states.append(_state(step, wrote.get(step.number), states, catalogue, today))
    current = next((state for state in states if state.status != "done"), None)
    after = states[states.index(current) + 1 :] if current else []
    following = next((state for state in after if state.status != "done"), None)
    reviews = tuple(_reviews(pilot, catalogue, today)) if today else ()
    live = _before_live(pilot, today) if today else ()
    return RoadState(
        pilot=pilot.id,
        today=today,
        steps=tuple(states),
        current=current,
        following=following,
        reviews=reviews,
        before_live=live,
    )


def _state(
    step: RoadmapStep,
    progress: StepProgress | None,
    before: Sequence[StepState],
    catalogue: Catalogue,
    today: date | None,
) -> StepState:
    status: StepStatus = progress.status if progress else "planned"
    wrote = {output.output: output for output in progress.outputs} if progress else {}
    done = tuple(wrote[output.id] for output in step.outputs if output.id in wrote and wrote[output.id].done)
    there = {output.output for output in done}
    # A step that is done and writes of no outputs at all leaves them untold; that is not the same as missing.
    accounted = status != "done" or wrote
    missing = tuple(output.id for output in step.outputs if output.id not in there) if accounted else ()
    begun, ended = (progress.started, progress.finished) if progress else (None, None)
    due = progress.due if progress else None
    if due is None and begun is not None and step.days is not None:
        due = begun + timedelta(days=step.days)
    until = ended or (today if status != "done" else None)
    days = (until - begun).days + 1 if begun and until and until >= begun else None
    freed = _free_since(before) if status == "planned" and due is None else None
    patience = timedelta(days=PATIENCE * catalogue.handbook.review.short_every_days)
    overdue, since = _overdue(due if status != "done" else None, freed, patience, today)
    late = (today - since).days if today is not None and since is not None else 0
    return StepState(
        step=step,
        progress=progress,
        status=status,
        due=due,
        days=days,
        done=done,
        missing=missing,
        overdue=overdue,
        since=since,
        overdue_days=late,
        missing_count=len(missing),
    )


def _overdue(
    due: date | None, freed: date | None, patience: timedelta, today: date | None
) -> tuple[Overdue, date] | tuple[None, None]:
    """How a step is overdue and since when: past its day, or not begun so long after it could have been."""
    if today is None:
        return None, None
    if due is not None:
        return ("late", due) if due < today else (None, None)
    if freed is not None and freed + patience < today:
        return "waiting", freed
    return None, None


def _free_since(before: Sequence[StepState]) -> date | None:
    """The day the last of the steps before was finished; None while one is not, or says no day."""
    days = [state.progress.finished if state.progress else None for state in before]
    if not before or any(state.status != "done" for state in before):
        return None
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _reviews(pilot: Pilot, catalogue: Catalogue, today: date) -> list[ReviewDue]:
    """The next short and the next long review of a pilot whose rhythm has begun and that is still running.

    The long one is that of the period after the newest reviewed one; without any, of the period in hand.
    """
    rhythm, calendar = catalogue.handbook.review, catalogue.handbook.calendar
    days = reviewed_days(pilot, catalogue.roadmap, calendar)
    if days is None or not days[0] <= today <= days[1]:
        return []
    first, last = days
    held = [review for review in catalogue.reviews.values() if review.pilot == pilot.id]
    found = []
    newest = max((review.date for review in held if review.date > first), default=first)
    short = newest + timedelta(days=rhythm.short_every_days)
    if short <= last:
        found.append(ReviewDue("short", None, short, short < today))
    told = [review.period for review in held if review.kind == "long"]
    if told:
        period = max(told, key=calendar.end).shift(1)
    else:
        period = calendar.of(today, rhythm.long)
        if calendar.start(period) < first:
            period = period.shift(1)  # it did not run all through the first one
    ready = calendar.end(period) + timedelta(days=1)
    if calendar.end(period) <= last:
        found.append(ReviewDue("long", period, ready, ready <= today))
    return found


def _before_live(pilot: Pilot, today: date) -> tuple[BeforeLive, ...]:
    """Tools that go live after today; a training counts when it is on or before that day and, where it
    names steps, names one of the tool's."""
    found = []
    for position, tool in enumerate(pilot.tools):
        if tool.live is None or tool.live <= today:
            continue
        trained = {
            session.audience
            for session in pilot.training
            if session.date <= tool.live
            and (not session.steps or not tool.steps or set(session.steps) & set(tool.steps))
        }
        audiences: tuple[Trainee, ...] = get_args(Trainee)
        found.append(
            BeforeLive(
                position,
                tool.live,
                tuple(audience for audience in audiences if audience not in trained),
                tuple(audience for audience in audiences if audience in trained),
            )
        )
    return tuple(found)
