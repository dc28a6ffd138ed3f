"""What each thing that may be asked of figures (`compute/followed.py`) stands for, as a hash.

Of series it is that of the results that they follow from; of what counts by what it says that of the figure
itself, which is the same in every process: a hash that would not be is none that was ever there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from pydantic import BaseModel

from generator.compute.figures import Figures
from generator.compute.followed import ANSWER, ANSWERS, AT, CHANGE, PROCESS, STANDS
from generator.compute.past import figures_at, known_then
from generator.compute.series.packed_points import PointSequence
from generator.model.period import Period
from generator.model.results import NUMBERS, PLACE, THINGS, Results
from generator.model.watched import EVERYTHING, WatchedResults, apart

SIGN = "#"
"""How the sign of an id begins, which no id does."""


class Hashes(Mapping[str, str]):
    """What each name that is asked for stands for, as a hash; the same for a name of nothing.

    Names may be asked for as they are or `signed`.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._told: dict[str, str] = {}
        self._then: dict[Period, dict[str, str]] = {}

    def signed(self, name: str) -> str:
        """The name as it may be written down: verdicts follow from everything, and so an edition's pages from
        what it must not name. Ids have signs in their place."""
        return " ".join(self._signs.get(word, word) for word in name.split(" "))

    @cached_property
    def _signs(self) -> dict[str, str]:
        """The sign of each id by which something can be asked for."""
        whole = self._figures.whole.catalogue
        changes = (change.id for pilot in whole.pilots.values() for change in pilot.changes)
        ids = (*whole.indicators, *whole.pilots, *whole.processes, *changes)
        return {id_: f"{SIGN}{sha256(id_.encode()).hexdigest()[:16]}" for id_ in ids}

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {sign: id_ for id_, sign in self._signs.items()}

    @cached_property
    def _rows(self) -> dict[str, str]:
        results = self._figures.whole.catalogue.results
        return dict(_hashes(results.unwatched if isinstance(results, WatchedResults) else results))

    def __getitem__(self, name: str) -> str:
        if name not in self._told:
            said = " ".join(self._ids.get(word, word) for word in name.split(" "))
            with apart():
                self._told[name] = self._hash(said)
        return self._told[name]

    def _hash(self, name: str) -> str:
        if not name.startswith(AT):
            return self._of_figures(name, self._figures) or self._rows.get(name, "")
        then, _, asked = name.removeprefix(AT).partition(" ")
        if then == str(self._figures.as_of):
            return self._of_figures(asked, self._figures) or self._rows.get(asked, "")
        period = Period.parse(then)
        if asked.startswith((CHANGE, PROCESS, ANSWER)):
            return self._of_figures(asked, figures_at(self._figures, period))
        if period not in self._then:
            self._then[period] = dict(_hashes(known_then(self._figures.whole, period).results))
        return self._then[period].get(asked, "")

    def _of_figures(self, asked: str, figures: Figures) -> str:
        """That of a figure or an answer, as the edition has it and over everything; empty for other names."""
        both = (figures, figures.whole)
        if asked.startswith(CHANGE):
            pilot, _, change = asked.removeprefix(CHANGE).partition(" ")
            return content_hash([one.effects.get((pilot, change)) for one in both])
        if asked.startswith(PROCESS):
            return content_hash([one.processes.get(asked.removeprefix(PROCESS)) for one in both])
        if asked.startswith(ANSWER):
            name, *args = asked.removeprefix(ANSWER).split(" ")
            return content_hash([ANSWERS[name](one, *args) for one in both]) if name in ANSWERS else ""
        return ""

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


def content_hash(value: object) -> str:
    """The hash of all that a figure says: equal for equal ones, whoever made them and whatever they share.

    What holds something of a kind that is not known here is never equal to anything.
    """
    try:
        return sha256(b"".join(_pieces(value))).hexdigest()
    except TypeError:
        return os.urandom(32).hex()


def _pieces(value: object) -> Iterator[bytes]:
    """The value in bytes, every piece with its kind and its end, so that no two values have the same."""
    kind = type(value)
    if value is None or kind in (bool, int, float):
        yield f"{kind.__name__} {value!r};".encode()
    elif kind is str:
        text = str(value).encode()
        yield b"str %d " % len(text) + text
    elif isinstance(value, np.generic):
        yield f"{kind.__name__} {value.nbytes} ".encode() + value.tobytes()
    elif isinstance(value, date):
        yield f"{kind.__name__} {value.isoformat()};".encode()
    elif kind in (tuple, list) or isinstance(value, PointSequence):
        yield b"("
        for item in value:  # type: ignore[attr-defined]
            yield from _pieces(item)
        yield b")"
    elif kind in (set, frozenset):
        yield b"{"
        yield from sorted(b"".join(_pieces(item)) for item in value)  # type: ignore[attr-defined]
        yield b"}"
    elif isinstance(value, Mapping):
        yield b"["
        for key, item in value.items():
            yield from _pieces(key)
            yield from _pieces(item)
        yield b"]"
    elif is_dataclass(value):
        yield f"<{kind.__module__}.{kind.__qualname__};".encode()
        for field in fields(value):
            yield from _pieces(getattr(value, field.name))
        yield b">"
    elif isinstance(value, BaseModel):
        yield f"<{kind.__module__}.{kind.__qualname__};".encode()
        for name in type(value).model_fields:
            yield from _pieces(getattr(value, name))
        yield b">"
    else:
        raise TypeError(kind.__name__)
