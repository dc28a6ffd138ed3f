"""How many of the points that a chart or a sentence looks at are on target, and how many are missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.named_points import bare
from generator.compute.score import PackFigure
from generator.compute.series import attainment
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.false_signals import ExpectedFalse, expected_false
from generator.compute.series.values import Key
from generator.model.comparing import Direction
from generator.model.period import Period

PERIODS = 8
"""Newest long review periods of the organisation that are shown side by side."""
OPEN = ("no-data", "no-target")
SHORT = ("near", "missed")
"""Statuses of a value that does not reach its target."""


@dataclass(frozen=True, slots=True)
class Standings:
    """Counts over points that were held against a target."""

    judged: int
    reached: int
    missed: int


@dataclass(frozen=True, slots=True)
class Bars:
    """What a point is held against, each as per cent of the target; None where that cannot be told."""

    floor: float | None
    stretch: float | None
    previous: float | None
    """The value of the period before."""


def standings_of(statuses: Iterable[str]) -> Standings:
    """Counts the judged ones."""
    judged = [status for status in statuses if status not in OPEN]
    return Standings(
        len(judged), sum(status in ("met", "exceeded") for status in judged), judged.count("missed")
    )


def pack_standings(figures: Figures) -> Standings:
    """Over the packs of all pilots in the review period."""
    return standings_of(
        item.review.status
        for pilot in figures.pilots.values()
        for item in pilot.pack
        if item.review is not None and item.review.point.value is not None
    )


def organisation_periods(figures: Figures) -> tuple[tuple[Period, ...], Mapping[str, AssessedSeries]]:
    """The newest long review periods, and the organisation's series told by them, by indicator."""
    long = figures.catalogue.handbook.review.long
    told = {key[0]: series for key, series in figures.longer.items() if key[1] is None and not key[2]}
    told |= {
        key[0]: series
        for key, series in figures.series.items()
        if key[1] is None and not key[2] and series.series.frequency == long
    }
    periods = sorted({point.point.period for series in told.values() for point in bare(series.points)})
    return tuple(periods[-PERIODS:]), told


WORST_FIRST = ("missed", "near", "no-data", "no-target", "met", "exceeded")


def off_target_first(told: Mapping[str, AssessedSeries], last: Period) -> tuple[str, ...]:
    """Indicators by how they stand in a period: those short of their floor first, then of their target;
    within a standing in the order given. What has no point in the period stands with what has no data.
    """

    def place(indicator: str) -> int:
        found = [point.status for point in bare(told[indicator].points) if point.point.period == last]
        return WORST_FIRST.index(found[0] if found else "no-data")

    return tuple(sorted(told, key=place))


def packs_off_target_first(figures: Figures) -> tuple[str, ...]:
    """Indicators of all packs by how they stand at their worst; within a standing in the packs' order."""
    worst: dict[str, int] = {}
    for item in (item for one in figures.pilots.values() for item in one.pack):
        place = WORST_FIRST.index(item.review.status if item.review is not None else "no-data")
        worst[item.indicator] = min(place, worst.get(item.indicator, place))
    return tuple(sorted(worst, key=lambda indicator: worst[indicator]))


def period_standings(figures: Figures) -> Standings:
    """Over the organisation's newest long review periods."""
    periods, told = organisation_periods(figures)
    return standings_of(
        point.status
        for series in told.values()
        for point in bare(series.points)
        if point.point.period in periods and point.point.value is not None
    )


def told_standings(pack: Iterable[PackFigure]) -> Standings:
    """Over the indicators of a pack whose attainment can be told.

    Asked anew by every page and language; it costs little.
    """
    return standings_of(
        item.review.status for item in pack if item.review is not None and item.review.attainment is not None
    )


def furthest_short(pack: Iterable[PackFigure]) -> PackFigure | None:
    """The indicator of a pack that is furthest from its target, among those that are short of it.

    None where none is short, or where one that is short has no per cent of its target to be compared by.
    """
    short = [item for item in pack if item.review is not None and item.review.status in SHORT]
    told = [(item.review.attainment, item) for item in short if item.review is not None]
    known = [(attained, item) for attained, item in told if attained is not None]
    if not short or len(known) < len(short):
        return None
    return min(known, key=lambda pair: pair[0])[1]


def ranked(series: Iterable[AssessedSeries], direction: Direction | None) -> tuple[AssessedSeries, ...]:
    """By their newest values: the best first; the highest first where no side is better."""
    known = [(item.last.point.value, item) for item in series if item.last is not None]
    told = [(value, item) for value, item in known if value is not None]
    told.sort(key=lambda pair: pair[0], reverse=direction != "lower")
    return tuple(item for _, item in told)


def bars_of(point: AssessedPoint, direction: Direction | None) -> Bars:
    """Floor, stretch and the value of the period before, in per cent of the point's target."""
    before = point.point.value - point.previous.absolute if point.previous and point.point.value else None
    return Bars(
        *(
            attainment.attainment(value, point.bar, direction)
            for value in (point.bar.floor, point.bar.stretch, before)
        )
    )


def by_chance_of(figures: Figures, keys: Iterable[Key]) -> ExpectedFalse:
    """How many false signals the charts of some series bring though nothing changed."""
    return expected_false(
        (
            (figures.signals[key].expected_false, figures.series[key].series.frequency)
            for key in dict.fromkeys(keys)
            if key in figures.signals
        ),
        figures.catalogue.handbook.review.long,
    )


def listed_series(figures: Figures, indicator: str) -> AssessedSeries | None:
    """The series that stands for an indicator in the list of all: the first with a value."""
    return next((item for item in figures.of_indicator(indicator) if item.last), None)


def listed_keys(figures: Figures) -> tuple[Key, ...]:
    """The series that stand in the list of all indicators."""
    found = (listed_series(figures, name) for name in figures.catalogue.indicators)
    return tuple(item.series.key for item in found if item is not None)


def pack_keys_of(figures: Figures, pilot: str) -> tuple[Key, ...]:
    """The series of a pilot's pack."""
    return tuple((item.indicator, pilot, ()) for item in figures.pilots[pilot].pack)
