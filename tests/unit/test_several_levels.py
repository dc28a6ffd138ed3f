"""Of a series that stood on several levels, limits are made from the first that lasted, and told so."""

from __future__ import annotations

import numpy as np
import pytest

from generator.compute.series.spc import SegmentValues, charts_of, control_charts
from generator.present.links import Ref
from generator.present.parts import trend
from tests.unit.test_chart_cases import Handbook, values
from tests.unit.test_spc import chart, limits

LEVELS = {
    # 20.5 ± 2.66 (ranges of 1, the jump of 19 screened) holds none; 10.5 ± 2.66 holds the first twelve.
    "with variation": ([10.0, 11] * 6 + [30.0, 31] * 6, (10.5, 7.84, 13.16), "full", (0, 11)),
    "a value on the way": ([10.0] * 12 + [12] + [14.0] * 12, (10, 10, 10), "full", (0, 11)),
    "too few on the first": ([10.0] * 3 + [14.0] * 21, (14, 14, 14), "full", (3, 23)),
    # 10 and 20 lie on one side of 25, and 15 ± 2.66 × 10/11 holds neither.
    "four": ([v for v in (10.0, 20, 30, 40) for _ in range(6)], (10, 10, 10), "trial", (0, 5)),
    "gaps are passed over": ([10.0, 10, None, 10, 10, 10, 10] + [14.0] * 6, (10, 10, 10), "trial", (0, 6)),
    # 12 ± 2.66 × 4/7 holds neither, but six in a row are on no side of it.
    "none that lasts": ([10.0] * 4 + [14.0] * 4, (12, 10.48, 13.52), "trial", None),
    # 11.5 ± 2.66 holds 9–14, a quarter: one slope, no level.
    "a slope": ([float(n) for n in range(24)], (11.5, 8.84, 14.16), "full", None),
}


@pytest.mark.parametrize("case", LEVELS)
def test_limits_that_hold_hardly_any_value_are_made_from_the_first_level(case):
    numbers, ends, basis, level = LEVELS[case]
    made = chart(numbers)
    assert limits(numbers) == pytest.approx(ends)
    assert (made.basis, made.level) == (basis, level)
    beside = control_charts([SegmentValues([1.0, 2.0] * 8), SegmentValues(numbers), SegmentValues([3.0] * 9)])
    assert beside[1].marks[: len(numbers)] == made.marks
    assert (beside[0], beside[2].centre) == (control_charts([SegmentValues([1.0, 2.0] * 8)])[0], 3)


def test_the_level_of_shares_is_weighed():
    """Of 400 each, .10 and .14: the moving ranges are none within a level."""
    made = chart([0.1] * 12 + [0.14] * 12, weights=[400.0] * 24, whole=1.0)
    assert (made.centre, made.level, made.marks[-1]) == (pytest.approx(0.1), (0, 11), "outside")


def test_no_stable_or_drifting_series_stands_on_several_levels():
    chance = np.random.default_rng(6)
    for slope in (0.0, 0.1, 0.2, 0.5):
        columns = [SegmentValues(chance.normal(size=24) + slope * np.arange(24)) for _ in range(500)]
        assert not charts_of(columns).levelled.any()


def test_twelve_tens_then_twelve_fourteens_are_held_against_the_tens(tmp_path):
    """One jump of 4 in 23 moving ranges: 12 ± 2.66 × 4/23 = 11.54–12.46 holds none of the 24."""
    handbook = Handbook(tmp_path, values(*[10] * 12, *[14] * 12))
    points = handbook.exported()["points"]
    assert {(one["centre"], one["lower"], one["upper"]) for one in points} == {(10, 10, 10)}
    assert [point.variation for point in handbook.signals.points] == ["normal"] * 12 + ["concern"] * 12
    assert (handbook.signals.basis, handbook.signals.segments[0].count) == ("full", 12)
    assert (handbook.signals.cautions, handbook.signals.autocorrelation) == ((), None)
    assert handbook.finding().endswith(
        "; the 12 values that the range is made from are all 10.0 and this one is not: a signal."
    )
    assert handbook.finding("zh").endswith("；算范围的 12 期都是 10.0，这一期不同，是信号。")
    assert handbook.notes("zh")[-1] == (
        "用全部期算一个范围，几乎没有一期落在里面：这条线换过水平。"
        "所以范围由最早稳住的一段（2025年1月至 2025年12月，共 12 期）来算，标记说的是不在这个水平上的各期。"
    )
    ctx = handbook.ctx()
    view = trend.chart_view(ctx, handbook.series, handbook.indicator, Ref("x", ""), "c", None)
    assert "the 12 values from Jan 2025 to Dec 2025" in " ".join(view.notes)
    assert "Most points are marked" not in " ".join(view.notes)


def test_a_value_back_on_the_level_of_the_range_is_none_of_the_signals(tmp_path):
    handbook = Handbook(tmp_path, values(*[10] * 12, *[14] * 12, 10))
    assert handbook.finding().endswith(
        "; 10.0 again, like the 12 values that the range is made from, so no signal."
    )
    assert handbook.finding("zh").endswith("；与算范围的 12 期一样是 10.0，不是信号。")


def test_a_level_that_ended_long_ago_was_not_so_all_along(tmp_path):
    """The second of two 14s after twelve 10s with limits that the author holds still."""
    handbook = Handbook(tmp_path, values(*[10] * 12, 14, 14), more="limits_fixed_after: 12")
    assert "；算范围的 12 期都是 10.0，这一期不同，是信号" in handbook.finding("zh")
