"""Process maps for the tests of flow figures, from short rows."""

from __future__ import annotations

from generator.model.process import ProcessMap, TimeBasis

DAYS = TimeBasis(hours_per_day=8)


def make(*steps, **more):
    """A map from short rows: (id, next, extras)."""
    made = [{"id": id_, "name": id_, "next": next_, **extra} for id_, next_, extra in steps]
    return ProcessMap.model_validate({"steps": made, **more})


def xor(id_, *ways):
    return id_, [dict(zip(("to", "share", "rework"), way, strict=False)) for way in ways], {"gateway": "xor"}
