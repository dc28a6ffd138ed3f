"""The roadmap as a Gantt chart: when each step ran, with the day the handbook tells about as today."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import altair as alt

from generator.present.charts import rows as row_axis
from generator.present.charts import style

WIDTH, ROW = 520, 32
State = Literal["done", "started", "planned", "blocked"]
LOOK: dict[State, str] = {
    "done": style.RULE, "started": style.GOOD, "planned": style.PLAN, "blocked": style.BAD,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
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


def specification(
    rows: tuple[str, ...],
    tasks: tuple[Task, ...],
    milestones: tuple[Milestone, ...],
    today: tuple[date, str],
    states: tuple[tuple[State, str], ...],
    months: tuple[tuple[date, str], ...],
) -> dict[str, Any]:
    """The chart as Vega-Lite; `months` are the labelled firsts of months on the axis."""
    spec = deepcopy(_template())
    words = dict(states)
    spec["datasets"] = {
        "tasks": [
            {
                "name": task.row,
                "state": words[task.state],
                "start": task.start.toordinal(),
                "end": task.end.toordinal() + 1,
                "tip": task.tip,
            }
            for task in tasks
        ],
        "milestones": [{"name": one.row, "day": one.day.toordinal(), "tip": one.tip} for one in milestones],
        "today": [{"day": today[0].toordinal(), "label": today[1]}],
    }
    spec["height"] = ROW * len(rows)
    row_axis.set_rows(spec, rows)
    ends = [task.start for task in tasks] + [task.end for task in tasks] + [today[0]]
    low, high = min(ends).toordinal() - 10, max(ends).toordinal() + 20
    labels = {str(day.toordinal()): label for day, label in months if low <= day.toordinal() <= high}
    x = {
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
    for layer in spec["layer"]:
        layer["encoding"]["x"] |= x
    used = [state for state, _ in states if any(task.state == state for task in tasks)]
    spec["layer"][0]["encoding"]["color"]["scale"] = {
        "domain": [words[state] for state in used],
        "range": [LOOK[state] for state in used],
    }
    return spec


@cache
def _template() -> dict[str, Any]:
    """The layers without data, checked by Altair against the Vega-Lite schema."""
    y = row_axis.name_axis()
    bars = (
        alt.Chart(alt.NamedData("tasks"))
        .mark_bar(size=15, cornerRadius=2)
        .encode(
            y=y,
            x=alt.X("start:Q"),
            x2="end:Q",
            color=alt.Color("state:N", sort=None, scale=alt.Scale(domain=["a"], range=["#000000"])),
        )
    )
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
    chart: Any = alt.layer(bars, day, diamonds, day_word).properties(width=WIDTH)
    spec: dict[str, Any] = chart.to_dict()
    style.tipped(spec, "tasks", "milestones")
    spec["config"] = style.config()
    return spec
