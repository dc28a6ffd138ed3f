"""answers-apart: where the answers of a diagnosis lie far apart, what came of talking about it is noted."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.compute.series.responses import responses_of
from generator.model.diagnosis import Diagnosis
from generator.model.response import RespondentGroup

WHY = """When managers say 4 and the front line says 2, the difference tells more than the mean: one of them
sees something the other does not. A workshop is held to talk about it. So the newest diagnosis of a unit that
keeps its respondents' answers asks managers and the front line, and where their medians, or the middle half
of all answers, lie half of the scale apart (2 points of 1–5), it has a note to that question. Groups of fewer
than `small_group` people are not looked at by themselves."""

SIDES: tuple[RespondentGroup, RespondentGroup] = ("managers", "front-line")


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    newest: dict[str, Diagnosis] = {}
    for diagnosis in sorted(catalogue.diagnoses, key=lambda item: item.date):
        newest[diagnosis.unit] = diagnosis
    for diagnosis in newest.values():
        rows = catalogue.responses.get(diagnosis.name, ())
        if rows and not {row.group for row in rows}.issuperset(SIDES):
            only = "only one side answered: managers and the front line are not held against each other"
            mark = catalogue.mark(f"diagnosis/{diagnosis.name}")
            yield Finding(mark, only, f"ask both in data/diagnosis/responses/{diagnosis.name}.csv")
        for own in responses_of(catalogue, diagnosis.name):
            if own.talk and own.question not in diagnosis.notes:
                mark = catalogue.mark(f"diagnosis/{diagnosis.name}", ("notes",), key=True)
                message = f"the answers to '{own.question}' lie far apart, and no note says what came of it"
                yield Finding(mark, message, f"talk about it, and write notes: {{{own.question}: …}}")


RULE = Rule("answers-apart", "note", WHY, check)
