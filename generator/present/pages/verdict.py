"""A pilot's verdict: words first, then the figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.compute.figures import PilotFigures
from generator.model.pilot import Pilot
from generator.present.desk import Desk
from generator.present.links import Links, Ref
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
    """What a manager should know first: gates, what is reached, what is missed, and what cannot be said."""
    words, form = desk.format.words, desk.format
    states = Counter(item.review.status if item.review else "no-data" for item in figures.pack)
    reached = states["met"] + states["exceeded"]
    parts = []
    if figures.score.gate == "not-passed":
        names = [
            form.text(desk.figures.catalogue.indicators[item.indicator].name)
            for item in figures.pack
            if item.gate and item.review and item.review.status == "missed"
        ]
        parts.append(words("verdict.gate", names=form.join(names)))
    parts.append(words.count("verdict.reached", reached, of=len(figures.pack)))
    missed = [
        form.text(desk.figures.catalogue.indicators[item.indicator].name)
        for item in figures.pack
        if item.review and item.review.status == "missed"
    ]
    if missed and figures.score.gate != "not-passed":
        parts.append(words("verdict.missed", names=form.join(missed)))
    if states["no-data"]:
        parts.append(words.count("verdict.no_data", states["no-data"]))
    tone: Tone = "normal"
    if figures.score.gate == "not-passed" or states["missed"]:
        tone = "bad"
    elif reached == len(figures.pack) and reached:
        tone = "good"
    text = words("punctuation.clause").join(parts) + words("punctuation.stop")
    if figures.score.gate == "not-passed":
        return Verdict(
            links.pilot(pilot.id), tone, text, words("verdict.gate_figure"), words("verdict.gate_note")
        )
    note = words("verdict.points") if figures.score.value is not None else words("verdict.no_score")
    return Verdict(links.pilot(pilot.id), tone, text, form.number(figures.score.value), note)
