"""One page a review: how the pack stood, what was found and where, what was tried and whether it worked.

Attainment and signals are those of the review's period, as they stood at its end; what came of actions and
changes is told as it is known now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.actions import tasks_of, today_of
from generator.compute.insight.agenda import agenda_of
from generator.compute.insight.attempts import attempts_for, measured_of
from generator.compute.insight.cases import cases_of_review
from generator.compute.insight.levels import level_of, reach_of
from generator.compute.insight.quarter import in_quarter, quarters_of, turns_of
from generator.model.process import Process
from generator.model.review import Coaching, Review, ReviewProblem
from generator.present.links import REVIEWS, Links, Ref, path_of, quarter_path
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews.problem_map import focus_maps, maps_of
from generator.present.pages.reviews.tried import MeasuredView, TriedRow, action_measured, tried_row
from generator.present.pages.reviews.turns import TurnRow, turn_row
from generator.present.parts.agenda_items import AgendaGroup, AgendaWriter
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.map_picture import MapPicture
from generator.present.parts.meetings import ActionRow, action_row, meeting_ref, review_title
from generator.present.parts.reach import reach_ref
from generator.present.parts.record import unit_name
from generator.present.text.format import Format
from generator.present.text.prose import plain
from generator.present.text.scores import points_text, reading


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem: where it shows, where it sits, what causes it."""

    number: int
    anchor: str
    text: Markup
    indicator: Ref | None
    step: Ref | None
    lane: str
    cause: str
    lies: str
    """Of a cause in people: what was missing, and whose it is."""


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """One action of the review: the problem it answers, what came of it, what was measured."""

    number: int
    """Of the problem; 0 where it answers none."""
    action: ActionRow
    measured: MeasuredView | None


