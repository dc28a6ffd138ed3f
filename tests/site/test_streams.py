"""Commands whose output goes to a full disk, a closed stream or a reader that has gone.

Every command is met here by itself, a new one too: its arguments are made of what they are (a folder is a
handbook, a file a process map), until `USEFUL` says better ones.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.console import OUR_FAULT, PeriodType
from generator.site.writing import FAULTS
from tests.built import LONGEST, ROOT, environment, handbook, led, led_anew
from tests.problems.assemble import BASE
from tests.warm import CLOSED, GONE

LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
sys.argv[0] = "handbook"
runpy.run_module("generator.cli", run_name="__main__")
"""
FULL = FAULTS[errno.ENOSPC]
LARGE = FAULTS[errno.EFBIG]
FULL_DEVICE = "/dev/full"
TO_FULL, TO_GONE = {"stdout": FULL_DEVICE}, {"stdout": GONE}
BOTH_FULL = {"stdout": FULL_DEVICE, "stderr": FULL_DEVICE}
NO_OUTPUT = {"stdout": CLOSED}
NO_STREAM = {"stdin": CLOSED, "stdout": CLOSED, "stderr": CLOSED}
EVERY = (TO_FULL, TO_GONE, BOTH_FULL, NO_OUTPUT, NO_STREAM)
unix = pytest.mark.skipif(sys.platform == "win32", reason="devices and limits of Unix")

FORM = {
    "id": "2025-01-20-sales",
    "date": "2025-01-20",
    "unit": "sales",
    "people": 6,
    "scores": {"goals-clear": 2},
}
"""What the form of the three first actions saves."""
USEFUL: dict[str, tuple[str, ...]] = {
    "": ("--help",),
    "build": ("build", "handbook", "--out", "made"),
    "check": ("check", "handbook"),
    "export bpmn": ("export", "bpmn", "made", "--project", "handbook"),
    "export json": ("export", "json", "handbook"),
    "export markdown": ("export", "markdown", "made", "--project", "handbook"),
    "import bpmn": ("import", "bpmn", "map.bpmn"),
    "import workshop": ("import", "workshop", "workshop.json", "--project", "handbook"),
    "review": ("review", "2025-Q1", "handbook", "--out", "made"),
    "schema": ("schema", "indicator"),
    "verify": ("verify", "site"),
}
"""Words with which a command ends with 0 and says something on standard output."""
INTO_FILES = {
    "export json": ("export", "json", "handbook", "--out", "made"),
    "import bpmn": ("import", "bpmn", "map.bpmn", "--out", "made"),
    "schema": ("schema", "--out", "made"),
}
"""Words with which what else goes to standard output becomes a file."""
ENDLESS = {"serve"}
"""What ends only when it is told to; `test_serve` looks at it."""


