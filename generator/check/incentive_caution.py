"""incentive-caution: an indicator that pays a bonus has at least one guardrail."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """What pays is what people do, at the cost of what does not pay. A guardrail shows that cost: it names
what must not get worse while the paid figure gets better. A draft or retired indicator guards nothing."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    bare = {
        id_
        for id_, indicator in catalogue.indicators.items()
        if indicator.in_use
        and context.known(indicator.guarded_by)
        and not context.measured(indicator.guarded_by)
    }
    for id_ in sorted(bare):
        if catalogue.indicators[id_].incentive == "bonus":
            mark = catalogue.mark(f"indicators/{id_}", ("incentive",))
            yield Finding(mark, f"'{id_}' pays a bonus and has no guardrail", "add guardrails: [...]")
    for id_, pilot in catalogue.pilots.items():
        for position, item in enumerate(pilot.pack):
            # What the pack leaves out is as the indicator says, and told there.
            if item.incentive == "bonus" and item.indicator in bare:
                mark = catalogue.mark(f"pilots/{id_}", ("pack", position, "incentive"))
                message = f"the pack pays a bonus on '{item.indicator}', which has no guardrail"
                where = catalogue.mark(f"indicators/{item.indicator}").file
                yield Finding(mark, message, f"add guardrails: [...] in {where}")


RULE = Rule("incentive-caution", "note", WHY, check)
