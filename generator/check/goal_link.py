"""goal-link: every active indicator explains how it supports a goal or another indicator."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """An indicator that leads to no goal costs effort and steers people to nothing. The sentence on how
it supports the level above is what lets a reader question it when the goal is missed although the indicator
is met."""


def check(context: RuleContext) -> Iterator[Finding]:
    strategy = context.catalogue.strategy
    goals = strategy is not None and bool(strategy.goals)
    indicators = context.catalogue.indicators
    if not goals and not any(one.supports or one.contributes_to for one in indicators.values()):
        # Said once: of a handbook without goals every indicator would be told the same.
        lacking = [id_ for id_, indicator in indicators.items() if indicator.status == "active"]
        if len(lacking) > 1:
            count = len(lacking)
            message = f"no goal is written down, so none of {count} indicators says what it is for"
            hint = "write goals into data/strategy.yml, and supports: [{goal: …, how: …}] into the indicators"
            yield Finding(context.catalogue.mark("handbook", ("title",)), message, hint)
            return
    for id_, indicator in indicators.items():
        if indicator.status != "active":
            continue
        place = f"indicators/{id_}"
        if not indicator.supports and not indicator.contributes_to:
            message = f"'{id_}' supports neither a goal nor another indicator"
            hint = "add supports: [{goal: …, how: …}] or contributes_to: [{indicator: …, how: …}]"
            yield Finding(context.catalogue.mark(place, ("id",)), message, hint)
        for key in ("supports", "contributes_to"):
            for position, link in enumerate(getattr(indicator, key)):
                if link.how is None:
                    target = link.goal if key == "supports" else link.indicator
                    mark = context.catalogue.mark(place, (key, position))
                    yield Finding(mark, f"'{id_}' does not say how it supports '{target}'", "add how: …")


RULE = Rule("goal-link", "warning", WHY, check)
