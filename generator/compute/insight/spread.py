"""Practices and where they were taken over: what came of each in its own data, and over all places.

A practice is a change that names where it was or is to be taken over. What came of it in a place is told by
the place's own figures alone, never by those of the first pilot. Source: the computations page, section 17.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.compute.effects.claim import Claim
from generator.compute.effects.pooling import PooledEffect, pooled_effect
from generator.compute.figures import Figures
from generator.compute.seen import over_everything
from generator.model.pilot import Change, Pilot
from generator.model.spread import Transfer

SpreadResult = Literal[
    "planned",
    "late",
    "in-force",
    "no-data",
    "too-early",
    "reproduced",
    "in-part",
    "not-reproduced",
    "withheld",
]
"""planned: still to come · late: its day has passed and it has not begun · in-force: a rule with its document
· no-data: it began, and no data of its own show it · too-early: no look at them yet · reproduced,
not-reproduced, in-part: by all, none or some of its indicators · withheld: it rests on what the edition may
not see."""
PracticeField = Literal["process", "managing", "rewarding"]
FIELDS: dict[str, PracticeField] = {"manage": "managing", "reward": "rewarding"}


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """What came of a practice in one indicator of a place."""

    indicator: str
    claim: Claim | None
    """None: the place's change does not show in it, or it has no results."""
    result: SpreadResult


@dataclass(frozen=True, slots=True)
class TransferState:
    """A practice in one place."""

    transfer: Transfer
    result: SpreadResult
    results: tuple[PlaceResult, ...]
    document_withheld: bool = False
    """Its document is not for the edition."""


@dataclass(frozen=True, slots=True)
class ConditionTally:
    """What is known of one condition: how it went where it was met, and where it was lacking."""

    condition: str
    met: tuple[int, int]
    """(reproduced, decided) in places where it was met."""
    lacking: tuple[int, int]


@dataclass(frozen=True, slots=True)
class IndicatorPool:
    """The effect in one indicator over all places with a look."""

    indicator: str
    pilots: tuple[str, ...]
    pooled: PooledEffect


@dataclass(frozen=True, slots=True)
class SpreadPractice:
    """A change with the places that took it over."""

    pilot: str
    change: str
    field: PracticeField
    first: tuple[PlaceResult, ...]
    """In the pilot that made it first."""
    places: tuple[TransferState, ...]
    pools: tuple[IndicatorPool, ...]
    conditions: tuple[ConditionTally, ...]
    in_part: bool = False
    """Some places are not for the edition: nothing over all of them is told."""
    conditions_withheld: bool = False
    """What came of some places is not for the edition, or they are not: conditions are not counted."""


def field_of(change: Change) -> PracticeField:
    """What a change is one of: the process, ways of managing, or of rewarding."""
    return FIELDS.get(change.kind, "process")


def _seen(figures: Figures, found: tuple[SpreadPractice, ...]) -> tuple[SpreadPractice, ...]:
    """The practices of an edition; figures over all places only where it sees all of them."""
    own = {(item.pilot, item.change): item for item in _all(figures)}
    told = []
    for item in found:
        seen = own.get((item.pilot, item.change))
        if seen is None:
            continue
        apart = len(seen.places) < len(item.places)
        every = {place.transfer.id: place for place in item.places}
        places = tuple(_seen_place(place, every[place.transfer.id]) for place in seen.places)
        uncounted = apart or any(place.result == "withheld" for place in places)
        kept = {pool.indicator for pool in seen.pools}
        pools = () if apart else tuple(pool for pool in item.pools if pool.indicator in kept)
        told.append(
            replace(
                seen,
                places=places,
                pools=pools,
                conditions=() if uncounted else item.conditions,
                in_part=apart,
                conditions_withheld=uncounted,
            )
        )
    return tuple(told)


def _seen_place(seen: TransferState, every: TransferState) -> TransferState:
    """What came of a place is told as with everything known, where what is seen of it says the same."""
    return replace(
        seen,
        result=every.result if seen.result == every.result else "withheld",
        document_withheld=seen.transfer.document != every.transfer.document,
    )


