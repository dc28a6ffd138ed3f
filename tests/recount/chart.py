"""Section 3 again: centre, limits and marks of a control chart; exact fractions, machine roots for √n."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby, pairwise
from math import isinf, sqrt
from pathlib import Path
from typing import Any

from tests.recount.files import Files, exact, factor_of, is_percent
from tests.recount.standing import Line, Told, equal

SCREEN, WIDTH = 3.267, 2.66
FEWEST, FULL, PATTERN = 6, 12, 7
Ends = tuple[float | None, float | None]


@dataclass
class Chart:
    """One segment of a series with what its limits rest on."""

    points: Sequence[Told]
    indicator: Mapping[str, Any]
    fixed: int | None
    level: Sequence[Told] | None = None
    """What the limits are made from instead, where the values stood on several levels."""

    @cached_property
    def known(self) -> list[Told]:
        """Points with a value."""
        return [one for one in self.points if one.value is not None]

    @cached_property
    def by_cases(self) -> bool:
        """Whether every value has a denominator that it weighs by."""
        ratio = self.indicator.get("rollup") == "ratio"
        return ratio and bool(self.known) and all((one.denominator or 0) > 0 for one in self.known)

    @cached_property
    def base(self) -> list[Told]:
        """What the limits are made from."""
        return self.level or self.known[: self.fixed or len(self.known)]

    def on_one_level(self) -> Chart:
        """The same chart; of the first level that lasted where its limits hold hardly any of their values."""
        if not self.limited:
            return self
        held = sum(abs(float(self.offset(one) or 0)) <= (self.reach(one) or 0) for one in self.base)
        if held * 10 >= len(self.base):
            return self
        runs = (list(run) for _, run in groupby(self.base, lambda one: _side(self.offset(one))))
        lasted = next((run for run in runs if len(run) >= FEWEST), None)
        again = Chart(self.points, self.indicator, self.fixed, lasted) if lasted else self
        return again.on_one_level() if again is not self and again.limited else self

    def weight(self, one: Told) -> Fraction:
        """Cases that a value stands for."""
        return one.denominator if self.by_cases and one.denominator else Fraction(1)

    @cached_property
    def pairs(self) -> list[tuple[Told, Told]]:
        """Neighbours that both have a value and belong to the base."""
        inside = {id(one) for one in self.base}
        return [(one, two) for one, two in pairwise(self.points) if id(one) in inside and id(two) in inside]

    @property
    def limited(self) -> bool:
        """Whether there are limits."""
        return len(self.base) >= FEWEST and bool(self.pairs)

    @cached_property
    def centre(self) -> Fraction:
        """Σnx / Σn."""
        whole = sum((self.weight(one) for one in self.base), Fraction(0))
        return sum((self.weight(one) * (one.value or 0) for one in self.base), Fraction(0)) / whole

    @property
    def constant(self) -> bool:
        """Whether all values are the same."""
        return all(equal(one.value or Fraction(0), self.base[0].value or Fraction(0)) for one in self.base)

    def away(self, one: Told) -> float:
        """(x − centre)·√n."""
        return float((one.value or Fraction(0)) - self.centre) * sqrt(self.weight(one))

    @cached_property
    def ranges(self) -> list[float]:
        """The moving ranges that count."""
        if self.constant:
            return [0.0] * len(self.pairs)
        ranges = [abs(self.away(one) - self.away(other)) for one, other in self.pairs]
        mean = sum(ranges) / len(ranges)
        kept = [one for one in ranges if one < SCREEN * mean]
        size = max(abs(float(self.centre)), 1.0)
        return kept if kept and sum(kept) / len(kept) > 1e-12 * size else ranges

    @cached_property
    def spread(self) -> float:
        """Mean moving range."""
        return sum(self.ranges) / len(self.ranges)

    @property
    def basis(self) -> str:
        """How firm the limits are."""
        if not self.limited:
            return "too-few" if len(self.base) < FEWEST else "apart"
        return "trial" if len(self.base) < FULL or len(self.ranges) < 5 else "full"

    def reach(self, one: Told) -> float | None:
        """From the centre to the limits of a point."""
        if one.value is None and self.by_cases:
            return None
        half = WIDTH * self.spread / sqrt(self.weight(one))
        factor = factor_of(self.indicator)
        if self.by_cases and counted(self.known):
            share = self.centre / factor
            cases = self.weight(one)
            if min(cases * share, cases * (1 - share)) < 5:
                half = max(half, 3 * float(factor) * sqrt(share * (1 - share) / cases))
        return half

    def offset(self, one: Told) -> Fraction | None:
        """From the centre; what no more than rounding sets apart is on it."""
        if one.value is None:
            return None
        centre = self.base[0].value if self.constant and self.base[0].value is not None else self.centre
        return Fraction(0) if equal(one.value, centre) else one.value - centre

    def _sides_of_usual(self, outside: Sequence[bool]) -> list[int]:
        """On which side of the centre and of the mean without single far values each value lies.

        0 where the two differ; runs are told by it. A far value that is one of seven on its side is kept.
        """
        drawn = [_side(self.offset(one)) for one in self.points]
        in_a_run = set()
        for first in range(len(drawn) - PATTERN + 1):
            if abs(sum(drawn[first : first + PATTERN])) == PATTERN:
                in_a_run.update(range(first, first + PATTERN))
        single = {
            id(one)
            for place, (one, out) in enumerate(zip(self.points, outside, strict=True))
            if out and place not in in_a_run
        }
        inside = [one for one in self.base if id(one) not in single]
        if 2 * len(inside) <= len(self.base):
            return drawn
        whole = sum((self.weight(one) for one in inside), Fraction(0))
        mean = sum((self.weight(one) * (one.value or 0) for one in inside), Fraction(0)) / whole
        usual = [
            0 if one.value is None or equal(one.value, mean) else 1 if one.value > mean else -1
            for one in self.points
        ]
        return [here if here == there else 0 for here, there in zip(usual, drawn, strict=True)]

    def marks(self) -> list[tuple[str, str | None]]:
        """Mark and side of every point."""
        found: list[tuple[str, str | None]] = [("none", None)] * len(self.points)
        if not self.limited:
            return found
        offsets = [self.offset(one) for one in self.points]
        sides = [_side(one) for one in offsets]
        reaches = [self.reach(one) for one in self.points]
        sizes = [abs(float(one)) if one is not None else 0.0 for one in offsets]
        outside = [reach is not None and size > reach for size, reach in zip(sizes, reaches, strict=True)]
        near = [
            not out and reach is not None and size > reach * 2 / 3
            for out, size, reach in zip(outside, sizes, reaches, strict=True)
        ]
        runs = self._sides_of_usual(outside)
        for first in range(len(runs) - PATTERN + 1):
            if abs(sum(runs[first : first + PATTERN])) == PATTERN:
                for place in range(first, first + PATTERN):
                    found[place] = ("shift", _word(runs[place]))
        for first in range(len(sides) - 2):
            window = range(first, first + 3)
            if abs(sum(sides[place] for place in window)) == 3 and sum(near[place] for place in window) >= 2:
                for place in window:
                    if near[place]:
                        found[place] = ("two-of-three", _word(sides[place]))
        for place, way in enumerate(self._trends()):
            if way:
                found[place] = ("trend", _word(way))
        for place, out in enumerate(outside):
            if out:
                found[place] = ("outside", _word(sides[place]))
        return [self._shown(one, mark) for one, mark in zip(self.points, found, strict=True)]

    def _trends(self) -> list[int]:
        """The direction of each point that belongs to seven in strictly one direction."""
        ways = []
        for one, two in pairwise(self.points):
            if one.value is None or two.value is None or equal(one.value, two.value):
                ways.append(0)
            else:
                ways.append(1 if two.value > one.value else -1)
        made = [0] * len(self.points)
        for first in range(len(ways) - PATTERN + 2):
            if abs(sum(ways[first : first + PATTERN - 1])) == PATTERN - 1:
                made[first : first + PATTERN] = [ways[first]] * PATTERN
        return made

    def _shown(self, one: Told, mark: tuple[str, str | None]) -> tuple[str, str | None]:
        """A departure that does not show in the digits told is no signal."""
        if mark[0] in ("none", "trend") or one.value is None:
            return mark
        steps = abs(one.value - self.centre) * 10 ** int(self.indicator.get("decimals", 1))
        return mark if steps > Fraction(1, 2) + Fraction(1, 10**7) else ("none", None)


def _word(side: int) -> str:
    return "high" if side > 0 else "low"


def variation(side: str | None, indicator: Mapping[str, Any]) -> str:
    """A side read by the indicator's direction."""
    if side is None:
        return "normal"
    direction = indicator.get("direction")
    if direction not in ("higher", "lower"):
        return side
    return "improvement" if (side == "high") == (direction == "higher") else "concern"