@dataclass(frozen=True, slots=True)
class CoachingRow:
    """One coaching note."""

    unit: str
    stage: str
    rows: tuple[tuple[str, Markup], ...]
    """What it was about, what went well, what is missing yet, what comes next."""


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """What a review's template is given."""

    facts: str
    pilot: Ref
    quarter: Ref | None
    summary: Markup
    previous: Ref | None
    following: Ref | None
    index: Ref
    as_of: str
    """The sentence that says which period the figures are of, with the score where it is a long review."""
    long: bool
    before: str
    """The period before, by name."""
    pack: tuple[TurnRow, ...]
    by_chance: str
    """How many of its signals are to be expected by chance."""
    since: tuple[AgendaGroup, ...]
    """What had changed since the review before; none where nothing had."""
    unchanged: str
    """That nothing had changed since then."""
    told: str
    """The problems by cause and place in a sentence."""
    reach: Ref | None
    """The share of its causes outside a person's reach."""
    problems: tuple[ProblemRow, ...]
    maps: tuple[MapPicture, ...]
    actions: tuple[AgreedRow, ...]
    tried: tuple[TriedRow, ...]
    coaching: tuple[CoachingRow, ...]
    decisions: tuple[Markup, ...]
    cases: tuple[Ref, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for each review, newest first."""
    reviews = sorted(ctx.figures.catalogue.reviews.values(), key=lambda review: (review.date, review.id))
    for order, review in enumerate(reversed(reviews)):
        path = path_of("review", review.id)
        if not ctx.wants(path):
            continue
        own = [other for other in reviews if other.pilot == review.pilot]
        place = own.index(review)
        before = own[place - 1] if place else None
        after = own[place + 1] if place + 1 < len(own) else None
        made = partial(_page, review=review, before=before, after=after, order=order)
        yield ctx.page_or_kept(path, made)


def _page(ctx: PageContext, review: Review, before: Review | None, after: Review | None, order: int) -> Page:
    form, path = ctx.format, path_of("review", review.id)
    title, summary = review_title(ctx.figures, form, review), plain(form.text(review.summary))
    return ctx.page(
        "reviews/review",
        path,
        title,
        _context(ctx, review, before, after, ctx.links(path)),
        search=SearchEntry(title, summary),
        description=summary,
        order=order,
        hide=("navigation", "toc"),
    )


def _context(
    ctx: PageContext, review: Review, before: Review | None, after: Review | None, links: Links
) -> ReviewContext:
    """The page's content; `before` and `after` are the same pilot's reviews next to this one."""
    form, then = ctx.format, ctx.at(review.period)
    pilot = then.figures.catalogue.pilots[review.pilot]
    rows = _problems(ctx, review, links)
    since = _since(ctx, then, review, before, links)
    changed = any(group.lines for group in since)
    return ReviewContext(
        facts=form.words("punctuation.dot").join(
            (form.date(review.date), form.words(f"reviews.kind.{review.kind}"))
        ),
        pilot=links.pilot(review.pilot),
        quarter=_quarter(ctx.figures, form, review, links),
        summary=form.prose(review.summary),
        previous=meeting_ref(form, before, links) if before else None,
        following=meeting_ref(form, after, links) if after else None,
        index=Ref(form.words("chapters.reviews"), links.to(REVIEWS)),
        as_of=_as_of(then, review),
        long=review.kind == "long",
        before=form.period(review.period.shift(-1)),
        pack=_pack(then, ctx.at(review.period.shift(-1)).figures, review, links),
        by_chance=by_chance(
            then, pack_keys(then.figures, pilot.id) if pilot.id in then.figures.pilots else ()
        ),
        since=since if changed else (),
        unchanged=_unchanged(ctx.figures, form, review) if since and not changed else "",
        told=_told(form, rows),
        reach=reach_ref(ctx, reach_of(ctx.figures, review.id, [review.id]), "reviews", links),
        problems=rows,
        maps=focus_maps(ctx, then, pilot, review.period, _pins(review)),
        actions=_actions(ctx.figures, form, review, links),
        tried=_tried(ctx.figures, form, review, links),
        coaching=tuple(_coaching(ctx.figures, form, note) for note in review.coaching),
        decisions=tuple(form.inline(text) for text in review.decisions),
        cases=tuple(links.case(name) for name in cases_of_review(ctx.figures.catalogue, review.id)),
    )


def _pack(then: PageContext, earlier: Figures, review: Review, links: Links) -> tuple[TurnRow, ...]:
    """The pilot's pack as of the review's period, with what turned since the period before."""
    pilot = then.figures.catalogue.pilots[review.pilot]
    turns = turns_of(then.figures, earlier, pilot, review.period)
    return tuple(turn_row(then.figures, then.format, item, links) for item in turns)


def _coaching(figures: Figures, form: Format, note: Coaching) -> CoachingRow:
    words = form.words
    texts = (
        ("reviews.coaching_focus", note.focus),
        ("reviews.coaching_good", note.good),
        ("coaching.gap", note.gap),
        ("coaching.support", note.support),
        ("reviews.coaching_plan", note.plan),
    )
    return CoachingRow(
        unit_name(figures, form, note.unit),
        words(f"coaching.stage.{note.stage}") if note.stage else "",
        tuple((words(key), form.inline(text)) for key, text in texts if text is not None),
    )


def _unchanged(figures: Figures, form: Format, review: Review) -> str:
    """That nothing had changed, as far as the edition may tell."""
    own = figures.pilots.get(review.pilot)
    part = own is None or own.score.withheld is not None
    return form.words("agenda.unchanged_shown" if part else "agenda.unchanged")


def _since(
    ctx: PageContext, then: PageContext, review: Review, before: Review | None, links: Links
) -> tuple[AgendaGroup, ...]:
    """What was new between the review before, as far as the edition sees one, and this one."""
    if before is None:
        return ()
    pilot = then.figures.catalogue.pilots[review.pilot]
    earlier = ctx.at(before.period).figures
    agenda = agenda_of(then.figures, earlier, pilot, before, review.date)
    return AgendaWriter(then, links).groups(agenda, held=True)


def _quarter(figures: Figures, form: Format, review: Review, links: Links) -> Ref | None:
    """The page of the long period that the review belongs to."""
    calendar = figures.catalogue.handbook.calendar
    for whole in quarters_of(figures):
        if in_quarter(review, whole, calendar):
            title = form.words("quarter.title", period=form.period(whole))
            return Ref(title, links.to(quarter_path(whole)))
    return None


def _as_of(then: PageContext, review: Review) -> str:
    form, words = then.format, then.format.words
    period = form.period(review.period)
    own = then.figures.pilots.get(review.pilot)
    if review.kind == "short" or own is None:
        return words("reviews.as_of", period=period)
    score, scoring = own.score, then.figures.catalogue.handbook.scoring
    if score.withheld is not None:
        text = words("reviews.withheld", period=period, share=form.share(score.withheld.weight))
    elif score.value is None:
        return words("reviews.no_score", period=period)
    else:
        text = words(
            "reviews.score",
            period=period,
            score=points_text(form, score.value, scoring),
            reading=reading(form, score, scoring, gate=False),
            coverage=form.share(score.coverage),
        )
    gate = words("reviews.gate", gate=words(f"quarter.gate.{score.gate}")) if score.gate else ""
    return text + gate + words("punctuation.stop")


def _pins(review: Review) -> dict[str, tuple[int, ...]]:
    """Step -> numbers of its problems, in order of the problems."""
    pins: dict[str, tuple[int, ...]] = {}
    for number, problem in enumerate(review.problems, 1):
        if problem.step:
            pins[problem.step] = (*pins.get(problem.step, ()), number)
    return pins


def _process(figures: Figures, review: Review) -> Process | None:
    catalogue = figures.catalogue
    return catalogue.processes.get(catalogue.pilots[review.pilot].process or "")


def _problems(ctx: PageContext, review: Review, links: Links) -> tuple[ProblemRow, ...]:
    form, process = ctx.format, _process(ctx.figures, review)
    return tuple(
        ProblemRow(
            number,
            f"problem-{number}",
            form.inline(problem.text),
            links.indicator(problem.indicator) if problem.indicator else None,
            *_place(ctx, review, problem, process, links),
            cause=form.words(f"reviews.cause.{problem.cause}") if problem.cause else "",
            lies=_lies(form, problem),
        )
        for number, problem in enumerate(review.problems, 1)
    )


def _lies(form: Format, problem: ReviewProblem) -> str:
    """Of a cause in people what was missing: where conditions were, it is nobody's own fault."""
    level = level_of(problem) if problem.cause == "people" and problem.factor else None
    return form.words(f"levels.{level}.name") if level else ""


def _place(
    ctx: PageContext, review: Review, problem: ReviewProblem, process: Process | None, links: Links
) -> tuple[Ref | None, str]:
    """The step as a link to its line on the page of the process, and the lane that does it."""
    if process is None or problem.step is None:
        return None, ""
    steps = tuple(_pins(review))
    for name, drawn, held in maps_of(process, steps, review.period, ctx):
        if problem.step not in held:
            continue
        step = next(drawn_step for drawn_step in drawn.steps if drawn_step.id == problem.step)
        lane = next((lane.name for lane in process.lanes if lane.id == step.lane), None)
        address = links.to(path_of("process", process.id), f"{name.replace('_', '-')}-{step.id}")
        return Ref(ctx.format.step(step), address), ctx.format.text(lane)
    return None, ""


def _told(form: Format, rows: Sequence[ProblemRow]) -> str:
    """How many problems of which cause, and where they sit."""
    words = form.words
    if not rows:
        return ""
    causes = Counter(row.cause for row in rows if row.cause)
    places = Counter(row.step.title for row in rows if row.step)
    parts = [words.count("reviews.told.problems", len(rows))]
    for key, counted in (("causes", causes), ("places", places)):
        if counted:
            # A cause is a word of ours; a step has its name.
            told = [(words.inside(name) if key == "causes" else name, n) for name, n in counted.most_common()]
            named = [words("reviews.told.counted", name=name, n=n) for name, n in told]
            parts.append(words(f"reviews.told.{key}", names=form.join(named)))
    return words("punctuation.clause").join(parts) + words("punctuation.stop")


def _actions(figures: Figures, form: Format, review: Review, links: Links) -> tuple[AgreedRow, ...]:
    calendar = figures.catalogue.handbook.calendar
    numbers = {problem.id: number for number, problem in enumerate(review.problems, 1)}
    tasks = tasks_of(figures.catalogue, today_of(figures.as_of, calendar))
    by_action = {task.action.id: task for task in tasks if task.review.id == review.id}
    rows = []
    for action in review.actions:
        task = by_action[action.id]
        measured = action_measured(figures, form, action, measured_of(figures, task), links)
        rows.append(
            AgreedRow(numbers.get(action.problem or "", 0), action_row(figures, form, task, links), measured)
        )
    return tuple(rows)


def _tried(figures: Figures, form: Format, review: Review, links: Links) -> tuple[TriedRow, ...]:
    """What had been tried before for the indicators of the problems; own actions stand above."""
    indicators = tuple(dict.fromkeys(problem.indicator for problem in review.problems if problem.indicator))
    return tuple(
        tried_row(figures, form, attempt, review.pilot, links)
        for attempt in attempts_for(figures, review.pilot, indicators, review.date)
        if attempt.task is None or attempt.task.review.id != review.id
    )
