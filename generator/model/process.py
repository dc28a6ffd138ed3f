"""data/processes/<id>.yml: a process with its as-is and to-be maps."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationInfo,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue as Json
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model.bounds import MOST_PEOPLE
from generator.model.common import AudienceName, Id, Items, Owner, Part, ShortForm
from generator.model.duration import DAYS_PER_WEEK, Duration
from generator.model.period import Period
from generator.model.process_log import ProcessLog
from generator.model.redesign import RedesignPair
from generator.model.text import Prose, Text

CALENDAR_DAY, CALENDAR_WEEK = 24.0, 7
WORKING_DAY = 8.0
SYMPTOMS = ("duplicate-entry", "too-many-approvals", "unclear-standard", "other")


def _day(given: dict[str, Any]) -> float:
    """Hours of a day where the author gives none."""
    return CALENDAR_DAY if given.get("basis") == "calendar" else WORKING_DAY


class TimeBasis(Part):
    """What a day means in this process; printed with every figure."""

    basis: Literal["working", "calendar"] = "working"
    """working (hours people are at work, five days a week) or calendar (round the clock, seven days). Default
    working."""

    hours_per_day: float = Field(default_factory=_day, gt=0, le=24)
    """Hours of a day, > 0 and at most 24. Default 8, with basis: calendar 24."""

    @property
    def days_per_week(self) -> int:
        """5 of working time, 7 of calendar time: a calendar week has 168 hours."""
        return CALENDAR_WEEK if self.basis == "calendar" else DAYS_PER_WEEK

    def hours(self, duration: Duration) -> float:
        """The length of a duration in hours of this basis."""
        return duration.hours(self.hours_per_day, self.days_per_week)


class Sipoc(Part):
    """The process's suppliers and customers; inputs, process and outputs come from the steps."""

    suppliers: Items[Text] = ()
    """Who supplies it."""

    customers: Items[Text] = ()
    """Whom it serves."""


class Stage(Part):
    """A stage of the chain."""

    id: Id
    """Its id, e.g. win."""

    name: Text
    """Its name, e.g. {zh: 获客, en: Win}."""


class Lane(Part):
    """Who does the steps of a lane."""

    id: Id
    """Its id, e.g. sales."""

    name: Text
    """Its name."""

    unit: Id | None = None
    """The handbook's unit, where it is one."""

    external: bool = False
    """A customer, supplier or bank: not ours. Default false."""

    capacity: int | None = Field(default=None, ge=1, le=MOST_PEOPLE)
    """People who do the work, 1–100000; only for the capacity view."""


class Volume(Part):
    """How much runs through; only for the capacity view."""

    per_month: float = Field(gt=0)
    """Cases a month, > 0."""


class ChainIndicators(Part):
    """The indicators that measure the process from end to end."""

    cycle_time: Id | None = None
    """The end-to-end cycle time."""

    first_pass_yield: Id | None = None
    """The share of cases that need no rework."""


class TimeSpan(Part):
    """A time, with its spread where it is known."""

    mean: Duration
    """The mean, e.g. 30m."""

    sd: Duration | None = None
    """The standard deviation, e.g. 10m."""


TimeSpanForm = Annotated[TimeSpan, ShortForm("mean", Duration)]
"""`30m`, or `{mean: 30m, sd: 10m}`."""


class Link(Part):
    """A way to a next step."""

    to: Id
    """The step it leads to."""

    share: float | None = Field(default=None, ge=0, le=1)
    """The share of cases that take it, 0–1; the shares out of an xor gateway total 1."""

    label: Text | None = None
    """What stands on the arrow, e.g. {zh: 通过, en: passed}."""

    rework: bool = False
    """It leads back to an earlier step. Default false."""


LinkForm = Annotated[Link, ShortForm("to", Id)]
"""A step's id, or `{to: …, share: …, label: …, rework: …}`."""


class Symptom(Part):
    """A sign of trouble at a step."""

    kind: Literal["duplicate-entry", "too-many-approvals", "unclear-standard", "other"]
    """duplicate-entry, too-many-approvals, unclear-standard, or other (with a text)."""

    text: Text | None = None
    """What is seen, in words."""


class _SymptomForms:
    """The short forms, for the editor."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        text = TypeAdapter(Text).json_schema()
        other = {"type": "object", "properties": {"other": text}, "required": ["other"], "maxProperties": 1}
        return {"anyOf": [{"enum": list(SYMPTOMS)}, other, handler(core)]}


def _symptom(value: object) -> object:
    if isinstance(value, str):
        return {"kind": value}
    if isinstance(value, dict) and set(value) == {"other"}:
        return {"kind": "other", "text": value["other"]}
    return value


SymptomForm = Annotated[Symptom, BeforeValidator(_symptom), _SymptomForms()]
"""A symptom's name, or `{other: what is seen}`."""


class StepTool(Part):
    """The tool that a step is done with."""

    name: Text
    """Its name."""

    kind: Literal["automation", "collaboration"] | None = None
    """automation or collaboration."""

    role: Literal["replace", "augment"] | None = None
    """Whether it replaces people's work or augments it."""


