"""From a figure's name on a page to what stands under it in the export, as the reference says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NAMES = ("id", "period", "indicator")
"""What an item of a list is called by: the first of these that it has."""


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
