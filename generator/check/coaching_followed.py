"""coaching-followed: what was agreed in a coaching note is spoken of again."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.coaching import not_followed_up

WHY = """Coaching works by the second talk: what was agreed, what came of it. A note with a plan that nobody
comes back to teaches that plans are for the minutes. It counts once a later long review of the pilot was
held, and any later note about the same unit or person answers it."""


def check(context: RuleContext) -> Iterator[Finding]:
    if not context.whole("reviews"):
        return
    for review, place in not_followed_up(context.catalogue):
        note = review.coaching[place]
        mark = context.catalogue.mark(f"reviews/{review.id}", ("coaching", place, "plan"), key=True)
        whom = f"'{note.unit}'" if note.unit else "the person"
        message = f"what was agreed with {whom} was not spoken of again"
        yield Finding(mark, message, "add a coaching note about it to a later review")


RULE = Rule("coaching-followed", "note", WHY, check)
