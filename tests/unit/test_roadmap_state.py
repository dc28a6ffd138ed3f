"""How far a pilot is, what is overdue and what comes next, on cases worked by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.compute.insight.roadmap_state import RoadState, road_state
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.review import Review
from generator.model.roadmap import Roadmap
from tests.unit.made import handbook

QUARTER = Period.parse("2025-Q3")
"""Told on 30 September 2025."""
STEPS = [
    {"number": 1, "id": "agree", "name": "A", "days": 30, "outputs": [{"id": "report", "name": "R"}]},
    {
        "number": 2, "id": "change", "name": "B",
        "outputs": [{"id": "map", "name": "M"}, {"id": "list", "name": "L"}],
    },
    {"number": 3, "id": "spread", "name": "C", "outputs": [{"id": "case", "name": "C"}]},
]  # fmt: skip
DONE = {"status": "done", "started": "2025-01-06", "finished": "2025-01-24"}


def state(*steps: dict[str, object], as_of: Period | None = QUARTER, **fields: object) -> RoadState:
    """A pilot that runs through 2025 with these steps; `fields` are its others, `reviews` those held."""
    held = fields.pop("reviews", [])
    basis = {"id": "east", "name": "E", "period": {"from": "2025-01", "to": "2025-12"}, "steps": steps}
    pilot = Pilot.model_validate_json(json.dumps({**basis, **fields}))
    reviews = {}
    for number, review in enumerate(held):  # type: ignore[var-annotated, arg-type]
        one = {"id": f"r{number}", "pilot": "east", **review}
        reviews[one["id"]] = Review.model_validate_json(json.dumps(one))
    roadmap = Roadmap.model_validate_json(json.dumps({"steps": STEPS}))
    return road_state(pilot, Catalogue(Path(), handbook(), roadmap, reviews=reviews), as_of)


def told(*steps: dict[str, object]) -> list[tuple[int, str | None, str | None]]:
    """Step, how it is overdue and since when, of the steps that are."""
    return [(one.step.number, one.overdue, one.since and str(one.since)) for one in state(*steps).overdue]


# What is overdue


def test_a_step_is_late_the_day_after_its_own_day() -> None:
    begun = {"step": 2, "status": "started", "started": "2025-03-03"}
    assert told({**begun, "due": "2025-09-30"}) == []
    assert told({**begun, "due": "2025-09-29"}) == [(2, "late", "2025-09-29")]


def test_without_a_day_of_its_own_the_roadmap_says_how_long_it_takes() -> None:
    assert told({"step": 1, "status": "started", "started": "2025-08-31"}) == []
    assert told({"step": 1, "status": "started", "started": "2025-08-30"}) == [(1, "late", "2025-09-29")]
    # Step 2 has no usual length: it may take as long as it takes.
    assert told({"step": 2, "status": "started", "started": "2024-01-01"}) == []


def test_a_planned_or_blocked_step_can_be_late_and_a_done_one_cannot() -> None:
    assert told({"step": 2, "status": "planned", "due": "2025-06-30"}) == [(2, "late", "2025-06-30")]
    assert told({"step": 2, "status": "blocked", "due": "2025-06-30"}) == [(2, "late", "2025-06-30")]
    late_end = {"step": 1, **DONE, "finished": "2025-09-15", "due": "2025-02-01"}
    assert told(late_end) == []


def test_a_step_that_could_begin_waits_two_short_reviews_before_it_is_overdue() -> None:
    first = {"step": 1, "status": "done", "started": "2025-08-01"}
    assert told({**first, "finished": "2025-09-02"}) == []  # 28 days to 30 September
    assert told({**first, "finished": "2025-09-01"}) == [(2, "waiting", "2025-09-01")]
    # Not while a step before it is under way, and not for the step after.
    assert told({"step": 1, "status": "started", "started": "2025-09-20"}) == []


def test_a_step_called_done_lacks_what_it_wrote_down_as_missing() -> None:
    half = {"step": 2, **DONE, "outputs": [{"output": "map", "done": True}, {"output": "list"}]}
    third = {"step": 3, "status": "started", "started": "2025-02-03"}
    assert told({"step": 1, **DONE}, half, third) == []  # nothing is late: it lacks something
    found = state({"step": 1, **DONE}, half, third)
    assert [(one.step.number, one.lacking) for one in found.lacking] == [(2, ("list",))]
    second = found.steps[1]
    assert ([one.output for one in second.done], second.missing) == (["map"], ("list",))
    # What a step under way has not brought is still to come.
    assert (found.steps[2].missing, found.steps[2].lacking) == (("case",), ())
    # A pilot that writes of no outputs leaves them untold, which is not the same as missing.
    assert state({"step": 2, **DONE}).steps[1].missing == ()


def test_without_results_there_is_no_today_and_nothing_is_overdue_or_due() -> None:
    found = state({"step": 1, "status": "started", "started": "2024-01-01", "due": "2024-02-01"}, as_of=None)
    assert (found.overdue, found.reviews, found.before_live) == ((), (), ())


# Where it is


def test_every_step_has_a_state_and_its_days_count_both_ends() -> None:
    found = state({"step": 1, **DONE}, {"step": 2, "status": "started", "started": "2025-09-30"})
    assert [one.status for one in found.steps] == ["done", "started", "planned"]
    assert [one.days for one in found.steps] == [19, 1, None]


@pytest.mark.parametrize(
    ("statuses", "current", "following"),
    [
        (("done", "started", "planned"), 2, 3),
        (("done", "planned", "planned"), 2, 3),
        (("started", "started", "planned"), 1, 2),
        (("done", "planned", "blocked"), 2, 3),
        (("planned", "started", "planned"), 1, 2),
        (("done", "done", "done"), None, None),
        ((), 1, 2),
    ],
)
def test_the_step_in_hand_and_the_one_after(statuses, current, following) -> None:
    found = state(*({"step": number, "status": status} for number, status in enumerate(statuses, 1)))
    at = [one.step.number if one else None for one in (found.current, found.following)]
    assert at == [current, following]


# Reviews


def due(*reviews: dict[str, str], **fields: object) -> list[tuple[str, str, str, bool]]:
    found = state(reviews=list(reviews), **fields).reviews  # type: ignore[arg-type]
    return [(one.kind, str(one.period or ""), str(one.day), one.late) for one in found]


def test_the_next_short_review_counts_from_the_newest_of_either_kind() -> None:
    short = {"kind": "short", "period": "2025-09", "date": "2025-09-23"}
    long = {"kind": "long", "period": "2025-Q2", "date": "2025-07-15"}
    assert due(short, long) == [("short", "", "2025-10-07", False), ("long", "2025-Q3", "2025-10-01", False)]
    assert due(long)[0] == ("short", "", "2025-07-29", True)


def test_the_next_long_review_follows_the_newest_reviewed_period() -> None:
    assert due({"kind": "long", "period": "2025-Q1", "date": "2025-04-10"})[1] == (
        "long", "2025-Q2", "2025-07-01", True,
    )  # fmt: skip
    assert due({"kind": "long", "period": "2025-Q3", "date": "2025-10-13"})[1] == (
        "long", "2025-Q4", "2026-01-01", False,
    )  # fmt: skip
    # Never reviewed: the quarter in hand, or the first whole one where the pilot began in its middle.
    assert due()[1] == ("long", "2025-Q3", "2025-10-01", False)
    begun = {"period": {"from": "2025-08", "to": "2026-12"}}
    assert due(**begun)[1] == ("long", "2025-Q4", "2026-01-01", False)


def test_a_pilot_that_is_over_or_has_not_begun_is_asked_for_no_review() -> None:
    assert due(period={"from": "2024-01", "to": "2025-08"}) == []
    assert due(period={"from": "2025-10"}) == []
    held = {"kind": "short", "period": "2025-09", "date": "2025-09-23"}
    assert [one[0] for one in due(held, period={"from": "2025-01", "to": "2025-09"})] == ["long"]


# People before going live


def test_a_tool_still_to_go_live_asks_for_both_audiences() -> None:
    tool = {"name": "T", "live": "2025-11-03", "steps": ["sign"]}
    training = [
        {"date": "2025-10-20", "audience": "frontline", "topic": "x", "steps": ["sign"]},
        {"date": "2025-10-21", "audience": "managers", "topic": "x", "steps": ["quote"]},
        {"date": "2025-11-04", "audience": "managers", "topic": "x"},
    ]
    (found,) = state(tools=[tool], training=training).before_live
    assert (found.tool, found.day, found.untrained) == (0, date(2025, 11, 3), ("managers",))
    training.append({"date": "2025-03-03", "audience": "managers", "topic": "x"})
    assert state(tools=[tool], training=training).before_live[0].untrained == ()
    assert state(tools=[{**tool, "live": "2025-09-30"}]).before_live == ()
