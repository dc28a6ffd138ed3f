"""What came and went by the month, of all cases of a map and of its groups: arrivals, what was done, queues.

A case stands in the queue of its next step from the end before it to its start.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.measure.log_tables import CASES, VISITS
from generator.measure.map_log import DIGITS, HOUR, MapLog, day_of, number_of, rows_of, whole_of
from generator.measure.told import told_cells, told_of
from generator.measure.ways import GroupColumn
from generator.model.calendar import Calendar
from generator.model.measured import MeasuredGroupMonth, MeasuredPeriod, MeasuredShare

BOTH_KNOWN = "wait is not null and touch is not null"


@dataclass(frozen=True)
class _Month:
    """What came and went in a month, and what was there at its end."""

    day: date
    came: int
    done: int
    under_way: int
    waiting: dict[str, int]
    """By step."""


@dataclass(frozen=True)
class _Flows:
    """Month → cases that came and were done; step and month → cases that joined its queue and left it."""

    came: Counter[date] = field(default_factory=Counter)
    done: Counter[date] = field(default_factory=Counter)
    joined: Counter[tuple[str, date]] = field(default_factory=Counter)
    left: Counter[tuple[str, date]] = field(default_factory=Counter)

    def months(self, until: date) -> Iterator[_Month]:
        """From the first one on; without the last ones in which nothing came, went or was under way."""
        found, under_way = [], 0
        waiting: Counter[str] = Counter()
        day = min((*self.came, *self.done), default=None)
        while day is not None and day <= until:
            under_way += self.came[day] - self.done[day]
            for (step, at), n in self.joined.items():
                waiting[step] += n if at == day else 0
            for (step, at), n in self.left.items():
                waiting[step] -= n if at == day else 0
            found.append(_Month(day, self.came[day], self.done[day], under_way, dict(waiting)))
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        # Of a map that is out of use the log tells nothing more: its last months are not rows of zeros.
        while found and not (found[-1].came or found[-1].done or found[-1].under_way):
            found.pop()
        return iter(found)


def periods(log: MapLog, calendar: Calendar, until: date) -> tuple[MeasuredPeriod, ...]:
    """By the month: what came, what was done, what was under way and what waited at its end."""
    waited, by_machines = (
        _worked(log, BOTH_KNOWN, "wait", "wait + touch"),
        _worked(log, "machine is not null", "machine", "1"),
    )
    return tuple(
        MeasuredPeriod(
            period=calendar.of(month.day, "month"),
            arrivals=month.came,
            ended=month.done,
            in_progress=month.under_way,
            queues={step: n for step, n in sorted(month.waiting.items()) if n >= max(log.least, 1)},
            waiting=_share_of(waited.get(month.day), HOUR),
            machines=_share_of(by_machines.get(month.day)),
        )
        for month in _flows_by(log, None)[None].months(until)
    )


def periods_by(
    log: MapLog, column: GroupColumn, calendar: Calendar, until: date, told: Collection[object]
) -> dict[object, list[MeasuredGroupMonth]]:
    """Group → its months, of which what came and went may be told; of a queue only the groups that may be."""
    months = {
        (name, month.day): month
        for name, flows in _flows_by(log, column).items()
        for month in flows.months(until)
    }
    queues: dict[tuple[str, date], dict[object, int]] = defaultdict(dict)
    for (name, day), month in months.items():
        for step, n in month.waiting.items():
            queues[step, day][name] = n
    waiting: dict[tuple[object, date], dict[str, int]] = defaultdict(dict)
    for (step, day), own in sorted(queues.items()):
        for name in told_of(own, log.least):
            waiting[name, day][step] = own[name]
    numbers = {cell: (month.came, month.done) for cell, month in months.items()}
    found: dict[object, list[MeasuredGroupMonth]] = defaultdict(list)
    for name, day in sorted(told_cells(numbers, log.least, told), key=lambda cell: cell[1]):
        came, done = numbers[name, day]
        found[name].append(
            MeasuredGroupMonth(
                period=calendar.of(day, "month"), arrivals=came, ended=done, queues=waiting[name, day]
            )
        )
    return found


def _flows_by(log: MapLog, column: GroupColumn | None) -> dict[object, _Flows]:
    """By group; without a column all cases are one."""
    found: dict[object, _Flows] = defaultdict(_Flows)
    for name, _, day, n in _by_month(log, column, CASES, "''", "t0"):
        found[name].came[day] += n
    for name, _, day, n in _by_month(log, column, CASES, "''", "t1", "ended = 1"):
        found[name].done[day] += n
    for name, step, day, n in _by_month(log, column, VISITS, "step", "tprev", "wait is not null"):
        found[name].joined[step, day] += n
    for name, step, day, n in _by_month(log, column, VISITS, "step", "s", "wait is not null"):
        found[name].left[step, day] += n
    return found


def _by_month(
    log: MapLog, column: GroupColumn | None, table: str, step: str, moment: str, only: str = "1 = 1"
) -> Iterator[tuple[object, str, date, int]]:
    """Group, step, month and how many rows have their moment in it."""
    month = "cast(date_trunc('month', w.moment) as date)"
    more = f", {column.value}" if column else ""
    joined = f" join {CASES} as c on c.k = w.k" if column else ""
    sql = (
        f"select w.step, {month}, count(*){more}"
        f" from (select k, {step} as step, {moment} as moment from {table} where {log.ours} and {only}) as w"
        f"{joined} group by w.step, {month}{more}"
    )
    for name, day, n, *group in rows_of(log, sql):
        if isinstance(day, date | datetime):
            yield group[0] if group else None, str(name), day_of(day).replace(day=1), whole_of(n)


def _worked(log: MapLog, known: str, part: str, whole: str) -> dict[date, tuple[int, float, float]]:
    """Month in which the work was → cases, a part of it and all of it; without months of too few cases."""
    month = "cast(date_trunc('month', t) as date)"
    sql = (
        f"select {month}, count(distinct k), sum({part}), sum({whole}) from {VISITS}"
        f" where {log.ours} and {known} group by {month}"
    )
    return {
        day_of(day): (whole_of(cases), number_of(some), number_of(every))
        for day, cases, some, every in rows_of(log, sql)
        if whole_of(cases) >= max(log.least, 1)
    }


def _share_of(counted: tuple[int, float, float] | None, unit: int = 1) -> MeasuredShare | None:
    if counted is None or not counted[2]:
        return None
    cases, some, every = counted
    return MeasuredShare(cases=cases, share=round(some / every, 6), whole=round(every / unit, DIGITS))
