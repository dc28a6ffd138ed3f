"""Our own search entries, one short entry a page, added to the index of Material's search plugin.

Four things here are private to that plugin and nowhere else in the house: the key it is registered under
(found by its suffix), how it cuts Chinese into words, the name of the library by which it does, and the files
that its worker loads for a language. It looks
for jieba, which is slow to load and comes without a wheel; it is given rjieba, which cuts alike. Short
entries matter: under file:// the index is parsed on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rjieba
from material.plugins.search import plugin as material_search
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.present.page import Page
from generator.site.escaping import for_index, in_index

LUNR = "assets/javascripts/lunr/"
"""Where Material keeps what its search needs for one language."""
CUTTERS = {"ja": "tinyseg.js", "hi": "wordcut.js", "th": "wordcut.js"}
"""What cuts the words of languages that write them together."""
Entry = dict[str, object]
"""One entry as the plugin's index has it."""


class Cutter:
    """Cuts Chinese into words, with the names that Material's plugin calls."""

    @staticmethod
    def cut(text: bytes) -> Iterable[str]:
        """The words of a run of Chinese characters in UTF-8."""
        words: Iterable[str] = rjieba.cut(text.decode("utf-8"), True)
        return words

    @staticmethod
    def set_dictionary(path: str) -> None:
        """Refused: the author's words would be cut with a dictionary that nobody read."""
        raise PluginError(f"search: jieba_dict ({path}) is not supported here; leave it out of mkdocs.yml")

    load_userdict = set_dictionary


material_search.jieba = Cutter


def entries_of(config: MkDocsConfig, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """An entry for every page that brings its own, Chinese cut into words; none without a search plugin."""
    index = _index(config)
    if index is None:
        return ()
    entries = []
    for page in pages:
        if page.search is None:
            continue
        entry: Entry = {
            "location": page.url,
            "title": index._segment_chinese(for_index(page.search.title)),
            "text": index._segment_chinese(for_index(page.search.text)),
        }
        if page.search.tags:
            entry["tags"] = [for_index(tag) for tag in page.search.tags]
        entries.append(entry)
    return tuple(entries)


def add_entries(config: MkDocsConfig, entries: Iterable[Entry]) -> None:
    """Append our own entries to those that the plugin made of hand-written pages."""
    index = _index(config)
    if index is not None:
        for entry in index.entries:
            entry.update({name: in_index(entry[name]) for name in ("title", "text")})
        index.entries.extend(entries)


def is_unasked(config: MkDocsConfig, path: str) -> bool:
    """Whether a file of Material's serves only languages that this search does not load.

    What it knows of thirty languages is a megabyte a site. Kept is what its worker (`search.js`) asks for.
    """
    if not path.startswith(LUNR):
        return False
    asked = list(getattr(_plugin(config), "config", {}).get("lang") or ())
    loaded = {f"min/lunr.{language}.min.js" for language in asked if language != "en"}
    loaded |= {CUTTERS[language] for language in asked if language in CUTTERS}
    loaded |= {"min/lunr.multi.min.js"} if len(asked) > 1 else set()
    loaded |= {"min/lunr.stemmer.support.min.js"} if loaded else set()
    return path.removeprefix(LUNR) not in loaded


def write_offline_index(config: MkDocsConfig) -> None:
    """The index as a script, because a page opened from a folder may not fetch a file."""
    file = Path(config.site_dir) / "search" / "search_index.json"
    if file.is_file():
        text = file.read_text(encoding="utf-8")
        file.with_suffix(".js").write_text(f"var __index = {text}", encoding="utf-8")


def _index(config: MkDocsConfig) -> Any:
    return getattr(_plugin(config), "search_index", None)


def _plugin(config: MkDocsConfig) -> Any:
    return next((item for name, item in config.plugins.items() if name.rpartition("/")[2] == "search"), None)
