"""The loop of strategy and ability, with its pulse: which of its stations holds, and where each is broken.

Whether a station holds is judged over everything there is; an edition is told of the breaks whose places it
sees. Source: the computations page, section 13.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from generator.compute.figures import Figures
from generator.compute.insight.actions import tasks_of, today_of
from generator.compute.insight.cascade import strategy_gaps
from generator.compute.insight.goal_answers import asked_goals
from generator.compute.insight.health import health_of
from generator.compute.insight.pillars import pillars_of
from generator.compute.insight.rhythm import rhythm_of
from generator.compute.seen import hides_reviews, over_everything
from generator.model.cascade import GapKind
from generator.model.coaching import not_followed_up
from generator.model.strategy_ways import goals_reached

StationName = Literal["strategy", "goals", "units", "persons", "data", "coaching", "ability", "organisation"]
"""In order; the last leads back to the first."""
StationState = Literal["holds", "broken", "unknown"]
"""unknown: the handbook says nothing that could break there."""
BreakKind = Literal[
    "question",
    "goal",
    "key-result",
    "unit",
    "cascade",
    "post",
    "person-indicator",
    "no-data",
    "stale",
    "review",
    "coaching",
    "follow-up",
    "training",
    "overdue",
    "no-result",
]
"""strategy: a goal in question that nobody answered · goals: one without a leading indicator, or that no
objective takes up; a key result without an indicator · units: a unit without an objective; an objective that
hangs loose · persons: a key result that reaches no post; an indicator of persons that leads to no goal ·
data: an indicator in use without results, or with old ones · coaching: a long review that was not held; a
running pilot without a coaching note in the period · ability: what was agreed in coaching and not spoken of
again; a tool that goes live before people are trained · organisation: an action past its day; one that is
done and of which nobody says what it brought."""

STATION_OF: dict[BreakKind, StationName] = {
    "question": "strategy",
    "goal": "goals",
    "key-result": "goals",
    "unit": "units",
    "cascade": "units",
    "post": "persons",
    "person-indicator": "persons",
    "no-data": "data",
    "stale": "data",
    "review": "coaching",
    "coaching": "coaching",
    "follow-up": "ability",
    "training": "ability",
    "overdue": "organisation",
    "no-result": "organisation",
}
GAPS: dict[GapKind, BreakKind] = {
    "goal-leading": "goal",
    "goal-taken-up": "goal",
    "key-result-indicator": "key-result",
    "unit-goal": "unit",
    "objective-goal": "cascade",
    "objective-empty": "cascade",
    "weights": "cascade",
    "key-result-aside": "cascade",
    "key-result-post": "post",
}


@dataclass(frozen=True, slots=True)
class Break:
    """Where the loop is broken: ids, and 0-based places in lists, from the outside in."""

    kind: BreakKind
    place: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the loop."""

    name: StationName
    state: StationState
    breaks: tuple[Break, ...]
    in_part: bool = False
    """Some of its breaks are not for the edition."""


def _seen(figures: Figures, found: tuple[Station, ...]) -> tuple[Station, ...]:
    told = set(_breaks(figures))
    cut = []
    for station in found:
        own = tuple(item for item in station.breaks if item in told)
        cut.append(replace(station, breaks=own, in_part=len(own) < len(station.breaks)))
    return tuple(cut)


@over_everything(_seen)
def loop_of(figures: Figures) -> tuple[Station, ...]:
    """The eight stations."""
    breaks = tuple(dict.fromkeys(_breaks(figures)))
    return tuple(_station(figures, name, breaks) for name in get_args(StationName))


def _station(figures: Figures, name: StationName, breaks: tuple[Break, ...]) -> Station:
    own = tuple(item for item in breaks if STATION_OF[item.kind] == name)
    known = figures.catalogue
    objectives = known.strategy.objectives if known.strategy else ()
    posts = any(one.post or any(result.post for result in one.key_results) for one in objectives)
    personal = any(one.level == "individual" for one in known.indicators.values())
    reviews, pilots = known.reviews.values(), known.pilots.values()
    # What nobody has begun neither holds nor breaks.
    spoken_of = {
        "strategy": known.strategy is not None and figures.as_of is not None,
        "goals": known.strategy is not None
        and (any(one.kind for one in known.indicators.values() if one.in_use) or bool(objectives)),
        "units": any(one.unit for one in objectives),
        "persons": personal or posts,
        "data": bool(known.indicators),
        "coaching": bool(reviews),
        "ability": any(note.plan for one in reviews for note in one.coaching)
        or any(one.tools for one in pilots),
        "organisation": any(one.actions for one in reviews),
    }
    state: StationState = "broken" if own else "holds" if spoken_of[name] else "unknown"
    return Station(name, state, own)


def _breaks(figures: Figures) -> Iterator[Break]:
    """Those that an edition may see; of the whole catalogue, every one."""
    for asked in asked_goals(figures):
        if asked.answer is None:
            yield Break("question", (asked.question.goal,))
    for gap in strategy_gaps(figures):
        if gap.kind in GAPS:
            yield Break(GAPS[gap.kind], gap.place)
    whole = figures.whole.catalogue
    for indicator in figures.catalogue.indicators.values():
        of_persons = indicator.in_use and indicator.level == "individual"
        if of_persons and whole.strategy and not goals_reached(whole.indicators, indicator.id):
            yield Break("person-indicator", (indicator.id,))
    for health in health_of(figures):
        if not health.items.get("results", True):
            yield Break("no-data", (health.indicator,))
        elif not health.items.get("fresh", True):
            yield Break("stale", (health.indicator,))
    rhythm = rhythm_of(figures)
    for pilot in rhythm.pilots if rhythm else ():
        for period in pilot.periods:
            if period.long_due and period.long_review is None:
                yield Break("review", (pilot.pilot, str(period.period)))
    for pillar in pillars_of(figures).states:
        for lack in pillar.missing:
            if lack.kind in ("coaching", "training"):
                yield Break(lack.kind, lack.place)
    yield from _of_reviews(figures)


def _of_reviews(figures: Figures) -> Iterator[Break]:
    known = figures.catalogue
    for review, place in not_followed_up(figures.whole.catalogue):
        seen = None if hides_reviews(figures, review.pilot) else known.reviews.get(review.id)
        if seen is not None and review.coaching[place].person in (
            None,
            *(note.person for note in seen.coaching),
        ):
            yield Break("follow-up", (review.id, place))
    for task in tasks_of(known, today_of(figures.as_of, known.handbook.calendar)):
        if task.overdue:
            yield Break("overdue", (task.review.id, task.action.id))
        elif task.action.status == "done" and task.action.result is None:
            yield Break("no-result", (task.review.id, task.action.id))
