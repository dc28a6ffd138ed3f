"""Which claims are told where: all of a pilot, the one that leads, the newest of a series, and a pilot's
standing.

Pages only put these into words: what comes first, which tone a line has and what it may count is decided
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.compute.effects.change_effects import claims_on
from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.standing import series_standing, value_doubts
from generator.compute.score import Gate
from generator.compute.series import tones
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.tones import Tone, tone_in


@dataclass(frozen=True, slots=True)
class PilotClaim:
    """What a manager should know first of a pilot in the review period."""

    pilot: str
    leading: Claim | None
    """What the newest tested change of the weightiest indicator did."""
    leading_withheld: bool
    """That indicator is not for the edition; the next one would be another ranking, so none is told."""
    gate: Gate | None
    gates_missed: tuple[str, ...]
    reached: int
    total: int
    missed: tuple[str, ...]
    judged: int
    """How many could be held against a target."""
    no_target: int
    no_data: int
    partial: int
    """Indicators told of an unfinished period, or with parts missing."""
    not_final: int
    """Indicators whose figure is an estimate or provisional."""
    tone: Tone

    @property
    def by_status(self) -> bool:
        """The tone comes from targets alone, so that nothing was shown to have got better or worse."""
        return self.tone != "normal" and (self.leading is None or self.leading.tone != self.tone)


def pilot_claims(figures: Figures, pilot: str, until: date = date.max) -> tuple[Claim, ...]:
    """Every claim of a pilot once, the newest changes first; of changes made up to a day."""
    changes = figures.catalogue.pilots[pilot].changes
    made = sorted(
        (change for change in changes if change.date <= until), key=lambda item: item.date, reverse=True
    )
    return claims_on([claim for item in made for claim in figures.effects.get((pilot, item.id), ())])


def leading_claim(figures: Figures, pilot: str) -> Claim | None:
    """The newest tested change of the heaviest indicator of the pack that has one, among everything."""
    whole = figures.whole
    claims = pilot_claims(whole, pilot)
    for item in sorted(whole.pilots[pilot].pack, key=lambda item: -(item.weight or 0)):
        for claim in claims:
            if claim.indicator == item.indicator and claim.balance is not None:
                return claim
    return None


def seen_claim(figures: Figures, claim: Claim) -> Claim | None:
    """A claim of everything as the edition may tell it; None where its indicator is not for the edition."""
    own = pilot_claims(figures, claim.pilot)
    return next(
        (item for item in own if (item.indicator, item.changes) == (claim.indicator, claim.changes)), None
    )


def latest_claim(figures: Figures, series: AssessedSeries) -> Claim | None:
    """The newest claim of the series' pilot with a verdict in this indicator."""
    own = series.series
    if own.pilot is None or own.pilot not in figures.catalogue.pilots or own.cell:
        return None
    return next(
        (
            claim
            for claim in pilot_claims(figures, own.pilot)
            if claim.indicator == own.indicator and claim.outcome is not None
        ),
        None,
    )


def series_tone(figures: Figures, series: AssessedSeries) -> Tone:
    """Good or bad only where a sure signal or a firm claim says so; a missed target alone is no signal.

    A signal in doubt has no tone of its own, and takes the one of a claim away that says the opposite.
    """
    standing = series_standing(series, figures.signals.get(series.series.key))
    if standing.signal_tone != "normal":
        return standing.signal_tone
    claim = latest_claim(figures, series)
    told: Tone = claim.tone if claim is not None else "normal"
    doubted = tone_in(tones.VARIATION, standing.variation)
    return "normal" if doubted not in ("normal", told) else told


def pilot_claim(figures: Figures, own: PilotFigures) -> PilotClaim:
    """A pilot's standing: gates, what is reached, what the leading change did.

    The tone is bad where anything is missed or paid for, and good only where a gain is firm or all is
    reached; every figure behind it is whole and final.
    """
    states = Counter(item.review.status if item.review else "no-data" for item in own.pack)
    judged = [item.review for item in own.pack if item.review]
    first = leading_claim(figures, own.pilot)
    leading = seen_claim(figures, first) if first is not None else None
    missed = tuple(item.indicator for item in own.pack if item.review and item.review.status == "missed")
    reached = states["met"] + states["exceeded"]
    partial = sum(not point.point.complete for point in judged)
    not_final = sum(point.point.status in ("estimate", "provisional") for point in judged)
    bad = _missed_surely(figures, own) or (leading is not None and leading.tone == "bad")
    all_reached = reached == len(own.pack) and reached > 0 and not partial and not not_final
    withheld = own.score.withheld is not None
    good = not withheld and ((leading is not None and leading.tone == "good") or all_reached)
    return PilotClaim(
        pilot=own.pilot,
        leading=leading,
        leading_withheld=first is not None and leading is None,
        gate=own.score.gate,
        gates_missed=tuple(
            item.indicator
            for item in own.pack
            if item.gate and item.review and item.review.status == "missed"
        ),
        reached=reached,
        total=len(own.pack),
        missed=missed,
        judged=reached + states["near"] + states["missed"],
        no_target=states["no-target"],
        no_data=states["no-data"],
        partial=partial,
        not_final=not_final,
        tone="bad" if bad else "good" if good else "normal",
    )


def _missed_surely(figures: Figures, own: PilotFigures) -> bool:
    """Whether a final value is missed that the edition sees; of a hidden gate a colour would tell as much."""
    seen = {item.indicator for item in own.pack}
    return any(
        item.review is not None
        and item.review.status == "missed"
        and not value_doubts(item.review)
        and item.indicator in seen
        for item in figures.whole.pilots[own.pilot].pack
    )


def told_for_the_first_time(now: Sequence[Claim], then: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with a verdict of a look that had not been taken then."""
    before = {
        (item.indicator, item.changes): item.effect.look.periods
        for item in then
        if item.effect.look is not None
    }
    return tuple(
        item
        for item in now
        if item.effect.look is not None
        and before.get((item.indicator, item.changes)) != item.effect.look.periods
    )
