"""A small handbook of pilots, processes, reviews and regions, of which pages are kept."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from tests.built import ROOT

MOST = 18
"""Indicators: more than stand beside one another."""


def pilots_book(root: Path) -> None:
    """Write it, with words of its own for one chapter."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(ROOT / "bench"))
        shapes = importlib.import_module("shapes")
        shapes.make(root, shapes.Shape(MOST, 2, months=12, processes=1, steps=6, reviews=4, regions=1))
    for path in root.glob("data/indicators/*.yml"):  # there from the first month on: the past has figures
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2023-12-01, change: created", "2020-12-01, change: created"), "utf-8")
    handbook = root / "data/handbook.yml"
    said = json.loads(handbook.read_text(encoding="utf-8")) | {"audiences": ["public", "staff"]}
    handbook.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    (root / "labels").mkdir()
    (root / "labels/en.yml").write_text("chapters:\n  pilots: Trials\n", encoding="utf-8")
