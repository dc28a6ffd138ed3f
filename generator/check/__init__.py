"""The method's rules: one module a rule, each with its reason; `RULES` lists them.

`RULES` is the one place that knows their names: a name under the handbook's `rules:` that is none of theirs
is an error. A new rule is a module with a `RULE`, its line below and an example folder under tests/problems.
"""

from __future__ import annotations

from generator.check import (
    action_overdue,
    answers_apart,
    cascade_whole,
    case_conditions,
    cause_level,
    chain_indicators,
    change_freeze,
    coaching_complete,
    coaching_followed,
    definition_changed,
    definition_complete,
    evidence_before_rollout,
    goal_leading,
    goal_link,
    goal_owner,
    incentive_caution,
    key_result_indicator,
    key_step_indicator,
    office_pack,
    pack_balance,
    pack_owner,
    pack_size,
    pack_weights,
    paired_change,
    per_head_alone,
    pillar_named,
    plausible_values,
    process_links,
    process_shares,
    rare_chart,
    review_complete,
    review_rhythm,
    reward_told,
    same_name,
    six_groups,
    spread_told,
    stale_results,
    target_side,
    three_aspects,
    three_levels,
    todo_left,
    tool_purpose,
    tool_trial,
    training_before_live,
    translation,
    triage_reason,
    unit_goal,
)
from generator.check.rule import Rule, RuleContext
from generator.model.catalogue import Catalogue, latest_period
from generator.model.period import Period
from generator.problems import Problem, Problems, found, nearest

RULES: tuple[Rule, ...] = (
    pack_size.RULE,
    pack_balance.RULE,
    pack_weights.RULE,
    pack_owner.RULE,
    office_pack.RULE,
    three_aspects.RULE,
    three_levels.RULE,
    goal_link.RULE,
    goal_leading.RULE,
    cascade_whole.RULE,
    unit_goal.RULE,
    key_result_indicator.RULE,
    goal_owner.RULE,
    per_head_alone.RULE,
    key_step_indicator.RULE,
    chain_indicators.RULE,
    paired_change.RULE,
    tool_purpose.RULE,
    tool_trial.RULE,
    pillar_named.RULE,
    six_groups.RULE,
    answers_apart.RULE,
    triage_reason.RULE,
    training_before_live.RULE,
    review_rhythm.RULE,
    review_complete.RULE,
    cause_level.RULE,
    action_overdue.RULE,
    coaching_followed.RULE,
    coaching_complete.RULE,
    evidence_before_rollout.RULE,
    spread_told.RULE,
    case_conditions.RULE,
    target_side.RULE,
    incentive_caution.RULE,
    reward_told.RULE,
    definition_complete.RULE,
    todo_left.RULE,
    plausible_values.RULE,
    stale_results.RULE,
    definition_changed.RULE,
    same_name.RULE,
    translation.RULE,
    process_links.RULE,
    process_shares.RULE,
    change_freeze.RULE,
    rare_chart.RULE,
)
"""In the order of the method's list of rules."""


def run_rules(catalogue: Catalogue, as_of: Period | None = None) -> Problems:
    """What every rule that is not switched off finds, looking from `as_of` (default: the latest period)."""
    problems = Problems()
    _check_names(catalogue, problems)
    looked_from = as_of or latest_period(catalogue)
    for rule in RULES:
        setting = catalogue.handbook.rules.get(rule.id)
        if setting and setting.off:
            continue
        given = setting.settings if setting else {}
        fitting = {k: v for k, v in given.items() if _setting_fits(catalogue, rule, k, v, problems)}
        settings = {**rule.settings, **fitting}
        for finding in rule.check(RuleContext(catalogue, looked_from, settings)):
            problems.add(Problem(finding.mark, rule.level, rule.id, finding.message, finding.hint))
    return problems


def _check_names(catalogue: Catalogue, problems: Problems) -> None:
    """Reports rules that do not exist, and rules switched off without a reason."""
    names = [rule.id for rule in RULES]
    for name, setting in catalogue.handbook.rules.items():
        mark = catalogue.mark("handbook", ("rules", name), key=True)
        if name not in names:
            problems.error(mark, "unknown-rule", f"unknown rule {found(name)}", nearest(name, names))
        elif setting.off and setting.reason is None:
            message = f"the rule '{name}' is switched off without a reason"
            problems.note(mark, "rule-off", message, f"write {name}: {{off: the reason}}")


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
    for position, word in enumerate(value if isinstance(value, list) else ()):
        if not isinstance(word, str) or not word.strip():
            mark = catalogue.mark("handbook", (*loc, position))
            hint = f"write words, e.g. {name}: {rule.settings[name]!r}"
            problems.error(mark, "wrong-type", f"{name}: needs words, found {word!r}", hint)
            return False
    return True
