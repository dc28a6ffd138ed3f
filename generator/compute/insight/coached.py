"""Coaching by unit: which stages were reached, what was agreed, and how often somebody came back to it.

The rate of a unit is told over all of its notes; an edition that may not see some of them (notes on persons)
is told those it sees, and no rate. Source: the computations page, section 16.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.seen import over_everything
from generator.model.coaching import CoachingTalk, coaching_notes
from generator.model.exact import counted


@dataclass(frozen=True, slots=True)
class UnitCoaching:
    """The coaching of one unit."""

    id: str
    """The unit; `organisation` where a note names none."""
    notes: tuple[CoachingTalk, ...]
    """Newest first."""
    stages: Mapping[str, int]
    """How many notes stand at each stage."""
    asked: int
    """Notes with a plan that somebody could have come back to."""
    followed: int
    """Those of them that somebody came back to."""
    in_part: bool = False
    """Some notes are not for the edition: no rate is told."""

    @property
    def rate(self) -> float | None:
        """followed / asked, 0–1; None where nothing was due yet, or some notes are not seen."""
        return self.followed / self.asked if self.asked and not self.in_part else None


def _seen(figures: Figures, found: tuple[UnitCoaching, ...]) -> tuple[UnitCoaching, ...]:
    own = {unit.id: unit for unit in _units(figures)}
    units = []
    for unit in found:
        seen = own.get(unit.id)
        if seen is not None:
            units.append(_unit(unit.id, seen.notes, len(seen.notes) < len(unit.notes)))
    return tuple(units)


@over_everything(_seen)
def coaching_of(figures: Figures) -> tuple[UnitCoaching, ...]:
    """Every unit with a coaching note, in the handbook's order."""
    return _units(figures)


def _units(figures: Figures) -> tuple[UnitCoaching, ...]:
    by_unit: dict[str, list[CoachingTalk]] = {}
    for note in coaching_notes(figures.catalogue):
        by_unit.setdefault(note.note.unit or "organisation", []).append(note)
    order = [unit.id for unit in figures.catalogue.handbook.units]
    names = sorted(by_unit, key=lambda name: order.index(name) if name in order else -1)
    return tuple(
        _unit(
            name, tuple(sorted(by_unit[name], key=lambda item: (item.review.date, item.place), reverse=True))
        )
        for name in names
    )


def _unit(name: str, notes: tuple[CoachingTalk, ...], in_part: bool = False) -> UnitCoaching:
    asked = [note for note in notes if note.asked]
    return UnitCoaching(
        name,
        notes,
        stages=dict(Counter(note.note.stage for note in notes if note.note.stage)),
        asked=len(asked),
        followed=counted(note.next_review is not None for note in asked),
        in_part=in_part,
    )
