"""What two or three review cycles have shown: which changes brought most, and which of them to copy.

Nothing is told before enough whole long review periods of results stand behind it (the setting `periods`
of the rule evidence-before-rollout, two by default): one good quarter may be luck. Changes are ranked by the
near end of their interval, not by the mean: the largest of several noisy means is too good by selection. To
compare over indicators the effect is also told as a share of the way from baseline to target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.check.evidence_before_rollout import RULE
from generator.compute.assessed import AssessedSeries
from generator.compute.attainment import Direction
from generator.compute.effect import Effect
from generator.compute.figures import Figures
from generator.compute.guardrail import ChangeEffect
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.pilot import Change, Pilot

Group = Literal["gained", "doubtful", "at-a-cost", "unclear", "worse", "early", "untested"]
"""What can be said of a change in one indicator: better and nothing speaks against it · better, but it was
moving before or the comparison pilots moved as much · better, and a guardrail got worse · not to be told from
normal variation · worse, or a guardrail got worse for nothing · too few long periods yet · could not be
tested."""
GROUPS: tuple[Group, ...] = ("gained", "doubtful", "at-a-cost", "unclear", "worse", "early", "untested")


@dataclass(frozen=True, slots=True)
class PilotBasis:
    """How much stands behind what is told of a pilot."""

    pilot: str
    periods: int
    """Whole long review periods with results of its pack since it began."""
    needed: int


@dataclass(frozen=True, slots=True)
class Way:
    """A difference as a share of the way from start to target: 1 is the whole way, below 0 is backwards."""

    share: float
    low: float
    high: float
    from_baseline: bool
    """Whether the way starts at the pack's baseline; else at the mean before the change."""


@dataclass(frozen=True, slots=True)
class RankedChange:
    """One change in one indicator, with its place in the ranking."""

    pilot: str
    change: str
    effect: ChangeEffect
    periods: int
    """Whole long review periods with results since the change."""
    way: Way | None
    """Of what is left beside the comparison pilots, where there are any. None without a target that lies
    ahead of the start."""
    group: Group
    same_day: tuple[str, ...]
    """Other changes of the pilot on that day: what each of them brought cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A change worth copying: better in one pilot, guardrails held, not yet made in others of the process."""

    pilot: str
    change: str
    gains: tuple[RankedChange, ...]
    done_in: tuple[str, ...]
    """Pilots of the process that have made it too."""
    open_in: tuple[str, ...]
    """Pilots of the process that have not."""
    cases: tuple[str, ...]
    """Cases, lessons and policies written about it."""


def needed_periods(catalogue: Catalogue) -> int:
    """Long review periods of results that must stand behind what is told; one setting, one rule."""
    setting = catalogue.handbook.rules.get(RULE.id)
    given = setting.settings.get("periods") if setting else None
    default = RULE.settings["periods"]
    return given if isinstance(given, int) else default if isinstance(default, int) else 2


def long_periods(
    figures: Figures, indicator: str, places: tuple[str | None, ...] | None = None, since: date = date.min
) -> tuple[Period, ...]:
    """Whole long review periods since a day, up to `as_of`, with a result of the indicator, oldest first.

    `places` are pilots or None for the organisation; without it all of them count.
    """
    if figures.as_of is None:
        return ()
    book = figures.catalogue.handbook
    starts = book.fiscal_year_starts
    last = figures.as_of.end(starts)
    found = {
        Period.of(point.point.period.closes_on(starts), book.review.long, starts)
        for one in figures.of_indicator(indicator)
        if not one.series.cell and (places is None or one.series.pilot in places)
        for point in one.points
        if point.point.value is not None
    }
    return tuple(sorted(one for one in found if since <= one.start(starts) and one.end(starts) <= last))


def pilot_bases(figures: Figures) -> tuple[PilotBasis, ...]:
    """Every pilot with the long periods that any indicator of its pack has results in."""
    starts = figures.catalogue.handbook.fiscal_year_starts
    needed = needed_periods(figures.catalogue)
    return tuple(
        PilotBasis(
            pilot.id,
            len(
                {
                    period
                    for item in pilot.pack
                    for period in long_periods(
                        figures, item.indicator, (pilot.id,), pilot.period.from_.start(starts)
                    )
                }
            ),
            needed,
        )
        for pilot in figures.catalogue.pilots.values()
    )


def ranked_changes(figures: Figures) -> tuple[RankedChange, ...]:
    """Every change made so far in every indicator it names: by group, then by what is sure at least."""
    found = [
        _ranked(figures, pilot, change, one)
        for pilot in figures.catalogue.pilots.values()
        for change in pilot.changes
        if _made(figures, change)
        for one in figures.effects[(pilot.id, change.id)]
    ]

    def place(one: RankedChange) -> tuple[int, int, float, str, str]:
        sure = one.way.low if one.way else _sure_percent(one.effect.effect)
        return (
            GROUPS.index(one.group), one.way is None, -sure, one.pilot, one.effect.effect.indicator,
        )  # fmt: skip

    return tuple(sorted(found, key=place))


