"""What is asked of figures is written down while it is asked, so that what follows can be kept for as long as
the answers stay the same.

Nobody says beforehand what a page needs: whatever looks into a watched mapping, or at the results, tells so
by looking. What is computed once and given out again (`compute/once.py`) tells each time what it was computed
of. A name is that of an indicator, or EVERYTHING for who counts, ranks or goes through all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import local
from typing import Any, TypeVar, cast

from generator.model.result import Observation
from generator.model.results import Results

K = TypeVar("K")
V = TypeVar("V")
EVERYTHING = "*"
"""No indicator is called so: ids are letters, digits and dashes."""


class _Open(local):
    """The lists that are being written, of each thread by itself: the innermost last."""

    def __init__(self) -> None:
        self.lists: list[set[str]] = []


_open = _Open()


def tell(names: Iterable[str]) -> None:
    """Write down what was asked for."""
    if _open.lists:
        _open.lists[-1].update(names)


@contextmanager
def noted() -> Iterator[set[str]]:
    """What is asked for within; who asked for the whole is told of it too."""
    with apart() as found:
        yield found
    tell(found)


@contextmanager
def apart() -> Iterator[set[str]]:
    """What is asked for within, told to nobody else: for an answer that counts by what it says alone."""
    found: set[str] = set()
    _open.lists.append(found)
    try:
        yield found
    finally:
        _open.lists.pop()


class Watched(Mapping[K, V]):
    """A mapping that tells what is looked up in it, found or not, and EVERYTHING when it is gone through."""

    __slots__ = ("_held", "_names")

    def __init__(self, held: Mapping[K, V], names: Callable[[K], Iterable[str]]) -> None:
        """`names` says what an item of the mapping follows from."""
        self._held, self._names = held, names

    def of(self, held: Mapping[K, V]) -> Watched[K, V]:
        """Other items, each following from the same."""
        return Watched(held, self._names)

    def __getitem__(self, key: K) -> V:
        tell(self._names(key))
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        tell(self._names(cast("K", key)))
        return key in self._held

    def __iter__(self) -> Iterator[K]:
        tell((EVERYTHING,))
        return iter(self._held)

    def __len__(self) -> int:
        tell((EVERYTHING,))
        return len(self._held)


def one_by_one(held: Mapping[K, V], make: Callable[[K, V], V]) -> Mapping[K, V]:
    """The same mapping with something else made of each item by itself; where it tells what is looked up in
    it, this one does too."""
    with apart():
        made = {key: make(key, item) for key, item in held.items()}
    return held.of(made) if isinstance(held, Watched) else made


class WatchedResults(Results):
    """Results that tell EVERYTHING when they are looked at."""

    def __init__(self, rows: Results) -> None:
        self._rows: Any = rows

    @classmethod
    def of(cls, rows: Iterable[Observation]) -> Results:
        """Other rows are nobody's to watch."""
        return Results.of(rows)

    @classmethod
    def joined(cls, parts: Sequence[Results]) -> Results:
        """The same."""
        return Results.joined(parts)

    @property
    def unwatched(self) -> Results:
        """The rows themselves, for who writes down by other means what is asked of them."""
        return cast("Results", self._rows)

    def __getattribute__(self, name: str) -> Any:
        """The columns are those of the rows: every way to a row leads over them."""
        if name in ("_count", "_things", "_numbers"):
            tell((EVERYTHING,))
            return getattr(self._rows, name)
        return super().__getattribute__(name)
