"""The pilots' way along the roadmap as Gantt charts: all of them under each other, or one alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from generator.compute.insight.named import named
from generator.compute.insight.roadmap_state import RoadState, StepState
from generator.model.pilot import Change, Pilot
from generator.present.charts import gantt
from generator.present.charts.draw import TwoWidths
from generator.present.charts.profile import JOIN
from generator.present.charts.rows import stacked
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.parts.progress import overdue_short
from generator.present.text.format import Format
from generator.present.text.prose import plain

MARK, REMARK = timedelta(days=12), timedelta(days=120)
"""What a change's mark and a remark take of the axis, about."""
STATES: tuple[gantt.State, ...] = ("done", "started", "planned", "blocked")


def gantt_of_all(ctx: PageContext, states: Sequence[tuple[Pilot, RoadState]]) -> Iterator[ChartView]:
    """Every pilot's steps on one axis of time, a head for each pilot."""
    if len(states) < 2:
        return
    words, form = ctx.format.words, ctx.format
    known = [state for _, state in states]
    parts = []
    for pilot, state in states:
        if state.current is None:
            parts.append(words("roadmap.at_end", pilot=form.text(pilot.name)))
        else:
            at = _name(form, state.current)
            parts.append(words("roadmap.at", pilot=form.text(pilot.name), step=at))
    late = sum(len(state.overdue) for state in known)
    if len(states) == len(ctx.figures.whole.catalogue.pilots):
        parts.append(words.count("roadmap.overdue_count", late) if late else words("roadmap.no_overdue"))
        if lacking := sum(len(state.lacking) for state in known):
            parts.append(words.count("roadmap.lacking_count", lacking))
    finding = words("punctuation.clause").join(parts) + words("punctuation.stop")
    yield from _chart(ctx, states, "gantt", Ref(words("chart.title.gantt_all")), finding)


def gantt_of(ctx: PageContext, pilot: Pilot, state: RoadState, heading: Ref) -> Iterator[ChartView]:
    """One pilot's steps."""
    if state.today is None:
        return
    counts = named(state.counts, f"pilots/{pilot.id}/roadmap/counts")
    finding = ctx.format.words(
        "chart.finding.gantt",
        day=ctx.format.date(state.today),
        done=counts.done,
        started=counts.started,
        blocked=counts.blocked,
        of=counts.of,
    )
    if counts.overdue:
        finding += ctx.format.words.count("chart.finding.gantt_late", counts.overdue)
    if counts.lacking:
        lacking = ctx.format.words.count("roadmap.lacking_count", counts.lacking)
        finding += ctx.format.words("punctuation.clause") + lacking
    yield from _chart(
        ctx, [(pilot, state)], f"gantt-{pilot.id}", heading, finding + ctx.format.words("punctuation.stop")
    )


def _chart(
    ctx: PageContext, states: Sequence[tuple[Pilot, RoadState]], name: str, heading: Ref, finding: str
) -> Iterator[ChartView]:
    """Steps with a beginning are bars; one under way lasts until today, which is the end of `as_of`."""
    form, words, several = ctx.format, ctx.format.words, len(states) > 1
    today = states[0][1].today
    drawn = _Drawn()
    for pilot, state in states:
        if several:
            drawn.rows.append(gantt.GanttRow(f"{pilot.id}{JOIN}", form.text(pilot.name), True))
        _add(form, drawn, pilot, state, today)
    if not drawn.tasks or today is None:
        return
    spec = gantt.specification(
        tuple(drawn.rows),
        tuple(drawn.tasks),
        tuple(drawn.milestones),
        (today, words("chart.today")),
        states=tuple((state, words(f"step_state.{state}")) for state in STATES),
        months=tuple(_months(form, drawn.tasks, [due.day for due in drawn.dues], today)),
        dues=tuple(drawn.dues),
        remarks=tuple(drawn.remarks),
    )
    columns = [("step", False), ("begun", False), ("ended", False), ("due", False), ("state", False)]
    if several:
        columns.insert(0, ("pilot", False))
    table = [(title, *cells) if several else cells for title, *cells in drawn.table]
    both = TwoWidths(spec, gantt.half_years(stacked(spec, {row.key: row.label for row in drawn.rows})))
    yield chart_view(ctx, "gantt", name, heading, finding=finding, spec=both, columns=columns, rows=table)


