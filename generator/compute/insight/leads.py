"""Which indicators move before the outcomes: clues over the pilots and over the whole organisation.

An outcome is an indicator marked `lagging`; where a place has none, one whose aspect is benefit. Only pairs
that lead from another indicator to an outcome are looked at, so that the test keeps its power; the p values
are multiplied by the number of places looked at (Bonferroni). Source: the computations page, section 6. A
clue says "moves earlier", never "causes".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.compute.seen import hides_indicators, over_everything
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.lead_lag import FEWEST, LEVEL, Clue, clues, shared_periods
from generator.model.indicator import Indicator
from generator.model.period import Frequency, Period

COVERED = 0.8
"""Share of a place's periods in which an indicator must have a value: a short one shortens all others."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What was looked at in one place, and what was found."""

    pilot: str | None
    """None: the whole organisation."""
    frequency: Frequency
    periods: int
    """In a row, with a value of every indicator looked at."""
    outcomes: tuple[str, ...]
    pairs: int
    clues: tuple[Clue, ...]
    """Those that move earlier; p over all pairs, lags and places."""
    broken: tuple[str, ...]
    """Left out because their definition changed on the way."""
    in_part: bool = False
    """Some indicators that were looked at are not for the edition: what was found of them is not told."""

    @property
    def enough(self) -> bool:
        """Whether there are periods enough to say anything."""
        return self.periods >= FEWEST


def _seen(figures: Figures, found: tuple[Leads, ...]) -> tuple[Leads, ...]:
    """The places and indicators that an edition may see, with what was found among all of them."""
    known = figures.catalogue
    return tuple(
        replace(
            item,
            outcomes=tuple(name for name in item.outcomes if name in known.indicators),
            clues=tuple(
                clue
                for clue in item.clues
                if clue.leader in known.indicators and clue.follower in known.indicators
            ),
            broken=tuple(name for name in item.broken if name in known.indicators),
            in_part=hides_indicators(figures, item.pilot),
        )
        for item in found
        if item.pilot is None or item.pilot in known.pilots
    )


@over_everything(_seen)
def leads_of(figures: Figures) -> tuple[Leads, ...]:
    """The organisation first, then every pilot that has outcomes and something that could lead them."""
    places = [None, *figures.catalogue.pilots]
    looked = [item for place in places if (item := _candidates(figures, place)) is not None]
    tested = sum(1 for item in looked if item.leads.enough)
    return tuple(_tested(item, tested) for item in looked)


@dataclass(frozen=True, slots=True)
class _Place:
    leads: Leads
    values: Mapping[str, list[float | None]]
    pairs: frozenset[tuple[str, str]]


def _candidates(figures: Figures, pilot: str | None) -> _Place | None:
    known = figures.catalogue.indicators
    own = {
        name: item
        for name, indicator in known.items()
        if indicator.in_use
        and (item := figures.series.get((name, pilot, ()))) is not None
        and item.last is not None
    }
    often = Counter(item.series.frequency for item in own.values()).most_common(1)
    if not often:
        return None
    own = {name: item for name, item in own.items() if item.series.frequency == often[0][0]}
    periods = sorted({point.point.period for item in own.values() for point in item.points})
    values = {name: _values(item, periods) for name, item in own.items()}
    values = {
        name: row
        for name, row in values.items()
        if sum(value is not None for value in row) >= COVERED * len(periods)
    }
    broken = tuple(
        name
        for name in values
        if any(mark.kind == "break" for mark in figures.signals[own[name].series.key].marks)
    )
    whole = {name: row for name, row in values.items() if name not in broken}
    outcomes = _outcomes([known[name] for name in whole])
    pairs = frozenset((item, other) for item in whole if item not in outcomes for other in outcomes)
    if not pairs:
        return None
    told = Leads(
        pilot=pilot,
        frequency=often[0][0],
        periods=shared_periods(whole),
        outcomes=outcomes,
        pairs=len(pairs),
        clues=(),
        broken=broken,
    )
    return _Place(told, whole, pairs)


def _values(series: AssessedSeries, periods: list[Period]) -> list[float | None]:
    known = {point.point.period: point.point.value for point in series.points}
    return [known.get(period) for period in periods]


def _outcomes(measured: list[Indicator]) -> tuple[str, ...]:
    late = tuple(item.id for item in measured if item.kind == "lagging")
    return late or tuple(item.id for item in measured if item.aspect == "benefit")


def _tested(place: _Place, places: int) -> Leads:
    found = clues(place.values, pairs=place.pairs)
    sure = (replace(clue, p=min(1.0, clue.p * places)) for clue in found if clue.lag > 0)
    return replace(place.leads, clues=tuple(clue for clue in sure if clue.p <= LEVEL))
