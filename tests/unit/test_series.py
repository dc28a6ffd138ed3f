"""Series, gaps and roll-ups against cases worked by hand from the computations page, section 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.missed import rolled_up
from generator.compute.series.assessed import assess, assess_longer, longer_bars
from generator.compute.series.values import Difference, difference, roll_up, series_of
from generator.model.as_of import results_until
from generator.model.calendar import Calendar
from generator.model.period import Period
from generator.model.results import Results
from tests.unit.made import handbook, indicator, row, target


def values(series):
    return {str(point.period): point.value for point in series.points}


def test_rows_become_series_in_order_with_gaps_kept():
    rows = [
        row("2025-04", 4),
        row("2025-01", 1),
        row("2025-01", 7, pilot="east"),
        row("2025-03", note="lost"),
    ]
    whole, east = series_of(rows)
    assert values(whole) == {"2025-01": 1, "2025-02": None, "2025-03": None, "2025-04": 4}
    assert [point.why_not for point in whole.points] == [None, "no-result", "missing", None]
    assert east.key == ("speed", "east", ())


@pytest.mark.parametrize(("rule", "expected"), [("mean", 4.0), ("sum", 12), ("last", 7)])
def test_a_quarter_is_made_by_the_indicators_rule(rule, expected):
    (series,) = series_of([row("2025-01", 2), row("2025-02", 3), row("2025-03", 7)])
    rolled = roll_up(series, "quarter", indicator(rollup=rule), Calendar(1))
    assert values(rolled) == {"2025-Q1": expected}
    assert rolled.points[0].complete


def test_a_ratio_is_rolled_up_from_its_parts_and_never_averaged():
    rows = [
        row("2025-01", 90, numerator=9, denominator=10),
        row("2025-02", 50, numerator=50, denominator=100),
    ]
    (series,) = series_of(rows)
    (quarter,) = roll_up(series, "quarter", indicator(rollup="ratio", factor=100), Calendar(1)).points
    assert quarter.value == pytest.approx(59 / 110 * 100)
    assert (quarter.numerator, quarter.denominator) == (59, 110)
    assert quarter.parts == (2, 3)
    assert not quarter.complete


def test_a_ratio_without_its_parts_is_not_rolled_up_and_says_why():
    (series,) = series_of([row("2025-01", 90, numerator=9, denominator=10), row("2025-02", 50)])
    (quarter,) = roll_up(series, "quarter", indicator(rollup="ratio", factor=100), Calendar(1)).points
    assert (quarter.value, quarter.why_not) == (None, "no-parts")


def test_an_indicator_without_a_rule_has_no_longer_figures():
    (series,) = series_of([row("2025-01", 90)])
    (quarter,) = roll_up(series, "quarter", indicator(rollup="none"), Calendar(1)).points
    assert (quarter.value, quarter.why_not) == (None, "no-rollup")


def test_a_longer_period_is_only_as_firm_as_its_least_firm_part():
    rows = [row("2025-01", 1), row("2025-02", 2, status="estimate"), row("2025-03", 3, status="provisional")]
    (series,) = series_of(rows)
    assert roll_up(series, "quarter", indicator(), Calendar(1)).points[0].status == "estimate"


def test_weeks_belong_where_their_thursday_is_and_fiscal_years_where_they_start():
    (weeks,) = series_of([row("2025-W01", 1), row("2025-W05", 2), row("2025-W06", 3)])
    assert values(roll_up(weeks, "month", indicator(frequency="week", rollup="sum"), Calendar(1))) == {
        "2025-01": 3,
        "2025-02": 3,
    }
    (months,) = series_of([row("2025-03", 1), row("2025-04", 2)])
    fiscal = roll_up(months, "year", indicator(rollup="sum"), Calendar(4))
    assert values(fiscal) == {"2024": 1, "2025": 2}


def test_rolling_up_to_a_shorter_period_is_refused():
    (series,) = series_of([row("2025-Q1", 1)])
    with pytest.raises(ValueError, match="quarter cannot be rolled up to month"):
        roll_up(series, "month", indicator(), Calendar(1))


@given(st.lists(st.floats(0, 1000), min_size=36, max_size=36))
def test_sums_agree_whichever_way_they_are_rolled_up(numbers):
    start = Period.parse("2023-01")
    (series,) = series_of([row(str(start.shift(i)), value) for i, value in enumerate(numbers)])
    rule = indicator(rollup="sum")
    direct = roll_up(series, "year", rule, Calendar(1))
    by_quarter = roll_up(roll_up(series, "quarter", rule, Calendar(1)), "year", rule, Calendar(1))
    assert [p.value for p in direct.points] == pytest.approx([p.value for p in by_quarter.points])


def test_differences_against_the_period_before_and_the_year_before():
    rows = [row("2024-05", 20), row("2025-04", 0), row("2025-05", 15)]
    (series,) = series_of(rows)
    last = assess(series, indicator(), (target("2025-01", target=10),), None, handbook()).last
    assert last is not None
    assert last.previous is not None
    assert (last.previous.absolute, last.previous.percent) == (15, None)
    assert last.year_before is not None
    assert (last.year_before.absolute, last.year_before.percent) == (-5, -25)
    assert difference(1, None) is None


def test_nothing_is_held_against_a_value_of_another_definition():
    """The break of 14 February 2025 counts from February on; the first quarter holds both definitions."""
    broken = [{"date": "2025-02-14", "change": "definition", "text": "new", "breaks_series": True}]
    measured = indicator(history=broken)
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)][:30]
    (series,) = series_of([row(period, float(place)) for place, period in enumerate(months)])
    told = assess(series, measured, (), None, handbook())
    held = {str(one.point.period): (one.previous, one.year_before) for one in told.points}
    assert held["2025-01"][0] is not None
    assert held["2025-01"][1] is not None
    assert held["2025-02"] == (None, None)
    assert held["2025-03"][0] is not None
    assert held["2025-03"][1] is None
    assert held["2026-01"][1] is None
    assert held["2026-02"][1] is not None
    quarters = assess_longer(told, "quarter", measured, (), handbook())
    by = {str(one.point.period): (one.previous, one.year_before) for one in quarters.points}
    assert by["2025-Q1"] == by["2025-Q2"] == (None, None)
    assert by["2025-Q3"][0] is not None
    assert by["2025-Q3"][1] is None
    assert by["2026-Q1"][1] is None
    assert by["2026-Q2"][1] is not None


def test_a_gap_has_no_difference_and_neither_has_the_point_after_it():
    (series,) = series_of([row("2025-01", 1), row("2025-03", 3)])
    points = assess(series, indicator(), (), None, handbook()).points
    assert [point.previous for point in points] == [None, None, None]


def test_nothing_later_than_as_of_is_known():
    rows = (row("2025-09", 1), row("2025-10", 2), row("2025-Q4", 3))
    assert [str(r.period) for r in results_until(Results.of(rows), Period.parse("2025-Q3"), Calendar(1))] == [
        "2025-09"
    ]
    assert results_until(Results.of(rows), None, Calendar(1)) == tuple(rows)


def quarter(months, rule, targets):
    """The quarter's assessed points of months rolled up by a rule."""
    (series,) = series_of(months)
    one = indicator(rollup=rule)
    own = assess(series, one, targets, None, handbook())
    bars = longer_bars(own, "quarter", one, Calendar(1))
    return assess(
        roll_up(series, "quarter", one, Calendar(1)),
        one,
        targets,
        None,
        handbook=handbook(),
        baseline_period=None,
        bars=bars,
    ).points


