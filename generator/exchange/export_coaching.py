"""Coaching by unit in the export."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import Field

from generator.compute.figures import Figures
from generator.compute.insight.coached import UnitCoaching, coaching_of
from generator.compute.insight.names import joined
from generator.exchange.export_part import ExportPart
from generator.exchange.export_points import WITHHELD
from generator.exchange.plain_json import as_json
from generator.model.coaching import CoachingTalk


class CoachingNoteOut(ExportPart):
    """A note, and the next one about the same unit or person."""

    id: str
    """review~place."""
    review: str
    date: datetime.date
    note: dict[str, Any]
    """As in its file."""
    asked: bool
    """It has a plan, and a long review of the pilot was held since."""
    followed: str | None
    """The review that came back to it."""
    came: str | None
    """What that review said came of it: done, partly, not-done."""
    why_not: dict[str, str] = Field(default_factory=dict)


class UnitCoachingOut(ExportPart):
    """The coaching of one unit."""

    id: str
    """The unit; `organisation` where a note names none."""
    stages: dict[str, int]
    """Notes by stage: goal, one-on-one, result; of the notes that the edition sees (`why_not`: in part)."""
    asked: int | None
    followed: int | None
    rate: float | None
    """followed / asked, 0–1."""
    notes: list[CoachingNoteOut]
    """Newest first."""
    why_not: dict[str, str] = Field(default_factory=dict)


def coaching_out(figures: Figures) -> list[UnitCoachingOut]:
    """Every unit with a note that the edition may see."""
    return [_unit(figures, unit) for unit in coaching_of(figures)]


def _unit(figures: Figures, unit: UnitCoaching) -> UnitCoachingOut:
    why_not = {}
    if unit.in_part:
        why_not = {"stages": "in part", **dict.fromkeys(("asked", "followed", "rate"), WITHHELD)}
    elif unit.rate is None:
        why_not = {"rate": "no long review was held since anything was agreed"}
    return UnitCoachingOut(
        id=unit.id,
        stages=dict(unit.stages),
        asked=None if unit.in_part else unit.asked,
        followed=None if unit.in_part else unit.followed,
        rate=unit.rate,
        notes=[_note(figures, note) for note in unit.notes],
        why_not=why_not,
    )


def _note(figures: Figures, note: CoachingTalk) -> CoachingNoteOut:
    following = note.following
    return CoachingNoteOut(
        id=joined(note.review.id, str(note.place if note.number is None else note.number)),
        review=note.review.id,
        date=note.review.date,
        note=as_json(note.note, figures.catalogue.handbook.languages),
        asked=note.asked,
        followed=note.next_review.id if note.next_review else None,
        came=following.came if following else None,
        why_not=dict.fromkeys(("followed", "came"), WITHHELD) if note.withheld else {},
    )
