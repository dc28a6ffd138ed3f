"""action-overdue: no open action is past its due date."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """What was agreed and not done by the day it was due is either forgotten or was never meant. Both are
worth a word at the next review. Overdue is what was due before the end of the period that the handbook looks
from, so that the same data says the same on every day."""

UNDER_WAY = {"open": "not begun", "doing": "not done"}


def check(context: RuleContext) -> Iterator[Finding]:
    if context.today is None:
        return
    for id_, review in context.catalogue.reviews.items():
        for position, action in enumerate(review.actions):
            if action.status in UNDER_WAY and action.due is not None and action.due < context.today:
                mark = context.catalogue.mark(f"reviews/{id_}", ("actions", position, "due"))
                message = (
                    f"the action '{action.id}' was due on {action.due} and is {UNDER_WAY[action.status]}"
                )
                hint = f"seen from {context.as_of}: finish it, agree on a new day, or write status: dropped"
                yield Finding(mark, message, hint)


RULE = Rule("action-overdue", "warning", WHY, check)
