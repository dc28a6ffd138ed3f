"""Files are written whole or not at all, and what the machine refuses is said in words."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from generator.site.writing import FAULTS, in_words, write_whole

unix = pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix")


def test_every_fault_says_which_file_and_what_to_do() -> None:
    for number in FAULTS:
        assert in_words(OSError(number, "x", "/a/b"), "y") == f"/a/b: {FAULTS[number]}"
        assert in_words(OSError(number, "x"), "standard output") == f"standard output: {FAULTS[number]}"
    assert in_words(FileNotFoundError(errno.ENOENT, "x", "/a/b"), "y") is None, "that is a fault of ours"


@unix
def test_a_file_keeps_its_rights_and_a_new_one_has_those_of_its_user(tmp_path: Path) -> None:
    file = tmp_path / "x"
    old = os.umask(0o027)
    try:
        write_whole(file, b"1")
    finally:
        os.umask(old)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.chmod(0o604)
    write_whole(file, b"2")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"2", 0o604)


@unix
def test_links_and_devices_are_written_to_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    write_whole(Path("/dev/null"), b"x")
    with pytest.raises(OSError, match="No space left"):
        write_whole(Path("/dev/full"), b"x")
