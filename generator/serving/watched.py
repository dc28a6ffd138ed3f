"""Which files a served handbook is made of, and what they are like now.

They are looked at again and again instead of asking the system to tell: what it tells differs, ends at some
number of files, and says nothing of folders that lie on another machine. A few hundred files take a few
thousandths of a second.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISDIR

FileTimes = Mapping[str, tuple[int, int]]
"""Files by their path, each with the time of its last change and its size."""
_LEFT_OUT = (".", "~$", "#", "__pycache__")
"""How the names of what editors keep beside their files begin."""
_PARENT = re.compile(
    r"""^INHERIT:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'!#][^\n#]*?))[ \t]*(?:#.*)?$""", re.MULTILINE
)


def look(places: Iterable[Path]) -> FileTimes:
    """What lies in these files and folders now."""
    return {path: told for place in places for path, told in _inside(str(place), set())}


def settings_files(file: Path) -> tuple[Path, ...]:
    """mkdocs.yml and the files that it goes on from (INHERIT), each named in the one before.

    One that is not there ends them; it is watched all the same, because it may come. They are found by their
    line, so that a fault elsewhere in a file does not end the watching of what it names.
    """
    found = [file]
    while True:
        try:
            text = found[-1].read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            break
        named = _PARENT.search(text)
        parent = (found[-1].parent / (named[1] or named[2] or named[3])).resolve() if named else found[0]
        if parent in found:
            break
        found.append(parent)
    return tuple(found)


def _inside(place: str, seen: set[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        about = Path(place).stat()
        if not S_ISDIR(about.st_mode):
            yield place, (about.st_mtime_ns, about.st_size)
            return
        real = os.path.realpath(place)
        if real in seen:
            return
        seen.add(real)
        with os.scandir(place) as entries:
            names = [entry.path for entry in entries if not entry.name.startswith(_LEFT_OUT)]
    except OSError:  # it went away in this moment, or may not be read: told when it is loaded
        return
    for path in sorted(names):
        yield from _inside(path, seen)
