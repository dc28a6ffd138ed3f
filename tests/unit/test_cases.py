"""What stands behind the sample's cases, and which reviews and cases belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.check import run_rules
from generator.compute.figures import Figures, figures_of
from generator.compute.insight.cases import (
    affected,
    cases_of_review,
    change_of_case,
    evidence_behind,
    near_cases,
    reviews_of,
)
from generator.load.project import load_project
from generator.model.catalogue import Catalogue, latest_period
from generator.model.period import Period
from generator.model.results import Results
from generator.present.parts.case_opening import opening
from generator.present.text.format import Format
from generator.problems import Problems

ROOT = Path(__file__).parents[2]


@cache
def sample() -> Catalogue:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return catalogue


@cache
def figures(as_of: str = "") -> Figures:
    period = Period.parse(as_of) if as_of else latest_period(sample())
    return figures_of(sample(), "staff", period)


def test_the_change_of_a_case_is_the_one_its_front_matter_names() -> None:
    change = change_of_case(sample(), sample().cases["merge-approvals"])
    assert change is not None
    assert (change.id, change.date) == ("merge-approvals", date(2025, 5, 12))
    assert change_of_case(sample(), sample().cases["output-ranking"]) is None


def test_a_case_in_short_says_its_drawback_in_either_language() -> None:
    said = {
        tongue: opening(figures(), Format(tongue, "zh"), "limit-work-in-progress") for tongue in ("zh", "en")
    }
    assert "候选" in said["zh"]
    assert "candidate" in said["en"]


def test_the_policy_stands_on_five_whole_quarters() -> None:
    found = evidence_behind(figures(), sample().cases["joint-sign-off-rule"])
    # In force since 12 May 2025: 2025-Q3 to 2026-Q3 are whole.
    assert {one.indicator: one.periods for one in found.indicators} == {
        "sign-off-wait": 5, "first-pass-yield": 5, "order-cycle-time": 5,
    }  # fmt: skip
    assert found.enough
    assert {one.effect.effect.verdict for one in found.indicators if one.effect} == {"improved"}


@pytest.mark.parametrize(("as_of", "enough"), [("2025-Q3", False), ("2025-Q4", True), ("2026-Q3", True)])
def test_the_page_and_the_rule_agree_on_what_is_enough(as_of: str, enough: bool) -> None:
    assert evidence_behind(figures(as_of), sample().cases["joint-sign-off-rule"]).enough == enough
    calendar = sample().handbook.calendar
    last = calendar.end(Period.parse(as_of))
    results = replace(
        sample(),
        results=Results.of(row for row in sample().results if calendar.end(row.period) <= last),
    )
    found = [problem for problem in run_rules(results, Period.parse(as_of))
             if problem.rule == "evidence-before-rollout"]  # fmt: skip
    assert (not found) == enough


def test_reviews_speak_of_a_case_by_indicator_or_step_and_not_before_its_change() -> None:
    spoken = reviews_of(sample(), "reminders-without-effect")
    assert spoken
    for name in spoken:
        review = sample().reviews[name]
        assert review.pilot == "lead-to-cash-south"
        assert review.date >= date(2026, 3, 2)
        named = {one.indicator for one in review.problems}
        named |= {one.result.indicator for one in review.actions if one.result}
        steps = {one.step for one in review.problems}
        assert "collection-on-time" in named or "collect" in steps
    assert reviews_of(sample(), "output-ranking") == ()


def test_a_review_before_the_change_does_not_speak_of_it() -> None:
    pilot = sample().pilots["lead-to-cash-east"]
    later = tuple(one.model_copy(update={"date": date(2026, 6, 1)}) for one in pilot.changes)
    pilots = {**sample().pilots, pilot.id: pilot.model_copy(update={"changes": later})}
    moved = reviews_of(replace(sample(), pilots=pilots), "merge-approvals")
    assert set(moved) < set(reviews_of(sample(), "merge-approvals"))
    assert all(sample().reviews[name].date >= date(2026, 6, 1) for name in moved)


def test_reviews_and_cases_name_each_other() -> None:
    there = {(case, review) for case in sample().cases for review in reviews_of(sample(), case)}
    back = {(case, review) for review in sample().reviews for case in cases_of_review(sample(), review)}
    assert there == back
    assert len(there) > 10


def test_the_case_about_the_same_change_is_the_nearest() -> None:
    assert near_cases(sample(), "joint-sign-off-rule")[0] == "merge-approvals"
    assert near_cases(sample(), "merge-approvals")[0] == "joint-sign-off-rule"
    assert "merge-approvals" not in near_cases(sample(), "merge-approvals")


def test_the_same_change_is_nearer_than_the_same_indicators() -> None:
    bare = (
        sample()
        .cases["output-ranking"]
        .model_copy(
            update={
                "pilot": "lead-to-cash-east",
                "change": "merge-approvals",
                "indicators": (),
                "process": None,
            }
        )
    )
    changed = replace(sample(), cases={"bare": bare, **sample().cases})
    nearest = near_cases(changed, "joint-sign-off-rule")
    assert nearest[:3] == ("merge-approvals", "bare", "auto-dispatch")


def test_the_steps_that_a_change_touched() -> None:
    groups = affected(figures(), sample().cases["merge-approvals"])
    assert [(set(group.before), set(group.after)) for group in groups] == [
        ({"draft-contract"}, {"draft-contract"}),
        ({"price-approval", "legal-review", "contract-sign-off"}, {"joint-sign-off"}),
    ]
    assert affected(figures(), sample().cases["output-ranking"]) == ()
