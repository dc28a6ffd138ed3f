"""Broken handbooks by the thousand: each is refused with file and line, or computed; none breaks us."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.built import SITES
from tests.fuzzed import project, tried
from tests.problems.assemble import BASE


@pytest.mark.parametrize("part", range(10))
def test_whatever_is_in_the_files_is_told_or_computed(part: int, tmp_path: Path) -> None:
    for seed in range(part * 200, (part + 1) * 200):
        base = SITES / "every-text" if seed % 4 == 0 else BASE
        root = project(base, tmp_path / "project", seed)
        try:
            tried(root)
        except Exception as fault:
            raise AssertionError(f"seed {seed} of {base.name}") from fault
