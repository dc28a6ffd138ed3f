"""A pilot's verdict: words first, then the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.claims import PilotClaim, pilot_claim
from generator.compute.insight.standing import value_doubts
from generator.compute.score import PilotScore
from generator.compute.series.tones import Tone
from generator.model.handbook import Scoring
from generator.model.pilot import Pilot
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import home_text, names_of
from generator.present.text.format import Format
from generator.present.text.marked_text import capital
from generator.present.text.scores import points_text, reading
from generator.present.text.value_text import doubted


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line about a pilot in the review period."""

    ref: Ref
    tone: Tone
    by_status: bool
    """Its sign is that of a status, met or missed, and not of a change."""
    text: str
    figure: str
    figure_note: str


def verdict(ctx: PageContext, pilot: Pilot, figures: PilotFigures, links: Links) -> Verdict:
    """What a manager should know first: what the change did and at what cost, gates, what is reached."""
    words = ctx.format.words
    claim = pilot_claim(ctx.figures, figures)
    text = capital(words("punctuation.clause").join(_clauses(ctx, claim, figures))) + words(
        "punctuation.stop"
    )
    figure, note = _score(ctx.format, figures.score, ctx.figures.catalogue.handbook.scoring)
    return Verdict(links.pilot(pilot.id), claim.tone, claim.by_status, text, figure, note)


def _clauses(ctx: PageContext, claim: PilotClaim, figures: PilotFigures) -> Iterator[str]:
    """The verdict's clauses in their order; nothing is counted where only a part of the pack is seen."""
    words, form = ctx.format.words, ctx.format
    withheld = figures.score.withheld
    if claim.leading is not None:
        yield home_text(ctx, claim.leading)
    if claim.leading_withheld:
        yield words("verdict.leading_withheld")
    if claim.gate == "not-passed":
        yield words("verdict.gate", names=_missed(ctx.figures, form, figures, claim.gates_missed))
    if withheld is not None:
        yield words("verdict.withheld", share=form.share(withheld.weight))
    else:
        reached = ctx.named(claim.reached, f"pilots/{claim.pilot}/tally/reached")
        total = ctx.named(claim.total, f"pilots/{claim.pilot}/tally/total")
        # Of what cannot be judged nobody says that none of it is on target.
        key = "verdict.reached" if claim.judged else "verdict.unjudged"
        yield words.count(key, reached if claim.judged else total, of=total)
    if claim.missed and claim.gate != "not-passed":
        yield words("verdict.missed", names=_missed(ctx.figures, form, figures, claim.missed))
    if withheld is not None:
        return
    if claim.judged and claim.no_target:
        yield words.count("verdict.no_target", claim.no_target)
    for name, number in (
        ("no_data", claim.no_data),
        ("partial", claim.partial),
        ("not_final", claim.not_final),
    ):
        if number:
            yield words.count(f"verdict.{name}", ctx.named(number, f"pilots/{claim.pilot}/unsure/{name}"))


def _missed(figures: Figures, form: Format, own: PilotFigures, indicators: tuple[str, ...]) -> str:
    """Names of indicators of the pack, each with what makes its value less than final."""
    points = {item.indicator: item.review for item in own.pack}
    doubts = [value_doubts(point) if (point := points[name]) else () for name in indicators]
    names = [names_of(figures, form, (name,)) for name in indicators]
    return form.listed([doubted(form, *pair) for pair in zip(names, doubts, strict=True)])


def _score(form: Format, score: PilotScore, scoring: Scoring) -> tuple[str, str]:
    """(the figure, what it means): no points where a gate was not passed."""
    words = form.words
    if score.gate == "not-passed":
        return words("verdict.gate_figure"), words("verdict.gate_note")
    note = words("verdict.no_score")
    if score.value is not None:
        note = words("verdict.points", reading=reading(form, score, scoring))
    if score.withheld is not None:
        note = words("verdict.withheld_note")
    return points_text(form, score.value, scoring), note
