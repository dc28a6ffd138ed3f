"""data/strategy.yml: the goals that the indicators serve, on the balanced scorecard or as OKR."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.model.common import Id, Items, Owner, Part, ShortForm
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

    owner: Owner | None = None
    """Who answers for it, also when its indicators miss for long and it is questioned itself."""

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

    id: Id | None = None
    """Its id, unique in the file; needed only where another names it as its `parent`."""

    parent: Id | None = None
    """The key result of the level above that it is a part of."""

    unit: Id | None = None
    """The unit that is to reach it; left out, the objective's."""

    post: Text | None = None
    """The post that it reaches; left out, those for which the indicator says it is used (`applies_to`)."""

    owner: Owner | None = None
    """Who answers for it."""

    weight: float | None = Field(default=None, gt=0)
    """Its share of the objective, in per cent; those of an objective total 100."""


class Objective(Part):
    """An objective with its key results."""

    id: Id
    """Its id, e.g. o1."""

    name: Text
    """What is aimed at."""

    goal: Id | None = None
    """The goal it serves; one with a `parent` serves what that serves."""

    parent: Id | None = None
    """The objective of the level above that it is a part of: company → unit → post."""

    unit: Id | None = None
    """The unit whose objective it is; left out, the whole organisation's."""

    post: Text | None = None
    """The post whose objective it is, e.g. {zh: 调度主管, en: Scheduling lead}."""

    owner: Owner | None = None
    """Who answers for it."""

    weight: float | None = Field(default=None, gt=0)
    """Its share of what stands above it (its parent, else its goal), in per cent; those beside each other
    total 100."""

    key_results: Items[KeyResult] = ()
    """How one sees that it is reached."""

    @property
    def with_results(self) -> tuple[Objective | KeyResult, ...]:
        """The objective, then its key results."""
        return (self, *self.key_results)


class Strategy(Part):
    """data/strategy.yml."""

    perspectives: Items[PerspectiveForm] = tuple(Perspective(id=name) for name in PERSPECTIVES)
    """The scorecard's perspectives in order. Default: financial, customer, process, learning."""

    goals: Items[Goal] = Field(default=())
    """The goals."""

    objectives: Items[Objective] = ()
    """The same as objectives and key results; optional."""

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """Those of every objective, in order."""
        return tuple(result for objective in self.objectives for result in objective.key_results)
