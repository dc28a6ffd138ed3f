"""Section 3 again: centre and limits of a control chart by exact fractions, and machine roots for √n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Any

from tests.recount.files import Files, exact
from tests.recount.standing import Line, Told, equal

SCREEN, WIDTH = 3.267, 2.66
Limits = tuple[float, float | None, float | None]


def segments(files: Files, line: Line) -> list[list[Told]]:
    """The series cut at every break of the definition and every change that starts the limits anew."""
    indicator, pilot, _ = line.key
    days = [
        date.fromisoformat(str(entry["date"]))
        for entry in files.indicators[indicator].get("history") or []
        if entry.get("breaks_series")
    ]
    for change in (files.pilots[pilot].get("changes") or []) if pilot else []:
        names = change.get("indicators") or [
            one["indicator"] for one in files.pilots[pilot].get("pack") or []
        ]
        if change.get("rebaseline") and indicator in names:
            days.append(date.fromisoformat(str(change["date"])))
    cuts = sorted(
        {
            place
            for day in days
            for place, one in enumerate(line.points)
            if one.period.first <= day <= one.period.last
        }
        - {0}
    )
    bounds = [0, *cuts, len(line.points)]
    return [line.points[first:last] for first, last in pairwise(bounds)]


def fixed_after(files: Files, line: Line) -> int | None:
    """Values after which the limits stand still."""
    pack: Sequence[Mapping[str, Any]] = files.pilots[line.key[1]].get("pack") or [] if line.key[1] else []
    own = next((one for one in pack if one["indicator"] == line.key[0]), {})
    given = own.get("limits_fixed_after") or files.indicators[line.key[0]].get("limits_fixed_after")
    return int(given) if given else None


def limits(files: Files, line: Line) -> dict[str, Limits | None]:
    """(centre, lower, upper) by period, uncut; None where the segment has no limits."""
    indicator = files.indicators[line.key[0]]
    made: dict[str, Limits | None] = {}
    for segment in segments(files, line):
        values = [one for one in segment if one.value is not None]
        by_cases = indicator.get("rollup") == "ratio" and all((one.denominator or 0) > 0 for one in values)
        base = values[: fixed_after(files, line) or len(values)]
        made |= _limits(segment, base, indicator, by_cases)
    low, high = possible(files, line)
    return {
        name: (one[0], _cut(one[1], low, high), _cut(one[2], low, high)) if one else None
        for name, one in made.items()
    }


def _cut(end: float | None, low: float | None, high: float | None) -> float | None:
    if end is None:
        return None
    end = end if low is None else max(end, low)
    return end if high is None else min(end, high)


def possible(files: Files, line: Line) -> tuple[float | None, float | None]:
    """What values are possible: as declared, else by what the results are."""
    indicator = files.indicators[line.key[0]]
    given = indicator.get("limits") or {}
    low, high = (exact(given.get(name)) for name in ("min", "max"))
    known = [one for one in line.points if one.value is not None]
    values = [one.value or Fraction(0) for one in known]
    factor = exact(indicator.get("factor")) or Fraction(1)
    ratio = indicator.get("rollup") == "ratio"
    inside_percent = _percent(indicator) and all(0 <= one <= 100 for one in values)
    by_cases = ratio and all((one.denominator or 0) > 0 for one in known)
    counts = ratio and all((one.numerator or Fraction(1, 2)) >= 0 and _whole(one.numerator) for one in known)
    sums = indicator.get("rollup") == "sum" and all(one >= 0 and one.denominator == 1 for one in values)
    shares = by_cases and _counted(known, factor)
    if low is None and known and (shares or inside_percent or counts or sums):
        low = Fraction(0)
    if high is None and known:
        high = factor if shares else Fraction(100) if inside_percent else None
    return (None if low is None else float(low), None if high is None else float(high))


def _whole(number: Fraction | None) -> bool:
    return number is not None and number.denominator == 1


def _percent(indicator: Mapping[str, Any]) -> bool:
    unit = indicator.get("unit")
    return any(
        str(one).strip() in ("%", "％") for one in (unit.values() if isinstance(unit, dict) else [unit])
    )


def _limits(
    segment: Sequence[Told], base: Sequence[Told], indicator: Mapping[str, Any], by_cases: bool
) -> dict[str, Limits | None]:
    weights = {id(one): (one.denominator if by_cases else Fraction(1)) or Fraction(1) for one in segment}
    inside = {id(one) for one in base}
    pairs = [(one, other) for one, other in pairwise(segment) if id(one) in inside and id(other) in inside]
    if len(base) < 6 or not pairs:
        return {one.period.name: None for one in segment}
    whole = sum((weights[id(one)] for one in base), Fraction(0))
    centre = sum((weights[id(one)] * (one.value or 0) for one in base), Fraction(0)) / whole
    if all(equal(one.value or Fraction(0), base[0].value or Fraction(0)) for one in base):
        value = float(centre)
        return {one.period.name: (value, value, value) for one in segment}

    def away(one: Told) -> float:
        return float((one.value or Fraction(0)) - centre) * sqrt(weights[id(one)])

    ranges = [abs(away(one) - away(other)) for one, other in pairs]
    mean = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < SCREEN * mean]
    screened = sum(kept) / len(kept) if kept else mean
    spread = screened if screened > 1e-12 * max(abs(float(centre)), 1.0) else mean
    factor = exact(indicator.get("factor")) or Fraction(1)
    made: dict[str, Limits | None] = {}
    for one in segment:
        if one.value is None and by_cases:
            made[one.period.name] = (float(centre), None, None)
            continue
        half = WIDTH * spread / sqrt(weights[id(one)])
        if by_cases and _counted(base, factor):
            share = centre / factor
            cases = weights[id(one)]
            if min(cases * share, cases * (1 - share)) < 5:
                half = max(half, 3 * float(factor) * sqrt(share * (1 - share) / cases))
        made[one.period.name] = (float(centre), float(centre) - half, float(centre) + half)
    return made


def _counted(base: Sequence[Told], factor: Fraction) -> bool:
    """Whether the values are shares of whole cases."""
    return all(
        one.numerator is not None
        and one.denominator is not None
        and one.numerator.denominator == 1
        and one.denominator.denominator == 1
        and 0 <= one.numerator <= one.denominator
        for one in base
    )
