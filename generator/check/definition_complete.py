"""definition-complete: active indicators have all that makes a figure mean the same to everyone."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.common import Part
from generator.model.text import Text

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
        unfilled = [key for key in NEEDED if _is_todo(getattr(indicator, key))]
        if unfilled:
            mark = context.catalogue.mark(f"indicators/{id_}", (unfilled[0],))
            message = f"the active indicator '{id_}' still says TODO under {', '.join(unfilled)}"
            yield Finding(mark, message, "fill it in, or write status: draft")
        owner = indicator.owner
        if owner is not None and owner.unit is None and owner.role is None:
            mark = context.catalogue.mark(f"indicators/{id_}", ("owner",))
            yield Finding(mark, f"the owner of '{id_}' has neither a unit nor a role", "name both")


def _is_todo(value: object) -> bool:
    """Whether a field, or a text inside it, is what `handbook new` left to be filled in."""
    if isinstance(value, Part):
        return any(_is_todo(getattr(value, name)) for name in type(value).model_fields)
    return isinstance(value, Text) and any(text.lstrip().startswith("TODO") for text in value.all())


RULE = Rule("definition-complete", "error", WHY, check)
