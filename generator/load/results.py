"""Results: the long CSV files of data/results become observations, checked against the catalogue.

What concerns one file is done in `sheet`; here is what holds over all of them: one result a key, and per cent
indicators that look as if they were filled with fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.load.capped import SHOWN, Capped
from generator.load.cells import CONVERTERS
from generator.load.columns import ReadTable
from generator.load.heads import head_words
from generator.load.other_tables import other_tables
from generator.load.sheet import Known, Sheet
from generator.load.sheet_values import read_values
from generator.load.table import ColumnNames, read_table
from generator.model.exact import counted
from generator.model.handbook import ORIGIN_COLUMNS, RESULT_COLUMNS
from generator.model.results import Mask, Results, Rows, numbered
from generator.problems import FilePosition, Problems

REQUIRED_COLUMNS = ("period", "indicator", "pilot", "value")
_KEY = ("period", "indicator", "pilot", "cell")
YEARS_BETWEEN = 3
"""Years without any result after which what follows is told as far from the others."""
YEARS_APART = 20
"""Years without any result that no handbook has."""


def load_results(files: Iterable[tuple[Path, str]], known: Known, problems: Problems) -> Results:
    """The rows of all files that are sound, in order; every fault of the others is a problem.

    `files`: each file and its name from the project's root.
    """
    columns = (*RESULT_COLUMNS, *ORIGIN_COLUMNS, *(dimension.id for dimension in known.handbook.dimensions))
    names = ColumnNames(columns, REQUIRED_COLUMNS, head_words(known.handbook), known.handbook.calendar)
    read = []
    for path, name in files:
        for table in _tables(path, name, names, known, problems):
            if len(table):
                read.append(_Read.of(Sheet(table, known, problems)))
            elif not table.has_rows:
                hint = "add results, or delete the file"
                place = FilePosition(name, 1, 1)
                problems.warning(place, "empty-file", "there are no rows under the header", hint)
    _warn_of_fractions(read, known, problems)
    for one in read:
        _warn_of_points(one, known, problems)
    return _without_far_years(_without_repetitions(read, problems), problems)


def _tables(
    path: Path, name: str, names: ColumnNames, known: Known, problems: Problems
) -> Iterable[ReadTable]:
    """The tables of a file: one of a plain CSV file, several of a workbook."""
    if name.endswith(".xlsx") or known.table_of(name) is not None:
        return other_tables(path, name, known, problems)
    table = read_table(path, name, names, CONVERTERS, problems)
    return () if table is None else (table,)


@dataclass(frozen=True)
class _Read:
    """What is kept of a file that was read: its text, for places, and its results."""

    table: ReadTable
    rows: Rows
    """The sound rows, by position in the table."""

    results: Results
    """One for each of `rows`."""

    typed: NDArray[np.float64]
    """Their values as typed; NaN where the cell is blank."""
    plain: Mask
    """Whether that is so without %."""
    decimals: NDArray[np.int16]
    """The decimals with which they are written."""

    @classmethod
    def of(cls, sheet: Sheet) -> _Read:
        values = read_values(sheet)
        rows = np.flatnonzero(~sheet.bad)
        numbers = {name: sheet.numbers(name) for name in CONVERTERS} | {"value": values}
        typed, percent = sheet.numbers("value")[rows], sheet.percent("value")[rows]
        decimals = sheet.decimals("value", rows)
        return cls(sheet.table, rows, sheet.results(numbers, rows), typed, ~percent, decimals)


def _without_far_years(kept: Results, problems: Problems) -> Results:
    """The results without those that lie further from all others than any handbook reaches.

    A mistyped year would move the whole site to it. Told is the first row of the smaller side of a gap; over
    `YEARS_APART` it is an error, because every day between would be a gap of its chart.
    """
    far: set[int] = set()
    rows: Counter[int] = Counter()
    for period, count in zip(kept.things("period"), np.bincount(kept.codes("period")).tolist(), strict=False):
        if count:
            rows[period.year] += count
    for before, after in pairwise(sorted(rows)):
        if after - before <= YEARS_BETWEEN:
            continue
        early = [year for year in rows if year <= before]
        late = [year for year in rows if year >= after]
        odd = late if counted(rows[year] for year in late) <= counted(rows[year] for year in early) else early
        found = kept.where("period", lambda period, odd=odd: period is not None and period.year in odd)  # type: ignore[misc]
        first = next(kept.at(np.flatnonzero(found)[:1]))
        message = f"the period {first.period} lies {after - before} years from the nearest other results"
        more = counted(rows[year] for year in odd) - 1
        if more:
            message += f" (and {more} more like it)"
        others = f"end in {before}" if odd is late else f"begin in {after}"
        tell = problems.error if after - before > YEARS_APART else problems.warning
        tell(
            first.mark,
            "far-period",
            message,
            f"correct the year; the others {others}",
        )
        far |= set(odd) if after - before > YEARS_APART else set()
    return kept.taken(kept.where("period", lambda period: period.year not in far)) if far else kept


def _without_repetitions(read: list[_Read], problems: Problems) -> Results:
    """One result a period, indicator, pilot and cell: the first stays, each later one is an error."""
    whole = Results.joined([one.results for one in read])
    key = numbered([whole.codes(name) for name in _KEY], np.arange(len(whole)))
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    earlier = first[group]
    again = earlier != np.arange(len(whole))
    if not again.any():
        return whole
    start = 0
    for one in read:
        capped = Capped(problems)
        places = np.flatnonzero(again[start : start + len(one.rows)])
        for place in places[:SHOWN].tolist():
            made, (before,) = one.results[place], whole.at(earlier[start + place : start + place + 1])
            cell = "".join(f", {name} {value}" for name, value in made.cell)
            where = made.pilot or "the whole organisation"
            capped.error(
                # Periods across a sheet stand in its head: of a workbook the value's own cell says which.
                partial(one.table.mark, int(one.rows[place]), "value" if made.sheet_cell else "period"),
                "duplicate-result",
                f"the result of '{made.indicator}' in {made.period} for {where}{cell} is given twice",
                f"first given at {before.where}; delete one of them",
            )
        capped.more("duplicate-result", len(places[SHOWN:]))
        capped.close()
        start += len(one.rows)
    return whole.taken(~again)


def _warn_of_fractions(read: list[_Read], known: Known, problems: Problems) -> None:
    """A % indicator whose typed values all lie in 0–1 was probably filled with fractions."""
    percent = {id_ for id_, indicator in known.indicators.items() if indicator.percent}
    seen: dict[str, list[tuple[_Read, Rows]]] = {}
    for one in read if percent else ():
        looked_at = one.results.where("indicator", percent.__contains__) & ~np.isnan(one.typed)
        looked_at &= ~_shares_by_their_parts(one)
        for (indicator,), rows in one.results.groups("indicator", rows=looked_at):
            seen.setdefault(indicator, []).append((one, rows))
    for indicator, parts in seen.items():
        values = np.concatenate([one.typed[rows] for one, rows in parts])
        plain = any(one.plain[rows].any() for one, rows in parts)
        if values.min() >= 0 and 0 < values.max() <= 1 and plain:
            one, rows = parts[0]
            problems.warning(
                one.table.mark(int(one.rows[rows[0]]), "value"),
                "fraction-in-percent",
                f"value: all values of '{indicator}' lie between 0 and 1, but its unit is %",
                "they look like fractions: write 85 (or 85%) for 0.85",
            )


def _shares_by_their_parts(one: _Read) -> Mask:
    """Which rows prove themselves: their value is a hundred times numerator over denominator."""
    above, below = one.results.numbers("numerator"), one.results.numbers("denominator")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.isclose(one.typed, 100 * above / below, rtol=0.01, atol=1e-9)


def _warn_of_points(one: _Read, known: Known, problems: Problems) -> None:
    """Values with three digits behind the point: it may part thousands.

    Three or more of which each has three; or some of which one has a 0 as its last: 980.400 beside 1.234.
    """
    coarse = {id_ for id_, indicator in known.indicators.items() if indicator.decimals < 3}
    pointed = one.results.where("indicator", coarse.__contains__) & (one.decimals > 0)
    for (indicator,), rows in one.results.groups("indicator", rows=pointed):
        threes = rows[(one.decimals[rows] == 3) & (np.abs(one.typed[rows]) >= 1)]
        padded = np.isclose(one.typed[threes] * 100, np.round(one.typed[threes] * 100), rtol=0, atol=1e-6)
        if len(threes) == len(rows) >= 3 or (len(threes) >= 2 and padded.any()):
            row = int(one.rows[threes[0]])
            typed = one.table.text(row, "value")
            problems.warning(
                one.table.mark(row, "value"),
                "thousands-point",
                f"value: points in the values of '{indicator}' stand before three digits, like {typed}",
                f"if it parts thousands, write {typed.replace('.', '')}; else say 'decimals: 3' there",
            )
