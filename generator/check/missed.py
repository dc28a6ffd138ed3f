"""Which indicators of a pack were missed in a period, as every page tells it.

Nothing is judged here: what a longer period's value is and what it is held against are computed by the lower
floor of compute, as for every page, and asked for the few results of that period. A rule that computed them
by itself would one day say "missed" where a page says "met".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.compute.series.assessed import AssessedPoint, assess, assess_longer, at_frequency, targets_of
from generator.compute.series.values import is_longer, series_of
from generator.model.catalogue import Catalogue
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.pilot import PackItem, Pilot
from generator.model.result import Observation
from generator.model.results import Results

PackRows = Mapping[tuple[str, str], Results]
"""The rows of each indicator and pilot that tell of all of it, not of a part."""


def rows_of(catalogue: Catalogue) -> PackRows:
    """The results sorted out once, since every review looks at them."""
    results = catalogue.results
    told = results.whole() & results.where("pilot", lambda pilot: pilot is not None)
    return {key: results.taken(own) for key, own in results.groups("indicator", "pilot", rows=told)}


def missed(catalogue: Catalogue, found: PackRows, pilot: Pilot, period: Period) -> Iterator[tuple[str, str]]:
    """The missed indicators of the pilot's pack in that period, each with its figures in words."""
    for item in pilot.pack:
        indicator = catalogue.indicators.get(item.indicator)
        if indicator is None:
            continue
        rows = found.get((indicator.id, pilot.id))
        point = _point(rows, item, indicator, period, catalogue.handbook) if rows is not None else None
        if point is not None and point.status == "missed":
            yield indicator.id, f"{point.point.value:.4g} against {_against(point)}"


def rolled_up(
    rows: Sequence[Observation], indicator: Indicator, period: Period, handbook: Handbook
) -> float | None:
    """The value of a period from its parts, given as rows of one series; computations 1. None without one."""
    series = next(iter(series_of(rows)), None)
    point = at_frequency(series, period.frequency, indicator, handbook).at(period) if series else None
    return point.value if point else None


def _point(
    rows: Results, item: PackItem, indicator: Indicator, period: Period, handbook: Handbook
) -> AssessedPoint | None:
    """The indicator in that period, assessed; None without a result, or where it is measured less often."""
    if indicator.frequency is None:
        return None
    inside = {period}
    if is_longer(period.frequency, indicator.frequency):
        inside = set(handbook.calendar.parts(period, indicator.frequency))
    series = next(iter(series_of(rows.taken(rows.where("period", inside.__contains__)))), None)
    if series is None:
        return None
    targets = targets_of(item, indicator, series)
    told = assess(series, indicator, targets, None, handbook)
    if series.frequency != period.frequency:
        told = assess_longer(told, period.frequency, indicator, targets, handbook)
    return next((point for point in told.points if point.point.period == period), None)


def _against(point: AssessedPoint) -> str:
    """What a missed value fails, in words."""
    bar = point.bar
    if bar.interval is not None:
        return f"the range {bar.interval[0]:g}–{bar.interval[1]:g}"
    return f"the target {bar.target:g}" if bar.floor is None else f"the floor {bar.floor:g}"
