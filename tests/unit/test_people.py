"""The people side of the sample, read off its files by hand, and when a training counts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.people import GuardrailStatus, PilotPeople, outcome_of, people_of, trained
from generator.model.pilot import Pilot, Training
from generator.model.text import Text
from generator.pipeline import check_project, figures_for
from generator.present.pages.pilots.people import _findings
from generator.present.text.format import Format
from tests.built import ROOT

EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"
LIVE, TODAY = date(2025, 5, 12), date(2025, 9, 30)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(check_project(ROOT))


@pytest.fixture(scope="module")
def people(figures: Figures) -> dict[str, PilotPeople]:
    return {pilot.id: people_of(pilot, figures) for pilot in figures.catalogue.pilots.values()}


def sessions(*given: tuple[str, str, list[str]]) -> list[Training]:
    return [
        Training.model_validate_json(
            json.dumps({"date": day, "audience": audience, "topic": "x", "steps": steps})
        )
        for day, audience, steps in given
    ]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([("2025-05-12", "frontline", [])], ("before", date(2025, 5, 12))),
        ([("2025-05-13", "frontline", [])], ("after", date(2025, 5, 13))),
        ([("2025-05-01", "frontline", ["sign"])], ("before", date(2025, 5, 1))),
        ([("2025-05-01", "frontline", ["quote"])], ("never", None)),
        ([("2025-05-01", "managers", [])], ("never", None)),
        ([("2025-06-01", "frontline", []), ("2025-05-02", "frontline", [])], ("before", date(2025, 5, 2))),
        # Planned for a step that is live already: nobody has been trained yet.
        ([("2025-10-06", "frontline", [])], ("never", None)),
    ],
)
def test_a_training_counts_for_its_steps_and_by_its_day(given, found) -> None:
    assert trained(sessions(*given), "sign", "frontline", LIVE, TODAY) == found


def test_what_is_planned_counts_for_what_is_still_to_go_live() -> None:
    given = sessions(("2025-10-06", "frontline", []))
    assert trained(given, "sign", "frontline", date(2025, 11, 3), TODAY) == ("before", date(2025, 10, 6))


def test_gates_and_bonuses_of_the_sample(people: dict[str, PilotPeople]) -> None:
    assert {name: one.gate for name, one in people.items()} == {
        EAST: "passed", SOUTH: "passed", RELEASE: "not-passed",
    }  # fmt: skip
    kinds = {name: [(rule.indicator, rule.kind) for rule in one.pay] for name, one in people.items()}
    assert kinds[EAST] == [
        ("order-cycle-time", "bonus"), ("first-pass-yield", "gate"), ("collection-on-time", "bonus"),
    ]  # fmt: skip
    lead_time = people[RELEASE].pay[0]
    assert (lead_time.status, lead_time.cautions) == ("met", ("guard-missed", "closed"))
    assert [(guard.indicator, guard.status) for guard in lead_time.guards] == [
        ("release-defect-rate", "missed"), ("internal-satisfaction", "near"),
    ]  # fmt: skip
    assert all(rule.cautions == () for rule in (*people[EAST].pay, *people[SOUTH].pay))


def test_attendance_counts_heads_of_the_sessions_that_were_held(people: dict[str, PilotPeople]) -> None:
    heads = {
        name: [(one.held, one.planned, one.attended, one.invited) for one in found.attendance]
        for name, found in people.items()
    }
    assert heads == {
        EAST: [(2, 0, 43, 46), (2, 0, 15, 15)],
        SOUTH: [(1, 1, 11, 11), (1, 0, 4, 5)],
        RELEASE: [(1, 0, 43, 46), (1, 0, 7, 8)],
    }


def test_steps_that_went_live_before_all_were_trained(people: dict[str, PilotPeople]) -> None:
    lacking = {
        name: {one.step: one.lacks() for one in found.cover if one.lacks()} for name, found in people.items()
    }
    assert lacking == {
        # The last goes live in October 2026.
        EAST: dict.fromkeys(("credit-check", "prepare-ship", "acceptance"), ("frontline",)),
        SOUTH: {"joint-sign-off": ("managers",)},  # goes live in January 2027
        RELEASE: {
            "write-request": ("frontline", "managers"),
            "plan-iteration": ("frontline",),
            "smoke-test": ("managers",),
            "release": ("managers",),
        },
    }


def test_a_step_that_the_new_map_has_not_needs_no_training(people: dict[str, PilotPeople]) -> None:
    """`no-rekeying` removed the step enter-order."""
    assert "enter-order" not in {one.step for one in people[EAST].cover}


def test_a_session_is_told_against_the_next_day_that_its_steps_go_live(
    people: dict[str, PilotPeople],
) -> None:
    days = [(str(one.training.date), one.days_before) for one in people[EAST].sessions]
    assert days == [("2025-04-22", 20), ("2025-04-24", 18), ("2025-07-22", 13), ("2025-07-24", 11)]


@pytest.mark.parametrize(
    ("kind", "status", "gate", "guards", "outcome"),
    [
        ("gate", "near", "passed", (), "gate-passed"),
        ("gate", "missed", "not-passed", (), "gate-missed"),
        ("bonus", "met", "passed", ("met",), "paid"),
        ("bonus", "exceeded", None, ("near",), "paid"),
        ("bonus", "near", "passed", ("met",), "short"),
        ("bonus", "met", "not-passed", ("met",), "gate-shut"),
        ("bonus", "met", "open", ("met",), "gate-open"),
        ("bonus", "met", "passed", ("met", "missed"), "guard-missed"),
        ("bonus", "met", "withheld", (), None),
        ("bonus", "no-data", "passed", (), "unknown"),
    ],
)
def test_a_bonus_is_paid_on_target_with_the_gate_passed_and_no_guardrail_missed(
    kind, status, gate, guards, outcome
) -> None:
    assert outcome_of(kind, status, gate, [GuardrailStatus("g", one) for one in guards]) == outcome


def test_a_gate_without_a_figure_is_not_called_passed() -> None:
    """Of a new handbook, before its first results."""
    pilots = Pilot.model_construct(name=Text.of("试点"))
    people = PilotPeople("p", (), "open", (), (), (), 0, ())
    assert list(_findings(Format("zh", "zh"), [(pilots, people)], None)) == [
        "1 个试点设了门槛；试点的门槛指标还没有数，加分先不兑现。"
    ]
