"""Figures that tell what is asked of them (`model/watched.py`), each thing that may be asked for by a name.

The series of an indicator follow from its results and from the handbook's other files, and from no other
indicator's results (`compute/reuse.py` rests on the same). So who asked for some indicators' series was told
the same as long as these results and those files are; what a pilot is judged by follows from the indicators
of its whole pack, and series of a past from the results that were known then. What a change did and how a
process runs are figures over several series: they count by what they say, and so does the answer of whatever
is made `by_answer`. What is looked at otherwise (counted, ranked, gone through) follows from all results.

`compute/hashes.py` says what each name stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from generator.compute.figures import Figures
from generator.compute.once import once
from generator.compute.series.values import Key
from generator.model.freshness import known_until
from generator.model.watched import Watched, WatchedResults, apart, tell

P = ParamSpec("P")
T = TypeVar("T")
CHANGE = "change "
"""Before a pilot and a change: the name of what it did. Ids have no blanks."""
PROCESS = "process "
"""Before a process: the name of how it runs."""
STANDS = "place of "
"""Before an indicator: the name of where its rows stand in the files. What they say is the same wherever."""
AT = "at "
"""Before an earlier period and any other name: what it stands for as of then."""
ANSWER = "answer "
"""Before the name of a function made `by_answer`, and what it was asked with."""
ANSWERS: dict[str, Callable[..., object]] = {}
"""These functions by their names."""


def by_answer(
    compute: Callable[Concatenate[Figures, P], T],
) -> Callable[Concatenate[Figures, P], T]:
    """The function, computed once for each text that it is asked with. Who asks follows from what it answers,
    not from what that was computed of: for short answers out of many results."""
    answered = once(compute)
    ANSWERS[compute.__name__] = answered

    @wraps(compute)
    def told(figures: Figures, /, *args: P.args, **named: P.kwargs) -> T:
        asked = " ".join((compute.__name__, *cast("tuple[str, ...]", args)))
        tell((f"{AT}{figures.as_of} {ANSWER}{asked}",))
        with apart():
            return answered(figures, *args, **named)

    return told


@by_answer
def known_day(figures: Figures) -> date | None:
    """The day up to which the period is over, as far as all results show (`known_until`); None without a
    period."""
    return known_until(figures.catalogue, figures.as_of) if figures.as_of is not None else None


def followed(figures: Figures, past: str = "") -> Figures:
    """The same figures, telling what is asked of them; those of the whole catalogue beside them too. Where
    these tell already they stay the same ones, with all that is kept of them.

    `past` stands before the names of figures of an earlier period (`AT`).
    """
    if isinstance(figures.series, Watched):
        return figures
    every = figures.everything
    whole = followed(every, past) if every is not None else None
    catalogue = figures.catalogue
    if every is not None and whole is not None and catalogue is every.catalogue:
        catalogue = whole.catalogue  # what is kept of one is kept of both
    elif not isinstance(catalogue.results, WatchedResults):
        catalogue = replace(catalogue, results=WatchedResults(catalogue.results))
    packs = (every or figures).catalogue.pilots

    def by_key(key: Key) -> Iterable[str]:
        return (f"{past}{key[0]}",)

    def itself_then(indicator: str) -> Iterable[str]:
        return (f"{past}{indicator}",)

    def pack(pilot: str) -> Iterable[str]:
        return [f"{past}{item.indicator}" for item in packs[pilot].pack] if pilot in packs else ()

    def change(key: tuple[str, str]) -> Iterable[str]:
        return (f"{past}{CHANGE}{key[0]} {key[1]}",)

    def process(id_: str) -> Iterable[str]:
        return (f"{past}{PROCESS}{id_}",)

    return replace(
        figures,
        catalogue=catalogue,
        series=_by(figures.series, by_key),
        longer=_by(figures.longer, by_key),
        signals=_by(figures.signals, by_key),
        by_indicator=_by(figures.by_indicator, itself_then),
        effects=_by(figures.effects, change),
        pilots=_by(figures.pilots, pack),
        processes=_by(figures.processes, process),
        clues=_by(figures.clues, pack),
        everything=whole,
    )


def itself(held: Mapping[str, T]) -> Mapping[str, T]:
    """What was made of each indicator beforehand, telling of which one it is asked."""
    return _by(held, lambda name: (name,))


def _by(held: Mapping[Any, T], names: Callable[[Any], Iterable[str]]) -> Mapping[Any, T]:
    return held if isinstance(held, Watched) else Watched(held, names)
