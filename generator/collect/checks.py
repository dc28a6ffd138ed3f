"""What is looked at before collected results replace those that stand: limits, jumps, counts, late data.

A finding that stops leaves everything as it was until somebody has looked and accepts it (`--accept`). The
steps are wide on purpose: a real change of a process is to pass, a wrong join or a half-loaded table is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum
from statistics import median

from generator.collect.kept_rows import KeptRows
from generator.collect.rows import Collected, RowKey, Told
from generator.model.calendar import Calendar
from generator.model.exact import counted
from generator.model.freshness import REFRESH_DAYS
from generator.model.indicator import Indicator
from generator.model.period import Period

LEAST_HISTORY = 6
"""Values of a series that are needed before a jump can be told from its ordinary steps."""
JUMP = 8.0
"""A step of more than so many ordinary steps (their median) is a jump."""
COUNT_FACTOR = 2.5
"""So many times the usual number of cases, or as small a part of it, is no ordinary month."""
LEAST_ROWS = 0.5
"""A smaller part of the rows that the last run found in the same periods is no ordinary answer."""


@dataclass(frozen=True)
class Doubt:
    """Something that was looked at and is not as it should be."""

    kind: str
    """limits, jump, count, rows, joins, late or empty."""

    message: str
    stops: bool = True


def checked(
    indicator: Indicator,
    found: Collected,
    before: KeptRows,
    asked: tuple[Period, Period],
    calendar: Calendar,
    today: date,
) -> tuple[Doubt, ...]:
    """All findings; `asked`: the first and last period that was asked for."""
    return (
        *_outside_limits(indicator, found.rows),
        *_few_rows(found, before, asked),
        *_jumps(indicator, found.rows, before),
        *_counts(indicator, found.rows, before),
        *_late(indicator, found, before, calendar, today),
        *_empty(found),
    )


def value_of(told: Told, indicator: Indicator) -> float:
    """The value of a row in the indicator's unit: as given, or its ratio."""
    if told.value:
        return float(told.value)
    return float(told.numerator) / float(told.denominator) * indicator.factor


def _outside_limits(indicator: Indicator, rows: Mapping[RowKey, Told]) -> list[Doubt]:
    low, high = indicator.limits.min, indicator.limits.max
    made = []
    for key, told in rows.items():
        value = value_of(told, indicator)
        if low is not None and value < low and not _equal(value, low):
            made.append(f"{_named(key)} is {value:g}, below the least possible {low:g}")
        elif high is not None and value > high and not _equal(value, high):
            made.append(f"{_named(key)} is {value:g}, above the greatest possible {high:g}")
    return [Doubt("limits", _several(made))] if made else []


def _few_rows(found: Collected, before: KeptRows, asked: tuple[Period, Period]) -> list[Doubt]:
    first, last = asked
    old = counted(first <= Period.parse(key[0]) <= last for key in before.rows)
    if old and len(found.rows) < LEAST_ROWS * old:
        rows = "1 row" if len(found.rows) == 1 else f"{len(found.rows)} rows"
        return [Doubt("rows", f"{rows}, where the last run found {old} in the same periods")]
    return []


def _jumps(indicator: Indicator, rows: Mapping[RowKey, Told], before: KeptRows) -> list[Doubt]:
    """Steps far beyond a series' ordinary ones: between neighbours, and where a value is restated."""
    history: dict[RowKey, dict[Period, float]] = {}
    for key, row in before.rows.items():
        history.setdefault(key[1:], {})[Period.parse(key[0])] = value_of(row.told, indicator)
    made = []
    for key, told in rows.items():
        series = history.get(key[1:], {})
        period, value = Period.parse(key[0]), value_of(told, indicator)
        others = {one: known for one, known in series.items() if one != period}
        if len(others) < LEAST_HISTORY:
            continue
        ordered = [others[one] for one in sorted(others)]
        usual = median([abs(b - a) for a, b in pairwise(ordered)])
        usual = max(usual, 10.0**-indicator.decimals)
        last = others[max((one for one in others if one < period), default=min(others))]
        if period in series and abs(value - series[period]) > JUMP * usual:
            made.append(f"{_named(key)} is {value:g} and was {series[period]:g}")
        elif period not in series and abs(value - last) > JUMP * usual:
            made.append(f"{_named(key)} is {value:g} after {last:g}; its ordinary step is {usual:.2g}")
    return [Doubt("jump", _several(made))] if made else []


