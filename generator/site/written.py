"""Several files of an export in one folder, and a list of them: the next export takes away what it wrote.

An export for a wider audience must leave nothing behind when a narrower one is written over it. Only files
that are as an export wrote them are removed; anybody else's, and those that were changed since, stay and are
told of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.site.target import BEGINNING, TargetError
from generator.site.writing import write_whole

LIST = "handbook-files.txt"
HEAD = "Written by `handbook export`. The next export into this folder removes the files listed here."


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a folder; names, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    """Of an earlier export, and not of this one."""
    left: tuple[str, ...]
    """Not of this export, though we wrote it once: changed since, or written before there was a list."""


def write_files(folder: Path, files: Mapping[str, str], ours: str) -> Written:
    """Write files by name into a folder, those of the export before are gone.

    `ours` is a pattern found at the beginning of what we write. TargetError where the list is not ours.
    """
    listed = _listed(folder)
    removed = []
    for name, digest in sorted(listed.items()):
        old = folder / name
        if name not in files and _is_as_written(old, digest):
            old.unlink()
            removed.append(name)
    folder.mkdir(parents=True, exist_ok=True)
    data = {name: text.encode() for name, text in sorted(files.items())}
    lines = (HEAD, *(f"{sha256(content).hexdigest()}  {name}" for name, content in data.items()))
    write_whole(folder / LIST, "".join(f"{line}\n" for line in lines).encode())
    for name, content in data.items():
        write_whole(folder / name, content)
    left = sorted(path.name for path in folder.iterdir() if path.name not in files and _begins(path, ours))
    return Written(tuple(data), tuple(removed), tuple(left))


def _listed(folder: Path) -> dict[str, str]:
    """The files of the export before, with the hash of each."""
    place = folder / LIST
    if not place.exists() and not place.is_symlink():
        return {}
    if place.is_symlink() or not place.is_file():
        raise TargetError(f"{place} is there already and is no list of ours; name another folder")
    head, *lines = place.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    if head != HEAD:
        raise TargetError(f"{place} is there already and is no list of ours; name another folder")
    found = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in found if name and name == Path(name).name}


def _is_as_written(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == digest


def _begins(path: Path, ours: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as opened:
        return re.search(ours, opened.read(BEGINNING).decode("utf-8", "replace")) is not None
