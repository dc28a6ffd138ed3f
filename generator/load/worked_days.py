"""A calendar's file: days, and whether each is worked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.load.decode import read_text
from generator.load.long_cells import csv_rows
from generator.problems import Problems

YES, NO = {"yes", "true", "1", "是"}, {"no", "false", "0", "否"}


class UnreadDaysError(Exception):
    """Why a calendar's file cannot be read, with its place."""


def worked_days(root: Path, name: str) -> dict[date, bool]:
    """The days of a file of the project, by the columns day and works. UnreadDaysError in words."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise UnreadDaysError(f"log: calendar: file: {name} lies outside the project")
    problems = Problems()
    text = read_text(path, name, problems, gb18030=True)
    if text is None:
        told = next(iter(problems))
        raise UnreadDaysError(f"{told.mark}: {told.message}; {told.hint}")
    found: dict[date, bool] = {}
    for number, row in enumerate(csv_rows(text), 2):
        said, day = ((row.get(column) or "").strip().lower() for column in ("works", "day"))
        if said not in YES | NO:
            raise UnreadDaysError(f"{name}:{number}: works is yes or no, found {said!r}")
        try:
            found[date.fromisoformat(day)] = said in YES
        except ValueError:
            message = f"'{day}' is no day; a day is written like 2026-02-14"
            raise UnreadDaysError(f"{name}:{number}: {message}") from None
    return found