def test_a_sum_over_a_quarter_is_held_against_the_targets_of_its_months_together():
    months = [row("2025-01", 90), row("2025-02", 110), row("2025-03", 120), row("2025-04", 100)]
    first, second = quarter(months, "sum", (target("2025-01", target=100), target("2025-03", target=110)))
    assert (first.bar.target, first.status, round(first.attainment, 2)) == (310, "met", 103.23)
    assert (second.bar.target, second.point.parts, second.status) == (110, (1, 3), "missed")


def test_a_mean_over_a_quarter_is_held_against_the_newest_target_the_results_own_included():
    months = [row("2025-01", 90), row("2025-02", 110, target=95)]
    (only,) = quarter(months, "mean", (target("2025-01", target=100),))
    assert (only.bar.target, only.status) == (95, "met")


def quarters(numbers, base=None):
    """Months of 2025 summed to quarters, 100 asked of each."""
    one = indicator(rollup="sum")
    targets = (target("2024-01", target=100),)
    (series,) = series_of(numbers)
    months = assess(series, one, targets, base, handbook())
    rolled = roll_up(series, "quarter", one, Calendar(1))
    bars = longer_bars(months, "quarter", one, Calendar(1))
    return assess(
        rolled, one, targets, base, handbook=handbook(), baseline_period=None, bars=bars, parts=series
    ).points


