"""Pages that are kept with what was asked of the handbook while they were made (`present/kept_asked.py`).

A page that goes through all of something follows from all results. Kept is the page as its template made it,
with the charts that it placed, before links, drawings and frame, which depend on other pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from generator.compute.hashes import Hashes
from generator.model.watched import noted
from generator.present.charts.draw import Drawings
from generator.present.kept_asked import KeptAsked
from generator.present.page import Page, SearchEntry, Section
from generator.present.text.asked import has_marks

_lists = ("tags", "also", "codes", "people")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What all pages are made from but results, as it was before anything was read."""

    hash: str
    again: Callable[[], str | None]
    """The same as it is now."""


class KeptPages(KeptAsked):
    """The pages of one language of an edition, as a build before made them."""

    def __init__(self, cache: Path, made_from: str, edition: str, language: str, hashes: Hashes) -> None:
        super().__init__(cache, made_from, f"{edition}\0{language}", hashes)
        self.language = language

    def page(self, path: str, drawings: Drawings, make: Callable[[], Page]) -> Page:
        """The page at a path: the kept one where it is still the same, else as `make` makes it."""
        found = self.found(path)
        if found is not None:
            told = from_json(found)
            drawings.placed_again(told["charts"])
            return _page(told["page"])
        with noted() as asked, drawings.noting() as placed:
            page = make()
        if _can_be_kept(page):
            told = {"page": asdict(page), "charts": drawings.told(placed)}
            self.remember(path, asked, json.dumps(told, ensure_ascii=False, default=_plain).encode())
        return page


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
