"""What results said before they were restated (data/results/restated.csv), and when they were collected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.result import Observation
from generator.model.results import Results

RunOutcome = Literal["written", "unchanged", "refused", "failed"]
"""What came of collecting an indicator; refused: a check stopped it; failed: the source or the query did."""


@dataclass(frozen=True, slots=True)
class Restatement:
    """A result as it was told until a day."""

    row: Observation
    """What was told, with the day it had been taken."""

    on: date
    """The day on which another one took its place."""


@dataclass(frozen=True, slots=True)
class CollectRun:
    """One line of the log: an indicator was collected."""

    when: str
    """The moment, as it stands there: 2026-10-09T06:30Z, or the day alone."""

    day: date
    indicator: str
    source: str
    outcome: RunOutcome
    periods: str
    rows: int
    n: float | None
    seconds: float
    new: int
    restated: int
    gone: int


def with_earlier(rows: Results, restated: Sequence[Restatement], told: date) -> Results:
    """Results of what was known on a day, and those that were restated later as they were told then.

    `rows` are those that stood on that day already; what has one there needs none from before.
    """
    have = {_key(row) for row in rows} if restated else set()
    earlier: dict[tuple[object, ...], Restatement] = {}
    for one in restated:
        known = one.row.as_of is None or one.row.as_of <= told
        key = _key(one.row)
        if not known or one.on <= told or key in have:
            continue
        if key not in earlier or one.on < earlier[key].on:
            earlier[key] = one
    return Results.joined([rows, Results.of(one.row for one in earlier.values())]) if earlier else rows


def told_before(restated: Iterable[Restatement], row: Observation) -> float | None:
    """The value that a row took the place of on the day it was taken; None where none is kept."""
    key = _key(row)
    return next((one.row.value for one in restated if one.on == row.as_of and _key(one.row) == key), None)


def latest(restated: Iterable[Restatement]) -> tuple[Restatement, ...]:
    """The newest restatement of each result, by the day."""
    newest: dict[tuple[object, ...], Restatement] = {}
    for one in restated:
        key = _key(one.row)
        if key not in newest or newest[key].on < one.on:
            newest[key] = one
    return tuple(sorted(newest.values(), key=lambda one: (one.on, str(one.row.period)), reverse=True))


def _key(row: Observation) -> tuple[object, ...]:
    return row.indicator, row.period, row.pilot, row.cell
