"""Section 4 again: the means before and after each change, their difference and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Any

from scipy.special import stdtrit

from tests.recount.files import Files, Key, exact
from tests.recount.standing import Line, Told

LOOKS = (24, 12, 6)
APART = 4
LEVEL = 0.02


@dataclass
class Side:
    """Periods on one side of a change."""

    points: list[Told]
    by_cases: bool
    factor: Fraction

    @property
    def known(self) -> list[Told]:
        """Those with a value."""
        return [one for one in self.points if one.value is not None]

    @property
    def mean(self) -> Fraction | None:
        """The mean; of a ratio all numerators over all denominators."""
        if not self.known:
            return None
        whole = sum((self.weight(one) for one in self.known), Fraction(0))
        return sum((self.weight(one) * (one.value or 0) for one in self.known), Fraction(0)) / whole

    def weight(self, one: Told) -> Fraction:
        """Cases that a value stands for."""
        return one.denominator if self.by_cases and one.denominator else Fraction(1)

    @property
    def count(self) -> float:
        """Kish's number of values, which is their number where all weigh the same."""
        weights = [float(self.weight(one)) for one in self.known]
        return sum(weights) ** 2 / sum(one * one for one in weights)

    def variance(self) -> float:
        """Of the mean."""
        mean, whole = self.mean or Fraction(0), sum(float(self.weight(one)) for one in self.known)
        shares = [float(self.weight(one)) / whole for one in self.known]
        away = [float((one.value or 0) - mean) for one in self.known]
        return sum(u * u * e * e / (1 - u) for u, e in zip(shares, away, strict=True))

    def away(self) -> list[float]:
        """Deviations of successive values from the mean, times the root of weights of mean 1."""
        mean = self.mean or Fraction(0)
        usual = sum(float(self.weight(one)) for one in self.known) / len(self.known)
        return [float((one.value or 0) - mean) * sqrt(float(self.weight(one)) / usual) for one in self.known]


def effects(files: Files, told: Mapping[Key, Line]) -> Iterator[tuple[str, float | int | Fraction | None]]:
    """(name, figure) of every change in every indicator that it names."""
    for pilot, definition in files.pilots.items():
        for change in definition.get("changes") or []:
            for indicator in change.get("indicators") or []:
                line = told.get((indicator, pilot, ()))
                if line is None:
                    continue
                at = f"pilots/{pilot}/changes/{change['id']}/effects/{indicator}"
                before, after = _sides(files, line, change)
                yield from _figures(at, before, after)


def _day(change: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(change["date"]))


def _meant(files: Files, line: Line) -> list[date]:
    """Days of all changes that are meant for the indicator."""
    indicator, pilot, _ = line.key
    pack = [one["indicator"] for one in files.pilots[pilot].get("pack") or []]
    return sorted(
        {
            _day(change)
            for change in files.pilots[pilot].get("changes") or []
            if indicator in (change.get("indicators") or pack)
        }
    )


def _between(line: Line, first: date, last: date) -> list[Told]:
    """Whole periods from one day to before another."""
    return [one for one in line.points if one.period.first >= first and one.period.last < last]


def _sides(files: Files, line: Line, change: Mapping[str, Any]) -> tuple[Side, Side]:
    days, own = _meant(files, line), _day(change)
    bundle = [own]
    for day in (one for one in days if one > own):
        if len(_between(line, bundle[-1], day)) >= APART:
            break
        bundle.append(day)
    for day in reversed([one for one in days if one < own]):
        if len(_between(line, day, bundle[0])) >= APART:
            break
        bundle.insert(0, day)
    indicator = files.indicators[line.key[0]]
    breaks = [
        date.fromisoformat(str(entry["date"]))
        for entry in indicator.get("history") or []
        if entry.get("breaks_series")
    ]
    ends = sorted({*days, *breaks} - set(bundle))
    start = max((day for day in ends if day <= bundle[0]), default=date.min)
    stop = min((day for day in ends if day > bundle[-1]), default=date.max)
    before, after = _between(line, start, bundle[0]), _between(line, bundle[-1], stop)
    values = [place for place, one in enumerate(after, 1) if one.value is not None]
    enough = sum(one.value is not None for one in before) >= APART
    look = next((look for look in LOOKS if enough and len(values) >= look), None)
    if look is not None:
        after = after[: values[look - 1]]
    known = [one for one in (*before, *after) if one.value is not None]
    both = all(any(one.value is not None for one in side) for side in (before, after))
    by_cases = (
        both and indicator.get("rollup") == "ratio" and all((one.denominator or 0) > 0 for one in known)
    )
    factor = exact(indicator.get("factor")) or Fraction(1)
    return Side(before, by_cases, factor), Side(after, by_cases, factor)


def _figures(at: str, before: Side, after: Side) -> Iterator[tuple[str, float | int | Fraction | None]]:
    for name, side in (("before", before), ("after", after)):
        yield f"{at}/{name}/n", len(side.known)
        if side.known:
            yield f"{at}/{name}/mean", side.mean
    if before.mean is None or after.mean is None:
        return
    difference = after.mean - before.mean
    yield f"{at}/difference", difference
    yield f"{at}/percent", difference / before.mean * 100 if before.mean > 0 else None
    if len(before.known) < APART or len(after.known) < min(LOOKS):
        return
    half = _half(before, after)
    yield f"{at}/interval/0", float(difference) - half
    yield f"{at}/interval/1", float(difference) + half


def _half(before: Side, after: Side) -> float:
    sides = (before, after)
    together = _autocorrelation([side.away() for side in sides], sum(len(side.known) for side in sides))
    spreads, freedoms = [], []
    for side in sides:
        count = max(2.0, side.count * (1 - together) / (1 + together))
        spreads.append(side.variance() * side.count / count)
        freedoms.append(count - 1)
    whole = sum(spreads)
    if not whole:
        return 0.0
    freedom = whole**2 / sum(one**2 / free for one, free in zip(spreads, freedoms, strict=True))
    return float(stdtrit(freedom, 1 - LEVEL / 2)) * sqrt(whole)


def _autocorrelation(sides: Sequence[Sequence[float]], count: int) -> float:
    bottom = sum(one * one for away in sides for one in away)
    top = sum(one * other for away in sides for one, other in pairwise(away))
    raw = top / bottom if bottom else 0.0
    return min(max(raw + (1 + 4 * raw) / count, 0.0), 0.9)
