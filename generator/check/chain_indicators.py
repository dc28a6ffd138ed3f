"""chain-indicators: a process has an end-to-end cycle time and a first-pass yield."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """Every part can be fast and the whole still slow, because cases wait between the parts and come back
for correction. Only two figures see that: the time from the first step to the last, and the share of cases
that pass without rework."""

ROLES = {"cycle_time": ("end-to-end cycle time", "time"), "first_pass_yield": ("first-pass yield", "quality")}
"""Each key of chain_indicators with its name and the dimension that such an indicator has."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, process in catalogue.processes.items():
        place = f"processes/{id_}"
        for key, (role, dimension) in ROLES.items():
            named = getattr(process.chain_indicators, key)
            if named is None:
                given = "chain_indicators" in process.model_fields_set
                mark = catalogue.mark(place, ("chain_indicators",) if given else ("id",), key=given)
                hint = f"write chain_indicators: {{{key}: …}} with the indicator that measures it"
                yield Finding(mark, f"'{id_}' has no {role}", hint)
                continue
            indicator = catalogue.indicators.get(named)
            if indicator is None:
                continue
            mark = catalogue.mark(place, ("chain_indicators", key))
            if not indicator.in_use:
                status = "a draft" if indicator.status == "draft" else "retired"
                message = f"the {role} of '{id_}' is measured by '{named}', which is {status}"
                newer = indicator.replaced_by
                yield Finding(mark, message, f"name '{newer}'" if newer else "name an indicator in use")
            elif indicator.dimension not in (None, dimension):
                message = f"'{named}' stands as the {role}, but measures {indicator.dimension}"
                hint = f"name an indicator with dimension: {dimension}, or correct that of '{named}'"
                yield Finding(mark, message, hint)


RULE = Rule("chain-indicators", "warning", WHY, check)
