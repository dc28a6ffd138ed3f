"""Files of content/ that are no pages: pictures, tables, whatever pages lead to, and what these lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.page_links import place_of, targets

_READ = (".html", ".htm", ".css", ".svg")
"""Files that may name others which they cannot do without."""
_MOST = 4_000_000
"""Bytes of such a file that are looked through."""
_style = re.compile(r"(?:url\(\s*|@import\s+)[\"']?([^\"'()\s;]+)")


def attachments_of(files: Mapping[str, Path]) -> dict[str, tuple[str, ...]]:
    """Each file by its path below content/, with those of the others that it names; sorted.

    `files`: by their name from the project's root, "content/guide/plan.png".
    """
    paths = {name.partition("/")[2]: path for name, path in sorted(files.items())}
    return {
        name: tuple(sorted({item for item in named_in(path, name) if item in paths and item != name}))
        for name, path in paths.items()
    }


def named_in(path: Path, name: str) -> Iterator[str]:
    """The paths, seen from the top as `name` is, that a page, style sheet or drawing names; else nothing."""
    if path.suffix.lower() not in _READ:
        return
    try:
        with path.open("rb") as opened:
            text = opened.read(_MOST).decode("utf-8", "replace")
    except OSError:
        return
    for target in (*targets(text), *_style.findall(text)):
        place = place_of(target, posixpath.dirname(name))
        if place is not None:
            yield place
