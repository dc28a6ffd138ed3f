"""`collect`: asks every indicator's source, looks at what comes back, and replaces what may be replaced.

An indicator stands for itself: what fails or is refused leaves its files as they were, and the others go on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from generator.collect.checks import Doubt, cases_of, checked
from generator.collect.connection import Connection, opened, sql_of
from generator.collect.fault import SourceFaultError
from generator.collect.joins import multiplied
from generator.collect.kept_rows import (
    FOLDER,
    KeptRow,
    KeptRows,
    RestatedRow,
    add_restated,
    add_runs,
    read_kept,
    restated_rows,
    with_day,
    write_kept,
)
from generator.collect.query import WRITTEN_IN, Statement
from generator.collect.rows import Collected, RowKey, collected
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.indicator import DataSource, Indicator
from generator.model.period import Frequency, Period
from generator.model.source_system import SourceSystem

EARLIEST = date(1990, 1, 1)
"""The first day asked for where neither the indicator nor an earlier run says one."""
SHOWN = 5
"""Restated rows that are told one by one."""


@dataclass(frozen=True)
class Wish:
    """What one run is asked for."""

    today: date
    only: Collection[str] = ()
    accept: Collection[str] = ()
    dry: bool = False
    known_from: date | None = None
    """Since when results of a first run count as known; None: since their period ended."""

    given_today: bool = False
    """Whether `today` was said and not looked up: then the log says no time of day."""


@dataclass
class AskedIndicator:
    """What came of one indicator."""

    indicator: str
    source: str
    outcome: str = "unchanged"
    """written, unchanged, refused (a check stopped it) or failed (the source or the query)."""

    message: str = ""
    statement: str = ""
    findings: tuple[Doubt, ...] = ()
    restated: list[tuple[RowKey, str, str]] = field(default_factory=list)
    """RowKey, the value before and the value now; blank where there is none any more."""
    new: int = 0
    gone: int = 0
    periods: str = ""
    rows: int = 0
    n: float | None = None
    seconds: float = 0.0
    query_hash: str = ""

    @property
    def well(self) -> bool:
        return self.outcome in ("written", "unchanged")


@dataclass(frozen=True)
class _Job:
    indicator: Indicator
    source: DataSource
    frequency: Frequency


def collect(
    root: Path,
    catalogue: Catalogue,
    wish: Wish,
    told: Callable[[AskedIndicator], None],
    environment: Mapping[str, str] | None = None,
) -> list[AskedIndicator]:
    """Asks all, or those of `wish.only`, source by source; `told` hears of each as it is done."""
    jobs = list(_jobs(catalogue, wish.only))
    made: list[AskedIndicator] = []
    for system in catalogue.handbook.sources:
        own = [job for job in jobs if job.source.connection == system.id]
        if own:
            for outcome in _of_source(root, catalogue, (system, own), wish, environment):
                made.append(outcome)
                if not wish.dry:
                    add_runs(root, [_logged(outcome, wish)])
                told(outcome)
    return made


def collectable(catalogue: Catalogue) -> tuple[str, ...]:
    """The indicators that name a source."""
    return tuple(job.indicator.id for job in _jobs(catalogue, ()))


def _jobs(catalogue: Catalogue, only: Collection[str]) -> Iterator[_Job]:
    for id_, indicator in catalogue.indicators.items():
        source = indicator.source
        if source is None or source.connection is None or indicator.frequency is None:
            continue
        if (not only and indicator.in_use) or id_ in only:
            yield _Job(indicator, source, indicator.frequency)


def _of_source(
    root: Path,
    catalogue: Catalogue,
    work: tuple[SourceSystem, Sequence[_Job]],
    wish: Wish,
    environment: Mapping[str, str] | None,
) -> Iterator[AskedIndicator]:
    system, jobs = work
    done = 0
    try:
        with opened(system, root, environment) as link:
            for job in jobs:
                outcome = AskedIndicator(job.indicator.id, system.id)
                started = time.monotonic()
                try:
                    _one(root, catalogue, job, link, wish, outcome=outcome)
                except SourceFaultError as fault:
                    outcome.outcome, outcome.message = "failed", str(fault)
                    outcome.statement = fault.statement
                outcome.seconds = time.monotonic() - started
                done += 1
                yield outcome
    except SourceFaultError as fault:
        for job in jobs[done:]:
            yield AskedIndicator(job.indicator.id, system.id, "failed", str(fault))


def _one(
    root: Path, catalogue: Catalogue, job: _Job, link: Connection, wish: Wish, *, outcome: AskedIndicator
) -> None:
    """One indicator from its query to its file."""
    dimensions = [dimension.id for dimension in catalogue.handbook.dimensions]
    calendar, id_ = catalogue.handbook.calendar, job.indicator.id
    statement = link.read(*query_of(root, catalogue, job.indicator))
    outcome.query_hash = hash_of(statement)
    before = read_kept(root, id_, dimensions)
    anew = before.query_hash != outcome.query_hash
    asked = window(job.source, job.frequency, calendar, wish.today, whole=anew)
    start = calendar.start(asked[0])
    bound = {
        "from": start if start.year >= EARLIEST.year else EARLIEST,
        "to": calendar.start(asked[1].shift(1)),
    }
    outcome.periods = f"{asked[0]}/{asked[1]}"
    answer = link.ask(statement, bound)
    found = collected(answer, job.indicator, catalogue, statement.place, asked)
    outcome.rows, outcome.n = len(found.rows), cases_of(found.rows)
    findings = list(checked(job.indicator, found, before, asked, calendar, wish.today))
    findings += _typed_too(catalogue, id_, found)
    if not job.source.joins_multiply:
        findings += [
            Doubt("joins", words) for words in multiplied(statement, lambda one: link.ask(one, bound))
        ]
    outcome.findings = tuple(findings)
    known = _KnownSince(before, wish, calendar, _recent(job, calendar, wish))
    after, restated = _merged(before, found, asked, known, outcome)
    if any(one.stops for one in findings) and id_ not in wish.accept:
        outcome.outcome = "refused"
        return
    kept = KeptRows(after, link.system.id, outcome.query_hash)
    if kept == before:
        return
    outcome.outcome = "written"
    if not wish.dry:
        add_restated(root, restated, dimensions)
        write_kept(root, id_, kept, dimensions, found.columns)


def query_of(root: Path, catalogue: Catalogue, indicator: Indicator) -> tuple[str, str]:
    """An indicator's SQL and where it stands."""
    text = ((indicator.source.query if indicator.source else None) or "").strip()
    if text.endswith(".sql"):
        place = f"data/indicators/{text}"
        return sql_of(root, place), place
    return text, str(catalogue.mark(f"indicators/{indicator.id}", ("source", "query")))


