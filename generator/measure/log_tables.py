"""A log as three tables on its engine: events as they stand, visits of steps, cases.

Where the engine can keep tables (DuckDB, within its memory limit and a temporary folder) each is made once;
elsewhere they are part of every query. An engine that cannot count all of this is asked once, for the columns
that are needed, and DuckDB does. All times are readings of working time, see `working_time`. Names are
ordered by their letters' numbers: a database in another language would break ties otherwise.

A step's wait is the time from the latest end before it, of whatever step of the case, to its start. Where
only one moment of an event is known, the time from the latest end before it to that moment is wait and work
together. Source: the computations page, section 22.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from generator.collect.connection import Connection
from generator.collect.fault import SourceFaultError
from generator.measure.map_graph import MapGraph
from generator.measure.working_time import WorkingTime

NEEDED = ("case", "activity")
MOMENTS = ("start", "end")
LOG, VISITS, CASES, DAYS = "handbook_log", "handbook_visits", "handbook_cases", "handbook_days"
OFF_THE_MAP = "="
"""Begins the name of an activity that no step is."""
BETWEEN = "\x1f"
"""Stands between the steps of a way: no name has it."""
YEARS = 100
"""The most years that a log goes over: what lies further apart is a mistyped year."""
CASE, ACTIVITY = 'trim(cast("case" as varchar))', "trim(cast(activity as varchar))"
"""As events name them: a column of fixed length fills them with blanks."""


@dataclass(frozen=True)
class OddEvents:
    """What a log holds that its figures cannot use, or can only doubt."""

    useless: int
    """Events without case, activity or moment."""
    backwards: int
    """Events that end before they start."""
    days_only: bool
    """Whether no moment has an hour: every one is a midnight."""
    doubled: int
    """Events that say what another one of the log says: case, step and moments."""


@dataclass
class LogTables:
    """The tables of one log, made as far as they were asked for."""

    connection: Connection
    place: str
    """Where the log stands, for messages."""
    dimensions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[object, ...]]:
        """Rows of a query over the tables."""
        return self.connection.run(sql, self.place, parameters).rows

    def keep(self, name: str, sql: str) -> None:
        """Makes a table, or lets every later query begin with it."""
        self.connection = self.connection.keeping(name, sql, self.place)

    def read(self, query: str, dimensions: tuple[str, ...]) -> None:
        """Look at what the query gives. SourceFaultError where columns are missing."""
        self.connection.read(query, self.place)  # what is wrong with it stands there, in no model of ours
        self.connection = self.connection.naming("handbook_raw", query)
        self.columns = self.connection.run("select * from handbook_raw limit 0", self.place).columns
        missing = [name for name in NEEDED if name not in self.columns]
        if not any(name in self.columns for name in MOMENTS):
            missing.append("start or end")
        missing += [name for name in dimensions if name not in self.columns]
        if missing:
            told = ", ".join(self.columns)
            raise SourceFaultError(f"{self.place}: the log has no {', '.join(missing)}; it has {told}")
        for name in MOMENTS:
            self._without_zone(name)
        self.dimensions = tuple(name for name in ("pilot", *dimensions) if name in self.columns)
        used = [name for name in (*NEEDED, *MOMENTS, "resource", *self.dimensions) if name in self.columns]
        listed = ", ".join(f'"{name}"' for name in dict.fromkeys(used))
        self.connection = self.connection.measuring(
            "handbook_raw", f"select {listed} from handbook_raw", self.place
        )

    def _without_zone(self, name: str) -> None:
        """SourceFaultError for moments in a time zone: whose working hours they are in, nobody says."""
        if name not in self.columns:
            return
        rows = self.ask(f'select "{name}" from handbook_raw where "{name}" is not null limit 1')
        if rows and isinstance(rows[0][0], datetime) and rows[0][0].tzinfo is not None:
            hint = f'say whose clock it is: "{name}" at time zone \'Asia/Shanghai\' as "{name}"'
            raise SourceFaultError(f"{self.place}: {name} is a moment in a time zone; {hint}")

    def span(self) -> tuple[date, date, int]:
        """The first and the last day, and how many events; SourceFaultError for an empty log."""
        moments = [f'cast("{name}" as timestamp)' for name in MOMENTS if name in self.columns]
        low = moments[0] if len(moments) == 1 else f"least({', '.join(moments)})"
        high = moments[0] if len(moments) == 1 else f"greatest({', '.join(moments)})"
        try:
            rows = self.ask(f"select min({low}), max({high}), count(*) from handbook_raw")
        except SourceFaultError:
            self._name_unread()
            raise
        first, last, number = rows[0]
        if not isinstance(first, datetime) or not isinstance(last, datetime):
            raise SourceFaultError(f"{self.place}: the log has no event with a moment")
        if last.year - first.year > YEARS:
            message = f"the log goes from {first.date()} to {last.date()}; correct the years that are wrong"
            raise SourceFaultError(f"{self.place}: {message}, or leave them out by query:")
        return first.date(), last.date(), int(str(number))

    def _name_unread(self) -> None:
        """SourceFaultError for an event whose moment is none; nothing where the engine cannot look for it."""
        for name in (name for name in MOMENTS if name in self.columns):
            text = f'cast("{name}" as varchar)'
            try:
                rows = self.ask(
                    f"select {text}, {CASE}, {ACTIVITY}, count(*) over () from handbook_raw"
                    f" where {text} is not null and try_cast({text} as timestamp) is null"
                    " order by 2, 3, 1 limit 1"
                )
            except SourceFaultError:
                continue
            for moment, case, activity, number in rows:
                where = f"case {case}, activity {activity}; {number} events in all"
                hint = "write it like 2026-03-02 09:30, or let query: read it by strptime"
                raise SourceFaultError(f"{self.place}: {name} '{moment}' is no moment ({where}); {hint}")

    def odd(self) -> OddEvents:
        """What nothing can be told of, and what its author has to look at. After `visits`."""
        moments = [f'"{name}"' for name in MOMENTS if name in self.columns]
        bare = " and ".join(f"{name} is null" for name in moments)
        blank = " or ".join(f"coalesce(length({name}), 0) = 0" for name in (CASE, ACTIVITY))
        hours = " or ".join(
            f"cast({name} as timestamp) <> cast(cast({name} as date) as timestamp)" for name in moments
        )
        back = "1 = 0"
        if len(moments) == len(MOMENTS):
            back = 'cast("end" as timestamp) < cast("start" as timestamp)'
        rows = self.ask(
            f"select sum(case when {blank} or ({bare}) then 1 else 0 end),"
            f" sum(case when {back} then 1 else 0 end),"
            f" sum(case when {hours} then 1 else 0 end) from handbook_raw"
        )
        useless, backwards, timed = (int(str(number)) for number in rows[0])
        return OddEvents(useless, backwards, timed == 0, self._doubled())

    def _doubled(self) -> int:
        """Visits that say what the one before them says: rows that a join multiplied, or a second load."""
        ((number,),) = self.ask(
            f"select count(*) from (select k, nr, s, e from {VISITS} where before = step) as v"
            f" join {VISITS} as w on w.k = v.k and w.nr = v.nr - 1"
            " where coalesce(v.s, v.e) = coalesce(w.s, w.e) and coalesce(v.e, v.s) = coalesce(w.e, w.s)"
        )
        return int(str(number))

    def fingerprint(self) -> str:
        """Sums over the events: another number is another log. Letters and digits."""
        row = self.ask(
            "select count(*), count(distinct k), sum(cast(floor(epoch(s)) as bigint)),"
            " sum(cast(floor(epoch(e)) as bigint)), sum(length(k)), sum(length(step)), sum(nr * length(step))"
            f" from {VISITS}"
        )[0]
        return hashlib.sha256("|".join(map(str, row)).encode()).hexdigest()[:16]

    def events(self, steps: Mapping[str, str], machines: tuple[str, ...], clock: WorkingTime) -> None:
        """Every event with its step and the readings of its moments."""
        if clock.days:
            self.keep(DAYS, clock.table)
        listed = ", ".join(f"({_text(name)}, {_text(step)})" for name, step in sorted(steps.items()))
        known = f"(values {listed or '(null, null)'}) as known(activity, step)"
        start = 'cast(r."start" as timestamp)' if "start" in self.columns else "cast(null as timestamp)"
        end = 'cast(r."end" as timestamp)' if "end" in self.columns else "cast(null as timestamp)"
        own = "null"
        if "resource" in self.columns:
            names = ", ".join(map(_text, machines)) or "null"
            own = (
                f"case when r.resource is null then null when cast(r.resource as varchar) in ({names})"
                " then 1 else 0 end"
            )
        groups = "".join(f', cast(r."{name}" as varchar) collate "C" as "{name}"' for name in self.dimensions)
        case, activity = 'trim(cast(r."case" as varchar))', "trim(cast(r.activity as varchar))"
        inner = (
            f"select {case} as k, coalesce(known.step, '{OFF_THE_MAP}' ||"
            f' {activity}) collate "C" as step'
            f", {start} as s, {end} as e, {own} as machine{groups}"
            f" from handbook_raw as r left join {known} on known.activity = {activity}"
            f" where length({case}) > 0 and length({activity}) > 0"
        )
        moved = f"select * from ({inner}) as i where s is not null or e is not null"
        joins = ""
        if clock.days:
            joins = (
                f" left join {DAYS} as ds on ds.d = cast(s as date)"
                f" left join {DAYS} as de on de.d = cast(e as date)"
            )
        self.keep(
            LOG,
            f"select m.*, {clock.reading('s', 'ds')} as ws, {clock.reading('e', 'de')} as we"
            f" from ({moved}) as m{joins}",
        )

    def visits(self, since: date | None, starts: Mapping[str, date] | None = None) -> None:
        """Every visit of a step, with what came before it in its case.

        Cases that began from `since` on belong to the to-be map; of a pilot with a start those since then.
        """
        groups = "".join(f', "{name}"' for name in self.dimensions)
        none = "".join(f', null as "{name}"' for name in self.dimensions)
        # A visit with both moments waits from the latest end before its start; its own end comes later, as a
        # row of its own. With one moment, or two that are the same, its end counts for those after it only.
        points = (
            f"select k, step, machine, s, e, ws, we, coalesce(s, e) as t, 1 as own,"
            f" case when s < e then 1 else 0 end as late, case when s < e then null else coalesce(we, ws) end"
            f" as done, case when s < e then null else coalesce(e, s) end as tdone{groups} from {LOG}"
            " union all select k, null, null, null, null, null, null, e, 0, 0, we, e"
            f"{none} from {LOG} where s < e"
        )
        before = (
            "select *, max(done) over (partition by k order by t, late, own, step"
            " rows between unbounded preceding and 1 preceding) as wprev,"
            " max(tdone) over (partition by k order by t, late, own, step"
            " rows between unbounded preceding and 1 preceding) as tprev"
            f" from ({points}) as p"
        )
        first = "min(t) over (partition by k)"
        start = f"cast(date '{since}' as timestamp)"
        if starts and "pilot" in self.dimensions:
            own = " ".join(
                f"when {_text(name)} then cast(date '{day}' as timestamp)" for name, day in starts.items()
            )
            start = f'case max("pilot") over (partition by k) {own} else {start} end'
        later = f"case when {first} >= {start} then 1 else 0 end" if since else "0"
        # A start tells the wait also where the end is still to come.
        two = set(MOMENTS) <= set(self.columns)
        wait = "wprev is not null and s is not null and (e is null or s <= e)" if two else "1 = 0"
        total = "wprev is not null and s is null" if two else "wprev is not null"
        order = "over (partition by k order by t, late, step)"
        self.keep(
            VISITS,
            f"select *, lag(step) {order} as before, lead(step) {order} as after, row_number() {order} as nr,"
            f" row_number() over (partition by k, step order by t, late) as pass, {later} as new,"
            " case when s < e or (s = e) then we - ws end as touch,"
            f" case when {wait} then greatest(ws - wprev, 0) end as wait,"
            f" case when {total} then greatest(coalesce(we, ws) - wprev, 0) end as total"
            f" from ({before}) as b where own = 1",
        )

    def cases(self, graphs: Mapping[int, MapGraph], ends: Mapping[int, frozenset[str]]) -> None:
        """Every case: when, how far, which way, whether it follows its map; by map (0 before, 1 after)."""
        allowed = sorted(
            (new, a, b)
            for new, graph in graphs.items()
            for a, b in (*graph.pairs, *(("", step) for step in graph.starts))
        )
        listed = ", ".join(f"({new}, {_text(a)}, {_text(b)})" for new, a, b in allowed) or "(0, '', '')"
        done = ", ".join(
            f"({new}, {_text(step)})" for new, steps in sorted(ends.items()) for step in sorted(steps)
        )
        groups = "".join(f', max("{name}") as "{name}"' for name in self.dimensions)
        self.keep(
            CASES,
            "select c.*, case when f.step is null then 0 else 1 end as ended from ("
            "select v.k, v.new, min(v.t) as t0, max(coalesce(v.e, v.s)) as t1,"
            " min(coalesce(v.ws, v.we)) as w0,"
            " max(coalesce(v.we, v.ws)) as w1, max(case when v.after is null then v.step end) as last,"
            f" max(v.pass) as most, count(*) as n, string_agg(v.step, '{BETWEEN}' order by v.nr) as way,"
            " sum(case when a.b is null then 1 else 0 end) as off,"
            " max(case when v.after is null and v.e is null and v.s is not null then 1 else 0 end) as begun"
            f"{groups} from {VISITS} as v"
            f" left join (values {listed}) as a(new, a, b) on a.new = v.new"
            " and a.a = coalesce(v.before, '') and a.b = v.step group by v.k, v.new) as c"
            f" left join (values {done or '(0, null)'}) as f(new, step) on f.new = c.new and f.step = c.last"
            + (" and c.begun = 0" if set(MOMENTS) <= set(self.columns) else ""),
        )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