def commands(group: click.Group = main, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """(name, command) of all that can be run."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield " ".join((*above, name)), command


ALL = dict(commands())
RUN = [name for name in ("", *ALL) if name not in ENDLESS]


def words_of(name: str) -> tuple[str, ...]:
    """What to run a command with."""
    if name in USEFUL:
        return USEFUL[name]
    words = list(name.split())
    for part in ALL[name].params:
        if part.required:
            words += [part.opts[0]] if isinstance(part, click.Option) else []
            words.append(_made_up(part))
    return tuple(words)


def _made_up(part: click.Parameter) -> str:
    kind = part.type
    if isinstance(kind, click.Path):
        if not kind.exists:
            return "made"
        return "handbook" if kind.dir_okay else "map.bpmn"
    if isinstance(kind, click.Choice):
        return str(next(iter(kind.choices)))
    return "2025-Q1" if isinstance(kind, PeriodType) else "1"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook in one language, its drawings made, its site, another tool's process map, a saved form."""
    place = tmp_path_factory.mktemp("prepared")
    for file in [*shutil.copytree(BASE, place / "handbook").rglob("*.*")]:
        if file.name.endswith(".en.md"):
            file.unlink()
        elif file.suffix in (".yml", ".md"):
            both = file.read_text(encoding="utf-8").replace("languages: [zh, en]", "languages: [zh]")
            file.write_text(re.sub(r", en: [^,}]+", "", both), encoding="utf-8")
    shutil.copy(ROOT / "tests/bpmn/camunda.bpmn", place / "map.bpmn")
    (place / "workshop.json").write_text(json.dumps(FORM), encoding="utf-8")
    done = handbook("build", "handbook", "--out", "site", cwd=place)
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def place(prepared: Path, tmp_path: Path) -> Path:
    """The same for one test, and once more beside it."""
    shutil.copytree(prepared, tmp_path / "before")
    return shutil.copytree(prepared, tmp_path / "place")


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on standard error; a command never ends otherwise than in words and with its code."""
    assert done.returncode in (0, 1, 2), done.stderr
    assert done.returncode != OUR_FAULT
    assert "Traceback" not in (done.stdout or "") + (done.stderr or "")
    return done.stderr or ""


def test_every_command_that_there_is_has_useful_words_or_is_tried_with_made_up_ones() -> None:
    assert set(USEFUL) | ENDLESS <= {"", *ALL}
    assert all(words_of(name)[: len(name.split())] == tuple(name.split()) for name in RUN)


@unix
@pytest.mark.parametrize(
    ("streams", "words"),
    [
        *(
            (streams, "export json handbook")
            for streams in (TO_FULL, TO_GONE, BOTH_FULL, NO_OUTPUT, NO_STREAM)
        ),
        *((streams, "schema nothing") for streams in (BOTH_FULL, NO_STREAM)),
    ],
    ids=str,
)
def test_a_fork_ends_as_an_interpreter_does(streams: dict[str, str], words: str, prepared: Path) -> None:
    """The commands below run in forks, whose streams are made by `tests.warm`."""
    forked, own = (run(streams, *words.split(), cwd=prepared) for run in (led, led_anew))
    assert (forked.returncode, forked.stderr or "") == (own.returncode, own.stderr or "")


@unix
@pytest.mark.parametrize("name", RUN)
def test_a_full_device_at_standard_output_is_said_in_words(name: str, place: Path) -> None:
    """What writes files has them written by then; that their names could not be told is what it ends with."""
    done = led(TO_FULL, *words_of(name), cwd=place)
    words = told(done)
    if name in USEFUL:
        assert done.returncode == 1
        assert words.endswith(f"Error: standard output: {FULL}\n")
        assert ("made" not in USEFUL[name]) or (place / "made").exists()


@unix
@pytest.mark.parametrize("name", RUN)
def test_a_reader_that_has_gone_ends_it_without_a_word_of_it(name: str, place: Path) -> None:
    done = led(TO_GONE, *words_of(name), cwd=place)
    words = told(done)
    if name in USEFUL:
        assert done.returncode == 1
        assert "Error" not in words


@unix
@pytest.mark.parametrize("name", RUN)
def test_full_and_closed_streams_bring_nothing_down(name: str, place: Path) -> None:
    told(led(BOTH_FULL, *words_of(name), cwd=place))
    for closed in (NO_OUTPUT, NO_STREAM):
        shutil.rmtree(place)
        shutil.copytree(place.parent / "before", place)
        done = led(closed, *words_of(name), cwd=place)
        told(done)
        if name in USEFUL:
            refused = name in ("export json", "import bpmn")
            assert done.returncode == (1 if refused else 0), (closed, done.stderr)
            if refused and closed == NO_OUTPUT:
                assert done.stderr == "Error: standard output is closed; name a file with --out\n"


@unix
@pytest.mark.parametrize("name", [name for name in RUN if name in INTO_FILES or "made" in words_of(name)])
def test_a_full_disk_is_said_in_words_and_leaves_no_half_file(name: str, place: Path) -> None:
    words = INTO_FILES.get(name) or words_of(name)
    done = subprocess.run(
        (sys.executable, "-c", LIMITED, "300", *words), cwd=place, env=environment(), text=True,
        encoding="utf-8", check=False, capture_output=True, timeout=LONGEST,
    )  # fmt: skip
    said = told(done)
    if name in USEFUL:
        assert done.returncode == 1
        assert LARGE in said, said
    written = {path for path in place.rglob("*") if path.is_file() and ".handbook-cache" not in path.parts}
    for path in written:
        earlier = place.parent / "before" / path.relative_to(place)
        assert earlier.exists() or path.name == "handbook-files.txt", path


@unix
def test_a_full_disk_leaves_the_earlier_file(place: Path) -> None:
    out = place / "handbook.json"
    first = handbook("export", "json", "handbook", "--out", out, cwd=place)
    assert first.returncode == 0, first.stderr
    before, there = out.read_bytes(), sorted(place.iterdir())
    done = subprocess.run(
        (sys.executable, "-c", LIMITED, "4000", "export", "json", "handbook", "--out", str(out)), cwd=place,
        env=environment(), text=True, encoding="utf-8", check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == f"Error: {out}: {LARGE}\n"
    assert out.read_bytes() == before
    assert sorted(place.iterdir()) == there
