"""How a practice, a change with evidence, is spread: to other units, to more posts, or into a rule."""

from __future__ import annotations

from typing import Literal

from generator.model.common import Date, Href, Id, Items, Owner, Part
from generator.model.text import Prose, Text

SpreadWay = Literal["horizontal", "vertical", "institutional"]


class SpreadCondition(Part):
    """What a unit needs before the change can work there."""

    id: Id
    """Its id, unique in the change, e.g. price-band."""

    text: Text
    """What is needed, e.g. {zh: 价格授权区间已谈妥, en: The price band is settled}."""


class Transfer(Part):
    """A practice on its way to one place."""

    id: Id
    """Its id, unique in the change, e.g. south."""

    way: SpreadWay = "horizontal"
    """horizontal (to another unit), vertical (to more posts and steps) or institutional (into a rule or a
    handbook). Default horizontal."""

    unit: Id | None = None
    """The unit that takes it over."""

    place: Text | None = None
    """Where, if no unit says it, e.g. {zh: 夜班, en: Night shift}."""

    planned: Date | None = None
    """The day on which it is to begin there."""

    date: Date | None = None
    """The day on which it began there."""

    owner: Owner | None = None
    """Who brings it there."""

    pilot: Id | None = None
    """The pilot whose data show what came of it."""

    change: Id | None = None
    """That pilot's change by which it began; its effects are the result in the place's own data."""

    met: Items[Id] = ()
    """Conditions of the change that are met there."""

    lacking: Items[Id] = ()
    """Conditions that are not met there."""

    document: Href | None = None
    """Of an institutional one: the rule or handbook, an https address or a path from content/."""

    reason: Prose | None = None
    """Why it was reproduced or not, or is put off."""
