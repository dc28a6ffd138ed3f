"""What the control chart says about a series in the reader's terms: for the better, for the worse, or noise.

Puts segments, limits and marks together with the indicator's direction and target. The headline of a series
is its last point: on stable data of 24 points the four rules together mark some point in 20 % of series, the
last point in 2 %. Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.assurance import Chance, StableProcess, chance_of
from generator.compute.series.attainment import Thresholds
from generator.compute.series.charted import (
    ChartCaution,
    ChartKind,
    NoAssurance,
    ReviewedValue,
    SegmentLimits,
    SignalPoint,
    Signals,
    Variation,
)
from generator.compute.series.dependence import autocorrelation, seasonal, together
from generator.compute.series.false_signals import RARE, false_rate
from generator.compute.series.marks import SeriesMark, segment_starts
from generator.compute.series.possible import Possible, possible, shares_of_cases
from generator.compute.series.rare import countable, rare_chart, rare_segment
from generator.compute.series.run_chart import run_rules
from generator.compute.series.spc import Segment, SegmentValues, Side, SpecialCause, charts_of, segments_of
from generator.compute.series.values import Key, SeriesPoint
from generator.model.catalogue import Catalogue
from generator.model.comparing import Direction, moved
from generator.model.indicator import Indicator

__all__ = [
    "ChartCaution",
    "ChartKind",
    "NoAssurance",
    "ReviewedValue",
    "SegmentLimits",
    "SignalPoint",
    "Signals",
    "Variation",
    "column_of",
    "is_rare",
    "rare_variation",
    "shown_mark",
    "signals_of",
    "variation_of",
]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment on its way: where it stands, what the chart is made of, and what came of it."""

    first: int
    column: SegmentValues
    segment: Segment
    autocorrelation: float
    seasonal: bool
    denominators: bool
    """False for a ratio whose results do not all have one."""
    pauses: tuple[float | None, ...] | None = None
    """Of rare events, by period."""


def signals_of(
    series: Mapping[Key, AssessedSeries],
    marks: Mapping[Key, tuple[SeriesMark, ...]],
    catalogue: Catalogue,
) -> dict[Key, Signals]:
    """The control charts of all series at once."""
    cut: list[tuple[Key, int, SegmentValues]] = []
    for key, assessed in series.items():
        starts = segment_starts(assessed.series, marks.get(key, ()))
        for first, end in zip(starts, (*starts[1:], len(assessed.points)), strict=True):
            values = column_of([point.point for point in assessed.points[first:end]], key, catalogue)
            cut.append((key, first, values))
    parts = _parts(cut, series, catalogue) if cut else {}
    bounds = _bounds(series, catalogue)
    return {
        key: _signals(
            assessed, parts.get(key, ()), marks.get(key, ()), catalogue.indicators[key[0]], bounds[key[0]]
        )
        for key, assessed in series.items()
    }


def _parts(
    cut: Sequence[tuple[Key, int, SegmentValues]], series: Mapping[Key, AssessedSeries], catalogue: Catalogue
) -> dict[Key, list[_Part]]:
    """The segments of all series, charted in one table; `cut` has where each begins and its values."""
    columns = [column for _, _, column in cut]
    charts = charts_of(columns)
    tied = autocorrelation(charts.deviations)
    season = seasonal(charts.deviations, [series[key].series.frequency for key, _, _ in cut])
    parts: dict[Key, list[_Part]] = {}
    for place, ((key, first, column), segment) in enumerate(
        zip(cut, segments_of(charts, columns), strict=True)
    ):
        if is_rare(key, column, catalogue):
            part = _rare_part(first, column)
        else:
            ratio = catalogue.indicators[key[0]].rollup == "ratio"
            part = _Part(
                first,
                column,
                segment,
                float(tied[place]),
                bool(season[place]),
                not ratio or column.weights is not None,
            )
        parts.setdefault(key, []).append(part)
    return parts


def _rare_part(first: int, column: SegmentValues) -> _Part:
    """A segment of rare events, charted by the pauses between them."""
    segment, pauses = rare_segment(rare_chart(column.values, column.fixed), len(column.values))
    return _Part(
        first=first,
        column=column,
        segment=segment,
        autocorrelation=nan,
        seasonal=False,
        denominators=True,
        pauses=pauses,
    )


