"""unit-goal: where objectives name units, every unit below the top has one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.cascade import gaps_of

WHY = """A unit without an objective of its own works for whatever is loudest, and its people learn of the
strategy from posters. Either it takes over a part of an objective above it, or it is said why not. A handbook
whose objectives name no units is not asked; the top has the organisation's goals."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    places = {unit.id: place for place, unit in enumerate(catalogue.handbook.units)}
    for gap in gaps_of(catalogue):
        if gap.kind == "unit-goal":
            unit = str(gap.place[0])
            mark = catalogue.mark("handbook", ("units", places[unit], "id"))
            hint = f"add unit: {unit} to an objective or a key result of data/strategy.yml"
            yield Finding(mark, f"the unit '{unit}' has no objective", hint)


RULE = Rule("unit-goal", "note", WHY, check)
