"""pack-weights: the weights of a pack total 100, when given."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from generator.check.rule import Finding, Rule, RuleContext

WHY = """A weight says how much an indicator counts in the pilot's score. People read 30 as 30 per cent;
that is true only when all weights of the pack total 100 and none is left out."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, pilot in context.catalogue.pilots.items():
        weights = [item.weight for item in pilot.pack if item.weight is not None]
        if not weights:
            continue
        for position, item in enumerate(pilot.pack):
            if item.weight is None:
                mark = context.catalogue.mark(f"pilots/{id_}", ("pack", position))
                message = f"'{item.indicator}' has no weight, though others of the pack have one"
                yield Finding(mark, message, "weigh all of them, or none")
        total = fsum(weights)
        if len(weights) == len(pilot.pack) and abs(total - 100) > 1e-6:
            mark = context.catalogue.mark(f"pilots/{id_}", ("pack",), key=True)
            terms = " + ".join(f"{weight:g}" for weight in weights)
            message = f"the weights of the pack total {total:g}, not 100"
            yield Finding(mark, message, f"{terms} = {total:g}: change one by {100 - total:+g}")


RULE = Rule("pack-weights", "error", WHY, check)
