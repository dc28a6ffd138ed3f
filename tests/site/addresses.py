"""Addresses on pages, in styles and in scripts: what a browser loads, and where links lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from tests.built import Site
from tests.document import Document, Element

LOADED = {
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("embed", "src"),
    ("source", "src"), ("source", "srcset"), ("track", "src"), ("video", "src"), ("video", "poster"),
    ("audio", "src"), ("input", "src"), ("object", "data"), ("use", "href"), ("use", "xlink:href"),
    ("image", "href"), ("image", "xlink:href"), ("body", "background"), ("base", "href"),
    ("form", "action"), ("a", "ping"), ("feimage", "href"), ("feimage", "xlink:href"), ("script", "href"),
    ("script", "xlink:href"),
}  # fmt: skip
"""Where an element names something that a browser loads or sends to by itself. <link> is looked at apart."""
LINKED = LOADED | {("a", "href"), ("a", "xlink:href"), ("link", "href"), ("area", "href")}
_outside = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
_css_address = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_address_in_script = re.compile(r"""(?:https?:|wss?:|(?<=["'`]))//[A-Za-z0-9.-]+\.[A-Za-z]{2,}[^\s"'`<>)]*""")
_block_comment = re.compile(r"/\*.*?\*/", re.DOTALL)
_line_comment = re.compile(r"(?:^|(?<=[\s;{}]))//.*$")


def inside(address: str) -> bool:
    """Whether an address stays in the site; data: is part of the page itself."""
    return not _outside.match(address) or address.startswith("data:")


def loaded_by(document: Document) -> Iterator[tuple[Element, str]]:
    """Every address that a browser loads when it opens the page."""
    for element in document.elements:
        for name, value in element.attributes.items():
            if (element.tag, name) in LOADED and value:
                for part in value.split(",") if name == "srcset" else [value]:
                    yield element, part.split()[0]
            elif element.tag == "link" and name == "href" and element.get("rel") != "canonical":
                yield element, value
            elif name == "style" or (element.tag not in {"a", "link"} and "url(" in value):
                for address in css_addresses(value):
                    yield element, address
        if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
            yield element, element.get("content").partition("=")[2]
    for element, text in document.texts:
        if element.tag == "style":
            for address in css_addresses(text):
                yield element, address


def css_addresses(text: str) -> Iterator[str]:
    for match in _css_address.finditer(_block_comment.sub("", text)):
        yield match[1] or match[2]


def script_addresses(text: str) -> set[str]:
    """Addresses in a script outside its comments; line comments are sought in short lines only, for in a
    line of a minified script what looks like one may be a pattern."""
    lines = _block_comment.sub("", text).splitlines()
    code = "\n".join(_line_comment.sub("", line) if len(line) < 300 else line for line in lines)
    return {match[0].rstrip(".,;\\") for match in _address_in_script.finditer(code)}


def resolved(page: str, address: str) -> tuple[str, str]:
    """The file and anchor that an address on a page means; addresses of error pages start at the root."""
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return page, unquote(anchor)
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/"), unquote(anchor)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), unquote(anchor)


def links_of(site: Site, page: str) -> Iterator[tuple[Element, str]]:
    """Every address inside the site that a page names."""
    for element in site.document(page).elements:
        for name, address in element.attributes.items():
            if (element.tag, name) in LINKED and not _outside.match(address):
                yield element, address


def broken_links(site: Site, page: str) -> Iterator[str]:
    """One line for every address on a page that leads to no file, or to no anchor in it."""
    for element, address in links_of(site, page):
        target, anchor = resolved(page, address)
        if target not in site.paths:
            yield f"{page}:{element.line}: <{element.tag}> {address!r}: no such file"
        elif "=" in anchor:
            if not has_filter(site, target, anchor):
                yield f"{page}:{element.line}: <{element.tag}> {address!r}: no such filter"
        elif anchor and target.endswith(".html") and not has_anchor(site, target, anchor):
            yield f"{page}:{element.line}: <{element.tag}> {address!r}: no such anchor"


def has_anchor(site: Site, page: str, anchor: str) -> bool:
    return anchor in site.document(page).ids or any(
        e.get("name") == anchor for e in site.document(page).all("a")
    )


def has_filter(site: Site, page: str, state: str) -> bool:
    """Whether a page's filter can be set so; its state stands behind # as `field=value&field=value`."""
    fields = {
        field.get("name"): field
        for field in site.document(page).elements
        if field.tag in {"select", "input"} and any(outer.get("data-hb-filter") for outer in field.around)
    }
    for name, value in parse_qsl(state):
        field = fields.get(name)
        if field is None:
            return False
        if field.tag == "select" and value not in {option.get("value") for option in field.children}:
            return False
    return True
