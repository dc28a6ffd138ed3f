"""Filters over a list: the fields of the form and what each entry of the list says to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: a name, a label, and the choices that occur in the list."""

    name: str
    label: str
    options: tuple[Option, ...]


def facet(
    name: str,
    label: str,
    entries: Iterable[T],
    values: Callable[[T], Iterable[str | None]],
    word: Callable[[str], str],
    order: Sequence[str] = (),
) -> Facet:
    """A filter over entries; its choices in a given order, others after it by label."""
    counts = Counter(value for entry in entries for value in dict.fromkeys(values(entry)) if value)
    place = {value: index for index, value in enumerate(order)}
    options = [Option(value, word(value), count) for value, count in counts.items()]
    options.sort(key=lambda option: (place.get(option.value, len(place)), option.label))
    return Facet(name, label, tuple(options))
