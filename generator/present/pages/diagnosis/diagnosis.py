"""A page for each diagnosis: its place in the matrix, what that asks for, what moved since the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.advice import advised
from generator.compute.insight.diagnosis import Move, Scored, move, ways_of
from generator.model.diagnosis import Question, Questionnaire
from generator.present.links import Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.diagnosis.answers import (
    AnswerGroup,
    BottleneckView,
    MoveView,
    PillarRow,
    answers,
    bottleneck_views,
    move_view,
    number,
    parts,
)
from generator.present.pages.diagnosis.matrix import focus, matrix, standing
from generator.present.pages.diagnosis.responses import ResponsesView, responses_view
from generator.present.parts.chart import ChartView
from generator.present.parts.diagnosis_link import diagnosed_unit, diagnosis_path, diagnosis_ref
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class LowAnswer:
    """A question of the weakest pillars with its low answer, and what to do."""

    text: str
    score: str
    advice: Markup


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What a diagnosis asks for next, as far as its answers do not say that it is there."""

    quadrant: tuple[str, ...]
    weakest: str
    lowest: tuple[LowAnswer, ...]
    in_place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisContext:
    """What a diagnosis's template is given."""

    facts: tuple[str, ...]
    standing: str
    meaning: str
    advice: AdviceView
    matrix: tuple[ChartView, ...]
    move: MoveView | None
    parts: tuple[PillarRow, ...]
    groups: tuple[AnswerGroup, ...]
    responses: ResponsesView | None
    bottlenecks: tuple[BottleneckView, ...]
    earlier: Ref | None
    later: Ref | None


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for each diagnosis, newest first; nothing without a questionnaire."""
    catalogue = ctx.figures.catalogue
    questionnaire = catalogue.questionnaire
    if questionnaire is None:
        return
    ways = ways_of(catalogue)
    found = sorted(
        ((way, place) for way in ways for place in range(len(way))),
        key=lambda item: (item[0][item[1]].diagnosis.date, item[0][item[1]].diagnosis.unit),
        reverse=True,
    )
    for order, (way, place) in enumerate(found):
        if not ctx.wants(diagnosis_path(way[place])):
            continue
        yield _page(ctx, questionnaire, way, place, order)


def _page(
    ctx: PageContext, questionnaire: Questionnaire, way: Sequence[Scored], place: int, order: int
) -> Page:
    form, words, item = ctx.format, ctx.format.words, way[place]
    path = diagnosis_path(item)
    links = ctx.links(path)
    gone: Move | None = move(questionnaire, way[place - 1], item) if place else None
    answered = sum(question.id in item.diagnosis.scores for question in questionnaire.questions)
    placed = standing(ctx.figures, form, [item]) or words(
        "diagnosis.not_placed_long", unit=diagnosed_unit(ctx.figures, form, item)
    )
    context = DiagnosisContext(
        facts=(
            form.date(item.diagnosis.date),
            words("diagnosis.answered", n=answered, of=len(questionnaire.questions)),
        ),
        standing=placed + words("punctuation.stop"),
        meaning=words(f"diagnosis.meaning.{item.quadrant}") if item.quadrant else "",
        advice=_advice(form, questionnaire, item),
        matrix=tuple(matrix(ctx, [way[: place + 1]], "quadrant", words("chart.title.quadrants"))),
        move=move_view(ctx.figures, form, gone, diagnosis_ref(ctx.figures, form, way[place - 1], links))
        if gone
        else None,
        parts=parts(form, item, gone),
        groups=tuple(answers(ctx.figures, form, item, gone)),
        responses=responses_view(ctx.figures, form, item),
        bottlenecks=bottleneck_views(ctx, item.diagnosis, links),
        earlier=diagnosis_ref(ctx.figures, form, way[place - 1], links) if place else None,
        later=diagnosis_ref(ctx.figures, form, way[place + 1], links) if place + 1 < len(way) else None,
    )
    title = diagnosis_ref(ctx.figures, form, item, links).title
    return ctx.page(
        "diagnosis/diagnosis",
        path,
        title,
        context,
        search=SearchEntry(title, placed),
        description=placed,
        order=order,
    )


def _advice(form: Format, questionnaire: Questionnaire, scored: Scored) -> AdviceView:
    """What the quadrant asks for, and the lowest answers of the weakest pillars."""
    words, found = form.words, advised(questionnaire, scored)
    questions = {question.id: question for question in questionnaire.questions}
    key = "weakest" if found.lowest else "weakest_in_place"
    return AdviceView(
        tuple(words(f"diagnosis.advice.{scored.quadrant}.{name}") for name in found.quadrant),
        words(f"diagnosis.{key}", pillar=focus(form, scored)) if scored.focus else "",
        tuple(
            LowAnswer(
                form.text(questions[name].text),
                number(form, scored.diagnosis.scores[name]),
                form.inline(questions[name].advice),
            )
            for name in found.lowest
        ),
        tuple(_in_place(form, scored, questions, name, own) for name, own in found.in_place),
    )


def _in_place(
    form: Format, scored: Scored, questions: Mapping[str, Question], name: str, own: tuple[str, ...]
) -> str:
    """An advice that is not given, with the answers that say why."""
    words = form.words
    advice = words(f"diagnosis.advice.{scored.quadrant}.{name}")
    answers = [
        words(
            "diagnosis.in_place.answer",
            question=form.text(questions[question].text),
            score=number(form, scored.diagnosis.scores[question]),
        )
        for question in own
    ]
    return words(
        "diagnosis.in_place.line",
        advice=advice.rstrip("。."),
        answers=form.join(answers) if answers else words("diagnosis.in_place.group"),
    )
