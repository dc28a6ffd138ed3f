"""Chronic misses and goals to question: worked by hand, and on the sample (computations page, section 9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.chronic import all_chronic, chronic_misses, goals_to_question
from generator.compute.insight.evidence import ranked_changes
from generator.compute.insight.leads import leads_of
from generator.compute.insight.proposals import proposals
from generator.pipeline import check_project, figures_for
from tests.unit.cycles import Make, maker, year

ROOT = Path(__file__).parents[2]
NO_PACK = {"east": {"pack": [], "changes": []}}
NEAR, MISSED, MET = [8.0] * 3, [11.0] * 3, [5.0] * 3
"""A quarter between target 6 and floor 9, one beyond the floor, one on target; lower is better."""


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def counts(figures: Figures, indicator: str = "cycle") -> list[tuple[int, int]]:
    return [(one.missed, one.near) for one in chronic_misses(figures, indicator)]


def test_near_the_target_is_not_reached(make: Make) -> None:
    assert counts(make({("cycle", ""): NEAR * 4})) == [(0, 4)]
    assert counts(make({("cycle", ""): NEAR * 2 + MISSED + NEAR})) == [(1, 3)]
    assert counts(make({("cycle", ""): NEAR * 3 + MET})) == []


def test_the_running_quarter_says_nothing_yet(make: Make) -> None:
    assert counts(make({("cycle", ""): NEAR * 4 + MET[:2]})) == [(0, 4)]
    assert counts(make({("cycle", ""): NEAR * 3 + MISSED[:1]})) == []


def test_a_quarter_that_lacks_a_month_is_left_out(make: Make, tmp_path: Path) -> None:
    make({("cycle", ""): NEAR * 5})
    path = tmp_path / "data/results/all.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if not row.startswith("2024-08")) + "\n", encoding="utf-8")
    figures = figures_for(check_project(tmp_path))
    (one,) = chronic_misses(figures, "cycle")
    assert [str(point.point.period) for point in one.points] == ["2024-Q1", "2024-Q2", "2024-Q4", "2025-Q1"]


def test_those_below_the_floor_come_first(make: Make) -> None:
    results = {
        ("a", ""): NEAR * 4,
        ("b", ""): MISSED * 4,
        ("b", "east"): NEAR * 4,
        ("c", ""): NEAR * 3 + MISSED,
    }
    figures = make(results, {"a": {}, "b": {}, "c": {}}, NO_PACK)
    told = [one.series.series.key[:2] for one in all_chronic(figures)]
    assert told == [("b", None), ("c", None), ("a", None), ("b", "east")]


@pytest.mark.parametrize("missing", [2, 3])
def test_a_goal_is_questioned_when_most_of_its_indicators_are_chronic(make: Make, missing: int) -> None:
    names = ["a", "b", "c", "d"]
    results = {(name, ""): NEAR * 4 if place < missing else MET * 4 for place, name in enumerate(names)}
    indicators = {name: {} for name in names} | {"gone": {"status": "retired"}, "open": {"targets": []}}
    results |= {("gone", ""): MISSED * 4, ("open", ""): MISSED * 4}
    found = goals_to_question(make(results, indicators, NO_PACK))
    assert [(one.goal, len(one.chronic), one.measured) for one in found] == (
        [("g", 3, 4)] if missing == 3 else []
    )


def test_a_goal_is_judged_by_the_organisation_and_not_by_one_pilot(make: Make) -> None:
    """The company reaches its target and one pilot misses a target of its own: the goal is not in doubt."""
    results = {("a", ""): MET * 4, ("a", "east"): MISSED * 4}
    assert goals_to_question(make(results, {"a": {}}, NO_PACK)) == ()
    results = {("b", ""): NEAR * 4, ("b", "east"): MET * 4}
    (one,) = goals_to_question(make(results, {"b": {}}, NO_PACK))
    assert one.chronic == (("b", (None,)),)
    (one,) = goals_to_question(make({("c", "east"): MISSED * 4}, {"c": {}}, NO_PACK))
    assert one.chronic == (("c", ("east",)),)


def test_the_sample_has_22_chronic_series_and_one_goal_to_question() -> None:
    """Counted from the page's own words by a program apart; three of the 22 were below the floor."""
    figures = figures_for(check_project(ROOT))
    found = all_chronic(figures)
    assert len(found) == 22
    assert [one.series.series.key[:2] for one in found[:3]] == [
        ("nps", None),
        ("release-defect-rate", "requirement-release"),
        ("sign-off-wait", "lead-to-cash-south"),
    ]
    assert [(one.goal, len(one.chronic), one.measured) for one in goals_to_question(figures)] == [
        ("smooth-chain", 5, 8)
    ]


def test_one_that_an_adopted_case_praises_is_not_retired_without_saying_so() -> None:
    figures = figures_for(check_project(ROOT))
    (one,) = (
        one for one in proposals(figures, ranked_changes(figures)) if one.indicator == "average-handling-time"
    )
    assert [(reason.kind, reason.cases) for reason in one.reasons] == [
        ("replaced", ()), ("praised", ("handling-time-range",)),
    ]  # fmt: skip


def test_a_retired_driver_is_not_counted(make: Make) -> None:
    driver = {"contributes_to": [{"indicator": "cycle", "how": "h"}], "guardrails": ["cycle"]}
    lagging = {"kind": "lagging"}
    indicators = {"cycle": lagging, "driver": driver, "gone": {**driver, "status": "retired"}}
    figures = make({(name, ""): year(5) for name in indicators}, indicators, NO_PACK)
    use = figures.usage.of("cycle")
    assert (use.drivers, use.guards) == (("driver",), ("driver",))
    assert use.former_drivers == ("gone",)
    assert [one.pairs for one in leads_of(figures)] == [1]
