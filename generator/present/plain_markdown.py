"""A page as plain Markdown, for programs that read text: beside each page as `….html.md`, listed by llms.txt.

What a page says in words, lists and tables is kept, with its links; drawings say what their title and their
table say. Nothing is added that the page does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from generator.present.page import INSERT, LanguageSite, Page, with_inserts

_LEFT_OUT = frozenset(
    ("script", "style", "svg", "template", "button", "select", "input", "label", "noscript")
)
"""What says nothing outside a browser; the table beneath a chart says what its drawing shows."""
_BREAKS = frozenset(
    ("p", "div", "section", "figure", "figcaption", "details", "summary", "dl", "nav", "header", "blockquote")
)
_VOID = frozenset(("input", "br", "img", "hr", "wbr", "meta", "link", "col"))
_MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


class _Reader(HTMLParser):
    """Writes down Markdown as it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._hidden = 0
        self._links: list[str] = []
        self._lists: list[str] = []
        self._row: list[str] | None = None
        self._rows = 0
        self._cell = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._hidden += tag not in _VOID
            return
        if self._hidden:
            return
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag == "li":
            self.out.append(f"\n{'  ' * max(len(self._lists) - 1, 0)}- ")
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            usable = bool(href) and not href.startswith(("#", "javascript:", "data:"))
            self._links.append(href if usable else "")
            self.out.append("[" if usable else "")
        elif tag == "table":
            self.out.append("\n\n")
            self._rows = 0
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._cell = len(self.out)
        elif re.fullmatch("h[1-6]", tag):
            self.out.append(f"\n\n{'#' * int(tag[1])} ")
        elif tag in _MARKS:
            self.out.append(_MARKS[tag])
        elif tag == "br":
            self.out.append(" " if self._row is not None else "\n")
        elif tag == "dt":
            self.out.append("\n\n**")
        elif tag == "dd":
            self.out.append(" ")
        elif tag in _BREAKS and self._row is None:
            self.out.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._hidden -= bool(self._hidden) and tag not in _VOID
            return
        if self._hidden:
            return
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self.out.append("\n" if not self._lists else "")
        elif tag == "a" and self._links:
            href = self._links.pop()
            self.out.append(f"]({href})" if href else "")
        elif tag in ("td", "th") and self._row is not None:
            text = " ".join("".join(self.out[self._cell :]).split())
            del self.out[self._cell :]
            self._row.append(text)
        elif tag == "tr" and self._row is not None:
            self.out.append(f"| {' | '.join(self._row)} |\n")
            if not self._rows:
                self.out.append(f"|{' --- |' * len(self._row)}\n")
            self._rows += 1
            self._row = None
        elif tag == "dt":
            self.out.append("**:")
        elif tag == "span":
            self.out.append(" ")
        elif tag in _MARKS:
            self.out.append(_MARKS[tag])
        elif (tag in _BREAKS or re.fullmatch("h[1-6]", tag)) and self._row is None:
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.out.append(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))


def as_markdown(html: str) -> str:
    """A piece of a page as Markdown; what is hidden, drawn or a control is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = re.sub(r"\*\*\s*\*\*|``", "", "".join(reader.out))
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\n[ \t]+(?=[|*#])", "\n", text)
    text = re.sub(r"(?<=\S)[ \t]{2,}", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def page_markdown(page: Page) -> str:
    """A whole page, its hand-written text as it was written."""
    written = with_inserts(page, page.markdown.strip(), as_markdown)
    parts = [written] if written else [f"# {page.title}"]
    for section in page.sections:
        if section.level == INSERT:
            continue
        if section.title and section.level > 1:
            parts.append(f"{'#' * section.level} {section.title}")
        parts.append(as_markdown(section.html))
    return "\n\n".join(part for part in parts if part) + "\n"


def llms_txt(site: LanguageSite) -> str:
    """The pages of a language with what each is about, by chapter: the form of llmstxt.org."""
    lines = [f"# {site.title}", ""]
    for chapter in site.chapters:
        lines += [f"## {chapter.title}", "", *_listed(chapter.pages), ""]
    return "\n".join(lines)


def _listed(pages: Iterable[Page]) -> Iterable[str]:
    for page in pages:
        about = page.meta.get("description")
        told = f": {' '.join(about.split())}" if isinstance(about, str) and about.strip() else ""
        yield f"- [{page.title}]({page.url}.md){told}"
