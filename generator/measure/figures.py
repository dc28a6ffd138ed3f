"""The figures of one map from the tables of its log: times, visits, ways, variants, queues, groups.

Every figure is one query with grouped rows; nothing of a size with the log comes back. What fewer cases than
`least` stand behind is left out here, before anything is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from generator.measure.log_tables import BETWEEN, CASES, OFF_THE_MAP, VISITS, LogTables
from generator.measure.map_graph import MapGraph
from generator.model.calendar import Calendar
from generator.model.exact import counted
from generator.model.measured import (
    Detour,
    DetourKind,
    HandOver,
    MeasuredGroup,
    MeasuredMap,
    MeasuredPeriod,
    MeasuredStep,
    MeasuredTime,
    MeasuredVariant,
    MeasuredWay,
    Unmapped,
)
from generator.model.process import Process, ProcessMap

DIGITS = 4
"""Of hours: about a third of a second. What engines add up in another order differs further behind."""
MOST_VARIANTS, MOST_DETOURS, MOST_GROUPS = 10, 12, 200
Row = Sequence[object]


@dataclass(frozen=True)
class MapLog:
    """A map and its share of a log."""

    process: Process
    name: Literal["as_is", "to_be"]
    drawn: ProcessMap
    graph: MapGraph
    new: int
    """1: cases that began since the to-be map is in use."""
    tables: LogTables
    least: int
    """Fewer cases than this are told of nowhere."""

    @property
    def ours(self) -> str:
        return f"new = {self.new}"


def measured_map(log: MapLog, calendar: Calendar, until: date) -> MeasuredMap | None:
    """Everything of one map; None where no case belongs to it, or too few."""
    cases, ended, begun, off = _one(
        log, f"select count(*), sum(ended), min(t0), sum(case when off > 0 then 1 else 0 end) from {CASES}"
    )
    if not cases or _whole(cases) < max(log.least, 1):
        return None
    number, done = _whole(cases), _whole(ended)
    steps, few = _steps(log)
    variants, count, rare = _variants(log, done)
    groups, small = _groups(log, calendar)
    ways, untold = _ways(log)
    seen = {step.id for step in steps}
    return MeasuredMap(
        map=log.name,
        since=_day(begun),
        until=until,
        cases=number,
        ended=done,
        open=number - done,
        open_h=_open_for(log) if number > done else None,
        throughput=_throughput(log) if done >= max(log.least, 1) else None,
        deciles=_deciles(log) if done >= max(log.least, 10) else (),
        with_open=_with_open(log),
        first_pass=_share(log, "ended = 1 and most = 1", "ended = 1") if done else None,
        waiting_share=_waiting(log),
        automation=_automation(log),
        follows=round(1 - _whole(off) / number, 6),
        steps=tuple(steps),
        unseen=tuple(
            step.id for step in log.drawn.steps if not (step.event or step.gateway) and step.id not in seen
        ),
        unmapped=_unmapped(log),
        ways=tuple(ways),
        untold=tuple(untold),
        variants=tuple(variants),
        variant_count=count,
        detours=_detours(log, number),
        hand_overs=_hand_overs(log, number),
        periods=_periods(log, calendar, until),
        groups=tuple(groups),
        withheld=few + rare + small,
    )


def _rows(log: MapLog, sql: str) -> list[tuple[object, ...]]:
    return log.tables.ask(sql)


def _one(log: MapLog, sql: str) -> tuple[object, ...]:
    return _rows(log, f"{sql} where {log.ours}")[0]


def _spread(value: str) -> str:
    """Columns of a time: how many, mean, standard deviation, median, nine in ten."""
    return (
        f"count({value}), avg({value}), stddev_samp({value}), quantile_cont({value}, 0.5),"
        f" quantile_cont({value}, 0.9)"
    )


def _time(row: Row, least: int = 1) -> MeasuredTime | None:
    n = _whole(row[0])
    if n < max(least, 1):
        return None
    return MeasuredTime(
        n=n, mean=_hours(row[1]), sd=_hours(row[2]) if row[2] is not None else 0.0, median=_hours(row[3]),
        p90=_hours(row[4]),
    )  # fmt: skip


def _throughput(log: MapLog) -> MeasuredTime | None:
    return _time(_one(log, f"select {_spread('w1 - w0')} from (select * from {CASES} where ended = 1) as c"))


def _deciles(log: MapLog) -> tuple[float, ...]:
    parts = ", ".join(f"quantile_cont(w1 - w0, {n / 10})" for n in range(1, 10))
    row = _one(log, f"select {parts} from (select * from {CASES} where ended = 1) as c")
    return tuple(map(_hours, row))


def _open_for(log: MapLog) -> float:
    """Half of the open cases have been under way for at most so long when the log ends."""
    sql = (
        f"select quantile_cont(top.w - c.w0, 0.5) from {CASES} as c cross join"
        f" (select max(w1) as w from {CASES}) as top where c.ended = 0 and c.{log.ours}"
    )
    return _hours(_rows(log, sql)[0][0])


def _with_open(log: MapLog) -> float | None:
    """The median of all cases: open ones took at least so long as they have been under way.

    Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53.
    """
    sql = (
        "with lives as (select case when c.ended = 1 then c.w1 - c.w0 else top.w - c.w0 end as life, c.ended"
        f" from {CASES} as c cross join (select max(w1) as w from {CASES}) as top where c.{log.ours}),"
        " steps as (select life, sum(ended) as d, count(*) as n from lives group by life),"
        " risk as (select life, d, sum(n) over (order by life desc) as r from steps),"
        " kept as (select life, sum(case when r > d then ln(1.0 - d * 1.0 / r) else -1000 end)"
        " over (order by life) as s from risk)"
        " select min(life) from kept where s <= ln(0.5) + 0.000000001"
    )
    found = _rows(log, sql)[0][0]
    return _hours(found) if found is not None else None


def _share(log: MapLog, part: str, whole: str) -> float | None:
    row = _one(
        log,
        f"select sum(case when {part} then 1 else 0 end), sum(case when {whole} then 1 else 0 end)"
        f" from {CASES}",
    )
    return round(_whole(row[0]) / _whole(row[1]), 6) if _whole(row[1]) else None


def _waiting(log: MapLog) -> float | None:
    row = _one(log, f"select sum(wait), sum(case when wait is not null then touch end) from {VISITS}")
    if row[0] is None or row[1] is None or not _number(row[0]) + _number(row[1]):
        return None
    return round(_number(row[0]) / (_number(row[0]) + _number(row[1])), 6)


def _automation(log: MapLog) -> float | None:
    row = _one(log, f"select sum(machine), count(machine) from {VISITS}")
    return round(_whole(row[0]) / _whole(row[1]), 6) if _whole(row[1]) else None


def _steps(log: MapLog) -> tuple[list[MeasuredStep], int]:
    sql = (
        "select step, count(*), count(distinct k), sum(case when pass > 1 then 1 else 0 end), sum(machine),"
        f" count(machine), {_spread('touch')}, {_spread('wait')}, {_spread('total')}"
        f" from {VISITS} where {log.ours} group by step order by step"
    )
    known = {step.id: place for place, step in enumerate(log.drawn.steps)}
    found, few = [], 0
    for row in _rows(log, sql):
        id_, visits, cases = str(row[0]), _whole(row[1]), _whole(row[2])
        if id_ not in known:
            continue
        if cases < log.least:
            few += 1
            continue
        found.append(
            MeasuredStep(
                id=id_,
                visits=visits,
                cases=cases,
                touch=_time(row[6:11], log.least),
                wait=_time(row[11:16], log.least),
                total=_time(row[16:21], log.least),
                repeats=round(_whole(row[3]) / visits, 6),
                machines=round(_whole(row[4]) / _whole(row[5]), 6) if _whole(row[5]) else None,
            )
        )
    return sorted(found, key=lambda step: known[step.id]), few


def _unmapped(log: MapLog) -> tuple[Unmapped, ...]:
    known = {step.id for step in log.drawn.steps}
    sql = (
        f"select step, count(*), count(distinct k) from {VISITS} where {log.ours} group by step"
        " order by count(*) desc, step"
    )
    return tuple(
        Unmapped(activity=str(row[0]).removeprefix(OFF_THE_MAP), n=_whole(row[1]))
        for row in _rows(log, sql)
        if str(row[0]) not in known and _whole(row[2]) >= log.least
    )[:MOST_DETOURS]


def _pairs(log: MapLog) -> list[tuple[str, str, int, int]]:
    """Before, after, how often, in how many cases; empty at the start, and at the end of a done case."""
    sql = (
        "select coalesce(v.before, ''), v.step, count(*), count(distinct v.k)"
        f" from {VISITS} as v where v.{log.ours} group by coalesce(v.before, ''), v.step"
        " union all select c.last, '', count(*), count(*)"
        f" from {CASES} as c where c.{log.ours} and c.ended = 1 group by c.last"
    )
    return sorted((str(a), str(b), _whole(n), _whole(k)) for a, b, n, k in _rows(log, sql))


def _ways(log: MapLog) -> tuple[list[MeasuredWay], list[str]]:
    pairs = _pairs(log)
    found: list[MeasuredWay] = []
    untold = []
    for gate in log.graph.ways_out:
        if not gate.told_apart:
            untold.append(gate.gateway)
            continue
        numbers = [
            counted(n for a, b, n, _ in pairs if a in gate.before and b in targets)
            for _, targets in gate.ways
        ]
        whole = counted(numbers)
        if not whole or min(n or log.least for n in numbers) < log.least:
            continue
        found += [
            MeasuredWay(gateway=gate.gateway, to=to, n=n, share=round(n / whole, 6))
            for (to, _), n in zip(gate.ways, numbers, strict=True)
        ]
    return found, untold


def _variants(log: MapLog, done: int) -> tuple[list[MeasuredVariant], int, int]:
    sql = (
        f"select way, count(*) as n, max(off), quantile_cont(w1 - w0, 0.5) from {CASES}"
        f" where {log.ours} and ended = 1 group by way order by n desc, way limit {MOST_VARIANTS}"
    )
    rows = _rows(log, sql)
    count = _one(log, f"select count(distinct way) from (select * from {CASES} where ended = 1) as c")[0]
    told = [
        MeasuredVariant(
            steps=tuple(str(row[0]).split(BETWEEN)),
            cases=_whole(row[1]),
            share=round(_whole(row[1]) / done, 6),
            median=_hours(row[3]),
            follows=_whole(row[2]) == 0,
        )
        for row in rows
        if _whole(row[1]) >= max(log.least, 1)
    ]
    return told, _whole(count), len(rows) - len(told)


def _detours(log: MapLog, cases: int) -> tuple[Detour, ...]:
    found = []
    for before, after, _, number in _pairs(log):
        kind = _kind(log.graph, before, after)
        if kind is not None and number >= max(log.least, 1):
            found.append(
                Detour(
                    kind=kind,
                    before=before.removeprefix(OFF_THE_MAP) or None,
                    after=after.removeprefix(OFF_THE_MAP) or None,
                    cases=number,
                    share=round(number / cases, 6),
                )
            )
    found.sort(key=lambda one: (-one.cases, one.before or "", one.after or ""))
    return tuple(found[:MOST_DETOURS])


def _kind(graph: MapGraph, before: str, after: str) -> DetourKind | None:
    """What a pair is that the map does not have; None for one that it has."""
    if OFF_THE_MAP in (before[:1], after[:1]):
        return "unknown"
    if not before:
        return None if after in graph.starts else "starts"
    if not after:
        return None if before in graph.ends else "ends"
    if (before, after) in graph.pairs:
        return None
    if after in graph.ahead.get(before, ()):
        return "skips"
    return "back" if before in graph.ahead.get(after, ()) or before == after else "not-linked"


def _hand_overs(log: MapLog, cases: int) -> tuple[HandOver, ...]:
    lane = {step.id: step.lane for step in log.drawn.steps}
    number: Counter[tuple[str, str]] = Counter()
    inside: Counter[tuple[str, str]] = Counter()
    for before, after, n, k in _pairs(log):
        a, b = lane.get(before), lane.get(after)
        if a and b and a != b:
            number[a, b] += n
            inside[a, b] += k
    return tuple(
        HandOver(before=a, after=b, n=n, per_case=round(n / cases, 6))
        for (a, b), n in sorted(number.items(), key=lambda item: (-item[1], item[0]))
        if inside[a, b] >= log.least
    )


def _periods(log: MapLog, calendar: Calendar, until: date) -> tuple[MeasuredPeriod, ...]:
    """By the month: what came, what was done, what was under way and what waited at its end."""

    def by_month(sql: str) -> Counter[tuple[str, date]]:
        found: Counter[tuple[str, date]] = Counter()
        for name, day, n in _rows(log, sql):
            if isinstance(day, date | datetime):
                found[str(name), _day(day).replace(day=1)] += _whole(n)
        return found

    def month(moment: str, name: str, table: str, more: str = "") -> str:
        day = f"cast(date_trunc('month', {moment}) as date)"
        return f"select {name}, {day}, count(*) from {table} where {log.ours}{more} group by {name}, {day}"

    came = by_month(month("t0", "''", CASES))
    done = by_month(month("t1", "''", CASES, " and ended = 1"))
    # A case stands in the queue of its next step from the end before it to its start.
    joined = by_month(month("w.since", "w.step", f"(select step, new, tprev as since from {VISITS}"
                            " where wait is not null) as w"))  # fmt: skip
    left = by_month(month("s", "step", VISITS, " and wait is not null"))
    months = sorted({day for _, day in (*came, *done)})
    if not months:
        return ()
    found, under_way = [], 0
    waiting: Counter[str] = Counter()
    day = months[0]
    while day <= until:
        under_way += came["", day] - done["", day]
        for (step, at), n in joined.items():
            waiting[step] += n if at == day else 0
        for (step, at), n in left.items():
            waiting[step] -= n if at == day else 0
        found.append(
            MeasuredPeriod(
                period=calendar.of(day, "month"),
                arrivals=came["", day],
                ended=done["", day],
                in_progress=under_way,
                queues={step: n for step, n in sorted(waiting.items()) if n >= max(log.least, 1)},
            )
        )
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return tuple(found)


def _groups(log: MapLog, calendar: Calendar) -> tuple[list[MeasuredGroup], int]:
    found, small = [], 0
    month = "cast(date_trunc('month', t1) as date)"
    for by, value in [("period", month), *((name, f'"{name}"') for name in log.tables.dimensions)]:
        sql = (
            f"select {value}, sum(case when most = 1 then 1 else 0 end), {_spread('w1 - w0')} from {CASES}"
            f" where {log.ours} and ended = 1 and {value} is not null group by {value} order by {value}"
        )
        for row in _rows(log, sql):
            time = _time(row[2:], log.least)
            if time is None:
                small += 1
                continue
            named = row[0]
            said = str(calendar.of(_day(named), "month")) if by == "period" else str(named)
            first_pass = round(_whole(row[1]) / time.n, 6)
            found.append(MeasuredGroup(by=by, value=said, throughput=time, first_pass=first_pass))
    return found[:MOST_GROUPS], small


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0


def _whole(value: object) -> int:
    return int(_number(value))


def _hours(value: object) -> float:
    return round(_number(value), DIGITS) + 0.0


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
