"""The long review periods in the export, each as it stood at its end and beside the one before."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.names import joined
from generator.compute.insight.quarter import (
    IndicatorTurn,
    PilotQuarter,
    Quarter,
    Tally,
    Turn,
    quarter_of,
    quarters_of,
)
from generator.compute.insight.standings import pack_standings, told_standings
from generator.compute.past import figures_at
from generator.compute.seen import hides_packs
from generator.compute.series.signals import Variation
from generator.compute.series.tones import Tone
from generator.exchange.export_effects import effect_out
from generator.exchange.export_model import ChangeOut, EffectOut
from generator.exchange.export_part import ExportPart, PeriodText
from generator.exchange.export_pilots import (
    ByChanceOut,
    PackItemOut,
    StandingsOut,
    TallyOut,
    UnsureOut,
    by_chance_out,
    pack_item_out,
    unsure_out,
)
from generator.exchange.export_points import WITHHELD, AssessedOut, assessed_out


class TurnOut(PackItemOut):
    """One indicator of a pack in the period and in the one before."""

    before: AssessedOut | None
    turn: Turn | None
    turn_tone: Tone | None
    """normal too where one of the two values is not final."""
    turn_doubts: list[Literal["provisional", "estimate", "incomplete"]] | None
    """What is not final of the two."""
    new_signal: Variation | None
    """A signal at its newest value that was not there a period before."""


class PilotQuarterOut(ExportPart):
    """One pilot in the period."""

    id: str
    tone: Tone | None
    """Of what is new: bad where anything turned or signals for the worse."""
    score: float | None
    coverage: float | None
    gate: Literal["passed", "not-passed", "open"] | None
    withheld_weight: float
    """Share of the pack's weight that is not for the edition, 0–1."""
    score_before: float | None
    """null where it did not run then, or had no score."""
    score_change: float | None
    tally: TallyOut | None
    """null where a part of the pack is not for the edition."""
    tally_before: TallyOut | None
    unsure: UnsureOut | None
    pack: list[TurnOut]
    bullets: StandingsOut | None
    changes: list[ChangeOut]
    """Every change so far, as it could be told then."""
    new_changes: list[str]
    """Changes that came into force in the period."""
    new_evidence: list[str]
    """Of which changes in which indicator something else is said than a period before: change~indicator, with
    + between changes that cannot be told apart."""
    reviews: list[str]
    why_not: dict[str, str] = Field(default_factory=dict)


class CountsOut(ExportPart):
    """How many of what are told of the period."""

    pilots: int
    reviews: int
    opened: int
    """Actions that the period's reviews agreed on."""
    closed: int
    """Actions that were done or dropped in the period."""
    overdue: int
    """Actions that were past their due date and open when it ended."""


class LateOut(ExportPart):
    """An action that was late when the period ended."""

    id: str
    """review~action."""
    days_late: int
    """From its due date to the period's end."""


class QuarterStandingsOut(ExportPart):
    """Counts over all that were held against a target."""

    packs: StandingsOut | None
    by_chance: ByChanceOut | None
    why_not: dict[str, str] = Field(default_factory=dict)


class QuarterOut(ExportPart):
    """One long review period over all pilots that ran in it."""

    period: PeriodText
    before: PeriodText
    tally: TallyOut | None
    """null where a part of a pack is not for the edition."""
    tally_before: TallyOut | None
    counts: CountsOut
    in_part: list[str]
    """Which of the counts are of what the edition may see, and not of everything."""
    opened: list[str]
    """Actions as review~action."""
    closed: list[str]
    overdue: list[str]
    late: list[LateOut]
    """Of all these, those still open today and late then, with how late they were then."""
    standings: QuarterStandingsOut
    pilots: list[PilotQuarterOut]
    why_not: dict[str, str] = Field(default_factory=dict)


def quarters_out(figures: Figures) -> list[QuarterOut]:
    """Every period there is something to tell about."""
    return [
        _quarter(now, quarter_of(now, figures_at(figures, period.shift(-1)), period))
        for period in quarters_of(figures)
        for now in (figures_at(figures, period),)
    ]


