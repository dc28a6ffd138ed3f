"""six-groups: a questionnaire that names groups asks in all six, and says what each answer looks like."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.diagnosis import QUESTION_GROUPS

WHY = """A diagnosis looks at six things, because each of them alone can hold all others back: goals broken
down, standard work with owners, data in time, one library of definitions, connected systems, and managers who
coach and read data. Two people only mean the same by a 3 when it is written what a 3 looks like. A
questionnaire whose questions name no group is not asked."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    questionnaire = catalogue.questionnaire
    if questionnaire is None or "diagnosis/questions" not in catalogue.sources:
        return
    asked = {question.group for question in questionnaire.questions}
    if asked == {None}:
        return
    for group in QUESTION_GROUPS:
        if group not in asked:
            mark = catalogue.mark("diagnosis/questions", ("questions",), key=True)
            yield Finding(mark, f"no question of the group '{group}'", f"add one with group: {group}")
    for place, question in enumerate(questionnaire.questions):
        if not question.anchors:
            mark = catalogue.mark("diagnosis/questions", ("questions", place))
            message = f"the question '{question.id}' does not say what each answer looks like"
            yield Finding(mark, message, "add anchors: a line for each answer, the lowest first")


RULE = Rule("six-groups", "note", WHY, check)
