"""What a build made of figures, kept with what was asked of the handbook meanwhile, and given out again while
the answers stay the same.

An entry is the same as long as two things are: what everything is made from but results (`told_for`: the
handbook's files, edition, period, the product itself), and what stood behind whatever was asked of the
figures (`model/watched.py`, `compute/followed.py`). Nobody declares what is asked; who goes through all of
something follows from all results.

An entry is believed by its code (`present/kept.py`), and is only looked at by who was made for the same.
None are written before it is clear that the files were not changed meanwhile.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic_core import from_json

from generator.compute.hashes import Hashes
from generator.model.watched import noted
from generator.present.kept import Kept

FOLDER = "pages"
"""In the cache."""


class KeptAsked:
    """Entries of one audience and language, or of one audience for all languages."""

    def __init__(self, cache: Path, told_for: str, audience: str, hashes: Hashes) -> None:
        """Audiences have their entries side by side; `hashes` says what a name that was asked for stands for
        now."""
        place = sha256(audience.encode()).hexdigest()
        self._kept = Kept(cache / FOLDER / place[:16])
        self._made_from = sha256(f"{told_for}\0{place}".encode()).hexdigest()
        self._hashes = hashes
        self._fresh: dict[str, bytes] = {}
        self._used: set[str] = set()

    def found(self, name: str) -> bytes | None:
        """What was kept under a name, where it is still the same."""
        entry = _entry(name)
        self._used.add(entry)
        kept = self._kept.get(entry)
        if kept is None:
            return None
        head, _, content = zlib.decompress(kept).partition(b"\n")
        told = from_json(head)
        same = told["made_from"] == self._made_from and self._same(told["asked"])
        return content if same else None

    def remember(self, name: str, asked: Collection[str], content: bytes) -> None:
        """What was made under a name, for the next build."""
        told = {
            "made_from": self._made_from,
            "asked": {self._hashes.signed(what): self._hashes[what] for what in sorted(asked)},
        }
        self._fresh[_entry(name)] = zlib.compress(json.dumps(told).encode() + b"\n" + content, 1)

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The content of a name: the kept one, else as `make` makes it."""
        content = self.found(name)
        if content is None:
            with noted() as asked:
                content = make()
            self.remember(name, asked, content)
        return content

    def keep(self) -> None:
        """Write down what was made anew, and let go of what nothing has any more."""
        self._kept.tidy()
        for entry, content in self._fresh.items():
            self._kept.put(entry, content)
        self._fresh = {}
        self._kept.clear(self._used)

    def _same(self, asked: Mapping[str, str]) -> bool:
        return all(self._hashes[what] == hash_ for what, hash_ in asked.items())


def _entry(name: str) -> str:
    return f"{sha256(name.encode()).hexdigest()}.kept"
