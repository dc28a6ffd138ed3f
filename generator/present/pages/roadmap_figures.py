"""Charts of the way: each pilot's roadmap as a Gantt chart, and where diagnoses place the organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.compute.diagnosis import Scored, scored
from generator.model.pilot import Pilot
from generator.present.charts import gantt, quadrants
from generator.present.desk import Desk
from generator.present.links import Ref
from generator.present.pages.figure import FigureView, figure, tip
from generator.present.pages.record import unit_name

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
            said = tip(desk, row, [("state", rows[-1][3]), ("begun", begun), ("ended", ended)])
            tasks.append(gantt.Task(row, step.status, step.started, step.finished or today, said))
    if not tasks:
        return
    last = tasks[-1].row
    stones = tuple(
        gantt.Milestone(
            _row_at(tasks, change.date) or last,
            change.date,
            words("figure.tip", head=form.date(change.date), parts=form.text(change.text)),
        )
        for change in pilot.changes
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


def diagnosis_quadrants(desk: Desk) -> Iterator[FigureView]:
    """All diagnoses in one chart, a trail for every unit with more than one."""
    form, words = desk.format, desk.format.words
    questionnaire = desk.figures.catalogue.questionnaire
    if questionnaire is None:
        return
    found = sorted(
        (scored(questionnaire, one) for one in desk.figures.catalogue.diagnoses),
        key=lambda one: (one.diagnosis.unit, one.diagnosis.date),
    )
    placed = [one for one in found if one.quadrant is not None]
    if not placed:
        return
    stops, rows = [], []
    for number, one in enumerate(placed):
        unit = unit_name(desk, one.diagnosis.unit)
        last = number + 1 == len(placed) or placed[number + 1].diagnosis.unit != one.diagnosis.unit
        label = words("figure.stop", unit=unit, date=form.date(one.diagnosis.date))
        stops.append(
            quadrants.Stop(
                one.diagnosis.unit,
                one.organisation.value or 0.0,
                one.technology.value or 0.0,
                label,
                last,
                tip(
                    desk,
                    label,
                    [
                        ("organisation", form.number(one.organisation.value, 2)),
                        ("technology", form.number(one.technology.value, 2)),
                        ("quadrant", words(f"quadrant.{one.quadrant}")),
                    ],
                ),
            )
        )
        rows.append(
            (
                unit,
                form.date(one.diagnosis.date),
                _part(desk, one.organisation.value, one.organisation.answered, one.organisation.of),
                _part(desk, one.technology.value, one.technology.answered, one.technology.of),
                words(f"quadrant.{one.quadrant}"),
                form.join([words(f"pillar.{name}") for name in one.focus]),
            )
        )
    names = tuple(words(f"quadrant.{name}") for name in quadrants.QUADRANTS)
    chart_words = quadrants.QuadrantWords(
        words("figure.axis.organisation"),
        words("figure.axis.technology"),
        (names[0], names[1], names[2], names[3]),
        words("figure.middle"),
    )
    finding = words("punctuation.clause").join(_moves(desk, placed)) + words("punctuation.stop")
    columns = [
        ("unit", False), ("date", False), ("organisation", True), ("technology", True),
        ("quadrant", False), ("focus", False),
    ]  # fmt: skip
    yield figure(
        desk, "quadrants", "quadrants", Ref(words("figure.title.quadrants")), finding,
        quadrants.specification(tuple(stops), chart_words), columns, rows,
    )  # fmt: skip


def _part(desk: Desk, value: float | None, answered: int, of: int) -> str:
    number = desk.format.number(value, 2)
    return number if answered == of else desk.format.words("figure.answered", value=number, n=answered, of=of)


def _moves(desk: Desk, placed: list[Scored]) -> Iterator[str]:
    """For every unit where it stands, where it came from, and its weakest pillar."""
    form, words = desk.format, desk.format.words
    for unit in dict.fromkeys(one.diagnosis.unit for one in placed):
        own = [one for one in placed if one.diagnosis.unit == unit]
        focus = form.join([words(f"pillar.{name}") for name in own[-1].focus])
        key = "quadrants_moved" if own[0].quadrant != own[-1].quadrant else "quadrants_stayed"
        yield words(
            f"figure.finding.{key}",
            unit=unit_name(desk, unit),
            first=words(f"quadrant.{own[0].quadrant}"),
            last=words(f"quadrant.{own[-1].quadrant}"),
            focus=focus,
        )
