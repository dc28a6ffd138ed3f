"""Where a frozen edition comes from: the hash of every input, the commit of the project where it has one.

A file that the edition may not know of (made for a narrower audience, or later than the period, or read by
nothing) is counted and not named: the name of a hidden indicator is told nowhere. Only the edition that may
see everything has hashes. In another one a hash would let whoever knows all of a file but a hidden number try
the numbers that it may be, until the hash is right; and who has the files, to hold them against a hash, has
that edition too.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from generator import __version__
from generator.compute.figures import Figures
from generator.model.catalogue import Catalogue
from generator.model.leftovers import is_leftover
from generator.model.page_paths import known_files

FORMAT = "indicator-handbook-review/1"
SETTINGS = "mkdocs.yml"


def origin(whole: Catalogue, figures: Figures) -> dict[str, object]:
    """The head of a frozen edition's manifest; `whole` is the catalogue with nothing left out."""
    root, catalogue = whole.root, figures.catalogue
    shown = _shown(whole, catalogue, figures.edition)
    everything = figures.edition == whole.handbook.audiences[-1]
    named: dict[str, str | None] = {}
    others = 0
    for path in _inputs(root):
        name = path.relative_to(root).as_posix()
        if shown(name):
            named[name] = sha256(path.read_bytes()).hexdigest() if everything else None
        else:
            others += 1
    return {
        "format": FORMAT,
        "period": str(figures.as_of),
        "edition": figures.edition,
        "languages": list(catalogue.handbook.languages),
        "version": __version__,
        "commit": commit(root),
        "inputs": named,
        "inputs_of_other_editions": others,
    }


def commit(root: Path) -> dict[str, object] | None:
    """The commit that a project's files stand at, and whether they differ from it; None without one."""
    head = _git(root, "rev-parse", "HEAD")
    if head is None:
        return None
    changed = _git(root, "status", "--porcelain", "--", "data", "content", "mkdocs.yml")
    return {"id": head.strip(), "changed_since": bool(changed and changed.strip())}


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _inputs(root: Path) -> Iterator[Path]:
    """Every file that a build may read, in the order of their paths."""
    settings = root / SETTINGS
    if settings.is_file():
        yield settings
    for folder in ("data", "content"):
        yield from sorted(
            path
            for path in (root / folder).rglob("*")
            if path.is_file() and not is_leftover(path.relative_to(root / folder).as_posix())
        )


def _shown(whole: Catalogue, shown: Catalogue, edition: str) -> Callable[[str], bool]:
    """Whether an edition may name a file: one that holds something of it.

    The narrowest names those too that nothing reads, such as a word from one author to the next.
    """
    known = known_files(shown) | {SETTINGS}
    if edition != whole.handbook.audiences[-1]:
        return known.__contains__
    hidden = known_files(whole) - known
    return lambda name: name not in hidden
