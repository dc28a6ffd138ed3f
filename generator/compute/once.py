"""What is computed of figures once and kept with them, for every page, language and export that asks.

Figures do not change after they are made, so neither does what follows from them. A function that costs
something and does not depend on a language is kept; what is cheap is asked anew, and its docstring says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast


class Keeping(Protocol):
    """What keeps what was computed of it; a copy with other fields keeps its own."""

    @property
    def kept(self) -> dict[object, Any]:
        """By function and arguments."""


K = TypeVar("K", bound=Keeping)
P = ParamSpec("P")
T = TypeVar("T")


def once(compute: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """The function, computed once for each object and arguments; these are hashable and stand in order."""

    @wraps(compute)
    def kept(figures: K, /, *args: P.args, **named: P.kwargs) -> T:
        key = (compute, *args, *named.items())
        if key not in figures.kept:
            figures.kept[key] = compute(figures, *args, **named)
        return cast(T, figures.kept[key])

    return cast(Callable[Concatenate[K, P], T], kept)
