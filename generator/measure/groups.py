"""The steps of a map as its log has them: over all, and by pilot, month and value of a dimension.

What looks like a person is no group. Groups of fewer cases than `least` are left out, and as many others as
are needed for it not to follow from the whole less the groups that are told. Source: the computations page,
section 22.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from generator.measure.log_tables import CASES, VISITS
from generator.measure.map_log import MapLog, Row, day_of, number_of, rows_of, spread, time_of, whole_of
from generator.measure.periods import periods_by
from generator.measure.proposed_lanes import looks_like_a_person
from generator.measure.told import told_of
from generator.measure.ways import GroupColumn, variants_by, ways_by
from generator.model.calendar import Calendar
from generator.model.measured import MeasuredGroup, MeasuredStep

MOST_GROUPS = 200
BOTH_KNOWN = "v.wait is not null and v.touch is not null"


def steps_of_map(log: MapLog) -> tuple[list[MeasuredStep], int]:
    """Every step of the map that enough cases came to, in its order; and how many others there are."""
    sql = f"select {_figures_of_steps()} from {VISITS} as v where v.{log.ours} group by v.step"
    rows = [row for row in rows_of(log, sql) if str(row[0]) in _places(log)]
    told = [row for row in rows if whole_of(row[2]) >= log.least]
    return _in_order(log, told), len(rows) - len(told)


def groups_of(log: MapLog, calendar: Calendar, until: date) -> tuple[list[MeasuredGroup], int]:
    """Pilots, months and values of dimensions with their figures; and how many are too small to be told."""
    found, small = [], 0
    month = "cast(date_trunc('month', c.t1) as date)"
    for by, value in [("period", month), *((name, f'c."{name}"') for name in log.tables.dimensions)]:
        sql = (
            f"select {value}, sum(case when c.most = 1 then 1 else 0 end), {spread('c.w1 - c.w0')}"
            f" from {CASES} as c where c.{log.ours} and c.ended = 1 group by {value}"
        )
        rows = {row[0]: row for row in rows_of(log, sql)}
        people = {name for name in rows if by not in ("period", "pilot") and looks_like_a_person(str(name))}
        told = told_of({name: whole_of(row[2]) for name, row in rows.items()}, log.least, people)
        small += len(rows) - len(told) - (None in rows)
        steps, more = _steps_by(log, by, value), _more_by(log, by, value)
        column = GroupColumn(value, done=by == "period")
        taken = ways_by(log, column, told)
        commonest = variants_by(log, column, {name: whole_of(rows[name][2]) for name in told})
        months = {} if by == "period" else periods_by(log, column, calendar, until, told)
        # Sorted here: databases order letters by their own language.
        for name in sorted(told, key=str):
            row = rows[name]
            time = time_of(row[2:], log.least)
            if time is None:
                continue
            waited, worked, machines, visits, off, handed, cases = map(number_of, more[name][1:8])
            found.append(
                MeasuredGroup(
                    by=by,
                    value=str(calendar.of(day_of(name), "month")) if by == "period" else str(name),
                    throughput=time,
                    first_pass=round(whole_of(row[1]) / time.n, 6),
                    waiting_share=round(waited / worked, 6) if worked else None,
                    automation=round(machines / visits, 6) if visits else None,
                    follows=round(1 - off / cases, 6),
                    hand_overs=round(handed / cases, 6),
                    steps=tuple(_in_order(log, steps[name])),
                    ways=tuple(taken.get(name, ())),
                    variants=tuple(commonest.get(name, ())),
                    periods=tuple(months.get(name, ())),
                )
            )
    return found[:MOST_GROUPS], small


def _steps_by(log: MapLog, by: str, value: str) -> dict[object, list[Row]]:
    """Group → rows of its steps; of a step only the groups that enough cases of came to."""
    done = " and c.ended = 1" if by == "period" else ""
    sql = (
        f"select {_figures_of_steps()}, {value} from {VISITS} as v join {CASES} as c on c.k = v.k"
        f" where v.{log.ours}{done} group by v.step, {value}"
    )
    of_steps: dict[str, dict[object, Row]] = defaultdict(dict)
    for row in rows_of(log, sql):
        of_steps[str(row[0])][row[-1]] = row
    found: dict[object, list[Row]] = defaultdict(list)
    for step, rows in of_steps.items():
        if step in _places(log):
            for name in told_of({name: whole_of(row[2]) for name, row in rows.items()}, log.least):
                found[name].append(rows[name])
    return found


def _more_by(log: MapLog, by: str, value: str) -> dict[object, Row]:
    """Group → what its visits come to: wait, wait and work, by machines, departures, hand-overs, cases."""
    lanes = [f"when {_text(step.id)} then {_text(step.lane)}" for step in log.drawn.steps if step.lane]
    before, own = (f"(case {name} {' '.join(lanes)} else null end)" for name in ("v.before", "v.step"))
    handed = f"sum(case when {before} <> {own} then 1 else 0 end)" if lanes else "0"
    done = " and c.ended = 1" if by == "period" else ""
    sums = (
        f"sum(case when {BOTH_KNOWN} then v.wait end), sum(case when {BOTH_KNOWN} then v.wait + v.touch end),"
        f" sum(v.machine), count(v.machine), count(distinct case when c.off > 0 then c.k end),"
        f" {handed}, count(distinct c.k)"
    )
    sql = (
        f"select {value}, {sums} from {VISITS} as v join {CASES} as c on c.k = v.k"
        f" where v.{log.ours}{done} group by {value}"
    )
    return {row[0]: row for row in rows_of(log, sql)}


def _figures_of_steps() -> str:
    return (
        "v.step, count(*), count(distinct v.k), sum(case when v.pass > 1 then 1 else 0 end), sum(v.machine),"
        f" count(v.machine), {spread('v.touch')}, {spread('v.wait')}, {spread('v.total')}"
    )


def _places(log: MapLog) -> dict[str, int]:
    return {step.id: place for place, step in enumerate(log.drawn.steps)}


def _in_order(log: MapLog, rows: Iterable[Row]) -> list[MeasuredStep]:
    places = _places(log)
    return sorted((_step(row, log.least) for row in rows), key=lambda step: places[step.id])


def _step(row: Row, least: int) -> MeasuredStep:
    visits = whole_of(row[1])
    return MeasuredStep(
        id=str(row[0]),
        visits=visits,
        cases=whole_of(row[2]),
        touch=time_of(row[6:11], least),
        wait=time_of(row[11:16], least),
        total=time_of(row[16:21], least),
        repeats=round(whole_of(row[3]) / visits, 6),
        machines=round(whole_of(row[4]) / whole_of(row[5]), 6) if whole_of(row[5]) else None,
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
