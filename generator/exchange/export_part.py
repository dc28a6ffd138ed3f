"""What every part of the export is made of, and how an id names each thing in it.

A figure on a page carries the path to it in the export (`data-figure="pilots/north/score"`): keys joined by
slashes, and in a list the `id` of an item, else its `period`, else its `indicator`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from generator.model.written import settled


class ExportPart(BaseModel):
    """A part of the export: no key but these, never changed; filled from figures of the same names."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, from_attributes=True
    )


PeriodText = Annotated[str, BeforeValidator(str)]
"""A period as in the results, e.g. 2025-07."""

SettledNumber = Annotated[float, AfterValidator(settled)]
"""A number as it is written, for what there is much of: to settle a million points' numbers in their finished
text takes a third of the whole export's time."""
