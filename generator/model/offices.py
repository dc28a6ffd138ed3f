"""Front, middle and back office: what a pack of each is asked to hold, and what an indicator brings to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from generator.model.indicator import Indicator

Office = Literal["front", "middle", "back"]
OfficeAsk = Literal["result", "customer", "service", "effort"]
"""The result · what the customer gets · the level of service · the effort it takes."""
OFFICE_ASKS: Mapping[Office, tuple[OfficeAsk, ...]] = {
    "front": ("result", "customer"),
    "middle": ("service", "effort"),
    "back": (),
}


def asks_of(indicator: Indicator) -> frozenset[OfficeAsk]:
    """What an indicator answers."""
    told: set[OfficeAsk] = set()
    if indicator.aspect in ("effectiveness", "benefit"):
        told.add("result")
    if indicator.goal_type == "experience" or indicator.category == "quality-experience":
        told.add("customer")
    if indicator.dimension == "time" or indicator.category == "time-efficiency":
        told.add("service")
    if indicator.aspect == "efficiency":
        told.add("effort")
    return frozenset(told)


def held_of(indicators: Iterable[Indicator]) -> frozenset[OfficeAsk]:
    """What some indicators answer between them."""
    return frozenset(ask for indicator in indicators for ask in asks_of(indicator))
