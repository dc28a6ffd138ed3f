"""Where a build works: a folder beside its target, for its user alone, that one build has at a time.

The folder's name follows from the target, and the lock file in it is locked by the operating system for as
long as the build lives. So a second build of the same target is told who is at it; and of a build that was
killed, nobody holds the lock any more, whatever its number was and on whichever machine: the next build takes
the folder over and clears it. Folders among the system's temporary ones are kept and cleared the same way.

By hand, because the libraries for such locks empty the file before they know whether they have it, and what
stands in it is what the second build tells.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "handbook-build.lock"
SCRATCH = "indicator-handbook-"
"""How the names of our temporary folders begin."""
_READINGS = 60
_BETWEEN = 0.05
"""How often, and every how many seconds, a refused build reads who has the place."""
_BEHIND = 1 << 30
"""Where Windows locks a file: behind its words, which stay readable."""


class BusyError(Exception):
    """Another build has the place; the message says which one and what to do."""


@contextmanager
def at_work(target: Path) -> Iterator[Path]:
    """The empty folder in which a build makes what will stand at `target`; BusyError while another one does.

    What a killed build left in it is removed before, and the folder itself at the end.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = target.with_name(f".{target.name}-building")
    while (lock := _taken(folder)) is None:
        owner = _owner(folder)
        if owner is not None:
            raise BusyError(f"{owner} is building {target}; wait until it is done, or end it")
    try:
        yield folder
    finally:
        _leave(folder, lock)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty temporary folder; what builds of this user that were killed left beside it is removed."""
    sweep(Path(tempfile.gettempdir()))
    lock = None
    while lock is None:  # who sweeps in this very moment may have it before us
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH))
        lock = _taken(folder)
    try:
        yield folder
    finally:
        _leave(folder, lock)


def sweep(place: Path) -> None:
    """Remove this user's temporary folders that nobody works in any more."""
    for folder in place.glob(f"{SCRATCH}*"):
        if _own(folder) and (folder / LOCK).is_file():
            lock = _taken(folder, sure=True)
            if lock is not None:
                _leave(folder, lock)


def _taken(folder: Path, sure: bool = False) -> int | None:
    """Take a folder, new or left behind, and clear it; the lock's handle, None while another one has it.

    With `sure` a folder in a place that knows no locks counts as another one's.
    """
    while True:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        if not _own(folder):
            raise BusyError(
                f"{folder} is in the way: it was not made by a build of this user; move it elsewhere"
            )
        try:
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except FileNotFoundError:
            continue  # whoever had it took it away in this moment
        if not _locked(lock, sure):
            os.close(lock)
            return None
        if _stands(folder / LOCK, lock):
            break
        os.close(lock)
    os.truncate(lock, 0)
    os.write(lock, json.dumps(_self()).encode())  # before anything that takes time: a second build reads it
    with suppress(OSError):
        folder.chmod(0o700)
    _clear(folder)
    return lock


def _leave(folder: Path, lock: int) -> None:
    """Remove a folder, the lock last: until then nobody else may come in."""
    _clear(folder)
    if sys.platform == "win32":
        os.close(lock)  # an open file cannot be removed there
    with suppress(OSError):  # somebody may be in already, or the place be gone
        (folder / LOCK).unlink()
        folder.rmdir()
    if sys.platform != "win32":
        os.close(lock)


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _own(folder: Path) -> bool:
    """Whether it is a folder of this user, no link, and a build's, or empty, or gone meanwhile."""
    try:
        about = folder.lstat()
        names = {entry.name for entry in folder.iterdir()} if stat.S_ISDIR(about.st_mode) else None
    except FileNotFoundError:
        return True
    if names is None or (names and LOCK not in names):
        return False
    return sys.platform == "win32" or about.st_uid == os.geteuid()


def _locked(lock: int, sure: bool) -> bool:
    """Lock an open file; where its place knows no locks, as if nobody had it unless that is to be `sure`."""
    if sys.platform == "win32":
        os.lseek(lock, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(lock, 0, os.SEEK_SET)
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return not sure
    return True


def _stands(file: Path, lock: int) -> bool:
    """Whether the locked file still has its name: its owner may have removed it before it let go."""
    try:
        return os.path.samestat(file.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def _self() -> dict[str, object]:
    since = datetime.now(UTC).astimezone().isoformat(sep=" ", timespec="seconds")
    return {"process": os.getpid(), "machine": socket.gethostname(), "since": since}


def _owner(folder: Path) -> str | None:
    """Who has a folder, in words; None where whoever it was has left it meanwhile.

    Who took it a moment ago has not said so yet, or the words are those of a killed build before; so they
    are believed once they were read twice alike, and waited for a little while.
    """
    before = None
    for _ in range(_READINGS):
        try:
            told = json.loads((folder / LOCK).read_text(encoding="utf-8"))
            words = f"process {told['process']} on {told['machine']}, since {told['since']},"
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            words = None
        if words is not None and words == before:
            return words
        before = words
        time.sleep(_BETWEEN)
    return "another process"
