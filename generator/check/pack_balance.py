"""pack-balance: a pack looks at work from several sides, and has targets of all three kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.indicator import GoalType, Indicator, MeasureKind

WHY = """Where a pilot watches speed alone, speed is what it gets, and quality and the people pay for it. A
pack therefore measures in at least two of the four ways (time, quantity, quality, cost) and sets targets for
efficiency, quality and experience."""

WAYS: tuple[str, ...] = get_args(MeasureKind)
KINDS: tuple[str, ...] = get_args(GoalType)


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, pilot in context.catalogue.pilots.items():
        named = [item.indicator for item in pilot.pack]
        pack = context.measured(named)
        if pack and context.known(named):  # an empty pack is pack-size's to tell
            mark = context.catalogue.mark(f"pilots/{id_}", ("pack",), key=True)
            for message, hint in (*_ways(context, pack), *_kinds(pack)):
                yield Finding(mark, message, hint)


def _ways(context: RuleContext, pack: list[Indicator]) -> Iterator[tuple[str, str]]:
    wanted = context.number("ways")
    found = [way for way in WAYS if any(indicator.dimension == way for indicator in pack)]
    if len(found) < wanted:
        measures = f"only {listed(found)}" if found else "none of the four ways"
        message = f"the pack measures {measures}; at least {wanted} of {listed(WAYS)} are needed"
        others = listed([way for way in WAYS if way not in found], "or")
        yield message, _hint(f"add an indicator of {others}", "dimension", pack)


def _kinds(pack: list[Indicator]) -> Iterator[tuple[str, str]]:
    # What the target is may stand in the pack, at the indicator or in the results; its kind is what counts.
    lacking = [kind for kind in KINDS if all(indicator.goal_type != kind for indicator in pack)]
    if lacking:
        message = f"the pack has no {listed(lacking, 'or')} target"
        add = f"add {listed([f'one with goal_type: {kind}' for kind in lacking])}"
        yield message, _hint(add, "goal_type", pack)


def _hint(add: str, key: str, pack: list[Indicator]) -> str:
    """Where the pack's own indicators do not say what they are, that may be all there is to mend."""
    silent = [f"'{indicator.id}'" for indicator in pack if getattr(indicator, key) is None]
    return f"{add}; or write the {key} of {listed(silent)}, left out so far" if silent else add


RULE = Rule("pack-balance", "warning", WHY, check, {"ways": 2})
