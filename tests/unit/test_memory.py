"""What a machine without memory does to a build is told in words; what a build started ends with it."""

from __future__ import annotations

import errno
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from generator.console import Commands
from generator.present.charts import draw
from generator.site.writing import FAULTS, in_words
from tests.built import LONGEST, environment


class _Ended:
    """A pool whose processes the system has ended."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def __enter__(self) -> _Ended:
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, *_: Any, **__: Any) -> Any:
        raise BrokenProcessPool("terminated abruptly")


def test_a_drawing_process_that_the_system_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw, "ProcessPoolExecutor", _Ended)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    drawings = draw.Drawings(None)
    for place in range(2 * draw.WORTH_A_PROCESS):
        drawings.place({"mark": "point"}, f"chart-{place}", f"title {place}", "")
    with pytest.raises(OSError, match="drawing charts") as raised:
        list(drawings.fill(()))
    assert in_words(raised.value, "the site") == f"drawing charts: {FAULTS[errno.ENOMEM]}"


def test_memory_that_python_asked_for_in_vain() -> None:
    @click.group(cls=Commands)
    def group() -> None: ...

    @group.command()
    def asks() -> None:
        raise MemoryError

    done = CliRunner().invoke(group, ["asks"])
    assert (done.exit_code, done.output) == (1, f"Error: {FAULTS[errno.ENOMEM]}\n")
    assert in_words(OSError(errno.ENOMEM, "x"), "y") == f"y: {FAULTS[errno.ENOMEM]}"


DRAWS = """
import sys
from pathlib import Path
from generator.present.charts import draw
if __name__ == "__main__":
    draw.WORTH_A_PROCESS = 1
    drawings = draw.Drawings(Path(sys.argv[1]))
    for place in range(600):
        drawings.place({"mark": "point", "height": place + 1}, f"chart-{place}", f"title {place}", "")
    print("begun", flush=True)
    list(drawings.fill(()))
"""


def test_processes_that_draw_end_with_the_build_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "draws.py"
    script.write_text(DRAWS, encoding="utf-8")
    with subprocess.Popen(
        (sys.executable, str(script), str(tmp_path / "cache")), env=environment(), stdout=subprocess.PIPE
    ) as build:
        while not list(tmp_path.glob("cache/*/*.kept")):
            assert build.poll() is None
            time.sleep(0.01)
        build.kill()
        # They hold the end of the pipe as well: it is read to its end when all are gone.
        assert build.communicate(timeout=LONGEST)[0] == b"begun\n"
    assert len(list(tmp_path.glob("cache/*/*.kept"))) < 600
