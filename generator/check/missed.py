"""Which indicators of a pack were missed in a period: the one figure that a rule needs.

The rules come before all computing, so that a build can stop early; hence these few lines say again what
`compute` says at length. A test holds that both agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.model.catalogue import Catalogue
from generator.model.comparing import better, inside
from generator.model.exact import mean, ratio, total
from generator.model.indicator import Indicator, Target
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.result import Observation

Rows = Mapping[tuple[str, str | None], Sequence[Observation]]
"""The rows of each indicator and pilot that tell of all of it, not of a part."""


def rows_of(catalogue: Catalogue) -> Rows:
    """The results sorted out once, since every review looks at them."""
    rows: dict[tuple[str, str | None], list[Observation]] = defaultdict(list)
    for row in catalogue.results:
        if not row.cell:
            rows[row.indicator, row.pilot].append(row)
    return rows


def missed(catalogue: Catalogue, found: Rows, pilot: Pilot, period: Period) -> Iterator[tuple[str, str]]:
    """The missed indicators of the pilot's pack in that period, each with its figures in words."""
    starts = catalogue.handbook.fiscal_year_starts
    for item in pilot.pack:
        indicator = catalogue.indicators.get(item.indicator)
        if indicator is None or indicator.frequency is None:
            continue
        rows = found.get((indicator.id, pilot.id), ())
        given: float | None = None
        if indicator.frequency == period.frequency:
            value = next((row.value for row in rows if row.period == period), None)
            given = next((row.target for row in rows if row.period == period), None)
        else:
            inside = (
                set(period.parts(indicator.frequency, starts)) if _is_longer(period, indicator) else set()
            )
            value = rolled_up([row for row in rows if row.period in inside], indicator)
        bar = _bar(item.targets or indicator.targets, period, starts, given, indicator)
        against = _worse_than(value, bar, indicator)
        if value is not None and against is not None:
            yield indicator.id, f"{value:.4g} against {against}"


def rolled_up(rows: Sequence[Observation], indicator: Indicator) -> float | None:
    """The value of a longer period from those of its parts, by the indicator's `rollup`; computations 1."""
    rows = sorted(
        (row for row in rows if row.value is not None), key=lambda row: (row.period.year, row.period.number)
    )
    values = [row.value for row in rows if row.value is not None]
    if not values or indicator.rollup == "none":
        return None
    if indicator.rollup == "ratio":
        numerators = [row.numerator for row in rows if row.numerator is not None]
        denominators = [row.denominator for row in rows if row.denominator is not None]
        if len(numerators) < len(rows) or len(denominators) < len(rows) or not total(denominators):
            return None
        return ratio(total(numerators), total(denominators), indicator.factor)
    if indicator.rollup == "sum":
        return total(values)
    if indicator.rollup == "last":
        return values[-1]
    weights = [row.n for row in rows if row.n is not None]
    return mean(values, weights if len(weights) == len(values) and any(weights) else None)


def _is_longer(period: Period, indicator: Indicator) -> bool:
    order = ("day", "week", "month", "quarter", "half", "year")
    return order.index(period.frequency) > order.index(indicator.frequency or "year")


def _bar(
    targets: Sequence[Target], period: Period, starts: int, given: float | None, indicator: Indicator
) -> tuple[float | None, float | None]:
    """Floor and target in force at the end of the period; a target in the results goes before."""
    in_force = [target for target in targets if period.holds_from(target.from_, starts)]
    newest = max(reversed(in_force), key=lambda target: target.from_.start(starts), default=None)
    floor, target = (newest.floor, newest.target) if newest else (None, None)
    if given is None:
        return floor, target
    return (floor if floor is not None and not better(floor, given, indicator.direction) else None), given


def _worse_than(
    value: float | None, bar: tuple[float | None, float | None], indicator: Indicator
) -> str | None:
    """What the value fails, in words; None where it is not missed."""
    if value is None or indicator.direction is None:
        return None
    if indicator.direction == "range":
        low, high = indicator.range or (value, value)
        return None if inside(value, (low, high)) else f"the range {low:g}–{high:g}"
    floor, target = bar
    if target is None or not better(target, value, indicator.direction):
        return None
    if floor is None:
        return f"the target {target:g}"
    return f"the floor {floor:g}" if better(floor, value, indicator.direction) else None
