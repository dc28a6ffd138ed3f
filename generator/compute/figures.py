"""All figures of a handbook as of one period: what the pages, the charts and the exports are made from.

The numbers are computed once, for every language and every page. What `insight` tells of them is computed at
the first question and kept where it costs something (`once`); what is cheap each page asks anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.compute.effects.change_effects import change_effects
from generator.compute.effects.claim import Claim
from generator.compute.processes.process_figures import ProcessFigures, process_figures
from generator.compute.reuse import Charted, Earlier
from generator.compute.score import PackFigure, PilotScore, pilot_score
from generator.compute.series.assessed import (
    AssessedPoint,
    AssessedSeries,
    assess,
    assess_longer,
    at_frequency,
    targets_of,
)
from generator.compute.series.lead_lag import Clue, clues
from generator.compute.series.marks import SeriesMark, marks_of
from generator.compute.series.packed_points import SharedColumns, packed_series, packed_signals
from generator.compute.series.signal_history import with_history
from generator.compute.series.signals import Signals, signals_of
from generator.compute.series.values import Key, Series, each_series, is_longer
from generator.compute.usage import Usage, usage_of
from generator.model.as_of import results_until
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.exact import ratio
from generator.model.handbook import Dimension
from generator.model.indicator import Indicator, Target
from generator.model.period import Period
from generator.model.pilot import PackItem, Pilot
from generator.model.results import Results

AT_ONCE = 400
"""Series from which on no other indicator's are computed along with them."""


@dataclass(frozen=True, slots=True)
class PilotFigures:
    """A pilot's pack and score in the review period of `Figures.as_of`."""

    pilot: str
    pack: tuple[PackFigure, ...]
    score: PilotScore


