"""What a rule is: its name, its level, the reason for it, and the function that finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.problems import Level, Mark


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that breaks a rule; the rule adds its name and level."""

    mark: Mark
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Context:
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


@dataclass(frozen=True)
class Rule:
    """A rule of the method."""

    id: str
    """Its name, e.g. pack-size."""

    level: Level
    """error: the build stops; warning and note: listed on the quality page."""

    why: str
    """Why it exists, for authors and managers."""

    check: Callable[[Context], Iterator[Finding]]
    """Finds what breaks it."""

    settings: Mapping[str, object] = field(default_factory=dict)
    """Its settings with their defaults."""
