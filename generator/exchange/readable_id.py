"""Ids that a person can read, made from names: Chinese by its sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from pypinyin import lazy_pinyin

from generator.model.bounds import RESERVED

SPLIT = re.compile(r"[^a-z0-9]+")
SPOKEN = re.compile(r"[a-z]{2,}(-[a-z]{2,})*\Z")
"""What a program made up (Gateway_1abc, sid-4F2A…) has digits; what a person wrote has words."""
LONGEST = 40


def slug(text: str) -> str:
    """Small letters, digits and hyphens: Chinese as pinyin, no accents; empty where it has none of them."""
    spoken = text
    if not text.isascii():
        spoken = "-".join(lazy_pinyin(unicodedata.normalize("NFKC", text)))
    plain = unicodedata.normalize("NFKD", spoken).encode("ascii", "ignore").decode().lower()
    made = SPLIT.sub("-", plain).strip("-")
    if re.fullmatch(RESERVED, made):
        return f"{made}-1"  # a name that no id may be
    if len(made) <= LONGEST:
        return made
    return made[:LONGEST].rpartition("-")[0] if "-" in made[:LONGEST] else made[:LONGEST]


def spoken(key: str) -> str:
    """A file's own id, where a person can read it; else empty."""
    made = slug(key)
    return made if SPOKEN.match(made) else ""


def unique(wished: str, taken: Collection[str]) -> str:
    """The id, with a number where it is taken."""
    id_, number = wished, 1
    while id_ in taken:
        number += 1
        id_ = f"{wished}-{number}"
    return id_
