"""Coaching by unit: which stages were reached, what was agreed, and how often somebody came back to it.

The rate of a unit is told over all of its notes; an edition that may not see some of them (notes on persons)
is told those it sees, and no rate. Source: the computations page, section 16.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.compute.seen import over_everything
from generator.model.coaching import CoachingTalk, coaching_notes
from generator.model.exact import counted
from generator.model.review import Review


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
    """Some notes, or what became of some, are not for the edition: no rate is told."""

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
            every = {_name(talk.review, talk.place): talk for talk in unit.notes}
            notes = tuple(_seen_talk(figures, talk, every) for talk in seen.notes)
            apart = len(notes) < len(unit.notes) or any(talk.withheld for talk in notes)
            units.append(_unit(unit.id, notes, apart))
    return tuple(units)


def _name(review: Review | None, place: int | None) -> tuple[str, int] | None:
    return (review.id, place) if review is not None and place is not None else None


def _number(figures: Figures, review: Review | None, place: int | None) -> int | None:
    """The place of a note with everything known: an edition without persons leaves out notes on one."""
    if review is None or place is None:
        return None
    every = figures.whole.catalogue.reviews[review.id].coaching
    if len(review.coaching) == len(every):
        return place
    return [at for at, note in enumerate(every) if note.person is None][place]


def _seen_talk(
    figures: Figures, talk: CoachingTalk, every: Mapping[tuple[str, int] | None, CoachingTalk]
) -> CoachingTalk:
    """What became of a note is told where what is seen says the same as everything.

    That a long review was held since is no secret: its period says so in every edition.
    """
    number = _number(figures, talk.review, talk.place)
    known = every[_name(talk.review, number)]
    after = _name(talk.next_review, _number(figures, talk.next_review, talk.next_place))
    if after == _name(known.next_review, known.next_place):
        return replace(talk, asked=known.asked, number=number)
    return replace(talk, next_review=None, next_place=None, asked=known.asked, number=number, withheld=True)


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
