"""Sorts names as readers look for them: Chinese by its sound, English by its letters."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=8192)
def sort_key(name: str) -> str:
    """The name in small Latin letters: Chinese characters as pinyin, everything else as it is."""
    return " ".join(lazy_pinyin(name, style=Style.NORMAL)).casefold()


def letter(name: str) -> str:
    """The capital under which a name stands; `#` for a name that begins with no letter."""
    first = sort_key(name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
