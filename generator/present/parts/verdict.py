"""A pilot's verdict: words first, then the figure."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.figures import PilotFigures
from generator.compute.insight.claims import pilot_claim
from generator.compute.insight.standing import value_doubts
from generator.compute.series.tones import Tone
from generator.model.pilot import Pilot
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import home_text, names_of
from generator.present.text.marked_text import capital
from generator.present.text.scores import points_text, reading
from generator.present.text.value_text import doubted


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line about a pilot in the review period."""

    ref: Ref
    tone: Tone
    text: str
    figure: str
    figure_note: str


def verdict(ctx: PageContext, pilot: Pilot, figures: PilotFigures, links: Links) -> Verdict:
    """What a manager should know first: what the change did and at what cost, gates, what is reached."""
    words, form = ctx.format.words, ctx.format
    told = pilot_claim(ctx.figures, figures)

    def count(name: str, number: int) -> int:
        return ctx.named(number, f"pilots/{pilot.id}/{name}")

    def missed(indicators: tuple[str, ...]) -> str:
        """Their names, each with what makes its value less than final."""
        points = {item.indicator: item.review for item in figures.pack}
        doubts = [value_doubts(point) if (point := points[name]) else () for name in indicators]
        names = [names_of(ctx.figures, ctx.format, (name,)) for name in indicators]
        return form.join([doubted(form, *pair) for pair in zip(names, doubts, strict=True)])

    parts = [home_text(ctx, told.leading)] if told.leading is not None else []
    if told.leading_withheld:
        parts.append(words("verdict.leading_withheld"))
    if told.gate == "not-passed":
        parts.append(words("verdict.gate", names=missed(told.gates_missed)))
    withheld = figures.score.withheld
    if withheld is not None:
        parts.append(words("verdict.withheld", share=form.share(withheld.weight)))
    else:
        parts.append(
            words.count(
                "verdict.reached", count("tally/reached", told.reached), of=count("tally/total", told.total)
            )
        )
    if told.missed and told.gate != "not-passed":
        parts.append(words("verdict.missed", names=missed(told.missed)))
    if told.no_data and withheld is None:
        parts.append(words.count("verdict.no_data", count("unsure/no_data", told.no_data)))
    if told.partial and withheld is None:
        parts.append(words.count("verdict.partial", count("unsure/partial", told.partial)))
    if told.not_final and withheld is None:
        parts.append(words.count("verdict.not_final", count("unsure/not_final", told.not_final)))
    text = capital(words("punctuation.clause").join(parts)) + words("punctuation.stop")
    if figures.score.gate == "not-passed":
        return Verdict(
            links.pilot(pilot.id), told.tone, text, words("verdict.gate_figure"), words("verdict.gate_note")
        )
    scoring = ctx.figures.catalogue.handbook.scoring
    note = words("verdict.no_score")
    if figures.score.value is not None:
        note = words("verdict.points", reading=reading(form, figures.score, scoring))
    if withheld is not None:
        note = words("verdict.withheld_note")
    figure = points_text(form, figures.score.value, scoring)
    return Verdict(links.pilot(pilot.id), told.tone, text, figure, note)
