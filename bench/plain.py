"""Writes a handbook as authors without the product would: one Markdown file a page, all in the navigation.

The pages are those of `handbook export markdown`, with lists and tables in Markdown's own marks and the same
drawings as inline SVG, and with links to source files, which MkDocs follows and checks. Each language stays a
MkDocs project of its own, which is how Material does languages, and cheaper than one with twice the pages.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

# What Markdown has no marks for is kept as HTML: drawings, and the data of interactive charts.
_verbatim = re.compile(r"<(svg|script|style|template)\b.*?</\1>", re.DOTALL)
_marks = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_blocks = re.compile("p|div|section|article|header|nav|aside|fig.*|details|summary|d[ldt]|table|ul|ol")
_heading = re.compile("h[1-6]")


class _Writer(HTMLParser):
    """HTML to Markdown: what a page of the handbook holds, not all that HTML can say."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._kept = kept
        self._lists: list[str] = []
        self._rows: list[list[str]] | None = None
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "x-kept":
            self._keep(self._kept[int(given["n"] or 0)])
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
        elif tag in ("ul", "ol"):
            self._lists.append(tag)
            self._write("\n")
        elif tag == "li":
            self._write(
                "\n" + "    " * (len(self._lists) - 1) + ("1. " if self._lists[-1:] == ["ol"] else "- ")
            )
        elif _heading.fullmatch(tag):
            self._write(f"\n\n{'#' * int(tag[1])} ")
        elif tag == "a" and given.get("href") and given.get("class") != "headerlink":
            self._links.append(given["href"] or "")
            self._write("[")
        elif tag == "a":
            self._links.append("")
        elif tag in _marks:
            self._write(_marks[tag])
        elif tag == "br":
            self._write("<br>")
        elif _blocks.fullmatch(tag) and not self._lists:
            self._write("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            self._write("\n\n" + "\n".join(_pipes(rows)) + "\n\n")
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            self._write("\n")
        elif tag == "a" and self._links:
            target = self._links.pop()
            self._write(f"]({re.sub(r'[.]html(?=#|$)', '.md', target)})" if target else "")
        elif tag in _marks:
            self._write(_marks[tag])
        elif tag == "span":
            self._write(" ")
        elif _heading.fullmatch(tag) or (_blocks.fullmatch(tag) and not self._lists):
            self._write("\n\n")

    def handle_data(self, data: str) -> None:
        if data != "¶":
            self._write(html.escape(re.sub(r"\s+", " ", data), quote=False))

    def _keep(self, raw: str) -> None:
        line = re.sub(r"\s*\n\s*", " ", raw)
        self._write(line if self._rows or self._lists else f"\n\n<figure>{line}</figure>\n\n")

    def _write(self, text: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] += text.replace("\n", " ").replace("|", "\\|")
        elif self._rows is None:
            self.out.append(text)


def _pipes(rows: list[list[str]]) -> Iterator[str]:
    width = max(map(len, rows), default=0)
    for number, row in enumerate(rows):
        cells = [cell.strip() for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + " --- |" * width


def make(export: Path, target: Path) -> tuple[Path, ...]:
    """Copy an export with its pages rewritten; returns each language's mkdocs.yml, the first one's first."""
    shutil.copytree(export, target)
    for page in target.glob("docs*/**/*.md"):
        # A section of the export is a heading, then one block of HTML without a blank line in it.
        parts = page.read_text(encoding="utf-8").split("\n\n")
        texts = (to_markdown(part) if part.startswith("<div>\n") else part for part in parts)
        page.write_text("\n\n".join(text.strip() for text in texts) + "\n", encoding="utf-8")
    # The first language is built first: the others go into folders of its site.
    configs = (target / "mkdocs.yml", *sorted(target.glob("mkdocs.*.yml")))
    for config in configs:
        # Pruning is a way out for those who measured; a full navigation on every page is what one gets.
        text = config.read_text(encoding="utf-8").replace("  - navigation.prune\n", "")
        config.write_text(text, encoding="utf-8")
    return configs


def to_markdown(page: str) -> str:
    """The HTML of one section as plain Markdown."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f'<x-kept n="{len(kept) - 1}"></x-kept>'

    writer = _Writer(kept)
    writer.feed(_verbatim.sub(keep, page))
    writer.close()
    lines = (line.rstrip() for line in "".join(writer.out).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
