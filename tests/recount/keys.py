"""Section 11 again: how far each key result is, judged by the value of its own period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tests.recount.files import Files, Key, exact
from tests.recount.periods import Span, following, holding, longer, span
from tests.recount.standing import REACHED, Bar, Line, Told, better, rolled, status

Figure = Fraction | float | int | str | None
Named = Iterator[tuple[str, Figure]]


def key_results(files: Files, told: Mapping[Key, Line], period: Span) -> Named:
    """(name below the key results, figure), in the order of the objectives."""
    for objective in files.strategy.get("objectives") or []:
        for place, result in enumerate(objective.get("key_results") or [], 1):
            for name, figure in _KeyResult(files, told, period, result).figures():
                yield f"{objective['id']}~{place}/{name}", figure


class _KeyResult:
    def __init__(
        self, files: Files, told: Mapping[Key, Line], period: Span, result: Mapping[str, Any]
    ) -> None:
        self.files, self.as_of, self.target = files, period, exact(result.get("target"))
        self.indicator = files.indicators.get(result.get("indicator") or "", {})
        self.direction = self.indicator.get("direction")
        self.line = told.get((result.get("indicator") or "", result.get("pilot") or "", ()))
        self.by = span(str(result["by"]), files.starts) if result.get("by") else None

    def figures(self) -> Named:
        yield "target", self.target
        bar = Bar(target=self.target)
        if self.direction == "range" and self.indicator.get("range"):
            low, high = (exact(one) or Fraction(0) for one in self.indicator["range"])
            bar = Bar(interval=(low, high))
        elif self.direction not in ("higher", "lower") or self.target is None:
            yield "state", "not-measured"
            return
        known = [one for one in self.line.points if one.value is not None] if self.line else []
        if self.line is None or not known:
            yield "state", "no-data"
            return
        due = self._due(self.line.often)
        points = self._points(self.line, due)
        ended = due is not None and self._over(due, known[-1].period)
        point = next((one for one in points if one.period == due and one.value is not None), None)
        if not ended:
            point = point or self._newest(points)
        if point is None:
            yield "state", "no-data"
            return
        yield from self._told(point, points, due, ended, status(point.value, bar, self.direction) in REACHED)

    def _told(
        self, point: Told, points: Sequence[Told], due: Span | None, ended: bool, reached: bool
    ) -> Named:
        state = "reached" if reached else "missed"
        if not ended and (due is not None or not reached):
            state = "under-way"
        yield "state", state
        yield "at", point.period.name
        yield "value", point.value
        running_sum = self.indicator.get("rollup") == "sum" and not ended and point.period == due
        start = None if running_sum else self._start(point, points)
        if start is not None:
            yield "start/value", start[0]
            yield "start/period", start[1]
        yield "share", self._share(point, start[0] if start else None, running_sum)
        if state == "under-way" and due is not None and self.target is not None:
            for name, figure in self._need(point, due, reached).items():
                yield f"need/{name}", figure

    def _due(self, own: str) -> Span | None:
        """The period whose value counts."""
        if self.by is None or self.by.often == own:
            return self.by
        if longer(self.by.often, own):
            if self.indicator.get("rollup", "mean") != "none":
                return self.by
            part = holding(self.by.last, own, self.files.starts)
            return part if part.counts_on <= self.by.last else following(part, self.files.starts, -1)
        whole = holding(self.by.counts_on, own, self.files.starts)
        return whole if whole.last <= self.by.last else following(whole, self.files.starts, -1)

    def _points(self, line: Line, due: Span | None) -> list[Told]:
        if due is None or due.often == line.often:
            return line.points
        return rolled(self.files, self.indicator, line.points, due.often)

    def _over(self, due: Span, newest: Span) -> bool:
        """Whether the due period has ended and its last part is in, or a later review period is told of."""
        if due.last > self.as_of.last:
            return False
        return self.as_of.first > due.last or newest.last >= due.last

    def _newest(self, points: Sequence[Told]) -> Told | None:
        """The newest whole period, else the newest at all."""
        known = [one for one in points if one.value is not None]
        whole = [one for one in known if _complete(one) and one.period.last <= self.as_of.last]
        return (whole or known or [None])[-1]

    def _start(self, point: Told, points: Sequence[Told]) -> tuple[Fraction, str | None] | None:
        assert self.line is not None
        if self.line.baseline is not None:
            parts = point.parts[1] if point.parts and self.indicator.get("rollup") == "sum" else 1
            return self.line.baseline * parts, None
        first = next((one for one in points if one.value is not None and _complete(one)), None)
        if first is None or first.value is None or first.period.first >= point.period.first:
            return None
        return first.value, first.period.name

    def _share(self, point: Told, start: Fraction | None, running_sum: bool) -> Fraction | None:
        if self.target is None or point.value is None or self.direction not in ("higher", "lower"):
            return None
        if running_sum:
            ahead = self.direction == "higher" and self.target > 0
            return point.value / self.target if ahead else None
        if start is None or not better(self.target, start, self.direction):
            return None
        return (point.value - start) / (self.target - start)

    def _need(self, point: Told, due: Span, reached: bool) -> dict[str, Figure]:
        """What each of the periods left has to bring."""
        assert self.target is not None
        assert point.value is not None
        rule = self.indicator.get("rollup", "mean")
        done, whole = point.parts or (0, 0)
        running = point.period == due
        if running and whole > done:
            left, per = whole - done, str(self.indicator.get("frequency") or due.often)
        else:
            left, per, one = 0, due.often, point.period
            while one.first < due.first:
                one, left = following(one, self.files.starts), left + 1
        if reached and not (rule == "sum" and self.direction == "lower" and running):
            return {"kind": "there", "left": left, "per": per, "value": None}
        if running and whole > done and rule == "sum":
            return {"kind": "rest-sum", "left": left, "per": per, "value": (self.target - point.value) / left}
        if running and whole > done and rule in ("mean", "ratio"):
            rest = (self.target * whole - point.value * done) / left
            return {"kind": "rest-mean", "left": left, "per": per, "value": rest}
        left = max(left, 1)
        return {"kind": "step", "left": left, "per": per, "value": (self.target - point.value) / left}


def _complete(one: Told) -> bool:
    return one.parts is None or one.parts[0] == one.parts[1]


def reviewed(files: Files, pilot: Mapping[str, Any]) -> tuple[date, date] | None:
    """Section 12: the first and the last day of a pilot's rhythm; None while it has not come to that step."""
    given = pilot["period"]
    first = span(str(given["from"]), files.starts).first
    last = span(str(given["to"]), files.starts).last if given.get("to") else date.max
    steps = files.roadmap.get("steps") or []
    step = next((one for one in steps if one.get("rhythm")), None) or next(
        (one for one in steps if one["id"] == "run-review"), None
    )
    if step is None or not pilot.get("steps"):
        return first, last
    own = next((one for one in pilot["steps"] if one["step"] == step["number"]), None)
    if own is None or own.get("status", "planned") == "planned":
        return None
    started = date.fromisoformat(str(own["started"])) if own.get("started") else first
    return max(first, started), last
