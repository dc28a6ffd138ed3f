"""The claims of every change of every pilot: which periods are compared with which, and in which series.

Guardrails are judged over the window of the indicator they guard, up to its look. Pilots of the same process
that changed nothing meant for the indicator inside the window serve as comparison. Source: the computations
page, sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from generator.compute.effects.bundle import (
    Window,
    bounds_of,
    bundles_of,
    narrowed,
    others_than,
    samples_in,
    window_around,
)
from generator.compute.effects.claim import Claim, claim_of
from generator.compute.effects.effect import FEWEST, Effect, Look, Other, effect_of, look_at
from generator.compute.effects.guardrail import GuardEffect, GuardSample, judge, margin_of
from generator.compute.effects.sample import Sample, half_of
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.attainment import Thresholds
from generator.compute.series.marks import SeriesMark, concerns
from generator.compute.series.values import Key
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.pilot import Change, Pilot

WORST_OF = 3
"""So many pilots there must be for one of them to be the worst."""


@dataclass(frozen=True, slots=True)
class _Place:
    """All that the changes of one pilot are judged by."""

    catalogue: Catalogue
    series: Mapping[Key, AssessedSeries]
    marks: Mapping[Key, tuple[SeriesMark, ...]]
    pilot: Pilot

    @property
    def calendar(self) -> Calendar:
        return self.catalogue.handbook.calendar

    def own(self, indicator: str) -> AssessedSeries | None:
        """The pilot's own series of an indicator."""
        found = self.series.get((indicator, self.pilot.id, ()))
        return found if found is not None and found.points else None

    def samples(self, indicator: str, series: AssessedSeries, window: Window) -> tuple[Sample, Sample]:
        ratio = self.catalogue.indicators[indicator].rollup == "ratio"
        return samples_in(series, window, ratio, self.calendar)


def change_effects(
    catalogue: Catalogue, series: Mapping[Key, AssessedSeries], marks: Mapping[Key, tuple[SeriesMark, ...]]
) -> dict[tuple[str, str], tuple[Claim, ...]]:
    """(pilot, change) -> the claim in each indicator that the change names and that has results.

    Changes that are judged together share one claim.
    """
    found: dict[tuple[str, str], tuple[Claim, ...]] = {}
    for pilot in catalogue.pilots.values():
        place = _Place(catalogue, series, marks, pilot)
        made: dict[str, dict[str, Claim]] = {}
        for indicator in dict.fromkeys(name for change in pilot.changes for name in _named(pilot, change)):
            made[indicator] = dict(_claims(place, indicator))
        for change in pilot.changes:
            found[(pilot.id, change.id)] = tuple(
                made[indicator][change.id]
                for indicator in _named(pilot, change)
                if change.id in made[indicator]
            )
    return found


def _named(pilot: Pilot, change: Change) -> tuple[str, ...]:
    return tuple(change.indicators) or tuple(item.indicator for item in pilot.pack)


def _claims(place: _Place, indicator: str) -> Iterable[tuple[str, Claim]]:
    """Each change that is meant for an indicator with the claim of its bundle."""
    series = place.own(indicator)
    if series is None:
        return
    for bundle in bundles_of(place.pilot, indicator, series, place.calendar):
        claim = _claim(place, indicator, series, bundle)
        for change in bundle:
            yield change.id, claim


def _claim(place: _Place, indicator: str, series: AssessedSeries, bundle: tuple[Change, ...]) -> Claim:
    marks = place.marks.get((indicator, place.pilot.id, ()), ())
    first, last = bundle[0].date, bundle[-1].date
    window = window_around(series, first, last, others_than(marks, bundle), place.calendar)
    effect, seen = _effect(place, indicator, series, window)
    return claim_of(
        place.pilot.id,
        indicator,
        [(change.id, change.date) for change in bundle],
        effect,
        _guardrails(place, place.catalogue.indicators[indicator], seen, effect.look),
        effect.verdict == "improved" and _chosen(place, indicator, series, seen),
    )


