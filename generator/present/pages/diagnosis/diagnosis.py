"""Diagnoses: the matrix with every unit's trail, and a page for each with what its place asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.diagnosis import Move, Scored, move, trails
from generator.model.diagnosis import Questionnaire
from generator.present.desk import Desk
from generator.present.links import DIAGNOSIS as INDEX
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
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
from generator.present.pages.diagnosis.matrix import focus, matrix, named, points, score, standing
from generator.present.pages.diagnosis.questionnaire import PATH as QUESTIONNAIRE
from generator.present.parts.chart import FigureView

ADVICE = 3
"""What to do next: so many lines for every quadrant stand in the labels."""


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One diagnosis of the index."""

    ref: Ref
    organisation: str
    technology: str
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
    matrix: tuple[FigureView, ...]
    moves: tuple[UnitMove, ...]
    diagnoses: tuple[DiagnosisRow, ...]
    questionnaire: Ref


@dataclass(frozen=True, slots=True)
class DiagnosisContext:
    """What a diagnosis's template is given."""

    facts: tuple[str, ...]
    standing: str
    meaning: str
    advice: tuple[str, ...]
    matrix: tuple[FigureView, ...]
    move: MoveView | None
    parts: tuple[PillarRow, ...]
    groups: tuple[AnswerGroup, ...]
    bottlenecks: tuple[BottleneckView, ...]
    earlier: Ref | None
    later: Ref | None


def pages(desk: Desk) -> Iterator[Page]:
    """The index, newest first, and a page for each diagnosis; nothing without a questionnaire."""
    catalogue = desk.figures.catalogue
    questionnaire = catalogue.questionnaire
    if questionnaire is None:
        return
    ways = trails(questionnaire, catalogue.diagnoses)
    yield _index(desk, questionnaire, ways)
    found = sorted(
        ((way, place) for way in ways for place in range(len(way))),
        key=lambda item: (item[0][item[1]].diagnosis.date, item[0][item[1]].diagnosis.unit),
        reverse=True,
    )
    for order, (way, place) in enumerate(found):
        yield _page(desk, questionnaire, way, place, order)


def _index(desk: Desk, questionnaire: Questionnaire, ways: Sequence[Sequence[Scored]]) -> Page:
    words, links = desk.format.words, desk.links(INDEX)
    rows = [
        (one.diagnosis.date, one.diagnosis.unit, _row(desk, questionnaire, way, place, links))
        for way in ways
        for place, one in enumerate(way)
    ]
    moves = tuple(
        UnitMove(
            named(desk, way[-1]),
            _ref(desk, way[-1], links),
            move_view(desk, move(questionnaire, way[-2], way[-1]), _ref(desk, way[-2], links)),
        )
        for way in ways
        if len(way) > 1
    )
    summary = (
        words.count("diagnosis.summary", len(rows), units=len(ways)) if rows else words("diagnosis.none")
    )
    context = DiagnosesContext(
        summary,
        tuple(matrix(desk, ways, "quadrants", words("figure.title.quadrants"))),
        moves,
        tuple(row for *_, row in sorted(rows, key=lambda item: item[:2], reverse=True)),
        Ref(words("questionnaire.title"), links.to(QUESTIONNAIRE)),
    )
    title = words("chapters.diagnosis")
    return desk.page(
        "diagnosis/index", INDEX, title, context, SearchEntry(title, summary), summary, -1, ("toc",)
    )


def _path(one: Scored) -> str:
    return f"diagnosis/{one.diagnosis.date.isoformat()}-{one.diagnosis.unit}.md"


def _ref(desk: Desk, one: Scored, links: Links) -> Ref:
    title = desk.format.words(
        "diagnosis.title", unit=named(desk, one), date=desk.format.date(one.diagnosis.date)
    )
    return Ref(title, links.to(_path(one)))


def _row(
    desk: Desk, questionnaire: Questionnaire, way: Sequence[Scored], place: int, links: Links
) -> DiagnosisRow:
    words, one = desk.format.words, way[place]
    change = ""
    if place:
        gone = move(questionnaire, way[place - 1], one)
        change = words(
            "diagnosis.change",
            organisation=points(desk, gone.organisation),
            technology=points(desk, gone.technology),
        )
    return DiagnosisRow(
        _ref(desk, one, links),
        score(desk, one.organisation),
        score(desk, one.technology),
        words(f"quadrant.{one.quadrant}") if one.quadrant else words("diagnosis.not_placed"),
        change,
        focus(desk, one),
    )


def _page(desk: Desk, questionnaire: Questionnaire, way: Sequence[Scored], place: int, order: int) -> Page:
    form, words, one = desk.format, desk.format.words, way[place]
    path = _path(one)
    links = desk.links(path)
    gone: Move | None = move(questionnaire, way[place - 1], one) if place else None
    answered = sum(question.id in one.diagnosis.scores for question in questionnaire.questions)
    told = standing(desk, [one]) or words("diagnosis.not_placed_long", unit=named(desk, one))
    context = DiagnosisContext(
        facts=(
            form.date(one.diagnosis.date),
            words("diagnosis.answered", n=answered, of=len(questionnaire.questions)),
        ),
        standing=told + words("punctuation.stop"),
        meaning=words(f"diagnosis.meaning.{one.quadrant}") if one.quadrant else "",
        advice=(
            *(
                words(f"diagnosis.advice.{one.quadrant}.{number}")
                for number in range(1, ADVICE + 1)
                if one.quadrant
            ),
            *(words(f"diagnosis.weakest.{pillar}") for pillar in one.focus),
        ),
        matrix=tuple(matrix(desk, [way[: place + 1]], "quadrant", words("figure.title.quadrants"))),
        move=move_view(desk, gone, _ref(desk, way[place - 1], links)) if gone else None,
        parts=parts(desk, one, gone),
        groups=tuple(answers(desk, one, gone)),
        bottlenecks=bottleneck_views(desk, one.diagnosis, links),
        earlier=_ref(desk, way[place - 1], links) if place else None,
        later=_ref(desk, way[place + 1], links) if place + 1 < len(way) else None,
    )
    title = _ref(desk, one, links).title
    return desk.page("diagnosis/diagnosis", path, title, context, SearchEntry(title, told), told, order)
