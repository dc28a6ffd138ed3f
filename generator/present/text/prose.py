"""Authors' Markdown from the data as safe HTML.

Prose may hold emphasis, lists, links, code and tables. Raw HTML is shown as text: it is escaped before
Markdown sees it, and what comes out passes an allow-list as a second wall.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup, escape

TAGS = {
    "p",
    "br",
    "hr",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}}
SCHEMES = {"http", "https", "mailto"}

_markdown = Markdown(
    extensions=["tables", "sane_lists"],
    extension_configs={"tables": {"use_align_attribute": True}},
    output_format="html",
)
_markdown.preprocessors.deregister("html_block")
_markdown.inlinePatterns.deregister("html")
_heading = re.compile(r"^(```|~~~)[\s\S]*?^\1|^ {0,3}#.*$|^[^\s<].*(?=\n(?:=+|-+)[ \t]*$)", re.MULTILINE)
"""A heading in either form; or a fence with its mark, in which nothing is a heading."""
_code_or_address = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<https?://[^<>\s\"']*>|<")
_marks = re.compile(r"[!-,:<-@\[-`{-~]")
_plain = re.compile(r"[\w\s,.;:!?，。；：！？、（）()%+\-/“”\"'’]*\Z")


@lru_cache(maxsize=4096)
def render_prose(text: str) -> Markup:
    """Markdown to paragraphs of HTML; empty text gives nothing."""
    if not text.strip():
        return Markup("")
    html = _markdown.reset().convert(text)
    return Markup(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"))


def render_inline(text: str) -> Markup:
    """Markdown for the middle of a line: one paragraph loses its frame, plain words skip the parser."""
    if _plain.match(text) and "\n" not in text:
        return escape(text)
    html = render_prose(text)
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return Markup(inner) if "<p>" not in inner else html


def plain(text: str) -> str:
    """The words of a Markdown text without its marks, for search and descriptions."""
    if not text.strip():
        return ""
    html = nh3.clean(render_prose(text), tags=set())
    return re.sub(r"\s+", " ", Markup(html).unescape()).strip()


def spelled(text: str) -> str:
    """Text in which neither Markdown nor HTML finds a mark: what could be one as a character reference."""
    return _marks.sub(lambda found: f"&#{ord(found[0])};", text)


def with_plain_headings(markdown: str) -> str:
    """Hand-written Markdown whose headings hold no HTML: they become titles, which are text everywhere."""
    return _heading.sub(lambda found: found[0] if found[1] else _without_html(found[0]), markdown)


def _without_html(heading: str) -> str:
    """A heading in which `<` is a letter, outside of code and of addresses in angle brackets."""
    return _code_or_address.sub(lambda found: found[0] if found[0] != "<" else "&lt;", heading)
