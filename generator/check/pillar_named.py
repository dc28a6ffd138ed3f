"""pillar-named: where a handbook sorts its work by pillars, nothing under way is left out of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """Direction, drive and support carry only together. The page of the three pillars shows what is under
way for each and what is missing; an action, a bottleneck or a step of the roadmap that names no pillar is
absent there, and the pillar looks emptier than it is. A handbook in which no action and no bottleneck names
one is not asked."""

UNDER_WAY = ("open", "doing")
HINT = "add pillar: direction, drive or support"


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    actions = [
        (review, place, action)
        for review in catalogue.reviews.values()
        for place, action in enumerate(review.actions)
    ]
    bottlenecks = [
        (diagnosis, place, bottleneck)
        for diagnosis in catalogue.diagnoses
        for place, bottleneck in enumerate(diagnosis.bottlenecks)
    ]
    named = [action.pillar for _, _, action in actions] + [item.pillar for _, _, item in bottlenecks]
    if not any(named):
        return
    for place, step in enumerate(catalogue.roadmap.steps):
        if step.pillar is None and "roadmap" in catalogue.sources:
            mark = catalogue.mark("roadmap", ("steps", place, "id"))
            yield Finding(mark, f"the step '{step.id}' of the roadmap names no pillar", HINT)
    for review, place, action in actions:
        if action.pillar is None and action.status in UNDER_WAY:
            mark = catalogue.mark(f"reviews/{review.id}", ("actions", place, "id"))
            yield Finding(mark, f"the action '{action.id}' is under way and names no pillar", HINT)
    newest = {
        diagnosis.unit: diagnosis.date
        for diagnosis in sorted(catalogue.diagnoses, key=lambda item: item.date)
    }
    for diagnosis, place, bottleneck in bottlenecks:
        if bottleneck.pillar is None and diagnosis.date == newest[diagnosis.unit]:
            mark = catalogue.mark(f"diagnosis/{diagnosis.date}-{diagnosis.unit}", ("bottlenecks", place))
            yield Finding(mark, f"the bottleneck '{context.say(bottleneck.text)}' names no pillar", HINT)


RULE = Rule("pillar-named", "note", WHY, check)
