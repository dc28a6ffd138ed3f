"""Do the people of a lane suffice: queues against the textbooks; hours of both time bases."""

from __future__ import annotations

import pytest

from generator.compute.processes.capacity import lane_loads, mmc
from generator.compute.processes.flow import map_flow
from generator.model.duration import Duration
from generator.model.process import Process, TimeBasis
from tests.unit.flow_maps import make


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        (1, {"in_system": 2, "time_in_system": 1, "wait": 2 / 3}),
        (2, {"empty": 1 / 2, "in_system": 3 / 4, "wait": 1 / 24}),
    ],
)
def test_emergency_room(servers, expected):
    queue = mmc(2, 3, servers)
    for name, value in expected.items():
        assert getattr(queue, name) == pytest.approx(value)


def test_a_queue_that_grows_has_no_wait():
    queue = mmc(3, 3, 1)
    assert (queue.utilisation, queue.wait, queue.in_system) == (1, None, None)


def test_a_calendar_week_has_168_hours():
    calendar = TimeBasis(basis="calendar")
    assert [calendar.hours(Duration.parse(text)) for text in ("1d", "1w")] == [24, 168]
    assert [TimeBasis().hours(Duration.parse(text)) for text in ("1d", "1w")] == [8, 40]
    assert TimeBasis(hours_per_day=7.5).hours(Duration.parse("1w")) == 37.5
    drawn = make(("a", ["end"], {"wait": "1w", "touch": "1d"}), ("end", [], {"event": "end"}))
    assert map_flow(drawn, calendar).lead_time_h == pytest.approx(192)


def office(touch, basis="working", people=1):
    return Process.model_validate(
        {
            "id": "office", "name": "Office", "time": {"basis": basis}, "volume": {"per_month": 104},
            "lanes": [{"id": "desk", "name": "Desk", "capacity": people}],
            "maps": {"as_is": {"steps": [{"id": "a", "name": "a", "lane": "desk", "touch": touch}]}},
        }
    )  # fmt: skip


def loads(process):
    drawn = process.maps.as_is
    return lane_loads(process, drawn, map_flow(drawn, process.time))


def test_with_a_spread_the_wait_of_one_person_is_pollaczek_khinchines():
    """104 cases in 173⅓ h, an hour each: λ = .6, M/M/1 Wq = .6/.4 = 1.5 h; constant work half of it."""
    (plain,) = loads(office("1h"))
    assert (plain.utilisation, plain.wait_h, plain.formula) == (
        pytest.approx(0.6),
        pytest.approx(1.5),
        "m/m/c",
    )
    (even,) = loads(office({"mean": "1h", "sd": "0m"}))
    assert (even.wait_h, even.formula) == (pytest.approx(0.75), "allen-cunneen")
    (wide,) = loads(office({"mean": "1h", "sd": "2h"}))
    assert wide.wait_h == pytest.approx(0.6 * (1 + 4) / 2 / (1 - 0.6))
    (two,) = loads(office({"mean": "1h", "sd": "30m"}, people=2))
    assert two.wait_h == pytest.approx(mmc(0.6, 1, 2).wait * (1 + 0.25) / 2)


def test_calendar_time_tells_no_capacity():
    assert loads(office("1h", "calendar")) == ()


def test_a_lane_of_many_people_is_reckoned_with():
    queue = mmc(450, 1, 500)
    assert queue.wait is not None
    assert 0 < queue.wait < 0.01
