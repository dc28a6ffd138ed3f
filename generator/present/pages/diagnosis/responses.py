"""What the respondents of a diagnosis answered, group against group, and what there is to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import Scored
from generator.compute.series.responses import Answers, QuestionResponses, apart_from, responses_of
from generator.model.diagnosis import Questionnaire
from generator.model.response import RESPONDENT_GROUPS, RespondentGroup
from generator.present.pages.diagnosis.answers import number
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class AnswersCell:
    """The answers of a group: in words, and where they lie on the scale, in per cent of it."""

    median: str
    half: str
    n: str
    left: int
    width: int
    at: int


@dataclass(frozen=True, slots=True)
class RespondentNote:
    """What somebody wrote, in whatever language; without the group where it is not told."""

    group: str
    text: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One question with a cell for each column of the view; None where a group is not told."""

    text: str
    cells: tuple[AnswersCell | None, ...]
    gap: str
    apart: bool
    notes: tuple[RespondentNote, ...]


@dataclass(frozen=True, slots=True)
class ResponsesView:
    """The respondents' answers of a diagnosis."""

    summary: str
    talk: tuple[str, ...]
    """A sentence for each question to talk about."""
    columns: tuple[str, ...]
    rows: tuple[ResponseRow, ...]
    how: str
    noted: tuple[ResponseRow, ...]
    """The rows with notes."""


def responses_view(figures: Figures, form: Format, scored: Scored) -> ResponsesView | None:
    """None where nobody's answers were written down."""
    catalogue, words = figures.catalogue, form.words
    questionnaire = catalogue.questionnaire
    told = responses_of(catalogue, scored.diagnosis.name)
    if questionnaire is None or not told:
        return None
    names = [name for name in RESPONDENT_GROUPS if any(name in dict(own.groups) for own in told)]
    rows = tuple(_row(figures, form, questionnaire, scored, own, names) for own in told if own.everyone)
    talk = [own for own in told if own.talk]
    small = catalogue.handbook.small_group
    most = max((own.everyone.n for own in told if own.everyone), default=0)
    if rows:
        limit = number(form, apart_from(questionnaire.scale))
        people = words("diagnosis.responses.people", n=most)
        apart = (
            words.count("diagnosis.responses.to_talk", len(talk), limit=limit)
            if talk
            else words("diagnosis.responses.agreed", limit=limit)
        )
        summary = people + apart
    else:
        summary = words("diagnosis.responses.too_few", n=small)
    return ResponsesView(
        summary,
        tuple(_talk(form, questionnaire, own) for own in talk),
        (*(words(f"diagnosis.group.{name}") for name in names), words("diagnosis.group.all")),
        rows,
        words("diagnosis.responses.how", n=small) if rows and small > 1 else "",
        tuple(row for row in rows if row.notes),
    )


def _row(
    figures: Figures,
    form: Format,
    questionnaire: Questionnaire,
    scored: Scored,
    own: QuestionResponses,
    names: Sequence[RespondentGroup],
) -> ResponseRow:
    groups = dict(own.groups)
    cells = [groups.get(name) for name in RESPONDENT_GROUPS if name in names]
    return ResponseRow(
        _text(form, questionnaire, own.question),
        tuple(_cell(form, questionnaire, answers) if answers else None for answers in (*cells, own.everyone)),
        number(form, own.gap, signed=True) if own.gap is not None else "",
        bool(own.talk),
        tuple(_notes(figures, form, scored, own)),
    )


def _cell(form: Format, questionnaire: Questionnaire, answers: Answers) -> AnswersCell:
    low, span = questionnaire.scale.min, questionnaire.scale.max - questionnaire.scale.min

    def percent(value: float) -> int:
        return round((value - low) / span * 100)

    left = percent(answers.low)
    return AnswersCell(
        number(form, answers.median),
        form.words(
            "diagnosis.responses.half", low=number(form, answers.low), high=number(form, answers.high)
        ),
        form.words.count("diagnosis.responses.n", answers.n),
        left,
        percent(answers.high) - left,
        percent(answers.median),
    )


def _notes(
    figures: Figures, form: Format, scored: Scored, own: QuestionResponses
) -> Iterator[RespondentNote]:
    for response in figures.catalogue.responses[scored.diagnosis.name]:
        if response.question == own.question and response.note:
            group = form.words(f"diagnosis.group.{response.group}") if own.groups else ""
            yield RespondentNote(group, response.note)


def _talk(form: Format, questionnaire: Questionnaire, own: QuestionResponses) -> str:
    """Why a question is one to talk about: the groups against each other, else how far answers reach."""
    question, groups = _text(form, questionnaire, own.question), dict(own.groups)
    if "gap" in own.talk:
        managers, front = groups["managers"], groups["front-line"]
        return form.words(
            "diagnosis.responses.gap",
            question=question,
            managers=number(form, managers.median),
            front=number(form, front.median),
        )
    told: list[tuple[str, Answers]] = [("all", own.everyone)] if own.everyone else []
    told += own.groups
    name, widest = max(told, key=lambda item: item[1].spread)
    return form.words(
        "diagnosis.responses.spread",
        question=question,
        group=form.words(f"diagnosis.group.{name}"),
        low=number(form, widest.low),
        high=number(form, widest.high),
    )


def _text(form: Format, questionnaire: Questionnaire, question: str) -> str:
    return next(form.text(own.text) for own in questionnaire.questions if own.id == question)
