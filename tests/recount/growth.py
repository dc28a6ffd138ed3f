"""Section 2 again: progress by growth a year, for indicators that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.recount.files import Files, exact
from tests.recount.periods import Span, span
from tests.recount.standing import Line, Told, better, of_a_part

Figure = Fraction | float | int | str | None
Named = Iterator[tuple[str, Figure]]


def growth(files: Files, line: Line, points: Sequence[Told]) -> Named:
    """(name below the points, figure) of every point that growth can be told of."""
    indicator = files.indicators[line.key[0]]
    if indicator.get("progress_method") != "growth" or indicator.get("direction") not in ("higher", "lower"):
        return
    pack: Sequence[Mapping[str, Any]] = files.pilots[line.key[1]].get("pack") or [] if line.key[1] else []
    item = next((one for one in pack if one["indicator"] == line.key[0]), {})
    targets = [one for one in item.get("targets") or indicator.get("targets") or () if one.get("target")]
    if of_a_part(indicator, line.key, bool(item.get("targets"))):
        targets = []
    first = next((one for one in points if one.value is not None), None)
    dated = (item.get("baseline") or {}).get("period")
    for one in points:
        if one.value is None or first is None or first.value is None:
            continue
        parts = one.parts[0] if one.parts is not None and indicator.get("rollup") == "sum" else None
        base, since = first.value, first.period
        if parts is not None and first.parts is not None:
            base = base / first.parts[0] * parts
        if dated and line.baseline is not None:
            base, since = line.baseline * (parts or 1), span(str(dated), files.starts)
        newest = max(targets, key=lambda target: span(str(target["from"]), files.starts).first, default=None)
        brought = next(((o.given, o.period) for o in reversed(points) if o.given is not None), (None, None))
        goal, by = brought
        if newest is not None:
            goal = (exact(newest["target"]) or Fraction(0)) * (parts or 1)
            by = span(str(newest["from"]), files.starts)
        end = "max" if indicator["direction"] == "higher" else "min"
        best = exact((indicator.get("limits") or {}).get(end))
        grown = _Grown(
            base=base,
            since=since,
            value=one.value,
            at=one.period,
            goal=goal,
            by=by,
            direction=indicator["direction"],
            best=best,
        )
        for name, figure in grown.figures():
            yield f"{one.period.name}/{name}", figure


class _Grown:
    def __init__(
        self, base: Fraction, since: Span, value: Fraction, at: Span, goal: Fraction | None, by: Span | None,
        direction: str, best: Fraction | None,
    ) -> None:  # fmt: skip
        self.base, self.since, self.value, self.at = base, since, value, at
        self.goal, self.by, self.direction, self.best = goal, by, direction, best

    def _there(self, value: Fraction, bar: Fraction) -> bool:
        return not better(bar, value, self.direction)

    def figures(self) -> Named:
        years = _years(self.since, self.at)
        if self.base <= 0 or self.value <= 0 or years <= 0 or (self.goal is not None and self.goal <= 0):
            return
        observed = float(self.value / self.base) ** (1 / years) - 1
        turned = observed if self.direction == "higher" else -observed
        there = self.best is not None and self._there(self.value, self.best)
        required, share = None, None
        if self.goal is None or self.by is None:
            grade = "achieved" if there else _grade(turned, (0.015, 0.005, 0.0))
        else:
            there = there or self._there(self.value, self.goal)
            ahead = _years(self.since, self.by)
            if self._there(self.base, self.goal):
                grade = "achieved" if there else "worse"
            elif ahead <= 0:
                if not there:
                    return
                grade = "achieved"
            else:
                required = float(self.goal / self.base) ** (1 / ahead) - 1
                share = max(observed / required, 1.0) if there else observed / required
                grade = "achieved" if there else _grade(share, (0.95, 0.6, 0.0))
            share = 1.0 if share is None and grade == "achieved" else share
        yield "growth/base", self.base
        yield "growth/since", self.since.name
        yield "growth/observed", observed
        yield "growth/required", required
        yield "growth/target", self.goal
        yield "growth/grade", grade
        yield "growth/share", share
        yield "progress", share


def _grade(measure: float, cuts: tuple[float, float, float]) -> str:
    for grade, cut in zip(("on-track", "accelerate", "limited"), cuts, strict=True):
        if measure > cut - 1e-9 * abs(cut):
            return grade
    return "worse"


def _years(start: Span, end: Span) -> float:
    """Years from the start of one period to the start of another."""
    one, two = start.first, end.first
    return two.year - one.year + (two.month - one.month) / 12 + (two.day - one.day) / 365.25
