"""Our pages as MkDocs pages: ready HTML that bypasses Markdown, alone or after hand-written text.

Measured on 1,000 pages, leaving Markdown out and keeping leaf pages out of the navigation makes a build more
than ten times cheaper.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from generator.present.page import Page, body, opening, with_inserts
from generator.present.text.unbroken import unbroken


class HandbookPage(MkDocsPage):
    """A MkDocs page made from one of ours."""

    def __init__(self, page: Page, title: str, file: File, config: MkDocsConfig, permalink: str) -> None:
        # Escaped text, marked as such: some of Material's templates take tags off a title.
        super().__init__(escape(title), file, config)
        self.handbook = page
        self._named_by_page = title == page.title
        self._permalink = permalink
        self._rendered = False
        self._given: str | None = None
        self._read: str | None = None
        self.aside: str | None = None
        """The HTML while the search plugin looks at the page."""

    @property
    def is_index(self) -> bool:
        """Whether the navigation shows the page as its chapter; one that is called like it, besides MkDocs'
        `index.md`: else the chapter and its first page would stand there under one name."""
        return self.handbook.is_index or bool(super().is_index)

    def renew(self, page: Page) -> None:
        """Another state of the page, at the same place of the navigation."""
        self.handbook = page
        if self._named_by_page:
            self.title = escape(page.title)
        self._given = self._read = self.aside = None
        self._rendered = False

    @property
    def content(self) -> str | None:
        """The page's HTML: read when it is asked for, and not kept where nobody changes it.

        MkDocs renders all pages before it writes the first one; their HTML would all be in memory.
        """
        if self._given is not None or not self._rendered:
            return self._given
        if self._read is None:
            self._read = body(self.handbook, self._permalink)
        return self._read

    @content.setter
    def content(self, html: str | None) -> None:
        if html is None or html is not self._read:
            self._given, self._rendered = html, False
        self._read = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Meta data and the hand-written text; the search plugin leaves pages with their own entry alone."""
        self.markdown = self.handbook.markdown
        self.meta = dict(self.handbook.meta)
        if self.handbook.search is not None:
            self.meta["search"] = {"exclude": True}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """The sections' HTML, after the hand-written text where there is any."""
        page = self.handbook
        if page.markdown:
            try:
                super().render(config, files)
            except RecursionError:
                place = f"content/{page.path} ({page.language})"
                raise PluginError(f"{place}: nested too deeply; take lists and quotes apart") from None
            tokens: Any = _tokens(page)
            tail = get_toc(tokens).items
            items = self.toc.items
            (items[0].children if items else items).extend(tail)
            written = with_inserts(page, unbroken(self.content or ""), _searched)
            written = written.replace("</h1>", f"</h1>\n{opening(page)}", 1)
            self.content = f"{written}\n{body(page, self._permalink)}"
            self.present_anchor_ids = (self.present_anchor_ids or set()) | page.anchors
            return
        self._rendered = True
        self.toc = get_toc(_tokens(page))
        self.present_anchor_ids = set(page.anchors)
        self.links_to_anchors = {}


def _searched(html: str) -> str:
    """A piece within hand-written text, which the search plugin reads: not the letters of its drawings."""
    return html.replace("<svg ", "<svg data-search-exclude ")


class StoredFile(File):
    """A file of ours whose content is read when it is written."""

    handed: Mapping[str, bytes]

    @classmethod
    def of(cls, config: MkDocsConfig, path: str, files: Mapping[str, bytes]) -> StoredFile:
        """The file at a path of `files`."""
        made = cast("StoredFile", cls.generated(config, path, content=b""))
        made.handed = files
        return made

    @property
    def content_bytes(self) -> bytes:
        """What MkDocs, its plugins and templates see of it."""
        return self.handed[self.src_uri]

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.handed = {self.src_uri: value}

    @property
    def content_string(self) -> str:
        """The same as text."""
        return self.content_bytes.decode("utf-8-sig")

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.content_bytes = value.encode()

    def copy_file(self, dirty: bool = False) -> None:
        """Write it; always, because it is not older than what it is made of."""
        place = Path(self.abs_dest_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(self.content_bytes)


def _tokens(page: Page) -> list[Any]:
    """The table of contents as Python-Markdown gives it: sections under the page's title."""
    sections = [
        {"level": section.level, "id": section.id, "name": escape(section.title), "children": []}
        for section in page.sections
        if section.title
    ]
    if sections and sections[0]["level"] == 1:
        return [{**sections[0], "children": sections[1:]}]
    return sections
