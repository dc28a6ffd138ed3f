"""What a figure is called, on the pages and in the export alike.

A name is the path to the figure in `handbook export json`: keys and ids joined by slashes. Ids that join
several others are made here.
"""

from __future__ import annotations

from generator.compute.series.values import Key


def series_name(key: Key) -> str:
    """A series by indicator, pilot and cell: order-lead-time@north;region=east."""
    indicator, pilot, cell = key
    place = f"@{pilot}" if pilot else ""
    return f"{indicator}{place}{''.join(f';{dimension}={member}' for dimension, member in cell)}"


def joined(*ids: str) -> str:
    """Several ids as one: a pilot's change in an indicator is north~merge~order-lead-time."""
    return "~".join(ids)
