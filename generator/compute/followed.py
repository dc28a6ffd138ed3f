"""Figures that tell what is asked of them, and what each thing that may be asked for is made of, as a hash.

The series of an indicator follow from its results and from the handbook's other files, and from no other
indicator's results (`compute/reuse.py` rests on the same). So who asked for some indicators' series was told
the same as long as these results and those files are. What a change did is a figure over several series: its
hash is that of the figure. The day up to which a period is over is asked by all pages, and its hash is the
day. Everything else (scores, processes, the past, whatever counts or ranks) follows
from all results.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

import numpy as np

from generator.compute.figures import Figures
from generator.compute.once import once
from generator.compute.series.values import Key
from generator.model.freshness import known_until
from generator.model.results import NUMBERS, PLACE, THINGS, Results
from generator.model.watched import EVERYTHING, Watched, WatchedResults, apart, tell

T = TypeVar("T")
CHANGE = "change "
"""Before a pilot and a change: the name of what it did. Ids have no blanks."""
STANDS = "place of "
"""Before an indicator: the name of where its rows stand in the files. What they say is the same wherever."""
KNOWN = "known until"
"""The name of the day up to which the period is over, which all results together say."""


@once
def known_day(figures: Figures) -> date | None:
    """The day up to which the period is over, as far as all results show (`known_until`); None without a
    period. Who asks follows from the day, not from the results."""
    tell((KNOWN,))
    if figures.as_of is None:
        return None
    with apart():
        return known_until(figures.catalogue, figures.as_of)


def followed(figures: Figures) -> Figures:
    """The same figures, telling what is asked of them; those of the whole catalogue beside them too. Where
    these tell already they stay the same ones, with all that is kept of them."""
    if isinstance(figures.series, Watched):
        return figures
    every = figures.everything
    whole = followed(every) if every is not None else None
    catalogue = figures.catalogue
    if every is not None and whole is not None and catalogue is every.catalogue:
        catalogue = whole.catalogue  # what is kept of one is kept of both
    elif not isinstance(catalogue.results, WatchedResults):
        catalogue = replace(catalogue, results=WatchedResults(catalogue.results))
    return replace(
        figures,
        catalogue=catalogue,
        series=_by(figures.series, _indicator),
        longer=_by(figures.longer, _indicator),
        signals=_by(figures.signals, _indicator),
        by_indicator=_by(figures.by_indicator, _itself),
        effects=_by(figures.effects, _change),
        pilots=_by(figures.pilots, _everything),
        processes=_by(figures.processes, _everything),
        clues=_by(figures.clues, _everything),
        everything=whole,
    )


def itself(held: Mapping[str, T]) -> Mapping[str, T]:
    """What was made of each indicator beforehand, telling of which one it is asked."""
    return _by(held, _itself)


def _by(held: Mapping[Any, T], names: Any) -> Mapping[Any, T]:
    return held if isinstance(held, Watched) else Watched(held, names)


def _indicator(key: Key) -> Iterable[str]:
    return (key[0],)


def _itself(name: str) -> Iterable[str]:
    return (name,)


def _change(key: tuple[str, str]) -> Iterable[str]:
    return (f"{CHANGE}{key[0]} {key[1]}",)


def _everything(_: object) -> Iterable[str]:
    return (EVERYTHING,)


class Hashes(Mapping[str, str]):
    """What each name that is asked for stands for, as a hash; the same for a name of nothing."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._changes: dict[str, str] = {}

    @cached_property
    def _rows(self) -> dict[str, str]:
        results = self._figures.whole.catalogue.results
        return dict(_hashes(results.unwatched if isinstance(results, WatchedResults) else results))

    def __getitem__(self, name: str) -> str:
        if name.startswith(CHANGE):
            if name not in self._changes:
                self._changes[name] = self._change(name)
            return self._changes[name]
        if name == KNOWN:
            return f"{known_day(self._figures)} {known_day(self._figures.whole)}"
        return self._rows.get(name, "")

    def _change(self, name: str) -> str:
        pilot, _, change = name.removeprefix(CHANGE).partition(" ")
        both = [one.effects.get((pilot, change)) for one in (self._figures, self._figures.whole)]
        return sha256(pickle.dumps(both)).hexdigest()

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _hashes(results: Results) -> Iterator[tuple[str, str]]:
    """(indicator, hash of all that its rows say), (STANDS and it, hash of where they stand), and one of all
    that there is of all rows."""
    whole = sha256()
    columns = {name: results.numbers(name) for name in NUMBERS} | {
        name: _said(results, name) for name in THINGS
    }
    for (indicator,), rows in results.groups("indicator"):
        said, stands = sha256(), sha256()
        for name, column in columns.items():
            (stands if name in PLACE else said).update(np.ascontiguousarray(column[rows]).tobytes())
        yield indicator, said.hexdigest()
        yield f"{STANDS}{indicator}", stands.hexdigest()
        whole.update(f"{indicator} {said.hexdigest()} {stands.hexdigest()}\n".encode())
    yield EVERYTHING, whole.hexdigest()


def _said(results: Results, name: str) -> Any:
    """For each row a number of the thing that it has, which is the same in every run."""
    told = [
        int.from_bytes(sha256(repr(thing).encode()).digest()[:8], "little") for thing in results.things(name)
    ]
    return np.array(told, dtype=np.uint64)[results.codes(name)]
