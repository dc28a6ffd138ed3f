"""What many tests start from: a small valid project to change."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from generator.check import run_rules
from generator.messages import speak
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.problems import Problems, as_text
from tests import evidence
from tests.problems.assemble import BASE, load_checked

# No test depends on how fast the machine is; where CI is set, it also draws the same examples each time.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")


FIRST = (
    "tests/site/test_attacks.py",
    "tests/site/test_streams.py",
    "tests/site/test_nothing_lost.py",
    "tests/site/test_frozen.py",
    "tests/recount",
    "tests/unit/test_fuzz.py",
    "tests/site",
    "tests/browser",
    "tests/unit/test_book",
    "tests/unit/maps",
)
"""The files that take longest begin, so that none is left over at the end while other processes wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order of FIRST, the others after them; the tests of a file as they are written."""
    items.sort(
        key=lambda item: next((n for n, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST))
    )


def pytest_collection_finish() -> None:
    """What was read to find the tests stays to the end: no look for cycles need go through it."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for what could not be run here, so that nobody takes a part for the whole."""
    line = evidence.told([str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])])
    if line:
        terminalreporter.write_line(line, yellow=True)


Change = Mapping[str, str | bytes | tuple[str, str] | list[tuple[str, str]] | None]
"""By file: its new content, one (old, new) replacement in it or several, or None to delete it."""

Told = Callable[..., list[str]]
"""The messages of one rule on the changed base, seen from a period (default: the latest)."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A command that was asked to speak Chinese keeps to it; the next test hears English again."""
    yield
    speak("en")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches what a test starts also where the tests run in the background, which are deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[[Change], Path]:
    """Writes the problem cases' valid base with changes; returns its root."""

    def make(change: Change) -> Path:
        root = tmp_path / f"project-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(BASE, root)
        for name, content in change.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            elif isinstance(content, tuple | list):
                text = path.read_text(encoding="utf-8")
                for old, new in content if isinstance(content, list) else [content]:
                    assert old in text, f"{name} does not hold {old!r}"
                    text = text.replace(old, new)
                path.write_text(text, encoding="utf-8", newline="\n")
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def make_catalogue(make_project: Callable[[Change], Path]) -> Callable[[Change], Catalogue]:
    """The base with changes, loaded; it must be free of errors."""

    def make(change: Change) -> Catalogue:
        problems = Problems()
        catalogue = load_checked(make_project(change), problems)
        assert catalogue is not None
        assert not problems.has_errors, as_text(problems)
        return catalogue

    return make


@pytest.fixture
def told(make_catalogue: Callable[[Change], Catalogue]) -> Told:
    """See `Told`."""

    def told(rule: str, change: Change, as_of: str | None = None) -> list[str]:
        problems = run_rules(make_catalogue(change), Period.parse(as_of) if as_of else None)
        return [problem.message for problem in problems if problem.rule == rule]

    return told
