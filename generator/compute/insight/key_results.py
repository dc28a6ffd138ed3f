"""Key results: reached or not when their time is up, and under way before, with what is still to be done.

A key result says "the value of the period `by` is at the target". So it is judged by that period's own value
(a quarter's, not its last month's), and only once the period has ended. Before, it is under way: how much of
the way from its start is gone, and what the time that is left has to bring. Source: the computations page,
section 11.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.hidden_columns import Columns
from generator.compute.insight.chronic import REACHED
from generator.compute.insight.names import joined
from generator.compute.insight.standing import ValueDoubt, value_doubts
from generator.compute.seen import over_everything
from generator.compute.series.assessed import AssessedPoint, AssessedSeries, assess, at_frequency
from generator.compute.series.attainment import Thresholds
from generator.compute.series.values import is_longer
from generator.model.comparing import better
from generator.model.edition import hidden_columns
from generator.model.indicator import Indicator
from generator.model.period import Frequency, Period
from generator.model.strategy import KeyResult

KeyState = Literal["reached", "missed", "under-way", "no-data", "not-measured"]
"""reached, missed: by the value of the period it was due in · under-way: that period has not ended, or no day
is set · no-data: no result to judge it by · not-measured: it names no indicator, or no target."""
KeyResultKind = Literal["step", "rest-mean", "rest-sum", "there"]


@dataclass(frozen=True, slots=True)
class Start:
    """Where the way starts: the pack's baseline, or the first whole period with a result."""

    value: float
    period: Period | None
    """None for the pack's baseline."""


@dataclass(frozen=True, slots=True)
class Need:
    """What the time that is left has to bring.

    step: so much more a period · rest-mean: the mean that the rest of the running period has to reach (of a
    ratio as if all its parts weighed alike) · rest-sum: so much in each part of it that is left · there: the
    value is at the target, and has to stay there.
    """

    kind: KeyResultKind
    value: float | None
    """In the indicator's unit; a step has its sign. None where it is there."""
    left: int
    """Periods that are left."""
    per: Frequency
    """Their length."""


@dataclass(frozen=True, slots=True)
class KeyResultState:
    """One key result as of the review period."""

    objective: str
    result: KeyResult
    indicator: Indicator | None
    state: KeyState
    point: AssessedPoint | None = None
    """Held against the key result's own target: of the period it is due in, so far where that is running;
    before, the newest whole period of the same length."""
    start: Start | None = None
    share: float | None = None
    """Of the way from start to target, 1 is the whole way; of a running sum its share of the target. None
    where the start was at the target already."""
    need: Need | None = None
    """Of one that is under way with a day."""
    id: str = ""
    """objective~place, the place from 1: what the export calls it."""

    @property
    def doubts(self) -> tuple[ValueDoubt, ...]:
        """Of one that was judged, why its value is not final."""
        return value_doubts(self.point) if self.point and self.state in ("reached", "missed") else ()


def _seen(figures: Figures, found: tuple[KeyResultState, ...]) -> tuple[KeyResultState, ...]:
    """Those that an edition lists: of an indicator and a pilot that it may see, without hidden columns.

    State, way and need stay what they are with everything known: a ratio is rolled up from numerators that
    are hidden, and what it is held against is the key result's own target, which the edition may see.
    """
    known, calendar = figures.catalogue, figures.catalogue.handbook.calendar
    columns = Columns(hidden_columns(known.handbook, figures.edition), calendar)
    seen = [
        item
        for item in found
        if (item.result.indicator is None or item.result.indicator in known.indicators)
        and (item.result.pilot is None or item.result.pilot in known.pilots)
    ]
    told = (
        [result for objective in known.strategy.objectives for result in objective.key_results]
        if known.strategy
        else []
    )
    return tuple(
        replace(
            item,
            result=result,  # in the words of the edition, which lead to nothing hidden
            indicator=known.indicators[item.indicator.id] if item.indicator else None,
            point=columns.point(item.point, frozenset()) if item.point else None,
        )
        for item, result in zip(seen, told, strict=True)
    )


@over_everything(_seen)
def key_results(figures: Figures) -> tuple[KeyResultState, ...]:
    """Every key result, in order of objectives; an edition lists those it may see, judged over everything."""
    strategy = figures.catalogue.strategy
    return tuple(
        replace(_state(figures, objective.id, result), id=joined(objective.id, str(place)))
        for objective in (strategy.objectives if strategy else ())
        for place, result in enumerate(objective.key_results, 1)
    )


def key_result_at(figures: Figures, objective: str, place: int) -> KeyResult:
    """A key result by its 0-based place in the whole strategy, in the words of the edition."""
    name = joined(objective, str(place + 1))
    return next(state.result for state in key_results(figures) if state.id == name)


def _state(figures: Figures, objective: str, result: KeyResult) -> KeyResultState:
    indicator = figures.catalogue.indicators.get(result.indicator or "")
    if indicator is None or _bar(result, indicator) is None:
        return KeyResultState(objective, result, indicator, "not-measured")
    series = figures.series.get((indicator.id, result.pilot, ()))
    if series is None or series.last is None or figures.as_of is None:
        return KeyResultState(objective, result, indicator, "no-data")
    due = _due(result, series, indicator, figures)
    rolled = _rolled(series, due, result, indicator, figures)
    ended = due is not None and _over(due, series, figures)
    point = _at(rolled, due) if ended else _now(rolled, due, figures)
    if point is None:
        return KeyResultState(objective, result, indicator, "no-data")
    state: KeyState = "reached" if point.status in REACHED else "missed"
    if not ended and (due is not None or state == "missed"):
        state = "under-way"
    sum_so_far = indicator.rollup == "sum" and not ended and point.point.period == due
    start = None if sum_so_far else _start(series, rolled, point, indicator)
    need = _need(point, due, result, indicator) if state == "under-way" and due else None
    share = _share(point, start, result, indicator, sum_so_far)
    return KeyResultState(
        objective=objective,
        result=result,
        indicator=indicator,
        state=state,
        point=point,
        start=start,
        share=share,
        need=need,
    )


