"""Where causes lie: the case of the computations page, and what an edition is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.compute.insight.levels import levels_of
from generator.exchange.export_levels import levels_out
from generator.pipeline import check_project, figures_for

BASE = Path(__file__).parents[1] / "problems/_base"
PROBLEMS = """problems:
  - {id: p1, step: approve, cause: process, text: x}
  - {id: p2, cause: people, factor: ability, text: x}
  - {id: p3, step: approve, cause: people, factor: conditions, conditions: team, text: x}
  - {id: p4, cause: people, text: x}
  - {id: p5, text: x}
"""


def test_the_share_outside_a_persons_reach(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(BASE, folder)
    file = folder / "data/reviews/2025-q1-east.yml"
    before, rest = file.read_text(encoding="utf-8").split("problems:\n")
    file.write_text(before + PROBLEMS + rest[rest.index("actions:") :], encoding="utf-8")
    run = check_project(folder)
    found = levels_of(figures_for(run, "staff"))
    assert [cause.level for cause in found.causes] == ["conditions", "ability", "team", "unsaid"]
    assert (found.outside, found.known, found.share) == (2, 3, 2 / 3)
    # The pilot is for staff: the public is told no cause, and no share that would count hidden ones.
    told = levels_out(figures_for(run, "public"))
    assert (told.share, told.causes, set(told.why_not)) == (None, [], {"share", "outside", "known"})
