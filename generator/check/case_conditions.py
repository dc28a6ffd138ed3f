"""case-conditions: an adopted case says under which conditions it holds."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.case import CaseHead

WHY = """Whoever looks for a case asks first whether it would work at their place. A case that says what was
done, and not what it rested on, is copied where it cannot work, and then the case is blamed."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, head in context.catalogue.cases.items():
        if head.status == "adopted" and head.kind == "case" and not _says(context, head):
            mark = context.catalogue.mark(f"cases/{id_}", ("status",))
            message = f"the adopted case '{id_}' does not say under which conditions it holds"
            yield Finding(mark, message, "add conditions: [...], here or at its change")


def _says(context: RuleContext, head: CaseHead) -> bool:
    pilot = context.catalogue.pilots.get(head.pilot or "")
    changes = [change for change in pilot.changes if change.id == head.change] if pilot else []
    return bool(head.conditions or any(change.conditions for change in changes))


RULE = Rule("case-conditions", "note", WHY, check)