class Step(Part):
    """A step, gateway or event of a map. Written order is the reading order."""

    id: Id
    """Its id, unique in the map, e.g. quote."""

    gateway: Literal["xor", "and"] | None = None
    """xor (one way is taken) or and (all are); left out for a step of work."""

    event: Literal["start", "end"] | None = None
    """start or end; left out for a step of work."""

    name: Text | None = Field(default=None, validate_default=True)
    """Its name; only gateways and events may go without."""

    lane: Id | None = None
    """The lane it lies in."""

    stage: Id | None = None
    """The stage it belongs to."""

    owner: Owner | None = None
    """Who answers for it."""

    kind: Literal["value", "mechanical", "wait"] | None = None
    """value (high value), mechanical (pure repetition) or wait (waiting in a queue)."""

    touch: TimeSpanForm | None = None
    """Time worked on a case each time it passes, e.g. 30m or {mean: 30m, sd: 10m}."""

    wait: TimeSpanForm | None = None
    """Time a case waits here each time it passes, e.g. 12h."""

    measured: bool = True
    """false: the times are an estimate and drawn as such. Default true."""

    inputs: Items[Text] = ()
    """What goes in."""

    outputs: Items[Text] = ()
    """What comes out."""

    notes: Items[Text] = ()
    """What is to be known of it besides, a text each, e.g. a rule that holds here."""

    symptoms: Items[SymptomForm] = ()
    """Signs of trouble: duplicate-entry, too-many-approvals, unclear-standard, {other: …}."""

    blockage: int | None = Field(default=None, ge=1, le=3)
    """Its rank among the worst three, 1–3, as people see it."""

    key: bool = False
    """A key node: needs at least one time or quality indicator. Default false."""

    indicators: Items[Id] = ()
    """The indicators measured at it."""

    tool: StepTool | None = None
    """The tool it is done with."""

    automation: Literal["none", "part", "full"] = "none"
    """How far it is automated. Default none."""

    next: Items[LinkForm] = ()
    """Where a case goes next: ids, or {to, share, label, rework}."""

    from_: Items[Id] = Field(default=(), alias="from")
    """In to_be: the as-is steps that it stands for. Default: the one with the same id."""

    moved: Literal["earlier"] | None = None
    """In to_be: earlier, when it was brought forward."""

    @field_validator("name")
    @classmethod
    def _work_has_a_name(cls, name: Text | None, info: ValidationInfo) -> Text | None:
        if name is None and not (info.data.get("gateway") or info.data.get("event")):
            raise PydanticCustomError(
                "missing-key", "is missing", {"hint": "its name; only gateways and events may go without"}
            )
        return name


class ProcessMap(Part):
    """A map: its steps in reading order."""

    since: Period | None = None
    """Since when the process runs like this, e.g. 2024-01."""

    steps: Items[Step] = Field(min_length=1)
    """Steps, gateways and events in reading order."""

    removed: dict[Id, Text] = Field(default_factory=dict)
    """In to_be: the as-is steps that were dropped, each with the reason."""

    pairs: Items[RedesignPair] = ()
    """In to_be: old steps and indicators with the new ones that take their place."""


class Maps(Part):
    """The process as it is and as it is to be."""

    as_is: ProcessMap | None = None
    """The process as it is."""

    to_be: ProcessMap | None = None
    """The process as it is to be; every as-is step is kept, merged or listed under `removed`."""

    @property
    def drawn(self) -> tuple[tuple[Literal["as_is", "to_be"], ProcessMap], ...]:
        """The maps that there are, by name."""
        return (
            *((("as_is", self.as_is),) if self.as_is else ()),
            *((("to_be", self.to_be),) if self.to_be else ()),
        )


class Process(Part):
    """data/processes/<id>.yml: one process."""

    id: Id
    """Equal to the file's stem, e.g. lead-to-cash."""

    name: Text
    """Its name, e.g. {zh: 从获客到回款, en: Lead to cash}."""

    purpose: Prose | None = None
    """What it is for."""

    notes: Items[Text] = ()
    """What is to be known of it besides, a text each."""

    time: TimeBasis = TimeBasis()
    """What a day means."""

    owner: Owner | None = None
    """Who answers for the whole."""

    sipoc: Sipoc = Sipoc()
    """Suppliers and customers."""

    stages: Items[Stage] = ()
    """The chain of stages, in order."""

    lanes: Items[Lane] = ()
    """The lanes, in order."""

    volume: Volume | None = None
    """How much runs through; only for the capacity view."""

    log: ProcessLog | None = None
    """Its event log, for `handbook measure`."""

    chain_indicators: ChainIndicators = ChainIndicators()
    """End to end: cycle time and first-pass yield."""

    maps: Maps = Maps()
    """The maps."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""

    @property
    def pairs(self) -> tuple[RedesignPair, ...]:
        """What was redesigned as pairs."""
        return self.maps.to_be.pairs if self.maps.to_be else ()

    @property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of all steps of both maps."""
        return tuple(step.id for _, drawn in self.maps.drawn for step in drawn.steps)
