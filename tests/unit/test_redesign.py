"""Redesigned as pairs: what was measured of a pair, and what was not yet."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.compute.insight.redesign import pairs_of
from generator.pipeline import check_project, figures_for
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.pair import PairRow, pair_drawing

BASE = Path(__file__).parents[1] / "problems/_base"
PAIR = """    pairs:
      - id: quoting
        name: x
        old_steps: [approve]
        new_steps: [quote]
        new: [cycle-time, satisfaction, {name: y}]
"""


def test_what_was_measured_of_a_pair(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    shutil.copytree(BASE, folder)
    file = folder / "data/processes/quote-to-cash.yml"
    file.write_text(file.read_text(encoding="utf-8").rstrip() + "\n" + PAIR, encoding="utf-8")
    months = [f"2025-{month:02},cycle-time,east,{20 + month}" for month in range(1, 13)]
    results = folder / "data/results/pair.csv"
    results.write_text("period,indicator,pilot,value\n" + "\n".join(months) + "\n", encoding="utf-8")
    (folder / "data/results/2025.csv").unlink()
    figures = figures_for(check_project(folder), "staff")
    (state,) = pairs_of(figures, figures.catalogue.processes["quote-to-cash"])
    assert [(claim.pilot, claim.changes, claim.indicator) for claim in state.claims] == [
        ("east", ("merge",), "cycle-time")
    ]
    # 21 to 24 before the change of May; 26 to 31 after it, the six of the first look.
    assert (state.claims[0].effect.before.mean, state.claims[0].effect.after.mean) == (22.5, 28.5)
    assert state.unmeasured == ("satisfaction",)


def test_the_drawing_joins_what_takes_a_place() -> None:
    """Three rows: steps; an old and a new indicator; a new one alone, which takes the old one's place too."""
    box = [BoxEntry(name) for name in ("old step", "new step", "old", "new", "shown", "second", "none")]
    drawn = pair_drawing(
        ["a", "b", "c"], (box[0], box[1]), [box[2]], [PairRow(box[3], box[4]), PairRow(box[5], box[6])]
    )
    assert [made.entry.name for made in drawn.boxes] == [one.name for one in box]
    assert len(drawn.arrows) == 5
    rows = [made.y for made in drawn.boxes]
    assert rows[0] == rows[1] < rows[2] == rows[3] == rows[4] < rows[5] == rows[6]
    assert max(made.x + made.width for made in drawn.boxes) <= drawn.width
    assert max(made.y + made.height for made in drawn.boxes) <= drawn.height
