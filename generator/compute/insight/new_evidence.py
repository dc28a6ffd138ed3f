"""Which verdicts on changes a period brought, and which are those of the period before."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compute.effects.claim import Claim


def new_evidence(now: Sequence[Claim], before: Sequence[Claim]) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Indicator and changes of the claims that say something else than those of the period before.

    What is said is the verdict, how strong it is and whether something paid for it; that there is no verdict
    yet is no evidence. More of the same is none either: the same verdict on three more periods.
    """
    said = {(claim.indicator, claim.changes): _said(claim) for claim in before}
    return frozenset(
        (claim.indicator, claim.changes)
        for claim in now
        if claim.outcome is not None and said.get((claim.indicator, claim.changes)) != _said(claim)
    )


def _said(claim: Claim) -> tuple[str | None, str, str | None]:
    return claim.outcome, claim.strength, claim.balance
