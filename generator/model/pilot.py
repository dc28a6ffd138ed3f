"""data/pilots/<id>.yml: a pilot, its pack of indicators, its way along the roadmap and what it changed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.common import AudienceName, Date, Href, Id, Items, Owner, Part
from generator.model.indicator import Incentive, Target
from generator.model.period import Period
from generator.model.pillar import Pillar
from generator.model.reward import Reward
from generator.model.spread import SpreadCondition, Transfer
from generator.model.text import Prose, Text

Trainee = Literal["frontline", "managers"]
"""Whom a training session is for."""


class Span(Part):
    """From one period to another."""

    from_: Period = Field(alias="from")
    """The first period, e.g. 2025-01."""

    to: Period | None = None
    """The last period, e.g. 2025-12; left out while it is open."""


class Baseline(Part):
    """Where the pilot started: a period whose result counts, or a value."""

    period: Period | None = None
    """The period whose result is the baseline, e.g. 2024-Q4."""

    value: float | None = None
    """Or the value itself, in the indicator's unit."""


class PackItem(Part):
    """A core indicator of the pilot."""

    indicator: Id
    """The indicator."""

    weight: float | None = Field(default=None, gt=0, le=100)
    """Its weight in the score, > 0; the weights of a pack total 100."""

    baseline: Baseline | None = None
    """Where it started."""

    targets: Items[Target] = ()
    """The pilot's own targets; left out, the organisation's hold."""

    owner: Owner | None = None
    """Who answers for it in the pilot."""

    incentive: Incentive | None = None
    """gate, bonus or none; left out, as the indicator says."""

    limits_fixed_after: int | None = Field(default=None, ge=6, le=1000)
    """The normal range is that of the first so many values; left out, as the indicator says."""


class OutputProgress(Part):
    """How far an output of a roadmap step is."""

    output: Id
    """The output's id in the roadmap."""

    done: bool = False
    """Whether it is there. Default false."""

    link: Href | None = None
    """Where it is: an https address, or a path from content/."""


class StepProgress(Part):
    """How far a step of the roadmap is."""

    step: int = Field(ge=1)
    """The step's number in the roadmap."""

    status: Literal["planned", "started", "done", "blocked"] = "planned"
    """planned, started, done or blocked. Default planned."""

    started: Date | None = None
    """The day it started."""

    finished: Date | None = None
    """The day it was finished."""

    due: Date | None = None
    """The day by which it is to be finished; left out, the roadmap's `days` after its start."""

    outputs: Items[OutputProgress] = ()
    """Its outputs."""

    note: Prose | None = None
    """A remark."""


class Change(Part):
    """What was changed in the process, and when; drawn on the charts."""

    id: Id
    """Its id, unique in the pilot, e.g. merge-approvals."""

    name: Text | None = None
    """A short name for sentences and charts, e.g. {zh: 三道签批合成一道, en: One sign-off}. Left out, it
    goes by its kind and its steps."""

    date: Date
    """The day it came into force."""

    text: Prose
    """What was changed."""

    kind: Literal["merge", "front-load", "template", "automate", "remove", "manage", "reward", "other"] = (
        "other"
    )
    """merge, front-load, template, automate, remove, manage (a way of managing), reward (of incentives) or
    other. Default other."""

    steps: Items[Id] = ()
    """The steps of the process that it touches."""

    indicators: Items[Id] = ()
    """The indicators that should show it."""

    rebaseline: bool = False
    """Control limits are reckoned anew from here. Default false."""

    conditions: Items[SpreadCondition] = ()
    """What another unit needs before the change can work there."""

    spread: Items[Transfer] = ()
    """Where it was taken over, is to be, or was tried without success; failures stay in the list."""


class Tool(Part):
    """A tool that the pilot uses."""

    name: Text
    """Its name."""

    kind: Literal["automation", "collaboration"] | None = None
    """automation or collaboration."""

    pillar: Pillar = "drive"
    """The pillar it works on: direction, drive or support. Default drive."""

    role: Literal["replace", "augment"] | None = None
    """Whether it replaces people's work or augments it."""

    existing: bool = False
    """Whether the organisation already had it. Default false."""

    why: Text | None = None
    """Of a new tool: why an existing one cannot serve."""

    trial: Prose | None = None
    """How it was tried lightly in the pilot before it went live, e.g. two weeks beside the old form."""

    cost: Text | None = None
    """What it costs, if known, e.g. {zh: 每年 6 万元, en: "60,000 yuan a year"}."""

    hours: float | None = Field(default=None, ge=0)
    """Working hours a month that it is expected to save, if known."""

    hours_saved: float | None = None
    """Working hours a month that it was found to save; below 0: it costs hours."""

    steps: Items[Id] = ()
    """The steps of the process that it serves."""

    live: Date | None = None
    """The day it went live."""

    indicators: Items[Id] = ()
    """The indicators that show its effect."""


class Training(Part):
    """A training session."""

    date: Date
    """The day."""

    audience: Trainee
    """Who was trained: frontline or managers."""

    topic: Text
    """What about."""

    steps: Items[Id] = ()
    """The steps of the process that it was for; left out, all of them."""

    invited: int | None = Field(default=None, ge=0)
    """People invited, >= 0."""

    attended: int | None = Field(default=None, ge=0)
    """People who came, >= 0."""


class Pilot(Part):
    """data/pilots/<id>.yml: one pilot."""

    id: Id
    """Equal to the file's stem, e.g. lead-to-cash-east."""

    name: Text
    """Its name."""

    process: Id | None = None
    """The process that it improves."""

    to_be_since: Period | None = None
    """Since when it runs by the process's to-be map; left out, since its first change at a step that this map
    changes. A pilot without either is not asked what the map promised."""

    unit: Id | None = None
    """The unit where it runs."""

    period: Span
    """From when to when it runs."""

    sponsor: Owner | None = None
    """Who backs it."""

    lead: Owner | None = None
    """Who leads it."""

    stakeholders: Items[Owner] = ()
    """Who else is concerned."""

    chosen: Literal["worst", "typical", "willing"] | None = None
    """Why it was chosen among the places that could have been: worst (for its bad figures, so that some of
    any gain would have come anyway), typical or willing. Left out, it is told from the figures."""

    expected: Prose | None = None
    """What is expected of it, e.g. a cycle 20 % shorter."""

    pack: Items[PackItem] = ()
    """Its 3–5 core indicators."""

    steps: Items[StepProgress] = ()
    """Its way along the roadmap."""

    changes: Items[Change] = ()
    """What was changed in the process."""

    tools: Items[Tool] = ()
    """The tools it uses."""

    training: Items[Training] = ()
    """The training it gave."""

    rewards: Items[Reward] = ()
    """What it rewards beside the gate and the bonuses of its pack: recognition, promotion, joint work."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""
