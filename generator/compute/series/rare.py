"""Rare events: not how many there were in a period, mostly none, but how long it was between them.

A g chart (Benneyan, Health Care Management Science 4, 2001) of the periods between one event and the next.
Results come by the period, so days between events, which a t chart would need, are not known; several events
of one period are none apart. Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum, log
from statistics import median

from generator.compute.series.spc import FEWEST, FULL, NAMES, PATTERN, Basis, Segment, Side, SpecialCause

TAIL = 0.00135
"""Chance of a pause beyond a limit, on each side: that of three normal standard deviations."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The periods from one event to the next one; the newest may still be running."""

    place: int
    """Of the period that ends it: that of the later event, or the newest one."""
    length: int
    running: bool = False


@dataclass(frozen=True, slots=True)
class RareChart:
    """The chart of the pauses of one segment; without limits `centre`, `lower` and `upper` are None."""

    pauses: tuple[Pause, ...]
    basis: Basis
    centre: float | None
    lower: float | None
    upper: float | None
    marks: tuple[tuple[SpecialCause, Side | None], ...]
    """As `pauses`."""
    count: int
    """Finished pauses that the limits are made from."""


def pauses_of(counts: Sequence[float | None]) -> tuple[Pause, ...]:
    """The pauses between events, counts by period; a period without a result is taken to have had none.

    What came before the first event is no pause: nobody knows when the one before it was.
    """
    found: list[Pause] = []
    last: int | None = None
    for place, count in enumerate(counts):
        for _ in range(int(count or 0)):
            if last is not None:
                found.append(Pause(place, place - last))
            last = place
    end = len(counts) - 1
    if last is not None and last < end:
        found.append(Pause(end, end - last, running=True))
    return tuple(found)


def rare_chart(counts: Sequence[float | None], fixed: int | None = None) -> RareChart:
    """The g chart of a segment; `fixed` pauses make its limits, or all that are finished."""
    pauses = pauses_of(counts)
    base = [pause.length for pause in pauses if not pause.running][:fixed]
    count = len(base)
    if count < FEWEST or not any(base):
        return RareChart(
            pauses=pauses,
            basis="too-few",
            centre=None,
            lower=None,
            upper=None,
            marks=(("none", None),) * len(pauses),
            count=count,
        )
    mean = fsum(base) / count
    lower, upper = limits(mean)
    middle = float(median(base))
    basis: Basis = "full" if count >= FULL else "trial"
    return RareChart(
        pauses=pauses,
        basis=basis,
        centre=mean,
        lower=lower,
        upper=upper,
        marks=_marks(pauses, middle, lower, upper),
        count=count,
    )


def limits(mean: float) -> tuple[float, float]:
    """Between which pauses chance explains, where their mean is > 0.

    Pauses are geometric on 0, 1, 2 … with q = mean / (1 + mean): P(pause ≥ k) = q^k. The lower limit is the
    greatest k with P(pause < k) ≤ .00135, nearly always 0; the upper one the least k with
    P(pause > k) ≤ .00135.
    """
    q = log(mean / (1 + mean))
    return float(floor(log(1 - TAIL) / q)), float(max(ceil(log(TAIL) / q) - 1, 0))


def _marks(
    pauses: Sequence[Pause], middle: float, lower: float, upper: float
) -> tuple[tuple[SpecialCause, Side | None], ...]:
    """Outside a limit, or one of seven in a row on one side of the median; a running one may only be long."""
    marks: list[tuple[SpecialCause, Side | None]] = [("none", None)] * len(pauses)
    run: list[int] = []
    way = 0
    for number, pause in enumerate(pauses):
        side = (pause.length > middle) - (pause.length < middle)
        if pause.running and side < 0:
            break
        run = [*run, number] if side == way and side != 0 else [number]
        way = side
        if side and len(run) >= PATTERN:
            for item in run:
                marks[item] = ("shift", "high" if side > 0 else "low")
    for number, pause in enumerate(pauses):
        if pause.length > upper:
            marks[number] = ("outside", "high")
        elif pause.length < lower and not pause.running:
            marks[number] = ("outside", "low")
    return tuple(marks)


def rare_segment(chart: RareChart, length: int) -> tuple[Segment, tuple[float | None, ...]]:
    """The chart by periods, and the pause that each period ended: the longest where it had several events.

    A period in the course of a pause is a signal from where that is longer than the upper limit.
    """
    pauses: list[float | None] = [None] * length
    marks: list[tuple[SpecialCause, Side | None]] = [("none", None)] * length
    for pause, mark in zip(chart.pauses, chart.marks, strict=True):
        pauses[pause.place] = max(pauses[pause.place] or 0.0, float(pause.length))
        # Of several in one period the strongest mark counts, of equal ones the newest.
        if NAMES.index(mark[0]) >= NAMES.index(marks[pause.place][0]):
            marks[pause.place] = mark
    if chart.upper is not None:
        for pause in chart.pauses:
            since = pause.place - pause.length
            for place in range(since + int(chart.upper) + 1, pause.place):
                marks[place] = ("outside", "high")
    segment = Segment(
        basis=chart.basis,
        centre=chart.centre,
        lower=(chart.lower,) * length,
        upper=(chart.upper,) * length,
        marks=tuple(mark for mark, _ in marks),
        sides=tuple(side for _, side in marks),
        sigma=None,
        count=chart.count,
    )
    return segment, tuple(pauses)


def countable(values: Sequence[float | None]) -> bool:
    """Whether values can be numbers of events."""
    return all(value is None or (value >= 0 and float(value).is_integer()) for value in values)
