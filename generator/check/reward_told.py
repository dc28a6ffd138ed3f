"""reward-told: a reward names whom it is for and what it is judged by; a promotion names its caution."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.reward import Reward

WHY = """Whoever reads of a reward asks three things: for whom, by what is it judged, and what could go wrong.
A bonus without an indicator is paid by favour; a reward for joint work that names one unit makes the others
watch; a promotion lasts longer than the figure it was given for, so the trap is named before anyone steps
into it. Recognition may go to anybody, and costs nothing to get wrong."""
JOINT = 2


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, pilot in context.catalogue.pilots.items():
        for place, reward in enumerate(pilot.rewards):
            mark = context.catalogue.mark(f"pilots/{id_}", ("rewards", place, "id"))
            for message, hint in _lacking(reward):
                yield Finding(mark, f"the reward '{reward.id}' {message}", hint)


def _lacking(reward: Reward) -> Iterator[tuple[str, str]]:
    if reward.kind != "recognition":
        if reward.post is None and not reward.units:
            yield "does not say for whom", "add post: …, or units: [...]"
        if reward.kind == "bonus" and not reward.indicators:
            yield "is money, and no indicator says what for", "add indicators: [...]"
        if reward.kind == "promotion" and reward.caution is None:
            yield "is a promotion without a caution", "add caution: …"
    if reward.given_for == "cross-unit" and len(reward.units) < JOINT:
        yield "is for joint work and names fewer than two units", "add units: [..., ...]"


RULE = Rule("reward-told", "warning", WHY, check)