def _counts(indicator: Indicator, rows: Mapping[RowKey, Told], before: KeptRows) -> list[Doubt]:
    """The number of cases of a row against that of its series: a join that repeats rows shows here."""
    history: dict[RowKey, list[float]] = {}
    for key, row in before.rows.items():
        cases = _cases(row.told)
        if cases is not None:
            history.setdefault(key[1:], []).append(cases)
    made = []
    for key, told in rows.items():
        cases, old = _cases(told), history.get(key[1:], [])
        if cases is None or len(old) < LEAST_HISTORY or indicator.frequency in ("day", "week"):
            continue
        usual = median(old)
        if usual > 0 and not usual / COUNT_FACTOR <= cases <= usual * COUNT_FACTOR:
            made.append(f"{_named(key)} counts {cases:g} cases; usual are {usual:g}")
    return [Doubt("count", _several(made))] if made else []


def _late(
    indicator: Indicator, found: Collected, before: KeptRows, calendar: Calendar, today: date
) -> list[Doubt]:
    """The newest period that is due by now has no row, or none of a series that had one in each before."""
    if indicator.frequency is None:
        return []
    refresh = indicator.source.refresh if indicator.source else None
    allowed = REFRESH_DAYS[refresh] if refresh else 0
    newest = calendar.of(today, indicator.frequency).shift(-1)
    while (today - calendar.end(newest)).days < allowed:
        newest = newest.shift(-1)
    have = [Period.parse(key[0]) for key in (*found.rows, *before.rows)]
    if have and max(have) >= newest:
        return _late_series(found, before, newest)
    told = f"the newest rows are of {max(have)}" if have else "there are no rows"
    return [Doubt("late", f"{newest} is due and not there; {told}", stops=False)]


def _late_series(found: Collected, before: KeptRows, newest: Period) -> list[Doubt]:
    """A pilot or a part whose data were there every period up to the newest one: another may have none."""
    here = {key[1:] for key in found.rows if key[0] == str(newest)}
    if not here:
        return []
    told: dict[RowKey, set[Period]] = {}
    for key in (*found.rows, *before.rows):
        told.setdefault(key[1:], set()).add(Period.parse(key[0]))
    usual = {newest.shift(-number) for number in range(1, LEAST_HISTORY + 1)}
    missing = [
        _named((str(newest), *series))
        for series, periods in sorted(told.items())
        if usual <= periods and series not in here
    ]
    return [Doubt("late", f"{_several(missing)}: due and not there", stops=False)] if missing else []


def _empty(found: Collected) -> list[Doubt]:
    if not found.empty:
        return []
    rows = "1 row has" if found.empty == 1 else f"{found.empty} rows have"
    return [Doubt("empty", f"{rows} no value, or nothing to divide by", stops=False)]


def _cases(told: Told) -> float | None:
    text = told.n or told.denominator
    return float(text) if text else None


def cases_of(rows: Mapping[RowKey, Told]) -> float | None:
    """How many cases the rows are of, by `n` or the denominator; None where neither is given.

    Those of the whole organisation, where there are any: the others are parts of them.
    """
    whole = [told for key, told in rows.items() if not any(key[1:])]
    known = [cases for told in whole or rows.values() if (cases := _cases(told)) is not None]
    return fsum(known) if known else None


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0)


def _named(key: RowKey) -> str:
    where = ", ".join(part for part in key[1:] if part)
    return f"{key[0]} ({where})" if where else key[0]


def _several(made: Sequence[str]) -> str:
    shown = "; ".join(made[:3])
    return shown if len(made) <= 3 else f"{shown}; and {len(made) - 3} more"
