"""Files that commands write, and the words for it when a disk, a device or a right is missing.

A file is written beside its place and moved there when it is whole, so that a full disk or a killed command
leaves the earlier one as it was.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from generator.site.workplace import at_work

FAULTS = {
    errno.ENOSPC: "the disk is full; make room and run it again",
    errno.EDQUOT: "no more room is allowed to this user; make room and run it again",
    errno.EFBIG: "larger than files may be here; raise the limit, or write to another disk",
    errno.EROFS: "it can only be read here; name another place, with --out where there is that option",
    errno.EACCES: "this user has no right to it; give the right, or name another place",
    errno.EPERM: "this user has no right to it; give the right, or name another place",
    errno.EIO: "the device reports a fault; look at the disk before anything else",
    errno.ENXIO: "the device is not there",
    errno.ENODEV: "the device is not there",
    errno.ENOMEM: "there is not enough memory; end other programs, or give it more, and run it again",
    errno.EMFILE: "too many files are open; raise the limit (`ulimit -n`) and run it again",
    errno.ENFILE: "too many files are open on this machine",
    errno.ENAMETOOLONG: "the name is too long here; shorten it, or name another place",
}
"""What the machine refuses through no fault of ours. Everything else is one, and shows its traceback."""


def in_words(error: OSError, otherwise: str) -> str | None:
    """What happened to which file and what to do; None for what is no affair of the machine.

    `otherwise` names what was written where the machine does not say it.
    """
    reason = FAULTS.get(error.errno or 0)
    if reason is None:
        return None
    named = error.filename2 if error.filename2 is not None else error.filename
    return f"{otherwise if named is None else os.fsdecode(named)}: {reason}"


def is_of_the_machine(error: Exception) -> bool:
    """Whether it is one of the faults for which there are words."""
    return isinstance(error, OSError) and error.errno in FAULTS


def write_whole(file: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; devices and pipes are written to as they are.

    An earlier file keeps its rights; where it is a link, what it leads to is written. BusyError while another
    process writes it.
    """
    file = file.resolve()
    if file.exists() and not (file.is_file() and os.access(file.parent, os.W_OK)):
        file.write_bytes(content)
        return
    mode = file.stat().st_mode & 0o7777 if file.exists() else None
    with at_work(file) as folder:
        part = folder / "content"
        try:
            part.write_bytes(content)
            if mode is not None:
                part.chmod(mode)
            part.replace(file)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(file)) from None
