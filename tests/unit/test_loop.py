"""The loop with its pulse, and questions to goals: raised when, answered by whom and until when."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.compute.insight.cascade import strategy_gaps
from generator.compute.insight.chronic import goals_to_question
from generator.compute.insight.goal_answers import AskedGoal, asked_goals
from generator.compute.insight.loop import loop_of
from generator.exchange.export_loop import loop_out
from generator.model.as_of import known_at
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.maps.boxes import BoxEntry
from generator.present.maps.ring import ring
from tests.unit.cycles import Make, later, maker, year

BASE = Path(__file__).parents[1] / "problems/_base"
EAST = "data/reviews/2025-q1-east.yml"


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def asked(make: Make, goal: str = "") -> AskedGoal | None:
    """Two years short of the target: the fourth quarter is that of 2024."""
    extra = {"data/strategy.yml": f"goals: [{{id: g, name: G{goal}}}]\n"}
    pilots = {"east": {"pack": [{"indicator": "cycle", "weight": 100}], "changes": []}}
    found = asked_goals(make({("cycle", ""): [*year(12), *later(12)]}, {"cycle": {}}, pilots, extra))
    return next(iter(found), None)


def test_a_question_is_raised_when_the_miss_has_become_a_long_one(make: Make) -> None:
    one = asked(make, ", owner: {unit: sales, role: R}")
    assert one is not None
    assert (one.raised, one.due, one.late, one.answer) == (date(2024, 12, 31), date(2025, 1, 14), True, None)
    assert one.owner is not None
    assert one.owner.unit == "sales"


@pytest.mark.parametrize(
    ("day", "settled", "raised"),
    [
        ("2024-06-01", False, date(2024, 12, 31)),  # before it was asked
        ("2024-12-31", False, date(2025, 12, 31)),  # four quarters have ended since: asked anew
        ("2025-02-01", True, date(2024, 12, 31)),  # the fourth ends in March 2026
    ],
)
def test_an_answer_holds_for_as_long_as_a_miss_takes_to_be_long(
    make: Make, day: str, settled: bool, raised: date
) -> None:
    one = asked(make, f", answers: [{{on: {day}, answer: kept, reason: R}}]")
    assert one is not None
    assert (one.answer is not None, one.raised) == (settled, raised)
    assert one.late == (not settled and raised < date(2025, 12, 31))


def test_the_day_to_answer_by_is_the_handbooks(make: Make) -> None:
    one = asked(make, ", answer_by: 2026-02-01")
    assert one is not None
    assert (one.due, one.late) == (date(2026, 2, 1), False)


def test_a_goal_that_was_dropped_is_not_asked_for_anything(make: Make) -> None:
    assert asked(make, ", answers: [{on: 2025-02-01, answer: dropped, reason: R}]") is None
    answers = "answers: [{on: 2025-02-01, answer: dropped, reason: R}]"
    extra = {"data/strategy.yml": f"goals: [{{id: g, name: G, {answers}}}]\n"}
    found = make({("cycle", ""): [*year(12), *later(12)]}, {"cycle": {"kind": "lagging"}}, extra=extra)
    assert goals_to_question(found) == ()
    assert [gap for gap in strategy_gaps(found) if gap.kind == "goal-leading"] == []
    before = known_at(found.catalogue, Period.parse("2024-Q4"))
    assert before.strategy is not None
    assert before.strategy.goals[0].answers == ()  # it was not yet known


def test_where_the_loop_is_broken(tmp_path: Path) -> None:
    """Coaching with a plan, and a later long review that does not come back to it; an edition without the
    reviews is told that a station is broken and not where."""
    folder = tmp_path / "p"
    shutil.copytree(BASE, folder)
    file = folder / EAST
    text = file.read_text(encoding="utf-8").replace("focus:", "plan: {zh: 练, en: Practise}, focus:")
    file.write_text(text, encoding="utf-8")
    second = text.replace("2025-q1-east", "2025-q2-east").replace("2025-Q1", "2025-Q2")
    second = second.replace("date: 2025-04-14", "date: 2025-07-14").partition("coaching:")[0]
    (folder / "data/reviews/2025-q2-east.yml").write_text(second, encoding="utf-8")
    run = check_project(folder)
    stations = {item.name: item for item in loop_of(figures_for(run, "staff"))}
    (broken,) = stations["ability"].breaks
    assert (broken.kind, broken.place) == ("follow-up", ("2025-q1-east", 0))
    assert stations["goals"].state == "holds"
    assert [item.id for item in loop_out(figures_for(run, "staff"))] == [
        "strategy", "goals", "units", "persons", "data", "coaching", "ability", "organisation",
    ]  # fmt: skip
    hidden = next(item for item in loop_of(figures_for(run, "public")) if item.name == "ability")
    assert (hidden.state, hidden.breaks, hidden.in_part) == ("broken", (), True)


def test_a_ring_leads_from_each_box_to_the_next() -> None:
    drawing = ring([BoxEntry(f"站 {n}") for n in range(8)])
    assert len(drawing.arrows) == 8
    assert len({(box.x, box.y) for box in drawing.boxes}) == 8
    assert drawing.boxes[3].x == drawing.boxes[4].x  # it turns there
    assert drawing.boxes[7].x == drawing.boxes[0].x


def test_what_nobody_has_begun_neither_holds_nor_breaks(make: Make) -> None:
    """Goals alone: no unit has an objective yet, and no post has anything to reach."""
    extra = {"data/strategy.yml": "goals: [{id: g, name: G}]\n"}
    pilots = {"east": {"pack": [{"indicator": "cycle", "weight": 100}], "changes": []}}
    found = make({("cycle", ""): [*year(12)]}, {"cycle": {}}, pilots, extra)
    states = {station.name: station.state for station in loop_of(found)}
    silent = {name for name, state in states.items() if state == "unknown"}
    assert {"goals", "units", "persons", "ability", "organisation"} <= silent
