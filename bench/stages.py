"""What each stage of a build takes: processor time, and the memory reached so far.

    python bench/stages.py [S M]

Every shape runs in a process of its own, in one language, with its drawings kept from a build before.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import shapes

from generator.check import run_rules
from generator.compute.insight.named import named_figures
from generator.exchange.export_json import export_pieces
from generator.exchange.one_indicator import files_of
from generator.exchange.packed import packed, part
from generator.exchange.tables import results_csv
from generator.load.project import load_project
from generator.model.catalogue import latest_period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.kept import CACHE
from generator.present.language_site import language_site_of
from generator.present.store import Store, StoredFiles
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
    """Load, hold against the rules, compute, make files and pages of the first language; none is written."""
    problems = Problems()
    _loaded(project, problems)
    checked = check_project(project)
    figures = stage("figures", lambda: figures_for(checked))
    stage("export", lambda: len(packed(map(part, export_pieces(figures)))))
    stage("results", lambda: len(results_csv(figures.catalogue)))
    stage("one by one", lambda: sum(len(content) for _, content in files_of(figures)))
    named = stage("names", lambda: named_figures(figures))
    for language in figures.catalogue.handbook.languages:
        drawings = Drawings(project / CACHE / "charts", Store())
        pages = partial(language_site_of, named, tuple(problems), language, drawings, StoredFiles())
        stage(f"pages, {language}", pages)


def _loaded(project: Path, problems: Problems) -> None:
    """Reading and the rules, each for itself; what they made is let go."""
    catalogue = stage("load", lambda: load_project(project, problems))
    if catalogue is None:
        sys.exit(str(tuple(problems)[:3]))
    stage("rules", lambda: list(run_rules(catalogue, latest_period(catalogue))))


def main() -> None:
    """Measure the shapes that are named, each in a process of its own."""
    if sys.argv[1:2] == ["--in"]:
        gc.disable()  # as the command does
        stages(Path(sys.argv[2]))
        return
    for name in sys.argv[1:] or ["S", "M"]:
        shape = shapes.SHAPES[name]
        with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
            shapes.make(Path(folder), shape)
            print(f"{name}: {shape.indicators} indicators, {shape.rows:,} rows", flush=True)
            subprocess.run([sys.executable, "-m", "generator.cli", "build", folder], check=True)
            subprocess.run([sys.executable, __file__, "--in", folder], check=True)


if __name__ == "__main__":
    main()
