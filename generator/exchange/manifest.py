"""Where a frozen edition comes from: the hash of every input, the commit of the project where it has one.

A file that the edition may not know of (made for a narrower audience, or later than the period) is listed by
its hash alone: the name of a hidden indicator is told nowhere.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator import __version__
from generator.compute.figures import Figures
from generator.model.catalogue import Catalogue
from generator.model.leftovers import is_leftover

FORMAT = "indicator-handbook-review/1"


def origin(whole: Catalogue, figures: Figures) -> dict[str, object]:
    """The head of a frozen edition's manifest; `whole` is the catalogue with nothing left out."""
    root, catalogue = whole.root, figures.catalogue
    hidden = _hidden(whole, catalogue)
    named: dict[str, str] = {}
    nameless: list[str] = []
    for path in _inputs(root):
        name, digest = path.relative_to(root).as_posix(), sha256(path.read_bytes()).hexdigest()
        if name in hidden:
            nameless.append(digest)
        else:
            named[name] = digest
    return {
        "format": FORMAT,
        "period": str(figures.as_of),
        "edition": figures.edition,
        "languages": list(catalogue.handbook.languages),
        "version": __version__,
        "commit": commit(root),
        "inputs": named,
        "inputs_of_other_editions": sorted(nameless),
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
    settings = root / "mkdocs.yml"
    if settings.is_file():
        yield settings
    for folder in ("data", "content"):
        yield from sorted(
            path
            for path in (root / folder).rglob("*")
            if path.is_file() and not is_leftover(path.relative_to(root / folder).as_posix())
        )


def _hidden(whole: Catalogue, shown: Catalogue) -> frozenset[str]:
    """Files of what an edition leaves out."""
    files = {source.file for name, source in whole.sources.items() if name not in shown.sources}
    files |= {row.file for row in whole.results} - {row.file for row in shown.results}
    kept = {page.path for page in shown.content}
    for page in whole.content:
        if page.path not in kept:
            files |= {body.file for body in page.bodies.values()}
    return frozenset(files)
