"""What every part of the export is made of, and how an id names each thing in it.

A figure on a page carries the path to it in the export (`data-figure="pilots/north/score"`): keys joined by
slashes, and in a list the `id` of an item, else its `period`, else its `indicator`. `figure_at` walks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

NAMES = ("id", "period", "indicator")
"""What an item of a list is called by: the first of these that it has."""


class Part(BaseModel):
    """A part of the export: no key but these, never changed; filled from figures of the same names."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, from_attributes=True
    )


PeriodText = Annotated[str, BeforeValidator(str)]
"""A period as in the results, e.g. 2025-07."""


def figure_at(export: Mapping[str, Any], name: str) -> Any:
    """What stands in an export (parsed JSON) under a figure's name. KeyError where nothing does."""
    found: Any = export
    for part in name.split("/"):
        found = found[part] if isinstance(found, Mapping) else _item(found, part, name)
    return found


def _item(items: Sequence[Any], part: str, name: str) -> Any:
    for item in items:
        called = next((item[key] for key in NAMES if key in item), None) if isinstance(item, dict) else None
        if called == part:
            return item
    if part.isdigit() and int(part) < len(items) and not isinstance(items, str):
        return items[int(part)]
    raise KeyError(f"{name}: nothing is called {part}")
