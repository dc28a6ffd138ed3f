"""Section 1 and 2 of the computations page again: roll-up, bars, status, attainment, progress, points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.recount.files import Files, Key, Row, exact, factor_of
from tests.recount.periods import Span, Years, following, holding, longer, parts_of, span, within, year_before

Number = Fraction | None
SAME = Fraction(1, 10**9)
REACHED = ("met", "exceeded")
OPEN = ("no-data", "no-target")
FIRMNESS = ("actual", "provisional", "estimate", "missing")


@dataclass
class Bar:
    """What is asked of a value."""

    floor: Number = None
    target: Number = None
    stretch: Number = None
    interval: tuple[Fraction, Fraction] | None = None


@dataclass
class Told:
    """One period of a series with what follows from it."""

    period: Span
    value: Number
    numerator: Number = None
    denominator: Number = None
    given: Number = None
    """A target that stands in the results."""
    n: Number = None
    """Cases that a mean is over."""
    firmness: str = "actual"
    parts: tuple[int, int] | None = None
    inside: dict[int, Fraction] = field(default_factory=dict)
    """Of a longer period: values of its parts by their place in it."""
    bar: Bar = field(default_factory=Bar)
    status: str = "no-data"
    gap: Number = None
    attainment: Number = None
    progress: Number = None
    score: Number = None
    previous: Number = None
    year_before: Number = None
    start: Number = None
    """The baseline, brought to this period's length."""


@dataclass
class Line:
    """A series."""

    key: Key
    often: str
    points: list[Told]
    baseline: Number = None
    longer: list[Told] | None = None


def lines(files: Files, until: date | None, told: date | None = None) -> dict[Key, Line]:
    """Every series with its standing, from the rows of periods that ended by a day and were told by another.

    With `told`, targets that begin after `until` are not known yet, so that a pack without any other goes by
    the organisation's.
    """
    groups: dict[Key, list[Row]] = {}
    for row in files.rows:
        if until is not None and row.period.counts_on > until:
            continue
        if told is not None and row.as_of is not None and row.as_of > told:
            continue
        groups.setdefault(row.key, []).append(row)
    return {key: _line(files, key, rows, until if told else None) for key, rows in groups.items()}


def of_a_part(indicator: Mapping[str, Any], key: Key, own: bool) -> bool:
    """Whether targets that are there are those of a total that a series is only a part of."""
    unit = indicator.get("unit") or ""
    units = unit.values() if isinstance(unit, dict) else (unit,)
    total = indicator.get("rollup") in ("sum", "last") and not {"%", "％"} & {one.strip() for one in units}
    if indicator.get("targets_for") is not None:
        total = indicator["targets_for"] == "organisation"
    return total and (bool(key[2]) or (bool(key[1]) and not own))


def _line(files: Files, key: Key, rows: Sequence[Row], known_until: date | None) -> Line:
    starts, indicator = files.starts, files.indicators[key[0]]
    known = {row.period: row for row in rows}
    period, last = min(known), max(known)
    points = []
    while period <= last:
        row = known.get(period)
        points.append(
            Told(
                period=period,
                value=row.value,
                numerator=row.numerator,
                denominator=row.denominator,
                given=row.target,
                n=row.n,
                firmness=row.status,
            )
            if row
            else Told(period, None)
        )
        period = following(period, starts)
    line = Line(key, rows[0].period.often, points)
    item = _item(files, key)
    targets = [
        one
        for given in ((item or {}).get("targets"), indicator.get("targets"))
        for one in given or ()
        if given and (known_until is None or span(str(one["from"]), starts).first <= known_until)
    ]
    own = [one for one in (item or {}).get("targets") or () if one in targets]
    targets = own or targets
    if of_a_part(indicator, key, bool(own)):
        targets = []
    line.baseline = _baseline(files, line, item)
    for point in points:
        point.bar = _bar(files, indicator, targets, point)
    _judge(files, indicator, points, line.baseline, line.often)
    if longer(files.long, line.often):
        line.longer = rolled(files, indicator, points, files.long)
        _longer_bars(files, indicator, targets, points, line.longer)
        _judge(files, indicator, line.longer, line.baseline, line.often)
    return line


def _item(files: Files, key: Key) -> Mapping[str, Any] | None:
    pack = files.pilots[key[1]].get("pack", []) if key[1] else []
    return next((one for one in pack if one["indicator"] == key[0]), None)


