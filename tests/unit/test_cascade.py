"""The cascade of a strategy: gaps in cases worked by hand, editions, and drawings that hold together."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.cascade import cascade_of, strategy_gaps
from generator.compute.insight.x_matrix import x_matrix
from generator.exchange.export_cascade import gaps_out
from generator.model.cascade import gaps_of
from generator.pipeline import check_project, figures_for
from generator.present.maps.boxes import BoxDrawing, BoxEntry
from generator.present.maps.cascade import CascadeBranch, CascadeRow, cascade_drawing
from generator.present.maps.strategy_map import GoalBand, strategy_map

BASE = Path(__file__).parents[1] / "problems/_base"
WHOLE = Path(__file__).parents[1] / "problems/rule-cascade-whole/passing/data/strategy.yml"


def figures(folder: Path, strategy: str, edition: str = "staff", **indicators: str) -> Figures:
    """The small handbook with another strategy, and lines added to indicators."""
    shutil.copytree(BASE, folder)
    (folder / "data/strategy.yml").write_text(strategy, encoding="utf-8")
    for name, lines in indicators.items():
        file = folder / f"data/indicators/{name.replace('_', '-')}.yml"
        file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return figures_for(check_project(folder), edition)


def result(indicator: str, more: str = "") -> str:
    return f"{{name: K, indicator: {indicator}, target: 1{more}}}"


def told(found: Figures) -> list[tuple[str, ...]]:
    return [(gap.kind, *map(str, gap.place)) for gap in strategy_gaps(found)]


GOALS = "goals: [{id: faster-cash, name: A}, {id: happy-customers, name: B}]\n"


def test_the_case_of_the_computations_page(tmp_path: Path) -> None:
    """X is cycle-time, which supports A; Y is first-pass, which contributes to X; B is not taken up."""
    strategy = (
        f"{GOALS}objectives:\n"
        "  - {id: o1, name: O, goal: faster-cash, unit: sales, "
        f"key_results: [{result('cycle-time', ', post: P')}]}}\n"
        f"  - {{id: o2, name: O, parent: o1, post: P, key_results: [{result('first-pass')}]}}\n"
    )
    assert told(figures(tmp_path / "p", strategy)) == [("goal-taken-up", "happy-customers")]
    aside = strategy.replace("first-pass", "satisfaction")  # which supports B and drives nothing
    assert ("key-result-aside", "o2", "0") in told(figures(tmp_path / "q", aside))


def test_a_handbook_that_brings_nothing_down_is_not_asked_to(tmp_path: Path) -> None:
    strategy = f"{GOALS}objectives: [{{id: o1, name: O, key_results: [{result('cycle-time')}]}}]\n"
    assert told(figures(tmp_path / "p", strategy)) == []


@pytest.mark.parametrize(
    ("weights", "broken"), [((60, 40), False), ((60, 30), True), ((100, None), True), ((None, None), False)]
)
def test_weights_beside_each_other_are_whole(
    tmp_path: Path, weights: tuple[float | None, float | None], broken: bool
) -> None:
    parts = [
        f"{{id: o{n}, name: O, goal: {goal}, key_results: [{result('cycle-time')}]"
        + (f", weight: {weight}" if weight else "")
        + "}"
        for n, (weight, goal) in enumerate(zip(weights, ["faster-cash"] * 2, strict=True))
    ]
    found = told(figures(tmp_path / "p", f"{GOALS}objectives: [{', '.join(parts)}]\n"))
    assert found == ([("weights", "o0")] if broken else [])


def test_an_edition_keeps_the_goal_of_what_hung_on_a_hidden_objective(tmp_path: Path) -> None:
    """o1 tells of a pilot for staff alone and is gone for the public; o2, a part of it, still serves A."""
    strategy = (
        f"{GOALS}objectives:\n"
        "  - {id: o1, name: O, goal: faster-cash, "
        f"key_results: [{result('cycle-time', ', pilot: east, id: k')}]}}\n"
        "  - {id: o2, name: O, parent: o1, unit: sales, owner: {person: 王敏}, "
        f"key_results: [{result('cycle-time', ', parent: k')}]}}\n"
        "  - {id: o3, name: O, parent: o2, unit: company}\n"
    )
    public = figures(tmp_path / "p", strategy, "public")
    (first, _) = cascade_of(public)
    assert [(item.objective.id, item.objective.goal, item.depth) for item in first.objectives] == [
        ("o2", "faster-cash", 0),
        ("o3", None, 1),
    ]
    own = first.objectives[0].objective
    assert own.parent is None
    assert own.owner is not None
    assert own.owner.person is None
    assert own.key_results[0].parent is None
    # Gaps are those of everything there is; places are those of the whole.
    assert [gap.id for gap in gaps_out(public)] == [
        "goal-taken-up~happy-customers", "key-result-post~o2~0", "objective-empty~o3",
    ]  # fmt: skip


def test_the_matrix_tells_direct_links_from_indirect_ones(tmp_path: Path) -> None:
    found = x_matrix(figures(tmp_path / "p", WHOLE.read_text(encoding="utf-8")))
    told = {(cross.corner, cross.one, cross.other): cross.strong for cross in found.crosses}
    assert told["goal-objective", "faster-cash", "o1"] is True
    assert told["goal-objective", "faster-cash", "o2"] is False  # over its parent
    assert told["indicator-goal", "first-pass", "faster-cash"] is False  # over cycle-time
    assert told["objective-pilot", "o1", "east"] is True
    assert told["objective-pilot", "o2", "east"] is False  # it measures first-pass
    assert ("unit-goal", "company", "faster-cash") not in told


def test_the_sample_shows_one_gap_of_three_kinds() -> None:
    catalogue = check_project(Path(__file__).parents[2]).catalogue
    assert catalogue is not None
    assert [gap.kind for gap in gaps_of(catalogue)] == ["goal-taken-up", "unit-goal", "key-result-indicator"]


# Drawings


def holds_together(drawing: BoxDrawing) -> None:
    """No box lies on another or outside, and every arrow begins and ends at the edge of a box."""
    for one, other in combinations(drawing.boxes, 2):
        apart = (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        )
        assert apart, (one.entry.name, other.entry.name)
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - box.width
        assert 0 <= box.y <= drawing.height - box.height
    for arrow in drawing.arrows:
        start, *_ = re.findall(r"M(\S+) ([\d.]+)C", arrow.path)
        tip = re.findall(r"L(\S+) ([\d.]+)L", arrow.head)[0]
        for x, y in (map(float, start), map(float, tip)):
            assert any(
                box.x - 0.11 <= x <= box.x + box.width + 0.11
                and box.y - 0.11 <= y <= box.y + box.height + 0.11
                for box in drawing.boxes
            )


def test_a_strategy_map_holds_together() -> None:
    names = [f"g{n}" for n in range(14)]
    bands = [
        GoalBand("财务", tuple(names[:2])),
        GoalBand("", tuple(names[2:9])),
        GoalBand("学", tuple(names[9:])),
    ]
    supports = [
        ("g1", "g0"),
        ("g9", "g0"),
        ("g10", "g3"),
        ("g3", "g2"),
        ("g2", "g1"),
        ("g0", "g13"),
        ("g8", "g9"),
    ]
    entries = {name: BoxEntry(f"目标 {name} which has a rather long name") for name in names}
    drawing = strategy_map(bands, entries, supports)
    holds_together(drawing)
    assert len(drawing.arrows) == len(supports)
    assert [band.even for band in drawing.bands] == [False, True, False]


def test_a_map_of_few_goals_fits_a_page() -> None:
    entries = {name: BoxEntry(name) for name in "abcd"}
    assert strategy_map([GoalBand("x", tuple("abcd"))], entries, []).width <= 920


def test_a_cascade_holds_together() -> None:
    row = CascadeRow(BoxEntry("指标", small=("21 天", "占 50%")), BoxEntry("岗位"))
    branches = [
        CascadeBranch(BoxEntry("a"), 0, (row, row)),
        CascadeBranch(BoxEntry("a1", small=("一个很长很长很长很长的名字",) * 3), 1, (row,)),
        CascadeBranch(BoxEntry("a11"), 2, ()),
        CascadeBranch(BoxEntry("b"), 0, (CascadeRow(BoxEntry("x"), None),)),
    ]
    drawing = cascade_drawing(BoxEntry("目标"), branches)
    holds_together(drawing)
    assert drawing.width <= 921
    assert len(drawing.arrows) == 2 + 2 + 4 + 3
