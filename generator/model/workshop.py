"""data/workshops/: what people voted, sorted and scored in the three first actions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.bounds import MOST_PEOPLE
from generator.model.common import AudienceName, Date, Id, Items, Part
from generator.model.text import Prose, Text

Serves = Literal["execution", "looks-good"]


class VotedBlockage(Part):
    """A blockage that people named and voted on."""

    text: Prose
    """What is stuck, in words."""

    step: Id | None = None
    """The step of the workshop's process where it sits."""

    votes: int = Field(default=1, ge=0, le=MOST_PEOPLE)
    """How many people voted for it. Default 1."""


class SortedIndicator(Part):
    """An indicator around the process, sorted by what it is good for."""

    indicator: Id | None = None
    """The indicator of the library; left out where it is in none."""

    name: Text | None = None
    """Its name, where the library does not have it."""

    serves: Serves
    """execution: people act on it · looks-good: it only looks good."""

    reason: Prose | None = None
    """Why."""

    decides: Text | None = None
    """Who decides whether it stays, e.g. {zh: 交付经理, en: Delivery manager}."""

    @model_validator(mode="after")
    def _is_named(self) -> SortedIndicator:
        if self.indicator is None and self.name is None:
            raise PydanticCustomError(
                "missing-key",
                "names no indicator",
                {"hint": "write indicator: its id, or name: its name where it is in no library"},
            )
        return self


class Workshop(Part):
    """data/workshops/<id>.yml: one workshop."""

    id: Id
    """Equal to the file's name, e.g. 2026-07-02-delivery-lead-to-cash."""

    date: Date
    """The day it was held."""

    unit: Id | None = None
    """The unit that held it; left out for the whole organisation."""

    process: Id | None = None
    """The process that the people know best, and that it was about."""

    people: int | None = Field(default=None, ge=1, le=MOST_PEOPLE)
    """How many took part."""

    blockages: Items[VotedBlockage] = ()
    """The blockages that were voted on; three are enough."""

    indicators: Items[SortedIndicator] = ()
    """The indicators around the process: each serves execution, or only looks good."""

    scores: dict[Id, float] = Field(default_factory=dict)
    """The self-score: an answer for each question of the diagnosis, on its scale."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""