def _baseline(files: Files, line: Line, item: Mapping[str, Any] | None) -> Number:
    given = (item or {}).get("baseline")
    if not given:
        return None
    if given.get("value") is not None:
        return exact(given["value"])
    period = span(str(given["period"]), files.starts)
    indicator = files.indicators[line.key[0]]
    if period.often == line.often:
        return next((one.value for one in line.points if one.period == period), None)
    if not longer(period.often, line.often):
        return None
    longer_ones = rolled(files, indicator, line.points, period.often)
    found = next((one for one in longer_ones if one.period == period), None)
    if found is None or found.value is None:
        return None
    if indicator.get("rollup") == "sum" and found.parts:
        return found.value / found.parts[0]
    return found.value


def rolled(files: Files, indicator: Mapping[str, Any], points: Sequence[Told], often: str) -> list[Told]:
    """Longer periods from their parts."""
    starts, rule = files.starts, indicator.get("rollup", "mean")
    groups: dict[Span, list[Told]] = {}
    for point in points:
        groups.setdefault(within(point.period, often, starts), []).append(point)
    made = []
    for whole, parts in sorted(groups.items()):
        present = [one for one in parts if one.value is not None]
        told = Told(whole, None, parts=(len(present), parts_of(whole, points[0].period.often, starts)))
        told.firmness = max((one.firmness for one in present), key=FIRMNESS.index, default="actual")
        values = [one.value for one in present if one.value is not None]
        told.inside = {
            _place(one.period, whole, starts): one.value for one in present if one.value is not None
        }
        if values and rule == "ratio":
            tops, bottoms = [one.numerator for one in present], [one.denominator for one in present]
            if None not in tops:
                told.numerator = sum((one for one in tops if one is not None), Fraction(0))
            if None not in bottoms:
                told.denominator = sum((one for one in bottoms if one is not None), Fraction(0))
            if told.numerator is not None and told.denominator:
                told.value = told.numerator / told.denominator * factor_of(indicator)
        elif values and rule == "sum":
            told.value = sum(values, Fraction(0))
        elif values and rule == "last":
            told.value = values[-1]
        elif values and rule == "mean":
            cases = [one.n for one in present]
            if None in cases or not sum(one or Fraction(0) for one in cases):
                cases = [Fraction(1)] * len(present)
            else:
                told.n = sum((one or Fraction(0) for one in cases), Fraction(0))
            whole_n = sum((one or Fraction(0) for one in cases), Fraction(0))
            told.value = (
                sum((value * (count or 0) for value, count in zip(values, cases, strict=True)), Fraction(0))
                / whole_n
            )
        made.append(told)
    return made


def _bar(files: Files, indicator: Mapping[str, Any], targets: Sequence[Mapping[str, Any]], at: Told) -> Bar:
    direction = indicator.get("direction")
    if direction is None:
        return Bar()
    if direction == "range":
        ends = [exact(one) for one in indicator.get("range") or ()]
        return Bar(interval=(ends[0], ends[1])) if len(ends) == 2 and None not in ends else Bar()  # type: ignore[arg-type]
    best: Mapping[str, Any] = {}
    latest = date.min
    for target in targets:
        since = span(str(target["from"]), files.starts)
        if latest <= since.begins_on <= at.period.counts_on:
            best, latest = target, since.begins_on
    floor, goal, stretch = (exact(best.get(name)) for name in ("floor", "target", "stretch"))
    if at.given is None:
        return Bar(floor, goal, stretch)
    return Bar(
        floor if floor is not None and not better(floor, at.given, direction) else None,
        at.given,
        stretch if stretch is not None and not better(at.given, stretch, direction) else None,
    )


def _longer_bars(
    files: Files,
    indicator: Mapping[str, Any],
    targets: Sequence[Mapping[str, Any]],
    points: Sequence[Told],
    longer_points: Sequence[Told],
) -> None:
    for told in longer_points:
        own = [
            one
            for one in points
            if one.value is not None and within(one.period, told.period.often, files.starts) == told.period
        ]
        if not own:
            told.bar = _bar(files, indicator, targets, told)
        elif indicator.get("rollup") != "sum" or indicator.get("direction") == "range":
            told.bar = own[-1].bar
        else:
            told.bar = Bar(*(_sum([getattr(one.bar, name) for one in own]) for name in Bar.__annotations__
                             if name != "interval"))  # fmt: skip


def _sum(numbers: Sequence[Number]) -> Number:
    return sum((one for one in numbers if one is not None), Fraction(0)) if None not in numbers else None


