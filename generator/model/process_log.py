"""`log:` of a process: where its cases are recorded, and how what stands there is put on the map."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.model.common import Date, Id, Items, OneLine, Part, ShortForm

HoursText = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
]
"""A stretch of a working day, e.g. 09:00-12:00."""

MeasuredFigure = Literal["cycle_time", "first_pass_yield", "waiting_share", "automation"]


class WorkingDays(Part):
    """When people work; only of a process with `time: {basis: working}`."""

    hours: Items[HoursText] = ("09:00-12:00", "13:00-18:00")
    """Stretches of a working day, in order. Default [09:00-12:00, 13:00-18:00]."""

    weekdays: Items[Annotated[int, Field(ge=1, le=7)]] = (1, 2, 3, 4, 5)
    """Days of the week, 1 (Monday) to 7. Default [1, 2, 3, 4, 5]."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None
    """Whose public holidays, with their make-up days, are kept, e.g. CN or DE-BY."""

    off: Items[Date] = ()
    """Further days off, e.g. [2026-07-01]."""

    work: Items[Date] = ()
    """Further days that are worked, e.g. a Saturday: [2026-02-14]."""

    file: OneLine | None = None
    """A CSV file from the project's root with the columns day and works (yes or no), which goes before all
    else, e.g. data/raw/plant.csv."""


class LogResult(Part):
    """An indicator whose results come from the log."""

    indicator: Id
    """The indicator."""

    unit: Literal["h", "d"] = "d"
    """Of a time: hours, or days of the process's time basis. Default d."""


class ProcessLog(Part):
    """The event log of a process."""

    source: Id | None = None
    """The source of the handbook that holds it. Default: files under data/raw."""

    query: str | None = Field(default=None, min_length=1, max_length=20_000)
    """A SELECT that gives `case`, `activity` and `start`, `end` or both, and optionally `resource`, `pilot`
    and dimensions. Default: everything of `table`."""

    table: OneLine | None = None
    """The table, where its columns have these names."""

    xes: OneLine | None = None
    """An XES file from the project's root, e.g. data/raw/orders.xes, in place of a source."""

    activities: dict[OneLine, Id] = Field(default_factory=dict)
    """Which step of a map an activity is, e.g. {Prüfen: check}. Default: the step of that id or name."""

    ends: Items[OneLine] = ()
    """Activities after which a case is done. Default: those of the steps that lead to an end."""

    machines: Items[OneLine] = ()
    """Resources that are machines, e.g. [batch]."""

    by: Items[Id] = ()
    """Dimensions of the query to tell apart besides `pilot`, e.g. [region]."""

    calendar: WorkingDays = WorkingDays()
    """When people work."""

    results: dict[MeasuredFigure, Annotated[LogResult, ShortForm("indicator", Id)]] = Field(
        default_factory=dict
    )
    """Indicators whose results are written from the log, e.g. {cycle_time: order-cycle-time}."""
