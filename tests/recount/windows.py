"""Section 4 again: which changes are judged together, and which periods lie before and after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.recount.files import Files, factor_of
from tests.recount.periods import Span, Years, following, holding
from tests.recount.sides import APART, Side
from tests.recount.standing import Line


@dataclass
class Window:
    """From the first day that counts before the changes to the last that counts after them."""

    start: date
    first: date
    last: date
    end: date
    bound: bool = False
    """Whether something ends it before the series does."""
    broken: bool = False


def named(files: Files, pilot: str, change: Mapping[str, Any]) -> list[str]:
    """The indicators that a change names, else those of the pack."""
    return change.get("indicators") or [one["indicator"] for one in files.pilots[pilot].get("pack") or []]


def day_of(change: Mapping[str, Any]) -> date:
    """The day of a change."""
    return date.fromisoformat(str(change["date"]))


def meant(files: Files, pilot: str, indicator: str) -> list[Mapping[str, Any]]:
    """A pilot's changes that are meant for an indicator, by day."""
    changes = files.pilots[pilot].get("changes") or []
    own = [one for one in changes if indicator in (one.get("indicators") or [indicator])]
    return sorted(own, key=lambda one: (day_of(one), one["id"]))


def _whole_from(day: date, often: str, starts: Years) -> Span:
    """The first period that lies wholly at or after a day."""
    held = holding(day, often, starts)
    return held if held.first == day else following(held, starts)


def bundles(files: Files, line: Line) -> list[list[Mapping[str, Any]]]:
    """Changes with fewer than four whole periods between them belong together."""
    made: list[list[Mapping[str, Any]]] = []
    for change in meant(files, line.key[1], line.key[0]):
        near = False
        if made and day_of(change) <= line.points[-1].period.last:
            fourth = _whole_from(day_of(made[-1][-1]), line.often, files.starts)
            for _ in range(APART - 1):
                fourth = following(fourth, files.starts)
            near = fourth.last >= day_of(change)
        if near:
            made[-1].append(change)
        else:
            made.append([change])
    return made


def breaks(files: Files, indicator: str) -> list[date]:
    """Days on which the definition changed."""
    entries = files.indicators[indicator].get("history") or []
    return [date.fromisoformat(str(one["date"])) for one in entries if one.get("breaks_series")]


def window_of(files: Files, line: Line, bundle: Sequence[Mapping[str, Any]]) -> Window:
    """The part of a series that a bundle is judged over."""
    days = [day_of(one) for one in bundle]
    window = Window(line.points[0].period.first, days[0], days[-1], line.points[-1].period.last)
    others = [day_of(one) for one in meant(files, line.key[1], line.key[0]) if one not in bundle]
    return narrowed(files, line, window, breaks(files, line.key[0]), others)


def narrowed(
    files: Files, line: Line, window: Window, broken: Sequence[date], others: Sequence[date] = ()
) -> Window:
    """The part of a window that neither a break nor another change interferes with."""
    first, last = line.points[0].period, line.points[-1].period
    marks = sorted([*((day, "break") for day in broken), *((day, "change") for day in others)])
    for day, kind in marks:
        held = holding(day, line.often, files.starts)
        if held.first < first.first or held.first > last.first:
            continue
        from_ = holding(window.first, line.often, files.starts)
        to = _whole_from(window.last, line.often, files.starts)
        if kind == "break" and from_.first <= held.first <= to.first:
            window = replace(window, broken=True)
        elif window.start < day < window.first:
            window = replace(window, start=day)
        elif window.last < day <= window.end:
            window = replace(window, end=day - timedelta(days=1), bound=True)
    return window


def sides(files: Files, line: Line, window: Window) -> tuple[Side, Side]:
    """The periods that lie wholly before, and wholly after, the changes."""
    indicator = files.indicators[line.key[0]]
    inside = [
        one for one in line.points if one.period.first >= window.start and one.period.last <= window.end
    ]
    before = [one for one in inside if one.period.last < window.first]
    after = [one for one in inside if one.period.last >= window.first and one.period.first >= window.last]
    ratio = indicator.get("rollup") == "ratio"
    return Side.of(before, ratio, factor_of(indicator)), Side.of(after, ratio, factor_of(indicator))
