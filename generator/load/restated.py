"""What `collect` keeps beside the results: what they said before, and the log of its runs."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np

from generator.load.cells import CONVERTERS
from generator.load.decode import read_text
from generator.load.files import RESTATED, RUNS
from generator.load.heads import head_words
from generator.load.long_cells import csv_rows
from generator.load.sheet import Known, Sheet
from generator.load.sheet_values import read_values
from generator.load.table import ColumnNames, read_table
from generator.model.common import parse_date
from generator.model.handbook import ORIGIN_COLUMNS, RESULT_COLUMNS
from generator.model.restatement import CollectRun, Restatement, RunOutcome
from generator.problems import FilePosition, Problems

_OUTCOMES: tuple[str, ...] = get_args(RunOutcome)


def load_restated(file: Path | None, known: Known, problems: Problems) -> tuple[Restatement, ...]:
    """The rows of data/results/restated.csv that are sound; every fault of the others is a problem."""
    if file is None:
        return ()
    names = (
        *RESULT_COLUMNS,
        *ORIGIN_COLUMNS,
        *(dimension.id for dimension in known.handbook.dimensions),
        "restated_on",
    )
    required = ("period", "indicator", "pilot", "value", "restated_on")
    words = ColumnNames(names, required, head_words(known.handbook))
    table = read_table(file, RESTATED, words, CONVERTERS, problems)
    if table is None or not len(table):
        return ()
    sheet = Sheet(table, known, problems)
    days = sheet.days("restated_on")
    values = read_values(sheet)
    rows = np.flatnonzero(~sheet.bad)
    numbers = {name: sheet.numbers(name) for name in CONVERTERS} | {"value": values}
    kept = sheet.results(numbers, rows)
    made = []
    for place, row in zip(rows.tolist(), kept, strict=True):
        day = days[place]
        if day is None:
            mark = table.mark(place, "restated_on")
            problems.error(
                mark, "missing-value", "restated_on: the day is missing", "write it like 2026-10-14"
            )
            continue
        made.append(Restatement(row, day))
    return tuple(made)


def load_runs(file: Path | None, problems: Problems) -> tuple[CollectRun, ...]:
    """The log, oldest first; a line that cannot be read is told and left out."""
    if file is None:
        return ()
    text = read_text(file, RUNS, problems, gb18030=True)
    made = []
    for number, line in enumerate(csv_rows(text or ""), start=2):
        try:
            made.append(_run(line))
        except (KeyError, TypeError, ValueError):
            mark = FilePosition(RUNS, number, 1)
            hint = "delete the line; the log is written by the command that collects"
            problems.warning(mark, "bad-value", "this line of the log cannot be read", hint)
    return tuple(made)


def _run(line: dict[str, str]) -> CollectRun:
    if line["outcome"] not in _OUTCOMES:
        raise ValueError(line["outcome"])
    counts = {name: int(line[name] or 0) for name in ("rows", "new", "restated", "gone")}
    return CollectRun(
        when=line["when"],
        day=parse_date(line["when"][:10]),
        indicator=line["indicator"],
        source=line["source"],
        outcome=line["outcome"],  # type: ignore[arg-type]
        periods=line["periods"],
        n=float(line["n"]) if line["n"] else None,
        seconds=float(line["seconds"] or 0),
        **counts,
    )
