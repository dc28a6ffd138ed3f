"""All results, by columns: a row is made an `Observation` only for who asks for one.

A group's handbook has a million rows, of which most say the same few things over and over: the period, the
indicator, the file. So each column holds every thing once and a number a row, and who counts, selects or
changes rows asks the columns. A row that is looked at by itself is made for the look and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isnan
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from generator.model.exact import counted
from generator.model.result import Observation

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
"""Rows by their place, from 0."""
Codes = NDArray[np.int32]

NUMBERS = ("value", "numerator", "denominator", "target", "n", "line")
"""Columns of numbers; one that is not given is NaN there."""
THINGS = tuple(field.name for field in fields(Observation) if field.name not in NUMBERS)
"""Columns of things of which many rows have the same."""
PLACE = frozenset(("file", "line", "sheet_cell"))
"""Columns that say where a result stands, not what it is."""
_NAMES = tuple(field.name for field in fields(Observation))
_AT_ONCE = 4096
"""Rows that are made at once where all are wanted."""


@dataclass(frozen=True, eq=False, slots=True)
class Things:
    """A column: each thing once, and for each row which one it is. `codes` None: all rows have the only one.

    A thing that no row has is not kept: what an edition may not see is nowhere in its results.
    """

    values: tuple[Any, ...]
    codes: Codes | None = None

    @classmethod
    def of(cls, things: Iterable[Hashable]) -> Things:
        """From the things of each row."""
        places: dict[Hashable, int] = {}
        codes = [places.setdefault(thing, len(places)) for thing in things]
        return cls.coded(tuple(places), np.array(codes, dtype=np.int32))

    @classmethod
    def coded(cls, values: Sequence[Any], codes: Codes) -> Things:
        """From things that may be given several times (two spellings of one period) or stand in no row."""
        used = np.bincount(codes, minlength=len(values)) > 0
        places: dict[Hashable, int] = {}
        moved = [
            places.setdefault(value, len(places)) if kept else -1
            for value, kept in zip(values, used.tolist(), strict=True)
        ]
        if len(places) == 1:
            return cls(tuple(places))
        if len(places) == len(values):
            return cls(tuple(values), codes)
        return cls(tuple(places), np.array(moved, np.int32)[codes])

    def taken(self, rows: Mask | Rows) -> Things:
        """Those of some rows."""
        return self if self.codes is None else Things.coded(self.values, self.codes[rows])

    def each(self, count: int) -> Codes:
        """The number of each row's thing among the values."""
        return np.broadcast_to(np.int32(0), count) if self.codes is None else self.codes


