"""The figures of one map from the tables of its log: times, visits, ways, variants, queues, groups.

Every figure is one query with grouped rows; nothing of a size with the log comes back. What fewer cases than
`least` stand behind is left out here, before anything is written.
"""

from __future__ import annotations

from datetime import date

from generator.measure.groups import groups_of, steps_of_map
from generator.measure.log_tables import CASES, OFF_THE_MAP, VISITS
from generator.measure.map_log import (
    MapLog,
    day_of,
    hours_of,
    number_of,
    one_row,
    rows_of,
    spread,
    time_of,
    whole_of,
)
from generator.measure.periods import BOTH_KNOWN, periods
from generator.measure.ways import detours, hand_overs, variants, ways
from generator.model.calendar import Calendar
from generator.model.measured import (
    MeasuredMap,
    MeasuredTime,
    Unmapped,
)

MOST_UNMAPPED = 12


def measured_map(log: MapLog, calendar: Calendar, until: date) -> MeasuredMap | None:
    """Everything of one map; None where no case belongs to it, or too few."""
    cases, ended, begun, off = one_row(
        log, f"select count(*), sum(ended), min(t0), sum(case when off > 0 then 1 else 0 end) from {CASES}"
    )
    if not cases or whole_of(cases) < max(log.least, 1):
        return None
    number, done = whole_of(cases), whole_of(ended)
    steps, few = steps_of_map(log)
    common, count, rare = variants(log, done)
    groups, small = groups_of(log, calendar, until)
    way_list, untold = ways(log)
    seen = {step.id for step in steps}
    return MeasuredMap(
        map=log.name,
        since=day_of(begun),
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
        follows=round(1 - whole_of(off) / number, 6),
        steps=tuple(steps),
        unseen=tuple(
            step.id for step in log.drawn.steps if not (step.event or step.gateway) and step.id not in seen
        ),
        unmapped=_unmapped(log),
        ways=tuple(way_list),
        untold=tuple(untold),
        variants=tuple(common),
        variant_count=count,
        detours=detours(log, number),
        hand_overs=hand_overs(log, number),
        periods=periods(log, calendar, until),
        groups=tuple(groups),
        withheld=few + rare + small,
    )


def _throughput(log: MapLog) -> MeasuredTime | None:
    return time_of(
        one_row(log, f"select {spread('w1 - w0')} from (select * from {CASES} where ended = 1) as c")
    )


def _deciles(log: MapLog) -> tuple[float, ...]:
    parts = ", ".join(f"quantile_cont(w1 - w0, {n / 10})" for n in range(1, 10))
    row = one_row(log, f"select {parts} from (select * from {CASES} where ended = 1) as c")
    return tuple(map(hours_of, row))


def _open_for(log: MapLog) -> float:
    """Half of the open cases have been under way for at most so long when the log ends."""
    sql = (
        f"select quantile_cont(top.w - c.w0, 0.5) from {CASES} as c cross join"
        f" (select max(w1) as w from {CASES}) as top where c.ended = 0 and c.{log.ours}"
    )
    return hours_of(rows_of(log, sql)[0][0])


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
    found = rows_of(log, sql)[0][0]
    return hours_of(found) if found is not None else None


def _share(log: MapLog, part: str, whole: str) -> float | None:
    row = one_row(
        log,
        f"select sum(case when {part} then 1 else 0 end), sum(case when {whole} then 1 else 0 end)"
        f" from {CASES}",
    )
    return round(whole_of(row[0]) / whole_of(row[1]), 6) if whole_of(row[1]) else None


def _waiting(log: MapLog) -> float | None:
    """Of the visits of which both are known, as in the results of an indicator."""
    parts = (f"sum(case when {BOTH_KNOWN} then {part} end)" for part in ("wait", "wait + touch"))
    row = one_row(log, f"select {', '.join(parts)} from {VISITS}")
    return round(number_of(row[0]) / number_of(row[1]), 6) if number_of(row[1]) else None


def _automation(log: MapLog) -> float | None:
    row = one_row(log, f"select sum(machine), count(machine) from {VISITS}")
    return round(whole_of(row[0]) / whole_of(row[1]), 6) if whole_of(row[1]) else None


def _unmapped(log: MapLog) -> tuple[Unmapped, ...]:
    known = {step.id for step in log.drawn.steps}
    sql = (
        f"select step, count(*), count(distinct k) from {VISITS} where {log.ours} group by step"
        " order by count(*) desc, step"
    )
    return tuple(
        Unmapped(activity=str(row[0]).removeprefix(OFF_THE_MAP), n=whole_of(row[1]))
        for row in rows_of(log, sql)
        if str(row[0]) not in known and whole_of(row[2]) >= log.least
    )[:MOST_UNMAPPED]
