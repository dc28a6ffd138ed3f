"""What was agreed over all reviews: what is open, by when and by whom, and what came of what was closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState, tasks_of, today_of
from generator.compute.insight.attempts import measured_of
from generator.model.exact import counted
from generator.present.links import ACTIONS, REVIEWS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews.tried import MeasuredView, action_measured
from generator.present.parts.facets import Facet, facet
from generator.present.parts.meetings import ActionRow, action_row
from generator.present.parts.record import unit_name
from generator.present.text.format import Format
from generator.present.text.prose import plain

STATES = ("overdue", "open", "doing", "done", "dropped")
OUTCOMES = ("worked", "no-effect", "worse", "too-early")
Data = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One action with what the filters look at."""

    action: ActionRow
    measured: MeasuredView | None
    cause: str
    step: str
    data: Data


@dataclass(frozen=True, slots=True)
class ActionsContext:
    """What the template is given."""

    summary: str
    facets: tuple[Facet, ...]
    open: tuple[TaskRow, ...]
    closed: tuple[TaskRow, ...]
    index: Ref


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; nothing without actions."""
    figures, words = ctx.figures, ctx.format.words
    tasks = tasks_of(figures.catalogue, today_of(figures.as_of, figures.catalogue.handbook.calendar))
    if not tasks:
        return
    links = ctx.links(ACTIONS)
    left = [task for task in tasks if task.open]
    # What was closed last stands first.
    ended = sorted(
        (task for task in tasks if not task.open),
        key=lambda task: task.action.closed or task.action.due or task.review.date,
        reverse=True,
    )
    context = ActionsContext(
        summary(figures, ctx.format, tasks),
        tuple(chooser for chooser in _facets(figures, ctx.format, tasks, links) if len(chooser.options) > 1),
        tuple(_row(figures, ctx.format, task, links) for task in left),
        tuple(_row(figures, ctx.format, task, links) for task in ended),
        Ref(words("chapters.reviews"), links.to(REVIEWS)),
    )
    title = words("actions.title")
    search = SearchEntry(title, context.summary)
    page = ctx.page(
        "reviews/actions",
        ACTIONS,
        title,
        context,
        search=search,
        description=context.summary,
        order=-0.9,
        hide=("navigation", "toc"),
    )
    yield ctx.in_chapter(page, "reviews")


def summary(figures: Figures, form: Format, tasks: Sequence[ActionState]) -> str:
    """How many are open, of which late, and what came of the others."""
    words = form.words
    if len(tasks) < len(tasks_of(figures.whole.catalogue, None)):
        return words("edition.in_part") + words("punctuation.stop")
    left = [task for task in tasks if task.open]
    late = counted(task.overdue for task in left)
    parts = [words.count("actions.open", len(left)) if left else words("actions.none_open")]
    if late:
        parts.append(words.count("actions.overdue", late))
    text = words("punctuation.clause").join(parts)
    ended = [task for task in tasks if not task.open]
    if ended:
        text += words("punctuation.sentence") + words.count("actions.ended", len(ended))
        said = [task.action.result.verdict for task in ended if task.action.result]
        counts = [
            words(f"actions.came.{verdict}", n=said.count(verdict)) for verdict in OUTCOMES if verdict in said
        ]
        if counts:
            text += words("punctuation.colon") + form.listed(counts)
    return text + words("punctuation.stop")


def _states(task: ActionState) -> tuple[str, ...]:
    return (task.action.status, "overdue") if task.overdue else (task.action.status,)


def _unit(task: ActionState) -> tuple[str | None, ...]:
    return (task.action.owner.unit if task.action.owner else None,)


def _facets(figures: Figures, form: Format, tasks: Sequence[ActionState], links: Links) -> Iterator[Facet]:
    words = form.words
    yield facet(
        "pilot",
        words("filter.pilot"),
        tasks,
        lambda task: (task.review.pilot,),
        lambda value: links.pilot(value).title,
    )
    yield facet(
        "state", words("filter.status"), tasks, _states, lambda value: words(f"actions.state.{value}"), STATES
    )
    yield facet("unit", words("filter.unit"), tasks, _unit, lambda value: unit_name(figures, form, value))
    yield facet(
        "outcome",
        words("actions.outcome"),
        tasks,
        lambda task: (task.action.result.verdict if task.action.result else None,),
        lambda value: words(f"reviews.verdict.{value}"),
        OUTCOMES,
    )


def _row(figures: Figures, form: Format, task: ActionState, links: Links) -> TaskRow:
    words = form.words
    row, problem, action = action_row(figures, form, task, links), task.problem, task.action
    text = [
        plain(form.text(action.text)),
        plain(form.text(problem.text)) if problem else "",
        row.owner,
        row.review.title,
    ]
    due = action.closed if not task.open else action.due
    data = {
        "pilot": task.review.pilot,
        "state": " ".join(_states(task)),
        "unit": _unit(task)[0] or "",
        "outcome": action.result.verdict if action.result else "",
        "text": " ".join(text),
        "sort-due": due.isoformat() if due else "",
    }
    return TaskRow(
        row,
        action_measured(figures, form, action, measured_of(figures, task), links),
        words(f"reviews.cause.{problem.cause}") if problem and problem.cause else "",
        _step(figures, form, task),
        tuple(data.items()),
    )


def _step(figures: Figures, form: Format, task: ActionState) -> str:
    """The name of the step where the problem sits, the newest it has."""
    catalogue = figures.catalogue
    process = catalogue.processes.get(catalogue.pilots[task.review.pilot].process or "")
    if process is None or task.problem is None:
        return ""
    names = {step.id: form.step(step) for _, drawn in process.maps.drawn for step in drawn.steps}
    return names.get(task.problem.step or "", "")
