"""What in a folder a build wrote, so that a rebuild replaces that and nothing else.

A built site carries a marker that lists its files. Sites of earlier versions have none: a frozen review is
known by its SHA256SUMS, any other one by the style sheet that each of its pages loads.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from generator.site.verify import SUMS

MARKER = "handbook-site.txt"
HEAD = (
    "Written by `handbook`. A rebuild replaces the files listed here; everything else in this folder stays."
)
STYLE = b"assets/handbook.css"
"""What every page of every version loads."""
ALWAYS = frozenset(
    [
        "404.html",
        "assets",
        "downloads",
        "index.html",
        "manifest.json",
        "search",
        "sitemap.xml",
        "sitemap.xml.gz",
    ]
)
"""What stood beside the pages of a site before there was a marker."""


def mark(site: Path, *more: str) -> None:
    """Write the marker of a finished site, its files, sorted, and `more` that come after; then SHA256SUMS."""
    names = sorted({*_files(site), *more, MARKER, SUMS})
    text = "".join(f"{line}\n" for line in (HEAD, *names))
    (site / MARKER).write_text(text, encoding="utf-8", newline="\n")
    sums = (
        f"{sha256((site / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(_files(site))
        if name != SUMS
    )
    (site / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")


def owned(folder: Path, sources: Path | None = None) -> frozenset[str] | None:
    """Paths of the files in a folder that a build wrote; None when it is no site of ours.

    `sources` is the content folder: what a site of an earlier version has beside its pages came from there.
    """
    marker = folder / MARKER
    if marker.is_file() and not marker.is_symlink():
        head, *names = marker.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
        return frozenset(names) if head == HEAD else None
    if is_frozen(folder):
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        return frozenset([SUMS, *(name for _, _, name in (line.partition("  ") for line in lines) if name)])
    return _of_earlier_version(folder, sources)


def strangers(folder: Path, own: frozenset[str], new: Path | None = None) -> list[str]:
    """Everything in a folder that is not its own, by the highest path that holds nothing of it; sorted.

    A folder that the `new` site has as well is looked into. Empty folders count as nothing, and no link is
    followed.
    """
    beside = _files(new) if new is not None else ()
    return sorted(_strangers(folder, "", own, _around((*own, *beside))))


def _around(names: Iterable[str]) -> set[str]:
    """Every folder that one of the paths lies in."""
    found: set[str] = set()
    for name in names:
        folder = name.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def is_review_zip(packed: Path) -> bool:
    """Whether a file is the zip of a frozen review: it holds one folder with a review's manifest."""
    try:
        with zipfile.ZipFile(packed) as held:
            manifests = [name for name in held.namelist() if re.fullmatch(r"[^/]+/manifest\.json", name)]
            return len(manifests) == 1 and is_manifest(held.read(manifests[0]))
    except (OSError, zipfile.BadZipFile):
        return False


def keeps_by_name(name: str) -> bool:
    """Whether an entry stands beside a site by custom: `.git`, `.nojekyll`, a domain's `CNAME`."""
    return name.startswith(".") or name == "CNAME"


def _strangers(folder: Path, inside: str, own: frozenset[str], around: set[str]) -> Iterator[str]:
    for entry in os.scandir(folder):
        name = inside + entry.name
        if not entry.is_dir(follow_symlinks=False):
            if name not in own:
                yield name
        elif name in around:
            yield from _strangers(folder / entry.name, f"{name}/", own, around)
        elif any(_files(folder / entry.name)):
            yield name


def _files(folder: Path) -> Iterator[str]:
    """Every file and every link below a folder, as a path from it."""
    yield from _below(os.fspath(folder), "")


def _below(folder: str, inside: str) -> Iterator[str]:
    try:
        entries = [*os.scandir(folder)]
    except OSError:
        return  # nothing is there, or nobody may look
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}"


def is_frozen(folder: Path) -> bool:
    """Whether it is a frozen review: its manifest says so."""
    manifest = folder / "manifest.json"
    return manifest.is_file() and (folder / SUMS).is_file() and is_manifest(manifest.read_bytes())


def is_manifest(content: bytes) -> bool:
    """Whether a file is the manifest of a frozen review."""
    try:
        found = json.loads(content)
    except ValueError:
        return False
    return isinstance(found, dict) and str(found.get("format")).startswith("indicator-handbook-review/")


def _of_earlier_version(folder: Path, sources: Path | None) -> frozenset[str] | None:
    """The files of a site without a marker; None unless everything in it can be told to be of a site."""
    if not _ours(folder / "index.html") or not (folder / STYLE.decode()).is_file():
        return None
    own: list[str] = []
    for entry in folder.iterdir():
        if keeps_by_name(entry.name):
            continue
        known = entry.name in ALWAYS or (sources is not None and (sources / entry.name).exists())
        if entry.is_symlink() or not (known or _ours(entry)):
            return None
        own.extend([entry.name] if entry.is_file() else (f"{entry.name}/{name}" for name in _files(entry)))
    return frozenset(own)


def _ours(entry: Path) -> bool:
    """Whether a file is a page of ours, or a folder has pages and no other's."""
    pages: Iterable[Path] = entry.rglob("*.html") if entry.is_dir() else [entry]
    found = [STYLE in page.read_bytes() for page in pages if page.is_file() and page.suffix == ".html"]
    return bool(found) and all(found)
