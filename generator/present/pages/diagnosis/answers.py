"""What a diagnosis says in words: what its place asks for, what moved, what answers its bottlenecks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import Move, Moved, PartScore, Scored
from generator.compute.series.tones import Tone, answer_tone
from generator.model.diagnosis import Bottleneck, Diagnosis
from generator.model.edition import shows_bottleneck
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.pages.diagnosis.matrix import points, score
from generator.present.parts.claims import claim_sentence
from generator.present.parts.value import StatusView, standing_view
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class PillarRow:
    """One pillar or axis with its score, and that of the diagnosis before."""

    name: str
    score: str
    percent: int
    before: str
    before_percent: int | None
    change: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer, and that of the diagnosis before."""

    text: str
    axis: str
    score: str
    percent: int | None
    """Of the scale; None where it was not answered."""
    before: str
    change: str
    tone: Tone
    note: Markup


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The questions of one pillar."""

    pillar: str
    score: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A question that moved."""

    text: str
    before: str
    after: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MoveView:
    """From one diagnosis to the next."""

    before: Ref
    sentence: str
    up: tuple[MovedRow, ...]
    down: tuple[MovedRow, ...]
    held: str
    """How many questions rose, fell and stayed."""


@dataclass(frozen=True, slots=True)
class AnswerOfPilot:
    """What a pilot did about a bottleneck, and whether it showed."""

    text: Markup
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BottleneckView:
    """A bottleneck with what the handbook knows of it."""

    text: Markup
    places: tuple[Ref, ...]
    indicators: tuple[tuple[Ref, StatusView], ...]
    pilot: Ref | None
    answers: tuple[AnswerOfPilot, ...]
    cases: tuple[Ref, ...]
    withheld: bool
    """Who has taken it up, or what was changed for it, is not for the edition."""


def part_row(form: Format, name: str, part: PartScore, before: PartScore | None, change: str) -> PillarRow:
    """A score as a bar, with a tick where it stood before."""
    earlier = before.value if before else None
    return PillarRow(
        name,
        score(form, part),
        round((part.value or 0) * 100),
        form.share(earlier) if before else "",
        round(earlier * 100) if earlier is not None else None,
        change,
    )


def parts(form: Format, scored: Scored, gone: Move | None) -> tuple[PillarRow, ...]:
    """The two axes and the pillars."""
    words = form.words
    earlier = dict(gone.before.pillars) if gone else {}
    changes = dict(gone.pillars) if gone else {}

    def change(difference: float | None) -> str:
        return points(form, difference) if gone else ""

    return (
        part_row(
            form,
            words("diagnosis.organisation"),
            scored.organisation,
            gone.before.organisation if gone else None,
            change(gone.organisation if gone else None),
        ),
        part_row(
            form,
            words("diagnosis.technology"),
            scored.technology,
            gone.before.technology if gone else None,
            change(gone.technology if gone else None),
        ),
        *(
            part_row(form, words(f"pillar.{name}"), part, earlier.get(name), change(changes.get(name)))
            for name, part in scored.pillars
        ),
    )


def answers(figures: Figures, form: Format, scored: Scored, gone: Move | None) -> Iterator[AnswerGroup]:
    """All questions by pillar, each against the diagnosis before."""
    words = form.words
    questionnaire = figures.catalogue.questionnaire
    if questionnaire is None:
        return
    low, high = questionnaire.scale.min, questionnaire.scale.max
    earlier = gone.before.diagnosis.scores if gone else {}
    moved = {item.question: item for item in gone.questions} if gone else {}
    for name, part in scored.pillars:
        rows = []
        for question in questionnaire.questions:
            if question.pillar != name:
                continue
            given, item = scored.diagnosis.scores.get(question.id), moved.get(question.id)
            rows.append(
                AnswerRow(
                    text=form.text(question.text),
                    axis=words(f"diagnosis.{question.axis}"),
                    score=number(form, given),
                    percent=round((given - low) / (high - low) * 100)
                    if given is not None and high > low
                    else None,
                    before=number(form, earlier.get(question.id)) if gone else "",
                    change=number(form, item.difference, signed=True) if item else "",
                    tone=answer_tone(item.difference if item else None),
                    note=form.inline(scored.diagnosis.notes.get(question.id)),
                )
            )
        yield AnswerGroup(words(f"pillar.{name}"), score(form, part), tuple(rows))


