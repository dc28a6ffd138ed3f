"""What the evidence page found, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.evidence import PilotBasis, RankedChange, occasions, ranked_in_part
from generator.compute.insight.practices import Practice
from generator.compute.insight.proposals import Proposal
from generator.compute.seen import hides_evidence


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """The counts of the page's first sentence."""

    pilots: int
    """Pilots with enough behind them."""
    changes: int
    tested: int
    """Changes × indicators."""
    gained: int
    unclear: int
    bad: int
    practices: int
    keep: int | None
    change: int | None
    retire: int | None
    """The three are None in an edition that does not see all indicators."""


def found_of(
    figures: Figures,
    bases: Sequence[PilotBasis],
    ranked: Sequence[RankedChange],
    copied: Sequence[Practice],
    proposed: Sequence[Proposal],
) -> EvidenceCounts | None:
    """All of it counted; None where changes are not for the edition, so that a count would be another one."""
    if ranked_in_part(figures, ranked):
        return None
    told = Counter(item.group for item in ranked)
    verdicts = Counter(item.verdict for item in proposed)
    part = hides_evidence(figures)
    return EvidenceCounts(
        pilots=sum(1 for base in bases if base.periods >= base.needed),
        changes=occasions(ranked),
        tested=len(ranked),
        gained=told["gained"],
        unclear=told["unclear"] + told["doubtful"] + told["early"] + told["untested"] + told["withheld"],
        bad=told["at-a-cost"] + told["worse"],
        practices=len(copied),
        keep=None if part else verdicts["keep"],
        change=None if part else verdicts["change"],
        retire=None if part else verdicts["retire"],
    )
