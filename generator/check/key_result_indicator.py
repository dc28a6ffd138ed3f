"""key-result-indicator: every key result names the indicator that measures it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.cascade import gaps_of

WHY = """A key result is the part of an objective that can be measured. Without an indicator nobody knows at
the end of the quarter whether it was reached, and the one who talks best decides."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    if catalogue.strategy is None:
        return
    # Of two objectives with one id the first counts.
    objectives = {each.id: place for place, each in reversed([*enumerate(catalogue.strategy.objectives)])}
    for gap in gaps_of(catalogue):
        if gap.kind == "key-result-indicator":
            objective, place = gap.place
            at = objectives[str(objective)]
            result = catalogue.strategy.objectives[at].key_results[int(place)]
            mark = catalogue.mark("strategy", ("objectives", at, "key_results", place))
            message = f"the key result '{context.say(result.name)}' names no indicator"
            yield Finding(mark, message, "add indicator: …")


RULE = Rule("key-result-indicator", "note", WHY, check)