def move_view(figures: Figures, form: Format, gone: Move, before: Ref) -> MoveView:
    """What moved most, question by question."""
    words = form.words
    risen = sum(item.difference > 0 for item in gone.questions)
    fallen = sum(item.difference < 0 for item in gone.questions)
    places = [
        words(f"quadrant.{scored.quadrant}") if scored.quadrant else words("diagnosis.not_placed_short")
        for scored in (gone.before, gone.after)
    ]
    return MoveView(
        before,
        words(
            "diagnosis.moved" if places[0] != places[1] else "diagnosis.stayed",
            first=places[0],
            last=places[1],
            organisation=points(form, gone.organisation),
            technology=points(form, gone.technology),
            date=form.date(gone.before.diagnosis.date),
        ),
        tuple(_moved_row(figures, form, item) for item in gone.up),
        tuple(_moved_row(figures, form, item) for item in gone.down),
        words("diagnosis.held", up=risen, down=fallen, same=len(gone.questions) - risen - fallen),
    )


def _moved_row(figures: Figures, form: Format, item: Moved) -> MovedRow:
    questionnaire = figures.catalogue.questionnaire
    questions = questionnaire.questions if questionnaire else ()
    text = next(form.text(question.text) for question in questions if question.id == item.question)
    return MovedRow(text, number(form, item.before), number(form, item.after), answer_tone(item.difference))


def number(form: Format, value: float | None, signed: bool = False) -> str:
    """An answer on the scale."""
    decimals = 0 if value is None or value == int(value) else 1
    return form.number(value, decimals, signed)


def bottleneck_views(ctx: PageContext, diagnosis: Diagnosis, links: Links) -> tuple[BottleneckView, ...]:
    """The bottlenecks of a diagnosis; one that somebody has taken up is not told to be nobody's."""
    every = next(
        known
        for known in ctx.figures.whole.catalogue.diagnoses
        if (known.date, known.unit) == (diagnosis.date, diagnosis.unit)
    )
    left = [
        bottleneck for bottleneck in every.bottlenecks if shows_bottleneck(ctx.figures.catalogue, bottleneck)
    ]
    return tuple(
        bottleneck_view(ctx, own, links, (own.pilot, own.changes) != (whole.pilot, whole.changes))
        for own, whole in zip(diagnosis.bottlenecks, left, strict=True)
    )


def bottleneck_view(ctx: PageContext, bottleneck: Bottleneck, links: Links, withheld: bool) -> BottleneckView:
    """Where it sits, what shows it, and what was done about it, as far as the data say."""
    catalogue = ctx.figures.catalogue
    pilot = catalogue.pilots.get(bottleneck.pilot or "")
    process = bottleneck.process if bottleneck.process in catalogue.processes else None
    places = tuple(links.step(process, step) for step in bottleneck.steps) if process else ()
    return BottleneckView(
        text=ctx.format.inline(bottleneck.text),
        places=places or ((links.process(process),) if process else ()),
        indicators=tuple(
            (links.indicator(name), _status(ctx.figures, ctx.format, name, pilot.id if pilot else None))
            for name in bottleneck.indicators
        ),
        pilot=links.pilot(pilot.id) if pilot else None,
        answers=tuple(_answers(ctx, bottleneck)),
        cases=tuple(
            links.case(name)
            for name, case in catalogue.cases.items()
            if pilot and case.pilot == pilot.id and case.change in bottleneck.changes and case.change
        ),
        withheld=withheld,
    )


def _answers(ctx: PageContext, bottleneck: Bottleneck) -> Iterator[AnswerOfPilot]:
    form, catalogue = ctx.format, ctx.figures.catalogue
    pilot = catalogue.pilots.get(bottleneck.pilot or "")
    for change in pilot.changes if pilot else ():
        if pilot is None or change.id not in bottleneck.changes:
            continue
        sentences = [
            claim_sentence(ctx, effect)
            for effect in ctx.figures.effects[(pilot.id, change.id)]
            if effect.indicator in bottleneck.indicators
        ]
        what = Markup("{} {}").format(form.date(change.date), form.inline(change.text))
        yield AnswerOfPilot(what, tuple(text + form.words("punctuation.stop") for text in sentences if text))


def _status(figures: Figures, form: Format, indicator: str, pilot: str | None) -> StatusView:
    """In the pilot's review period where it is in the pack; else the newest of pilot or organisation."""
    if pilot is not None:
        for figure in figures.pilots[pilot].pack:
            if figure.indicator == indicator and figure.review is not None:
                return standing_view(form, figure.review)
    series = (figures.series.get((indicator, place, ())) for place in (pilot, None))
    last = next(
        (assessed.last for assessed in series if assessed is not None and assessed.last is not None), None
    )
    return standing_view(form, last)
