"""key-step-indicator: every key step of a map has at least one time or quality indicator."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.process import Step

WHY = """A key step is where the process is won or lost. Without a figure for its time or its quality it can
be blocked for weeks before the end-to-end figures show it, and then nobody knows where to look. It holds for
the map as it is too: without a figure there, no change can show what it brought."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, process in context.catalogue.processes.items():
        for key, map_ in process.maps.drawn:
            for position, step in enumerate(map_.steps):
                measured = context.measured(step.indicators)
                if not step.key or not context.known(step.indicators):
                    continue
                if any(indicator.watches_steps for indicator in measured):
                    continue
                loc = ("maps", key, "steps", position, "key")
                mark = context.catalogue.mark(f"processes/{id_}", loc, key=True)
                message = f"the key step '{step.id}' has no time or quality indicator in use"
                hint = "name one under the step's indicators:, or delete key: true"
                yield Finding(mark, message, f"{_named(context, step)}{hint}")


def _named(context: RuleContext, step: Step) -> str:
    """Why those that the step names do not do."""
    said = []
    for id_ in step.indicators:
        indicator = context.catalogue.indicators.get(id_)
        if indicator:
            of_what = f"measures {indicator.dimension}" if indicator.dimension else "names no dimension"
            said.append(f"'{id_}' {of_what if indicator.in_use else f'is {indicator.status}'}")
    return f"{listed(said)}; " if said else ""


RULE = Rule("key-step-indicator", "warning", WHY, check)
