"""The pilots' way along the roadmap as Gantt charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.pilot import Pilot
from generator.present.charts import gantt
from generator.present.desk import Desk
from generator.present.links import Ref
from generator.present.pages.figure import FigureView, figure

STATES: tuple[gantt.State, ...] = ("done", "started", "planned", "blocked")


def roadmap_gantt(desk: Desk, pilot: Pilot, heading: Ref) -> Iterator[FigureView]:
    """The steps that have a beginning; a step under way lasts until today, which is the end of `as_of`."""
    form, words = desk.format, desk.format.words
    as_of, starts = desk.figures.as_of, desk.figures.catalogue.handbook.fiscal_year_starts
    if as_of is None:
        return
    today = as_of.end(starts)
    names = {step.number: form.text(step.name) for step in desk.figures.catalogue.roadmap.steps}
    tasks, rows = [], []
    for step in sorted(pilot.steps, key=lambda one: one.step):
        row = words("roadmap.numbered", n=step.step, name=names.get(step.step, str(step.step)))
        begun = form.date(step.started) if step.started else ""
        ended = form.date(step.finished) if step.finished else ""
        rows.append((row, begun, ended, words(f"step_state.{step.status}")))
        if step.started and (step.finished or step.started <= today):
            tasks.append(gantt.Task(row, step.status, step.started, step.finished or today))
    if not tasks:
        return
    last = tasks[-1].row
    stones = tuple(
        gantt.Milestone(_row_at(tasks, change.date) or last, change.date, "") for change in pilot.changes
    )
    counts = {state: sum(step.status == state for step in pilot.steps) for state in STATES}
    finding = words(
        "figure.finding.gantt", day=form.date(today), done=counts["done"], started=counts["started"],
        blocked=counts["blocked"], of=len(names),
    )  # fmt: skip
    spec = gantt.specification(
        tuple(row[0] for row in rows),
        tuple(tasks),
        stones,
        (today, words("figure.today")),
        tuple((state, words(f"step_state.{state}")) for state in STATES),
        tuple(_months(desk, tasks, today)),
    )
    columns = [("step", False), ("begun", False), ("ended", False), ("state", False)]
    yield figure(desk, "gantt", f"gantt-{pilot.id}", heading, finding, spec, columns, rows)


def _row_at(tasks: list[gantt.Task], day: date) -> str | None:
    """The step that was under way on a day, the newest of several."""
    return next((task.row for task in reversed(tasks) if task.start <= day <= task.end), None)


def _months(desk: Desk, tasks: list[gantt.Task], today: date) -> Iterator[tuple[date, str]]:
    """Firsts of months over the chart, every third where there are many; January carries the year."""
    first = min(task.start for task in tasks)
    span = (today.year - first.year) * 12 + today.month - first.month + 2
    every = 1 if span <= 10 else 3
    words = desk.format.words
    for number in range(span + 1):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        if (month - 1) % every == 0:
            name = words(f"months.{month}")
            key = "period.month" if month == 1 else "axis.month"
            yield date(year, month, 1), words(key, year=year, month=name)
