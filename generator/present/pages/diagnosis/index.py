"""The diagnoses: the matrix with every unit's trail, and all of them, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import Scored, move, ways_of
from generator.model.diagnosis import Questionnaire
from generator.present.links import DIAGNOSIS, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.diagnosis.answers import (
    MoveView,
    move_view,
)
from generator.present.pages.diagnosis.matrix import ScoreText, focus, matrix, points, score_text
from generator.present.pages.diagnosis.questionnaire import PATH as QUESTIONNAIRE
from generator.present.pages.diagnosis.workshop_form import PATH as WORKSHOP_FORM
from generator.present.pages.diagnosis.workshops import PATH as WORKSHOPS
from generator.present.parts.chart import ChartView
from generator.present.parts.diagnosis_link import diagnosed_unit, diagnosis_ref
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One diagnosis of the index."""

    ref: Ref
    organisation: ScoreText
    technology: ScoreText
    quadrant: str
    change: str
    focus: str


@dataclass(frozen=True, slots=True)
class UnitMove:
    """The newest move of a unit."""

    name: str
    ref: Ref
    view: MoveView


@dataclass(frozen=True, slots=True)
class DiagnosesContext:
    """What the index's template is given."""

    summary: str
    matrix: tuple[ChartView, ...]
    moves: tuple[UnitMove, ...]
    diagnoses: tuple[DiagnosisRow, ...]
    questionnaire: Ref
    workshops: tuple[Ref, ...]
    """The page of the workshops, and the form."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page; nothing without a questionnaire."""
    catalogue = ctx.figures.catalogue
    if catalogue.questionnaire is not None:
        yield _index(ctx, catalogue.questionnaire, ways_of(catalogue))


def _index(ctx: PageContext, questionnaire: Questionnaire, ways: Sequence[Sequence[Scored]]) -> Page:
    words, links = ctx.format.words, ctx.links(DIAGNOSIS)
    rows = [
        (
            scored.diagnosis.date,
            scored.diagnosis.unit,
            _row(ctx.figures, ctx.format, questionnaire, way, place, links),
        )
        for way in ways
        for place, scored in enumerate(way)
    ]
    moves = tuple(
        _unit_move(ctx.figures, ctx.format, questionnaire, way, links) for way in ways if len(way) > 1
    )
    summary = (
        words.count("diagnosis.summary", len(rows), units=len(ways)) if rows else words("diagnosis.none")
    )
    context = DiagnosesContext(
        summary,
        tuple(matrix(ctx, ways, "quadrants", words("chart.title.quadrants"))),
        moves,
        tuple(row for *_, row in sorted(rows, key=lambda item: item[:2], reverse=True)),
        Ref(words("questionnaire.title"), links.to(QUESTIONNAIRE)),
        (
            Ref(words("workshops.title"), links.to(WORKSHOPS)),
            Ref(words("workshop_form.title"), links.to(WORKSHOP_FORM)),
        ),
    )
    title = words("chapters.diagnosis")
    return ctx.page(
        "diagnosis/index",
        DIAGNOSIS,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-1,
        hide=("toc",),
    )


def _unit_move(
    figures: Figures, form: Format, questionnaire: Questionnaire, way: Sequence[Scored], links: Links
) -> UnitMove:
    """How a unit moved from its last diagnosis but one to the last."""
    before, last = way[-2], way[-1]
    return UnitMove(
        diagnosed_unit(figures, form, last),
        diagnosis_ref(figures, form, last, links),
        move_view(
            figures, form, move(questionnaire, before, last), diagnosis_ref(figures, form, before, links)
        ),
    )


def _row(
    figures: Figures,
    form: Format,
    questionnaire: Questionnaire,
    way: Sequence[Scored],
    place: int,
    links: Links,
) -> DiagnosisRow:
    words, item = form.words, way[place]
    change = ""
    if place:
        gone = move(questionnaire, way[place - 1], item)
        change = words(
            "diagnosis.change",
            organisation=points(form, gone.organisation),
            technology=points(form, gone.technology),
        )
    return DiagnosisRow(
        diagnosis_ref(figures, form, item, links),
        score_text(form, item.organisation),
        score_text(form, item.technology),
        words(f"quadrant.{item.quadrant}") if item.quadrant else words("diagnosis.not_placed"),
        change,
        focus(form, item),
    )