def _bar(result: KeyResult, indicator: Indicator) -> Thresholds | None:
    if indicator.direction == "range" and indicator.range is not None:
        return Thresholds(interval=(indicator.range[0], indicator.range[1]))
    if indicator.direction not in ("higher", "lower") or result.target is None:
        return None
    return Thresholds(target=result.target)


def _end(period: Period, figures: Figures) -> date:
    return figures.catalogue.handbook.calendar.end(period)


def _over(due: Period, series: AssessedSeries, figures: Figures) -> bool:
    """Whether the due period has ended: its last part is in, or a later review period is told about.

    The review period that is told about may still be running: its end alone says nothing.
    """
    if figures.as_of is None or series.last is None or _end(due, figures) > _end(figures.as_of, figures):
        return False
    later = figures.catalogue.handbook.calendar.start(figures.as_of) > _end(due, figures)
    return later or _end(series.last.point.period, figures) >= _end(due, figures)


def _due(result: KeyResult, series: AssessedSeries, indicator: Indicator, figures: Figures) -> Period | None:
    """The period whose value counts: `by` itself; where the indicator has no figure of that length, its own
    last period that ends within it."""
    if result.by is None:
        return None
    own, calendar = series.series.frequency, figures.catalogue.handbook.calendar
    if result.by.frequency == own:
        return result.by
    if is_longer(result.by.frequency, own):
        return result.by if indicator.rollup != "none" else calendar.parts(result.by, own)[-1]
    whole = calendar.containing(result.by, own)
    return whole if _end(whole, figures) <= _end(result.by, figures) else whole.shift(-1)


def _rolled(
    series: AssessedSeries, due: Period | None, result: KeyResult, indicator: Indicator, figures: Figures
) -> AssessedSeries:
    """The series in periods as long as the one it is due in, held against the key result's target."""
    handbook = figures.catalogue.handbook
    told = at_frequency(series.series, due.frequency, indicator, handbook) if due else series.series
    bar = _bar(result, indicator) or Thresholds()
    return assess(told, indicator, (), None, handbook, bars={point.period: bar for point in told.points})


def _at(rolled: AssessedSeries, period: Period | None) -> AssessedPoint | None:
    return next(
        (point for point in rolled.points if point.point.period == period and point.point.value is not None),
        None,
    )


def _now(rolled: AssessedSeries, due: Period | None, figures: Figures) -> AssessedPoint | None:
    """The running due period so far; else the newest whole period before it, else the newest at all."""
    running = _at(rolled, due)
    known = [point for point in rolled.points if point.point.value is not None]
    whole = [
        item
        for item in known
        if item.point.complete
        and figures.as_of is not None
        and _end(item.point.period, figures) <= _end(figures.as_of, figures)
    ]
    return running or next(reversed(whole), None) or next(reversed(known), None)


def _start(
    series: AssessedSeries,
    rolled: AssessedSeries,
    point: AssessedPoint,
    indicator: Indicator,
) -> Start | None:
    if series.baseline is not None:
        parts = point.point.parts[1] if point.point.parts and indicator.rollup == "sum" else 1
        return Start(series.baseline * parts, None)
    first = next(
        (item.point for item in rolled.points if item.point.value is not None and item.point.complete), None
    )
    if first is None or first.value is None or first.period >= point.point.period:
        return None
    return Start(first.value, first.period)


def _share(
    point: AssessedPoint,
    start: Start | None,
    result: KeyResult,
    indicator: Indicator,
    sum_so_far: bool,
) -> float | None:
    value, target = point.point.value, result.target
    if value is None or target is None or indicator.direction not in ("higher", "lower"):
        return None
    if sum_so_far:
        return value / target if indicator.direction == "higher" and target > 0 else None
    if start is None or not better(target, start.value, indicator.direction):
        return None
    return (value - start.value) / (target - start.value)


def _need(point: AssessedPoint, due: Period, result: KeyResult, indicator: Indicator) -> Need | None:
    value, target = point.point.value, result.target
    if value is None or target is None:
        return None
    own = indicator.frequency or due.frequency
    running = point.point.period == due
    done, whole = point.point.parts or (0, 0)
    left = whole - done if running and whole > done else _between(point.point.period, due)
    per = own if running and whole > done else due.frequency
    within_limit = indicator.rollup == "sum" and indicator.direction == "lower" and running
    if point.status in REACHED and not within_limit:
        return Need("there", None, left, per)
    if running and whole > done and indicator.rollup == "sum":
        return Need("rest-sum", (target - value) / left, left, per)
    if running and whole > done and indicator.rollup in ("mean", "ratio"):
        return Need("rest-mean", (target * whole - value * done) / left, left, per)
    return Need("step", (target - value) / max(left, 1), max(left, 1), per)


def _between(period: Period, due: Period) -> int:
    """How many periods of the same length lie ahead, up to the due one."""
    count = 0
    while period < due:
        period, count = period.shift(1), count + 1
    return count
