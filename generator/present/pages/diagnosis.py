"""Diagnoses: an index with each unit's place in the matrix, and a page for each with its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.diagnosis import PartScore, Scored, scored
from generator.present.desk import Desk
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.pages.record import unit_name

INDEX = "diagnosis/index.md"


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One diagnosis of the index."""

    ref: Ref
    date: str
    organisation: str
    technology: str
    quadrant: str
    focus: str


@dataclass(frozen=True, slots=True)
class DiagnosesContext:
    """What the index's template is given."""

    summary: str
    diagnoses: tuple[DiagnosisRow, ...]


@dataclass(frozen=True, slots=True)
class PillarRow:
    """One pillar with its score."""

    name: str
    score: str
    percent: int
    answered: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer."""

    pillar: str
    text: str
    score: str
    note: Markup


@dataclass(frozen=True, slots=True)
class DiagnosisContext:
    """What a diagnosis's template is given."""

    row: DiagnosisRow
    pillars: tuple[PillarRow, ...]
    answers: tuple[AnswerRow, ...]
    bottlenecks: tuple[Markup, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The index, newest first, and a page for each diagnosis; nothing without a questionnaire."""
    catalogue, words = desk.figures.catalogue, desk.format.words
    if catalogue.questionnaire is None or not catalogue.diagnoses:
        return
    found = [scored(catalogue.questionnaire, one) for one in catalogue.diagnoses]
    found.sort(key=lambda one: (one.diagnosis.date, one.diagnosis.unit), reverse=True)
    links = desk.links(INDEX)
    summary = words.count("diagnosis.summary", len(found))
    title = words("chapters.diagnosis")
    context = DiagnosesContext(summary, tuple(_row(desk, one, links) for one in found))
    yield desk.page("diagnoses", INDEX, title, context, SearchEntry(title, summary), summary, -1, ("toc",))
    for order, one in enumerate(found):
        yield _page(desk, one, order)


def _path(one: Scored) -> str:
    return f"diagnosis/{one.diagnosis.date.isoformat()}-{one.diagnosis.unit}.md"


def _row(desk: Desk, one: Scored, links: Links) -> DiagnosisRow:
    form, words = desk.format, desk.format.words
    unit = unit_name(desk, one.diagnosis.unit)
    if unit == one.diagnosis.unit:
        unit = words("place.organisation")
    date = form.date(one.diagnosis.date)
    return DiagnosisRow(
        Ref(words("diagnosis.title", unit=unit, date=date), links.to(_path(one))),
        date,
        _score(desk, one.organisation),
        _score(desk, one.technology),
        words(f"diagnosis.quadrant.{one.quadrant}") if one.quadrant else words("diagnosis.not_placed"),
        form.join([words(f"diagnosis.pillar.{pillar}") for pillar in one.focus]),
    )


def _score(desk: Desk, part: PartScore) -> str:
    """The score as per cent, with n of m where questions were left out."""
    text = desk.format.share(part.value)
    if part.answered == part.of:
        return text
    answered = desk.format.words("diagnosis.answered", n=part.answered, of=part.of)
    return desk.format.words("diagnosis.score", score=text, answered=answered)


def _page(desk: Desk, one: Scored, order: int) -> Page:
    form, words = desk.format, desk.format.words
    path = _path(one)
    row = _row(desk, one, desk.links(path))
    questionnaire = desk.figures.catalogue.questionnaire
    answers = []
    for question in questionnaire.questions if questionnaire else ():
        given = one.diagnosis.scores.get(question.id)
        answers.append(
            AnswerRow(
                words(f"diagnosis.pillar.{question.pillar}"),
                form.text(question.text),
                form.number(given, 0 if given is None or given == int(given) else 1),
                form.inline(one.diagnosis.notes.get(question.id)),
            )
        )
    context = DiagnosisContext(
        row,
        tuple(
            PillarRow(
                words(f"diagnosis.pillar.{pillar}"),
                form.share(part.value),
                round((part.value or 0) * 100),
                words("diagnosis.answered", n=part.answered, of=part.of),
            )
            for pillar, part in one.pillars
        ),
        tuple(answers),
        tuple(form.inline(text) for text in one.diagnosis.bottlenecks),
    )
    text = words("punctuation.dot").join([row.quadrant, row.focus])
    return desk.page("diagnosis", path, row.ref.title, context, SearchEntry(row.ref.title, text), text, order)
