"""Results: the long CSV files of data/results become observations, checked against the catalogue.

What concerns one file is done in `sheet`; here is what holds over all of them: one result a key, and per cent
indicators that look as if they were filled with fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path

from generator.load.capped import Capped
from generator.load.sheet import Known, Sheet
from generator.load.table import read_table
from generator.model.exact import counted
from generator.model.handbook import RESULT_COLUMNS
from generator.model.result import Observation
from generator.problems import FilePosition, Problems

REQUIRED_COLUMNS = ("period", "indicator", "pilot", "value")
YEARS_BETWEEN = 3
"""Years without any result after which what follows is told as far from the others."""
YEARS_APART = 20
"""Years without any result that no handbook has."""


def load_results(
    files: Iterable[tuple[Path, str]], known: Known, problems: Problems
) -> tuple[Observation, ...]:
    """The rows of all files that are sound, in order; every fault of the others is a problem.

    `files`: each file and its name from the project's root.
    """
    columns = (*RESULT_COLUMNS, *(dimension.id for dimension in known.handbook.dimensions))
    sheets = []
    for path, name in files:
        table = read_table(path, name, columns, REQUIRED_COLUMNS, problems)
        if table is None:
            continue
        if not len(table.frame):
            if len(table.text.strip().split("\n")) == 1:
                hint = "add results, or delete the file"
                problems.warning(
                    FilePosition(name, 1, 1), "empty-file", "there are no rows under the header", hint
                )
            continue
        sheets.append(Sheet(table, known, problems))
    for sheet in sheets:
        sheet.read()
    kept = _without_repetitions(sheets, problems)
    _warn_of_fractions(sheets, known, problems)
    return _without_far_years(kept, problems)


def _without_far_years(kept: tuple[Observation, ...], problems: Problems) -> tuple[Observation, ...]:
    """The results without those that lie further from all others than any handbook reaches.

    A mistyped year would move the whole site to it. Told is the first row of the smaller side of a gap; over
    `YEARS_APART` it is an error, because every day between would be a gap of its chart.
    """
    far: set[int] = set()
    rows = Counter(made.period.year for made in kept)
    for before, after in pairwise(sorted(rows)):
        if after - before <= YEARS_BETWEEN:
            continue
        early = [year for year in rows if year <= before]
        late = [year for year in rows if year >= after]
        odd = late if counted(rows[year] for year in late) <= counted(rows[year] for year in early) else early
        first = next(made for made in kept if made.period.year in odd)
        message = f"the period {first.period} lies {after - before} years from the nearest other results"
        more = counted(rows[year] for year in odd) - 1
        if more:
            message += f" (and {more} more like it)"
        others = f"end in {before}" if odd is late else f"begin in {after}"
        tell = problems.error if after - before > YEARS_APART else problems.warning
        tell(
            FilePosition(first.file, first.line, 1),
            "far-period",
            message,
            f"correct the year; the others {others}",
        )
        far |= set(odd) if after - before > YEARS_APART else set()
    return tuple(made for made in kept if made.period.year not in far) if far else kept


def _without_repetitions(sheets: list[Sheet], problems: Problems) -> tuple[Observation, ...]:
    """One result a period, indicator, pilot and cell: the first stays, each later one is an error."""
    first: dict[object, Observation] = {}
    kept = []
    for sheet in sheets:
        capped = Capped(problems)
        for row, made in zip(sheet.rows, sheet.observations, strict=True):
            key = (made.period, made.indicator, made.pilot, made.cell)
            earlier = first.setdefault(key, made)
            if earlier is made:
                kept.append(made)
                continue
            cell = "".join(f", {name} {value}" for name, value in made.cell)
            where = made.pilot or "the whole organisation"
            capped.error(
                partial(sheet.table.mark, row, "period"),
                "duplicate-result",
                f"the result of '{made.indicator}' in {made.period} for {where}{cell} is given twice",
                f"first given at {earlier.file}:{earlier.line}; delete one of them",
            )
        capped.close()
    return tuple(kept)


def _warn_of_fractions(sheets: list[Sheet], known: Known, problems: Problems) -> None:
    """A % indicator whose typed values all lie in 0–1 was probably filled with fractions."""
    seen: dict[str, tuple[Sheet, int, float, float, int]] = {}
    percent = {id_ for id_, indicator in known.indicators.items() if indicator.percent}
    for sheet in sheets if percent else ():
        for row, made in zip(sheet.rows, sheet.observations, strict=True):
            number = sheet.typed["value"][row]
            if number is None or made.indicator not in percent:
                continue
            where, at, least, most, count = seen.get(
                made.indicator, (sheet, row, number.value, number.value, 0)
            )
            seen[made.indicator] = (
                where,
                at,
                min(least, number.value),
                max(most, number.value),
                count + int(not number.percent),
            )
    for indicator, (sheet, row, least, most, count) in seen.items():
        if least >= 0 and 0 < most <= 1 and count:
            problems.warning(
                sheet.table.mark(row, "value"),
                "fraction-in-percent",
                f"value: all values of '{indicator}' lie between 0 and 1, but its unit is %",
                "they look like fractions: write 85 (or 85%) for 0.85",
            )
