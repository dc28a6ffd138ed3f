"""A pilot's verdict: words first, then the figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.compute.figures import PilotFigures
from generator.compute.guardrail import ChangeEffect
from generator.compute.quarter import tally_of
from generator.model.pilot import Change, Pilot
from generator.present.desk import Desk
from generator.present.links import Links, Ref
from generator.present.pages.findings import change_name
from generator.present.pages.views import Tone


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line about a pilot in the review period."""

    ref: Ref
    tone: Tone
    text: str
    figure: str
    figure_note: str


def verdict(desk: Desk, pilot: Pilot, figures: PilotFigures, links: Links) -> Verdict:
    """What a manager should know first: what the change did and at what cost, gates, what is reached."""
    words, form = desk.format.words, desk.format
    states = Counter(item.review.status if item.review else "no-data" for item in figures.pack)
    tally = desk.named(tally_of(figures.pack), f"pilots/{pilot.id}/tally")
    reached = tally.reached
    effect = _weightiest(desk, pilot, figures)
    parts = [effect_home(desk, *effect)] if effect else []
    if figures.score.gate == "not-passed":
        names = [
            form.text(desk.figures.catalogue.indicators[item.indicator].name)
            for item in figures.pack
            if item.gate and item.review and item.review.status == "missed"
        ]
        parts.append(words("verdict.gate", names=form.join(names)))
    withheld = figures.score.withheld
    if withheld is not None:
        parts.append(words("verdict.withheld", share=form.share(withheld.weight)))
    else:
        parts.append(words.count("verdict.reached", reached, of=tally.total))
    missed = [
        form.text(desk.figures.catalogue.indicators[item.indicator].name)
        for item in figures.pack
        if item.review and item.review.status == "missed"
    ]
    if missed and figures.score.gate != "not-passed":
        parts.append(words("verdict.missed", names=form.join(missed)))
    if states["no-data"] and withheld is None:
        parts.append(words.count("verdict.no_data", states["no-data"]))
    tone: Tone = "normal"
    balance = effect[1].balance if effect else None
    if figures.score.gate == "not-passed" or states["missed"] or balance in ("gain-at-a-cost", "loss"):
        tone = "bad"
    elif withheld is None and (
        balance in ("balanced-gain", "gain") or (reached == len(figures.pack) and reached)
    ):
        tone = "good"
    text = words("punctuation.clause").join(parts) + words("punctuation.stop")
    if figures.score.gate == "not-passed":
        return Verdict(
            links.pilot(pilot.id), tone, text, words("verdict.gate_figure"), words("verdict.gate_note")
        )
    note = words("verdict.points") if figures.score.value is not None else words("verdict.no_score")
    if withheld is not None:
        note = words("verdict.withheld_note")
    return Verdict(links.pilot(pilot.id), tone, text, form.number(figures.score.value), note)


def _weightiest(desk: Desk, pilot: Pilot, figures: PilotFigures) -> tuple[Change, ChangeEffect] | None:
    """The newest tested change of the heaviest indicator of the pack that has one."""
    pack = sorted(figures.pack, key=lambda item: -(item.weight or 0))
    for item in pack:
        for change in sorted(pilot.changes, key=lambda one: one.date, reverse=True):
            for one in desk.figures.effects[(pilot.id, change.id)]:
                if one.effect.indicator == item.indicator and one.balance is not None:
                    return change, one
    return None


def effect_home(desk: Desk, change: Change, one: ChangeEffect) -> str:
    """Before, after, and whether anything else paid for it."""
    form, words = desk.format, desk.format.words
    indicators = desk.figures.catalogue.indicators
    indicator = indicators[one.effect.indicator]
    told = words(f"effect.balance_home.{one.balance}")
    if one.cost:
        told += words(
            "effect.cost_home", names=form.join([form.text(indicators[name].name) for name in one.cost])
        )
    elif one.balance == "balanced-gain":
        calm = [guard.effect.indicator for guard in one.guardrails if guard.verdict is not None]
        told = words("effect.calm_home", names=form.join([form.text(indicators[name].name) for name in calm]))
    return words(
        "effect.home",
        change=change_name(desk, change),
        indicator=form.text(indicator.name),
        before=form.number(one.effect.before.mean, indicator.decimals),
        after=form.with_unit(one.effect.after.mean, form.text(indicator.unit), indicator.decimals),
        balance=told,
    )
