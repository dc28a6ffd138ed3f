"""Builds that are killed, meet each other or a full disk: no site is lost, nothing stays, none is stuck."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.built import HANDBOOK, LONGEST, SITES, copied, environment, files, handbook
from tests.needs import missing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix")

KILLED_AT_RENAME = """
import os, runpy, signal, sys
from pathlib import Path
at, rename = int(sys.argv.pop(1)), Path.rename

def killed(self, target):
    global at
    if not Path(target).name.endswith(".kept"):
        at -= 1
    if at == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)

Path.rename = killed
sys.argv[0] = "handbook"
runpy.run_module("generator.cli", run_name="__main__")
"""
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
sys.argv[0] = "handbook"
runpy.run_module("generator.cli", run_name="__main__")
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook with the site of its widest edition."""
    project = copied(SITES / "audiences", tmp_path_factory.mktemp("small") / "project")
    done = handbook("build", cwd=project)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def changed(small: Path) -> Path:
    """The small handbook with its site, and one word changed since."""
    copy = shutil.copytree(small, small.parent / "changed")
    settings = copy / "data/handbook.yml"
    text = settings.read_text(encoding="utf-8")
    assert "A handbook for" in text
    settings.write_text(text.replace("A handbook for", "The handbook for"), encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def after(changed: Path) -> dict[str, bytes]:
    """The site that the changed handbook makes, built where nothing happened."""
    without = shutil.ignore_patterns("site", ".site-*")
    fresh = shutil.copytree(changed, changed.parent / "fresh", ignore=without)
    assert handbook("build", cwd=fresh).returncode == 0
    made = files(fresh / "site")
    assert made != files(changed / "site")
    return made


@pytest.fixture
def project(changed: Path, tmp_path: Path) -> Path:
    """The changed handbook with its old site, for one test."""
    return shutil.copytree(changed, tmp_path / "project")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the builds of one test put their temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def start(project: Path, temporary: Path, *words: str | Path) -> subprocess.Popen[str]:
    """A build of its own."""
    return subprocess.Popen(
        (*HANDBOOK, "build", *words), cwd=project, env=environment(TMPDIR=str(temporary)),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def whole(project: Path, temporary: Path, after: dict[str, bytes]) -> None:
    """Whatever happened, the next build makes the site as if nothing had."""
    done = handbook("build", cwd=project, TMPDIR=str(temporary))
    assert done.returncode == 0, done.stderr
    assert files(project / "site") == after
    assert {path.name for path in project.iterdir()} <= {"data", "content", "site", ".handbook-cache"}
    assert list(temporary.iterdir()) == []


MOMENTS = {
    "while it reads": lambda project, temporary: (project / ".site-building").is_dir(),
    "while it draws": lambda project, temporary: (project / ".handbook-cache/charts").is_dir(),
    "when the other language is handed over": lambda project, temporary: any(temporary.glob("*/job")),
    "while the other language is built": lambda project, temporary: any(temporary.glob("*/site/*.html")),
    "while it writes": lambda project, temporary: any((project / ".site-building/site").glob("*.html")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_it_loses_nothing(
    project: Path, temporary: Path, after: dict[str, bytes], moment: str
) -> None:
    before = files(project / "site")
    shutil.rmtree(project / ".handbook-cache")
    running = start(project, temporary)
    until = time.monotonic() + LONGEST
    while not MOMENTS[moment](project, temporary):
        assert running.poll() is None, f"it ended before: {running.communicate()}"
        assert time.monotonic() < until
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)
    # The ends of its pipes are held by all that it started: reading to the end waits for these to go too.
    running.communicate(timeout=LONGEST)
    assert files(project / "site") == before
    left = [path for path in (*project.glob(".site-*"), *temporary.iterdir()) if path.is_dir()]
    assert left, "there is something to clean"
    assert {path.stat().st_mode & 0o777 for path in left} == {0o700}
    whole(project, temporary, after)


@pytest.mark.parametrize("rename", [1, 2])
def test_killed_while_the_sites_change_places_one_of_them_stands(
    project: Path, temporary: Path, after: dict[str, bytes], rename: int
) -> None:
    """Before the old site goes aside, and between that and the new one's coming."""
    before = files(project / "site")
    words = (sys.executable, "-c", KILLED_AT_RENAME, str(rename), "build")
    done = subprocess.run(
        words, cwd=project, env=environment(TMPDIR=str(temporary)), check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL
    assert files(project / ("site" if rename == 1 else ".site-old")) == before
    broken = project / "data/results/2025.csv"
    kept = broken.read_bytes()
    broken.write_text("not,a,table\n", encoding="utf-8")
    assert handbook("build", cwd=project).returncode == 1
    assert files(project / "site") == before, "a build that fails brings the old site back all the same"
    broken.write_bytes(kept)
    whole(project, temporary, after)


def test_two_at_once_never_spoil_each_other(project: Path, temporary: Path, after: dict[str, bytes]) -> None:
    """One builds, the other is told who is at it; which of them is first does not matter.

    Three turns of whole builds; the place itself is fought for many more times in the tests of the workplace.
    """
    for turn in range(3):
        both = [start(project, temporary), start(project, temporary)]
        told = [(one.wait(LONGEST), *one.communicate()) for one in both]
        assert min(code for code, _, _ in told) == 0, (turn, told)
        for code, _, errors in told:
            if code:
                other = both[told[0][0] != 0].pid
                assert re.fullmatch(
                    rf"Error: process {other} on \S+, since [^,]+, is building {project / 'site'};"
                    r" wait until it is done, or end it\n", errors,
                ), errors  # fmt: skip
    assert list(temporary.iterdir()) == []
    assert files(project / "site") == after


def test_two_targets_of_one_project_are_built_at_once(project: Path, temporary: Path) -> None:
    shutil.rmtree(project / ".handbook-cache")
    both = [start(project, temporary, "--out", name) for name in ("one", "two")]
    told = [(one.wait(LONGEST), *one.communicate()) for one in both]
    assert [code for code, _, _ in told] == [0, 0], told
    assert files(project / "one") == files(project / "two")
    assert not list((project / ".handbook-cache").rglob("*.part"))


@pytest.mark.parametrize("most", [1_000, 20_000, 300_000])
def test_a_limit_of_files_is_said_in_words_and_leaves_the_old_site(
    project: Path, temporary: Path, most: int
) -> None:
    """Files can only grow to so many bytes, so a page, a drawing or a script cannot be written to its end."""
    before = files(project / "site")
    done = subprocess.run(
        (sys.executable, "-c", LIMITED, str(most), "build"), cwd=project,
        env=environment(TMPDIR=str(temporary)), check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "larger than files may be here" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert files(project / "site") == before
    assert list(temporary.iterdir()) == []
    assert not list(project.glob(".site-*"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for the small site and little more."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place))
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        if os.geteuid() == 0:
            missing("a small disk cannot be mounted here")
        pytest.skip("only a system's administrator can mount a small disk")
    yield place
    subprocess.run(("umount", str(place)), check=True)


def test_a_disk_that_is_truly_full(project: Path, temporary: Path, disk: Path) -> None:
    """The old site stays, what was begun goes, and there is room again for who empties something."""
    shutil.copytree(project / "site", disk / "site")
    before = files(disk / "site")
    room = shutil.disk_usage(disk).free
    (disk / "rest").write_bytes(bytes(room - 200_000))
    done = subprocess.run(
        (*HANDBOOK, "build", "--out", str(disk / "site")), cwd=project,
        env=environment(TMPDIR=str(temporary)), check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "the disk is full; make room and run it again" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert files(disk / "site") == before
    assert sorted(path.name for path in disk.iterdir()) == ["rest", "site"]
    assert list(temporary.iterdir()) == []


@pytest.fixture
def only_read(project: Path) -> Iterator[Path]:
    """The project on a disk that can only be read, without its drawings."""
    shutil.rmtree(project / ".handbook-cache")
    place = str(project)
    both = (("mount", "--bind", place, place), ("mount", "-o", "remount,bind,ro", place))
    if shutil.which("mount") is None or any(
        subprocess.run(words, capture_output=True, check=False).returncode for words in both
    ):
        if os.geteuid() == 0:
            missing("nothing can be mounted here to be read alone")
        pytest.skip("only a system's administrator can mount a disk to be read alone")
    yield project
    subprocess.run(("umount", place), check=True)


def test_a_project_that_can_only_be_read_is_built_elsewhere(
    only_read: Path, tmp_path: Path, after: dict[str, bytes]
) -> None:
    """What is kept between builds is a help and never a duty."""
    before = files(only_read)
    done = handbook("build", "--out", str(tmp_path / "site"), cwd=only_read)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "site") == after
    refused = handbook("build", cwd=only_read)
    told = "it can only be read here; name another place, with --out where there is that option"
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Error: {only_read}/.site-building: {told}")
    assert files(only_read) == before


@pytest.mark.skipif(sys.platform != "linux", reason="a folder where nobody may write, not even root")
def test_a_place_without_rights_is_said_in_words(project: Path) -> None:
    done = handbook("build", "--out", "/sys/handbook/site", cwd=project)
    assert (done.returncode, done.stdout) == (1, "")
    told = "this user has no right to it; give the right, or name another place"
    assert done.stderr == f"Error: /sys/handbook: {told}\n"
