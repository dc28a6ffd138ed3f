"""What many tests start from: a small valid project to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.catalogue import Catalogue
from generator.problems import Problems, as_text
from tests.problems.assemble import BASE, load_checked

Change = dict[str, str | bytes | tuple[str, str] | None]
"""By file: its new content, an (old, new) replacement in it, or None to delete it."""


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
            elif isinstance(content, tuple):
                old, new = content
                text = path.read_text(encoding="utf-8")
                assert old in text, f"{name} does not hold {old!r}"
                path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
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
        assert catalogue is not None and not problems.has_errors, as_text(problems)
        return catalogue

    return make
