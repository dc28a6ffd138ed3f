"""data/diagnosis/: the questionnaire and the diagnoses made with it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.common import Date, Id, Items, Part
from generator.model.text import Prose, Text


class Question(Part):
    """A question of the diagnosis."""

    id: Id
    """Its id, e.g. goals-decomposed."""

    text: Text
    """The question."""

    pillar: Literal["direction", "drive", "support"]
    """direction, drive or support."""

    axis: Literal["organisation", "technology"]
    """organisation or technology."""


class Scale(Part):
    """The scale of the answers."""

    min: float = 1
    """The lowest answer. Default 1."""

    max: float = 5
    """The highest answer. Default 5."""


class Questionnaire(Part):
    """data/diagnosis/questions.yml."""

    questions: Items[Question] = Field(min_length=1)
    """The questions in order."""

    scale: Scale = Scale()
    """The scale of the answers."""


class Diagnosis(Part):
    """data/diagnosis/<date>-<unit>.yml: the answers of one unit on one day."""

    date: Date
    """The day, equal to the one in the file's name."""

    unit: Id
    """The unit, equal to the one in the file's name."""

    scores: dict[Id, float] = Field(default_factory=dict)
    """The answer to each question, on the questionnaire's scale; a question left out is unanswered."""

    notes: dict[Id, Prose] = Field(default_factory=dict)
    """Remarks to single questions."""

    bottlenecks: Items[Prose] = ()
    """The two or three worst bottlenecks."""
