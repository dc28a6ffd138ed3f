"""Control charts and run charts against published figures, the real series, and what must always hold."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from generator.compute.series.run_chart import run_limits, run_rules
from generator.compute.series.spc import Segment, SegmentValues, control_charts
from tests.evidence import evidence

SCREENED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# Montgomery, Introduction to Statistical Quality Control, table 6.5: loan processing costs, 20 weeks.
MONTGOMERY = [
    310, 288, 297, 298, 307, 303, 294, 297, 308, 306,
    294, 299, 297, 299, 314, 295, 293, 306, 301, 304,
]  # fmt: skip


def chart(values, weights=None, fixed=None, whole=None) -> Segment:
    (segment,) = control_charts([SegmentValues(values, weights, whole, fixed)])
    return segment


def limits(values):
    """Of a chart whose points all stand for the same: centre and the two limits."""
    segment = chart(values)
    ((lower, upper),) = set(zip(segment.lower, segment.upper, strict=True))
    return segment.centre, lower, upper


def a_and_e() -> list[float]:
    """Share of attendances within four hours, all organisations and types, 36 months."""
    file = evidence("ae_attendances.csv")
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
    bases = [chart(values[:n]).basis for n in (5, 6, 11, 12)]
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
    assert marked.upper[0] is not None
    assert marked.centre is not None
    assert max(values) < marked.upper[0]
    assert (16.5 - marked.centre) > (marked.upper[0] - marked.centre) * 2 / 3
    assert [place for place, mark in enumerate(marked.marks) if mark == "two-of-three"] == [14, 16]


def test_outside_goes_before_trend():
    values = [10.0, 10.5, 10, 10.5, 10, 10.5, 10, 10.5, 10, 10.5, 11, 11.5, 12, 12.5, 13, 16]
    marked = chart(values)
    assert marked.marks[-1] == "outside"
    assert "trend" in marked.marks


def test_segments_of_any_length_do_not_touch_each_other():
    alone = [chart(values) for values in (SCREENED, MONTGOMERY, [1.0, 2], [5.0] * 9)]
    together = control_charts([SegmentValues(one) for one in (SCREENED, MONTGOMERY, [1.0, 2], [5.0] * 9)])
    assert list(together) == alone
    assert control_charts([]) == ()


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
        ends = [before.centre, before.lower[0], before.upper[0]]
        assert [after.centre, after.lower[0], after.upper[0]] == pytest.approx(
            [part + constant for part in ends], abs=1e-6
        )


@given(series, st.sampled_from([-4.0, -0.5, 0.25, 2.0, 8.0]))
def test_scaling_scales_the_limits(values, factor):
    """By powers of two, which floating point scales exactly; a negative factor turns the sides round."""
    before, after = chart(values), chart([value * factor for value in values])
    if before.centre is None:
        assert after.centre is None
        return
    ends = sorted(part * factor for part in (before.lower[0], before.upper[0]))
    assert [after.lower[0], after.centre, after.upper[0]] == pytest.approx(
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
    charts = control_charts([SegmentValues(one) for one in many])
    turned = control_charts([SegmentValues(many[place]) for place in order])
    assert turned == tuple(charts[place] for place in order)


@given(st.integers(-1000, 1000).map(lambda number: number / 7), st.integers(6, 40))
def test_a_constant_series_stays_at_its_value_and_has_no_marks(value, n):
    segment = chart([value] * n)
    assert limits([value] * n) == (value, value, value)
    assert set(segment.marks) == {"none"}
    assert set(segment.sides) == {None}


@given(st.integers(-1000, 1000).map(float), st.integers(5, 60), st.integers(1, 1000), st.booleans())
def test_any_departure_from_a_constant_is_a_signal(value, n, step, up):
    marked = chart([value] * n + [value + (step if up else -step)])
    assert (marked.marks[-1], marked.sides[-1]) == ("outside", "high" if up else "low")


# Odd series


def test_what_is_left_out_as_a_jump_counts_where_nothing_else_varies():
    """Nothing but 0, 10 or 95 before: all other moving ranges are 0."""
    for values in ([0.0] * 20 + [6], [10.0] * 12 + [14.0] * 12, [95.0] * 20 + [60]):
        assert chart(values).marks[-1] == "outside", values
    # Moving ranges 0 × 19 and 35: mean 1.75, reach 2.66 × 1.75 = 4.655 around (20 × 95 + 60) / 21.
    assert limits([95.0] * 20 + [60]) == pytest.approx((93.3333, 88.6783, 97.9883), abs=1e-4)


def test_few_moving_ranges_make_trial_limits_however_many_values():
    """Twelve values in pairs have six moving ranges, in threes eight, alone none."""
    pairs = [1.0, 2, None] * 6
    assert chart(pairs).basis == "full"
    few = [1.0, 2, None, 1, 2, None, 1, 2, None, 1, 2, None, 3, None, 1, None, 2, None, 3]
    assert (chart(few).count, chart(few).basis) == (12, "trial")
    assert chart([1.0, None] * 8).basis == "apart"
    assert chart([1.0, None] * 5).basis == "too-few"


def test_rounding_is_no_variation():
    noisy = [0.1 + 0.2, 0.3, 0.3, 0.1 * 3, 0.3, 0.3, 0.6 / 2, 0.3, 0.9 / 3]
    assert len(set(noisy)) > 1
    assert set(chart(noisy).marks) == {"none"}
    assert chart(noisy).sigma == 0
    assert chart([*noisy, 0.31]).marks[-1] == "outside"


def test_limits_that_stand_still():
    """Of the first eight values: mean 11, moving ranges all 2, limits 11 ± 5.32."""
    values = [10.0, 12] * 4 + [17.0, 18, 17, 16.5, 18, 19]
    fixed = chart(values, fixed=8)
    assert (fixed.centre, fixed.lower[-1], fixed.upper[-1]) == pytest.approx((11, 5.68, 16.32))
    assert fixed.marks[8:] == ("outside",) * 6
    assert (fixed.basis, fixed.count) == ("trial", 8)
    assert chart(values).marks[8:] != fixed.marks[8:]
    assert chart(values[:7], fixed=8) == chart(values[:7])
    assert chart([5.0] * 12 + [5.0, 5.1], fixed=12).marks[-1] == "outside"


# Ratios know their denominators: Laney's p′

SHARES = ([0.90, 0.95, 0.85, 0.90, 1.00, 0.88], [100.0, 400, 100, 400, 25, 225])


def test_laney_worked_by_hand():
    """Six months, Σ passed 90 + 380 + 85 + 360 + 25 + 198 = 1138 of 1250: centre .9104.

    (p − centre)·√n = −.104, .792, −.604, −.208, .448, −.456: moving ranges .896, 1.396, .396, .656, .904, of
    mean .8496 (none ≥ 3.267 × it). Reach 2.66 × .8496 = 2.259936, by √n: .2260 at 100, .1130 at 400, .4520
    at 25.
    """
    segment = chart(*SHARES)
    assert segment.centre == pytest.approx(0.9104, abs=1e-12)
    assert segment.upper[0] == pytest.approx(0.9104 + 0.2259936, abs=1e-9)
    assert segment.lower[1] == pytest.approx(0.9104 - 0.1129968, abs=1e-9)
    assert segment.lower[4] == pytest.approx(0.9104 - 0.4519872, abs=1e-9)


def test_laney_by_his_own_formula():
    """z-scores of the binomial, σ_z = mean moving range / 1.128, limits p̄ ± 3 σ_i σ_z; 3 / 1.128 ≈ 2.66."""
    p, n = (np.array(part) for part in SHARES)
    mean = (p * n).sum() / n.sum()
    sigma = np.sqrt(mean * (1 - mean) / n)
    z = (p - mean) / sigma
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    assert list(chart(*SHARES).upper) == pytest.approx(list(mean + 3 * sigma * sigma_z), abs=1e-4)
    # The chart of rates, u′, differs in σ_i = √(ū / n_i) alone, which cancels out as well.
    rates = np.sqrt(mean / n)
    sigma_u = np.abs(np.diff((p - mean) / rates)).mean() / 1.128
    assert list(chart(*SHARES).upper) == pytest.approx(list(mean + 3 * rates * sigma_u), abs=1e-4)


def test_equal_denominators_make_the_chart_of_single_values():
    assert chart(MONTGOMERY, [7.0] * 20).upper == pytest.approx(chart(MONTGOMERY).upper)
    assert chart(SCREENED, [3.0] * 18).marks == chart(SCREENED).marks


def test_small_and_large_months_in_turn():
    """10 and 10,000 cases about 90 %; one month of 10,000 at 85.5 % is a signal, single values say no."""
    dice = np.random.default_rng(20250101)
    weights = [10.0, 10_000] * 12
    values = [dice.binomial(int(n), 0.9) / n * 100 for n in weights]
    values[17] = 85.5
    assert chart(values).marks[17] == "none"
    marked = chart(values, weights)
    assert (marked.marks[17], marked.sides[17]) == ("outside", "low")
    assert [place for place, mark in enumerate(marked.marks) if mark == "outside"] == [17]
    exact = [90.0] * 24
    exact[17] = 85.5
    assert chart(exact, weights).marks[17] == "outside"


def test_one_of_one_is_no_signal():
    values = [95.0 + step for step in (0, 0.3, -0.2, 0.1, -0.4, 0.2, 0, -0.1, 0.3, -0.3, 0.1, -0.2)]
    weights = [400.0, 420, 390, 410, 405, 415, 400, 395, 410, 405, 400, 415]
    assert chart([*values, 100.0], [*weights, 1.0]).marks[-1] == "none"
    assert chart([*values, 100.0]).marks[-1] == "outside"


def test_few_cases_vary_at_least_as_chance_has_it():
    """Twelve months of 400 almost alike, then 2 of 3 where 95 % pass: ± 3 √(.95 × .05 / 3) = ± .3775."""
    values, weights = [0.95, 0.951] * 6 + [2 / 3], [400.0] * 12 + [3.0]
    centre = (2400 * 0.95 + 2400 * 0.951 + 2) / 4803
    counted = chart(values, weights, whole=1.0)
    assert counted.marks[-1] == "none"
    assert counted.upper[-1] - centre == pytest.approx(3 * (centre * (1 - centre) / 3) ** 0.5)
    assert chart(values, weights).marks[-1] == "outside"
    # A large month keeps the limits of the moving ranges.
    assert counted.upper[0] == chart(values, weights).upper[0]


def test_money_and_negative_numerators_need_no_counts():
    """Margins of −2 to 3 % on sales of very different size: the same moving ranges of weighed deviations."""
    dice = np.random.default_rng(7)
    weights = dice.uniform(1e4, 1e6, 30)
    values = list(dice.normal(0, 1, 30) / np.sqrt(weights) * 1000)
    assert chart(values, list(weights)).marks.count("outside") <= 1
    heavy = int(np.argmax(weights))
    values[heavy] += 8 * 1000 / np.sqrt(weights[heavy])
    assert chart(values, list(weights)).marks[heavy] == "outside"


def test_a_gap_in_a_ratio_has_no_limits():
    segment = chart([0.9, 0.8, None, 0.9, 0.8, 0.9, 0.8], [10.0, 20, None, 10, 20, 10, 20])
    assert segment.lower[2] is None
    assert segment.lower[0] is not None


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 1000)), min_size=6, max_size=30),
    st.sampled_from([2, 4, 16]),
)
def test_more_cases_alike_in_all_periods_change_no_mark_and_no_limit(pairs, factor):
    values, weights = [float(one) for one, _ in pairs], [float(n) for _, n in pairs]
    before, after = chart(values, weights), chart(values, [n * factor for n in weights])
    assert before.marks == after.marks
    assert list(before.upper) == pytest.approx(list(after.upper))


def test_what_stable_data_are_marked_with():
    """Behind the headline: in noise some point is marked in a fifth of series, the last in 2 %."""
    noise = np.random.default_rng(7).normal(size=(2000, 24))
    charts = control_charts([SegmentValues(list(row)) for row in noise])
    some = np.mean([any(mark != "none" for mark in one.marks) for one in charts])
    last = np.mean([one.marks[-1] != "none" for one in charts])
    assert 0.12 < some < 0.28
    assert last < 0.04
