"""Which of the host's variables are HTML and which are text.

Material's templates escape nothing: MkDocs renders them without autoescape, and a title of ours that holds
`<` would be markup wherever they write it. Here autoescape is switched on for them, and what is HTML
(content, titles in a table of contents, the copyright line of mkdocs.yml) is marked as such. Titles of
pages come as escaped text that is marked already, because some templates strip tags off them, and the search
plugin puts them into its index, which Material's scripts insert as HTML.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from jinja2 import Environment
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

_runs = re.compile(r"(javascript|vbscript):|data:(?!image/)", re.IGNORECASE)
_reference = re.compile(r"&#?[0-9A-Za-z]*;?")
_escaped_reference = re.compile(r"&amp;(#?[0-9A-Za-z]*;?)")


class Harmless(Extension):
    """Takes from hand-written Markdown what would run: handlers in attribute lists, addresses of scripts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Last of all, when links and attributes stand."""
        md.treeprocessors.register(_Harmless(md), "handbook-harmless", -100)


class _Harmless(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in list(element.attrib.items()):
                # An attribute list may name one without a value: `{.wide hidden}`.
                address = re.sub(r"[\x00-\x20]", "", unescape(value or ""))
                if name.lower().startswith("on") or _runs.match(address):
                    del element.attrib[name]


def escape_by_default(environment: Environment) -> None:
    """Let the templates escape what is not marked as HTML; before any of them is loaded."""
    environment.autoescape = True


def mark_configuration(config: MkDocsConfig) -> None:
    """The one line of mkdocs.yml that is HTML by its definition."""
    if config.copyright:
        config.copyright = Markup(config.copyright)


def mark_page(page: Page) -> None:
    """What of a finished page is HTML; after every plugin that changes it as a string."""
    page.content = Markup(page.content or "")
    for item in page.toc:
        _mark(item)


def _mark(item: AnchorLink) -> None:
    # Markdown strips tags, but not one that is left open; so the text is taken and escaped anew.
    item.title = escape(unescape(item.title))
    for child in item.children:
        _mark(child)


def for_index(text: str) -> str:
    """Text as the search index has it, which Material's scripts insert as HTML: without markup.

    `&` stays where it begins no character reference, because a query (`R&D`) is compared letter by letter.
    """
    return _reference.sub(_escaped, text).replace("<", "&lt;").replace(">", "&gt;")


def in_index(html: str) -> str:
    """The same for what the search plugin made of a hand-written page, where every `&` is escaped."""
    return _escaped_reference.sub(lambda found: _escaped(f"&{found[1]}"), html)


def _escaped(found: re.Match[str] | str) -> str:
    """`&` and what follows it, escaped where a browser would take it for a character."""
    told = found if isinstance(found, str) else found[0]
    return told if unescape(told) == told else f"&amp;{told[1:]}"
