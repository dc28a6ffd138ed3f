"""A case of a broken project: a small valid base with a few files laid over it, and what is said of it.

A case is a folder beside this module, or one in that: "rule-pack-size/passing". Its `data/` and `content/`
replace the base's files of the same name, `without.txt` names files of the base to leave out (one a line),
`expected.txt` is the exact text output.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.check import run_rules
from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.problems import Problems

HERE = Path(__file__).parent
BASE = HERE / "_base"
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_"))


def assemble(case: str, root: Path) -> Path:
    """The case's project, written to `root`."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for folder in ("data", "content"):
        if (HERE / case / folder).is_dir():
            shutil.copytree(HERE / case / folder, root / folder, dirs_exist_ok=True)
    without = HERE / case / "without.txt"
    for name in without.read_text(encoding="utf-8").split() if without.exists() else ():
        (root / name).unlink()
    return root


def load_checked(root: Path, problems: Problems) -> Catalogue | None:
    """The project, with what the loader and the rules find in it."""
    catalogue = load_project(root, problems)
    if catalogue is not None:
        problems.extend(run_rules(catalogue))
    return catalogue


def problems_of(root: Path) -> Problems:
    """What is wrong with a project."""
    problems = Problems()
    load_checked(root, problems)
    return problems
