"""`handbook new process --from-log`: a process from a log, for somebody to edit: steps, lanes and ways.

The commonest variants that together are four of five cases give the steps and their order; ways that fewer
than one in twenty of a step's cases take are left out, except the commonest way to a step or on from it, so
that what is proposed passes the check. Lanes are roles and units, never people: see `proposed_lanes`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.collect.connection import Connection
from generator.collect.fault import SourceFaultError
from generator.exchange.readable_id import slug, unique
from generator.measure.log_tables import BETWEEN, LogTables
from generator.measure.proposed_lanes import LaneRows, lanes_of
from generator.measure.working_time import WorkingTime
from generator.model.exact import counted

ENOUGH, RARE = 0.8, 0.05
MOST_STEPS = 60
Variant = tuple[tuple[str, ...], int]
Pairs = Mapping[str, Counter[str]]
"""How often one step follows another; empty before the first and after the last."""


@dataclass(frozen=True, slots=True)
class MapProposal:
    """What a log proposes."""

    process: dict[str, object]
    """A process file as plain values."""
    cases: int
    variants: int
    """How many different ways the cases take."""
    shown: int
    """Of these, the commonest that the map rests on."""
    covered: float
    """Share of the cases that take them."""
    lanes: tuple[str, ...]
    """What the lanes are called; empty where the log names no roles."""
    lanes_from: str | None
    """The column that names them."""


def proposed(
    connection: Connection, query: str, place: str, id_: str, lanes_from: str | None = None
) -> MapProposal:
    """A process of the log; `lanes_from` is the column with who does a step. SourceFaultError in words."""
    tables = LogTables(connection, place)
    tables.read(query, ())
    tables.span()
    tables.events({}, (), WorkingTime((), ()))
    tables.visits(None)
    ways = tables.ask(
        f"select way, count(*) as n from (select k, string_agg(step, '{BETWEEN}' order by nr) as way"
        " from handbook_visits group by k) as c group by way order by n desc, way"
    )
    if not ways:
        raise SourceFaultError(f"{place}: the log has no event with a case and an activity")
    variants = [(tuple(part[1:] for part in str(way).split(BETWEEN)), int(str(n))) for way, n in ways]
    whole = counted(n for _, n in variants)
    chosen, number = [], 0
    for way, n in variants:
        chosen.append((way, n))
        number += n
        if number >= ENOUGH * whole:
            break
    names = _order(chosen)[:MOST_STEPS]
    lanes = lanes_of(tables, names, lanes_from)
    return MapProposal(
        _process(chosen, names, lanes, id_),
        cases=whole,
        variants=len(variants),
        shown=len(chosen),
        covered=number / whole,
        lanes=tuple(dict.fromkeys(lanes.lanes.values())) if lanes.column else (),
        lanes_from=lanes.column,
    )


def _process(chosen: Sequence[Variant], names: list[str], lanes: LaneRows, id_: str) -> dict[str, object]:
    names, kept = _connected(chosen, names)
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = unique(slug(name) or "step", (*ids.values(), "start", "end"))
    lane_ids: dict[str, str] = {}
    for name in dict.fromkeys(lanes.lanes[one] for one in names):
        lane_ids[name] = unique(slug(name) or "lane", lane_ids.values())
    place = {name: number for number, name in enumerate(names)}
    steps: list[dict[str, object]] = []
    for before in ["", *names]:
        lane = lane_ids[lanes.lanes[before or names[0]]]
        step: dict[str, object] = (
            {"id": ids[before], "lane": lane, "name": before}
            if before
            else {"id": "start", "event": "start", "lane": lane}
        )
        steps.append(step)
        links = [
            {"to": ids.get(after, "end"), "share": share}
            | ({"rework": True} if before and after and place[after] <= place[before] else {})
            for after, share in kept[before].items()
        ]
        if len(links) == 1:
            step["next"] = [str(links[0]["to"])]
            continue
        gate = unique(f"{step['id']}-ways", (*ids.values(), "start", "end"))
        step["next"] = [gate]
        steps.append({"id": gate, "gateway": "xor", "lane": lane, "next": links})
    last = next((name for name in reversed(names) if "" in kept[name]), names[-1])
    steps.append({"id": "end", "event": "end", "lane": lane_ids[lanes.lanes[last]]})
    listed = [{"id": lane, "name": name} for name, lane in lane_ids.items()]
    return {"id": id_, "name": id_, "lanes": listed, "maps": {"as_is": {"steps": steps}}}


def _connected(chosen: Sequence[Variant], names: list[str]) -> tuple[list[str], dict[str, dict[str, float]]]:
    """The steps that a case can come to and go on from, and the ways between them with their shares."""
    while True:
        pairs = _pairs(chosen, names)
        drawn = {before: set(_common(pairs[before])) for before in ["", *names]}
        reached, ending = _joined(pairs, drawn), _joined(_backwards(pairs), drawn, backwards=True)
        sound = [name for name in names if name in reached and name in ending]
        if len(sound) == len(names):
            return names, {before: _shares(pairs[before], drawn[before]) for before in drawn}
        names = sound


def _pairs(chosen: Sequence[Variant], names: Sequence[str]) -> dict[str, Counter[str]]:
    known = set(names)
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for way, n in chosen:
        kept = [name for name in way if name in known]
        if kept:
            for before, after in zip(["", *kept], [*kept, ""], strict=True):
                pairs[before][after] += n
    return pairs


def _backwards(pairs: Pairs) -> dict[str, Counter[str]]:
    turned: dict[str, Counter[str]] = defaultdict(Counter)
    for before, leaving in pairs.items():
        for after, n in leaving.items():
            turned[after][before] += n
    return turned


def _joined(pairs: Pairs, drawn: dict[str, set[str]], *, backwards: bool = False) -> set[str]:
    """The steps that hang together with the start (or the end); ways that were too rare are drawn for it."""
    found: set[str] = set()
    waiting = [""]
    while True:
        while waiting:
            at = waiting.pop()
            near = {one for one in drawn if at in drawn[one]} if backwards else drawn.get(at, set())
            fresh = {one for one in near if one} - found
            found |= fresh
            waiting += sorted(fresh)
        lost = [
            (n, before, after)
            for before in ["", *sorted(found)]
            for after, n in pairs.get(before, Counter()).items()
            if after and after not in found
        ]
        if not lost:
            return found
        _, before, after = max(lost, key=lambda one: (one[0], one[1], one[2]))
        first, second = (after, before) if backwards else (before, after)
        drawn[first].add(second)
        waiting = [before]


def _common(leaving: Counter[str]) -> list[str]:
    whole = counted(leaving.values())
    return [after for after, n in leaving.most_common() if n >= RARE * whole]


def _shares(leaving: Counter[str], drawn: set[str]) -> dict[str, float]:
    """Shares of the ways that are drawn, in hundredths that total 1; a way that is drawn has one at least."""
    kept = {after: n for after, n in leaving.most_common() if after in drawn}
    number = counted(kept.values())
    parts = {after: max(round(100 * n / number), 1) for after, n in kept.items()}
    first = next(iter(parts))
    parts[first] += 100 - counted(parts.values())
    return {after: part / 100 for after, part in parts.items()}


def _order(chosen: Sequence[Variant]) -> list[str]:
    """Names by where they first stand on average, over the chosen cases."""
    sums: Counter[str] = Counter()
    often: Counter[str] = Counter()
    for way, n in chosen:
        for name in dict.fromkeys(way):
            sums[name] += n * way.index(name)
            often[name] += n
    return sorted(often, key=lambda name: (sums[name] / often[name], -often[name], name))
