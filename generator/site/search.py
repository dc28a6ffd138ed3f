"""Our own search: one short entry a page, for a worker of ours in the place of Material's.

Material's plugin reads hand-written pages and writes the index; our entries are added to it, every entry is
told what kind of page it is of and how its title sounds, and the index is written without what only lunr
needed: the marks between Chinese words. `theme/assets/search.js` looks through the entries. Short entries
matter: under file:// the index is parsed on every page. What is private to the plugin stands in
`material_parts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.present.links import FOLDERS
from generator.present.page import Chapter, LanguageSite, Page
from generator.present.text.sound import sounds
from generator.present.text.words import Words
from generator.site.escaping import for_index, in_index
from generator.site.material_parts import (
    INDEX,
    INDEX_AS_SCRIPT,
    LUNR,
    WORKER,
    cut_by,
    search_index,
)

Entry = dict[str, object]
"""One entry as the index has it."""
BETWEEN_WORDS = "\u200b"
"""What the plugin puts around Chinese words."""
KINDS = {folder: kind for kind, folder in FOLDERS.items()} | {"quarters": "quarter"}
FIRST = {
    "indicator": 0,
    "pilot": 1,
    "process": 1,
    "case": 2,
    "step": 3,
    "diagnosis": 4,
    "quarter": 4,
    "review": 6,
}
"""What of equally good hits stands first; pages that are one of their kind, and hand-written ones, by 2."""


class NoCutter:
    """Leaves Chinese as it is, with the names that Material's plugin calls; our worker cuts nothing."""

    @staticmethod
    def cut(text: bytes) -> Iterable[str]:
        """The run of Chinese characters in UTF-8, whole."""
        return (text.decode("utf-8"),)

    @staticmethod
    def set_dictionary(path: str) -> None:
        """Refused: nothing would read the author's words."""
        raise PluginError(f"search: jieba_dict ({path}) is not supported here; leave it out of mkdocs.yml")

    load_userdict = set_dictionary


cut_by(NoCutter)


def entries_of(config: MkDocsConfig, pages: Iterable[Page]) -> tuple[Entry, ...]:
    """An entry for every page that brings its own; none without a search plugin."""
    if search_index(config) is None:
        return ()
    return tuple(_entry(page) for page in pages if page.search is not None)


def _entry(page: Page) -> Entry:
    told = page.search
    assert told is not None
    entry: Entry = {
        "location": page.url,
        "title": for_index(told.title),
        "text": for_index(told.text),
    }
    lists = {"tags": told.tags, "also": told.also, "codes": told.codes, "people": told.people}
    entry.update({name: [for_index(item) for item in items] for name, items in lists.items() if items})
    if told.value:
        entry["value"] = for_index(told.value)
    if told.status is not None:
        entry["status"] = [told.status[0], for_index(told.status[1])]
    return entry


def add_entries(config: MkDocsConfig, entries: Iterable[Entry], site: LanguageSite) -> None:
    """Append our own entries to those that the plugin made of hand-written pages; complete all."""
    index = search_index(config)
    if index is None:
        return
    for entry in index.entries:
        entry.update({name: in_index(entry[name]) for name in ("title", "text")})
    index.entries.extend(entries)
    kinds = dict(_kinds(site))
    index.entries[:] = [_completed(entry, kinds) for entry in index.entries]


def _kinds(site: LanguageSite) -> Iterator[tuple[str, tuple[str, int]]]:
    """For the address of each page what it is called, and its place among equally good hits."""
    words = Words(site.language, site.own)
    for chapter in site.chapters:
        for page in chapter.pages:
            yield page.url, _kind(page, chapter, words)


def _kind(page: Page, chapter: Chapter, words: Words) -> tuple[str, int]:
    folder, _, _ = page.path.rpartition("/")
    kind = KINDS.get(folder)
    if kind is None or page.is_index:
        return chapter.title, 2
    return words(f"find.kind.{kind}"), FIRST[kind]


def _completed(entry: Entry, kinds: Mapping[str, tuple[str, int]]) -> Entry:
    """An entry with kind, rank and sound, without what it does not need."""
    address, _, part = str(entry["location"]).partition("#")
    made: Entry = {
        name: value.replace(BETWEEN_WORDS, "") if isinstance(value, str) else value
        for name, value in entry.items()
    }
    if address in kinds:
        kind, rank = kinds[address]
        made |= {"rank": rank} if part else {"kind": for_index(kind), "rank": rank}
    if part:
        return made
    heard = {"sound": [made["title"], *_texts(made, "also")], "people_sound": _texts(made, "people")}
    for key, names in heard.items():
        if said := dict.fromkeys(sound for name in names for sound in sounds(unescape(str(name)))):
            made[key] = list(said)
    return made


def _texts(entry: Entry, name: str) -> list[object]:
    given = entry.get(name)
    return given if isinstance(given, list) else []


def is_unasked(path: str) -> bool:
    """Whether a file of Material's serves only its own search worker, which is not used."""
    return path.startswith(LUNR) or WORKER.fullmatch(path) is not None


def write_offline_index(config: MkDocsConfig) -> None:
    """The index dense, and once more as a script: a page opened from a folder may not fetch a file."""
    file = Path(config.site_dir) / INDEX
    if file.is_file():
        told = json.loads(file.read_text(encoding="utf-8"))
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        file.write_text(text, encoding="utf-8", newline="\n")
        file.with_suffix(".js").write_text(f"{INDEX_AS_SCRIPT}{text}", encoding="utf-8", newline="\n")
