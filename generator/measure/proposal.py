"""`handbook measure --propose`: a process file from a log, for somebody to edit: steps, lanes and ways.

The commonest variants that together are four of five cases give the steps and their order; ways that fewer
than one in twenty of a step's cases take are left out. Who does most of a step's work gives its lane.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from generator.collect.connection import Connection
from generator.exchange.readable_id import slug, unique
from generator.measure.log_tables import BETWEEN, LogTables
from generator.measure.working_time import WorkingTime
from generator.model.exact import counted

ENOUGH, RARE = 0.8, 0.05
MOST_STEPS = 60


def proposed(connection: Connection, query: str, place: str, id_: str) -> dict[str, object]:
    """A process as plain values of our format."""
    tables = LogTables(connection, place)
    tables.read(query, ())
    tables.span()
    tables.events({}, (), WorkingTime((), ()))
    tables.visits(None)
    ways = tables.ask(
        f"select way, count(*) as n from (select k, string_agg(step, '{BETWEEN}' order by nr) as way"
        " from handbook_visits group by k) as c group by way order by n desc, way"
    )
    variants = [(tuple(part[1:] for part in str(way).split(BETWEEN)), int(str(n))) for way, n in ways]
    whole = counted(n for _, n in variants)
    chosen, number = [], 0
    for way, n in variants:
        chosen.append((way, n))
        number += n
        if number >= ENOUGH * whole:
            break
    return _process(tables, chosen, id_)


def _process(tables: LogTables, chosen: list[tuple[tuple[str, ...], int]], id_: str) -> dict[str, object]:
    names = _order(chosen)[:MOST_STEPS]
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = unique(slug(name) or "step", (*ids.values(), "start", "end"))
    lanes = _lanes(tables, names)
    lane_ids: dict[str, str] = {}
    for name in dict.fromkeys(lanes.values()):
        lane_ids[name] = unique(slug(name) or "lane", lane_ids.values())
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for way, n in chosen:
        kept = [name for name in way if name in ids]
        for before, after in zip(["", *kept], [*kept, ""], strict=True):
            pairs[before][after] += n
    place = {name: number for number, name in enumerate(names)}
    steps: list[dict[str, object]] = []
    for before in ["", *names]:
        leaving = pairs[before]
        kept_ways = _kept(leaving)
        lane = lane_ids[lanes[before or names[0]]]
        step: dict[str, object] = (
            {"id": ids[before], "lane": lane, "name": before}
            if before
            else {"id": "start", "event": "start", "lane": lane}
        )
        links: list[object] = []
        for after, share in kept_ways.items():
            link: dict[str, object] = {"to": ids.get(after, "end")}
            if len(kept_ways) > 1:
                link["share"] = share
            if before and after and place[after] <= place[before]:
                link["rework"] = True
            links.append(link if len(link) > 1 else link["to"])
        if links:
            step["next"] = links
        steps.append(step)
    last = next((name for name in reversed(names) if "" in _kept(pairs[name])), names[-1])
    steps.append({"id": "end", "event": "end", "lane": lane_ids[lanes[last]]})
    listed = [{"id": lane, "name": name} for name, lane in lane_ids.items()]
    return {"id": id_, "name": id_, "lanes": listed, "maps": {"as_is": {"steps": steps}}}


def _kept(leaving: Counter[str]) -> dict[str, float]:
    """The ways worth drawing with their shares, in hundredths that total 1."""
    whole = counted(leaving.values())
    kept = {after: n for after, n in leaving.most_common() if n >= RARE * whole}
    number = counted(kept.values())
    parts = {after: round(100 * n / number) for after, n in kept.items()}
    first = next(iter(parts), None)
    if first is not None:
        parts[first] += 100 - counted(parts.values())
    return {after: part / 100 for after, part in parts.items() if part > 0}


def _order(chosen: list[tuple[tuple[str, ...], int]]) -> list[str]:
    """Names by where they first stand on average, over the chosen cases."""
    sums: Counter[str] = Counter()
    often: Counter[str] = Counter()
    for way, n in chosen:
        for name in dict.fromkeys(way):
            sums[name] += n * way.index(name)
            often[name] += n
    return sorted(often, key=lambda name: (sums[name] / often[name], -often[name], name))


def _lanes(tables: LogTables, names: list[str]) -> dict[str, str]:
    """Who does a step, where the log says it by few names: roles and departments, not people."""
    if "resource" not in tables.columns:
        return dict.fromkeys(names, "?")
    rows = tables.ask(
        "select cast(activity as varchar), cast(resource as varchar), count(*) as n from handbook_raw"
        " where resource is not null group by 1, 2 order by n desc, 1, 2"
    )
    if len({str(resource) for _, resource, _ in rows}) > max(len(names), 3):
        return dict.fromkeys(names, "?")
    found: dict[str, str] = {}
    for activity, resource, _ in rows:
        found.setdefault(str(activity), str(resource))
    return {name: found.get(name, "?") for name in names}
