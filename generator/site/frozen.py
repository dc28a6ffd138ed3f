"""A frozen site: a folder and a zip that stay as they are, with the fingerprint of every file.

The zip is opened from a folder, with no network. The same inputs give the same bytes, and SHA256SUMS lets
anyone see later that nothing was changed (`sha256sum -c SHA256SUMS`).
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from generator.present.page import LanguageSite
from generator.site.owned import SUMS, mark
from generator.site.staged import build_site
from generator.site.target import swap


def freeze_site(
    project: Path, language_sites: Sequence[LanguageSite], out: Path, staging: Path, moment: int
) -> Path:
    """Write the site of finished books to the folder `out` and to a zip beside it, which is returned.

    `staging` is the build's folder beside `out`; `moment` (seconds since 1970) is the time that the zip's
    entries carry. SiteError and TargetError
    leave the old folder and the old zip as they were.
    """
    packed = out.with_name(f"{out.name}.zip")
    site, made = staging / "review", staging / "zip"
    build_site(project, language_sites, site, staging)
    mark(site, SUMS)
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files_in(site))
    (site / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    pack(site, out.name, made, moment)
    swap(site, out, project)
    made.replace(packed)
    return packed


def pack(folder: Path, name: str, target: Path, moment: int) -> None:
    """Zip a folder under one top folder `name`: sorted, all entries of one time and one set of rights."""
    when = time.gmtime(max(moment, 315_532_800))[:6]  # a zip knows no time before 1980
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path_name, path in files_in(folder):
            entry = zipfile.ZipInfo(f"{name}/{path_name}", when)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, path.read_bytes())


def files_in(folder: Path) -> list[tuple[str, Path]]:
    """Every file below a folder with its posix path there, sorted by it."""
    files = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return sorted(files)
