"""Targets that are out of reach for long: at which point the target is to be questioned, not the people.

A miss is chronic where a series reached its target in none of the last four complete long review periods that
were held against one; "near" is not reached. The running period says nothing yet, nor does one that lacks
some of its shorter ones. Source: the computations page, section 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.once import once
from generator.compute.seen import over_everything
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.model.indicator import Indicator

CHRONIC_PERIODS = 4
"""Long periods in a row after which a missed target is no longer news but a question."""
REACHED = ("met", "exceeded")
UNJUDGED = ("no-data", "no-target")


@dataclass(frozen=True, slots=True)
class ChronicMiss:
    """One whole series (not a cell of a dimension) that is short of its target for long."""

    series: AssessedSeries
    points: Sequence[AssessedPoint]
    """The four long periods, oldest first."""

    @property
    def missed(self) -> int:
        """In how many of them it was below its floor (or its target, where there is no floor)."""
        return sum(1 for point in self.points if point.status == "missed")

    @property
    def near(self) -> int:
        """In how many of them it was short of the target and not below the floor."""
        return len(self.points) - self.missed


@dataclass(frozen=True, slots=True)
class GoalQuestion:
    """A goal most of whose indicators are short of their targets for long: it is to be questioned itself."""

    goal: str
    chronic: tuple[tuple[str, tuple[str | None, ...]], ...]
    """Indicators in use that miss it for long in the organisation, with every place where they do."""
    measured: int
    """Indicators in use that support it and were held against a target."""


def long_points(figures: Figures, series: AssessedSeries) -> tuple[AssessedPoint, ...]:
    """The complete long periods of a series up to `as_of` that were held against a target, oldest first.

    A series that is measured as seldom as it is reviewed, or more seldom, is told by its own periods.
    """
    if figures.as_of is None:
        return ()
    calendar = figures.catalogue.handbook.calendar
    end = calendar.end(figures.as_of)
    return tuple(
        point
        for point in figures.longer.get(series.series.key, series).points
        if point.status not in UNJUDGED and point.point.complete and calendar.end(point.point.period) <= end
    )


def _seen_misses(figures: Figures, found: tuple[ChronicMiss, ...]) -> tuple[ChronicMiss, ...]:
    """Those of series that an edition may see."""
    return tuple(miss for miss in found if miss.series.series.key in figures.series)


@once
def chronic_misses(figures: Figures, indicator: str) -> tuple[ChronicMiss, ...]:
    """Where an indicator is a chronic miss: below the floor most often first, then by place."""
    found = []
    for item in figures.of_indicator(indicator):
        last = () if item.series.cell else long_points(figures, item)[-CHRONIC_PERIODS:]
        if len(last) == CHRONIC_PERIODS and not any(point.status in REACHED for point in last):
            found.append(ChronicMiss(item, last))
    return tuple(sorted(found, key=_urgency))


@over_everything(_seen_misses)
def all_chronic(figures: Figures) -> tuple[ChronicMiss, ...]:
    """Every chronic miss of an indicator in use, those below their floor first, then by id and place."""
    found = [
        miss
        for indicator in figures.catalogue.indicators.values()
        if indicator.in_use
        for miss in chronic_misses(figures, indicator.id)
    ]
    return tuple(sorted(found, key=lambda miss: (*_urgency(miss)[:1], *_name(miss))))


def _urgency(miss: ChronicMiss) -> tuple[int, str]:
    return -miss.missed, miss.series.series.pilot or ""


def _name(miss: ChronicMiss) -> tuple[str, str]:
    return miss.series.series.indicator, miss.series.series.pilot or ""


def _seen_questions(figures: Figures, found: tuple[GoalQuestion, ...]) -> tuple[GoalQuestion, ...]:
    """Questions are put over all that supports a goal; one that rests on something hidden is not told."""
    every, known = figures.whole, figures.catalogue
    return tuple(
        item
        for item in found
        if all(indicator.id in known.indicators for indicator in supporters(every, item.goal))
        and all(place is None or place in known.pilots for _, places in item.chronic for place in places)
    )


@over_everything(_seen_questions)
def goals_to_question(figures: Figures) -> tuple[GoalQuestion, ...]:
    """The goals most of whose indicators are chronic misses, in order of the strategy.

    Counted are the indicators in use that were held against a target; exactly a half is not yet most. A goal
    is the organisation's, so its own series tells; of an indicator that only pilots measure, all of theirs.
    """
    strategy = figures.catalogue.strategy
    return tuple(
        question
        for goal in (strategy.goals if strategy else ())
        if not goal.dropped and (question := _question(figures, goal.id)) is not None
    )


def _question(figures: Figures, goal: str) -> GoalQuestion | None:
    own = [supporter for supporter in supporters(figures, goal) if any(_judged(figures, supporter))]
    missed = tuple(
        (item.id, tuple(miss.series.series.pilot for miss in found))
        for item in own
        if (found := chronic_misses(figures, item.id)) and _for_the_goal(figures, item, found)
    )
    return GoalQuestion(goal, missed, len(own)) if 2 * len(missed) > len(own) else None


def _for_the_goal(figures: Figures, indicator: Indicator, found: tuple[ChronicMiss, ...]) -> bool:
    """Whether the misses are those of the organisation, or of every pilot where it has no figure itself."""
    missed = {miss.series.series.pilot for miss in found}
    judged = {
        item.series.pilot
        for item in figures.of_indicator(indicator.id)
        if not item.series.cell and any(point.status not in UNJUDGED for point in item.points)
    }
    return None in missed if None in judged else judged <= missed


def supporters(figures: Figures, goal: str) -> tuple[Indicator, ...]:
    """The indicators in use that support a goal, by id."""
    return tuple(
        indicator
        for indicator in figures.catalogue.indicators.values()
        if indicator.in_use and any(link.goal == goal for link in indicator.supports)
    )


def _judged(figures: Figures, indicator: Indicator) -> Iterator[bool]:
    """Whether each whole series of it was ever held against a target."""
    for item in figures.of_indicator(indicator.id):
        if not item.series.cell:
            yield any(point.status not in UNJUDGED for point in item.points)
