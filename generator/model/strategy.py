"""data/strategy.yml: the goals that the indicators serve, on the balanced scorecard or as OKR."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.common import Id, Items, Part, ShortForm
from generator.model.period import Period
from generator.model.text import Prose, Text


class Perspective(Part):
    """A perspective of the balanced scorecard; the four have built-in names."""

    id: Id
    """financial, customer, process, learning, or one of your own (which then needs a name)."""

    name: Text | None = None
    """Its own name in place of the built-in one."""


PerspectiveForm = Annotated[Perspective, ShortForm("id", Id)]
"""An id, or `{id: …, name: …}` to rename it."""

PERSPECTIVES = ("financial", "customer", "process", "learning")
"""The four whose names are built in."""


class Goal(Part):
    """A strategic goal."""

    id: Id
    """Its id, e.g. faster-cash."""

    name: Text
    """Its name, e.g. {zh: 缩短现金回收周期, en: Shorten the cash cycle}."""

    perspective: Id | None = None
    """One of `perspectives`."""

    supports: Items[Id] = ()
    """Other goals that this one helps to reach: the arrows of the strategy map."""

    why: Prose | None = None
    """Why the goal matters."""


class KeyResult(Part):
    """A measurable result of an objective."""

    name: Text
    """What is to be reached."""

    indicator: Id | None = None
    """The indicator that measures it."""

    pilot: Id | None = None
    """The pilot whose results count; left out, the whole organisation's."""

    target: float | None = None
    """The value to reach, in the indicator's unit."""

    by: Period | None = None
    """When it is to be reached, e.g. 2025-Q4."""


class Objective(Part):
    """An objective with its key results."""

    id: Id
    """Its id, e.g. o1."""

    name: Text
    """What is aimed at."""

    goal: Id | None = None
    """The goal it serves."""

    key_results: Items[KeyResult] = ()
    """How one sees that it is reached."""


class Strategy(Part):
    """data/strategy.yml."""

    perspectives: Items[PerspectiveForm] = tuple(Perspective(id=name) for name in PERSPECTIVES)
    """The scorecard's perspectives in order. Default: financial, customer, process, learning."""

    goals: Items[Goal] = Field(default=())
    """The goals."""

    objectives: Items[Objective] = ()
    """The same as objectives and key results; optional."""
