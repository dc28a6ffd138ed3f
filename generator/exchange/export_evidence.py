"""What two or three review cycles have shown, in the export: changes ranked, practices, leads, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.chronic import all_chronic, goals_to_question
from generator.compute.insight.evidence import (
    RankedChange,
    needed_periods,
    pilot_bases,
    ranked_changes,
)
from generator.compute.insight.found import EvidenceCounts, found_of
from generator.compute.insight.leads import leads_of
from generator.compute.insight.names import joined, series_name
from generator.compute.insight.practices import Practice, practices
from generator.compute.insight.proposals import Proposal, proposals
from generator.exchange.export_part import ExportPart
from generator.exchange.export_pilots import ClueOut, clue_out
from generator.exchange.export_points import WITHHELD


class BasisOut(ExportPart):
    """How much stands behind what is told of a pilot."""

    id: str
    """The pilot."""
    periods: int
    """Whole long review periods with results since it began."""
    needed: int


class WayOut(ExportPart):
    """A difference as a share of the way from start to target."""

    share: float
    low: float
    high: float
    from_baseline: bool
    """Whether the way starts at the pack's baseline; else at the mean before the change."""


class RankedOut(ExportPart):
    """One change in one indicator, the best first; its effect stands at the pilot's change."""

    id: str
    """pilot~change~indicator; of changes that are judged together the first."""
    pilot: str
    change: str
    changes: list[str]
    """All changes that are judged together, by date."""
    indicator: str
    group: str | None
    """What can be said of it: gained, doubtful, at-a-cost, unclear, worse, early, untested."""
    periods: int
    """Whole long review periods with results since the change."""
    p: float | None
    """The larger one of before against after and of the comparison pilots."""
    adjusted_p: float | None
    """Adjusted over all that is tested (Benjamini and Hochberg)."""
    by_chance: bool
    """A claim that, among so many, may be luck."""
    way: WayOut | None
    same_day: list[str]
    """Other changes of the pilot on that day, meant for other indicators."""
    why_not: dict[str, str] = Field(default_factory=dict)


class PracticeOut(ExportPart):
    """A change worth copying."""

    id: str
    """pilot~change; of changes that are judged together the first."""
    pilot: str
    change: str
    changes: list[str]
    gains: list[str]
    """Ids in `changes`."""
    done_in: list[str]
    open_in: list[str]
    cases: list[str]


class LeadsOut(ExportPart):
    """What was looked at in one place for indicators that lead others."""

    id: str
    """The pilot, or `organisation`."""
    frequency: str
    periods: int
    outcomes: list[str]
    pairs: int
    clues: list[ClueOut]
    broken: list[str]
    """Left out because their definition changed on the way."""


class ChronicOut(ExportPart):
    """An indicator that missed its target long enough, and where."""

    indicator: str
    places: list[str | None]
    """Pilots; null is the whole organisation."""


class ChronicMissOut(ExportPart):
    """A series that reached its target in none of its last four complete long periods."""

    id: str
    """The series."""
    indicator: str
    pilot: str | None
    periods: list[str]
    missed: int
    """In how many of them it was below its floor, or its target where it has no floor."""
    near: int


class GoalOut(ExportPart):
    """A goal to question."""

    id: str
    measured: int
    """Indicators that support it and were held against a target."""
    missed: int
    chronic: list[ChronicOut]


class ReasonOut(ExportPart):
    """One reason of a proposal."""

    id: str
    """Its kind."""
    kind: str
    places: list[str | None]
    indicators: list[str]
    n: int
    of: int


class UseOut(ExportPart):
    """Where an indicator is used: the number of places of each kind."""

    packs: int
    steps: int
    reviews: int
    cases: int
    guards: int
    drivers: int
    key_results: int


class ProposalOut(ExportPart):
    """What to do with one indicator."""

    indicator: str
    verdict: str
    reasons: list[ReasonOut]
    use: UseOut
    periods: int
    """Whole long review periods with results."""


class FoundOut(ExportPart):
    """The counts of the page's first sentence."""

    pilots: int
    """Pilots with enough behind them."""
    changes: int
    """Those of one day count once."""
    tested: int
    """Changes × indicators."""
    gained: int
    unclear: int
    bad: int
    practices: int
    keep: int | None
    change: int | None
    retire: int | None
    """The three are null in an edition that does not see all indicators."""
    why_not: dict[str, str] = Field(default_factory=dict)