def column_of(points: Sequence[SeriesPoint], key: Key, catalogue: Catalogue) -> SegmentValues:
    """What the chart of a segment is made of: a ratio with its denominators, if every value has one."""
    indicator = catalogue.indicators[key[0]]
    values = [point.value for point in points]
    weights = None
    if indicator.rollup == "ratio":
        told = [point.denominator if point.value is not None else None for point in points]
        known = [weight for weight, value in zip(told, values, strict=True) if value is not None]
        weights = told if all(weight is not None and weight > 0 for weight in known) and known else None
    whole = indicator.factor if weights is not None and shares_of_cases(points) else None
    return SegmentValues(values, weights, whole, _fixed_after(key, catalogue))


def is_rare(key: Key, column: SegmentValues, catalogue: Catalogue) -> bool:
    """Whether a segment's chart is one of rare events: the indicator says so, and its values are counts."""
    indicator = catalogue.indicators[key[0]]
    return indicator.chart == "rare" and indicator.rollup != "ratio" and countable(column.values)


def _fixed_after(key: Key, catalogue: Catalogue) -> int | None:
    """After how many values the limits of a series stand still: the pack's own word goes first."""
    pilot = catalogue.pilots.get(key[1]) if key[1] else None
    item = next((packed for packed in pilot.pack if packed.indicator == key[0]), None) if pilot else None
    if item is not None and item.limits_fixed_after is not None:
        return item.limits_fixed_after
    return catalogue.indicators[key[0]].limits_fixed_after


def _bounds(series: Mapping[Key, AssessedSeries], catalogue: Catalogue) -> dict[str, Possible]:
    points: dict[str, list[SeriesPoint]] = {}
    for key, assessed in series.items():
        points.setdefault(key[0], []).extend(assessed.series.points)
    return {name: possible(catalogue.indicators[name], own) for name, own in points.items()}


def _signals(
    series: AssessedSeries,
    parts: Sequence[_Part],
    marks: tuple[SeriesMark, ...],
    indicator: Indicator,
    bounds: Possible,
) -> Signals:
    points = tuple(
        point for number, part in enumerate(parts, 1) for point in _points(number, part, indicator, bounds)
    )
    segments = tuple(_limits(part) for part in parts)
    newest = max((i for i, point in enumerate(series.points) if point.point.value is not None), default=None)
    if newest is None:
        return _without_values(points, segments, marks, bounds)
    point = points[newest]
    part, segment = parts[point.segment - 1], segments[point.segment - 1]
    bar = series.points[newest].bar
    chance, why_not = _chance(part, segment, point, bar, indicator.direction)
    limited = segment.centre is not None
    return Signals(
        points=points,
        segments=segments,
        marks=marks,
        newest=newest,
        variation=point.variation,
        assurance=chance.word if chance else None,
        no_assurance=why_not,
        chance=chance,
        run=run_rules(part.pauses or part.column.values),
        cautions=_cautions(part) if limited else (),
        autocorrelation=None if part.autocorrelation != part.autocorrelation else part.autocorrelation,
        expected_false=_false_rate(segment, part.column.fixed is not None or segment.level is not None),
        bounds=bounds,
    )


def _without_values(
    points: tuple[SignalPoint, ...],
    segments: tuple[SegmentLimits, ...],
    marks: tuple[SeriesMark, ...],
    bounds: Possible,
) -> Signals:
    """A series of gaps alone: nothing can be said of it."""
    return Signals(
        points=points,
        segments=segments,
        marks=marks,
        newest=None,
        variation=None,
        assurance=None,
        no_assurance="no-limits",
        chance=None,
        run=None,
        cautions=(),
        autocorrelation=None,
        expected_false=0.0,
        bounds=bounds,
    )


def _points(number: int, part: _Part, indicator: Indicator, bounds: Possible) -> list[SignalPoint]:
    segment = part.segment
    made = []
    for value, lower, upper, mark, side in zip(
        part.column.values, segment.lower, segment.upper, segment.marks, segment.sides, strict=True
    ):
        told, way = shown_mark((mark, side), value, segment.centre, indicator)
        known = value is not None and segment.centre is not None
        variation = variation_of(way, indicator.direction) if known else None
        limits = bounds.cut(lower), bounds.cut(upper)
        made.append(SignalPoint(number, segment.centre, *limits, told, way, variation))
    if part.pauses is not None:
        return _pauses(number, part, part.pauses, indicator)
    return made


