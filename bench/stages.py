"""What each stage of a build takes at the shapes S, M and L: processor time, and the memory reached so far.

    python bench/stages.py [S M]

Every shape runs in a process of its own, in one language, with a warm cache of drawings the second time.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import shapes

from generator.check import run_rules
from generator.language_sites import language_sites_of
from generator.load.project import load_project
from generator.model.catalogue import latest_period
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

T = TypeVar("T")
MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3


def stage(name: str, work: Callable[[], T]) -> T:
    """Do the work and say what it took."""
    begun = time.process_time()
    made = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"{name:>12} {time.process_time() - begun:>9.2f} s {peak:>8.0f} MB", flush=True)
    return made


def stages(project: Path) -> None:
    """Load, hold against the rules, compute, make the pages of the first language; nothing is written."""
    problems = Problems()
    catalogue = stage("load", lambda: load_project(project, problems))
    if catalogue is None:
        sys.exit(str(tuple(problems)[:3]))
    stage("rules", lambda: list(run_rules(catalogue, latest_period(catalogue))))
    checked = check_project(project)
    figures = stage("figures", lambda: figures_for(checked))
    first = catalogue.handbook.languages[:1]
    stage("pages cold", lambda: language_sites_of(figures, problems, first))
    stage("pages warm", lambda: language_sites_of(figures, problems, first))


def main() -> None:
    """Measure the shapes that are named, each in a process of its own."""
    if sys.argv[1:2] == ["--in"]:
        stages(Path(sys.argv[2]))
        return
    for name in sys.argv[1:] or ["S", "M"]:
        shape = shapes.SHAPES[name]
        with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
            shapes.make(Path(folder), shape)
            print(f"{name}: {shape.indicators} indicators, {shape.rows:,} rows", flush=True)
            subprocess.run([sys.executable, __file__, "--in", folder], check=True)


if __name__ == "__main__":
    main()
