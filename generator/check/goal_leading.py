"""goal-leading: every goal has a leading indicator that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.cascade import gaps_of

WHY = """Results come last: when a lagging indicator shows that a goal was missed, the time to do something is
over. A leading indicator that supports the goal, by itself or through others, tells early enough to act.
Nothing is asked where no indicator says its kind."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    if catalogue.strategy is None or not context.whole("indicators"):
        return
    places = {goal.id: place for place, goal in enumerate(catalogue.strategy.goals)}
    for gap in gaps_of(catalogue):
        if gap.kind == "goal-leading":
            goal = str(gap.place[0])
            mark = catalogue.mark("strategy", ("goals", places[goal], "id"))
            message = f"no leading indicator in use leads to the goal '{goal}'"
            hint = "add one with kind: leading that supports it, or drives one that does"
            yield Finding(mark, message, hint)


RULE = Rule("goal-leading", "note", WHY, check)
