"""three-levels: every individual-level indicator reaches an organisation-level one through contributes_to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.indicator import Indicator

WHY = """A person is measured so that the team, and through it the organisation, gets better. An individual
indicator that leads to none of the organisation's lets people work hard in a direction that nobody needs."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, indicator in context.catalogue.indicators.items():
        if indicator.level != "individual" or not indicator.in_use:
            continue
        if not context.known(_targets(indicator)):
            continue
        above = _above(context, indicator)
        if any(reached.level == "organisation" or not context.known(_targets(reached)) for reached in above):
            continue
        mark = context.catalogue.mark(f"indicators/{id_}", ("level",))
        message = f"the individual indicator '{id_}' leads to no indicator of the organisation"
        # Where the way breaks off is where it can be led on.
        ends = [f"'{end.id}'" for end in above if not context.measured(_targets(end))]
        add = "add contributes_to: [{indicator: …, how: …}]"
        hint = f"the way ends at {listed(ends)}: {add} there, or correct the level" if ends else add
        yield Finding(mark, message, hint)


def _above(context: RuleContext, start: Indicator) -> list[Indicator]:
    """All indicators in use that it contributes to, directly or through others, nearest first."""
    reached: dict[str, Indicator] = {}
    waiting = [start]
    while waiting:
        for indicator in context.measured(_targets(waiting.pop(0))):
            if indicator.id not in reached:
                reached[indicator.id] = indicator
                waiting.append(indicator)
    return list(reached.values())


def _targets(indicator: Indicator) -> list[str]:
    return [link.indicator for link in indicator.contributes_to]


RULE = Rule("three-levels", "note", WHY, check)
