"""The form of the three first actions: filled in on paper or in the browser, without a network.

The script saves what was entered as JSON in the form of data/workshops; `handbook import workshop` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.present.links import Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.record import unit_name

PATH = "workshop-form.md"
BLOCKAGES, SORTED = 3, 8
"""Lines to fill in."""
COMMAND = "handbook import workshop"
ANSWERS = 11
"""At most so many answers have boxes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what is saved, and what is read."""

    value: str
    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A question of the self-score with its answers."""

    id: str
    number: int
    text: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WorkshopFormContext:
    """What the template is given."""

    introduction: str
    units: tuple[Choice, ...]
    processes: tuple[Choice, ...]
    steps: tuple[Choice, ...]
    indicators: tuple[Choice, ...]
    blockages: tuple[int, ...]
    sorted: tuple[int, ...]
    questions: tuple[ScoreLine, ...]
    back: Ref
    command: str
    """What takes saved forms in."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, beside the questionnaire."""
    figures, form, words = ctx.figures, ctx.format, ctx.format.words
    catalogue = figures.catalogue
    if catalogue.questionnaire is None:
        return
    scale = catalogue.questionnaire.scale
    low, high = int(scale.min), int(scale.max)
    answers = [str(answer) for answer in range(low, high + 1)] if high - low < ANSWERS else []
    context = WorkshopFormContext(
        introduction=words("workshop_form.introduction"),
        units=tuple(Choice(unit.id, unit_name(figures, form, unit.id)) for unit in catalogue.handbook.units),
        processes=tuple(
            Choice(name, form.text(process.name)) for name, process in catalogue.processes.items()
        ),
        steps=tuple(
            Choice(step.id, form.step(step), name)
            for name, process in catalogue.processes.items()
            for step in {step.id: step for _, drawn in process.maps.drawn for step in drawn.steps}.values()
            if step.name is not None
        ),
        indicators=tuple(
            Choice(name, form.text(indicator.name))
            for name, indicator in catalogue.indicators.items()
            if indicator.in_use
        ),
        blockages=tuple(range(1, BLOCKAGES + 1)),
        sorted=tuple(range(1, SORTED + 1)),
        questions=tuple(
            ScoreLine(
                question.id,
                place + 1,
                form.text(question.text),
                tuple(zip(answers, map(form.text, question.anchors), strict=False))
                or tuple((answer, "") for answer in answers),
            )
            for place, question in enumerate(catalogue.questionnaire.questions)
        )
        if answers
        else (),
        back=Ref(words("chapters.diagnosis"), ctx.links(PATH).to("diagnosis/index.md")),
        command=COMMAND,
    )
    title, text = words("workshop_form.title"), context.introduction
    page = ctx.page(
        "diagnosis/workshop_form",
        PATH,
        title,
        context,
        search=SearchEntry(title, text),
        description=text,
        order=1001,
        hide=("toc",),
    )
    yield ctx.in_chapter(page, "diagnosis")
