"""goal-owner: where any goal says who answers for it, every goal does."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """When the indicators of a goal miss for long, the question is put to the goal itself: keep it, change
it, or drop it. Somebody has to answer by a day. A goal without an owner is questioned and nobody is asked.
Where no goal names one, nothing is asked."""


def check(context: RuleContext) -> Iterator[Finding]:
    strategy = context.catalogue.strategy
    goals = strategy.goals if strategy else ()
    if not any(goal.owner or goal.answers for goal in goals):
        return
    for place, goal in enumerate(goals):
        if goal.owner is None and not goal.dropped:
            mark = context.catalogue.mark("strategy", ("goals", place, "id"))
            message = f"nobody answers for the goal '{goal.id}'"
            yield Finding(mark, message, "add owner: {unit: …, role: …}")


RULE = Rule("goal-owner", "note", WHY, check)
