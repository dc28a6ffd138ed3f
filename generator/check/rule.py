"""What a rule is: its name, its level, the reason for it, and the function that finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.text import Text
from generator.problems import FilePosition, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that breaks a rule; the rule adds its name and level."""

    mark: FilePosition
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at."""

    catalogue: Catalogue
    as_of: Period | None
    """The period to look from; None without any result."""

    settings: Mapping[str, object]
    """The rule's settings: its defaults, changed by the handbook's `rules:`."""

    def number(self, name: str) -> int:
        """A setting that is a whole number."""
        value = self.settings[name]
        if not isinstance(value, int):
            raise TypeError(f"the setting {name!r} has no number as its default")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A setting that is a list of words."""
        value = self.settings[name]
        if not isinstance(value, list):
            raise TypeError(f"the setting {name!r} has no list as its default")
        return tuple(value)

    @property
    def today(self) -> date | None:
        """The last day of `as_of`: what lies after it has not happened yet. None without any result."""
        return self.catalogue.handbook.calendar.end(self.as_of) if self.as_of else None

    def say(self, text: Text) -> str:
        """A text as messages quote it: in the handbook's first language."""
        first = self.catalogue.handbook.languages[0]
        return text.say(first, first)

    def known(self, ids: Iterable[str]) -> bool:
        """Whether all of the indicators were read; of one that was not, nothing can be said but its fault."""
        return all(id_ in self.catalogue.indicators for id_ in ids)

    def whole(self, kind: str) -> bool:
        """Whether every file of a kind ("pilots") could be read; what a rule misses may stand in another."""
        files = {name for name in self.catalogue.sources if name.startswith(f"{kind}/")}
        return files <= {f"{kind}/{id_}" for id_ in getattr(self.catalogue, kind)}

    def measured(self, ids: Iterable[str]) -> list[Indicator]:
        """Those of the indicators that somebody measures: a draft not yet, a retired one no more."""
        known = (self.catalogue.indicators.get(id_) for id_ in dict.fromkeys(ids))
        return [indicator for indicator in known if indicator and indicator.in_use]


def listed(words: Iterable[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last


@dataclass(frozen=True)
class Rule:
    """A rule of the method."""

    id: str
    """Its name, e.g. pack-size."""

    level: Severity
    """error: the build stops; warning and note: listed on the quality page."""

    why: str
    """Why it exists, for authors and managers."""

    check: Callable[[RuleContext], Iterator[Finding]]
    """Finds what breaks it."""

    settings: Mapping[str, object] = field(default_factory=dict)
    """Its settings with their defaults."""
