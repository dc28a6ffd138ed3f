"""A frozen site: a folder and a zip that stay as they are, with the fingerprint of every file.

The zip is opened from a folder, with no network. The same inputs give the same bytes, and SHA256SUMS lets
anyone see later that nothing was changed (`sha256sum -c SHA256SUMS`).
"""

from __future__ import annotations

import subprocess
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from generator.present.page import LanguageSite
from generator.site import verify
from generator.site.owned import mark
from generator.site.staged import SiteError, build_site
from generator.site.target import swap

CHECK = "verify.py"
"""The script by which whoever gets a review checks it; the product's own module, word for word."""


def freeze_site(
    project: Path,
    language_sites: Sequence[LanguageSite],
    out: Path,
    staging: Path,
    *,
    moment: int,
    key: Path | None = None,
) -> Path:
    """Write the site of finished books to the folder `out` and to a zip beside it, which is returned.

    `staging` is the build's folder beside `out`; `moment` (seconds since 1970) is the time that the zip's
    entries carry; `key` (of SSH, private, or public with an agent) signs the list of fingerprints. SiteError
    and TargetError leave the old folder and the old zip as they were.
    """
    packed = out.with_name(f"{out.name}.zip")
    site, made = staging / "review", staging / "zip"
    build_site(project, language_sites, site, staging)
    (site / CHECK).write_bytes(Path(verify.__file__).read_bytes())
    mark(site, *([verify.SIGNATURE] if key is not None else []))
    if key is not None:
        sign(site / verify.SUMS, key)
    pack(site, out.name, made, moment)
    swap(site, out, project)
    made.replace(packed)
    return packed


def sign(sums: Path, key: Path) -> None:
    """Write the signature of a list of fingerprints beside it; SiteError where that cannot be done."""
    words = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", verify.NAMESPACE, str(sums)]
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError:
        raise SiteError("the review cannot be signed: ssh-keygen (OpenSSH) is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise SiteError(f"the review could not be signed with {key}: {said}")


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