class Results(Sequence[Observation]):
    """The rows of all results in the order of files and rows; never changed, only made anew."""

    def __init__(self, count: int, things: Mapping[str, Things], numbers: Mapping[str, NDArray[Any]]) -> None:
        """`things`: a column for each of `THINGS`; `numbers`: those of `NUMBERS` that any row has."""
        self._count = count
        self._things = dict(things)
        self._numbers = dict(numbers)

    @classmethod
    def of(cls, rows: Iterable[Observation]) -> Results:
        """From rows; as they are where they are results already."""
        if isinstance(rows, Results):
            return rows
        kept = list(rows)
        things = {name: Things.of(getattr(row, name) for row in kept) for name in THINGS}
        numbers = {}
        for name in NUMBERS:
            given = [getattr(row, name) for row in kept]
            if any(number is not None for number in given):
                kind = np.int64 if name == "line" else np.float64
                numbers[name] = np.array([np.nan if number is None else number for number in given], kind)
        return cls(len(kept), things, numbers)

    @classmethod
    def joined(cls, parts: Sequence[Results]) -> Results:
        """One after the other."""
        parts = [part for part in parts if len(part)]
        if len(parts) <= 1:
            return parts[0] if parts else cls.of(())
        things = {}
        for name in THINGS:
            values = tuple(value for part in parts for value in part._things[name].values)
            codes, before = [], 0
            for part in parts:
                codes.append(part.codes(name) + np.int32(before))
                before += len(part._things[name].values)
            things[name] = Things.coded(values, np.concatenate(codes))
        given = [name for name in NUMBERS if any(name in part._numbers for part in parts)]
        numbers = {name: np.concatenate([part.numbers(name) for part in parts]) for name in given}
        return cls(counted(len(part) for part in parts), things, numbers)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Observation]:
        for first in range(0, self._count, _AT_ONCE):
            yield from self.at(np.arange(first, min(first + _AT_ONCE, self._count)))

    @overload
    def __getitem__(self, place: int) -> Observation: ...
    @overload
    def __getitem__(self, place: slice) -> Results: ...
    def __getitem__(self, place: int | slice) -> Observation | Results:
        rows = np.arange(self._count)[place]
        return self.taken(rows) if isinstance(place, slice) else next(self.at(np.array([rows])))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Results | tuple) or len(self) != len(other):
            return NotImplemented if not isinstance(other, Results | tuple) else False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def at(self, rows: Rows) -> Iterator[Observation]:
        """The rows at some places, made one after the other."""
        columns = [self._told(name, rows) for name in _NAMES]
        return map(Observation, *columns)

    def _told(self, name: str, rows: Rows) -> Sequence[Any]:
        if name in THINGS:
            things = self._things[name]
            values = things.values
            if things.codes is None:
                return values * len(rows)
            return [values[code] for code in things.codes[rows].tolist()]
        if name not in self._numbers:
            return (None,) * len(rows)
        numbers = self._numbers[name][rows].tolist()
        return [None if isnan(number) else number for number in numbers]

    # Columns

    def things(self, name: str) -> tuple[Any, ...]:
        """What there is in a column, each thing once."""
        return self._things[name].values

    def codes(self, name: str) -> Codes:
        """For each row, which of `things` it has."""
        return self._things[name].each(self._count)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; NaN where there is none."""
        return self._numbers.get(name, np.broadcast_to(np.float64(np.nan), self._count))

    @property
    def valued(self) -> Mask:
        """The rows that have a value."""
        return np.isfinite(self.numbers("value"))

    def having(self, name: str, thing: Hashable) -> Mask:
        """The rows that have a thing."""
        return self.where(name, lambda other: other == thing)

    def where(self, name: str, holds: Callable[[Any], bool]) -> Mask:
        """The rows of whose thing something holds; each thing is asked about once."""
        if not self._count:
            return np.zeros(0, dtype=bool)
        told = np.array([holds(thing) for thing in self.things(name)], dtype=bool)
        return told[self.codes(name)]

    def distinct(self, name: str, rows: Mask | None = None) -> list[Any]:
        """The things that the rows (all, where none are given) have, each once, as they first come."""
        codes = self.codes(name) if rows is None else self.codes(name)[rows]
        found, first = np.unique(codes, return_index=True)
        values = self.things(name)
        return [values[code] for code in found[np.argsort(first)].tolist()]

    def taken(self, rows: Mask | Rows) -> Results:
        """Only these rows."""
        count = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        if rows.dtype == np.bool_ and count == self._count:
            return self
        if not count:
            return Results.of(())
        things = {name: column.taken(rows) for name, column in self._things.items()}
        return Results(count, things, {name: column[rows] for name, column in self._numbers.items()})

    def changed(self, name: str, change: Callable[[Any], Any]) -> Results:
        """With other things in a column."""
        column = self._things[name]
        values = tuple(change(value) for value in column.values)
        if values == column.values:
            return self
        made = Things.coded(values, self.codes(name))
        return Results(self._count, self._things | {name: made}, self._numbers)

    def filled(self, name: str, thing: Hashable, rows: Mask | None = None) -> Results:
        """With one thing in a column of these rows, or of all."""
        if rows is None:
            return Results(self._count, self._things | {name: Things((thing,))}, self._numbers)
        column = self._things[name]
        codes = np.where(rows, np.int32(len(column.values)), self.codes(name))
        made = Things.coded((*column.values, thing), codes)
        return Results(self._count, self._things | {name: made}, self._numbers)

    def blanked(self, name: str, rows: Mask | None = None) -> Results:
        """Without the numbers of a column in these rows, or in all."""
        numbers = {other: column for other, column in self._numbers.items() if other != name}
        if rows is not None and name in self._numbers:
            numbers[name] = np.where(rows, np.nan, self._numbers[name])
        return Results(self._count, self._things, numbers)

    def whole(self) -> Mask:
        """The rows that tell of all of an indicator, not of a part of the dimensions."""
        return self.where("cell", lambda cell: not cell)

    def groups(self, *names: str, rows: Mask | None = None) -> Iterator[tuple[tuple[Any, ...], Rows]]:
        """Rows that have the same things in some columns, with these, as they first come.

        `rows`: only these are looked at.
        """
        places = np.arange(self._count) if rows is None else np.flatnonzero(rows)
        for own in same_together([self.codes(name) for name in names], places):
            first = own[0]
            yield tuple(self.things(name)[self.codes(name)[first]] for name in names), own


def same_together(columns: Sequence[NDArray[Any]], places: Rows) -> list[Rows]:
    """The places parted by what the columns hold there; parts as they first come, each in order."""
    if not len(places):
        return []
    keys = numbered(columns, places)
    order = np.argsort(keys, kind="stable")
    parts = np.split(places[order], np.flatnonzero(np.diff(keys[order])) + 1)
    return sorted(parts, key=lambda part: cast("int", part[0]))


def numbered(columns: Sequence[NDArray[Any]], places: Rows) -> NDArray[np.int64]:
    """One number for each place, the same where all columns hold the same."""
    made = np.zeros(len(places), dtype=np.int64)
    for column in columns:
        codes = column[places].astype(np.int64)
        made = made * (int(codes.max(initial=0)) + 1) + codes
        if made.max(initial=0) > 2**31:
            made = np.unique(made, return_inverse=True)[1].astype(np.int64)
    return made
