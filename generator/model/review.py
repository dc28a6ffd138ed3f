"""data/reviews/<id>.yml: a review of a pilot, its findings and what follows from it."""

from __future__ import annotations

from typing import Literal

from generator.model.common import AudienceName, Date, Id, Items, OneLine, Owner, Part
from generator.model.period import Period
from generator.model.pillar import Pillar
from generator.model.text import Prose, Text

Factor = Literal["ability", "willingness", "conditions"]
"""What one person does is the product of the three; only the first two are the person's own."""


class ReviewProblem(Part):
    """A problem that the review found."""

    id: Id
    """Its id, unique in the review, e.g. p1."""

    indicator: Id | None = None
    """The indicator that shows it."""

    step: Id | None = None
    """The step of the process where it sits."""

    cause: Literal["process", "people", "system"] | None = None
    """process, people or system."""

    factor: Factor | None = None
    """Which of the three was missing: what one person does is ability × willingness × conditions. Left out, a
    cause in the process or a system counts as conditions."""

    conditions: Literal["team", "organisation"] | None = None
    """With `factor: conditions`: whose they are, the team's or the organisation's."""

    system: Text | None = None
    """The system that was missing or in the way, e.g. {zh: 合同系统, en: Contract system}."""

    text: Prose
    """What is wrong."""

    @property
    def lies_in(self) -> Factor | None:
        """The factor that is said, or follows from the cause; of people without one, nothing is known."""
        if self.factor is not None:
            return self.factor
        return "conditions" if self.cause in ("process", "system") else None


class ActionResult(Part):
    """What an action brought."""

    indicator: Id | None = None
    """The indicator that shows it."""

    verdict: Literal["worked", "no-effect", "worse", "too-early"]
    """worked, no-effect, worse or too-early."""

    on: Date | None = None
    """The day it was told; an edition as of an earlier day leaves it out. Default: the day of closing."""

    text: Prose | None = None
    """In words."""


class Action(Part):
    """What was agreed."""

    id: Id
    """Its id, unique in the review, e.g. a1."""

    problem: Id | None = None
    """The problem of this review that it answers."""

    text: Prose
    """What is to be done."""

    pillar: Pillar | None = None
    """The pillar it works on: direction, drive or support."""

    owner: Owner | None = None
    """Who does it."""

    due: Date | None = None
    """By when."""

    status: Literal["open", "doing", "done", "dropped"] = "open"
    """open, doing, done or dropped. Default open."""

    closed: Date | None = None
    """The day it was done or dropped; an edition as of an earlier day shows it as open."""

    result: ActionResult | None = None
    """What it brought."""


CoachingStage = Literal["goal", "one-on-one", "result"]
"""Where a coaching talk stands: a goal is agreed, the work is talked over, the result is looked at."""


class Coaching(Part):
    """What was said to a unit."""

    unit: Id | None = None
    """The unit."""

    person: OneLine | None = None
    """The person, where it was said to one; such a note is seen from the handbook's `people_audience` on."""

    focus: Text | None = None
    """What it was about."""

    good: Prose | None = None
    """What went well."""

    plan: Prose | None = None
    """What comes next."""

    stage: CoachingStage | None = None
    """goal (a goal is agreed), one-on-one (the work is talked over) or result (what came of it)."""

    gap: Prose | None = None
    """Which ability is missing yet."""

    support: Prose | None = None
    """What the coach or the organisation does for it."""

    changes: Literal["indicator", "way"] | None = None
    """What changes in the next round: the indicator, or the way of working."""

    due: Date | None = None
    """By when what comes next is to be done."""

    came: Literal["done", "partly", "not-done"] | None = None
    """What came of the note before about the same unit or person: done, partly or not-done."""

    came_text: Prose | None = None
    """The same in words."""


class Review(Part):
    """data/reviews/<id>.yml: one review."""

    id: Id
    """Equal to the file's stem, e.g. 2025-q3-lead-to-cash-east."""

    pilot: Id
    """The pilot."""

    kind: Literal["short", "long"]
    """short (two-weekly) or long (quarterly)."""

    period: Period
    """The period that it looks at, e.g. 2025-Q3."""

    date: Date
    """The day it was held."""

    summary: Prose | None = None
    """The result in a few sentences."""

    problems: Items[ReviewProblem] = ()
    """What it found."""

    actions: Items[Action] = ()
    """What was agreed."""

    coaching: Items[Coaching] = ()
    """What was said to the units."""

    decisions: Items[Prose] = ()
    """What was decided."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""
