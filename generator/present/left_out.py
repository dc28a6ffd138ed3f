"""Chapters that a handbook leaves out or has no data for: their pages, and every link that leads to them.

Links are taken out of finished pages, because any page may hold one; their words stay.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from generator.model.catalogue import Catalogue
from generator.present.page import Page
from generator.present.showcase import unlinked

_LINK = re.compile(r'<a\b[^>]*?\shref="([^":?#]+\.html)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_INNER = re.compile(r'<a\b[^>]*?\shref="([^":?#]+)\.md(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


def chapters_left_out(catalogue: Catalogue) -> frozenset[str]:
    """Chapters that the handbook switches off, and those that would only say that there is nothing in them.

    Other kinds make no page without data; of these two the index is made always. A hand-written page keeps
    its chapter.
    """
    of_data = {"processes": catalogue.processes, "pilots": catalogue.pilots}
    written = {page.path.partition("/")[0] for page in catalogue.content}
    empty = {chapter for chapter, held in of_data.items() if not held and chapter not in written}
    return frozenset(catalogue.handbook.pages.off) | empty


def without_chapters(pages: Mapping[str, Page], off: Collection[str]) -> Mapping[str, Page]:
    """The pages by path without those of the chapters `off`, and without links to them."""
    if not off:
        return pages
    kept = {path: page for path, page in pages.items() if page.chapter not in off}
    gone = {page.url for path, page in pages.items() if path not in kept}
    made, known = frozenset(kept), frozenset(pages)
    return {path: _unlinked(page, gone, made, known) for path, page in kept.items()}


def _unlinked(page: Page, gone: Collection[str], made: frozenset[str], known: frozenset[str]) -> Page:
    folder = posixpath.dirname(page.path)

    def words(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found[1]))
        return found[2] if target in gone else found[0]

    def inner(found: re.Match[str]) -> str:
        return found[2] if f"{posixpath.normpath(found[1])}.html" in gone else found[0]

    return replace(
        page,
        markdown=unlinked(page.markdown, page.path, made, known) if page.markdown else page.markdown,
        sections=tuple(
            replace(section, html=_LINK.sub(words, _INNER.sub(inner, section.html)))
            for section in page.sections
        ),
    )
