"""One row of the results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.period import Period
from generator.problems import FilePosition

ResultStatus = Literal["actual", "provisional", "estimate", "missing"]

WhyUntold = Literal["small-group", "hidden-part"]
"""Why a result is told nowhere: a few people, or part of a total that would tell a hidden part."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was measured: an indicator in a period, for a pilot (or all) and a cell of the dimensions."""

    period: Period
    """The period, at the indicator's frequency."""

    indicator: str
    """The indicator's id."""

    pilot: str | None
    """The pilot's id; None: the whole organisation."""

    cell: tuple[tuple[str, str], ...]
    """(dimension, value) of every column that is not blank, in declared order."""

    value: float | None
    """In the indicator's unit; of a ratio left blank, numerator / denominator × factor. None: missing."""

    numerator: float | None
    """Of a ratio."""

    denominator: float | None
    """Of a ratio."""

    target: float | None
    """The target that the results file itself gives."""

    status: ResultStatus
    """actual, provisional, estimate or missing (whenever there is no value)."""

    note: str
    """A remark; of a missing value, why."""

    as_of: date | None
    """The day it was taken from the source."""

    version: date | None
    """The day of the definition that the value follows."""

    file: str
    """The results file, from the project's root."""

    line: int
    """The line there, on which the row starts."""

    n: float | None = None
    """How many cases a mean is of; means of longer periods are weighted by it."""

    withheld: WhyUntold | None = None
    """Of a result that is not told, why; it is a gap like a missing one."""

    sheet_cell: str = ""
    """Of a workbook, the sheet and the cell of its value, e.g. 月度!C7; blank of other files."""

    @property
    def mark(self) -> FilePosition:
        """Where it stands."""
        return FilePosition(self.file, self.line, 1, self.sheet_cell)

    @property
    def where(self) -> str:
        """The same within a sentence: the file with its line, or with the cell of a workbook."""
        return f"{self.file}:{self.sheet_cell or self.line}"
