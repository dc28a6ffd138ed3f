"""What is computed series by series, taken over from the handbook as it was a moment ago where nothing it
follows from has changed: who looks at pages while files are edited does not wait for all of it again.

A chart follows from its indicator, the results of it, the pilots that measure it and the handbook's settings,
and from nothing else; so all series of an indicator are taken over together, or made anew together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.marks import SeriesMark
from generator.compute.series.signals import Signals
from generator.compute.series.values import Key
from generator.model.catalogue import Catalogue
from generator.model.results import NUMBERS, PLACE, THINGS, Mask, Results

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Charted:
    """What is computed of each series by itself, in the order of the series."""

    series: dict[Key, AssessedSeries]
    longer: dict[Key, AssessedSeries]
    marks: dict[Key, tuple[SeriesMark, ...]]
    signals: dict[Key, Signals]


@dataclass(frozen=True, slots=True)
class _State:
    """A handbook as it was, and what was computed of its series."""

    catalogue: Catalogue
    rows: Results
    made: Charted


class Earlier:
    """What was computed last, by what was asked for (today's figures, those of a past period)."""

    def __init__(self) -> None:
        self._states: dict[object, _State] = {}

    def renewed(
        self, asked: object, catalogue: Catalogue, rows: Results, make: Callable[[Results], Charted]
    ) -> Charted:
        """The same as `make` of all rows; it is asked only for indicators that something changed for."""
        before = self._states.get(asked)
        kept = _unchanged(before, catalogue, rows) if before else frozenset()
        if before is None or not kept:
            made = make(rows)
        else:
            fresh = make(rows.taken(rows.where("indicator", lambda name: name not in kept)))
            made = Charted(
                **{
                    field.name: _merged(getattr(before.made, field.name), getattr(fresh, field.name), kept)
                    for field in fields(Charted)
                }
            )
        self._states[asked] = _State(catalogue, rows, made)
        return made


def _merged(before: Mapping[Key, T], fresh: Mapping[Key, T], kept: Collection[str]) -> dict[Key, T]:
    """Both together in the order of series: by indicator, pilot (the organisation first) and cell."""
    both = {key: made for key, made in before.items() if key[0] in kept} | dict(fresh)
    return {key: both[key] for key in sorted(both, key=lambda key: (key[0], key[1] or "", key[2]))}


def _unchanged(before: _State, catalogue: Catalogue, rows: Results) -> frozenset[str]:
    """The indicators of which nothing changed that their series follow from."""
    if before.catalogue.handbook != catalogue.handbook:
        return frozenset()
    pilots = {
        name
        for name in {*before.catalogue.pilots, *catalogue.pilots}
        if before.catalogue.pilots.get(name) != catalogue.pilots.get(name)
    }
    touched = {*_other_results(before.rows, rows)}
    for one, known in ((before.rows, before.catalogue), (rows, catalogue)):
        touched |= {*one.distinct("indicator", one.where("pilot", lambda pilot: pilot in pilots))}
        touched |= {name for name in known.indicators if _changed(name, before.catalogue, catalogue)}
    return frozenset(before.rows.distinct("indicator")) - touched


def _changed(name: str, before: Catalogue, catalogue: Catalogue) -> bool:
    return before.indicators.get(name) != catalogue.indicators.get(name)


def _other_results(before: Results, rows: Results) -> Collection[str]:
    """The indicators whose results are not the same as before."""
    if len(before) == len(rows) and _coded_alike(before, rows):
        return rows.distinct("indicator", _differing(before, rows))
    one, other = _by_indicator(before), _by_indicator(rows)
    return {name for name in {*one, *other} if not _same(before, one.get(name), rows, other.get(name))}


def _coded_alike(before: Results, rows: Results) -> bool:
    """Whether the same numbers stand for the same indicators, so that rows can be held side by side."""
    return before.things("indicator") == rows.things("indicator") and bool(
        (before.codes("indicator") == rows.codes("indicator")).all()
    )


def _differing(before: Results, rows: Results) -> Mask:
    """The rows that say something else than the row at the same place said."""
    differ = np.zeros(len(rows), dtype=bool)
    for name in THINGS:
        if name in PLACE:
            continue
        old, new = before.things(name), rows.things(name)
        if old == new:
            differ |= before.codes(name) != rows.codes(name)
        else:
            place = {thing: number for number, thing in enumerate(old)}
            moved = np.array([place.get(thing, -1) for thing in new])
            differ |= before.codes(name) != moved[rows.codes(name)]
    for name in NUMBERS:
        if name not in PLACE:
            one, other = before.numbers(name), rows.numbers(name)
            differ |= ~((one == other) | (np.isnan(one) & np.isnan(other)))
    return differ


def _by_indicator(rows: Results) -> dict[str, Any]:
    return {name: places for (name,), places in rows.groups("indicator")}


def _same(before: Results, old: Any, rows: Results, new: Any) -> bool:
    """Whether an indicator's rows, given by their places, say the same in the same order."""
    if old is None or new is None or len(old) != len(new):
        return False
    return not _differing(before.taken(old), rows.taken(new)).any()
