"""cause-level: a cause in people says which of the three was missing, one in conditions whose and where."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """What one person does is ability × willingness × conditions, and the conditions are the team's and the
organisation's. "People" as a cause blames before anyone has looked; named as one of the three it says who can
do something about it. A handbook in which no problem names a factor is not asked."""


def check(context: RuleContext) -> Iterator[Finding]:
    reviews = context.catalogue.reviews
    if not any(problem.factor for review in reviews.values() for problem in review.problems):
        return
    for id_, review in reviews.items():
        for place, problem in enumerate(review.problems):
            mark = context.catalogue.mark(f"reviews/{id_}", ("problems", place, "id"))
            if problem.cause == "people" and problem.factor is None:
                message = f"the problem '{problem.id}' lies with people and does not say what was missing"
                yield Finding(mark, message, "add factor: ability, willingness or conditions")
            elif problem.factor == "conditions" and problem.conditions is None:
                message = f"the problem '{problem.id}' lies in conditions and does not say whose they are"
                yield Finding(mark, message, "add conditions: team or organisation")
            elif problem.factor == "conditions" and problem.step is None and problem.system is None:
                message = f"the problem '{problem.id}' lies in conditions and names no step and no system"
                yield Finding(mark, message, "add step: … or system: …")


RULE = Rule("cause-level", "note", WHY, check)