class EvidenceOut(ExportPart):
    """The evidence of all pilots."""

    needed: int
    """Long review periods that must stand behind what is told."""
    found: FoundOut | None
    """null in an edition that does not see all of it."""
    bases: list[BasisOut]
    changes: list[RankedOut]
    practices: list[PracticeOut]
    leads: list[LeadsOut]
    goals: list[GoalOut]
    proposals: list[ProposalOut]
    why_not: dict[str, str] = Field(default_factory=dict)


def evidence_out(figures: Figures) -> EvidenceOut:
    """All of it."""
    bases, ranked = pilot_bases(figures), ranked_changes(figures)
    copied, proposed = practices(figures, ranked), proposals(figures, ranked)
    found = found_of(figures, bases, ranked, copied, proposed)
    return EvidenceOut(
        needed=needed_periods(figures.catalogue),
        found=_found(found) if found else None,
        bases=[BasisOut(id=base.pilot, periods=base.periods, needed=base.needed) for base in bases],
        changes=[_ranked(item) for item in ranked],
        practices=[_practice(item) for item in copied],
        leads=[
            LeadsOut(
                id=lead.pilot or "organisation",
                frequency=lead.frequency,
                periods=lead.periods,
                outcomes=list(lead.outcomes),
                pairs=lead.pairs,
                clues=[clue_out(clue) for clue in lead.clues],
                broken=list(lead.broken),
            )
            for lead in leads_of(figures)
        ],
        goals=[
            GoalOut(
                id=item.goal,
                measured=item.measured,
                missed=len(item.chronic),
                chronic=[ChronicOut(indicator=name, places=list(places)) for name, places in item.chronic],
            )
            for item in goals_to_question(figures)
        ],
        proposals=[_proposal(item) for item in proposed],
        why_not={} if found else {"found": WITHHELD},
    )


def chronic_out(figures: Figures) -> list[ChronicMissOut]:
    """Every chronic miss of an indicator in use."""
    return [
        ChronicMissOut(
            id=series_name(miss.series.series.key),
            indicator=miss.series.series.indicator,
            pilot=miss.series.series.pilot,
            periods=[str(point.point.period) for point in miss.points],
            missed=miss.missed,
            near=miss.near,
        )
        for miss in all_chronic(figures)
    ]


def _found(found: EvidenceCounts) -> FoundOut:
    """The counts; those that an edition may not tell are null there."""
    told = asdict(found)
    return FoundOut(**told, why_not={name: WITHHELD for name, count in told.items() if count is None})


def ranked_id(ranked: RankedChange) -> str:
    """What a ranked change is called."""
    return joined(ranked.claim.pilot, ranked.claim.changes[0], ranked.claim.indicator)


def _ranked(ranked: RankedChange) -> RankedOut:
    return RankedOut(
        id=ranked_id(ranked),
        pilot=ranked.claim.pilot,
        change=ranked.claim.changes[0],
        changes=list(ranked.claim.changes),
        indicator=ranked.claim.indicator,
        group=None if ranked.group == "withheld" else ranked.group,
        periods=ranked.periods,
        p=ranked.p,
        adjusted_p=ranked.adjusted_p,
        by_chance=ranked.by_chance,
        way=WayOut.model_validate(ranked.way) if ranked.way else None,
        same_day=list(ranked.same_day),
        why_not=dict(_unranked(ranked)),
    )


def _unranked(ranked: RankedChange) -> Iterator[tuple[str, str]]:
    """Why the figures of a ranked change are null."""
    if ranked.group == "withheld":
        yield "group", "withheld"
    if ranked.p is None:
        yield "p", "there is no look yet"
        yield "adjusted_p", "there is no look yet"
    elif ranked.adjusted_p is None:
        yield "adjusted_p", "withheld"
    if ranked.way is None:
        yield "way", "withheld" if ranked.way_withheld else "there is no target ahead of the start"


def _practice(practice: Practice) -> PracticeOut:
    return PracticeOut(
        id=joined(practice.pilot, practice.changes[0]),
        pilot=practice.pilot,
        change=practice.changes[0],
        changes=list(practice.changes),
        gains=[ranked_id(gain) for gain in practice.gains],
        done_in=list(practice.done_in),
        open_in=list(practice.open_in),
        cases=list(practice.cases),
    )


def _proposal(proposal: Proposal) -> ProposalOut:
    return ProposalOut(
        indicator=proposal.indicator,
        verdict=proposal.verdict,
        reasons=[
            ReasonOut(
                id=reason.kind,
                kind=reason.kind,
                places=list(reason.places),
                indicators=list(reason.indicators),
                n=reason.n,
                of=reason.of,
            )
            for reason in proposal.reasons
        ],
        use=UseOut.model_validate(proposal.use),
        periods=proposal.periods,
    )