@dataclass(frozen=True, slots=True)
class Figures:
    """The catalogue of one edition with every figure about it that it may see."""

    catalogue: Catalogue
    edition: str
    as_of: Period | None
    """The review period everything is told for; None while there are no results."""
    series: Mapping[Key, AssessedSeries]
    longer: Mapping[Key, AssessedSeries]
    """The same series rolled up to the long review period, where that is longer than their own."""
    pilots: Mapping[str, PilotFigures]
    usage: Usage
    by_indicator: Mapping[str, tuple[AssessedSeries, ...]]
    """All series of each indicator: organisation first, then pilots, broken-down cells last."""
    processes: Mapping[str, ProcessFigures]
    signals: Mapping[Key, Signals]
    """The control chart of every series of `series`."""
    effects: Mapping[tuple[str, str], tuple[Claim, ...]]
    """(pilot, change) -> what it did to the indicators it names, guardrails held against them."""
    clues: Mapping[str, tuple[Clue, ...]]
    """By pilot: which indicators of its pack move before which."""
    everything: Figures | None = None
    """Of a narrower edition: the figures of the whole catalogue, which all of these are taken from."""
    unnamed: Figures | None = None
    """Of figures that carry their names (`insight.named`): the same without."""
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was computed of these since (`once`), figures of earlier periods among it; a copy has its own."""

    @property
    def whole(self) -> Figures:
        """The figures of the whole catalogue: what is counted, ranked or compared is so over these, and only
        then cut down to what the edition may see (`edition_view`)."""
        return self.everything or self

    def of_indicator(self, indicator: str) -> tuple[AssessedSeries, ...]:
        """All series of one indicator, in reading order."""
        return self.by_indicator.get(indicator, ())


def figures_of(
    catalogue: Catalogue,
    edition: str,
    as_of: Period | None,
    history: bool = True,
    earlier: Earlier | None = None,
) -> Figures:
    """Compute everything there is to say about a catalogue, nothing later than `as_of`; `edition` names the
    edition that may see all of it. `history` adds what is told of today alone: what the
    charts said in earlier reviews, and which indicators move before which. From `earlier` series are taken
    that nothing has changed for; the figures are the same without it."""
    rows = results_until(catalogue.results, as_of, catalogue.handbook.calendar)
    charting = partial(_charted, catalogue, as_of, history)
    made = earlier.renewed((as_of, history), catalogue, rows, charting) if earlier else charting(rows)
    series, longer = made.series, made.longer
    figures = Figures(
        catalogue=catalogue,
        edition=edition,
        as_of=as_of,
        series=series,
        longer=longer,
        pilots={
            pilot.id: _pilot_figures(pilot, catalogue, series, longer, as_of)
            for pilot in catalogue.pilots.values()
        },
        usage=usage_of(catalogue),
        by_indicator=_by_indicator(series, catalogue.handbook.dimensions),
        processes={
            process.id: process_figures(process, catalogue, series)
            for process in catalogue.processes.values()
        },
        signals=made.signals,
        effects=change_effects(catalogue, series, made.marks),
        clues={pilot.id: _clues(pilot, series) for pilot in catalogue.pilots.values()} if history else {},
    )
    if earlier is not None:
        figures.kept[Earlier] = earlier
    return figures


def _charted(catalogue: Catalogue, as_of: Period | None, history: bool, rows: Results) -> Charted:
    """Every series of the rows by itself; `history` as in `figures_of`."""
    made = Charted({}, {}, {}, {})
    kept: SharedColumns = {}
    for block in _blocks(each_series(rows)):
        part = _block(catalogue, as_of, history, block)
        made.marks.update(part.marks)
        for key, one in part.series.items():
            seldom = _seldom(key, history)
            made.series[key] = packed_series(one, kept) if seldom else one
            if key in part.longer:
                made.longer[key] = packed_series(part.longer[key], kept) if seldom else part.longer[key]
            made.signals[key] = packed_signals(part.signals[key], kept) if seldom else part.signals[key]
    return made


def _seldom(key: Key, today: bool) -> bool:
    """What is kept by columns, as there is much of it: parts of a whole, and all of the past."""
    return bool(key[2]) or not today


def _blocks(series: Iterable[Series]) -> Iterator[list[Series]]:
    """As many series as are charted side by side, all of an indicator together.

    The points of all series at once, and the tables of all charts of the past, would take gigabytes of a
    large handbook. No block is of one series beside others: numbers of a single column add up otherwise.
    """
    ready: list[Series] = []
    block: list[Series] = []
    for own in series:
        if len(block) >= AT_ONCE and own.indicator != block[-1].indicator:
            if ready:
                yield ready
            ready, block = block, []
        block.append(own)
    if ready and len(block) > 1:
        yield ready
        ready = []
    yield [*ready, *block]


def _block(catalogue: Catalogue, as_of: Period | None, history: bool, block: Iterable[Series]) -> Charted:
    """All series of some indicators, with every point an object."""
    handbook = catalogue.handbook
    review = handbook.review.long
    series: dict[Key, AssessedSeries] = {}
    longer: dict[Key, AssessedSeries] = {}
    marks: dict[Key, tuple[SeriesMark, ...]] = {}
    for own in block:
        indicator = catalogue.indicators[own.indicator]
        pilot = catalogue.pilots.get(own.pilot) if own.pilot else None
        targets, baseline, since = _asked_of(own, _pack_item(pilot, indicator.id), indicator, catalogue)
        series[own.key] = assess(own, indicator, targets, baseline, handbook, since)
        marks[own.key] = marks_of(own, indicator, pilot, handbook.calendar)
        if is_longer(review, own.frequency):
            longer[own.key] = assess_longer(series[own.key], review, indicator, targets, handbook, since)
    signals = signals_of(series, marks, catalogue)
    told = with_history(signals, series, marks, catalogue, as_of) if history else signals
    return Charted(series, longer, marks, told)


def _by_indicator(
    series: Mapping[Key, AssessedSeries], dimensions: Sequence[Dimension]
) -> Mapping[str, tuple[AssessedSeries, ...]]:
    """Cells stand in the order in which the handbook declares dimensions and their values."""
    place = {
        (dimension.id, value): (row, column)
        for row, dimension in enumerate(dimensions)
        for column, value in enumerate(dimension.values)
    }
    last = (len(dimensions), 0)
    groups: dict[str, list[AssessedSeries]] = {}
    for assessed in series.values():
        groups.setdefault(assessed.series.indicator, []).append(assessed)
    return {
        name: tuple(
            sorted(
                own,
                key=lambda item: (
                    bool(item.series.cell),
                    item.series.pilot or "",
                    [place.get(part, last) for part in item.series.cell],
                ),
            )
        )
        for name, own in groups.items()
    }


def _clues(pilot: Pilot, series: Mapping[Key, AssessedSeries]) -> tuple[Clue, ...]:
    """Among the indicators of the pack that are measured as often as most of them, over the same periods."""
    own = [series[key] for item in pilot.pack if (key := (item.indicator, pilot.id, ())) in series]
    often = Counter(assessed.series.frequency for assessed in own).most_common(1)
    if not often:
        return ()
    alike = [assessed for assessed in own if assessed.series.frequency == often[0][0]]
    periods = sorted({point.point.period for assessed in alike for point in assessed.points})
    values = {
        assessed.series.indicator: {point.point.period: point.point.value for point in assessed.points}
        for assessed in alike
    }
    return clues({name: [known.get(period) for period in periods] for name, known in values.items()})


def _pack_item(pilot: Pilot | None, indicator: str) -> PackItem | None:
    if pilot is None:
        return None
    return next((item for item in pilot.pack if item.indicator == indicator), None)


def _asked_of(
    series: Series, item: PackItem | None, indicator: Indicator, catalogue: Catalogue
) -> tuple[tuple[Target, ...], float | None, Period | None]:
    """The targets, the baseline and its period that a series is held against.

    The pack's own take precedence over the organisation's.
    """
    targets = targets_of(item, indicator, series)
    if item is None:
        return targets, None, None
    since = item.baseline.period if item.baseline else None
    return targets, _baseline(item, series, indicator, catalogue), since


def _baseline(item: PackItem, series: Series, indicator: Indicator, catalogue: Catalogue) -> float | None:
    """The given value, or the series' own figure of the baseline period; a sum's is that of one period."""
    if item.baseline is None:
        return None
    if item.baseline.value is not None:
        return item.baseline.value
    period = item.baseline.period
    if period is None:
        return None
    if period.frequency != series.frequency and not is_longer(period.frequency, series.frequency):
        return None
    point = at_frequency(series, period.frequency, indicator, catalogue.handbook).at(period)
    if point is None or point.value is None:
        return None
    # A sum over a longer period is brought back to one period of the series, to stand beside its values.
    return ratio(point.value, point.parts[0]) if indicator.rollup == "sum" and point.parts else point.value


def _pilot_figures(
    pilot: Pilot,
    catalogue: Catalogue,
    series: Mapping[Key, AssessedSeries],
    longer: Mapping[Key, AssessedSeries],
    as_of: Period | None,
) -> PilotFigures:
    pack = []
    for item in pilot.pack:
        indicator = catalogue.indicators[item.indicator]
        key: Key = (item.indicator, pilot.id, ())
        incentive = item.incentive or indicator.incentive
        pack.append(
            PackFigure(
                item.indicator,
                item.weight,
                incentive == "gate",
                series.get(key),
                review_point(series.get(key), longer.get(key), as_of, catalogue.handbook.calendar),
            )
        )
    return PilotFigures(pilot.id, tuple(pack), pilot_score(pack))


def review_point(
    own: AssessedSeries | None, longer: AssessedSeries | None, as_of: Period | None, calendar: Calendar
) -> AssessedPoint | None:
    """The point the review period is judged by.

    The rolled-up point where there is one; else the newest value of the period, or, for an indicator that is
    measured less often than reviewed, the newest value before its end.
    """
    if own is None or as_of is None:
        return None
    if longer is not None:
        rolled = next((point for point in longer.points if point.point.period == as_of), None)
        if rolled is not None and rolled.point.value is not None:
            return rolled
    seldom = is_longer(own.series.frequency, as_of.frequency)
    start = calendar.start(as_of)
    newest = own.last
    fresh = newest is not None and calendar.closes_on(newest.point.period) >= start
    return newest if seldom or fresh else None
