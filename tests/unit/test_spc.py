"""Control charts and run charts against published figures, the real series, and what must always hold."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from generator.compute.attainment import Bar
from generator.compute.run_chart import run_limits, run_rules
from generator.compute.signals import assurance
from generator.compute.spc import Segment, control_charts
from tests.needs import missing

REPOSITORY = Path(__file__).parents[2]
EVIDENCE = Path(os.environ.get("HANDBOOK_EVIDENCE", REPOSITORY.parent / "shared" / "evidence"))

SCREENED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# Montgomery, Introduction to Statistical Quality Control, table 6.5: loan processing costs, 20 weeks.
MONTGOMERY = [
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306,
    294, 299, 297, 299, 314, 295, 293, 306, 301, 304,
]  # fmt: skip


def chart(values) -> Segment:
    (segment,) = control_charts([values])
    return segment


def limits(values):
    segment = chart(values)
    return segment.centre, segment.lower, segment.upper


def a_and_e() -> list[float]:
    """Share of attendances within four hours, all organisations and types, 36 months."""
    file = EVIDENCE / "ae_attendances.csv"
    if not file.is_file():
        missing(f"the evidence: {file.name}; set HANDBOOK_EVIDENCE to its folder")
    months: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            months[row["period"]][0] += int(row["attendances"])
            months[row["period"]][1] += int(row["breaches"])
    assert len(months) == 36
    return [1 - breaches / attendances for _, (attendances, breaches) in sorted(months.items())]


# Published figures


def test_a_jump_is_screened_out_of_the_limits():
    assert limits(SCREENED) == pytest.approx((1.944, -0.716, 4.604), abs=5e-4)
    assert chart(SCREENED).marks[4] == "outside"


def test_screening_makes_the_difference():
    """Without it the limits would be −3.063 / 6.952 (worked from the same moving ranges)."""
    ranges = np.abs(np.diff(SCREENED))
    assert np.mean(SCREENED) + 2.66 * ranges.mean() == pytest.approx(6.952, abs=5e-4)
    assert np.mean(SCREENED) - 2.66 * ranges.mean() == pytest.approx(-3.063, abs=5e-4)


def test_montgomery_table_6_5():
    assert limits(MONTGOMERY) == pytest.approx((300.5, 279.78, 321.22), abs=5e-3)
    assert set(chart(MONTGOMERY).marks) == {"none"}


def test_a_and_e_of_england():
    values = a_and_e()
    centre, lower, upper = limits(values)
    assert (centre, lower, upper) == pytest.approx((0.884706, 0.860447, 0.908964), abs=5e-7)
    assert assurance(lower, upper, Bar(target=0.95), "higher") == "missed"
    assert assurance(lower, upper, Bar(target=0.85), "higher") == "met"


@pytest.mark.parametrize(("n", "expected"), [(10, (6, 2)), (20, (7, 6)), (24, (8, 8))])
def test_run_limits(n, expected):
    assert run_limits(n) == expected


def test_fewest_crossings_are_the_binomial_quantile():
    """As SciPy has it, for every length that a chart may have."""
    for n in range(2, 400):
        assert run_limits(n)[1] == binom.ppf(0.05, n - 1, 0.5), n


# Rules, worked by hand


def test_too_few_trial_and_full():
    values = [1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    bases = [chart(values[:n]).basis for n in (5, 6, 12, 13)]
    assert bases == ["too-few", "trial", "trial", "full"]
    assert limits(values[:5]) == (None, None, None)


def test_gaps_are_no_points():
    assert chart([1.0, None, 2, None, 1, 2, 1]).basis == "too-few"
    assert chart([1.0, 2, None, 1, 2, 1, 2]).centre == pytest.approx(1.5)


def test_a_moving_range_does_not_reach_across_a_gap():
    """Two levels with a gap between: the step of 10 is no difference of neighbours."""
    assert limits([1.0, 2, 1, 2, None, 11, 12, 11, 12]) == pytest.approx((6.5, 6.5 - 2.66, 6.5 + 2.66))


def test_a_shift_of_seven_and_no_less():
    low, high = [8.0, 12, 8, 12, 8, 12, 8, 12], [11.0, 12, 11, 12, 11, 12, 11]
    marked = chart(low + high)
    assert marked.marks[-7:] == ("shift",) * 7
    assert marked.sides[-7:] == ("high",) * 7
    assert "shift" not in chart([8.0, 12] * 4 + [8.0, *high[:6]]).marks


def test_a_point_on_the_centre_breaks_a_shift():
    values = [9.0, 11] * 3 + [11.0, 11, 11, 10, 11, 11, 11] + [9.0, 9, 9, 10, 9, 9, 9]
    assert np.mean(values) == 10
    assert "shift" not in chart(values).marks
    values[9] = 10.5
    assert "shift" in chart(values).marks


def test_a_trend_of_seven_is_flagged_whole_and_says_its_direction():
    values = [10.0, 14, 10, 14, 10, 14, 10, 14, 9, 10, 11, 12, 13, 14, 15, 10, 14, 10, 14]
    marked = chart(values)
    assert marked.marks[8:15] == ("trend",) * 7
    assert marked.sides[8:15] == ("high",) * 7
    assert "trend" not in marked.marks[:8] + marked.marks[15:]


def test_two_of_three_near_a_limit_flags_the_near_ones():
    values = [10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 16.5, 12, 16.5, 10, 12, 10]
    marked = chart(values)
    assert marked.upper is not None
    assert marked.centre is not None
    assert max(values) < marked.upper
    assert (16.5 - marked.centre) > (marked.upper - marked.centre) * 2 / 3
    assert [place for place, mark in enumerate(marked.marks) if mark == "two-of-three"] == [14, 16]


def test_outside_goes_before_trend():
    values = [10.0, 10.5, 10, 10.5, 10, 10.5, 10, 10.5, 10, 10.5, 11, 11.5, 12, 12.5, 13, 16]
    marked = chart(values)
    assert marked.marks[-1] == "outside"
    assert "trend" in marked.marks


def test_segments_of_any_length_do_not_touch_each_other():
    alone = [chart(values) for values in (SCREENED, MONTGOMERY, [1.0, 2], [5.0] * 9)]
    assert list(control_charts([SCREENED, MONTGOMERY, [1.0, 2], [5.0] * 9])) == alone
    assert control_charts([]) == ()


@pytest.mark.parametrize(
    ("direction", "bar", "expected"),
    [
        ("higher", Bar(target=13), "missed"),
        ("higher", Bar(target=7), "met"),
        ("higher", Bar(target=12), "hit-and-miss"),
        ("lower", Bar(target=13), "met"),
        ("lower", Bar(target=7), "missed"),
        ("range", Bar(interval=(7, 13)), "met"),
        ("range", Bar(interval=(13, 14)), "missed"),
        ("range", Bar(interval=(9, 11)), "hit-and-miss"),
        ("higher", Bar(), None),
        (None, Bar(target=7), None),
    ],
)
def test_assurance(direction, bar, expected):
    assert assurance(8, 12, bar, direction) == expected
    assert assurance(None, None, bar, direction) is None


def test_run_rules_worked_by_hand():
    """Median 5: sides − + + − − + (the two fives are dropped): longest 2, crossings 3."""
    found = run_rules([1.0, 9, 8, 5, 2, None, 3, 5, 7])
    assert found is not None
    assert (found.useful, found.longest, found.crossings) == (6, 2, 3)
    assert (found.longest_limit, found.crossings_limit) == (6, 1)
    assert not found.signal
    assert run_rules([1.0] * 12 + [9.0] * 12).signal  # type: ignore[union-attr]
    assert run_rules([4.0, 4.0]) is None
    assert run_rules([None]) is None


# What must always hold

series = st.lists(st.integers(-1000, 1000).map(float), min_size=6, max_size=40)


@given(series, st.integers(-10_000, 10_000))
def test_adding_a_constant_moves_the_limits_by_it(values, constant):
    before, after = chart(values), chart([value + constant for value in values])
    assert before.basis == after.basis
    if before.centre is not None:
        assert [after.centre, after.lower, after.upper] == pytest.approx(
            [part + constant for part in (before.centre, before.lower, before.upper)], abs=1e-6
        )


@given(series, st.sampled_from([-4.0, -0.5, 0.25, 2.0, 8.0]))
def test_scaling_scales_the_limits(values, factor):
    """By powers of two, which floating point scales exactly; a negative factor turns the sides round."""
    before, after = chart(values), chart([value * factor for value in values])
    if before.centre is None:
        assert after.centre is None
        return
    ends = sorted(part * factor for part in (before.lower, before.upper))
    assert [after.lower, after.centre, after.upper] == pytest.approx(
        [ends[0], before.centre * factor, ends[1]]
    )
    assert after.marks == before.marks
    turned = {"high": "low", "low": "high", None: None} if factor < 0 else {"high": "high", "low": "low"}
    assert after.sides == tuple(turned.get(side) for side in before.sides)


@given(series)
def test_reversing_time_keeps_the_limits(values):
    before, after = limits(values), limits(values[::-1])
    assert before == (None, None, None) if before[0] is None else before == pytest.approx(after)


@given(st.lists(series, min_size=2, max_size=5), st.randoms())
def test_permuting_the_series_changes_nothing(many, random):
    order = list(range(len(many)))
    random.shuffle(order)
    charts = control_charts(many)
    assert control_charts([many[place] for place in order]) == tuple(charts[place] for place in order)


@given(st.integers(-1000, 1000).map(lambda number: number / 7), st.integers(1, 40))
def test_a_constant_series_has_no_limits_and_no_marks(value, n):
    segment = chart([value] * n)
    assert (segment.centre, segment.lower, segment.upper) == (None, None, None)
    assert set(segment.marks) == {"none"}
    assert set(segment.sides) == {None}


def test_what_stable_data_are_marked_with():
    """Behind the headline: in noise some point is marked in a fifth of series, the last in 2 %."""
    noise = np.random.default_rng(7).normal(size=(2000, 24))
    charts = control_charts([list(row) for row in noise])
    some = np.mean([any(mark != "none" for mark in one.marks) for one in charts])
    last = np.mean([one.marks[-1] != "none" for one in charts])
    assert 0.12 < some < 0.28
    assert last < 0.04
