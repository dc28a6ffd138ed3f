"""Checks the links of generated pages: MkDocs does not see them, because their HTML bypasses it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from sys import intern
from urllib.parse import unquote

from generator.present.page import LanguageSite

_href = re.compile(r'<a [^>]*?href="([^"]*)"')
# Text at the start of a pattern is found many times faster than a `\b` or `\s` there.
_ids = re.compile(r' id="([^"]+)"')


def broken_links(site: LanguageSite) -> Iterator[str]:
    """One sentence for every link of a generated page that leads nowhere."""
    anchors: dict[str, frozenset[str]] = {}
    links: dict[str, list[str]] = {}
    for page in site.pages:
        texts = [section.html for section in page.sections]
        anchors[page.url] = page.anchors.union(*map(_ids.findall, texts))
        links[page.url] = [intern(href) for text in texts for href in _href.findall(text)]
    written = {page.url for page in site.pages if page.markdown}
    for page in site.pages:
        folder = posixpath.dirname(page.url)
        for href in links[page.url]:
            if re.match(r"[a-z][a-z0-9+.-]*:|//", href):
                continue
            path, _, anchor = href.partition("#")
            target = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else page.url
            if target in site.files or target in site.attachments or target in site.elsewhere:
                continue
            if target not in anchors:
                yield f"{page.path}: the link to '{href}' leads to no page"
            elif anchor and "=" not in anchor and anchor not in anchors[target] and target not in written:
                yield f"{page.path}: the link to '{href}' names an anchor that the page does not have"
