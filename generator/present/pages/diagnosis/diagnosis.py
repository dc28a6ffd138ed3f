"""A page for each diagnosis: its place in the matrix, what that asks for, what moved since the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.insight.diagnosis import Move, Scored, move, trails
from generator.model.diagnosis import Questionnaire
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
    parts,
)
from generator.present.pages.diagnosis.matrix import matrix, standing
from generator.present.parts.chart import ChartView
from generator.present.parts.diagnosis_link import diagnosed_unit, diagnosis_path, diagnosis_ref
from generator.present.text.format import Format

ADVICE = 3
"""What to do next: so many lines for every quadrant stand in the labels."""


@dataclass(frozen=True, slots=True)
class DiagnosisContext:
    """What a diagnosis's template is given."""

    facts: tuple[str, ...]
    standing: str
    meaning: str
    advice: tuple[str, ...]
    matrix: tuple[ChartView, ...]
    move: MoveView | None
    parts: tuple[PillarRow, ...]
    groups: tuple[AnswerGroup, ...]
    bottlenecks: tuple[BottleneckView, ...]
    earlier: Ref | None
    later: Ref | None


def pages(ctx: PageContext) -> Iterator[Page]:
    """A page for each diagnosis, newest first; nothing without a questionnaire."""
    catalogue = ctx.figures.catalogue
    questionnaire = catalogue.questionnaire
    if questionnaire is None:
        return
    ways = trails(questionnaire, catalogue.diagnoses)
    found = sorted(
        ((way, place) for way in ways for place in range(len(way))),
        key=lambda item: (item[0][item[1]].diagnosis.date, item[0][item[1]].diagnosis.unit),
        reverse=True,
    )
    for order, (way, place) in enumerate(found):
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
        advice=tuple(_advice(form, item)),
        matrix=tuple(matrix(ctx, [way[: place + 1]], "quadrant", words("chart.title.quadrants"))),
        move=move_view(ctx.figures, form, gone, diagnosis_ref(ctx.figures, form, way[place - 1], links))
        if gone
        else None,
        parts=parts(form, item, gone),
        groups=tuple(answers(ctx.figures, form, item, gone)),
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


def _advice(form: Format, scored: Scored) -> Iterator[str]:
    """What the quadrant asks for, then what the weakest pillars do."""
    if scored.quadrant:
        for number in range(1, ADVICE + 1):
            yield form.words(f"diagnosis.advice.{scored.quadrant}.{number}")
    for pillar in scored.focus:
        yield form.words(f"diagnosis.weakest.{pillar}")
