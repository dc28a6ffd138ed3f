"""A build's own folder: one at a time, private, taken over from the dead, never somebody else's."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from generator.site import workplace
from generator.site.workplace import LOCK, SCRATCH, BusyError, at_work, scratch

HOLD = """
import sys, time
from pathlib import Path
from generator.site.workplace import at_work, scratch
with (at_work(Path(sys.argv[2])) if sys.argv[1] == "at_work" else scratch()) as folder:
    (folder / "job").write_text("a book of an edition")
    print(folder, flush=True)
    time.sleep(600)
"""


class Holder:
    """Another process that has a place until it is killed."""

    def __init__(self, *words: str | Path) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-c", HOLD, *words), stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stdout is not None
        self.folder = Path(self.process.stdout.readline().strip())

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def test_a_place_is_private_empty_and_gone_at_the_end(tmp_path: Path) -> None:
    with at_work(tmp_path / "deep/site") as folder:
        assert folder == tmp_path / "deep/.site-building"
        assert [path.name for path in folder.iterdir()] == [LOCK]
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "site").mkdir()
        (folder / "site/index.html").write_text("x", encoding="utf-8")
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_second_one_is_told_who_has_it_and_others_may_work(tmp_path: Path) -> None:
    holder = Holder("at_work", tmp_path / "site")
    try:
        with pytest.raises(BusyError) as refused, at_work(tmp_path / "site"):
            pass
        told = re.fullmatch(
            r"process (\d+) on (\S+), since (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d), is building (\S+);"
            r" wait until it is done, or end it",
            str(refused.value),
        )
        assert told, str(refused.value)
        assert int(told[1]) == holder.process.pid
        assert told[4] == str(tmp_path / "site")
        assert (holder.folder / "job").is_file(), "the first one's work is untouched"
        with at_work(tmp_path / "other"):
            pass
    finally:
        holder.kill()


LATE = """
import os, sys, time
from pathlib import Path
from generator.site import workplace
def late(handle, text, write=os.write):
    print("has it", flush=True)
    time.sleep(0.4)
    return write(handle, text)
workplace.os.write = late
with workplace.at_work(Path(sys.argv[1])):
    time.sleep(600)
"""


@pytest.mark.parametrize("dead", [True, False])
def test_who_has_only_just_come_is_named_too(tmp_path: Path, dead: bool) -> None:
    """Between the lock and the words in it there is a moment; after a killed build its words stand there."""
    target = tmp_path / "site"
    if dead:
        Holder("at_work", target).kill()
    with subprocess.Popen((sys.executable, "-c", LATE, target), stdout=subprocess.PIPE, text=True) as late:
        try:
            assert late.stdout is not None
            assert late.stdout.readline() == "has it\n"
            with pytest.raises(BusyError, match=f"process {late.pid} on"), at_work(target):
                pass
        finally:
            late.kill()


def test_a_place_of_a_killed_one_is_taken_over_and_cleared(tmp_path: Path) -> None:
    holder = Holder("at_work", tmp_path / "site")
    holder.kill()
    assert (holder.folder / "job").is_file()
    with at_work(tmp_path / "site") as folder:
        assert folder == holder.folder
        assert [path.name for path in folder.iterdir()] == [LOCK]
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_a_process_says_nothing(tmp_path: Path) -> None:
    """A lock file that names a living process, of a build that is dead: numbers are given again."""
    folder = tmp_path / ".site-building"
    folder.mkdir()
    (folder / LOCK).write_text(
        f'{{"process": {os.getpid()}, "machine": "m", "since": "s"}}', encoding="utf-8"
    )
    with at_work(tmp_path / "site"):
        pass
    assert not folder.exists()


@pytest.mark.parametrize("what", ["a folder of somebody's", "a link", "a file"])
def test_what_no_build_made_is_left_alone(tmp_path: Path, what: str) -> None:
    place = tmp_path / ".site-building"
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("mine", encoding="utf-8")
    if what == "a link":
        place.symlink_to(theirs)
    elif what == "a file":
        place.write_text("mine", encoding="utf-8")
    else:
        theirs.rename(place)
        theirs = place
    with pytest.raises(BusyError, match="in the way"), at_work(tmp_path / "site"):
        pass
    assert place.is_file() or (theirs / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("TEMP", str(folder))
    monkeypatch.setenv("TMP", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def test_temporary_folders_of_the_dead_are_removed_and_those_of_the_living_are_not(temporary: Path) -> None:
    living, dead = Holder("scratch"), Holder("scratch")
    try:
        dead.kill()
        theirs = temporary / f"{SCRATCH}notes"
        theirs.mkdir()
        (theirs / "notes.txt").write_text("mine", encoding="utf-8")
        with scratch() as folder:
            if sys.platform != "win32":
                assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert sorted(temporary.iterdir()) == sorted([living.folder, theirs, folder])
            assert (living.folder / "job").is_file()
    finally:
        living.kill()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locks of this kind")
def test_where_there_are_no_locks_work_goes_on_and_nothing_is_swept(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = Holder("scratch")
    dead.kill()

    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(workplace.fcntl, "flock", none)
    with at_work(tmp_path / "site") as folder:
        assert folder.is_dir()
    with scratch():
        pass
    assert list(temporary.iterdir()) == [dead.folder], "nobody can tell whether its owner lives"


def test_eight_at_once_get_it_one_after_the_other(tmp_path: Path) -> None:
    """However they fall over each other while the folder is made and removed: never two inside."""
    script = """
import sys
from pathlib import Path
from generator.site.workplace import BusyError, at_work
target, inside, done = Path(sys.argv[1]), Path(sys.argv[2]), 0
while done < 40:
    try:
        with at_work(target):
            inside.mkdir()  # fails where another one is inside
            inside.rmdir()
            done += 1
    except BusyError:
        pass
"""
    running = [
        subprocess.Popen((sys.executable, "-c", script, tmp_path / "site", tmp_path / "inside"))
        for _ in range(8)
    ]
    assert [one.wait() for one in running] == [0] * 8
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("interruptible")
def test_interrupted_it_leaves_nothing(tmp_path: Path) -> None:
    holder = Holder("at_work", tmp_path / "site")
    holder.process.send_signal(signal.SIGINT)
    holder.process.communicate()
    assert list(tmp_path.iterdir()) == []
