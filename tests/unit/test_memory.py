"""What a machine without memory does to a build is told in words, never as a fault of ours."""

from __future__ import annotations

import errno
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import click
import pytest
from click.testing import CliRunner

from generator.console import Commands
from generator.present.charts import draw
from generator.site.writing import FAULTS, in_words


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
    for place in range(8):
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
