"""Front, middle and back office: their units, indicators and packs, and which unit serves which.

What a pack lacks is judged over everything; where part of it is hidden, nothing is said to be missing.
Source: the computations page, section 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from generator.compute.figures import Figures
from generator.model.offices import OFFICE_ASKS, Office, OfficeAsk, held_of

OFFICES: tuple[Office, ...] = get_args(Office)


@dataclass(frozen=True, slots=True)
class OfficePack:
    """What the pack of a unit's pilot holds of what its office is asked."""

    pilot: str
    unit: str
    lacking: tuple[OfficeAsk, ...] | None
    """None: part of the pack is not for the edition."""


@dataclass(frozen=True, slots=True)
class OfficeView:
    """One office."""

    id: Office
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    """In use, that say they are of this office."""
    packs: tuple[OfficePack, ...]


def offices_of(figures: Figures) -> tuple[OfficeView, ...]:
    """The offices that have a unit or an indicator. Asked anew by every page; it costs little."""
    catalogue = figures.catalogue
    views = []
    for office in OFFICES:
        units = tuple(unit.id for unit in catalogue.handbook.units if unit.kind == office)
        indicators = tuple(
            one.id for one in catalogue.indicators.values() if one.in_use and one.office == office
        )
        packs = tuple(
            OfficePack(pilot.id, pilot.unit, _lacking(figures, pilot.id, office))
            for pilot in catalogue.pilots.values()
            if pilot.unit in units and pilot.pack
        )
        if units or indicators:
            views.append(OfficeView(office, units, indicators, packs))
    return tuple(views)


def _lacking(figures: Figures, pilot: str, office: Office) -> tuple[OfficeAsk, ...] | None:
    every, seen = figures.whole.catalogue.pilots[pilot].pack, figures.catalogue.pilots[pilot].pack
    if len(seen) < len(every):
        return None
    known = figures.whole.catalogue.indicators
    held = held_of(known[item.indicator] for item in every if known[item.indicator].in_use)
    return tuple(ask for ask in OFFICE_ASKS[office] if ask not in held)
