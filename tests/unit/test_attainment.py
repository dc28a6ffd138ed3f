"""Status, attainment, progress and score against cases worked by hand (computations page, section 2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compute.series import attainment as a
from generator.compute.series.attainment import Thresholds
from generator.model.calendar import Calendar
from generator.model.handbook import Scoring
from generator.model.period import Period
from tests.unit.made import target

CYCLE = Thresholds(floor=25, target=20, stretch=15)
"""An order cycle in days: lower is better."""
YIELD = Thresholds(floor=85, target=92, stretch=96)
"""A first-pass yield in per cent: higher is better."""


@pytest.mark.parametrize(
    ("value", "bar", "direction", "expected"),
    [
        (14, CYCLE, "lower", "exceeded"),
        (15, CYCLE, "lower", "exceeded"),
        (15.1, CYCLE, "lower", "met"),
        (20, CYCLE, "lower", "met"),
        (20.1, CYCLE, "lower", "near"),
        (25, CYCLE, "lower", "near"),
        (25.1, CYCLE, "lower", "missed"),
        (96, YIELD, "higher", "exceeded"),
        (92, YIELD, "higher", "met"),
        (91.9, YIELD, "higher", "near"),
        (85, YIELD, "higher", "near"),
        (84.9, YIELD, "higher", "missed"),
        (91.9, Thresholds(target=92), "higher", "missed"),
        (92, Thresholds(target=92), "higher", "met"),
        (5, Thresholds(interval=(4, 6)), "range", "met"),
        (4, Thresholds(interval=(4, 6)), "range", "met"),
        (6.1, Thresholds(interval=(4, 6)), "range", "missed"),
        (5, Thresholds(), "range", "no-target"),
        (5, Thresholds(), "higher", "no-target"),
        (None, YIELD, "higher", "no-data"),
    ],
)
def test_status(value, bar, direction, expected):
    assert a.status(value, bar, direction) == expected


@pytest.mark.parametrize(
    ("value", "bar", "direction", "gap", "percent"),
    [
        (22, CYCLE, "lower", 2, 20 / 22 * 100),
        (16, CYCLE, "lower", -4, 125),
        (89.7, YIELD, "higher", -2.3, 97.5),
        (0, YIELD, "higher", -92, None),
        (-3, Thresholds(target=10), "higher", -13, None),
        (3, Thresholds(target=0), "higher", 3, None),
        (3, Thresholds(), "higher", None, None),
        (3, Thresholds(interval=(4, 6)), "range", -1, None),
        (8, Thresholds(interval=(4, 6)), "range", 2, None),
        (5, Thresholds(interval=(4, 6)), "range", 0, None),
    ],
)
def test_gap_and_attainment(value, bar, direction, gap, percent):
    assert a.gap(value, bar, direction) == (pytest.approx(gap) if gap is not None else None)
    assert a.attainment(value, bar, direction) == (pytest.approx(percent) if percent is not None else None)


def test_progress_is_the_share_of_the_way_from_baseline_to_target():
    assert a.progress(22.6, 25, CYCLE, "lower") == pytest.approx(0.48)
    assert a.progress(27.5, 25, CYCLE, "lower") == pytest.approx(-0.5)
    assert a.progress(20, 25, CYCLE, "lower") == 1
    assert a.progress(22, 20, CYCLE, "lower") is None
    assert a.progress(17, 19, CYCLE, "lower") is None  # it began beyond its target of 20: no way to go
    assert a.progress(97, 95, YIELD, "higher") is None
    assert a.progress(22, None, CYCLE, "lower") is None
    assert a.progress(None, 25, CYCLE, "lower") is None


@pytest.mark.parametrize(
    ("value", "bar", "direction", "points"),
    [
        (25, CYCLE, "lower", 60),
        (22.5, CYCLE, "lower", 80),
        (20, CYCLE, "lower", 100),
        (17.5, CYCLE, "lower", 110),
        (15, CYCLE, "lower", 120),
        (9, CYCLE, "lower", 120),
        (25.01, CYCLE, "lower", 0),
        (88.5, YIELD, "higher", 80),
        (91.9, Thresholds(target=92), "higher", 0),
        (99, Thresholds(target=92), "higher", 100),
        (5, Thresholds(interval=(4, 6)), "range", 100),
        (9, Thresholds(interval=(4, 6)), "range", 0),
        (5, Thresholds(), "higher", None),
        (None, CYCLE, "lower", None),
    ],
)
def test_score(value, bar, direction, points):
    assert a.score(value, bar, direction, Scoring()) == (
        pytest.approx(points) if points is not None else None
    )


def test_scoring_takes_the_handbooks_own_points():
    own = Scoring(floor=50, target=90, stretch=100, below_floor=10)
    assert a.score(22.5, CYCLE, "lower", own) == pytest.approx(70)
    assert a.score(30, CYCLE, "lower", own) == 10


@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(0.1, 20), st.floats(-120, 120), st.floats(0, 30))
def test_a_better_value_never_scores_less(goal, below, above, value, more):
    bar = Thresholds(goal - below, goal, goal + above)
    lower = a.score(value, bar, "higher", Scoring())
    higher = a.score(value + more, bar, "higher", Scoring())
    assert lower is not None
    assert higher is not None
    assert higher >= lower - 1e-9


@given(st.floats(-50, 50), st.floats(0.1, 20), st.floats(0.1, 20), st.floats(-120, 120))
def test_lower_is_higher_turned_round(goal, below, above, value):
    up = Thresholds(goal - below, goal, goal + above)
    down = Thresholds(-(goal - below), -goal, -(goal + above))
    assert a.status(value, up, "higher") == a.status(-value, down, "lower")
    assert a.score(value, up, "higher", Scoring()) == pytest.approx(a.score(-value, down, "lower", Scoring()))


def test_the_bar_is_the_newest_one_in_force_at_the_end_of_the_period():
    targets = (target("2025-01", floor=25, target=22), target("2025-08", floor=24, target=20, stretch=18))

    def at(period):
        return a.bar_at(targets, Period.parse(period), "lower", Calendar(1))

    assert at("2024-12") == Thresholds()
    assert at("2025-01") == Thresholds(25, 22, None)
    assert at("2025-07") == Thresholds(25, 22, None)
    assert at("2025-Q3") == Thresholds(24, 20, 18)
    assert a.bar_at(targets, Period.parse("2025-08"), None, Calendar(1)) == Thresholds()


def test_a_target_in_the_results_goes_before_the_definitions_and_keeps_what_still_fits():
    targets = (target("2025-01", floor=25, target=22, stretch=18),)

    def at(given):
        return a.bar_at(targets, Period.parse("2025-03"), "lower", Calendar(1), given=given)

    assert at(20) == Thresholds(25, 20, 18)
    assert at(17) == Thresholds(25, 17, None)
    assert at(26) == Thresholds(None, 26, 18)


def test_fiscal_years_start_where_the_handbook_says():
    targets = (target("2025", target=1), target("2026", target=2))
    march = Period.parse("2026-03")
    assert a.bar_at(targets, march, "higher", Calendar(4)).target == 1
    assert a.bar_at(targets, march, "higher", Calendar(1)).target == 2
