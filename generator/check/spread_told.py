"""spread-told: a practice that was taken over shows its result in the place's own data, or says why not."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.spread import Transfer

WHY = """A practice that worked once is copied on the strength of the first place's figures, and nobody looks
whether it worked again. So a place that took it over names the pilot and the change whose data show what came
of it, or the reason why there are none; a rule that was made of it names the document; and a place where a
condition is lacking says why it goes ahead. Failures stay in the list: they are what the next place learns
most from."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, pilot in catalogue.pilots.items():
        for number, change in enumerate(pilot.changes):
            for place, transfer in enumerate(change.spread):
                mark = catalogue.mark(f"pilots/{id_}", ("changes", number, "spread", place, "id"))
                for message, hint in _lacking(context, transfer):
                    yield Finding(mark, f"the practice '{change.id}' at '{transfer.id}' {message}", hint)


def _lacking(context: RuleContext, transfer: Transfer) -> Iterator[tuple[str, str]]:
    begun = transfer.date is not None and (context.today is None or transfer.date <= context.today)
    if transfer.way == "institutional":
        if begun and transfer.document is None:
            yield "became a rule, and no document is named", "add document: …"
        return
    if transfer.unit is None and transfer.place is None:
        yield "names no place", "add unit: …, or place: …"
    if begun and transfer.change is None and transfer.reason is None:
        yield (
            "has no data of its own to show what came of it",
            "add pilot: and change:, or reason: why there are none",
        )
    if transfer.lacking and transfer.reason is None:
        yield f"lacks {', '.join(transfer.lacking)} and does not say why it goes ahead", "add reason: …"


RULE = Rule("spread-told", "warning", WHY, check)
