"""data/roadmap.yml: the steps of the method in order; the product ships a default of six."""

from __future__ import annotations

from pydantic import Field

from generator.model.bounds import LONGEST_DAYS
from generator.model.common import Id, Items, Part
from generator.model.text import Prose, Text


class Phase(Part):
    """A phase that holds several steps."""

    id: Id
    """Its id, e.g. launch."""

    name: Text
    """Its name."""


class Output(Part):
    """Something that a step leaves behind."""

    id: Id
    """Its id, unique in the roadmap, e.g. diagnosis-report."""

    name: Text
    """Its name."""


class RoadmapStep(Part):
    """A step of the method."""

    number: int = Field(ge=1)
    """Its number, from 1."""

    id: Id
    """Its id, e.g. consensus."""

    phase: Id | None = None
    """The phase it belongs to."""

    name: Text
    """Its name."""

    days: int | None = Field(default=None, ge=1, le=LONGEST_DAYS)
    """Calendar days that it usually takes, 1–36500. A pilot's step without a `due` of its own is due that
    long after its start; left out, it may take as long as it takes."""

    rhythm: bool = False
    """From the start of this step on a pilot is reviewed in the handbook's rhythm. Where no step says so, it
    is the one with the id run-review."""

    aim: Prose | None = None
    """What it is for."""

    actions: Items[Prose] = ()
    """What is done."""

    outputs: Items[Output] = ()
    """What it leaves behind."""

    responsible: Items[Text] = ()
    """Who does it."""

    success: Prose | None = None
    """How one sees that it succeeded."""

    risks: Items[Prose] = ()
    """What may go wrong."""


class Roadmap(Part):
    """data/roadmap.yml, or the default."""

    phases: Items[Phase] = ()
    """The phases in order."""

    steps: Items[RoadmapStep] = Field(min_length=1)
    """The steps in order."""

    @property
    def reviewed_from(self) -> RoadmapStep | None:
        """The step from whose start on the rhythm of the reviews counts; None: from the pilot's beginning."""
        named = (step for step in self.steps if step.rhythm)
        usual = (step for step in self.steps if step.id == "run-review")
        return next(named, None) or next(usual, None)
