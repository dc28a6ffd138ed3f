"""The points of a series by columns: a point becomes an object only for who looks at one.

Of a group's million points nearly all are of parts by region or product, each looked at a few times in a
build. As objects such a point takes 700 bytes, six objects and eight numbers; by columns it takes 210 in a
series of 27 months, and its place in the chart 70 instead of 180. What is unpacked equals what was packed,
to the last bit of each number.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import repeat
from math import isnan, nan
from operator import attrgetter, is_
from typing import Any, Protocol, TypeVar, cast, overload

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.charted import Signals
from generator.model.period import Period

T = TypeVar("T")
FEWEST = 8
"""Points below which columns take no less than objects."""
_MOST_CODES = 256
_NO = type(None)
SharedColumns = dict[Hashable, tuple[Any, ...]]
"""Columns that many series have alike: their periods, the places of values."""


class PointSequence(Sequence[T]):
    """Points that are made when they are looked at; it equals the tuple of them."""

    __slots__ = ()

    @overload
    def __getitem__(self, place: int, /) -> T: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice, /) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self._some(range(*place.indices(len(self)))))
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(place)
        return self._one(number)

    def _one(self, place: int) -> T:
        raise NotImplementedError

    def _some(self, places: range) -> Iterable[T]:
        return map(self._one, places)

    def __iter__(self) -> Iterator[T]:
        return iter(self._some(range(len(self))))

    def __reversed__(self) -> Iterator[T]:
        return map(self._one, range(len(self) - 1, -1, -1))

    def __add__(self, others: Sequence[T], /) -> tuple[T, ...]:
        return (*self, *others)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, tuple | PointSequence):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> Any:
        return tuple, (tuple(self),)


class _Column(Protocol):
    def one(self, place: int, /) -> Any: ...
    def some(self, places: range, /) -> Iterable[Any]: ...


class _Alike:
    """The same in every row."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def one(self, _place: int) -> Any:
        return self.value

    def some(self, places: range) -> Iterable[Any]:
        return repeat(self.value, len(places))


class _Plain:
    """As they are: periods, remarks."""

    __slots__ = ("values",)

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values

    def one(self, place: int) -> Any:
        return self.values[place]

    def some(self, places: range) -> Iterable[Any]:
        return self.values[_slice(places)]


class _Numbers:
    """Numbers, none of them NaN, which stands for None."""

    __slots__ = ("values",)

    def __init__(self, values: Iterable[float | None]) -> None:
        self.values = array("d", [nan if value is None else value for value in values])

    def one(self, place: int) -> Any:
        value = self.values[place]
        return None if isnan(value) else value

    def some(self, places: range) -> Iterable[Any]:
        return [None if isnan(value) else value for value in self.values[_slice(places)]]


class _Coded:
    """Words of which there are few."""

    __slots__ = ("codes", "values")

    def __init__(self, values: tuple[Any, ...], codes: bytes) -> None:
        self.values, self.codes = values, codes

    def one(self, place: int) -> Any:
        return self.values[self.codes[place]]

    def some(self, places: range) -> Iterable[Any]:
        return map(self.values.__getitem__, self.codes[_slice(places)])


class _Sometimes:
    """None in some rows; the others stand together."""

    __slots__ = ("inner", "known")

    def __init__(self, known: bytes, inner: _Column) -> None:
        self.known, self.inner = known, inner

    def one(self, place: int) -> Any:
        return self.inner.one(self.known.count(1, 0, place)) if self.known[place] else None

    def some(self, places: range) -> Iterable[Any]:
        if places.step != 1:
            return map(self.one, places)
        first = self.known.count(1, 0, places.start)
        inner = iter(self.inner.some(range(first, first + self.known.count(1, places.start, places.stop))))
        return [next(inner) if known else None for known in self.known[_slice(places)]]