def test_an_unfinished_sum_is_held_against_the_same_part_of_the_past():
    """Two months of 100 after 120 + 90 + 60: 200 against 210, not against 270 ("a quarter down")."""
    rows = [
        row("2025-04", 120),
        row("2025-05", 90),
        row("2025-06", 60),
        row("2025-07", 100),
        row("2025-08", 100),
    ]
    before, now = quarters(rows)
    assert (before.previous, before.point.value) == (None, 270)
    assert (now.previous.absolute, now.previous.partial) == (-10, True)
    assert now.previous.percent == pytest.approx(-10 / 210 * 100)
    assert (now.status, now.bar.target) == ("met", 200)


def test_a_finished_sum_is_held_against_the_whole():
    rows = [row(f"2025-{month:02}", month) for month in range(1, 7)]
    assert quarters(rows)[1].previous == Difference(15 - 6, 150.0)


def test_a_past_that_lacks_the_same_part_is_no_base():
    """April is missing: May and June alone say nothing of July and August."""
    rows = [row("2025-05", 90), row("2025-06", 60), row("2025-07", 100), row("2025-08", 100)]
    assert quarters(rows)[1].previous is None
    rows = [row("2025-04", 120), row("2025-05", 90), row("2025-07", 100), row("2025-08", 100)]
    assert quarters(rows)[1].previous.absolute == -10


def test_progress_of_an_unfinished_sum_starts_from_as_many_parts_of_the_baseline():
    """80 a month at first, 100 asked, 90 in each of two months: half of the way, and not −50 %."""
    rows = [row("2025-07", 90), row("2025-08", 90)]
    (now,) = quarters(rows, 80)
    assert (now.baseline, now.progress) == (160, pytest.approx(0.5))


def test_a_mean_over_periods_is_weighted_by_n():
    """10 cases of 4 days, 90 of 2: (40 + 180) / 100 = 2.2, not 3."""
    (series,) = series_of([row("2025-01", 4, n=10), row("2025-02", 2, n=90)])
    (quarter,) = roll_up(series, "quarter", indicator(rollup="mean"), Calendar(1)).points
    assert (quarter.value, quarter.n, quarter.part_weighted) == (2.2, 100, False)


def test_a_mean_whose_n_is_known_in_part_is_plain_and_says_so():
    (series,) = series_of([row("2025-01", 4, n=10), row("2025-02", 2)])
    (quarter,) = roll_up(series, "quarter", indicator(rollup="mean"), Calendar(1)).points
    assert (quarter.value, quarter.n, quarter.part_weighted) == (3, None, True)
    (series,) = series_of([row("2025-01", 4, n=0), row("2025-02", 2, n=0)])
    (quarter,) = roll_up(series, "quarter", indicator(rollup="mean"), Calendar(1)).points
    assert (quarter.value, quarter.part_weighted) == (3, False), "nothing to weigh by"


def test_the_rule_weighs_as_the_figures_do():
    rows = [row("2025-01", 4, n=10), row("2025-02", 2, n=90)]
    quarter = Period.parse("2025-Q1")
    assert rolled_up(rows, indicator(rollup="mean"), quarter, handbook()) == 2.2
