"""Runs `handbook` commands in forks of a process that has imported everything already.

Reading the code takes a command longer than most of what a test asks of it. A command runs in a process of
its own all the same, with its own folder, environment, streams and end; only what an interpreter does with
its environment when it starts (encodings, hash seed) is as it was for the first one. A test that is about
these or about signals starts an interpreter of its own. Streams may lead to a device, nowhere, or to a reader
that has gone; `test_streams` holds that a command ends there as in an interpreter.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

IMPORTED = (
    "generator.cli", "generator.pipeline", "generator.language_sites", "generator.present.pages",
    "generator.site.plugin", "generator.site.staged", "generator.site.frozen", "generator.site.markdown_tree",
    "generator.exchange.export_json", "mkdocs.commands.build",
)  # fmt: skip
"""What commands import when they need it."""
COMMAND = "generator.cli"
GONE, CLOSED = "gone", "closed"
"""Where a stream leads besides a device's path: to a pipe that nobody reads any more; nowhere."""
MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


class Warm:
    """The process that forks; one for each process of tests."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.warm"), env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        atexit.register(self._process.kill)

    def run(
        self, words: tuple[str, ...], cwd: Path, environment: dict[str, str], longest: int,
        streams: Mapping[str, str],
    ) -> subprocess.CompletedProcess[str]:  # fmt: skip
        """What a command ended with and said; `streams` by their names in `MODES`, all others are heard."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            job = {"words": words, "cwd": str(cwd), "environment": environment, "longest": longest}
            heard = {"stdin": os.devnull, "stdout": str(out), "stderr": str(err)}
            self._process.stdin.write(json.dumps(job | {"streams": heard | dict(streams)}) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            told = (_said(file) for file in (out, err))
            return subprocess.CompletedProcess(words, code, *told)


def _said(file: Path) -> str:
    return file.read_bytes().decode("utf-8").replace("\r\n", "\n") if file.exists() else ""


def _lead(streams: dict[str, str]) -> None:
    """In the fork: the three streams as an interpreter finds them when it starts, and makes them."""
    for number, (name, mode) in enumerate(MODES.items()):
        if streams[name] == GONE:
            reading, opened = os.pipe()
            os.close(reading)
        elif streams[name] != CLOSED:
            opened = os.open(streams[name], os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT, 0o600)
        else:
            continue
        os.dup2(opened, number)
        os.close(opened)
    for number, (name, mode) in enumerate(MODES.items()):
        stream = None
        if streams[name] == CLOSED:
            os.close(number)
        else:
            errors = "backslashreplace" if name == "stderr" else "strict"
            stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - to its end
            stream.reconfigure(line_buffering=name == "stderr")
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _command(job: dict[str, Any]) -> NoReturn:
    """In the fork: be the command."""
    os.chdir(job["cwd"])
    os.environ.clear()
    os.environ.update(job["environment"])
    _lead(job["streams"])
    sys.path[0] = job["cwd"]
    sys.argv = [COMMAND, *job["words"]]
    tempfile.tempdir = None
    signal.alarm(job["longest"])
    del sys.modules[COMMAND]  # it is run as the main module
    runpy.run_module(COMMAND, run_name="__main__", alter_sys=True)
    sys.exit()


def _made_before() -> None:
    """What is the same for every handbook and takes seconds is made in a fork, which lives no longer.

    The library that makes it works in threads of its own, and a process that has some cannot be forked.
    """
    draw = import_module("generator.present.charts.draw")
    with tempfile.TemporaryFile() as file:
        child = os.fork()
        if not child:
            file.write(draw.vega())
            file.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        file.seek(0)
        made = file.read()
    if status == 0:
        draw.vega = lambda: made


def main() -> None:
    """Fork for each line until the other end is gone; tell each command's exit code."""
    for name in IMPORTED:
        import_module(name)
    compiled = (
        import_module("generator.present.templates")
        .Templates(import_module("generator.present.text.words").Words("en"))
        ._env
    )
    for name in compiled.list_templates(["jinja"]):
        compiled.get_template(name)
    _made_before()
    # What is here stays: no fork need look through it for cycles, and copy it by that.
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        job = json.loads(line)
        child = os.fork()
        if not child:
            _command(job)  # and to the end of the interpreter, as ever
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
