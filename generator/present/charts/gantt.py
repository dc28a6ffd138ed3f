"""The roadmap as a Gantt chart: when each step ran, with the day the handbook tells about as today.

Rows have a key and a label, so that several pilots can walk the same steps in one chart under a head each.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import altair as alt

from generator.present.charts import rows as row_axis
from generator.present.charts import style
from generator.present.text.metrics import text_width

WIDTH, ROW, DENSE = 520, 32, 25
MANY = 8
"""More rows than this stand closer together."""
MANY_MONTHS = 6
"""More firsts of months than this find no room for their words on a phone."""
State = Literal["done", "started", "planned", "blocked"]
LOOK: dict[State, str] = {
    "done": style.RULE,
    "started": style.GOOD,
    "planned": style.PLAN,
    "blocked": style.BAD,
}


@dataclass(frozen=True, slots=True)
class GanttBar:
    """One bar; both days are inside it."""

    row: str
    state: State
    start: date
    end: date
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A single day in a row, as a change of the process."""

    row: str
    day: date
    tip: str = ""
    """What hovering says in the interactive view."""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A line of the chart; a head carries no bar of its own."""

    key: str
    label: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which a row is to be finished."""

    row: str
    day: date
    late: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A word at a day of a row, as how late it is."""

    row: str
    day: date
    text: str


def specification(
    rows: tuple[GanttRow, ...],
    tasks: tuple[GanttBar, ...],
    milestones: tuple[Milestone, ...],
    today: tuple[date, str],
    states: tuple[tuple[State, str], ...],
    months: tuple[tuple[date, str], ...],
    *,
    dues: tuple[Due, ...] = (),
    remarks: tuple[Remark, ...] = (),
) -> dict[str, Any]:
    """The chart as Vega-Lite; tasks, milestones, days and remarks name rows by their keys.

    `months` are the labelled firsts of months on the axis.
    """
    spec = deepcopy(_template())
    words = dict(states)
    spec["datasets"] = {
        "tasks": [_task(task, words[task.state]) for task in tasks],
        "milestones": [{**_at(milestone), "tip": milestone.tip} for milestone in milestones],
        "dues": [{**_at(due), "colour": style.BAD if due.late else style.INK} for due in dues],
        "remarks": [{**_at(remark), "label": remark.text} for remark in remarks],
        "today": [{"day": today[0].toordinal(), "label": today[1]}],
    }
    spec["height"] = (ROW if len(rows) <= MANY else DENSE) * len(rows)
    _name_rows(spec, rows)
    x = _time(tasks, dues, today[0], months)
    for layer in spec["layer"]:
        layer["encoding"]["x"] |= x
    used = [state for state, _ in states if any(task.state == state for task in tasks)]
    spec["layer"][0]["encoding"]["color"]["scale"] = {
        "domain": [words[state] for state in used],
        "range": [LOOK[state] for state in used],
    }
    return spec


def _task(task: GanttBar, state: str) -> dict[str, Any]:
    """A bar's row of data; it reaches to the end of its last day."""
    return {
        "name": task.row,
        "state": state,
        "start": task.start.toordinal(),
        "end": task.end.toordinal() + 1,
        "tip": task.tip,
    }


def _at(entry: Milestone | Due | Remark) -> dict[str, Any]:
    """Where something that has a single day stands."""
    return {"name": entry.row, "day": entry.day.toordinal()}


def _time(
    tasks: tuple[GanttBar, ...], dues: tuple[Due, ...], today: date, months: tuple[tuple[date, str], ...]
) -> dict[str, Any]:
    """The axis of time: from the first begin to the last end or day to finish, with some room."""
    ends = [day for task in tasks for day in (task.start, task.end)] + [due.day for due in dues] + [today]
    low, high = min(ends).toordinal() - 10, max(ends).toordinal() + 20
    labels = {str(day.toordinal()): label for day, label in months if low <= day.toordinal() <= high}
    return {
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {
            "orient": "top",
            "values": [int(day) for day in labels],
            "labelExpr": style.lookup(labels),
            "grid": True,
            "domain": False,
            "labelAlign": "left",
            "labelFlush": False,
            "labelOverlap": "greedy",
            "title": None,
        },
    }


def half_years(narrow: dict[str, Any]) -> dict[str, Any]:
    """A phone's chart with Januaries and Julys alone where there are many firsts of months: with all of them
    the word of a January, which carries the year, would give way to the one before it."""
    for layer in narrow["layer"]:
        axis = layer["encoding"].get("x", {}).get("axis") or {}
        if len(axis.get("values", ())) > MANY_MONTHS:
            axis["values"] = [day for day in axis["values"] if date.fromordinal(day).month in (1, 7)]
    return narrow


def _name_rows(spec: dict[str, Any], rows: tuple[GanttRow, ...]) -> None:
    """Keys in order with their labels, heads in bold."""
    row_axis.set_rows(spec, [row.key for row in rows])
    room = max(text_width(row.label, 13) for row in rows) + 12
    heads = [row.key for row in rows if row.head]
    labels = style.lookup({row.key: row.label for row in rows})
    for layer in spec["layer"]:
        y = layer["encoding"].get("y", {})
        if "field" in y:
            y["axis"] |= {"minExtent": room, "labelLimit": room + 60, "labelExpr": labels}
            if heads:
                test = f"indexof({json.dumps(heads, ensure_ascii=False)}, datum.value) >= 0"
                y["axis"]["labelFontWeight"] = {"condition": {"test": test, "value": 600}, "value": 400}


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    y = row_axis.name_axis()
    day = (
        alt.Chart(alt.NamedData("today")).mark_rule(color=style.BAD, strokeWidth=1.4).encode(x=alt.X("day:Q"))
    )
    day_word = (
        alt.Chart(alt.NamedData("today"))
        .mark_text(color=style.BAD, baseline="top", dy=4)
        .encode(x=alt.X("day:Q"), y=alt.value({"expr": "height"}), text="label:N")
    )
    stones = alt.Chart(alt.NamedData("milestones"))
    diamonds = stones.mark_point(
        shape="diamond", filled=True, size=90, color=style.INK, stroke=style.PAPER, opacity=1
    ).encode(y=y, x=alt.X("day:Q"))
    ticks = (
        alt.Chart(alt.NamedData("dues"))
        .mark_tick(orient="vertical", thickness=2.4, size=21)
        .encode(y=y, x=alt.X("day:Q"), color=alt.Color("colour:N", scale=None))
    )
    words = (
        alt.Chart(alt.NamedData("remarks"))
        .mark_text(color=style.BAD, align="left", dx=6)
        .encode(y=y, x=alt.X("day:Q"), text="label:N")
    )
    chart = alt.layer(_bars(y), day, diamonds, day_word, ticks, words).properties(width=WIDTH)
    return style.finished(chart, "tasks", "milestones")


def _bars(y: Any) -> Any:
    """A bar for each step that has begun, in the colour of its state."""
    state = alt.Color(
        "state:N",
        sort=None,
        scale=alt.Scale(domain=["a"], range=["#000000"]),
        legend=alt.Legend(symbolType="square", symbolOpacity=1),
    )
    bars = alt.Chart(alt.NamedData("tasks")).mark_bar(size=15, cornerRadius=2)
    return bars.encode(y=y, x=alt.X("start:Q"), x2="end:Q", color=state)
