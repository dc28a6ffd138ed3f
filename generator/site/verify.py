"""Checks a built site, as a folder or as a zip, against the list of fingerprints that it carries.

Needs Python 3.11 or newer and nothing else, no network either: this very file lies in each frozen review,
so that whoever gets one can check it (`python verify.py` in the folder, `python verify.py x.zip` beside it).
Nothing of the site is unpacked or run. Fingerprints tell that nothing was changed since the list was written;
who wrote the list is told by its signature, and that is only worth what the file of signers is worth, which
must come from elsewhere than the site. So must this script where it is to convince: `handbook verify` is it.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
NAMESPACE = "indicator-handbook"
"""What a signature is for: one that was made for something else does not count."""
_line = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_key = re.compile(r"\bkey (SHA256:\S+)")


SiteFiles = tuple[set[str], Callable[[str], bytes], Callable[[str], str]]
"""The names of a site's files, what reads one, and what takes the fingerprint of one."""


class VerifyError(Exception):
    """It cannot be checked at all; the message says why."""


@dataclass(frozen=True)
class SiteCheck:
    """What a check found; names, sorted."""

    files: int
    """How many are as they were."""
    missing: tuple[str, ...]
    altered: tuple[str, ...]
    added: tuple[str, ...]
    beside: tuple[str, ...]
    """Added, and what stands beside a site by custom: `.git`, `CNAME`. No fault."""
    signed: str | None = None
    """Whose signature it is, or by which key where no signers were given."""
    known: bool = False
    """Whether the signer is one of those given."""

    @property
    def whole(self) -> bool:
        """Whether everything is as it was when the list was written."""
        return not (self.missing or self.altered or self.added)


def verify(place: Path, signers: Path | None = None) -> SiteCheck:
    """Check a folder or a zip; with `signers` (an allowed_signers file of OpenSSH) it must be signed by one.

    VerifyError where there is no list, or the signature does not hold.
    """
    if place.is_dir():
        names, read, digest = _in_folder(place)
    elif place.is_file():
        names, read, digest = _in_zip(place)
    else:
        raise VerifyError(f"{place} is neither a folder nor a zip")
    if SUMS not in names:
        raise VerifyError(
            f"{place} holds no {SUMS}: it is no site of `handbook`, or of a version before it had one"
        )
    listed = _listed(read(SUMS))
    signed, known = _signed(read(SUMS), read(SIGNATURE) if SIGNATURE in names else None, signers)
    present = names - {SUMS, SIGNATURE}
    altered = sorted(name for name in present & listed.keys() if digest(name) != listed[name])
    others = sorted(present - listed.keys())
    beside = tuple(name for name in others if name.startswith(".") or name == "CNAME")
    return SiteCheck(
        files=len(present & listed.keys()) - len(altered),
        missing=tuple(sorted(listed.keys() - present)),
        altered=tuple(altered),
        added=tuple(name for name in others if name not in beside),
        beside=beside,
        signed=signed,
        known=known,
    )


def report(found: SiteCheck) -> Iterator[str]:
    """What was found, a line each, the worst first."""
    for names, what in ((found.missing, "missing"), (found.altered, "altered"), (found.added, "added")):
        yield from (f"{what}: {name}" for name in names)
    yield from (f"beside the site: {name}" for name in found.beside)
    count = f"{found.files} files as they were built"
    faults = (("missing", found.missing), ("altered", found.altered), ("added", found.added))
    told = ", ".join(f"{len(names)} {what}" for what, names in faults if names)
    yield f"{count}, {told}" if told else count
    if found.signed is None:
        yield "not signed"
    elif found.known:
        yield f"signed by {found.signed}"
    else:
        yield f"signed with the key {found.signed}; --signers FILE tells whose it is"


def _in_folder(place: Path) -> SiteFiles:
    """A folder's files. A link has no fingerprint, wherever it leads: a built site holds none."""
    found = [path for path in place.rglob("*") if path.is_symlink() or not path.is_dir()]

    def digest(name: str) -> str:
        path = place / name
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    return (
        {path.relative_to(place).as_posix() for path in found},
        lambda name: (place / name).read_bytes(),
        digest,
    )


def _in_zip(place: Path) -> SiteFiles:
    """The files below the one folder that a review's zip holds, read one by one into memory."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(place.read_bytes()))
        entries = [entry for entry in packed.namelist() if not entry.endswith("/")]
    except zipfile.BadZipFile:
        raise VerifyError(f"{place} is no zip, or a damaged one") from None
    tops = {entry.partition("/")[0] for entry in entries}
    if len(tops) != 1 or any("/" not in entry for entry in entries):
        raise VerifyError(f"{place} does not hold one folder with a site")
    if len(entries) != len(set(entries)):
        raise VerifyError(f"{place} holds a name twice: programs differ in which one they unpack")
    (top,) = tops

    def read(name: str) -> bytes:
        try:
            return packed.read(f"{top}/{name}")
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return b"damaged"

    return (
        {entry.removeprefix(f"{top}/") for entry in entries},
        read,
        lambda name: hashlib.sha256(read(name)).hexdigest(),
    )


def _listed(sums: bytes) -> dict[str, str]:
    """The fingerprints by name."""
    lines = sums.decode("utf-8", "replace").splitlines()
    found = [_line.fullmatch(line) for line in lines]
    if not lines or not all(found):
        raise VerifyError(f"{SUMS} is no list of fingerprints")
    return {match[2]: match[1] for match in found if match}


def _signed(sums: bytes, signature: bytes | None, signers: Path | None) -> tuple[str | None, bool]:
    """Who signed the list, and whether that is one of the signers."""
    if signature is None:
        if signers is not None:
            raise VerifyError(f"it is not signed: there is no {SIGNATURE}")
        return None, False
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, SIGNATURE)
        file.write_bytes(signature)
        if signers is None:
            said = _ssh_keygen(["check-novalidate", "-n", NAMESPACE, "-s", str(file)], sums)
            key = _key.search(said)
            return (key[1] if key else "unknown"), False
        found = _ssh_keygen(["find-principals", "-f", str(signers), "-s", str(file)], b"").splitlines()
        who = found[0] if found else ""
        _ssh_keygen(["verify", "-f", str(signers), "-I", who, "-n", NAMESPACE, "-s", str(file)], sums)
        return who, True


def _ssh_keygen(words: list[str], given: bytes) -> str:
    """What OpenSSH says of a signature; VerifyError where it does not hold."""
    try:
        done = subprocess.run(["ssh-keygen", "-Y", *words], input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise VerifyError("its signature cannot be checked: ssh-keygen (OpenSSH) is not installed") from None
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise VerifyError(f"its signature does not hold: {said}")
    return done.stdout.decode("utf-8", "replace").strip()


def main(words: list[str]) -> int:
    """`verify.py [SITE] [--signers FILE]`; SITE is the script's own folder by default."""
    signers = None
    if "--signers" in words[:-1]:
        at = words.index("--signers")
        signers = Path(words[at + 1])
        words = words[:at] + words[at + 2 :]
    if len(words) > 1 or any(word.startswith("-") for word in words):
        sys.stderr.write("usage: verify.py [SITE] [--signers FILE]\n")
        return 2
    place = Path(words[0]) if words else Path(__file__).resolve().parent
    try:
        found = verify(place, signers)
    except (VerifyError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in report(found)))
    return 0 if found.whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
