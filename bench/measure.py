"""Runs a command in a process of its own and says what it took, its child processes counted in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# Material's notice about its end of life is no part of what is measured.
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took and what came out of it."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processor time, user and system, children included."""
    memory: float
    """Peak of the largest process, MB."""
    size: float = 0
    """Bytes of the built site, MB."""
    pages: int = 0
    """HTML pages of the built site."""

    def __add__(self, other: Cost) -> Cost:
        """Both, one after the other."""
        return Cost(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.memory, other.memory),
        )


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run to the end; a failing command ends the benchmark with what it printed (SystemExit)."""
    log = folder / "bench.log"
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=out, stderr=subprocess.STDOUT)
        # wait4 counts the process and every child it has waited for; RUSAGE_CHILDREN would mix the runs.
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        sys.exit(
            f"{' '.join(map(str, command))} failed:\n{log.read_text(encoding='utf-8', errors='replace')}"
        )
    megabytes = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(wall, usage.ru_utime + usage.ru_stime, megabytes)


def with_site(cost: Cost, site: Path) -> Cost:
    """The cost together with the size of what was built."""
    files = [path for path in site.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    return replace(cost, size=size, pages=sum(path.suffix == ".html" for path in files))
