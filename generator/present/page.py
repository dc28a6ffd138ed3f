"""What a page is, before anything knows where it will be written.

A page is a path, a title, a language and sections of ready HTML; a hand-written page has Markdown as well.
Two writers use the same pages: the MkDocs plugin and the plain Markdown tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from markupsafe import Markup

from generator.present.brand import BrandLook
from generator.present.store import Store, StoredFiles, StoredText
from generator.present.text.asked import without_marks_in_tags
from generator.present.text.own_words import NONE, OwnWords
from generator.present.text.unbroken import unbroken

INSERT = 0
"""The level of a piece that stands within the hand-written text, at its mark."""
_insert = re.compile(r"<p>\s*\ue000(\d+)\ue001\s*</p>|\ue000(\d+)\ue001")


@dataclass(frozen=True)
class Section:
    """One part of a page; `level` 1 is the opening under the page's own title, 0 an insert."""

    id: str
    level: int
    title: str
    html: StoredText = StoredText()  # noqa: RUF009 - a descriptor, not a default
    """A text, which may have been put away (`stored`)."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What search finds a page by: short, because every page loads the whole index."""

    title: str
    text: str
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other names, which go before what stands in the text."""
    codes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Who answers for it: roles and names that the edition may show."""
    value: str = ""
    """The newest value with its unit, which a hit shows."""
    status: tuple[str, str] | None = None
    """How it stands: kind and word."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language."""

    path: str
    """Address of the source inside the language's tree, as `indicators/order-cycle-time.md`."""
    title: str
    language: str
    chapter: str
    """The part of the site it belongs to: `home`, `indicators`, …, or the folder of a hand-written page."""
    sections: tuple[Section, ...] = ()
    markdown: str = ""
    """Hand-written text that opens the page, with its own heading of the first level."""
    meta: Mapping[str, object] = field(default_factory=dict)
    search: SearchEntry | None = None
    """None: the page is searched by its own text."""
    order: float = 0
    """Place among the pages of its chapter."""
    lead_on_top: bool = False
    """Whether the opening section stands right under the heading of hand-written text, not after it."""
    is_index: bool = False
    """Whether it opens its chapter."""
    embed: str = ""
    """The small page that others may frame, as whole HTML; empty where there is none."""

    @property
    def url(self) -> str:
        """Address of the built page inside the language's tree."""
        return self.path.removesuffix(".md") + ".html"

    @property
    def anchors(self) -> frozenset[str]:
        """Anchors that a link may name, those of hand-written text left out."""
        return frozenset(section.id for section in self.sections if section.level != INSERT)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One entry of the site's main navigation."""

    id: str
    title: str
    pages: tuple[Page, ...]
    """Its index first."""


@dataclass(frozen=True, slots=True)
class LanguageSite:
    """All pages of one language in the order of the navigation, with the files that go beside them."""

    language: str
    title: str
    chapters: tuple[Chapter, ...]
    files: StoredFiles = field(default_factory=StoredFiles)
    footer: Markup = Markup()
    """One line under every page: what it is as of, who keeps the handbook, where questions go."""
    attachments: frozenset[str] = frozenset()
    """Files of content/ that are published beside the pages, by their path there."""
    own: OwnWords = NONE
    """The handbook's own words, for what is said around the pages."""
    brand: BrandLook | None = None
    made_by: Mapping[str, str] = field(default_factory=dict)
    """The kind that makes a page, by the page's path; none of those that authors wrote."""
    elsewhere: frozenset[str] = frozenset()
    """Of a further language: the paths of files that are the same in every language and stand once, beside
    the pages of the first one."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, chapter by chapter."""
        return tuple(page for chapter in self.chapters for page in chapter.pages)


def stored(page: Page, store: Store) -> Page:
    """The page, its sections put away."""
    sections = (replace(section, html=store.put(section.html.encode())) for section in page.sections)
    return replace(page, sections=tuple(sections))


def heading(section: Section, permalink: str) -> str:
    """The heading of a section as Material writes it, with its anchor; dates in it do not break."""
    link = f'<a class="headerlink" href="#{section.id}" title="{escape(permalink)}">&para;</a>'
    return (
        f'<h{section.level} id="{section.id}">{unbroken(escape(section.title, quote=False))}'
        f"{link if section.level > 1 else ''}</h{section.level}>"
    )


def body(page: Page, permalink: str) -> str:
    """The page's sections as one piece of HTML, without an opening that stands elsewhere."""
    return "\n".join(
        f"{heading(section, permalink)}\n{section.html}" if section.title else section.html
        for section in page.sections
        if section.level != INSERT and not (page.lead_on_top and section.level == 1)
    )


def opening(page: Page) -> str:
    """The HTML that stands right under the heading of the hand-written text."""
    return "".join(section.html for section in page.sections if page.lead_on_top and section.level == 1)


def insert_mark(number: int) -> str:
    """What stands in hand-written text for an insert until it is put in: letters that nobody writes."""
    return f"\ue000{number}\ue001"


def insert_id(number: int) -> str:
    """The id of the section that is put in at a mark."""
    return f"insert-{number}"


def with_inserts(page: Page, text: str, put: Callable[[str], str] = str) -> str:
    """The page's hand-written text, or what became of it, with its inserts at their marks.

    `put` says the HTML of one otherwise.
    """
    held = {section.id: section.html for section in page.sections if section.level == INSERT}
    if not held:
        return text

    def place(mark: re.Match[str]) -> str:
        html = held.get(insert_id(int(mark[1] or mark[2])))
        if html is None:
            return mark[0]
        # A value alone on its line is still a sentence; all others take the place of the paragraph.
        return f"<p>{put(html)}</p>" if mark[1] and html.startswith("<span") else put(html)

    return _insert.sub(place, without_marks_in_tags(text, _insert))
