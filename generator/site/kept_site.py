"""Finished sites are kept by what they were made from, so that an unchanged handbook is not computed again.

Each file is kept once, under the hash of its content, however many sites have it; a record names the files
of one site. The record carries the code of `present/kept.py`, which nobody else can write, and a file counts
only where its content has the hash that the record says. Whatever does not hold is no site: it is built from
nothing. What is asked for, edition and period among it, is part of a record's name (`site/made_from.py`).

A kept file shares its place on the disk with the site that it came from. Whoever changes a file of that site
where it lies changes the kept one too, which then does not hold any more; what is given out is a copy.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from logging.handlers import BufferingHandler
from pathlib import Path

from generator.model.exact import counted
from generator.present.kept import Kept
from generator.site.verify import SUMS

MOST_SITES = 4
"""Of a project: editions, periods, or how it was before."""
MOST_BYTES = 1 << 30
"""Of all but the newest one."""
_record = re.compile(r"site-[0-9a-f]{64}\.kept")
_hashed = re.compile(r"[0-9a-f]{62}")
_whole_hash = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FinishedSite:
    """What is told of a site when it is built."""

    pages: int
    hidden: int
    """Warnings and notes that `handbook check` lists."""


class KeptSites:
    """The finished sites of a project."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = Kept(folder)

    def restore(self, key: str, site: Path) -> FinishedSite | None:
        """Write the site made from `key` to a new folder; None, and no folder, where it is not kept whole."""
        record = _read(self._kept.get(_name(key)))
        if record is None or not self._sound():
            return None
        made: set[Path] = set()
        whole = True
        for path, (hash_, size) in record.files.items():
            content = self._content(hash_, size)
            whole = whole and content is not None
            if not whole or content is None:  # the others are looked at all the same, and let go
                continue
            place = site / path
            if place.parent not in made:
                place.parent.mkdir(parents=True, exist_ok=True)
                made.add(place.parent)
            place.write_bytes(content)
        if not whole:
            shutil.rmtree(site, ignore_errors=True)
            return None
        with suppress(OSError):  # what was used last is kept longest
            os.utime(self._folder / _name(key))
        return record.told

    def keep(self, key: str, site: Path, told: FinishedSite) -> None:
        """Keep a finished site; where that is not possible, nothing is kept."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / "files").mkdir(exist_ok=True, mode=0o700)
            if not self._sound():
                return
            files, hashes = {}, _told_hashes(site)
            for path, entry in sorted(_files(site), key=lambda found: found[0]):
                hash_ = hashes.get(path) or sha256(Path(entry.path).read_bytes()).hexdigest()
                files[path] = (hash_, entry.stat().st_size)
                self._put(hash_, entry.path)
            said = {"pages": told.pages, "hidden": told.hidden, "files": files}
            self._kept.put(_name(key), json.dumps(said, ensure_ascii=False).encode())
            self._clear()

    def _put(self, hash_: str, path: str) -> None:
        place = f"{self._folder}/files/{hash_[:2]}/{hash_[2:]}"
        try:
            os.link(path, place)
        except FileExistsError:
            return
        except OSError:  # there is no folder yet, or it is on another disk, or on one that knows no links
            os.makedirs(os.path.dirname(place), exist_ok=True, mode=0o700)  # noqa: PTH103, PTH120
            with suppress(OSError):
                os.link(path, place)
                return
            shutil.copyfile(path, f"{place}.part")
            os.replace(f"{place}.part", place)  # noqa: PTH105

    def _content(self, hash_: str, size: int) -> bytes | None:
        """A kept content; one that is not what it was is let go, so that it can be kept anew."""
        place = self._place(hash_)
        with suppress(OSError):
            if not place.is_symlink() and place.is_file() and place.stat().st_size == size:
                content = place.read_bytes()
                if sha256(content).hexdigest() == hash_:
                    return content
            place.unlink()
        return None

    def _place(self, hash_: str) -> Path:
        return self._folder / "files" / hash_[:2] / hash_[2:]

    def _sound(self) -> bool:
        """Whether the folders are ours: through a link, files of others would be read and removed."""
        return not any(folder.is_symlink() for folder in (self._folder, self._folder / "files"))

    def _clear(self) -> None:
        """Let go of the oldest sites, of what no site has any more, and of what was left half written."""
        found = [entry for entry in os.scandir(self._folder) if _record.fullmatch(entry.name)]
        found.sort(key=lambda entry: (-entry.stat().st_mtime_ns, entry.name))
        held: dict[str, int] = {}
        for number, entry in enumerate(found):
            record = _read(self._kept.get(entry.name))
            more = {} if record is None else dict(record.files.values())
            total = counted((held | more).values())
            if record is None or number >= MOST_SITES or (number and total > MOST_BYTES):
                Path(entry.path).unlink()
            else:
                held |= more
        for folder in os.scandir(self._folder / "files"):
            if len(folder.name) == 2 and folder.is_dir(follow_symlinks=False):
                for file in os.scandir(folder):
                    ours = _hashed.fullmatch(file.name.removesuffix(".part"))
                    if ours and folder.name + file.name not in held:
                        Path(file.path).unlink()


@dataclass(frozen=True, slots=True)
class _Record:
    told: FinishedSite
    files: Mapping[str, tuple[str, int]]
    """Hash and size of each file by its path."""


def _name(key: str) -> str:
    return f"site-{key}.kept"


def _read(content: bytes | None) -> _Record | None:
    if content is None:
        return None
    said = json.loads(content)
    files = {path: (str(hash_), int(size)) for path, (hash_, size) in said["files"].items()}
    return _Record(FinishedSite(said["pages"], said["hidden"]), files)


def _files(folder: Path, inside: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files below a folder by their paths, which are text because a large site has ten thousands."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), f"{inside}{entry.name}/")
        elif entry.is_file():
            yield f"{inside}{entry.name}", entry


def _told_hashes(site: Path) -> dict[str, str]:
    """The hashes that the site's own list tells, which was made as it was finished. Were one wrong, what is
    kept under it would not count."""
    try:
        lines = (site / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        return {}
    told = (line.partition("  ") for line in lines)
    return {path: hash_ for hash_, _, path in told if _whole_hash.fullmatch(hash_)}


@contextmanager
def warnings_seen() -> Iterator[list[logging.LogRecord]]:
    """What MkDocs, or we through it, warn of: who builds the site again is to be told again."""
    handler, logger = BufferingHandler(1 << 30), logging.getLogger("mkdocs")
    handler.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield handler.buffer
    finally:
        logger.removeHandler(handler)
