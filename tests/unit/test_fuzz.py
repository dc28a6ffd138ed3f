"""Broken handbooks, maps, pages and settings by the thousand: each is refused in words, or used; none breaks
us. `python -m bench.fuzz` tries more of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzzed import SHARES, case_of, mutated, run


@pytest.mark.parametrize("part", range(10))
def test_whatever_is_in_the_files_is_told_or_used(part: int, tmp_path: Path) -> None:
    for seed in range(part * 200, (part + 1) * 200):
        run(seed, tmp_path / "case/project")


def test_every_kind_has_its_share_and_every_change_changes_something() -> None:
    kinds = [case_of(seed) for seed in range(1000)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == dict(SHARES)
    text = b"a: 1\nb: [2, 3]\nc: d\n"
    same = [seed for seed in range(500) if mutated(text, random.Random(seed)) == text]
    assert len(same) < 25
