"""What is computed of figures once and kept with them, for every page, language and export that asks.

Figures do not change after they are made, so neither does what follows from them. A function that costs
something and does not depend on a language is kept; what is cheap is asked anew, and its docstring says so.
What it was computed of is kept with it and told each time (`model/watched.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from generator.model.watched import EVERYTHING, noted, tell

_ALL = frozenset((EVERYTHING,))


class Keeping(Protocol):
    """What keeps what was computed of it; a copy with other fields keeps its own."""

    @property
    def kept(self) -> dict[object, Any]:
        """By function and arguments: what came out, and the names of what it was computed of."""


K = TypeVar("K", bound=Keeping)
P = ParamSpec("P")
T = TypeVar("T")


def once(compute: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """The function, computed once for each object and arguments; these are hashable and stand in order."""

    @wraps(compute)
    def kept(figures: K, /, *args: P.args, **named: P.kwargs) -> T:
        key = (compute, *args, *named.items())
        found = figures.kept.get(key)
        if found is None:
            with noted() as asked:
                made = compute(figures, *args, **named)
            found = figures.kept[key] = made, (_ALL if EVERYTHING in asked else frozenset(asked))
        else:
            tell(found[1])
        return cast(T, found[0])

    return cast(Callable[Concatenate[K, P], T], kept)