def hash_of(statement: Statement) -> str:
    """The same for the same question, however it is spaced; its models are part of it."""
    return hashlib.sha256(statement.tree.sql(WRITTEN_IN, comments=False).encode()).hexdigest()[:12]


def window(
    source: DataSource, frequency: Frequency, calendar: Calendar, today: date, *, whole: bool
) -> tuple[Period, Period]:
    """The first and the last period to ask for: those that are over and may still change, or all."""
    last = calendar.of(today, frequency).shift(-1)
    first = min(calendar.of(before(today, source.restates), frequency), last)
    if whole:
        first = calendar.of(EARLIEST, frequency)
    if source.since is not None:
        first = max(first, calendar.of(calendar.start(source.since), frequency))
    return min(first, last), last


def before(day: date, length: str) -> date:
    """The day so long before another, e.g. 3 months; of a shorter month its last day."""
    number, unit = length.split()
    count, unit = int(number), unit.removesuffix("s")
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)


def _recent(job: _Job, calendar: Calendar, wish: Wish) -> Period:
    return window(job.source, job.frequency, calendar, wish.today, whole=False)[0]


@dataclass(frozen=True)
class _KnownSince:
    """Since which day a row that was never told before counts as known.

    What the first run finds was in the system before: it counts as known since its period ended, else every
    look at an earlier period would lose it. Later a new row of a period that may still change is of the day
    on which it was taken; one of an older period came late for all looks alike, and has no day.
    """

    before: KeptRows
    wish: Wish
    calendar: Calendar
    recent: Period

    def day(self, period: Period) -> str:
        """As it stands in the file; blank: since its period ended."""
        if not self.before.rows:
            since = self.wish.known_from
            return since.isoformat() if since is not None and self.calendar.end(period) < since else ""
        return self.wish.today.isoformat() if period >= self.recent else ""


def _merged(
    before_: KeptRows,
    found: Collected,
    asked: tuple[Period, Period],
    known: _KnownSince,
    outcome: AskedIndicator,
) -> tuple[dict[RowKey, KeptRow], tuple[RestatedRow, ...]]:
    """The rows as they will stand, and what they said before where that was something else.

    A row that stays keeps its day.
    """
    first, last = asked
    today = known.wish.today.isoformat()
    after: dict[RowKey, KeptRow] = {}
    changed: list[RowKey] = []
    for key, row in before_.rows.items():
        if not first <= Period.parse(key[0]) <= last:
            after[key] = row
        elif key not in found.rows:
            outcome.gone += 1
            changed.append(key)
            outcome.restated.append((key, _shown(row), ""))
    for key, told in found.rows.items():
        old = before_.rows.get(key)
        row = KeptRow(told)
        if old is not None and old.told == told:
            after[key] = old
        elif old is not None:
            changed.append(key)
            after[key] = with_day(row, today)
            outcome.restated.append((key, _shown(old), _shown(row)))
        else:
            outcome.new += 1
            after[key] = with_day(row, known.day(Period.parse(key[0])))
    return after, restated_rows(outcome.indicator, before_, changed, today)


def _shown(row: KeptRow) -> str:
    return row.told.value or f"{row.told.numerator}/{row.told.denominator}"


def _typed_too(catalogue: Catalogue, id_: str, found: Collected) -> list[Doubt]:
    """Results that stand in another file as well: one of the two has to go first."""
    rows = catalogue.results
    dimensions = [dimension.id for dimension in catalogue.handbook.dimensions]
    for row in rows.taken(rows.having("indicator", id_)):
        cell = dict(row.cell)
        key = (str(row.period), row.pilot or "", *(cell.get(name, "") for name in dimensions))
        if key in found.rows and not row.file.startswith(f"{FOLDER}/"):
            message = f"{key[0]} stands in {row.where} too; delete the rows there"
            return [Doubt("typed", message)]
    return []


def _logged(outcome: AskedIndicator, wish: Wish) -> dict[str, object]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return {
        "when": wish.today.isoformat() if wish.given_today else now,
        "indicator": outcome.indicator,
        "source": outcome.source,
        "outcome": outcome.outcome,
        "periods": outcome.periods,
        "rows": outcome.rows,
        "n": "" if outcome.n is None else f"{outcome.n:.0f}",
        "seconds": f"{outcome.seconds:.2f}",
        "new": outcome.new,
        "restated": len(outcome.restated) - outcome.gone,
        "gone": outcome.gone,
        "query_hash": outcome.query_hash,
    }
