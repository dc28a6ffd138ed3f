"""Whether the chain indicators of a process and what its log tells agree, and if not, why.

Source: the computations page, section 22.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedPoint
from generator.model.exact import counted
from generator.model.measured import Measured
from generator.model.period import Period
from generator.model.process import Process
from generator.model.process_log import MeasuredFigure, ProcessLog

CLOSE = 1e-3
"""Of a figure: what rounding leaves between a map's figures (four digits of an hour) and a result."""
OF_CASES = ("cycle_time", "first_pass_yield")
"""Told of the cases that were done in a month; the others are of the work that was done in it."""
Agreement = Literal["agrees", "same-cases", "differs", "elsewhere"]


@dataclass(frozen=True, slots=True)
class LogAgreement:
    """An indicator of the whole process beside its log."""

    figure: MeasuredFigure
    indicator: str
    state: Agreement
    """agrees in `period` · same-cases: counted from the log, no month to compare · differs in `period` ·
    elsewhere: its results come from another source; with `period` both tell that month."""
    period: Period | None = None
    told: AssessedPoint | None = None
    by_log: float | None = None
    """In the indicator's unit; of an indicator from elsewhere in hours, or as a share of 1."""


def log_agreements(figures: Figures, process: Process) -> tuple[LogAgreement, ...]:
    """Each indicator that `results:` of the log or the process's chain indicators name; () without a log."""
    measured = figures.catalogue.measured.get(process.id)
    if measured is None or process.log is None:
        return ()
    return tuple(_agreements(figures, process, process.log, measured))


def _agreements(
    figures: Figures, process: Process, log: ProcessLog, measured: Measured
) -> Iterator[LogAgreement]:
    chain = process.chain_indicators
    own = {result.indicator for result in log.results.values()}
    named: tuple[tuple[MeasuredFigure, str | None], ...] = (
        ("cycle_time", chain.cycle_time),
        ("first_pass_yield", chain.first_pass_yield),
    )
    for figure, result in sorted(log.results.items()):
        if result.indicator in figures.catalogue.indicators:
            yield _compared(figures, log, measured, figure, result.indicator)
    for figure, indicator in named:
        if indicator is not None and indicator not in own and indicator in figures.catalogue.indicators:
            yield _beside(figures, measured, figure, indicator)


def _compared(
    figures: Figures, log: ProcessLog, measured: Measured, figure: MeasuredFigure, indicator: str
) -> LogAgreement:
    """The newest month that both tell of the same number of cases."""
    for point, month in _months(figures, measured, figure, indicator):
        if point.point.value is None or (point.point.n is not None and month.cases != point.point.n):
            continue
        by_log = month.value
        if figure != "cycle_time":
            by_log *= figures.catalogue.indicators[indicator].factor
        elif log.results[figure].unit == "d":
            by_log /= measured.hours_per_day
        close = abs(by_log - point.point.value) <= CLOSE * max(abs(by_log), 1)
        state: Agreement = "agrees" if close else "differs"
        return LogAgreement(figure, indicator, state, point.point.period, point, by_log)
    return LogAgreement(figure, indicator, "same-cases")


def _beside(figures: Figures, measured: Measured, figure: MeasuredFigure, indicator: str) -> LogAgreement:
    """What another source says and what the log says, of the newest month that both tell."""
    for point, month in _months(figures, measured, figure, indicator):
        if point.point.value is not None:
            return LogAgreement(figure, indicator, "elsewhere", point.point.period, point, month.value)
    return LogAgreement(figure, indicator, "elsewhere")


@dataclass(frozen=True, slots=True)
class _Month:
    """A figure of a month by the log: a mean of hours, or a share of 1."""

    cases: int
    value: float


def _months(
    figures: Figures, measured: Measured, figure: MeasuredFigure, indicator: str
) -> Iterator[tuple[AssessedPoint, _Month]]:
    """The newest first: an indicator's points of which the log tells too."""
    series = figures.series.get((indicator, None, ()))
    for point in reversed(series.points) if series is not None else ():
        month = _month(measured, figure, point.point.period)
        if month is not None:
            yield point, month


def _month(measured: Measured, figure: MeasuredFigure, period: Period) -> _Month | None:
    """Of the cases of both maps: what was done, or worked, in a month. None where the log does not tell."""
    parts: list[tuple[int, float, float]] = []
    for one in measured.maps:
        for group in one.groups:
            if figure in OF_CASES and group.by == "period" and group.value == str(period):
                value = group.throughput.mean if figure == "cycle_time" else group.first_pass
                parts.append((group.throughput.n, value, group.throughput.n))
        for month in one.periods:
            share = month.waiting if figure == "waiting_share" else month.machines
            if figure not in OF_CASES and month.period == period and share is not None:
                parts.append((share.cases, share.share, share.whole))
    whole = fsum(weight for _, _, weight in parts)
    if not whole:
        return None
    cases = counted(cases for cases, _, _ in parts)
    return _Month(cases, fsum(value * weight for _, value, weight in parts) / whole)
