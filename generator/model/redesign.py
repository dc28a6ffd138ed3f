"""Redesigned as pairs: steps of the process and the indicators that go with them change together."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from generator.model.common import Id, Items, Part, ShortForm
from generator.model.text import Prose, Text


class PairIndicator(Part):
    """An indicator of a pair, in the library or by its name alone."""

    indicator: Id | None = None
    """The indicator of the library."""

    name: Text | None = None
    """Its name, where the library does not have it, e.g. {zh: 人均日处理工单, en: Tickets a person a day}."""

    @model_validator(mode="after")
    def _is_known(self) -> PairIndicator:
        if self.indicator is None and self.name is None:
            hint = "write indicator: its id, or name: its name where it is in no library"
            raise PydanticCustomError("missing-key", "names no indicator", {"hint": hint})
        return self


PairIndicatorForm = Annotated[PairIndicator, ShortForm("indicator", Id)]
"""An indicator's id, or {name: …} for one that the library does not have."""


class RedesignPair(Part):
    """Old steps with their old indicators, and what takes their place."""

    id: Id
    """Its id, unique in the map, e.g. dispatch."""

    name: Text
    """What is redesigned, e.g. {zh: 派单, en: Dispatch}."""

    old_steps: Items[Id] = ()
    """The as-is steps."""

    new_steps: Items[Id] = ()
    """The to-be steps that take their place."""

    old: Items[PairIndicatorForm] = ()
    """What was measured before: ids of indicators, or {name: …} for what the library does not have."""

    new: Items[PairIndicatorForm] = ()
    """What is measured from now on: ids of indicators, or {name: …} until the library has it."""

    why: Prose | None = None
    """Why these go together."""

    expected: Prose | None = None
    """What is expected to be seen."""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Those of the library on either side, each once."""
        ids = (each.indicator for each in (*self.old, *self.new) if each.indicator)
        return tuple(dict.fromkeys(ids))
