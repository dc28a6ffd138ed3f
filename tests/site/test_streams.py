"""Commands whose output goes to a full disk, a closed stream or a reader that has gone."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.site.writing import FAULTS
from tests.built import HANDBOOK, environment
from tests.problems.assemble import BASE

LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
sys.argv[0] = "handbook"
runpy.run_module("generator.cli", run_name="__main__")
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix")


def run(*words: str | Path, **streams: int) -> subprocess.CompletedProcess[str]:
    """A command with its streams closed, or led to a device."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run(words, env=environment(), text=True, encoding="utf-8", check=False, **pipes)  # type: ignore[call-overload,no-any-return]


@unix
def test_a_full_disk_leaves_the_earlier_file(tmp_path: Path) -> None:
    out = tmp_path / "handbook.json"
    first = run(*HANDBOOK, "export", "json", BASE, "--out", out)
    assert first.returncode == 0, first.stderr
    before = out.read_bytes()
    done = run(sys.executable, "-c", LIMITED, "4000", "export", "json", BASE, "--out", out)
    assert done.returncode == 1
    assert done.stderr == f"Error: {out}: {FAULTS[errno.EFBIG]}\n"
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


COMMANDS = {"check": ("check", BASE), "json": ("export", "json", BASE), "schema": ("schema", "indicator")}


@unix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_device_at_standard_output_is_said_in_words(command: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = run(*HANDBOOK, *COMMANDS[command], stdout=full)
    finally:
        os.close(full)
    assert done.returncode == 1
    assert done.stderr == f"Error: standard output: {FAULTS[errno.ENOSPC]}\n"


WRITING = {
    "build": ("build", BASE, "--out", "site"),
    "review": ("review", "2025-Q1", BASE, "--out", "review"),
    "bpmn": ("export", "bpmn", "maps", "--project", BASE),
    "help": ("--help",),
}


@unix
@pytest.mark.parametrize("command", WRITING)
def test_what_writes_files_says_so_too(command: str, tmp_path: Path) -> None:
    """The files are there; that their names could not be told is what the command ends with."""
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        done = subprocess.run(
            (*HANDBOOK, *WRITING[command]), env=environment(), cwd=tmp_path, text=True, encoding="utf-8",
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(full)
    assert done.returncode == 1
    assert done.stderr.endswith(f"Error: standard output: {FAULTS[errno.ENOSPC]}\n")
    assert "Traceback" not in done.stderr
    assert command == "help" or len(list(tmp_path.iterdir())) > 0


@unix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_gone_ends_it_without_a_word(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(*HANDBOOK, *COMMANDS[command], stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


@unix
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
@pytest.mark.parametrize("command", COMMANDS)
def test_closed_streams_bring_nothing_down(command: str, closed: str) -> None:
    done = run("sh", "-c", f'"$@" {closed}', "sh", *HANDBOOK, *COMMANDS[command])
    assert "Traceback" not in done.stdout + done.stderr
    refused = command == "json" and closed.startswith(">")
    assert done.returncode == (1 if refused else 0), done.stderr
    if refused and closed == ">&-":
        assert done.stderr == "Error: standard output is closed; name a file with --out\n"
