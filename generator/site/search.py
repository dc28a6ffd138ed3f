"""Our own search entries, one short entry a page, added to the index of Material's search plugin.

The plugin looks for jieba, which is slow to load and comes without a wheel; it is given rjieba, which cuts
alike. Short entries matter: under file:// the index is parsed on every page. What is private to the plugin
stands in `material_parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rjieba
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.present.page import Page
from generator.site.escaping import for_index, in_index
from generator.site.material_parts import (
    INDEX,
    INDEX_AS_SCRIPT,
    LUNR,
    cut,
    cut_by,
    loaded_for,
    search_index,
    search_plugin,
)

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


cut_by(Cutter)


def entries_of(config: MkDocsConfig, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """An entry for every page that brings its own, Chinese cut into words; none without a search plugin."""
    index = search_index(config)
    if index is None:
        return ()
    entries = []
    for page in pages:
        if page.search is None:
            continue
        entry: Entry = {
            "location": page.url,
            "title": cut(index, for_index(page.search.title)),
            "text": cut(index, for_index(page.search.text)),
        }
        if page.search.tags:
            entry["tags"] = [for_index(tag) for tag in page.search.tags]
        entries.append(entry)
    return tuple(entries)


def add_entries(config: MkDocsConfig, entries: Iterable[Entry]) -> None:
    """Append our own entries to those that the plugin made of hand-written pages."""
    index = search_index(config)
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
    asked = list(getattr(search_plugin(config), "config", {}).get("lang") or ())
    return path.removeprefix(LUNR) not in loaded_for(asked)


def write_offline_index(config: MkDocsConfig) -> None:
    """The index as a script, because a page opened from a folder may not fetch a file."""
    file = Path(config.site_dir) / INDEX
    if file.is_file():
        text = file.read_text(encoding="utf-8")
        file.with_suffix(".js").write_text(f"{INDEX_AS_SCRIPT}{text}", encoding="utf-8")
