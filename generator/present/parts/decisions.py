"""What needs a decision now, in words: the first thing on the home page."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.effects.claim import Claim
from generator.compute.insight.decisions import Decision, DecisionKind, decisions_of
from generator.compute.insight.named import named
from generator.compute.series.tones import Tone
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import claim_name, indicator_of, names_of
from generator.present.parts.findings import signal_word
from generator.present.parts.goal_questions import goal_text
from generator.present.parts.record import owner_text
from generator.present.text.format import Format
from generator.present.text.value_text import value_text


@dataclass(frozen=True, slots=True)
class NeededDecision:
    """One thing to be settled."""

    kind: DecisionKind
    label: str
    tone: Tone
    ref: Ref
    text: str


def decision_rows(ctx: PageContext, links: Links) -> tuple[NeededDecision, ...]:
    """All of them, the gravest kind first."""
    words = ctx.format.words
    return tuple(
        NeededDecision(
            found.kind,
            words(f"decision.kind.{found.kind}"),
            found.tone,
            _about(ctx, found, links),
            _text(ctx, found),
        )
        for found in decisions_of(ctx.figures)
    )


def _about(ctx: PageContext, found: Decision, links: Links) -> Ref:
    """Where it is settled: on a pilot's page, or the goal's."""
    if found.goal is not None:
        strategy = ctx.figures.catalogue.strategy
        names = {goal.id: goal.name for goal in strategy.goals} if strategy else {}
        asked = found.goal.goal
        return Ref(ctx.format.text(names[asked]), links.to("strategy.md", f"goal-{asked}"))
    return links.pilot(found.pilot or "")


def _text(ctx: PageContext, found: Decision) -> str:
    form, words = ctx.format, ctx.format.words
    if found.goal is not None:
        return words("goal_question.notice", text=goal_text(ctx.figures, form, found.goal))
    if found.claim is not None:
        return _cost(ctx, found.claim)
    if found.kind == "gate":
        return words("decision.gate", names=names_of(ctx.figures, form, found.gates))
    if found.kind == "overdue":
        return _overdue(ctx, found)
    told = [_signal(ctx, found, place) for place in range(len(found.signals))]
    return words("punctuation.clause").join(told) + words("punctuation.stop")


def _cost(ctx: PageContext, claim: Claim) -> str:
    form, words = ctx.format, ctx.format.words
    return words(
        f"decision.cost.{'gained' if claim.outcome == 'improved' else 'nothing'}",
        changes=claim_name(ctx.figures, form, claim),
        indicator=form.inside(indicator_of(ctx.figures, claim).name),
        names=names_of(ctx.figures, form, claim.cost),
    )


def overdue_text(form: Format, found: Decision) -> str:
    """How much is overdue, and for how long the oldest of it."""
    words, at = form.words, f"decisions/{found.name}"
    late = []
    if found.actions:
        late.append(words.count("decision.actions", named(len(found.actions), f"{at}/actions")))
    if found.steps:
        late.append(words.count("decision.steps", named(len(found.steps), f"{at}/steps")))
    several = len(found.actions) + len(found.steps) > 1
    key = "decision.overdue" if several else "decision.overdue_alone"
    return words.count(key, named(found.longest, f"{at}/longest"), what=form.listed(late))


def _overdue(ctx: PageContext, found: Decision) -> str:
    """What is overdue, with whom the oldest of it is, and since when; a step is with the pilot's lead."""
    form, catalogue = ctx.format, ctx.figures.catalogue
    told = overdue_text(form, found)
    late = [(task.days_late, task.action.owner, task.action.due) for task in found.actions]
    lead = catalogue.pilots[found.pilot].lead if found.pilot else None
    late += [(step.overdue_days, lead, step.due) for step in found.steps]
    _, owner, due = max(late, key=lambda one: one[0])
    who = owner_text(ctx.figures, form, owner)
    return form.words("decision.waits", told=told, who=who, due=form.date(due)) if who and due else told


def _signal(ctx: PageContext, found: Decision, place: int) -> str:
    news = found.signals[place]
    indicator = ctx.figures.catalogue.indicators[news.indicator]
    return ctx.format.words(
        "decision.signal",
        name=ctx.format.inside(indicator.name),
        period=ctx.format.period(news.point.point.period),
        value=value_text(ctx.format, news.point, indicator),
        word=signal_word(ctx.format, news.standing),
    )
