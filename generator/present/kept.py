"""What costs much to make is kept on disk between builds, and believed only where this user wrote it.

The folder lies in the project, so it comes along with a project that somebody sent, and others may write to
it: a hash beside a content would be made anew by whoever changes the content. Each entry therefore carries a
code over its name and its content (HMAC-SHA-256) with a secret that lies with the user, never in a project.
An entry that is damaged, altered, moved to another name or of another user is as good as none, and what it
held is made anew.

Keeping is a help and never a duty: where the folder cannot be written or the disk is full, the build goes on.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
import tempfile
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path

CACHE = ".handbook-cache"
"""The folder in a project."""
CODE = 64
"""Letters of an entry's first line, which is the code."""


class Kept:
    """Entries in a folder, by name; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """What was kept under a name; None where there is nothing that may be believed."""
        if self._folder is None:
            return None
        file = self._folder / name
        try:
            found = file.read_bytes() if file.is_file() else b""  # a pipe would be waited for
        except OSError:
            return None
        code, content = found[:CODE], found[CODE + 1 :]
        return content if hmac.compare_digest(code, _code(name, content)) else None

    def put(self, name: str, content: bytes) -> None:
        """Keep a content: written under another name and moved, so that nobody ever reads half of one."""
        if self._folder is None:
            return
        file = self._folder / name
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(_code(name, content) + b"\n" + content)
                Path(part).replace(file)
            except OSError:
                Path(part).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what writers that were killed left half written; one that is still at it keeps nothing."""
        if self._folder is not None:
            for part in self._folder.rglob("*.part"):
                with suppress(OSError):
                    part.unlink()

    def clear(self, names: Collection[str]) -> None:
        """Remove all entries of the folder itself but these."""
        if self._folder is None or self._folder.is_symlink() or self._folder.parent.is_symlink():
            return  # through a link, files of others would go
        for file in self._folder.glob("*.kept"):
            if file.name not in names:
                with suppress(OSError):
                    file.unlink()


def _code(name: str, content: bytes) -> bytes:
    return hmac.digest(_secret(), name.encode() + b"\0" + content, "sha256").hex().encode()


@cache
def _secret() -> bytes:
    """The user's secret; one for this process alone where none can be kept."""
    file = secret_file()
    try:
        return _read(file) or _made(file)
    except OSError:
        return secrets.token_bytes(32)


def secret_file() -> Path:
    """Where the secret lies: with what this user's programs keep for themselves."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - where there is no home, Path.home() raises
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local")
    elif sys.platform == "darwin":
        base = home / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "indicator-handbook" / "secret"


def _read(file: Path) -> bytes | None:
    """The secret in a file; None where there is none, or one that others could have read or written."""
    try:
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            if sys.platform != "win32" and (about.st_uid != os.geteuid() or about.st_mode & 0o077):
                return None
            found = opened.read()
    except FileNotFoundError:
        return None
    return found if len(found) == 32 else None


def _made(file: Path) -> bytes:
    """A new secret, put in place whole. Of two that are made at once the last one stands."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(secrets.token_bytes(32))
    Path(part).replace(file)
    return _read(file) or secrets.token_bytes(32)