def _quarter(now: Figures, quarter: Quarter) -> QuarterOut:
    names = {
        kind: [f"{task.review.id}~{task.action.id}" for task in tasks]
        for kind, tasks in (
            ("opened", quarter.opened),
            ("closed", quarter.closed),
            ("overdue", quarter.overdue),
        )
    }
    return QuarterOut(
        period=str(quarter.period),
        before=str(quarter.before),
        tally=_tally(quarter.tally),
        tally_before=_tally(quarter.tally_before),
        in_part=sorted(quarter.shown_in_part),
        counts=CountsOut(
            pilots=len(quarter.pilots),
            reviews=sum(len(pilot.reviews) for pilot in quarter.pilots),
            **{kind: len(tasks) for kind, tasks in names.items()},
        ),
        **names,
        late=[
            LateOut(id=joined(task.review.id, task.action.id), days_late=task.days_late)
            for task in dict.fromkeys((*quarter.opened, *quarter.overdue))
            if task.overdue
        ],
        standings=_standings(now, [pilot.pilot for pilot in quarter.pilots]),
        pilots=[_pilot(now, pilot) for pilot in quarter.pilots],
        why_not={
            key: WITHHELD
            for key, tally in (("tally", quarter.tally), ("tally_before", quarter.tally_before))
            if tally is None
        },
    )


def _pilot(now: Figures, pilot_quarter: PilotQuarter) -> PilotQuarterOut:
    score, before = pilot_quarter.now.score, pilot_quarter.before
    effects: dict[str, list[EffectOut]] = {}
    days = {}
    for claim in pilot_quarter.effects:
        for name, day in zip(claim.changes, claim.days, strict=True):
            days[name] = day.isoformat()
            effects.setdefault(name, []).append(effect_out(claim))
    return PilotQuarterOut(
        id=pilot_quarter.pilot,
        tone=None if _tone_hidden(pilot_quarter) else pilot_quarter.tone,
        score=score.value,
        coverage=score.coverage,
        gate=None if score.gate == "withheld" else score.gate,
        withheld_weight=score.withheld.weight if score.withheld else 0.0,
        score_before=before.score.value if before else None,
        score_change=pilot_quarter.score_change,
        tally=_tally(pilot_quarter.tally),
        tally_before=_tally(pilot_quarter.tally_before),
        unsure=unsure_out(now, pilot_quarter.now),
        bullets=None
        if pilot_quarter.now.score.withheld
        else StandingsOut.model_validate(told_standings(pilot_quarter.now.pack)),
        pack=[_turn(now, item) for item in pilot_quarter.indicators],
        changes=[ChangeOut(id=name, date=days[name], effects=told) for name, told in effects.items()],
        new_changes=[change.id for change in pilot_quarter.changes],
        new_evidence=sorted(
            joined("+".join(changes), indicator) for indicator, changes in pilot_quarter.new_evidence
        ),
        reviews=[review.id for review in pilot_quarter.reviews],
        why_not=_withheld(now, pilot_quarter),
    )


def _withheld(now: Figures, pilot_quarter: PilotQuarter) -> dict[str, str]:
    hidden = ["score", "coverage", "score_change", "bullets"] if pilot_quarter.now.score.withheld else []
    hidden += ["tone"] if _tone_hidden(pilot_quarter) else []
    hidden += ["gate"] if pilot_quarter.now.score.gate == "withheld" else []
    hidden += ["tally"] if pilot_quarter.tally is None else []
    hidden += ["unsure"] if unsure_out(now, pilot_quarter.now) is None else []
    if pilot_quarter.before is not None:
        hidden += ["tally_before"] if pilot_quarter.tally_before is None else []
        hidden += ["score_before"] if pilot_quarter.before.score.withheld else []
    return dict.fromkeys(hidden, WITHHELD)


def _tone_hidden(pilot_quarter: PilotQuarter) -> bool:
    """Whether what may have turned, or how firm it is, is not for the edition."""
    return pilot_quarter.tally is None or any("withheld" in item.doubts for item in pilot_quarter.indicators)


def _standings(now: Figures, running: list[str]) -> QuarterStandingsOut:
    if hides_packs(now):
        return QuarterStandingsOut(
            packs=None, by_chance=None, why_not=dict.fromkeys(("packs", "by_chance"), WITHHELD)
        )
    return QuarterStandingsOut(
        packs=StandingsOut.model_validate(pack_standings(now)), by_chance=by_chance_out(now, running)
    )


def _tally(tally: Tally | None) -> TallyOut | None:
    return TallyOut.model_validate(tally) if tally is not None else None


def _turn(now: Figures, item: IndicatorTurn) -> TurnOut:
    before = item.before.review if item.before else None
    baseline = item.before.series.baseline if item.before and item.before.series else None
    own = dict(pack_item_out(now, item.now))
    hidden = "withheld" in item.doubts
    why_not = dict.fromkeys(("turn_tone", "turn_doubts"), WITHHELD) if hidden else {}
    return TurnOut(
        **{**own, "why_not": {**own["why_not"], **why_not}},
        before=assessed_out(before, baseline) if before else None,
        turn=item.turn,
        turn_tone=None if hidden else item.turn_tone,
        turn_doubts=None if hidden else [doubt for doubt in item.doubts if doubt != "withheld"],
        new_signal=item.new_signal,
    )
