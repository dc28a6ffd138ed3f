"""The files that `collect` keeps: an indicator's results, what was restated, the log of runs.

Each is written whole or not at all. What was restated is written before the results that replace it: a
command that is killed between the two leaves a row there that the next one writes again, and nothing lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.collect.fault import SourceFaultError
from generator.collect.rows import NUMBERS, RowKey, Told
from generator.load.decode import read_text
from generator.load.files import RESTATED, RUNS
from generator.load.long_cells import csv_rows
from generator.model.period import Period
from generator.problems import Problems
from generator.site.writing import write_whole

FOLDER = "data/results/collected"
_TAIL = ("status", "as_of", "collected_from", "query_hash")
RUN_COLUMNS = (
    "when", "indicator", "source", "outcome", "periods", "rows", "n", "seconds", "new", "restated", "gone",
    "query_hash",
)  # fmt: skip
MOST_RUNS = 2000
"""Lines of the log that are kept, the newest."""


@dataclass(frozen=True)
class KeptRow:
    """A row of the results as it stands in a file."""

    told: Told
    as_of: str = ""
    """The day it was taken; blank for what was there when collecting began."""


@dataclass(frozen=True)
class KeptRows:
    """An indicator's collected results."""

    rows: Mapping[RowKey, KeptRow] = field(default_factory=dict)
    source: str = ""
    query_hash: str = ""


@dataclass(frozen=True)
class RestatedRow:
    """What a row said until the day it was restated."""

    indicator: str
    key: RowKey
    row: KeptRow
    source: str
    query_hash: str
    restated_on: str


def results_file(root: Path, indicator: str) -> Path:
    """Where an indicator's collected results lie."""
    return root / FOLDER / f"{indicator}.csv"


def read_kept(root: Path, indicator: str, dimensions: Sequence[str]) -> KeptRows:
    """What was collected before; nothing without a file."""
    lines = _read(results_file(root, indicator))
    if lines and "period" not in lines[0]:
        message = "has no column period; take back what was changed in it"
        raise SourceFaultError(f"{FOLDER}/{indicator}.csv: {message}")
    try:
        rows = {_key(line, dimensions): _row(line) for line in lines}
    except ValueError as fault:
        message = "take back what a spreadsheet changed in it"
        raise SourceFaultError(f"{FOLDER}/{indicator}.csv: {fault}; {message}") from None
    last = lines[-1] if lines else {}
    return KeptRows(rows, last.get("collected_from", ""), last.get("query_hash", ""))


def write_kept(
    root: Path, indicator: str, kept: KeptRows, dimensions: Sequence[str], columns: Sequence[str]
) -> None:
    """An indicator's results, sorted; `dimensions` are all of the handbook, those no row has are left out."""
    used = [name for place, name in enumerate(dimensions) if any(key[place + 2] for key in kept.rows)]
    numbers = [name for name in NUMBERS if name == "value" or name in columns]
    head = ("period", "indicator", "pilot", *used, *numbers, *_TAIL)
    lines = []
    for key in sorted(kept.rows, key=lambda key: (key[1:], key[0])):
        row = kept.rows[key]
        cells = dict(zip(dimensions, key[2:], strict=True))
        figures = [getattr(row.told, name) for name in numbers]
        tail = ("actual", row.as_of, kept.source, kept.query_hash)
        lines.append((key[0], indicator, key[1], *(cells[name] for name in used), *figures, *tail))
    _write(results_file(root, indicator), head, lines)


def add_restated(root: Path, rows: Sequence[RestatedRow], dimensions: Sequence[str]) -> None:
    """Adds what was restated; what stands there already, of a command that was killed, is not added again."""
    if not rows:
        return
    file = root / RESTATED
    head = (
        "period", "indicator", "pilot", *dimensions, *NUMBERS, *_TAIL, "restated_on",
    )  # fmt: skip
    old = [tuple(line.get(name, "") for name in head) for line in _read(file)]
    seen = set(old)
    for one in rows:
        told = (getattr(one.row.told, name) for name in NUMBERS)
        tail = ("actual", one.row.as_of, one.source, one.query_hash, one.restated_on)
        line = (one.key[0], one.indicator, *one.key[1:], *told, *tail)
        if line not in seen:
            old.append(line)
            seen.add(line)
    _write(file, head, sorted(old, key=lambda line: (line[1], line[-1], line[2:], line[0])))


def add_runs(root: Path, runs: Iterable[Mapping[str, object]]) -> None:
    """Adds lines to the log."""
    old = [tuple(line.get(name, "") for name in RUN_COLUMNS) for line in _read(root / RUNS)]
    new = [tuple(str(run.get(name, "")) for name in RUN_COLUMNS) for run in runs]
    _write(root / RUNS, RUN_COLUMNS, [*old, *new][-MOST_RUNS:])


def restated_rows(
    indicator: str, before: KeptRows, changed: Iterable[RowKey], today: str
) -> tuple[RestatedRow, ...]:
    """What some rows said before; a row that was taken on the same day was told to nobody."""
    return tuple(
        RestatedRow(indicator, key, before.rows[key], before.source, before.query_hash, today)
        for key in changed
        if before.rows[key].as_of != today
    )


def with_day(row: KeptRow, day: str) -> KeptRow:
    """A row as of another day."""
    return replace(row, as_of=day)


def _key(line: Mapping[str, str], dimensions: Sequence[str]) -> RowKey:
    period = str(Period.parse(line["period"]))
    return (period, line.get("pilot") or "", *(line.get(name) or "" for name in dimensions))


def _row(line: Mapping[str, str]) -> KeptRow:
    return KeptRow(Told(*(line.get(name) or "" for name in NUMBERS)), line.get("as_of") or "")


def _read(file: Path) -> list[dict[str, str]]:
    """Its rows, also where a spreadsheet saved it in GBK. SourceFaultError for what is no text."""
    if not file.is_file():
        return []
    problems = Problems()
    text = read_text(file, file.name, problems, gb18030=True)
    if text is None:
        fault = next(iter(problems))
        raise SourceFaultError(f"{fault.mark}: {fault.message}; {fault.hint}")
    return csv_rows(text)


def _write(file: Path, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, text.getvalue().encode())
