"""What the evidence page found, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.evidence import PilotBasis, RankedChange, occasions
from generator.compute.practices import Practice
from generator.compute.proposals import Proposal


@dataclass(frozen=True, slots=True)
class Found:
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
    keep: int
    change: int
    retire: int


def found_of(
    bases: Sequence[PilotBasis],
    ranked: Sequence[RankedChange],
    copied: Sequence[Practice],
    proposed: Sequence[Proposal],
) -> Found:
    """All of it counted."""
    told = Counter(one.group for one in ranked)
    verdicts = Counter(one.verdict for one in proposed)
    return Found(
        pilots=sum(1 for one in bases if one.periods >= one.needed),
        changes=occasions(ranked),
        tested=len(ranked),
        gained=told["gained"],
        unclear=told["unclear"] + told["doubtful"] + told["early"] + told["untested"] + told["withheld"],
        bad=told["at-a-cost"] + told["worse"],
        practices=len(copied),
        keep=verdicts["keep"],
        change=verdicts["change"],
        retire=verdicts["retire"],
    )
