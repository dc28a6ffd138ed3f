"""What was redesigned as pairs, in the export."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.compute.effects.claim import Balance, Claim, Strength
from generator.compute.figures import Figures
from generator.compute.insight.names import joined
from generator.compute.insight.redesign import PairState, pairs_of
from generator.exchange.export_part import ExportPart
from generator.exchange.export_points import balance_why_not
from generator.exchange.plain_json import as_json
from generator.model.process import Process


class PairMeasuredOut(ExportPart):
    """What changes at the pair's steps did to one of its indicators; the figures stand under the pilot."""

    id: str
    """pilot~change~indicator."""
    pilot: str
    changes: list[str]
    indicator: str
    strength: Strength
    balance: Balance | None
    why_not: dict[str, str] = Field(default_factory=dict)


class RedesignPairOut(ExportPart):
    """Old steps and indicators, and the new ones that take their place."""

    id: str
    name: dict[str, str]
    old_steps: list[str]
    new_steps: list[str]
    old: list[dict[str, Any]]
    new: list[dict[str, Any]]
    """`indicator`, or `name` of one that the library does not have."""
    measured: list[PairMeasuredOut]
    unmeasured: list[str]
    """New indicators without a before and an after in any pilot."""


def pairs_out(figures: Figures, process: Process) -> list[RedesignPairOut]:
    """The pairs of one process."""
    return [_pair(figures, state) for state in pairs_of(figures, process)]


def _pair(figures: Figures, state: PairState) -> RedesignPairOut:
    pair, languages = state.pair, figures.catalogue.handbook.languages
    return RedesignPairOut(
        id=pair.id,
        name=as_json(pair.name, languages),
        old_steps=list(pair.old_steps),
        new_steps=list(pair.new_steps),
        old=[as_json(each, languages) for each in pair.old],
        new=[as_json(each, languages) for each in pair.new],
        measured=[_measured(claim) for claim in state.claims],
        unmeasured=list(state.unmeasured),
    )


def _measured(claim: Claim) -> PairMeasuredOut:
    return PairMeasuredOut(
        id=joined(claim.pilot, claim.changes[0], claim.indicator),
        pilot=claim.pilot,
        changes=list(claim.changes),
        indicator=claim.indicator,
        strength=claim.strength,
        balance=claim.balance,
        why_not=balance_why_not(claim),
    )