def starts(files: Files, line: Line, end: int | None = None) -> list[int]:
    """Where segments begin: at the start, at every break of the definition and every change that says so.

    `end`: as it was with that many points.
    """
    points = line.points[:end]
    indicator, pilot, _ = line.key
    days = [
        date.fromisoformat(str(entry["date"]))
        for entry in files.indicators[indicator].get("history") or []
        if entry.get("breaks_series")
    ]
    days += [
        date.fromisoformat(str(change["date"]))
        for change in ((files.pilots[pilot].get("changes") or []) if pilot else [])
        if change.get("rebaseline") and indicator in (change.get("indicators") or [indicator])
    ]
    first = next((place for place, one in enumerate(points) if one.value is not None), 0)
    places = {
        place
        for day in days
        for place, one in enumerate(points)
        if one.period.first <= day <= one.period.last
    }
    own = [0, *sorted(place for place in places if place > first)]
    return own if pilot or line.key[2] else phases(files, line, own, points)


def phases(files: Files, line: Line, own: list[int], points: Sequence[Any]) -> list[int]:
    """The whole is a new phase where a pilot that is measured was, with six values on either side."""
    indicator = line.key[0]
    measured = {row.key[1] for row in files.rows if row.key[0] == indicator}
    days = sorted(
        date.fromisoformat(str(change["date"]))
        for name in measured & set(files.pilots)
        for change in files.pilots[name].get("changes") or []
        if change.get("rebaseline") and indicator in (change.get("indicators") or [indicator])
    )
    begun = list(own)
    for day in days if files.indicators[indicator].get("chart") != "rare" else ():
        place = next((n for n, one in enumerate(points) if one.period.first <= day <= one.period.last), None)
        if place is None or place in begun:
            continue
        before = max(start for start in begun if start <= place)
        after = min((start for start in own if start > place), default=len(points))
        sides = points[before:place], points[place:after]
        if all(sum(one.value is not None for one in side) >= 6 for side in sides):
            begun.append(place)
    return sorted(begun)


