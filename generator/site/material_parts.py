"""What of Material for MkDocs is no promise of its makers and used here all the same, and nowhere else.

After an update of Material its test (`tests/unit/test_material_parts.py`) says which of these has changed;
with another frame than Material's this is the module to write anew. What its documentation promises (names of
features, colours, settings) is not in it. The page on builders tells what to do when one of them ends.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import material
from material.plugins.search import plugin as _search
from mkdocs.config.defaults import MkDocsConfig

OWN = Path(material.__file__).parent
"""Where its templates and files lie: what is not in it is an author's."""
SAME_ON_LEAVES = tuple(
    f"partials/{name}.html" for name in ("nav", "tabs", "path", "search", "palette", "alternate", "footer")
)
"""Parts of its frame that depend on nothing of a page but where the page stands in the navigation."""
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
"""How a script stands in its templates, without attributes; with some (analytics) it is left as it is."""
PUT_IN = re.compile(r'"(\{\{[^{}]*\}\})"')
"""A value of the page inside such a script: a text in double quotes and nothing else."""
TITLES_AS_HTML = "content.tooltips"
"""The feature with which its script inserts the `title` of anything on a page as HTML."""
LUNR = "assets/javascripts/lunr/"
"""Where it keeps what its search needs for one language."""
SCOPE = re.compile(r'(/base\.[0-9a-f]{8}\.js" data-v0)="\.[./]*"')
"""Where a page, its inline scripts moved to files, says what place the reader's choices are kept for: the
site's root, unless an author names another."""
WORKER = re.compile(r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js")
"""Its search worker, which its templates name; it is asked by messages (0: these entries, 1: ready, 2: this
query, 3: this was found), and shows title and text of what is found as HTML."""
OWN_WORKER = "assets/search.js"
"""What answers these messages in its place."""
NONE_FOUND = 'lang.t("search.result.none")'
"""What its templates say where nothing is found."""
BREADCRUMBS = """<nav class="md-path" aria-label="{{ lang.t('nav') }}\""""
"""How its breadcrumbs begin: they are called as the navigation is, which the two may not be."""
PALETTE = 'data-md-component="palette"'
"""How its script finds the switch between light and dark."""
OWN_PALETTE = "data-hb-palette"
"""How ours finds it in its place."""
INDEX = "search/search_index.json"
"""Where its plugin writes the index, below the site."""
INDEX_AS_SCRIPT = "var __index = "
"""What its script reads under file://, from a file of the same name that ends with .js."""
SHIM = "assets/vendor/iframe-worker/shim.js"
"""Lets its search run from a folder: among `extra.polyfills`, by a path that holds `iframe-worker`."""


def is_own(filename: str | None) -> bool:
    """Whether a template is Material's and not one that an author put in its place."""
    return filename is not None and Path(filename).is_relative_to(OWN)


def search_plugin(config: MkDocsConfig) -> Any:
    """Its search plugin, which is registered as `search` or `material/search`; None without one."""
    return next((item for name, item in config.plugins.items() if name.rpartition("/")[2] == "search"), None)


def search_index(config: MkDocsConfig) -> Any:
    """The plugin's index, whose `entries` are dicts with location, title and text; None without a search."""
    return getattr(search_plugin(config), "search_index", None)


def cut_by(library: object) -> None:
    """Let the plugin cut Chinese by another library than jieba, for which it looks under this name."""
    _search.jieba = library


def mended(source: str) -> str:
    """A template that asks our worker and our switch, and says in the handbook's words that nothing is found
    and what the breadcrumbs are."""
    source = WORKER.sub(OWN_WORKER, source).replace(NONE_FOUND, "config.extra.nothing_found")
    source = source.replace(PALETTE, OWN_PALETTE)
    return source.replace(BREADCRUMBS, BREADCRUMBS.replace("lang.t('nav')", "config.extra.breadcrumbs"))
