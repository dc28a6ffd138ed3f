"""The site's navigation: a chapter an entry, or what mkdocs.yml says under `nav`.

Own entries name a page by its source (`guide/why.md`), a chapter by its name (`pilots`), or another site's
address; they may have a title, which is that of the first language, and stand in sections. What is not named
is not in the navigation and is found by search and links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from generator.present.page import Chapter, LanguageSite
from generator.problems import nearest

MOST_LEAVES = 40
"""Chapters with more pages than this list only their index in the navigation: it is drawn on every page."""


class SiteNavigation:
    """The navigation of one language; `own` is what mkdocs.yml says, None without."""

    def __init__(self, site: LanguageSite, own: Any, content: Path, titled: bool = True) -> None:
        """`content` is the folder of the hand-written pages, some of which an edition may not have; `titled`
        is False for a language whose titles are not those of the file."""
        self._chapters = {chapter.id: chapter for chapter in site.chapters}
        self._pages = {page.path for page in site.pages}
        self._content, self._titled = content, titled
        self.strange: list[str] = []
        """What mkdocs.yml names and this site has not, in words."""
        self.titles: dict[str, str] = {}
        """What mkdocs.yml calls pages, by their path."""
        self.entries = self._section(own) if own is not None else [*map(_entry, site.chapters)]
        self._listed = frozenset(_paths(self.entries))

    def lists(self, path: str) -> bool:
        """Whether the navigation shows a page."""
        return path in self._listed

    def _section(self, own: Any) -> list[dict[str, Any] | str]:
        if not isinstance(own, list):
            raise PluginError("nav in mkdocs.yml is no list; write '- pilots' or '- guide/why.md' a line")
        return [entry for item in own for entry in self._item(item)]

    def _item(self, item: Any) -> Iterator[dict[str, Any] | str]:
        if isinstance(item, str):
            yield from self._named(item, "")
        elif isinstance(item, dict):
            for title, value in item.items():
                if isinstance(value, list):
                    inner = self._section(value)
                    yield from ([{str(title): inner}] if inner else [])
                else:
                    yield from self._named(str(value), str(title))
        else:
            raise PluginError(f"nav in mkdocs.yml: {item!r} is neither a page nor a section")

    def _named(self, name: str, title: str) -> Iterator[dict[str, Any] | str]:
        """The entry of a page, a chapter or an address; none for what this edition has not."""
        said = title if self._titled else ""
        if name.startswith(("http://", "https://", "mailto:")):
            yield {title or name: name}
        elif name in self._pages:
            yield self._called(said, name) if said else name
        elif (chapter := self._chapters.get(name.strip("/"))) is not None:
            ((own, pages),) = _entry(chapter).items()
            yield self._called(said, pages) if said else {own: pages}
        elif not (self._content / name).exists():
            hint = nearest(name, sorted({*self._pages, *self._chapters}))
            self.strange.append(f"nav in mkdocs.yml names '{name}', which this site has not; {hint}")

    def _called(self, title: str, pages: str | list[str]) -> dict[str, Any]:
        if isinstance(pages, str):
            self.titles[pages] = title
        return {title: pages}


def _leaves(chapter: Chapter) -> Sequence[str]:
    """Paths of the chapter's pages that the navigation shows."""
    if len(chapter.pages) <= MOST_LEAVES:
        return [page.path for page in chapter.pages]
    return [page.path for page in chapter.pages if page.is_index or page.order < 0]


def _entry(chapter: Chapter) -> dict[str, Any]:
    """MkDocs' entry of a chapter: of one page a link, else a section with its index first."""
    shown = _leaves(chapter)
    return {chapter.title: shown[0] if len(chapter.pages) == 1 else shown}


def _paths(entries: Any) -> Iterator[str]:
    """Every page that some entries lead to."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for value in entries.values():
            yield from _paths(value)
    else:
        for value in entries:
            yield from _paths(value)
