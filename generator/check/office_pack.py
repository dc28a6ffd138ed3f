"""office-pack: front office packs hold results and customer value, middle office packs service and effort."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.offices import OFFICE_ASKS, held_of

WHY = """Whoever faces the customer answers for the result and for what the customer gets; whoever supports
them answers for the level of service and for the effort it takes. A front office that is measured by effort
alone is busy, a middle office that is measured by sales alone serves nobody. Packs of units whose office is
not said, and indicators that say neither aspect nor kind, are left alone."""
WORDS = {
    "result": "result (aspect: effectiveness or benefit)",
    "customer": "customer value (goal_type: experience, or category: quality-experience)",
    "service": "service level (dimension: time, or category: time-efficiency)",
    "effort": "effort (aspect: efficiency)",
}


def check(context: RuleContext) -> Iterator[Finding]:
    units = {unit.id: unit for unit in context.catalogue.handbook.units}
    for id_, pilot in context.catalogue.pilots.items():
        unit = units.get(pilot.unit or "")
        named = [item.indicator for item in pilot.pack]
        if unit is None or unit.kind is None or not named or not context.known(named):
            continue
        held = held_of(context.measured(named))
        lacking = [WORDS[ask] for ask in OFFICE_ASKS[unit.kind] if ask not in held]
        if lacking:
            mark = context.catalogue.mark(f"pilots/{id_}", ("pack",), key=True)
            message = f"the pack of a {unit.kind} office holds no {listed(lacking, 'and no')}"
            yield Finding(mark, message, "add one, or say what its indicators are")


RULE = Rule("office-pack", "note", WHY, check)
