"""What is served at this moment: which state of the files, from a build's folder or made page by page.

A state is whole when a build of it stands in the folder. Until then each page is made from the figures of now
when it is asked for, and says that search and downloads are still those of before; so no page mixes old and
new figures, and none is old after a newer one was seen. While the files cannot be shown, all stays as it was,
and every page says why.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition

from generator.serving.handbook import ServedHandbook

log = logging.getLogger("handbook.serve")
PATIENCE = 25
"""Seconds after which a browser that waits for news is told that there are none, and asks again."""
LONGEST = 600
"""Seconds that a page which only a whole build can make is waited for."""


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is answered; `partly` where the site around a page is older than the page."""

    content: bytes
    path: str
    state: str
    language: str
    broken: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class _Now:
    """What an answer is of, taken together: a page under the name of a newer state would not be renewed."""

    name: str
    site: Path | None
    whole: bool
    broken: str

    @property
    def shown(self) -> str:
        """What a page of the site is known by; one of a site of before is loaded again when it is whole."""
        return self.name if self.whole else f"{self.name}+"


@dataclass
class ServedState:
    """Asked by the threads that answer browsers, told by the one that follows the files."""

    handbook: ServedHandbook
    root: str = ""
    """The language at the site's root; empty until it is known."""
    number: int = 0
    """Of the state of the files that pages are of; 0 while there is none."""
    site: Path | None = None
    """The newest whole site."""
    whole: bool = False
    """Whether that is of the same state."""
    broken: str = ""
    told: int = 0
    """How often `broken` changed."""
    ended: bool = False
    _changed: Condition = field(default_factory=Condition)
    _made: dict[str, bytes] = field(default_factory=dict)
    """Pages and files made one by one in this state, by their path."""
    _seen: dict[str, str] = field(default_factory=dict)
    """Pages that were made so, and then were the same, or were not, in the build: their newest state."""

    @property
    def name(self) -> str:
        """Changes when pages are to be loaded again."""
        return f"{self.number}.{self.told}"

    # Told

    def renewed(self) -> None:
        """The handbook in memory is of a newer state."""
        with self._changed:
            self.number += 1
            self.whole, self._made = False, {}
            self._say("")
            self._changed.notify_all()

    def faulty(self, why: str) -> None:
        """The files cannot be shown as they are; an empty `why` when they are again as they were."""
        with self._changed:
            self._say(why)
            self._changed.notify_all()

    def _say(self, why: str) -> None:
        if why != self.broken:
            self.broken, self.told = why, self.told + 1

    def built(self, site: Path) -> None:
        """A build of this state stands in a folder; pages that say something else there are loaded again."""
        with self._changed:
            self.site, self.whole = site, True
            self._seen = {
                path: "" if _read(site, path) == content else "other" for path, content in self._made.items()
            }
            self._made = {}
            self._changed.notify_all()

    def end(self) -> None:
        """Nobody waits any longer."""
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    # Asked

    def news(self, shown: str, path: str) -> tuple[str, bool]:
        """Wait until there is another state of a page than the one that is shown: its name, and whether the
        page is to be loaded again."""
        partly, known = shown.endswith("+"), shown.rstrip("+")

        def there_is() -> bool:
            return self.ended or self.name != known or (partly and self.whole)

        with self._changed:
            self._changed.wait_for(there_is, PATIENCE)
            if self.name != known:
                return self.name, True
            if partly and self.whole:
                return self.name, self._seen.get(path, "other") != ""
            return shown, False

    def answer(self, path: str) -> Served | None:
        """The file at a path of the site; None where there is none."""
        with self._changed:
            if self.site is None and not self.whole:
                return None
            number, whole, now = self.number, self.whole, self._now()
        if not whole:
            made = self._one(path, number)
            if made is not None:
                language, _ = self._page(path)
                return Served(made, path, f"{now.name}+", language, now.broken, partly=True)
            if path.endswith(".html") and (now.site is None or _read(now.site, path) is None):
                self._until(lambda: self.whole or bool(self.broken))  # a page that is new in this state
            with self._changed:
                now = self._now()
        content = _read(now.site, path) if now.site is not None else None
        return None if content is None else Served(content, path, now.shown, self.root, now.broken)

    def _now(self) -> _Now:
        return _Now(self.name, self.site, self.whole, self.broken)

    def _one(self, path: str, number: int) -> bytes | None:
        """A page made by itself, or a file that belongs to one that was; None where it is neither."""
        made = self._made.get(path)
        if made is not None or not path.endswith(".html"):
            return made
        language, page = self._page(path)
        if not self.handbook.has(language, page):
            return None
        try:
            html, files = self.handbook.page(language, page)
        except Exception:  # whatever it is, a whole build follows, and tells what is wrong with it
            log.debug(path, exc_info=True)
            self._until(lambda: self.whole or self.number != number)
            return None
        with self._changed:
            if number != self.number or self.whole:
                return html.encode()
            folder = "" if language == self.root else f"{language}/"
            # Assets stand once for all languages, as a build puts them.
            shared = {name: "" if name.startswith("assets/") else folder for name in files}
            self._made |= {f"{place}{name}": files[name] for name, place in shared.items()}
            self._made[path] = html.encode(errors="xmlcharrefreplace")
            return self._made[path]

    def _page(self, path: str) -> tuple[str, str]:
        """The language of a page and where it lies in it."""
        source = f"{path.removesuffix('.html')}.md"
        first, _, rest = source.partition("/")
        own = first in self.handbook.languages and first != self.root and rest
        return (first, rest) if own else (self.root, source)

    def _until(self, met: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self.ended or met(), LONGEST)


def _read(site: Path, path: str) -> bytes | None:
    """A file of a site; None where there is none, or the path leads out of it."""
    inside = posixpath.normpath(f"/{path}").lstrip("/")
    try:
        return (site / inside).read_bytes()
    except (OSError, ValueError):
        return None