def fixed_after(files: Files, line: Line) -> int | None:
    """Values after which the limits stand still."""
    pack: Sequence[Mapping[str, Any]] = files.pilots[line.key[1]].get("pack") or [] if line.key[1] else []
    own = next((one for one in pack if one["indicator"] == line.key[0]), {})
    given = own.get("limits_fixed_after") or files.indicators[line.key[0]].get("limits_fixed_after")
    return int(given) if given else None


def _side(away: Fraction | None) -> int:
    return 0 if not away else 1 if away > 0 else -1


PAGE = Path(__file__).parents[2] / "docs" / "computations.md"


@cache
def units(kind: str) -> frozenset[str]:
    """The units of `counting` or of `lasting`, as the computations page lists them."""
    listed = re.search(rf"^Units of {kind}: (.+)\.$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    if listed is None:
        raise LookupError(f"{PAGE} has no line of the units of {kind}")
    return frozenset(listed[1].split(" · "))


def cut(value: float | None, ends: Ends) -> float | None:
    """No further out than what is possible."""
    if value is None or isinf(value):
        return value
    low, high = ends
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)


def possible(files: Files, lines: Sequence[Line]) -> Ends:
    """What values of an indicator are possible: as declared, else by what the results of all series are."""
    indicator = files.indicators[lines[0].key[0]]
    low, high = _by_results(
        indicator, [one for line in lines for one in line.points if one.value is not None]
    )
    given = indicator.get("limits") or {}
    ends = [exact(given.get(name)) for name in ("min", "max")]
    return (low if ends[0] is None else float(ends[0]), high if ends[1] is None else float(ends[1]))


def _by_results(indicator: Mapping[str, Any], known: Sequence[Told]) -> Ends:
    values = [one.value or Fraction(0) for one in known]
    if not values or min(values) < 0:
        return None, None
    percent = (0.0, 100.0) if is_percent(indicator) and max(values) <= 100 else (None, None)
    if indicator.get("rollup") == "ratio":
        if any(one.numerator is None or one.denominator is None for one in known):
            return percent
        if counted(known):
            return 0.0, float(factor_of(indicator))
        return (
            0.0 if all(_whole(one.numerator) and _whole(one.denominator) for one in known) else None
        ), None
    if is_percent(indicator):
        return percent
    unit = indicator.get("unit")
    words = {str(one).strip().lower() for one in (unit.values() if isinstance(unit, dict) else [unit])}
    counts = all(map(_whole, values)) and (indicator.get("rollup") == "sum" or words & units("counting"))
    return (0.0 if counts or words & units("lasting") else None), None


def _whole(number: Fraction | None) -> bool:
    return number is not None and number.denominator == 1


def counted(known: Sequence[Told]) -> bool:
    """Whether the values are shares of whole cases."""
    return all(
        one.numerator is not None
        and one.denominator is not None
        and one.numerator.denominator == 1
        and one.denominator.denominator == 1
        and 0 <= one.numerator <= one.denominator
        for one in known
    )
