"""Practices and the places that took them over, in the export."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from generator.compute.effects.claim import Balance, Strength
from generator.compute.figures import Figures
from generator.compute.insight.names import joined
from generator.compute.insight.spread import (
    IndicatorPool,
    PlaceResult,
    PracticeField,
    SpreadPractice,
    SpreadResult,
    TransferState,
    spread_of,
)
from generator.exchange.export_part import ExportPart
from generator.exchange.export_points import WITHHELD, balance_why_not
from generator.exchange.plain_json import as_json


class PlaceResultOut(ExportPart):
    """What came of a practice in one indicator of a place; its figures stand under the place's pilot."""

    id: str
    """The indicator."""
    result: SpreadResult
    strength: Strength | None
    balance: Balance | None
    why_not: dict[str, str] = Field(default_factory=dict)


class TransferOut(ExportPart):
    """A practice in one place."""

    id: str
    way: str
    unit: str | None
    pilot: str | None
    change: str | None
    planned: datetime.date | None
    date: datetime.date | None
    document: str | None
    met: list[str]
    lacking: list[str]
    reason: dict[str, Any] | None
    result: SpreadResult
    """In the place's own data."""
    results: list[PlaceResultOut]
    why_not: dict[str, str] = Field(default_factory=dict)


class PoolOut(ExportPart):
    """The effect in one indicator over the places that have a look at it (DerSimonian and Laird)."""

    id: str
    """The indicator."""
    pilots: list[str]
    places: int
    mean: float
    error: float
    low: float
    high: float
    """95 %, by Knapp and Hartung."""
    q: float
    q_p: float
    tau2: float
    i2: float
    """Share of the differences between places that noise does not explain, 0–1."""
    expected: tuple[float, float] | None
    """Where the effect in a further place lies, 95 %."""
    few: bool
    why_not: dict[str, str] = Field(default_factory=dict)


class ConditionOut(ExportPart):
    """How it went where a condition was met, and where it was lacking: reproduced, decided."""

    id: str
    met: tuple[int, int]
    lacking: tuple[int, int]


class SpreadOut(ExportPart):
    """A change with the places that took it over."""

    id: str
    """pilot~change."""
    field: PracticeField
    first: list[PlaceResultOut]
    """In the pilot that made it first."""
    places: list[TransferOut]
    pools: list[PoolOut]
    conditions: list[ConditionOut]
    why_not: dict[str, str] = Field(default_factory=dict)


def spread_out(figures: Figures) -> list[SpreadOut]:
    """Every practice of the edition."""
    return [_practice(figures, item) for item in spread_of(figures)]


def _practice(figures: Figures, item: SpreadPractice) -> SpreadOut:
    return SpreadOut(
        id=joined(item.pilot, item.change),
        field=item.field,
        first=[_result(one) for one in item.first],
        places=[_place(figures, place) for place in item.places],
        pools=[_pool(pool) for pool in item.pools],
        conditions=[
            ConditionOut(id=one.condition, met=one.met, lacking=one.lacking) for one in item.conditions
        ],
        why_not=dict.fromkeys(
            [
                *(["pools"] if item.in_part else []),
                *(["conditions"] if item.conditions_withheld else []),
            ],
            WITHHELD,
        ),
    )


def _result(item: PlaceResult) -> PlaceResultOut:
    claim = item.claim
    return PlaceResultOut(
        id=item.indicator,
        result=item.result,
        strength=claim.strength if claim else None,
        balance=claim.balance if claim else None,
        why_not={
            **({"result": WITHHELD} if item.result == "withheld" else {}),
            **(balance_why_not(claim) if claim else {}),
        },
    )


def _place(figures: Figures, place: TransferState) -> TransferOut:
    one = place.transfer
    return TransferOut(
        id=one.id,
        way=one.way,
        unit=one.unit,
        pilot=one.pilot,
        change=one.change,
        planned=one.planned,
        date=one.date,
        document=one.document,
        met=list(one.met),
        lacking=list(one.lacking),
        reason=as_json(one.reason, figures.catalogue.handbook.languages) if one.reason else None,
        result=place.result,
        results=[_result(item) for item in place.results],
        why_not={
            **({"result": WITHHELD} if place.result == "withheld" else {}),
            **({"document": WITHHELD} if place.document_withheld else {}),
        },
    )


def _pool(pool: IndicatorPool) -> PoolOut:
    made = pool.pooled
    return PoolOut(
        id=pool.indicator,
        pilots=list(pool.pilots),
        places=made.places,
        mean=made.mean,
        error=made.error,
        low=made.low,
        high=made.high,
        q=made.q,
        q_p=made.q_p,
        tau2=made.tau2,
        i2=made.i2,
        expected=made.expected,
        few=made.few,
        why_not={} if made.expected else {"expected": "fewer than three places"},
    )
