"""A pilot's score in every long review period so far, with the points that each indicator brings.

The same reckoning as the score of the review period (`score`), period by period, so that the last entry is
the score that the pages tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from generator.compute.score import PackFigure, PilotScore, pilot_score
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.values import Key
from generator.model.calendar import Calendar
from generator.model.period import Period


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """One review period."""

    period: Period
    score: PilotScore
    parts: tuple[tuple[str, float], ...]
    """(indicator, weighted points); they add up to the score."""


def score_history(
    pilot: str,
    pack: Sequence[PackFigure],
    longer: Mapping[Key, AssessedSeries],
    as_of: Period | None,
    calendar: Calendar,
) -> tuple[PeriodScore, ...]:
    """Periods from the first with a target to `as_of`, over the indicators that roll up to review periods.

    `as_of` may be a period of any length; a review period that it ends in is told as far as it goes.
    """
    end = calendar.end(as_of) if as_of is not None else None
    rows: dict[Period, list[PackFigure]] = {}
    for item in pack:
        rolled = longer.get((item.indicator, pilot, ()))
        for point in rolled.points if rolled else ():
            if point.point.value is not None and (end is None or calendar.start(point.point.period) <= end):
                figure = PackFigure(item.indicator, item.weight, item.gate, item.series, point)
                rows.setdefault(point.point.period, []).append(figure)
    made = []
    for period, figures in sorted(rows.items()):
        present = {figure.indicator: figure for figure in figures}
        whole = [
            present.get(item.indicator, PackFigure(item.indicator, item.weight, item.gate, item.series, None))
            for item in pack
        ]
        score = pilot_score(whole)
        if score.value is not None:
            made.append(PeriodScore(period, score, _parts(whole)))
    return tuple(made)


def _parts(pack: Sequence[PackFigure]) -> tuple[tuple[str, float], ...]:
    weighted = any(item.weight is not None for item in pack)
    scored = [
        (item.indicator, (item.weight or 0.0) if weighted else 1.0, item.review.score)
        for item in pack
        if item.review is not None and item.review.score is not None
    ]
    total = fsum(weight for _, weight, _ in scored)
    return tuple((name, weight * points / total) for name, weight, points in scored if total)
