"""What the control chart says about a series in the reader's terms: for the better, for the worse, or noise.

Puts segments, limits and marks together with the indicator's direction and target. The headline of a series
is its last point: on stable data of 24 points the four rules together mark some point in 20 % of series, the
last point in 2 %. Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.assessed import AssessedSeries
from generator.compute.attainment import Bar, Direction
from generator.compute.marks import SeriesMark, segment_starts
from generator.compute.run_chart import RunRules, run_rules
from generator.compute.series import Key
from generator.compute.spc import Basis, Mark, Segment, Side, control_charts

Variation = Literal["improvement", "concern", "high", "low", "normal"]
Assurance = Literal["met", "hit-and-miss", "missed"]
NoAssurance = Literal["no-limits", "no-target"]


@dataclass(frozen=True, slots=True)
class SignalPoint:
    """One point on the control chart; limits are None where its segment has none."""

    segment: int
    """From 1."""
    centre: float | None
    lower: float | None
    upper: float | None
    mark: Mark
    side: Side | None
    variation: Variation | None
    """None without limits, and for a gap."""


@dataclass(frozen=True, slots=True)
class SegmentLimits:
    """One segment: the places of its first and last point in the series, and its limits."""

    first: int
    last: int
    basis: Basis
    centre: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Signals:
    """The control chart of one series; `points` are as its own."""

    points: tuple[SignalPoint, ...]
    segments: tuple[SegmentLimits, ...]
    marks: tuple[SeriesMark, ...]
    variation: Variation | None
    """Of the newest value; None where its segment has no limits."""
    assurance: Assurance | None
    no_assurance: NoAssurance | None
    """Why there is no assurance."""
    run: RunRules | None
    """Of the newest segment; None where no value stands off its median."""

    @property
    def basis(self) -> Basis:
        """What the newest segment's limits rest on."""
        return self.segments[-1].basis if self.segments else "too-few"


def signals_of(
    series: Mapping[Key, AssessedSeries],
    marks: Mapping[Key, tuple[SeriesMark, ...]],
    directions: Mapping[str, Direction | None],
) -> dict[Key, Signals]:
    """The control charts of all series at once; `directions` by indicator."""
    cut: list[tuple[Key, int, int]] = []
    values: list[list[float | None]] = []
    for key, one in series.items():
        starts = segment_starts(one.series, marks.get(key, ()))
        for first, end in zip(starts, (*starts[1:], len(one.points)), strict=True):
            cut.append((key, first, end))
            values.append([point.point.value for point in one.points[first:end]])
    charts: dict[Key, list[tuple[int, Segment, list[float | None]]]] = {key: [] for key in series}
    for (key, first, _), chart, part in zip(cut, control_charts(values), values, strict=True):
        charts[key].append((first, chart, part))
    return {
        key: _signals(one, charts[key], marks.get(key, ()), directions.get(key[0]))
        for key, one in series.items()
    }


def _signals(
    series: AssessedSeries,
    charts: Sequence[tuple[int, Segment, list[float | None]]],
    marks: tuple[SeriesMark, ...],
    direction: Direction | None,
) -> Signals:
    points = [
        SignalPoint(
            number,
            chart.centre,
            chart.lower,
            chart.upper,
            mark,
            side,
            _variation(side, direction) if value is not None and chart.centre is not None else None,
        )
        for number, (_, chart, part) in enumerate(charts, 1)
        for value, mark, side in zip(part, chart.marks, chart.sides, strict=True)
    ]
    segments = tuple(
        SegmentLimits(first, first + len(part) - 1, chart.basis, chart.centre, chart.lower, chart.upper)
        for first, chart, part in charts
    )
    last = max((i for i, point in enumerate(series.points) if point.point.value is not None), default=None)
    newest = points[last] if last is not None else None
    bar = series.points[last].bar if last is not None else Bar()
    held = assurance(newest.lower, newest.upper, bar, direction) if newest else None
    unlimited = newest is None or newest.centre is None
    return Signals(
        tuple(points),
        segments,
        marks,
        newest.variation if newest else None,
        held,
        None if held else "no-limits" if unlimited else "no-target",
        run_rules(charts[-1][2]) if charts else None,
    )


def _variation(side: Side | None, direction: Direction | None) -> Variation:
    """A mark's side read by the direction; without one (or with a range) it is just high or low."""
    if side is None:
        return "normal"
    if direction not in ("higher", "lower"):
        return side
    return "improvement" if (side == "high") == (direction == "higher") else "concern"


def assurance(
    lower: float | None, upper: float | None, bar: Bar, direction: Direction | None
) -> Assurance | None:
    """Whether the process as it runs meets its target: always, never, or by luck.

    Limits wholly beyond the target are `met`, wholly short of it `missed`. With a range, limits inside it are
    `met`, wholly outside `missed`. None without limits, target or direction.
    """
    if lower is None or upper is None or direction is None:
        return None
    if direction == "range":
        if bar.interval is None:
            return None
        low, high = bar.interval
        return (
            "met"
            if low <= lower and upper <= high
            else "missed"
            if upper < low or lower > high
            else "hit-and-miss"
        )
    if bar.target is None:
        return None
    if lower <= bar.target <= upper:
        return "hit-and-miss"
    return "met" if (bar.target < lower) == (direction == "higher") else "missed"