def _effect(place: _Place, indicator: str, series: AssessedSeries, window: Window) -> tuple[Effect, Window]:
    """The effect, and the window as far as its look."""
    before, after = place.samples(indicator, series, window)
    bounds = bounds_of(window, series, place.calendar)
    look = look_at(before, after, bounds)
    # What comes later than the look, in whichever pilot, must not turn its verdict.
    seen = replace(window, end=place.calendar.end(look.until)) if look else window
    direction = place.catalogue.indicators[indicator].direction
    others = tuple(_others(place, indicator, seen)) if window.broken is None else ()
    return effect_of(indicator, before, after, direction, others, bounds), seen


def _others(place: _Place, indicator: str, window: Window) -> Iterable[Other]:
    """Pilots of the same process that changed nothing meant for the indicator inside the window."""
    for other in place.catalogue.pilots.values():
        series = place.series.get((indicator, other.id, ()))
        if other.id == place.pilot.id or other.process != place.pilot.process or series is None:
            continue
        if not any(
            concerns(change, indicator) and window.start <= change.date <= window.end
            for change in other.changes
        ):
            yield Other(other.id, *place.samples(indicator, series, window))


def _guardrails(
    place: _Place, indicator: Indicator, window: Window, look: Look | None
) -> tuple[GuardEffect, ...]:
    """The guardrails over the window; each is cut short by a break of its own definition only."""
    samples = []
    for guardrail in indicator.guardrails:
        name = guardrail.indicator
        series = place.own(name)
        if series is None:
            continue
        breaks = [mark for mark in place.marks.get((name, place.pilot.id, ()), ()) if mark.kind == "break"]
        inside = narrowed(replace(window, broken=None), breaks, place.calendar)
        before, after = place.samples(name, series, inside)
        samples.append(
            GuardSample(
                name,
                place.catalogue.indicators[name].direction,
                before,
                after,
                inside.broken,
                margin_of(guardrail.margin, _bar(series, inside, place.calendar), before),
            )
        )
    return judge(samples, look is not None)


def _bar(series: AssessedSeries, window: Window, calendar: Calendar) -> Thresholds:
    """What was asked of a series when the window ended."""
    asked = [point.bar for point in series.points if calendar.end(point.point.period) <= window.end]
    return asked[-1] if asked else Thresholds()


def _chosen(place: _Place, indicator: str, series: AssessedSeries, window: Window) -> bool:
    """Whether the pilot was chosen for bad figures: it says so, or it stood worst before the change.

    Worst is the worst mean of at least three pilots with values before the change, or, with fewer of them,
    one that is worse than the whole organisation's by more than its own standard deviation.
    """
    if place.pilot.chosen == "worst":
        return True
    direction = place.catalogue.indicators[indicator].direction
    if place.pilot.chosen is not None or direction not in ("higher", "lower"):
        return False
    sign = 1 if direction == "higher" else -1
    own = place.samples(indicator, series, window)[0]
    means = [
        half_of(before).mean
        for other in place.catalogue.pilots
        if other != place.pilot.id
        and (found := place.series.get((indicator, other, ()))) is not None
        and len(before := place.samples(indicator, found, window)[0]) >= FEWEST
    ]
    mine = half_of(own).mean
    if mine is None:
        return False
    if len(means) + 1 >= WORST_OF:
        return all(mean is not None and sign * mine < sign * mean for mean in means)
    whole = place.series.get((indicator, None, ()))
    if whole is None or not whole.points:
        return False
    all_of_it = place.samples(indicator, whole, window)[0]
    mean = half_of(all_of_it).mean
    if mean is None or len(all_of_it) < FEWEST or len(own) < FEWEST:
        return False
    return sign * (mean - mine) > float(np.std(own.values, ddof=1))


def claims_on(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Each claim once, in the order given: changes that are judged together share theirs."""
    return tuple({(claim.pilot, claim.indicator, claim.changes): claim for claim in claims}.values())
