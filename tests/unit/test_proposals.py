"""Keep, change or retire, and goals to question, on handbooks made for it: every reason by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.chronic import goals_to_question
from generator.compute.insight.evidence import ranked_changes
from generator.compute.insight.proposals import Proposal, proposals, unused
from tests.unit.cycles import CHAIN, Make, later, maker, year


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def proposed(figures: Figures) -> dict[str, Proposal]:
    return {one.indicator: one for one in proposals(figures, ranked_changes(figures))}


def kinds(one: Proposal) -> tuple[str, list[str]]:
    return one.verdict, [reason.kind for reason in one.reasons]


CLOSE = {"targets": [{"from": "2024-01", "floor": 9, "target": 5}]}
"""A target in the middle of the values: met now and then."""
NO_PACK = {"east": {"pack": [], "changes": []}}
IN_PACK = {"east": {"pack": [{"indicator": "cycle", "weight": 100}], "changes": []}}


def judged(make: Make, values: Sequence[float], fields: Mapping[str, Any], pilots: Any = IN_PACK) -> Any:
    results = {("cycle", ""): values} if values else {("other", ""): year(5)}
    return kinds(proposed(make(results, {"cycle": fields, "other": {}}, pilots))["cycle"])


def test_without_results_and_use_it_is_to_retire(make: Make) -> None:
    assert judged(make, [], {}, NO_PACK) == ("retire", ["idle"])


def test_an_indicator_without_results_that_a_pack_holds_is_to_be_collected(make: Make) -> None:
    assert judged(make, [], {}) == ("change", ["no-data"])


def test_measured_without_target_and_without_use(make: Make) -> None:
    assert judged(make, year(5), {"targets": []}, NO_PACK) == ("retire", ["unused"])
    assert judged(make, year(5), CLOSE, NO_PACK) == ("change", ["no-place"])


def test_one_that_another_took_the_place_of(make: Make) -> None:
    figures = make({("cycle", ""): year(5), ("heir", ""): year(5)},
                   {"cycle": {}, "heir": {"replaces": ["cycle"]}}, NO_PACK)  # fmt: skip
    assert kinds(proposed(figures)["cycle"]) == ("retire", ["replaced"])


def test_one_that_a_pack_still_holds_is_not_retired(make: Make) -> None:
    replaced = {"cycle": CLOSE, "heir": {"replaces": ["cycle"]}}
    figures = make({("cycle", ""): year(5), ("heir", ""): year(5)}, replaced, IN_PACK)
    assert kinds(proposed(figures)["cycle"])[0] == "keep"


def test_missed_for_a_year(make: Make) -> None:
    assert judged(make, year(12), {}) == ("change", ["chronic"])


def test_a_target_that_is_met_with_ease_is_too_soft_unless_it_guards(make: Make) -> None:
    easy = {"targets": [{"from": "2024-01", "target": 9}]}
    assert judged(make, year(5), easy) == ("change", ["too-soft"])
    figures = make({("cycle", ""): year(5), ("other", ""): year(5)},
                   {"cycle": easy, "other": {"guardrails": ["cycle"]}}, IN_PACK)  # fmt: skip
    assert kinds(proposed(figures)["cycle"]) == ("keep", ["met", "guard"])


def test_a_target_that_was_let_down_a_quarter_ago_is_not_yet_too_soft(make: Make) -> None:
    eased = {"targets": [{"from": "2024-01", "target": 3}, {"from": "2024-10", "target": 9}]}
    assert judged(make, year(5), eased) == ("keep", ["met"])


def test_met_by_luck_and_linked_to_nothing(make: Make) -> None:
    lucky = {**CLOSE, "supports": []}
    assert judged(make, year(5), lucky) == ("change", ["no-goal"])
    assert judged(make, year(5), {**lucky, "supports": [{"goal": "g"}]})[0] == "keep"


def test_void_verification_and_no_target_in_a_pack_and_late_results(make: Make) -> None:
    history = [{"date": "2024-06-01", "change": "formula", "text": "t"}]
    assert judged(make, year(5), {**CLOSE, "history": history}) == ("change", ["void"])
    assert judged(make, year(5), {"targets": []}) == ("change", ["no-target"])
    figures = make({("cycle", ""): year(5)[:8], ("other", ""): year(5)}, {"cycle": {}, "other": {}}, IN_PACK)
    assert kinds(proposed(figures)["cycle"]) == ("change", ["late"])


def test_one_quarter_is_too_early(make: Make) -> None:
    figures = make({("cycle", ""): year(12)[:3]}, {"cycle": {}}, IN_PACK)
    assert kinds(proposed(figures)["cycle"]) == ("early", ["few"])


def test_what_a_change_made_better_is_kept(make: Make) -> None:
    figures = make({("cycle", "east"): year(10) + later(6.05)})
    assert kinds(proposed(figures)["cycle"]) == ("keep", ["improved", "moving", "near"])


def test_drafts_and_retired_ones_get_no_proposal_and_unused_ones_are_listed(make: Make) -> None:
    indicators = {
        "cycle": {}, "gone": {"status": "retired"}, "draft": {"status": "draft"}, "lone": {},
        "guard": {}, "guarded": {"guardrails": ["guard"]}, "step": {},
    }  # fmt: skip
    result = "{name: K, indicator: guarded, target: 5}"
    strategy = f"goals: [{{id: g, name: G}}]\nobjectives: [{{id: o, name: O, key_results: [{result}]}}]\n"
    chain = CHAIN.replace("touch: 1h,", "touch: 1h, indicators: [step],")
    extra = {"data/strategy.yml": strategy, "data/processes/chain.yml": chain}
    figures = make({(name, ""): year(5) for name in indicators}, indicators, IN_PACK, extra)
    made = proposals(figures, ())
    assert {one.indicator for one in made} == {"cycle", "lone", "guard", "guarded", "step"}
    assert [one.indicator for one in unused(made)] == ["lone"]


def test_a_goal_is_questioned_by_how_many_of_its_indicators_miss(make: Make) -> None:
    strategy = {"data/strategy.yml": "goals: [{id: g, name: G}, {id: h, name: H}]\n"}
    indicators = {"cycle": {}, "other": {}, "third": {}, "blank": {"targets": []},
                  "calm": {"supports": [{"goal": "h"}]}}  # fmt: skip
    results = {("cycle", ""): year(12), ("cycle", "east"): year(12), ("other", ""): year(5),
               ("third", ""): year(8), ("blank", ""): year(5), ("calm", ""): year(5)}  # fmt: skip
    (one,) = goals_to_question(make(results, indicators, IN_PACK, strategy))
    assert (one.goal, one.chronic, one.measured) == ("g", (("cycle", (None, "east")), ("third", (None,))), 3)