def _judge(
    files: Files, indicator: Mapping[str, Any], points: Sequence[Told], baseline: Number, often: str
) -> None:
    """`often`: how often it is measured."""
    direction = indicator.get("direction")
    anew = [
        holding(date.fromisoformat(str(entry["date"])), often, files.starts).begins_on
        for entry in indicator.get("history") or []
        if entry.get("breaks_series")
    ]
    known = {one.period: one for one in points}
    for one in points:
        one.status = status(one.value, one.bar, direction)
        before = year_before(one.period, files.starts)
        one.previous = _against(one, known.get(following(one.period, files.starts, -1)), indicator, anew)
        one.year_before = _against(one, known.get(before) if before else None, indicator, anew)
        one.start = baseline
        if baseline is not None and one.parts is not None and indicator.get("rollup") == "sum":
            one.start = baseline * one.parts[0]
        if one.value is None:
            continue
        target = one.bar.target
        if direction == "range":
            if one.bar.interval is not None:
                low, high = one.bar.interval
                one.gap = (
                    min(one.value - low, Fraction(0))
                    if one.value < low
                    else max(one.value - high, Fraction(0))
                )
                one.score = points_of(one.value, one.bar, direction, files)
            continue
        if target is None:
            continue
        one.gap = one.value - target
        if one.value > 0 and target > 0:
            one.attainment = (target / one.value if direction == "lower" else one.value / target) * 100
        start = one.start
        ahead = start is not None and (start - target) * (1 if direction == "lower" else -1) > 0
        if direction not in ("higher", "lower"):
            ahead = start is not None and start != target
        if indicator.get("progress_method") != "growth" and start is not None and ahead:
            one.progress = (one.value - start) / (target - start)
        one.score = points_of(one.value, one.bar, direction, files)


def _against(one: Told, other: Told | None, indicator: Mapping[str, Any], anew: Sequence[date]) -> Number:
    """Value less an earlier one; a sum of which parts are missing against the same parts.

    Nothing where the definition began `anew` in between.
    """
    if one.value is None or other is None or other.value is None:
        return None
    if any(other.period.begins_on < day <= one.period.last for day in anew):
        return None
    whole = all(told.parts is None or told.parts[0] == told.parts[1] for told in (one, other))
    if indicator.get("rollup") == "sum" and not whole:
        same = [other.inside.get(place) for place in one.inside]
        return None if None in same else one.value - sum((part or 0 for part in same), Fraction(0))
    return one.value - other.value


def _place(part: Span, whole: Span, starts: Years) -> int:
    """The place of a period in a longer one, from 0."""
    place, before = 0, following(part, starts, -1)
    while within(before, whole.often, starts) == whole:
        place, before = place + 1, following(before, starts, -1)
    return place


def equal(one: Fraction, other: Fraction) -> bool:
    """Less than a billionth apart."""
    return abs(one - other) <= SAME * max(abs(one), abs(other))


def better(one: Fraction, other: Fraction, direction: str | None) -> bool:
    """Truly better."""
    return not equal(one, other) and (one < other if direction == "lower" else one > other)


def status(value: Number, bar: Bar, direction: str | None) -> str:
    """How a value stands."""
    if value is None:
        return "no-data"
    if direction == "range" and bar.interval is not None:
        low, high = bar.interval
        inside = (low <= value or equal(low, value)) and (value <= high or equal(high, value))
        return "met" if inside else "missed"
    if bar.target is None:
        return "no-target"
    for name, mark in (("exceeded", bar.stretch), ("met", bar.target), ("near", bar.floor)):
        if mark is not None and not better(mark, value, direction):
            return name
    return "missed"


def points_of(value: Fraction, bar: Bar, direction: str | None, files: Files) -> Number:
    """Points by the handbook's scoring."""
    scoring = files.handbook.get("scoring") or {}
    low, full, most, none = (
        exact(scoring.get(name, default)) or Fraction(0)
        for name, default in (("floor", 60), ("target", 100), ("stretch", 120), ("below_floor", 0))
    )
    stands = status(value, bar, direction)
    if direction == "range":
        return full if stands == "met" else none
    assert bar.target is not None
    if stands in REACHED:
        if bar.stretch is None or equal(bar.stretch, bar.target):
            return full
        share = min((value - bar.target) / (bar.stretch - bar.target), Fraction(1))
        return full + max(share, Fraction(0)) * (most - full)
    if stands == "missed" or bar.floor is None:
        return none
    return low + (value - bar.floor) / (bar.target - bar.floor) * (full - low)
