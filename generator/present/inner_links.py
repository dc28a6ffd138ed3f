"""Links in authors' texts: they name a page's source from the top of the site, and a page lies anywhere.

The address of such a link depends on the page that the text stands on: it is made when all pages are known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote, unquote

from generator.present.page import Page

_link = re.compile(r'<a href="([^":?#]+\.md)(#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_file = re.compile(r'(<a href=")([^":?#]+)(?=["#])')


def with_inner_links(
    pages: Mapping[str, Page], files: Collection[str] = (), others: Collection[str] = ()
) -> Iterator[Page]:
    """The pages with these links relative to each; words alone where the edition has no such page.

    `files` are the attachments that lie beside the pages, by their path from the top; `others` are the paths
    of pages that the site has besides.
    """
    known = {*pages, *others}
    for page in pages.values():
        linked = _linked(page, known)
        yield _with_files(linked, files) if files else linked


def _with_files(page: Page, files: Collection[str]) -> Page:
    folder = posixpath.dirname(page.path)
    if not folder:
        return page

    def put(match: re.Match[str]) -> str:
        path = posixpath.normpath(unquote(match[2]))
        return f"{match[1]}{quote(posixpath.relpath(path, folder))}" if path in files else match[0]

    return replace(
        page,
        sections=tuple(replace(section, html=_file.sub(put, section.html)) for section in page.sections),
    )


def _linked(page: Page, known: Collection[str]) -> Page:
    if not any('.md"' in text or ".md#" in text for text in (section.html for section in page.sections)):
        return page
    folder = posixpath.dirname(page.path) or "."

    def put(match: re.Match[str]) -> str:
        path, anchor, words = match[1], match[2] or "", match[3]
        if posixpath.normpath(path) not in known:
            return words
        target = posixpath.relpath(f"{posixpath.normpath(path).removesuffix('.md')}.html", folder)
        return f'<a href="{target}{anchor}">{words}</a>'

    return replace(
        page,
        sections=tuple(replace(section, html=_link.sub(put, section.html)) for section in page.sections),
    )
