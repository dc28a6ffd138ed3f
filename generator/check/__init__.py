"""The method's rules: one module a rule, each with its reason; `RULES` lists them.

A new rule is a module with a `RULE`, its line below, its name in `model.handbook.RULE_NAMES` and an example
folder under tests/problems.
"""

from __future__ import annotations

from generator.check import (
    definition_complete,
    goal_link,
    pack_size,
    pack_weights,
    process_links,
    same_name,
    stale_results,
    target_side,
    translation,
)
from generator.check.rule import Context, Rule
from generator.model.catalogue import Catalogue, latest_period
from generator.model.period import Period
from generator.problems import Problem, Problems, nearest

RULES: tuple[Rule, ...] = (
    pack_size.RULE,
    pack_weights.RULE,
    goal_link.RULE,
    target_side.RULE,
    definition_complete.RULE,
    stale_results.RULE,
    same_name.RULE,
    translation.RULE,
    process_links.RULE,
)
"""In the order of the method's list of rules."""


def run_rules(catalogue: Catalogue, as_of: Period | None = None) -> Problems:
    """What every rule that is not switched off finds, looking from `as_of` (default: the latest period)."""
    problems = Problems()
    looked_from = as_of or latest_period(catalogue)
    for rule in RULES:
        setting = catalogue.handbook.rules.get(rule.id)
        if setting and setting.off:
            continue
        given = setting.settings if setting else {}
        fitting = {k: v for k, v in given.items() if _setting_fits(catalogue, rule, k, v, problems)}
        settings = {**rule.settings, **fitting}
        for finding in rule.check(Context(catalogue, looked_from, settings)):
            problems.add(Problem(finding.mark, rule.level, rule.id, finding.message, finding.hint))
    return problems


def _setting_fits(catalogue: Catalogue, rule: Rule, name: str, value: object, problems: Problems) -> bool:
    loc = ("rules", rule.id, name)
    if name not in rule.settings:
        hint = nearest(name, rule.settings) if rule.settings else f"{rule.id} has no settings"
        mark = catalogue.mark("handbook", loc, key=True)
        problems.error(mark, "unknown-key", f"unknown setting '{name}' of the rule {rule.id}", hint)
        return False
    if type(value) is not type(rule.settings[name]):
        mark = catalogue.mark("handbook", loc)
        message = f"{name}: needs a value like {rule.settings[name]!r}, found {value!r}"
        problems.error(mark, "wrong-type", message, f"the default is {rule.settings[name]!r}")
        return False
    return True
