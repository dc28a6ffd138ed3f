"""Points that are told their names when somebody looks at them.

Of a large handbook's series most are parts by region or product: a page draws them in a small picture, which
needs no names, and says their newest value. To name every point of every series took a tenth of a build, and
as much memory as the figures themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class NamedPoints(tuple[T, ...]):
    """The points of a series; each is named once, when it is first asked for.

    Whatever asks for one is given the named one: by place, by a slice, from either end. As a whole it equals
    the points without names, as each of them does.
    """

    _name: Callable[[T, int], T]
    _made: list[T | None]

    def __new__(cls, points: Sequence[T], name: Callable[[T, int], T]) -> NamedPoints[T]:
        """`name` is given a point and its place, and returns it with its names."""
        made = super().__new__(cls, points)
        made._name, made._made = name, [None] * len(points)
        return made

    def __getitem__(self, place: Any, /) -> Any:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = place + len(self) if place < 0 else place
        found = self._made[number] if 0 <= number < len(self) else None
        if found is None:
            found = self._name(super().__getitem__(place), number)
            self._made[number] = found
        return found

    def __iter__(self) -> Iterator[T]:
        return (self[place] for place in range(len(self)))

    def __reversed__(self) -> Iterator[T]:
        return (self[place] for place in reversed(range(len(self))))

    def __add__(self, others: Any, /) -> Any:
        return (*self, *others)

    def __reduce__(self) -> Any:
        return tuple, (tuple(self),)

    def bare(self) -> Iterator[T]:
        """The points as they are without names, for who only reckons with them."""
        return super().__iter__()


def bare(points: tuple[T, ...]) -> Iterator[T]:
    """The points of a series without names: for a drawing, which says no number."""
    return points.bare() if isinstance(points, NamedPoints) else iter(points)
