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
from generator.model.measured import Measured, MeasuredGroup
from generator.model.period import Period
from generator.model.process import Process
from generator.model.process_log import MeasuredFigure, ProcessLog

CLOSE = 1e-3
"""Of a figure: what rounding leaves between a map's figures (four digits of an hour) and a result."""
Agreement = Literal["agrees", "same-cases", "differs", "elsewhere"]


@dataclass(frozen=True, slots=True)
class LogAgreement:
    """An indicator of the whole process beside its log."""

    figure: MeasuredFigure
    indicator: str
    state: Agreement
    """agrees in `period` · same-cases: counted from the log, no month to compare · differs in `period` ·
    elsewhere: its results come from another source."""
    period: Period | None = None
    told: AssessedPoint | None = None
    by_log: float | None = None
    """In the indicator's unit."""


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
            yield LogAgreement(figure, indicator, "elsewhere")


def _compared(
    figures: Figures, log: ProcessLog, measured: Measured, figure: MeasuredFigure, indicator: str
) -> LogAgreement:
    """The newest month that both tell of the same number of cases."""
    series = figures.series.get((indicator, None, ()))
    if figure not in ("cycle_time", "first_pass_yield") or series is None:
        return LogAgreement(figure, indicator, "same-cases")
    for point in reversed(series.points):
        groups = [
            group
            for one in measured.maps
            for group in one.groups
            if group.by == "period" and group.value == str(point.point.period)
        ]
        cases = counted(group.throughput.n for group in groups)
        if point.point.value is None or not groups or (point.point.n is not None and cases != point.point.n):
            continue
        by_log = _of_month(groups, figure)
        if figure == "first_pass_yield":
            by_log *= figures.catalogue.indicators[indicator].factor
        elif log.results[figure].unit == "d":
            by_log /= measured.hours_per_day
        close = abs(by_log - point.point.value) <= CLOSE * max(abs(by_log), 1)
        state: Agreement = "agrees" if close else "differs"
        return LogAgreement(figure, indicator, state, point.point.period, point, by_log)
    return LogAgreement(figure, indicator, "same-cases")


def _of_month(groups: list[MeasuredGroup], figure: MeasuredFigure) -> float:
    """Of the cases of both maps that were done in a month."""
    cases = counted(group.throughput.n for group in groups)
    parts = (group.throughput.mean if figure == "cycle_time" else group.first_pass for group in groups)
    return fsum(part * group.throughput.n for part, group in zip(parts, groups, strict=True)) / cases
