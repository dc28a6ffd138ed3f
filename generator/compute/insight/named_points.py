"""Points that are told their names when somebody looks at them.

Of a large handbook's series most are parts by region or product: a page draws them in a small picture, which
needs no names, and says their newest value. To name every point of every series took a tenth of a build, and
as much memory as the figures themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from generator.compute.series.packed_points import PointSequence, along

T = TypeVar("T")


class NamedPoints(PointSequence[T]):
    """The points of a series; each is named once, when it is first asked for.

    Whatever asks for one is given the named one: by place, by a slice, from either end. As a whole it equals
    the points without names, as each of them does.
    """

    __slots__ = ("_made", "_name", "_points")

    def __init__(self, points: Sequence[T], name: Callable[[T, int], T]) -> None:
        """`name` is given a point and its place, and returns it with its names."""
        self._points, self._name = points, name
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._points)

    def _one(self, place: int) -> T:
        found = self._made.get(place)
        if found is None:
            found = self._made[place] = self._name(self._points[place], place)
        return found

    @property
    def bare(self) -> Sequence[T]:
        """The points as they are without names, for who only reckons with them."""
        return self._points


def bare(points: Sequence[T]) -> Iterator[T]:
    """The points of a series without names: for a drawing, which says no number."""
    return iter(unnamed(points))


def unnamed(points: Sequence[T]) -> Sequence[T]:
    """The same points without names, as they are kept: for who asks their columns."""
    return points.bare if isinstance(points, NamedPoints) else points


def bare_along(points: Sequence[Any], path: str) -> Sequence[Any]:
    """One field of every point without names (`point.period`); no point is made or named for it."""
    return along(unnamed(points), path)
