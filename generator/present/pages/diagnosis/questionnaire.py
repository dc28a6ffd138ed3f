"""The blank questionnaire: what a workshop fills in with a pen, with how to score it at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.diagnosis import QUESTION_GROUPS, Question, Questionnaire
from generator.model.response import RESPONDENT_GROUPS
from generator.present.charts.quadrants import QUADRANTS
from generator.present.links import Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.text.format import Format

PATH = "questionnaire.md"
BOXES = 11
"""A scale with more steps than this has a blank for the number instead of boxes."""
FIELDS = ("unit", "date", "people", "host")
WORST = 3
"""Lines for the bottlenecks: two or three are named."""


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """One question with its number on the sheet."""

    number: int
    text: str
    axis: str
    anchors: tuple[tuple[str, str], ...]
    """(answer, what it looks like); empty where the question has none."""


@dataclass(frozen=True, slots=True)
class BlankGroup:
    """The questions of one of the method's six groups, or of a pillar where they name no group."""

    title: str
    hint: str
    questions: tuple[BlankQuestion, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A score to be reckoned by hand: the mean of some questions."""

    name: str
    numbers: str
    count: int


@dataclass(frozen=True, slots=True)
class QuestionnaireContext:
    """What the questionnaire's template is given."""

    introduction: str
    fields: tuple[str, ...]
    respondents: tuple[str, ...]
    boxes: tuple[str, ...]
    """The answers of the scale, lowest first; empty where it is no row of few whole numbers."""
    scale: str
    groups: tuple[BlankGroup, ...]
    bottlenecks: tuple[int, ...]
    sums: tuple[Sum, ...]
    formula: str
    matrix: Markup
    advice: tuple[tuple[str, Markup], ...]
    """(question, what to do where its answer is low); for the screen."""
    back: Ref


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, where the handbook has questions."""
    questionnaire = ctx.figures.catalogue.questionnaire
    if questionnaire is None:
        return
    words, form = ctx.format.words, ctx.format
    numbered = tuple(_numbered(questionnaire))
    low, high = questionnaire.scale.min, questionnaire.scale.max
    ends = {"low": _answer(form, low), "high": _answer(form, high)}
    boxes = answers(low, high)
    context = QuestionnaireContext(
        introduction=words("questionnaire.introduction"),
        fields=tuple(words(f"questionnaire.field.{name}") for name in FIELDS),
        respondents=tuple(words(f"diagnosis.group.{name}") for name in RESPONDENT_GROUPS),
        boxes=boxes,
        scale=words("questionnaire.scale" if boxes else "questionnaire.scale_open", **ends),
        groups=tuple(_groups(form, numbered, boxes)),
        bottlenecks=tuple(range(1, WORST + 1)),
        sums=tuple(_sums(form, numbered)),
        formula=words("questionnaire.formula", low=ends["low"], span=_answer(form, high - low)),
        matrix=_matrix(ctx),
        advice=tuple(
            (form.text(question.text), form.inline(question.advice))
            for _, question in numbered
            if question.advice is not None
        ),
        back=Ref(words("chapters.diagnosis"), ctx.links(PATH).to("diagnosis/index.md")),
    )
    title = words("questionnaire.title")
    text = context.introduction
    page = ctx.page(
        "diagnosis/questionnaire",
        PATH,
        title,
        context,
        search=SearchEntry(title, text),
        description=text,
        order=1000,
        hide=("toc",),
    )
    yield ctx.in_chapter(page, "diagnosis")


def _numbered(questionnaire: Questionnaire) -> Iterator[tuple[int, Question]]:
    """The questions group by group, those without one by pillar, numbered as they stand on the sheet."""
    number = 0
    own = [name for name in QUESTION_GROUPS if any(one.group == name for one in questionnaire.questions)]
    for name in dict.fromkeys((*own, *(_group(question) for question in questionnaire.questions))):
        for question in questionnaire.questions:
            if _group(question) == name:
                number += 1
                yield number, question


def _group(question: Question) -> str:
    return question.group or question.pillar


def answers(low: float, high: float) -> tuple[str, ...]:
    """The answers of a scale as boxes; none where it is no row of few whole numbers."""
    if low != int(low) or high != int(high) or high - low + 1 > BOXES:
        return ()
    return tuple(str(number) for number in range(int(low), int(high) + 1))


def _answer(form: Format, value: float) -> str:
    return form.number(value, 0 if value == int(value) else 1)


def _groups(
    form: Format, numbered: tuple[tuple[int, Question], ...], boxes: tuple[str, ...]
) -> Iterator[BlankGroup]:
    """The questions to fill in, group by group."""
    words = form.words
    for name in dict.fromkeys(_group(question) for _, question in numbered):
        blanks = tuple(
            BlankQuestion(
                number,
                form.text(question.text),
                words(f"diagnosis.{question.axis}"),
                tuple(zip(boxes, map(form.text, question.anchors), strict=False)),
            )
            for number, question in numbered
            if _group(question) == name
        )
        if name in QUESTION_GROUPS:
            pillars = dict.fromkeys(question.pillar for _, question in numbered if question.group == name)
            hint = form.join([words(f"pillar.{pillar}") for pillar in pillars])
            yield BlankGroup(words(f"questionnaire.group.{name}"), hint, blanks)
        else:
            yield BlankGroup(words(f"pillar.{name}"), words(f"questionnaire.pillar.{name}"), blanks)


def _sums(form: Format, numbered: tuple[tuple[int, Question], ...]) -> Iterator[Sum]:
    words = form.words
    parts: list[tuple[str, list[int]]] = [
        (words(f"diagnosis.{axis}"), [number for number, question in numbered if question.axis == axis])
        for axis in ("organisation", "technology")
    ]
    parts += [
        (words(f"pillar.{pillar}"), [number for number, question in numbered if question.pillar == pillar])
        for pillar in dict.fromkeys(question.pillar for _, question in numbered)
    ]
    for name, numbers in parts:
        if numbers:
            yield Sum(name, form.join([str(number) for number in numbers]), len(numbers))


def _matrix(ctx: PageContext) -> Markup:
    """The empty matrix to put a cross in."""
    words = ctx.format.words
    names = {name: words(f"quadrant.{name}") for name in QUADRANTS}
    return Markup(
        ctx.templates.piece(
            "drawings/blank_matrix.svg.jinja",
            names=names,
            organisation=words("chart.axis.organisation"),
            technology=words("chart.axis.technology"),
            title=words("questionnaire.matrix"),
        )
    )