def _made(figures: Figures, change: Change) -> bool:
    """Whether a change came into force by the end of `as_of`; a planned one has nothing to show yet."""
    starts = figures.catalogue.handbook.fiscal_year_starts
    return figures.as_of is not None and change.date <= figures.as_of.end(starts)


def _ranked(figures: Figures, pilot: Pilot, change: Change, one: ChangeEffect) -> RankedChange:
    indicator = one.effect.indicator
    periods = len(long_periods(figures, indicator, (pilot.id,), change.date))
    series = figures.series[(indicator, pilot.id, ())]
    direction = figures.catalogue.indicators[indicator].direction
    return RankedChange(
        pilot.id,
        change.id,
        one,
        periods,
        way_of(one.effect, series, direction),
        _group(one, periods, needed_periods(figures.catalogue), direction),
        tuple(
            other.id
            for other in pilot.changes
            if other.id != change.id and other.date == change.date
        ),
    )  # fmt: skip


def _group(one: ChangeEffect, periods: int, needed: int, direction: Direction | None) -> Group:
    verdict = one.effect.verdict
    if verdict not in ("improved", "worse", "unclear"):
        return "untested"
    if periods < needed:
        return "early"
    if verdict == "worse" or one.balance == "loss":
        return "worse"
    if verdict == "unclear":
        return "unclear"
    if one.balance == "gain-at-a-cost":
        return "at-a-cost"
    return "doubtful" if one.effect.guard == "disagrees" or _moved_alike(one.effect, direction) else "gained"


def _moved_alike(effect: Effect, direction: Direction | None) -> bool:
    """Whether nothing certain is left once the change of the comparison pilots is taken off."""
    if effect.comparison is None:
        return False
    low, high = effect.comparison.interval
    return high >= 0 if direction == "lower" else low <= 0


def way_of(effect: Effect, series: AssessedSeries, direction: Direction | None) -> Way | None:
    """The effect as a share of the way from baseline to the newest target.

    Held against comparison pilots it is the share of what is left beyond theirs. None where the indicator has
    no better side, no target, or a target that does not lie ahead of the start.
    """
    target = next((one.bar.target for one in reversed(series.points) if one.bar.target is not None), None)
    start = series.baseline if series.baseline is not None else effect.before.mean
    if direction not in ("higher", "lower") or target is None or start is None or effect.interval is None:
        return None
    span = target - start
    if effect.difference is None or (span <= 0 if direction == "higher" else span >= 0):
        return None
    compared = effect.comparison
    difference, ends = (compared.net, compared.interval) if compared else (effect.difference, effect.interval)
    low, high = sorted(end / span for end in ends)
    return Way(difference / span, low, high, series.baseline is not None)


def _sure_percent(effect: Effect) -> float:
    """The near end of the interval in per cent of the mean before; −∞ where it cannot be told."""
    if effect.interval is None or not effect.before.mean or effect.before.mean < 0:
        return float("-inf")
    return min(abs(end) for end in effect.interval) / effect.before.mean


def practices(figures: Figures, ranked: tuple[RankedChange, ...]) -> tuple[Practice, ...]:
    """Changes to copy, the surest gain first."""
    by_change: dict[tuple[str, str], list[RankedChange]] = {}
    for one in ranked:
        by_change.setdefault((one.pilot, one.change), []).append(one)
    return tuple(_practices(figures, by_change))


def _practices(figures: Figures, by_change: dict[tuple[str, str], list[RankedChange]]) -> Iterator[Practice]:
    catalogue = figures.catalogue
    for (pilot_id, change_id), found in by_change.items():
        gains = tuple(one for one in found if one.group == "gained" and one.effect.balance == "balanced-gain")
        if not gains or any(one.group in ("worse", "at-a-cost") for one in found):
            continue
        pilot = catalogue.pilots[pilot_id]
        change = next(one for one in pilot.changes if one.id == change_id)
        others = [
            other
            for other in catalogue.pilots.values()
            if other.id != pilot_id and pilot.process is not None and other.process == pilot.process
        ]
        made = tuple(other.id for other in others if any(_alike(change, one) for one in other.changes))
        left = tuple(other.id for other in others if other.id not in made)
        if left:
            yield Practice(
                pilot_id, change_id, gains, made, left, cases_about(catalogue, pilot_id, change_id)
            )


def _alike(one: Change, other: Change) -> bool:
    """Whether two pilots made the same change: the same name, or the same kind at the same step."""
    return one.id == other.id or (one.kind == other.kind and bool(set(one.steps) & set(other.steps)))


def cases_about(catalogue: Catalogue, pilot: str, change: str) -> tuple[str, ...]:
    """The cases that name a change and are not retired."""
    return tuple(
        name
        for name, head in catalogue.cases.items()
        if (head.pilot, head.change) == (pilot, change) and head.status != "retired"
    )