class PackedPoints(PointSequence[T]):
    """The points of a series by the fields of their dataclass."""

    __slots__ = ("_columns", "_count", "_kind")

    def __init__(self, kind: type[T], columns: tuple[_Column, ...], count: int) -> None:
        self._kind, self._columns, self._count = kind, columns, count

    def __len__(self) -> int:
        return self._count

    def one(self, place: int) -> T:
        """The point at a place from 0."""
        return self._kind(*[column.one(place) for column in self._columns])

    def some(self, places: range) -> Iterable[T]:
        """The points at some places."""
        return map(self._kind, *[column.some(places) for column in self._columns])

    _one, _some = one, some

    @property
    def alike(self) -> bool:
        """Whether all of them are the same."""
        return all(type(column) is _Alike for column in self._columns)

    def along(self, path: str) -> Sequence[Any]:
        """One field of every point, with dots between fields within fields."""
        name, _, rest = path.partition(".")
        column = self._columns[_names(self._kind).index(name)]
        if not rest:
            return list(column.some(range(self._count)))
        if isinstance(column, PackedPoints):
            return column.along(rest)
        return list(map(attrgetter(rest), column.some(range(self._count))))

    def inner(self, name: str) -> Sequence[Any]:
        """The field of every point, where it is of points itself; packed like these."""
        column = self._columns[_names(self._kind).index(name)]
        return column if isinstance(column, PackedPoints) else tuple(column.some(range(self._count)))


def along(points: Sequence[Any], path: str) -> Sequence[Any]:
    """One field of every point (`point.value`), without making the points where they are packed."""
    return points.along(path) if isinstance(points, PackedPoints) else list(map(attrgetter(path), points))


def packed(points: Sequence[T], kept: SharedColumns) -> Sequence[T]:
    """Points of one dataclass by columns; as they are where they are few. `kept` is for all series alike."""
    if len(points) < FEWEST:
        return points
    return cast("Sequence[T]", _by_field(tuple(points), kept))


def packed_series(one: AssessedSeries, kept: SharedColumns) -> AssessedSeries:
    """A series with its points packed, each once for what it is and for what follows from it."""
    points = packed(one.points, kept)
    if not isinstance(points, PackedPoints):
        return one
    return replace(one, series=replace(one.series, points=points.inner("point")), points=points)


def packed_signals(one: Signals, kept: SharedColumns) -> Signals:
    """A control chart with its points packed, and with what it said in the past."""
    return replace(one, points=packed(one.points, kept), told=packed(one.told, kept))


def _slice(places: range) -> slice:
    return slice(places.start, places.stop if places.stop >= 0 else None, places.step)


def _names(kind: Any) -> tuple[str, ...]:
    if kind not in _known:
        _known[kind] = tuple(field.name for field in fields(kind))
    return _known[kind]


_known: dict[Any, tuple[str, ...]] = {}


def _by_field(points: Sequence[Any], kept: SharedColumns) -> PackedPoints[Any]:
    kind = type(points[0])
    columns = zip(*map(attrgetter(*_names(kind)), points), strict=True)
    return PackedPoints(kind, tuple(_column(values, kept) for values in columns), len(points))


def _column(values: tuple[Any, ...], kept: SharedColumns) -> _Column:
    first = values[0]
    if all(map(is_, values, repeat(first))):
        return _Alike(first)
    kinds = set(map(type, values))
    if kinds <= {float, _NO}:
        return _numbers(values)
    told = kinds - {_NO}
    if len(told) == 1:
        kind = next(iter(told))
        if is_dataclass(kind) and kind.__module__.startswith("generator.compute"):
            return _nested(values, kept)
        if kind is Period:
            ids = tuple(map(id, values))  # they live as long as what is kept under them
            return _Plain(kept.setdefault(ids, values))
        if kind is int and _NO not in kinds:
            return _Plain(kept.setdefault(values, values))
        if kind is str or (kind is tuple and all(type(item) is int for one in values for item in one or ())):
            return _coded(values)
    return _Plain(values)


def _numbers(values: tuple[Any, ...]) -> _Column:
    first = values[0]
    if first and values.count(first) == len(values):  # of zeros one may be negative
        return _Alike(first)
    if any(value is not None and isnan(value) for value in values):
        return _Plain(values)
    return _Numbers(values)


def _nested(values: tuple[Any, ...], kept: SharedColumns) -> _Column:
    """What follows from a point, by its own fields; all alike are one."""
    known = [value for value in values if value is not None]
    packed_ones = _by_field(known, kept)
    column: _Column = _Alike(known[0]) if packed_ones.alike else packed_ones
    return column if len(known) == len(values) else _Sometimes(bytes(v is not None for v in values), column)


def _coded(values: tuple[Any, ...]) -> _Column:
    place = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(place) == 1:
        return _Alike(values[0])
    if len(place) > _MOST_CODES:
        return _Plain(values)
    return _Coded(tuple(place), bytes(map(place.__getitem__, values)))
