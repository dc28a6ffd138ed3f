"""`handbook measure`: from the log that a process names to what its pages tell, and the results it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.collect.connection import Connection, opened
from generator.collect.duck import tables_of
from generator.collect.fault import SourceFaultError
from generator.exchange.readable_id import slug
from generator.measure.figures import measured_map
from generator.measure.log_tables import ACTIVITY, LogTables, OddEvents
from generator.measure.map_graph import MapGraph, map_graph
from generator.measure.map_log import MapLog
from generator.measure.proposal import MapProposal, proposed
from generator.measure.results import results_text
from generator.measure.usual_heads import usual_query
from generator.measure.working_time import hours_of_a_day, working_time
from generator.measure.xes import read_xes
from generator.model.calendar import Calendar
from generator.model.handbook import Handbook
from generator.model.measured import Measured
from generator.model.process import Process
from generator.model.process_log import ProcessLog
from generator.model.source_system import RAW_FOLDER, SourceSystem
from generator.site.workplace import scratch


@dataclass(frozen=True)
class _Which:
    """The maps that cases belong to: those begun before the to-be map is in use, and those begun since."""

    graphs: Mapping[int, MapGraph]
    ends: Mapping[int, frozenset[str]]


def measured_of(process: Process, log: ProcessLog, handbook: Handbook, root: Path) -> Measured:
    """What the log of one process tells. SourceFaultError in words where it cannot be read."""
    return measured_and_results(process, log, handbook, (), root)[0]


def measured_and_results(
    process: Process,
    log: ProcessLog,
    handbook: Handbook,
    pilots: Collection[str],
    root: Path,
    *,
    starts: Mapping[str, date] | None = None,
    odd: Callable[[OddEvents], None] = lambda _found: None,
) -> tuple[Measured, str]:
    """And the results file that comes of it, empty where the log gives no indicator its results.

    `starts` are the days from which pilots run by the to-be map, of those that have one of their own.
    `odd` hears of the events that nothing is told of, or that are to be doubted.
    """
    place = f"data/processes/{process.id}.yml: log"
    with log_opened(log, handbook, root, place) as (connection, query, source):
        tables = LogTables(connection, place)
        tables.read(query, log.by)
        first, last, number = tables.span()
        steps = steps_of(process, log, tables)
        tables.events(steps, log.machines, working_time(process.time, log.calendar, root, first, last))
        begun = _since(process, handbook.calendar)
        tables.visits(begun, starts)
        odd(tables.odd())
        which = _maps(process, log, tables, steps, begun)
        tables.cases(which.graphs, which.ends)
        maps = [
            measured_map(
                MapLog(
                    process,
                    name,
                    drawn,
                    which.graphs[new],
                    new=new,
                    tables=tables,
                    least=handbook.small_group,
                ),
                handbook.calendar,
                last,
            )
            for new, (name, drawn) in enumerate(process.maps.drawn)
            if new in which.graphs
        ]
        day = hours_of_a_day(process.time, log.calendar)
        found = Measured(
            id=process.id,
            source=source,
            query=hashlib.sha256(query.encode()).hexdigest()[:16],
            log=tables.fingerprint(),
            events=number,
            hours_per_day=day,
            maps=tuple(one for one in maps if one is not None),
        )
        least = handbook.small_group
        return found, results_text(
            log, tables, handbook.calendar, hours_per_day=day, least=least, pilots=pilots, until=last
        )


@contextmanager
def log_opened(
    log: ProcessLog, handbook: Handbook, root: Path, place: str
) -> Iterator[tuple[Connection, str, str]]:
    """The log's connection, its query and what the source is called."""
    if log.xes is not None:
        path = (root / log.xes).resolve()
        if not path.is_relative_to(root.resolve()):
            raise SourceFaultError(f"{place}: xes: {log.xes} lies outside the project")
        with scratch() as folder:
            read_xes(path, folder / "events.csv")
            system = SourceSystem(id="xes", path=str(folder))
            with opened(system, root) as connection:
                yield connection, log.query or "select * from events", Path(log.xes).name
        return
    system = next((one for one in handbook.sources if one.id == log.source), SourceSystem(id="raw"))
    if log.source is not None and system.id != log.source:
        known = ", ".join(one.id for one in handbook.sources) or "none"
        message = f"{place}: source: there is no '{log.source}' in data/handbook.yml; there are: {known}"
        raise SourceFaultError(message)
    query = log.query or (f'select * from "{log.table}"' if log.table else "")
    if not query:
        raise SourceFaultError(f"{place}: needs query:, table: or xes:")
    with opened(system, root) as connection:
        yield connection, query, system.id if log.source else RAW_FOLDER


def steps_of(process: Process, log: ProcessLog, tables: LogTables) -> dict[str, str]:
    """Activity → step: as the log's mapping says, else the step of that id or name, in any language."""
    known: dict[str, str] = {}
    for _, drawn in process.maps.drawn:
        for step in drawn.steps:
            for name in (step.id, *(step.name.all() if step.name else ())):
                known.setdefault(name, step.id)
    found = {}
    named = {name.strip(): step for name, step in log.activities.items()}
    rows = tables.ask(f"select distinct {ACTIVITY} from handbook_raw where activity is not null")
    for (activity,) in rows:
        id_ = named.get(str(activity).strip()) or known.get(str(activity).strip())
        if id_ is not None:
            found[str(activity)] = id_
    return found


def _since(process: Process, calendar: Calendar) -> date | None:
    """The day since which the to-be map is in use, where both are drawn."""
    to_be = process.maps.to_be
    if process.maps.as_is is None or to_be is None or to_be.since is None:
        return None
    return calendar.start(to_be.since)


def _maps(
    process: Process, log: ProcessLog, tables: LogTables, steps: Mapping[str, str], since: date | None
) -> _Which:
    graphs, ends = {}, {}
    for new, (_, drawn) in enumerate(process.maps.drawn):
        if new and since is None:
            continue
        rows = tables.ask(f"select distinct step from handbook_visits where new = {new}")
        graphs[new] = map_graph(drawn, {str(step) for (step,) in rows})
        named = {steps.get(name, f"={name}") for name in log.ends}
        ends[new] = frozenset(named) or graphs[new].ends
    return _Which(graphs, ends)


@dataclass(frozen=True)
class LogProposal:
    """What a log by itself proposes, and how the process names the log then."""

    proposal: MapProposal
    table: str | None = None
    """The table that the file is where it lies in the source's folder; None of an XES file."""
    query: str | None = None
    """What gives its columns our names, where they have others."""


def proposal_of(file: Path, lanes_from: str | None = None) -> LogProposal:
    """A process file from a log by itself. SourceFaultError where it cannot be read."""
    id_ = slug(file.name.partition(".")[0]) or "process"
    if file.name.lower().endswith((".xes", ".xes.gz")):
        with scratch() as folder:
            read_xes(file, folder / "events.csv")
            with opened(SourceSystem(id="log", path=str(folder)), file.parent) as connection:
                return LogProposal(proposed(connection, "select * from events", file.name, id_, lanes_from))
    with opened(SourceSystem(id="log", path=str(file.resolve())), file.parent) as connection:
        table = next(iter(tables_of(file.resolve(), connection.system)), None)
        if table is None:
            raise SourceFaultError(f"{file.name}: no log that can be read; name CSV, Parquet, JSON or XES")
        everything = f'select * from "{table}"'
        columns = connection.run(f"{everything} limit 0", file.name).columns
        query = usual_query(columns, table)
        found = proposed(connection, query or everything, file.name, id_, lanes_from)
        return LogProposal(found, table, query)