@over_everything(_seen)
def spread_of(figures: Figures) -> tuple[SpreadPractice, ...]:
    """Every change that names a place to take it over, in the order of pilots and changes."""
    return _all(figures)


def _all(figures: Figures) -> tuple[SpreadPractice, ...]:
    return tuple(
        _practice(figures, pilot, change)
        for pilot in figures.catalogue.pilots.values()
        for change in pilot.changes
        if change.spread
    )


def _practice(figures: Figures, pilot: Pilot, change: Change) -> SpreadPractice:
    first = tuple(_results(figures, pilot.id, change.id, change.indicators))
    places = tuple(_place(figures, change, transfer) for transfer in change.spread)
    return SpreadPractice(
        pilot.id,
        change.id,
        field_of(change),
        first=first,
        places=places,
        pools=tuple(_pools(change, first, places)),
        conditions=tuple(_tally(condition.id, places) for condition in change.conditions),
    )


def _place(figures: Figures, change: Change, transfer: Transfer) -> TransferState:
    today = figures.catalogue.handbook.calendar.end(figures.as_of) if figures.as_of else None
    results: tuple[PlaceResult, ...] = ()
    if transfer.pilot and transfer.change:
        results = tuple(_results(figures, transfer.pilot, transfer.change, change.indicators))
    return TransferState(transfer, _state(transfer, results, today), results)


def _state(transfer: Transfer, results: tuple[PlaceResult, ...], today: date | None) -> SpreadResult:
    if transfer.date is None or (today is not None and transfer.date > today):
        passed = transfer.planned is not None and today is not None and transfer.planned <= today
        return "late" if passed else "planned"
    if transfer.way == "institutional" and not results:
        return "in-force" if transfer.document else "no-data"
    counts = Counter(item.result for item in results)
    decided = counts["reproduced"] + counts["not-reproduced"]
    if counts["withheld"]:
        return "withheld"
    if not decided:
        return "too-early" if counts["too-early"] else "no-data"
    if counts["reproduced"] == decided:
        return "reproduced"
    return "in-part" if counts["reproduced"] else "not-reproduced"


def _results(figures: Figures, pilot: str, change: str, indicators: Iterable[str]) -> Iterator[PlaceResult]:
    claims = {claim.indicator: claim for claim in figures.effects.get((pilot, change), ())}
    for name in indicators:
        if name in figures.catalogue.indicators:
            claim = claims.get(name)
            yield PlaceResult(name, claim, _result(claim))


def _result(claim: Claim | None) -> SpreadResult:
    """Better and nothing harmed for it; a doubtful gain is none yet."""
    if claim is None:
        return "no-data"
    if claim.guards_withheld or claim.comparison_withheld:
        return "withheld"
    if claim.outcome is None:
        why = claim.effect.why_not
        return "too-early" if why is not None and why.due is not None else "no-data"
    return "reproduced" if claim.balance in ("balanced-gain", "gain") else "not-reproduced"


def _pools(
    change: Change, first: tuple[PlaceResult, ...], places: tuple[TransferState, ...]
) -> Iterator[IndicatorPool]:
    """Over the first pilot and every place with a look, each pilot once; the verdicts do not choose."""
    for name in change.indicators:
        every = (*first, *(item for place in places for item in place.results))
        claims = {
            item.claim.pilot: item.claim
            for item in every
            if item.indicator == name and item.claim is not None and item.claim.outcome is not None
        }
        told = [
            (pilot, claim.effect.difference, claim.effect.error)
            for pilot, claim in claims.items()
            if claim.effect.difference is not None and claim.effect.error is not None
        ]
        pooled = pooled_effect([one for _, one, _ in told], [error for _, _, error in told])
        if pooled is not None:
            yield IndicatorPool(name, tuple(pilot for pilot, _, _ in told), pooled)


def _tally(condition: str, places: tuple[TransferState, ...]) -> ConditionTally:
    def told(key: Literal["met", "lacking"]) -> tuple[int, int]:
        states = [
            place.result
            for place in places
            if condition in getattr(place.transfer, key)
            and place.result in ("reproduced", "in-part", "not-reproduced")
        ]
        return states.count("reproduced"), len(states)

    return ConditionTally(condition, told("met"), told("lacking"))