def _pauses(
    number: int, part: _Part, pauses: tuple[float | None, ...], indicator: Indicator
) -> list[SignalPoint]:
    """The points of rare events; a long pause means few of them."""
    segment = part.segment
    return [
        SignalPoint(
            segment=number,
            centre=segment.centre,
            lower=segment.lower[place],
            upper=segment.upper[place],
            mark=mark,
            side=side,
            variation=rare_variation(side, indicator.direction)
            if segment.centre is not None and part.column.values[place] is not None
            else None,
            pause=pauses[place],
        )
        for place, (mark, side) in enumerate(zip(segment.marks, segment.sides, strict=True))
    ]


def rare_variation(side: Side | None, direction: Direction | None) -> Variation:
    """A pause read by the indicator's direction: a long one is few events."""
    turned: dict[Side | None, Side | None] = {"high": "low", "low": "high", None: None}
    return variation_of(turned[side], direction)


def mostly_marked(points: Sequence[SignalPoint]) -> bool:
    """Whether more than half of the values with a range are marked: a series that stood on several levels has
    no range that fits any of them."""
    known = [point.variation for point in points if point.variation is not None]
    return 2 * sum(said != "normal" for said in known) > len(known)


def shown_mark(
    found: tuple[SpecialCause, Side | None], value: float | None, centre: float | None, indicator: Indicator
) -> tuple[SpecialCause, Side | None]:
    """A mark as it is told: a movement below the last digit that is shown is no signal."""
    if found[0] in ("none", "trend") or value is None or centre is None:
        return found
    return found if moved(value - centre, indicator.decimals) else ("none", None)


def _false_rate(segment: SegmentLimits, fixed: bool) -> float:
    if segment.centre is None or segment.constant:
        return 0.0
    return RARE if segment.chart == "rare" else false_rate(segment.count, fixed)


def _limits(part: _Part) -> SegmentLimits:
    segment = part.segment
    level = segment.level and (part.first + segment.level[0], part.first + segment.level[1])
    return SegmentLimits(
        first=part.first,
        last=part.first + len(part.column.values) - 1,
        chart="rare" if part.pauses is not None else "single" if part.column.weights is None else "cases",
        basis=segment.basis,
        centre=segment.centre,
        count=segment.count,
        constant=segment.sigma == 0,
        level=level,
    )


def _cautions(part: _Part) -> tuple[ChartCaution, ...]:
    found: list[ChartCaution] = []
    if _together(part):
        found.append("together")
    if part.seasonal:
        found.append("season")
    if not part.denominators:
        found.append("no-denominators")
    return tuple(found)


def _together(part: _Part) -> bool:
    known = sum(value is not None for value in part.column.values)
    return together(part.autocorrelation, part.segment.count if part.segment.level else known)


def variation_of(side: Side | None, direction: Direction | None) -> Variation:
    """A mark's side read by the direction; without one (or with a range) it is just high or low."""
    if side is None:
        return "normal"
    if direction not in ("higher", "lower"):
        return side
    return "improvement" if (side == "high") == (direction == "higher") else "concern"


def _chance(
    part: _Part, segment: SegmentLimits, newest: SignalPoint, bar: Thresholds, direction: Direction | None
) -> tuple[Chance | None, NoAssurance | None]:
    """How often the target will be met, or why that cannot be told."""
    sigma = part.segment.sigma
    if segment.centre is None:
        return None, "no-limits"
    if sigma is None:
        return None, "rare"
    if direction is None or not bar.asks_something:
        return None, "no-target"
    if segment.basis != "full":
        return None, "trial"
    if newest.variation != "normal":
        return None, "signal"
    column = part.column
    since = part.segment.level[0] if part.segment.level else 0
    known = [place for place, value in enumerate(column.values) if value is not None and place >= since]
    known = known[: segment.count]
    process = StableProcess(
        [value for place in known if (value := column.values[place]) is not None],
        None
        if column.weights is None
        else [weight for place in known if (weight := column.weights[place]) is not None],
        segment.centre,
        sigma,
        min(part.autocorrelation, 0.9) if _together(part) else 0.0,
    )
    chance = chance_of(process, bar, direction)
    if chance is None:
        return None, "no-target"
    return (None, "unsure") if chance.vague else (chance, None)
