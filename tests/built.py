"""Builds handbooks as a user does, through the command line, and reads what came out.

Building the sample takes seconds, so one build serves every test of a session (fixture `sample_site`).
"""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from tests.document import Document
from tests.warm import CLOSED, GONE, MODES, Warm

ROOT = Path(__file__).parents[1]
SITES = ROOT / "tests/sites"
HANDBOOK = (sys.executable, "-m", "generator.cli")
LATE = frozenset({"SOURCE_DATE_EPOCH", "TMPDIR"})
"""What a command asks its environment for when it runs, and an interpreter not when it starts."""
MEASURED = frozenset({"COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"})
"""What says that the lines that run are counted, which begins when an interpreter starts."""
FORKS = sys.platform == "linux" and not MEASURED & os.environ.keys()
"""Whether commands run in forks."""
LONGEST = 300
"""Seconds after which a command hangs; many times what it takes on a slow machine."""


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would make a command depend on this machine or on an earlier test."""
    own = ("SOURCE_DATE_EPOCH", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_MKDOCS_2_WARNING": "1"} | changes


def run(*words: str | Path, cwd: Path = ROOT, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command; `changes` are set in its environment. The caller looks at the exit code."""
    return subprocess.run(
        words, cwd=cwd, env=environment(**changes), capture_output=True, text=True, encoding="utf-8",
        timeout=LONGEST, check=False,
    )  # fmt: skip


def handbook(*words: str | Path, cwd: Path = ROOT, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the `handbook` command, in an interpreter that has read the code already where that is the same."""
    if not FORKS or changes.keys() - LATE:
        return run(*HANDBOOK, *words, cwd=cwd, **changes)
    return _warm().run(tuple(map(str, words)), cwd, environment(**changes), LONGEST, {})


def led(streams: Mapping[str, str], *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The same with streams led elsewhere: to a device, `GONE` or `CLOSED` (see `tests.warm`)."""
    if not FORKS:
        return led_anew(streams, *words, cwd=cwd)
    return _warm().run(tuple(map(str, words)), cwd, environment(), LONGEST, streams)


def led_anew(streams: Mapping[str, str], *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The same in an interpreter of its own."""
    with ExitStack() as opened:
        pipes: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        closed = ""
        for name, to in streams.items():
            if to == CLOSED:
                closed += f" {tuple(MODES).index(name)}>&-"
            elif to == GONE:
                reading, pipes[name] = os.pipe()
                os.close(reading)
                opened.callback(os.close, pipes[name])
            else:
                pipes[name] = opened.enter_context(Path(to).open("r" if name == "stdin" else "w"))
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            ("sh", "-c", f'"$@"{closed}', "sh", *HANDBOOK, *words), cwd=cwd, env=environment(), text=True,
            encoding="utf-8", check=False, timeout=LONGEST, **pipes,
        )  # fmt: skip


@cache
def _warm() -> Warm:
    return Warm(environment())


def built(project: Path, out: Path, *options: str, first_language: str = "zh", **changes: str) -> Site:
    """Build a project that must build."""
    done = handbook("build", project, "--out", out, *options, **changes)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(out, first_language)


def copied(project: Path, target: Path) -> Path:
    """A project's own files at another place; charts that are drawn already are taken along."""
    for name in ("data", "content"):
        if (project / name).is_dir():
            shutil.copytree(project / name, target / name)
    charts = ROOT / ".handbook-cache/charts"
    if charts.is_dir():
        shutil.copytree(charts, target / ".handbook-cache/charts")
    return target


def without_sounds(data: bytes) -> bytes:
    """A file without how names sound in a search: initials of Chinese names are any two letters."""
    return re.sub(rb'"(people_)?sound":\s*\[[^]]*\]', b"", data)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Site:
    """A built site: the first language at the root, the second below its name."""

    folder: Path
    first: str = "zh"
    second: str = "en"
    documents: dict[str, Document] = field(default_factory=dict, repr=False)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file, as an address from the site's root."""
        return frozenset(files(self.folder))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Every HTML file of both languages in the site's frame, the error pages among them."""
        made = {path for path in self.paths if path.endswith(".html")}
        return tuple(sorted(made.difference(self.embeds)))

    @cached_property
    def embeds(self) -> tuple[str, ...]:
        """The small pages of indicators, which stand in nobody's frame."""
        return tuple(
            path for path in sorted(self.paths) if path.removeprefix(f"{self.second}/").startswith("embed/")
        )

    def own_pages(self, language: str) -> tuple[str, ...]:
        """The pages of a language by their path inside it; an error page is nobody's page."""
        inside = f"{self.second}/"
        return tuple(
            page.removeprefix(inside)
            for page in self.pages
            if page.startswith(inside) == (language == self.second) and not page.endswith("404.html")
        )

    def address(self, language: str, page: str) -> str:
        """A page's path inside its language as an address from the site's root."""
        return page if language == self.first else f"{language}/{page}"

    def language(self, page: str) -> str:
        """The language of a page's address."""
        return self.second if page.startswith(f"{self.second}/") else self.first

    def document(self, page: str) -> Document:
        """A page, read once."""
        if page not in self.documents:
            self.documents[page] = Document((self.folder / page).read_text(encoding="utf-8"))
        return self.documents[page]


def session_folder(own: Path) -> Path:
    """What the whole session shares: the tests run in several processes, whose own folders lie in it."""
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(target: Path, make: Callable[[], object]) -> Path:
    """What is made at a place below the session's folder, by whichever process needs it first."""
    done = target.with_name(f"{target.name}.made")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.with_name(f"{target.name}.making")):
        if not done.exists():
            make()
            done.touch()
    return target


@contextmanager
def _alone(mark: Path) -> Iterator[None]:
    """Inside, no other process is; who waits longer than any build takes gives up."""
    for _ in range(LONGEST * 20):
        try:
            mark.mkdir()
            break
        except FileExistsError:
            time.sleep(0.1)
    else:
        raise TimeoutError(f"{mark} was never given back")
    try:
        yield
    finally:
        mark.rmdir()


@cache
def sample(own: Path) -> Site:
    """The sample handbook, built once below a folder that the whole session shares."""
    out = session_folder(own) / "sample-site"
    return Site(once(out, lambda: built(ROOT, out)))


@cache
def whole_sample(own: Path) -> Site:
    """The sample in the edition that sees everything, built once a session."""
    out = session_folder(own) / "whole-sample"
    return Site(once(out, lambda: built(ROOT, out, "--edition", "managers")))


@cache
def past_review(own: Path) -> Site:
    """The frozen review of a past quarter of the sample, its zip beside it, made once a session."""
    out = session_folder(own) / "frozen/review-2025-Q4"

    def make() -> None:
        done = handbook("review", "2025-Q4", ROOT, "--out", out)
        assert done.returncode == 0, done.stdout + done.stderr

    return Site(once(out, make))


def readable(path: str, data: bytes) -> bytes:
    """A file's words: packed ones opened, without how names sound."""
    return without_sounds(unpacked(path, data))


def unpacked(path: str, data: bytes) -> bytes:
    """A file as its reader sees it."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"\n".join(map(packed.read, packed.namelist()))
    return gzip.decompress(data) if path.endswith(".gz") else data
