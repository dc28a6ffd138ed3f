"""Figures that know their names: the same names on the pages as in the export.

Before pages are made, every number that they may tell is replaced by one that is equal to it and knows where
it stands in the export, e.g. `pilots/north/score`. Whoever puts it into words can then mark it; nothing in
between needs to know. Reckoning with it gives plain numbers again: what is new has no name yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from operator import attrgetter
from typing import Any, ClassVar, Self, TypeVar, cast

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.named_points import NamedPoints, bare
from generator.compute.insight.names import joined, series_name
from generator.compute.insight.quarter import PilotQuarter, Quarter
from generator.compute.insight.score_history import PeriodScore
from generator.compute.once import once
from generator.compute.score import PackFigure
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.packed_points import PointSequence
from generator.compute.series.signals import SignalPoint, Signals
from generator.compute.series.values import Key
from generator.model.watched import one_by_one

T = TypeVar("T")
INSIDE: Mapping[str, Mapping[str, str]] = {
    "AssessedPoint": {"point": "", "bar": "", "grown": "growth"},
    "Grown": {"growth": ""},
    "Claim": {"effect": ""},
    "Effect": {"why_not": "waiting"},
    "GuardEffect": {"adjusted_p": "p"},
    "Half": {"uncertain": "not_final"},
    "PilotScore": {"value": "score", "withheld": ""},
    "Withheld": {"parts": "withheld_parts", "weight": "withheld_weight"},
    "PeriodScore": {"score": ""},
    "PackFigure": {"series": "-", "review": "-"},
    "RankedChange": {"claim": "-"},
    "Practice": {"gains": "-"},
    "RoadState": {"current": "-", "following": "-", "reviews": "-", "before_live": "-"},
    "StepState": {"step": "-", "progress": "-", "done": "-"},
}
"""Fields that the export calls otherwise; empty: their own fields stand at the place of the whole; a dash:
named elsewhere."""
CALLED = ("id", "period", "indicator")
"""What an item of a tuple is called by, else by its place."""
JOINED: Mapping[str, tuple[str, ...]] = {
    "PilotBasis": ("pilot",),
    "Leads": ("pilot",),
    "GoalQuestion": ("goal",),
    "Practice": ("pilot", "changes"),
    "RankedChange": ("claim.pilot", "claim.changes", "claim.indicator"),
    "Clue": ("leader", "follower"),
    "StepState": ("step.id",),
    "Attendance": ("audience",),
    "Because": ("kind",),
    "Reservation": ("kind",),
}
"""What else names an item: one or several of its fields."""


class Named:
    """What a number knows of its place in the export; stands before the kind of number in its bases."""

    __slots__ = ()
    plain: ClassVar[type[float] | type[int]]
    """The kind of number that it is without its name."""

    at: str
    """The name of what it belongs to."""
    key: str

    def __new__(cls, value: float, at: str, key: str) -> Self:
        made = super().__new__(cls, value)  # type: ignore[call-arg]
        made.at, made.key = at, key  # type: ignore[misc]
        return made

    def __getnewargs__(self) -> Any:
        return self.plain(cast(Any, self)), self.at, self.key

    @property
    def name(self) -> str:
        """The path to it in the export."""
        return f"{self.at}/{self.key}"


class Figure(Named, float):
    """A number with its name in the export."""

    __slots__ = ("at", "key")
    plain = float


class Count(Named, int):
    """A whole number with its name in the export."""

    plain = int


NAMED: Mapping[type[Any], type[Figure] | type[Count]] = {
    float: Figure,
    Figure: Figure,
    int: Count,
    Count: Count,
}
"""Kind of number -> the one that knows its name."""


def named(value: T, at: str) -> T:
    """The same with every number in it named: numbers, tuples of what has names, dataclasses."""
    above, _, key = at.rpartition("/")
    return cast(T, _named(value, above, key))


def _named(value: object, at: str, key: str) -> object:
    kind: type[Any] = type(value)
    if kind in NAMED:
        return NAMED[kind](cast(float, value), at, key)
    if kind is tuple or isinstance(value, PointSequence):
        items = cast(Sequence[object], value)
        where = f"{at}/{key}"
        return tuple(_named(item, where, _called(item, place)) for place, item in enumerate(items))
    if kind is dict:
        where = f"{at}/{key}"
        return {name: _named(item, where, name) for name, item in cast(dict[str, object], value).items()}
    known = _fields(kind)
    if known is None:
        return value
    where = f"{at}/{key}"
    made = {}
    for name, called in known:
        inner = getattr(value, name)
        if inner is None or type(inner) is str or called == "-":
            made[name] = inner
        elif called:
            made[name] = _named(inner, where, called)
        else:
            made[name] = _named(inner, at, key)
    return kind(**made)


def _fields(kind: type[Any]) -> tuple[tuple[str, str], ...] | None:
    """Fields that a dataclass of figures is made of and what the export calls them; None for other kinds."""
    if kind not in _known:
        inside = INSIDE.get(kind.__name__, {})
        ours = is_dataclass(kind) and kind.__module__.startswith("generator.compute")
        named = (field.name for field in fields(kind) if field.init) if ours else ()
        _known[kind] = tuple((name, inside.get(name, name)) for name in named) if ours else None
    return _known[kind]


_known: dict[type[Any], tuple[tuple[str, str], ...] | None] = {}


def _called(item: object, place: int) -> str:
    own = JOINED.get(type(item).__name__)
    if own is not None:
        ids = (attrgetter(name)(item) for name in own)
        return joined(*(str(one[0] if isinstance(one, tuple) else one or "organisation") for one in ids))
    found = (getattr(item, name, None) for name in CALLED)
    return next((str(name) for name in found if name is not None), str(place))


def named_figures(figures: Figures) -> Figures:
    """All figures of the edition as the pages tell them."""
    series = {key: _series("series", key, item) for key, item in figures.series.items()}
    longer = {key: _series("longer", key, item) for key, item in figures.longer.items()}
    return replace(
        figures,
        unnamed=figures,
        series=series,
        longer=longer,
        by_indicator={
            name: tuple(series[item.series.key] for item in own) for name, own in figures.by_indicator.items()
        },
        pilots={name: _pilot(item, series, longer) for name, item in figures.pilots.items()},
        signals={key: _signals(key, item, series[key]) for key, item in figures.signals.items()},
        effects={
            key: tuple(
                named(item, f"pilots/{key[0]}/changes/{key[1]}/effects/{item.effect.indicator}")
                for item in told
            )
            for key, told in figures.effects.items()
        },
        clues={
            name: tuple(
                named(item, f"pilots/{name}/clues/{joined(item.leader, item.follower)}") for item in told
            )
            for name, told in figures.clues.items()
        },
    )


@once
def named_past(figures: Figures, at: str) -> Figures:
    """The figures of an earlier period under the name of its place in the export (`quarters/2026-Q2`).

    Only what pages tell of the past has names: packs, scores and effects.
    """

    def pilot(name: str, one: PilotFigures) -> PilotFigures:
        return replace(
            one,
            score=named(one.score, f"{at}/pilots/{name}"),
            pack=tuple(
                replace(
                    item,
                    weight=named(item.weight, f"{at}/pilots/{name}/pack/{item.indicator}/weight"),
                    review=named(item.review, f"{at}/pilots/{name}/pack/{item.indicator}/review"),
                )
                for item in one.pack
            ),
        )

    def effects(key: tuple[str, str], told: tuple[Claim, ...]) -> tuple[Claim, ...]:
        at_change = f"{at}/pilots/{key[0]}/changes/{key[1]}/effects"
        return tuple(named(one, f"{at_change}/{one.effect.indicator}") for one in told)

    return replace(
        figures, pilots=one_by_one(figures.pilots, pilot), effects=one_by_one(figures.effects, effects)
    )


def named_quarter(quarter: Quarter) -> Quarter:
    """The counts of a long review period, and the scores of the one before."""
    at = f"quarters/{quarter.period}"
    return replace(
        quarter,
        tally=named(quarter.tally, f"{at}/tally"),
        tally_before=named(quarter.tally_before, f"{at}/tally_before"),
        pilots=tuple(_pilot_quarter(pilot, f"{at}/pilots/{pilot.pilot}") for pilot in quarter.pilots),
    )


def _pilot_quarter(pilot_quarter: PilotQuarter, at: str) -> PilotQuarter:
    before = pilot_quarter.before
    if before is not None:
        score = replace(before.score, value=named(before.score.value, f"{at}/score_before"))
        before = replace(before, score=score)
    return replace(
        pilot_quarter,
        before=before,
        tally=named(pilot_quarter.tally, f"{at}/tally"),
        tally_before=named(pilot_quarter.tally_before, f"{at}/tally_before"),
    )


def _series(section: str, key: Key, series: AssessedSeries) -> AssessedSeries:
    at = f"{section}/{series_name(key)}"

    def name(point: AssessedPoint, _place: int) -> AssessedPoint:
        return named(point, f"{at}/points/{point.point.period}")

    return replace(
        series, baseline=named(series.baseline, f"{at}/baseline"), points=NamedPoints(series.points, name)
    )


def _signals(key: Key, signals: Signals, series: AssessedSeries) -> Signals:
    at = f"series/{series_name(key)}"
    periods = series.series.points

    def name(signal: SignalPoint, place: int) -> SignalPoint:
        return named(signal, f"{at}/points/{periods[place].period}")

    return replace(
        signals,
        points=NamedPoints(signals.points, name),
        segments=tuple(
            replace(segment, count=named(segment.count, f"{at}/limit_values"))
            if segment is signals.segment
            else segment
            for segment in signals.segments
        ),
        chance=named(signals.chance, f"{at}/chance"),
        autocorrelation=named(signals.autocorrelation, f"{at}/autocorrelation"),
        run=named(signals.run, f"{at}/run_rules"),
    )


def _pilot(
    pilot_figures: PilotFigures, series: Mapping[Key, AssessedSeries], longer: Mapping[Key, AssessedSeries]
) -> PilotFigures:
    at = f"pilots/{pilot_figures.pilot}"
    return replace(
        pilot_figures,
        score=named(pilot_figures.score, at),
        pack=tuple(
            _item(item, pilot_figures.pilot, f"{at}/pack/{item.indicator}", series, longer)
            for item in pilot_figures.pack
        ),
    )


def _item(
    item: PackFigure,
    pilot: str,
    at: str,
    series: Mapping[Key, AssessedSeries],
    longer: Mapping[Key, AssessedSeries],
) -> PackFigure:
    key: Key = (item.indicator, pilot, ())
    return replace(
        item,
        weight=named(item.weight, f"{at}/weight"),
        series=series.get(key) if item.series is not None else None,
        review=_same(item.review, longer.get(key)) or _same(item.review, series.get(key)),
    )


def _same(point: AssessedPoint | None, series: AssessedSeries | None) -> AssessedPoint | None:
    """The named one of the same period."""
    if point is None or series is None:
        return None
    places = (
        place for place, item in enumerate(bare(series.points)) if item.point.period == point.point.period
    )
    return next((series.points[place] for place in places), None)


def named_history(history: tuple[PeriodScore, ...], at: str) -> tuple[PeriodScore, ...]:
    """Scores over the periods, and what each indicator brings to them."""
    return tuple(
        replace(
            item,
            score=named(item.score, f"{at}/{item.period}"),
            parts=tuple(
                (name, named(points, f"{at}/{item.period}/parts/{name}/points"))
                for name, points in item.parts
            ),
        )
        for item in history
    )
