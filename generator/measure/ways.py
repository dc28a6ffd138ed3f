"""The ways that cases take: shares at gateways, variants, departures from the map, hand-overs.

Ways and variants are asked for over all cases of a map, and once more with a group among the columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.measure.log_tables import BETWEEN, CASES, OFF_THE_MAP, VISITS
from generator.measure.map_graph import MapGraph, WaysOut
from generator.measure.map_log import MapLog, Row, hours_of, one_row, rows_of, whole_of
from generator.measure.told import told_by_all
from generator.model.exact import counted
from generator.model.measured import Detour, DetourKind, HandOver, MeasuredVariant, MeasuredWay

MOST_VARIANTS, MOST_DETOURS = 10, 12
MOST_VARIANTS_OF_GROUP = 3
_Pair = tuple[str, str, int, int]


@dataclass(frozen=True)
class GroupColumn:
    """A column that tells cases apart: SQL over the cases, called c."""

    value: str
    done: bool
    """Only cases that are done have it: the month in which they were."""


def _pairs(log: MapLog) -> list[_Pair]:
    return _pairs_by(log, None)[None]


def _pairs_by(log: MapLog, column: GroupColumn | None) -> dict[object, list[_Pair]]:
    """Before, after, how often, in how many cases; empty at the start, and at the end of a done case.

    By group; without a column all cases are one.
    """
    more = f", {column.value}" if column else ""
    joined = f" join {CASES} as c on c.k = v.k" if column else ""
    done = " and c.ended = 1" if column and column.done else ""
    sql = (
        f"select coalesce(v.before, ''), v.step, count(*), count(distinct v.k){more}"
        f" from {VISITS} as v{joined} where v.{log.ours}{done} group by coalesce(v.before, ''), v.step{more}"
        f" union all select c.last, '', count(*), count(*){more}"
        f" from {CASES} as c where c.{log.ours} and c.ended = 1 group by c.last{more}"
    )
    found: dict[object, list[_Pair]] = defaultdict(list)
    for a, b, n, k, *group in rows_of(log, sql):
        found[group[0] if group else None].append((str(a), str(b), whole_of(n), whole_of(k)))
    for pairs in found.values():
        pairs.sort()
    return found


def ways(log: MapLog) -> tuple[list[MeasuredWay], list[str]]:
    """Shares at gateways, and the gateways whose ways cannot be told apart."""
    found: list[MeasuredWay] = []
    pairs = _pairs(log)
    for gate in log.graph.ways_out:
        numbers = _taken(gate, pairs)
        if any(numbers) and all(not n or n >= log.least for n in numbers):
            found += _ways_of(gate, numbers)
    return found, [gate.gateway for gate in log.graph.ways_out if not gate.told_apart]


def ways_by(log: MapLog, column: GroupColumn, told: Collection[object]) -> dict[object, list[MeasuredWay]]:
    """Group → its shares at gateways; of a gateway only the groups that may be told of every way."""
    by_group = _pairs_by(log, column)
    found: dict[object, list[MeasuredWay]] = defaultdict(list)
    for gate in log.graph.ways_out:
        numbers = {name: _taken(gate, pairs) for name, pairs in by_group.items()}
        for name in told_by_all(numbers, log.least, told):
            found[name] += _ways_of(gate, numbers[name])
    return found


def _taken(gate: WaysOut, pairs: list[_Pair]) -> list[int]:
    """How many passages took each way; nothing where ways cannot be told apart."""
    if not gate.told_apart:
        return []
    return [
        counted(n for a, b, n, _ in pairs if a in gate.before and b in targets) for _, targets in gate.ways
    ]


def _ways_of(gate: WaysOut, numbers: list[int]) -> list[MeasuredWay]:
    whole = counted(numbers)
    return [
        MeasuredWay(gateway=gate.gateway, to=to, n=n, share=round(n / whole, 6))
        for (to, _), n in zip(gate.ways, numbers, strict=True)
    ]


def variants(log: MapLog, done: int) -> tuple[list[MeasuredVariant], int, int]:
    """The commonest, how many different ones there are, and how many were too rare to tell."""
    rows = _variant_rows(log, None, MOST_VARIANTS)
    count = one_row(log, f"select count(distinct way) from (select * from {CASES} where ended = 1) as c")[0]
    told = [_variant(row, done) for row in rows if whole_of(row[2]) >= max(log.least, 1)]
    return told, whole_of(count), len(rows) - len(told)


def variants_by(
    log: MapLog, column: GroupColumn, done: Mapping[object, int]
) -> dict[object, list[MeasuredVariant]]:
    """Group that is told, with its cases that are done → its commonest variants."""
    of_ways: dict[str, dict[object, Row]] = defaultdict(dict)
    for row in _variant_rows(log, column, MOST_VARIANTS_OF_GROUP):
        of_ways[str(row[1])][row[0]] = row
    rows: dict[object, list[Row]] = defaultdict(list)
    for own in of_ways.values():
        for name in told_by_all({name: [whole_of(row[2])] for name, row in own.items()}, log.least, done):
            if whole_of(own[name][5]) <= MOST_VARIANTS_OF_GROUP:
                rows[name].append(own[name])
    return {
        name: [_variant(row, done[name]) for row in sorted(own, key=lambda row: whole_of(row[5]))]
        for name, own in rows.items()
    }


def _variant_rows(log: MapLog, column: GroupColumn | None, most: int) -> list[tuple[object, ...]]:
    """Group, way, cases, departures, the middle, place: of the ways that are among a group's commonest."""
    own = column.value if column else "''"
    by = ", ".join([*([own] if column else []), "c.way"])
    sql = (
        f"with one as (select {own} as g, c.way as way, count(*) as n, max(c.off) as off,"
        f" quantile_cont(c.w1 - c.w0, 0.5) as half from {CASES} as c where c.{log.ours} and c.ended = 1"
        f" group by {by}),"
        " placed as (select *, row_number() over (partition by g order by n desc, way) as place from one)"
        f" select g, way, n, off, half, place from placed"
        f" where way in (select way from placed where place <= {most}) order by place, way"
    )
    return rows_of(log, sql)


def _variant(row: Row, done: int) -> MeasuredVariant:
    return MeasuredVariant(
        steps=tuple(str(row[1]).split(BETWEEN)),
        cases=whole_of(row[2]),
        share=round(whole_of(row[2]) / done, 6),
        median=hours_of(row[4]),
        follows=whole_of(row[3]) == 0,
    )


def detours(log: MapLog, cases: int) -> tuple[Detour, ...]:
    """Departures from the map, the commonest first."""
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


def hand_overs(log: MapLog, cases: int) -> tuple[HandOver, ...]:
    """Between lanes, the commonest first."""
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
