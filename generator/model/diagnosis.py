"""data/diagnosis/: the questionnaire and the diagnoses made with it."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue as Json
from pydantic_core import CoreSchema

from generator.model.common import Date, Id, Items, Part
from generator.model.pillar import Pillar
from generator.model.text import Prose, Text

QuestionGroup = Literal["goals", "work", "data", "library", "systems", "managers"]
"""goals: goals broken down to units and posts · work: standard work and clear owners of key processes · data:
output and quality data in time · library: one library with clear definitions · systems: systems connected ·
managers: managers able to coach and to read data."""

QUESTION_GROUPS: tuple[QuestionGroup, ...] = get_args(QuestionGroup)


class Question(Part):
    """A question of the diagnosis."""

    id: Id
    """Its id, e.g. goals-decomposed."""

    text: Text
    """The question."""

    pillar: Pillar
    """direction, drive or support."""

    axis: Literal["organisation", "technology"]
    """organisation or technology."""

    group: QuestionGroup | None = None
    """Which of the method's six groups it belongs to: goals, work, data, library, systems or managers."""

    anchors: Items[Text] = ()
    """What each answer looks like, the lowest first: one for every whole number of the scale."""

    advice: Prose | None = None
    """What to do where the answer is low; the page of a diagnosis tells it for the lowest answers."""


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


def _in_words(value: object) -> object:
    """A bottleneck in words alone is its `text`, in one language or in several."""
    if isinstance(value, str) or (isinstance(value, dict) and value and not set(value) & _KEYS):
        return {"text": value}
    return value


class Bottleneck(Part):
    """A bottleneck, and where the handbook knows it: at a step, in an indicator, answered by a change."""

    text: Prose
    """What is stuck, in words."""

    pillar: Pillar | None = None
    """The pillar that is weak there: direction, drive or support."""

    process: Id | None = None
    """The process where it sits."""

    steps: Items[Id] = ()
    """The steps of that process."""

    indicators: Items[Id] = ()
    """The indicators that show it."""

    pilot: Id | None = None
    """The pilot that answers it."""

    changes: Items[Id] = ()
    """The pilot's changes that answer it."""


_KEYS = frozenset(Bottleneck.model_fields)


class _InWords:
    """Says in the JSON Schema that the bare text stands for the mapping."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {"anyOf": [TypeAdapter(Prose).json_schema(), handler(core)]}


BottleneckForm = Annotated[Bottleneck, BeforeValidator(_in_words), _InWords()]
"""The words alone, or a mapping with `text` and what it is linked to."""


class Diagnosis(Part):
    """data/diagnosis/<date>-<unit>.yml: the answers of one unit on one day."""

    date: Date
    """The day, equal to the one in the file's name."""

    unit: Id
    """The unit, equal to the one in the file's name."""

    scores: dict[Id, float] = Field(default_factory=dict)
    """The answer to each question, on the questionnaire's scale. A question left out takes the median of the
    respondents' answers (`responses/`), where enough people gave one; else it is unanswered."""

    notes: dict[Id, Prose] = Field(default_factory=dict)
    """Remarks to single questions."""

    bottlenecks: Items[BottleneckForm] = ()
    """The two or three worst bottlenecks: each its words, or {text: …, process: …, steps: [...],
    indicators: [...], pilot: …, changes: [...]}."""

    @property
    def name(self) -> str:
        """The name of its file, without what comes after the dot: <date>-<unit>."""
        return f"{self.date}-{self.unit}"
