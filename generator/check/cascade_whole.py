"""cascade-whole: from every goal a way leads down to units, indicators and posts, and from each back up."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.cascade import BrokenLink, gaps_of
from generator.model.strategy import Strategy
from generator.model.strategy_ways import goal_of
from generator.problems import Loc

WHY = """A goal that no unit takes up stays a wish, an objective that leads to no goal is somebody's hobby,
and an indicator that no post works with moves by luck. The chain holds while each link names the next. Where
objectives name neither units nor parents, only weights and empty objectives are asked for."""

KINDS = {
    "goal-taken-up": ("no objective takes up the goal '{0}'", "add goal: {0} to an objective"),
    "objective-goal": (
        "the objective '{0}' leads to no goal",
        "add goal: …, or parent: with an objective that has one",
    ),
    "objective-empty": (
        "the objective '{0}' has no key result, and no objective is part of it",
        "add key_results:, or name it as parent: of another",
    ),
    "key-result-aside": (
        "'{1}' does not lead to the goal '{2}' that the objective '{0}' serves",
        "say how it does (supports: or contributes_to:), or take another indicator",
    ),
    "key-result-post": (
        "no post works with '{1}', the indicator of a key result of '{0}'",
        "add post: to the key result, or applies_to: with a role to the indicator",
    ),
}
"""Kind of gap → message and hint; {0} the goal or objective, {1} the indicator, {2} the goal above."""


def check(context: RuleContext) -> Iterator[Finding]:
    strategy = context.catalogue.strategy
    if strategy is None or not context.whole("indicators"):
        return
    for gap in gaps_of(context.catalogue):
        if gap.kind == "weights":
            yield _weights(context, strategy, gap)
        elif gap.kind in KINDS:
            message, hint = KINDS[gap.kind]
            names = _names(strategy, gap)
            mark = context.catalogue.mark("strategy", _loc(strategy, gap))
            yield Finding(mark, message.format(*names), hint.format(*names))


def _names(strategy: Strategy, gap: BrokenLink) -> tuple[str, ...]:
    first, *rest = gap.place
    if not rest:
        return (str(first),)
    objective = next(each for each in strategy.objectives if each.id == first)
    result = objective.key_results[int(rest[0])]
    return objective.id, result.indicator or "", goal_of(strategy, objective) or ""


def _loc(strategy: Strategy, gap: BrokenLink) -> Loc:
    first, *rest = gap.place
    if gap.kind == "goal-taken-up":
        return "goals", next(n for n, goal in enumerate(strategy.goals) if goal.id == first), "id"
    at = next(n for n, each in enumerate(strategy.objectives) if each.id == first)
    return ("objectives", at, "key_results", rest[0], "indicator") if rest else ("objectives", at, "id")


def _weights(context: RuleContext, strategy: Strategy, gap: BrokenLink) -> Finding:
    first, *rest = gap.place
    at, objective = next((n, each) for n, each in enumerate(strategy.objectives) if each.id == first)
    hint = "weigh all of them, to 100 together, or none"
    if rest:
        mark = context.catalogue.mark("strategy", ("objectives", at, "key_results"), key=True)
        message = f"the weights of the key results of '{objective.id}' do not total 100"
        return Finding(mark, message, hint)
    above = objective.parent or objective.goal
    beside = f"below '{above}'" if above else "that stand at the top"
    mark = context.catalogue.mark("strategy", ("objectives", at, "id"))
    return Finding(mark, f"the weights of the objectives {beside} do not total 100", hint)


RULE = Rule("cascade-whole", "note", WHY, check)
