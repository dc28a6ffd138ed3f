"""Cases of an event log with the visits of their steps, and how times are told in a few figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import sqrt

Named = Iterator[tuple[str, Fraction | float | int | str | bool | None]]
HOUR = 3600


@dataclass
class Visit:
    """A line of the log; moments as they are written."""

    case: str
    step: str
    start: datetime | None
    end: datetime | None
    resource: str
    groups: Mapping[str, str]
    prev: datetime | None = None

    @property
    def at(self) -> datetime:
        found = self.start or self.end
        assert found is not None
        return found

    @property
    def lasts(self) -> bool:
        return self.start is not None and self.end is not None and self.start < self.end

    @property
    def work(self) -> Fraction | None:
        return hours(self.start, self.end) if self.start and self.end else None

    @property
    def wait(self) -> Fraction | None:
        return max(hours(self.prev, self.start), Fraction(0)) if self.prev and self.start else None


@dataclass
class Case:
    """One case, its visits in their order."""

    visits: list[Visit]
    done: bool = False
    off: list[tuple[str, str]] = field(default_factory=list)

    @property
    def way(self) -> tuple[str, ...]:
        return tuple(visit.step for visit in self.visits)

    @property
    def took(self) -> Fraction:
        return hours(min(one.at for one in self.visits), self.last)

    @property
    def last(self) -> datetime:
        return max(one.end or one.at for one in self.visits)

    @property
    def once(self) -> bool:
        return len(set(self.way)) == len(self.way)


def hours(first: datetime, last: datetime) -> Fraction:
    gap = last - first
    return Fraction(gap.days * 86_400 * 10**6 + gap.seconds * 10**6 + gap.microseconds, HOUR * 10**6)


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Between the two neighbours (type 7)."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def stats(values: Sequence[Fraction]) -> Named:
    mean = Fraction(sum(values), len(values))
    square = sum((value - mean) ** 2 for value in values)
    yield "n", len(values)
    yield "mean", rounded(mean, 4)
    yield "sd", rounded(Fraction(sqrt(square / (len(values) - 1))), 4) if len(values) > 1 else 0
    yield "median", rounded(quantile(values, Fraction(1, 2)), 4)
    yield "p90", rounded(quantile(values, Fraction(9, 10)), 4)


def rounded(value: Fraction, digits: int) -> Fraction:
    return Fraction(round(value * 10**digits), 10**digits)
