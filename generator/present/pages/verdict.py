"""A pilot's verdict: words first, then the figure."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.claims import pilot_claim
from generator.compute.figures import PilotFigures
<<<<<<< HEAD
from generator.compute.guardrail import ChangeEffect
from generator.compute.quarter import tally_of
from generator.model.pilot import Change, Pilot
=======
from generator.model.pilot import Pilot
>>>>>>> main
from generator.present.desk import Desk
from generator.present.links import Links, Ref
from generator.present.pages.claim_words import home_text, names_of
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
<<<<<<< HEAD
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
=======
    told = pilot_claim(desk.figures, figures)
    parts = [home_text(desk, told.leading)] if told.leading is not None else []
    if told.gate == "not-passed":
        parts.append(words("verdict.gate", names=names_of(desk, told.gates_missed)))
>>>>>>> main
    withheld = figures.score.withheld
    if withheld is not None:
        parts.append(words("verdict.withheld", share=form.share(withheld.weight)))
    else:
<<<<<<< HEAD
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
=======
        parts.append(words.count("verdict.reached", told.reached, of=told.total))
    if told.missed and told.gate != "not-passed":
        parts.append(words("verdict.missed", names=names_of(desk, told.missed)))
    if told.no_data and withheld is None:
        parts.append(words.count("verdict.no_data", told.no_data))
    if told.partial and withheld is None:
        parts.append(words.count("verdict.partial", told.partial))
    if told.not_final and withheld is None:
        parts.append(words.count("verdict.not_final", told.not_final))
>>>>>>> main
    text = words("punctuation.clause").join(parts) + words("punctuation.stop")
    if figures.score.gate == "not-passed":
        return Verdict(
            links.pilot(pilot.id), told.tone, text, words("verdict.gate_figure"), words("verdict.gate_note")
        )
    note = words("verdict.points") if figures.score.value is not None else words("verdict.no_score")
    if withheld is not None:
        note = words("verdict.withheld_note")
    return Verdict(links.pilot(pilot.id), told.tone, text, form.number(figures.score.value), note)
