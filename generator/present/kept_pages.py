"""Pages that are kept with what was asked of the handbook while they were made, and given out again while the
answers stay the same.

A page is the same as long as two things are: what all pages are made from but results (`made_from`: the
handbook's files, edition, period, language, the product itself), and what stood behind whatever it asked of
the figures (`model/watched.py`, `compute/followed.py`). Nobody declares what a page asks; a page that goes
through all of something follows from all results. Kept is the page as its template made it, with the charts
that it placed, before links, drawings and frame, which depend on other pages.

An entry is believed by its code (`present/kept.py`), and is only looked at under the edition and language
that it was made for. None are written before it is clear that the files were not changed meanwhile.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from generator.model.watched import noted
from generator.present.charts.draw import Drawings
from generator.present.kept import Kept
from generator.present.page import Page, SearchEntry, Section
from generator.present.text.asked import has_marks

FOLDER = "pages"
"""In the cache."""
_lists = ("tags", "also", "codes", "people")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What all pages are made from but results, as it was before anything was read."""

    hash: str
    again: Callable[[], str | None]
    """The same as it is now."""


class KeptPages:
    """The pages of one language of an edition, as a build before made them."""

    def __init__(
        self, cache: Path, made_from: str, edition: str, language: str, hashes: Mapping[str, str]
    ) -> None:
        """Editions have their entries side by side; `hashes` says what a name that was asked for stands for
        now."""
        place = sha256(f"{edition}\0{language}".encode()).hexdigest()
        self._kept = Kept(cache / FOLDER / place[:16])
        self._made_from = sha256(f"{made_from}\0{place}".encode()).hexdigest()
        self.language, self._hashes = language, hashes
        self._fresh: dict[str, bytes] = {}
        self._used: set[str] = set()

    def page(self, path: str, drawings: Drawings, make: Callable[[], Page]) -> Page:
        """The page at a path: the kept one where it is still the same, else as `make` makes it."""
        name = f"{sha256(path.encode()).hexdigest()}.kept"
        self._used.add(name)
        found = self._kept.get(name)
        if found is not None:
            told = from_json(zlib.decompress(found))
            if told["made_from"] == self._made_from and self._same(told["asked"]):
                drawings.placed_again(told["charts"])
                return _page(told["page"])
        with noted() as asked, drawings.noting() as placed:
            page = make()
        if _can_be_kept(page):
            told = {
                "made_from": self._made_from,
                "asked": {what: self._hashes.get(what, "") for what in sorted(asked)},
                "page": asdict(page),
                "charts": drawings.told(placed),
            }
            text = json.dumps(told, ensure_ascii=False, default=_plain)
            self._fresh[name] = zlib.compress(text.encode(), 1)
        return page

    def keep(self) -> None:
        """Write down what was made anew, and let go of what no page has any more."""
        for name, content in self._fresh.items():
            self._kept.put(name, content)
        self._fresh = {}
        self._kept.clear(self._used)

    def _same(self, asked: Mapping[str, str]) -> bool:
        return all(self._hashes.get(what, "") == hash_ for what, hash_ in asked.items())


def _can_be_kept(page: Page) -> bool:
    """Whether nothing in it waits for what is only known when all pages are made: the numbers of shortcodes
    in texts of the data are those of one run. Titles that know where their figures come from are no text."""
    texts = (section.html for section in page.sections)
    plain = (page.title, page.chapter, *(section.title for section in page.sections), *_searched(page))
    return not any(map(has_marks, texts)) and all(type(text) is str for text in plain)


def _searched(page: Page) -> tuple[str, ...]:
    told = page.search
    if told is None:
        return ()
    lists = (item for name in _lists for item in getattr(told, name))
    return (told.title, told.text, told.value, *lists, *(told.status or ()))


def _plain(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} is not kept")


def _page(told: dict[str, Any]) -> Page:
    """The page that was written down."""
    search = told["search"]
    if search is not None:
        lists = {name: tuple(search[name]) for name in _lists}
        status = search["status"]
        search = SearchEntry(**{**search, **lists, "status": status and (status[0], status[1])})
    sections = tuple(Section(**section) for section in told["sections"])
    return Page(**{**told, "sections": sections, "search": search})
