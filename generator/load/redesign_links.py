"""Pairs of a redesign name steps of the map that they are about."""

from __future__ import annotations

from generator.load.references import Names, check_name
from generator.model.process import Process
from generator.problems import Problems, Source


def check_pairs(process: Process, source: Source, problems: Problems) -> None:
    """Old steps are those of the map as it is, new ones those of the map as it is to be."""
    maps = process.maps
    sides = (("old_steps", maps.as_is), ("new_steps", maps.to_be))
    for place, pair in enumerate(process.pairs):
        for key, drawn in sides:
            names = Names({"step": [step.id for step in drawn.steps] if drawn else []})
            for position, step in enumerate(getattr(pair, key)):
                loc = ("maps", "to_be", "pairs", place, key, position)
                check_name("step", step, source, loc, names, problems)
    if maps.as_is is not None and maps.as_is.pairs:
        mark = source.mark(("maps", "as_is", "pairs"), key=True)
        problems.error(mark, "bad-value", "pairs: stands in the map as it is", "move it to to_be")
