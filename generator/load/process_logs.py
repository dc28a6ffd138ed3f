"""Whether the log of a process can be asked: what it names is there, before anything is read of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path, PurePosixPath

from generator.load.files import RAW
from generator.load.references import Names, check_name
from generator.load.worked_days import UnreadDaysError, worked_days
from generator.model.process import Process
from generator.model.process_log import WorkingDays
from generator.problems import Problems, Source


def check_log(process: Process, root: Path, source: Source, problems: Problems) -> None:
    """Activities are steps of a map; there is something to read; somebody works, in hours that are in order.

    Its source and the indicators of its results are among `references`.
    """
    log = process.log
    if log is None:
        return
    names = Names({"step": process.step_ids})
    for activity, step in log.activities.items():
        check_name("step", step, source, ("log", "activities", activity), names, problems)
    if log.query is None and log.table is None and log.xes is None:
        hint = "write table: NAME, query: one SELECT that gives case, activity and start or end, or xes: FILE"
        problems.error(source.mark(("log",), key=True), "missing-key", "the log says not what to read", hint)
    if log.xes is not None and (log.source is not None or log.table is not None):
        key = "source" if log.source is not None else "table"
        message = f"an XES file has no {key}"
        problems.error(source.mark(("log", "xes")), "bad-value", message, f"delete xes:, or {key}:")
    if "resource" in log.by:
        message = "resource says who did a step: nobody is told apart"
        hint = "name a column of units or roles, e.g. department"
        problems.error(source.mark(("log", "by", log.by.index("resource"))), "bad-value", message, hint)
    if log.calendar != WorkingDays() and process.time.basis == "calendar":
        message = "this process counts calendar time: working hours and days off say nothing"
        hint = "delete calendar:, or write time: {basis: working}"
        problems.warning(source.mark(("log", "calendar"), key=True), "bad-value", message, hint)
    _hours(log.calendar, source, problems)
    _days(log.calendar, root, source, problems)
    if log.calendar.file is not None:
        _file(log.calendar.file, source, problems)


def _days(calendar: WorkingDays, root: Path, source: Source, problems: Problems) -> None:
    """Some day is worked: one of the week, one that is named, or one of the file, which goes before these."""
    if calendar.weekdays:
        return
    told = dict.fromkeys(calendar.work, True)
    if calendar.file is not None:
        if not (root / calendar.file).is_file():
            return  # raw files need not lie where a handbook is built; who measures is told
        try:
            told |= worked_days(root, calendar.file)
        except UnreadDaysError as fault:
            hint = "write the columns day and works (yes or no)"
            place = ("log", "calendar", "file")
            problems.error(source.mark(place), "bad-value", str(fault), hint)
            return
    if not any(told.values()):
        message = "no day is worked: every time would be none"
        hint = "name days of the week, 1 (Monday) to 7, or the days that are worked under work: or in a file:"
        problems.error(source.mark(("log", "calendar", "weekdays"), key=True), "bad-value", message, hint)


def _file(name: str, source: Source, problems: Problems) -> None:
    """The file of days lies where a build does not take it for one that nothing reads."""
    path = PurePosixPath(name)
    if path.parts[:1] == ("data",) and path.parts[1:2] != (RAW,):
        message = "a calendar does not lie among the results"
        hint = f"move it to data/{RAW}/{path.name} and name it so here"
        problems.error(source.mark(("log", "calendar", "file")), "bad-value", message, hint)


def _hours(calendar: WorkingDays, source: Source, problems: Problems) -> None:
    spans = [tuple(hours.split("-")) for hours in calendar.hours]
    place = ("log", "calendar", "hours")
    if not spans:
        message, hint = "no hours of a day are worked", "e.g. [09:00-12:00, 13:00-18:00]"
        problems.error(source.mark(place, key=True), "bad-value", message, hint)
    for position, (start, end) in enumerate(spans):
        if start >= end:
            message = f"{start} is not before {end}"
            problems.error(source.mark((*place, position)), "bad-value", message, "e.g. 09:00-12:00")
    for position, (before, after) in enumerate(pairwise(spans), 1):
        if before[0] < before[1] and after[0] < before[1]:
            message = f"{after[0]} is before the end of the stretch above, {before[1]}"
            hint = "write the stretches of a day in order"
            problems.error(source.mark((*place, position)), "bad-value", message, hint)
