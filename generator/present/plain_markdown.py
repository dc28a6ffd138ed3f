"""A page as plain Markdown, for programs that read text: beside each page as `….html.md`, listed by llms.txt.

What a page says in words, lists and tables is kept, with its links; drawings say what their title and their
table say. Nothing is added that the page does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

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
_SPACE = re.compile(r"\s+")
_HEADING = {f"h{level}": f"\n\n{'#' * level} " for level in range(1, 7)}
_TOKEN = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"']++|"[^"]*"|'[^']*')*)>|<!--.*?-->|([^<]+|<)""", re.DOTALL
)
"""Closing or not, name, attributes; or text. Our own HTML: every sign that is not markup is escaped."""
_HREF = re.compile(r"""\bhref=(?:"([^"]*)"|'([^']*)')""")
_SPAN = re.compile(r"""\b(row|col)span=["']?(\d+)""")
_SKIPPED = re.compile(
    r"<(svg|button|select|label|script|style|template|noscript)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)


class _Reader:
    """Writes down Markdown as it reads."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._hidden = 0
        self._links: list[str] = []
        self._lists: list[str] = []
        self._row: list[str] | None = None
        self._spans: dict[str, int] = {}
        self._below: dict[int, tuple[int, str]] = {}
        self._rows = 0
        self._cell = 0

    def read(self, html: str) -> None:
        """Read a piece of HTML; four of five of its letters are drawings, which are stepped over first."""
        for closes, tag, attributes, text in _TOKEN.findall(_SKIPPED.sub(_unless_nested, html)):
            if text:
                if not self._hidden:
                    self.out.append(_text(text))
            elif not tag:
                continue
            elif closes:
                self._end(tag.lower())
            else:
                self._start(tag.lower(), attributes)

    def _start(self, tag: str, attributes: str) -> None:
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
            found = _HREF.search(attributes)
            href = unescape(found[1] or found[2] or "") if found else ""
            usable = bool(href) and not href.startswith(("#", "javascript:", "data:"))
            self._links.append(href if usable else "")
            self.out.append("[" if usable else "")
        elif tag == "table":
            self.out.append("\n\n")
            self._rows = 0
            self._below = {}
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._cell = len(self.out)
            self._spans = (
                {name: int(n) for name, n in _SPAN.findall(attributes)} if "span" in attributes else {}
            )
        elif tag in _HEADING:
            self.out.append(_HEADING[tag])
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

    def _end(self, tag: str) -> None:
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
            self._put(self._row, text)
        elif tag == "tr" and self._row is not None:
            self._fill(self._row)
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
        elif (tag in _BREAKS or tag in _HEADING) and self._row is None:
            self.out.append("\n\n")

    def _put(self, row: list[str], text: str) -> None:
        """A cell in its column. One that reaches over several rows is said in each: Markdown knows no such
        cells, and without it all that follows would stand under another head."""
        self._fill(row)
        rows = self._spans.get("row", 1)
        if rows > 1:
            self._below[len(row)] = (rows - 1, text)
        row += [text, *[""] * (self._spans.get("col", 1) - 1)]

    def _fill(self, row: list[str]) -> None:
        """What reaches down from the rows above into the next columns."""
        while found := self._below.pop(len(row), None):
            left, text = found
            if left > 1:
                self._below[len(row)] = (left - 1, text)
            row.append(text)


def _unless_nested(found: re.Match[str]) -> str:
    """Nothing, where the end that was found is that of the beginning."""
    return found[0] if f"<{found[1].lower()}" in found[0][1:].lower() else ""


@lru_cache(maxsize=4096)
def _text(html: str) -> str:
    """Text between tags; much of it, units and signs, stands on every page."""
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", unescape(html)))


def as_markdown(html: str) -> str:
    """A piece of a page as Markdown; what is hidden, drawn or a control is left out."""
    reader = _Reader()
    reader.read(html)
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
