"""The ways that cases take: shares at gateways, variants, departures from the map, hand-overs."""

from __future__ import annotations

from collections import Counter

from generator.measure.log_tables import BETWEEN, CASES, OFF_THE_MAP, VISITS
from generator.measure.map_graph import MapGraph
from generator.measure.map_log import MapLog, hours_of, one_row, rows_of, whole_of
from generator.model.exact import counted
from generator.model.measured import Detour, DetourKind, HandOver, MeasuredVariant, MeasuredWay

MOST_VARIANTS, MOST_DETOURS = 10, 12


def _pairs(log: MapLog) -> list[tuple[str, str, int, int]]:
    """Before, after, how often, in how many cases; empty at the start, and at the end of a done case."""
    sql = (
        "select coalesce(v.before, ''), v.step, count(*), count(distinct v.k)"
        f" from {VISITS} as v where v.{log.ours} group by coalesce(v.before, ''), v.step"
        " union all select c.last, '', count(*), count(*)"
        f" from {CASES} as c where c.{log.ours} and c.ended = 1 group by c.last"
    )
    return sorted((str(a), str(b), whole_of(n), whole_of(k)) for a, b, n, k in rows_of(log, sql))


def ways(log: MapLog) -> tuple[list[MeasuredWay], list[str]]:
    """Shares at gateways, and the gateways whose ways cannot be told apart."""
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


def variants(log: MapLog, done: int) -> tuple[list[MeasuredVariant], int, int]:
    """The commonest, how many different ones there are, and how many were too rare to tell."""
    sql = (
        f"select way, count(*) as n, max(off), quantile_cont(w1 - w0, 0.5) from {CASES}"
        f" where {log.ours} and ended = 1 group by way order by n desc, way limit {MOST_VARIANTS}"
    )
    rows = rows_of(log, sql)
    count = one_row(log, f"select count(distinct way) from (select * from {CASES} where ended = 1) as c")[0]
    told = [
        MeasuredVariant(
            steps=tuple(str(row[0]).split(BETWEEN)),
            cases=whole_of(row[1]),
            share=round(whole_of(row[1]) / done, 6),
            median=hours_of(row[3]),
            follows=whole_of(row[2]) == 0,
        )
        for row in rows
        if whole_of(row[1]) >= max(log.least, 1)
    ]
    return told, whole_of(count), len(rows) - len(told)


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