@dataclass(slots=True)
class _Drawn:
    """What the chart shows so far, filled pilot by pilot."""

    rows: list[gantt.GanttRow] = field(default_factory=list)
    tasks: list[gantt.GanttBar] = field(default_factory=list)
    milestones: list[gantt.Milestone] = field(default_factory=list)
    dues: list[gantt.Due] = field(default_factory=list)
    remarks: list[gantt.Remark] = field(default_factory=list)
    table: list[tuple[str, ...]] = field(default_factory=list)
    """The pilot's name, then a step's cells."""


def _add(form: Format, drawn: _Drawn, pilot: Pilot, state: RoadState, today: date | None) -> None:
    """Put one pilot's steps and the changes of its process into the chart."""
    own: list[gantt.GanttBar] = []
    for step in state.steps:
        key = f"{pilot.id}{JOIN}{step.step.number}"
        drawn.rows.append(gantt.GanttRow(key, _name(form, step)))
        cells = _cells(form, step, today)
        own += _task(form, key, step, today, cells)
        drawn.dues += _due(key, step)
        drawn.remarks += _remark(form, key, step, today)
        drawn.table.append((form.text(pilot.name), *cells))
    drawn.tasks += own
    if own:
        drawn.milestones += [_milestone(form, change, own) for change in pilot.changes]
        drawn.remarks = [_beside(remark, drawn.milestones) for remark in drawn.remarks]


def _milestone(form: Format, change: Change, own: list[gantt.GanttBar]) -> gantt.Milestone:
    """A change of the process, in the row of the newest step that ran on its day, else of the newest step."""
    row = next((task.row for task in reversed(own) if task.start <= change.date <= task.end), own[-1].row)
    hover = form.words("chart.tip", head=form.date(change.date), parts=plain(form.text(change.text)))
    return gantt.Milestone(row, change.date, hover)


def _name(form: Format, step: StepState) -> str:
    return form.words("roadmap.numbered", n=step.step.number, name=form.text(step.step.name))


def _task(
    form: Format, key: str, step: StepState, today: date | None, cells: tuple[str, ...]
) -> Iterator[gantt.GanttBar]:
    """The bar of a step that has begun; `cells` is its row in the table."""
    begun = step.progress.started if step.progress else None
    ended = step.progress.finished if step.progress else None
    if begun is not None and today is not None and (ended or begun <= today):
        name, *facts = cells
        hover = tip(form, name, zip(("begun", "ended", "due", "state"), facts, strict=True))
        yield gantt.GanttBar(key, step.status, begun, ended or today, hover)


def _due(key: str, step: StepState) -> Iterator[gantt.Due]:
    """The day of what is not done; that of what is done is history."""
    if step.due is not None and step.status != "done":
        yield gantt.Due(key, step.due, step.overdue == "late")


def _remark(form: Format, key: str, step: StepState, today: date | None) -> Iterator[gantt.Remark]:
    if today is None or not (step.overdue or step.lacking or step.status == "blocked"):
        return
    ended = step.progress.finished if step.progress else None
    text = overdue_short(form, step) if step.overdue or step.lacking else form.words("step_state.blocked")
    yield gantt.Remark(key, ended or today, text)


def _beside(remark: gantt.Remark, milestones: Sequence[gantt.Milestone]) -> gantt.Remark:
    """The remark behind every change of its row that would stand in it."""
    near = [
        one.day
        for one in milestones
        if one.row == remark.row and remark.day - MARK < one.day < remark.day + REMARK
    ]
    return replace(remark, day=max(near) + MARK) if near else remark


def _cells(form: Format, step: StepState, today: date | None) -> tuple[str, ...]:
    progress = step.progress
    state = form.words(f"step_state.{step.status}")
    if (step.overdue or step.lacking) and today is not None:
        state = form.words("roadmap.state_overdue", state=state, overdue=overdue_short(form, step))
    return (
        _name(form, step),
        form.date(progress.started) if progress and progress.started else "",
        form.date(progress.finished) if progress and progress.finished else "",
        form.date(step.due) if step.due and step.status != "done" else "",
        state,
    )


def _months(
    form: Format, tasks: list[gantt.GanttBar], dues: list[date], today: date
) -> Iterator[tuple[date, str]]:
    """Firsts of months over the chart, every third where there are many; January carries the year."""
    first = min(task.start for task in tasks)
    last = max(today, *dues) if dues else today
    span = (last.year - first.year) * 12 + last.month - first.month + 2
    every = 1 if span <= 10 else 3
    words = form.words
    for number in range(span + 1):
        year, month = first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1
        if (month - 1) % every == 0:
            name = words(f"months.{month}")
            key = "period.month" if month == 1 else "axis.month"
            yield date(year, month, 1), words(key, year=year, month=name)
