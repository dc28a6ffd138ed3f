"""definition-complete: active indicators have all that makes a figure mean the same to everyone."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """Two people who read the same definition must get the same figure, and someone must answer for it.
What is missing here is argued about later, when a bonus depends on it. A draft may still be incomplete."""

NEEDED = ("definition", "formula", "unit", "direction", "frequency", "source", "owner")


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, indicator in context.catalogue.indicators.items():
        if indicator.status != "active":
            continue
        missing = [key for key in NEEDED if getattr(indicator, key) is None]
        if missing:
            message = f"the active indicator '{id_}' lacks {', '.join(missing)}"
            hint = "add what is missing, or write status: draft"
            yield Finding(context.catalogue.mark(f"indicators/{id_}", ("id",)), message, hint)
        owner = indicator.owner
        if owner is not None and owner.unit is None and owner.role is None:
            mark = context.catalogue.mark(f"indicators/{id_}", ("owner",))
            yield Finding(mark, f"the owner of '{id_}' has neither a unit nor a role", "name both")


RULE = Rule("definition-complete", "error", WHY, check)
