"""A hand-written page of content/ with its translations, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Body:
    """A page in one language."""

    language: str
    """The language it is written in."""

    file: str
    """Its file, from the project's root, e.g. content/guide/why.en.md."""

    head: Mapping[str, object] = field(default_factory=dict)
    """Its front matter; empty without one."""

    markdown: str = ""
    """What follows the front matter."""

    first_line: int = 1
    """The line of the file on which `markdown` starts."""


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page and its translations."""

    path: str
    """The page's path below content/, without a language, e.g. guide/why.md."""

    bodies: Mapping[str, Body]
    """The page in each language it has; always in the handbook's first."""

    first: str
    """The handbook's first language."""

    def body(self, language: str) -> Body:
        """The page in `language`, else in the first language."""
        return self.bodies.get(language) or self.bodies[self.first]

    def translated(self, language: str) -> bool:
        """Whether it has its own text in `language`; if not, it is shown in the first one and marked."""
        return language in self.bodies

    @property
    def language(self) -> str:
        return self.first

    @property
    def head(self) -> Mapping[str, object]:
        """The front matter in the first language."""
        return self.bodies[self.first].head

    @property
    def markdown(self) -> str:
        """The text in the first language."""
        return self.bodies[self.first].markdown
