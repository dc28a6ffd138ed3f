"""three-aspects: the indicators of a process answer effectiveness, efficiency and benefit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.catalogue import Catalogue
from generator.model.indicator import Aspect
from generator.model.process import Process

WHY = """A process has to answer three questions: does it serve the goal (effectiveness), does it use people,
time and money well (efficiency), does it help profit and health (benefit)? Leave one out, and a process can
be fast at the wrong thing, or right at a ruinous price."""

ASPECTS: tuple[str, ...] = get_args(Aspect)


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, process in context.catalogue.processes.items():
        named = list(indicators_of(context.catalogue, process))
        if not context.known(named) or not context.whole("pilots"):
            continue
        indicators = context.measured(named)
        lacking = [name for name in ASPECTS if all(indicator.aspect != name for indicator in indicators)]
        if lacking:
            mark = context.catalogue.mark(f"processes/{id_}", ("id",))
            message = f"no indicator of '{id_}' answers {listed(lacking, 'or')}"
            hint = "measure it at a step, end to end (chain_indicators), or in the pack of a pilot"
            silent = [f"'{indicator.id}'" for indicator in indicators if indicator.aspect is None]
            if silent:
                hint += f"; or write the aspect of {listed(silent)}, left out so far"
            yield Finding(mark, message, hint)


def indicators_of(catalogue: Catalogue, process: Process) -> Iterator[str]:
    """Measured end to end, at a step of either map, or in the pack of a pilot that works on the process."""
    chain = process.chain_indicators
    yield from (named for named in (chain.cycle_time, chain.first_pass_yield) if named)
    for _, map_ in process.maps.drawn:
        for step in map_.steps:
            yield from step.indicators
    for pilot in catalogue.pilots.values():
        if pilot.process == process.id:
            yield from (item.indicator for item in pilot.pack)


RULE = Rule("three-aspects", "warning", WHY, check)
