"""Comparing at a bar: exact decimals, one function, and digits that tell a value from what it misses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compute.score import PackFigure, PilotScore, pilot_score
from generator.compute.series import attainment
from generator.compute.series.assessed import AssessedPoint, AssessedSeries, assess, longer_bars
from generator.compute.series.attainment import Thresholds
from generator.compute.series.values import SeriesPoint, roll_up, series_of
from generator.model import comparing, exact
from generator.model.calendar import Calendar
from generator.model.handbook import Scoring
from generator.model.period import Period
from generator.present.text import scores, value_text
from generator.present.text.format import Format
from tests.unit.made import handbook, indicator, row

TROUBLE = (7, 14, 28, 29, 55, 56, 57, 58)
"""Numerators of which n / 100 × 100 is not n in binary numbers, and their neighbours."""


def quarter_of(rows, **fields) -> AssessedSeries:
    measured = indicator(**fields)
    (series,) = series_of(rows)
    rolled = roll_up(series, "quarter", measured, Calendar(1))
    return assess(rolled, measured, measured.targets, None, handbook())


@pytest.mark.parametrize("numerator", TROUBLE)
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_share_of_n_in_a_hundred_is_at_a_gate_of_n(numerator, direction):
    """29/100 × 100 is 28.999999999999996 in floating point: it was "gate not passed" and 0 points."""
    bars = {"floor": numerator, "target": numerator + (1 if direction == "higher" else -1)}
    rows = [row("2025-01", numerator, numerator=numerator, denominator=100)]
    told = quarter_of(
        rows, rollup="ratio", factor=100, unit="%", direction=direction, targets=[{"from": "2025-01", **bars}]
    )
    point = told.points[0]
    assert (point.point.value, point.status, point.score) == (numerator, "near", 60)
    score = pilot_score([PackFigure("speed", 100, True, told, point)])
    assert (score.value, score.gate) == (60, "passed")


def test_a_mean_of_decimals_is_at_its_own_target():
    """(1.6 + 2.7 + 2.9) / 3 = 7.2 / 3 = 2.4; floating point makes 2.4000000000000004 of it."""
    rows = [row("2025-01", 1.6), row("2025-02", 2.7), row("2025-03", 2.9)]
    told = quarter_of(rows, direction="lower", targets=[{"from": "2025-01", "target": 2.4}])
    assert [(one.point.value, one.status, one.gap, one.attainment) for one in told.points] == [
        (2.4, "met", 0, 100)
    ]


@pytest.mark.parametrize(
    ("value", "bar", "direction", "expected"),
    [
        (28.999999999999996, Thresholds(29, 40), "higher", "near"),
        (2.4000000000000004, Thresholds(target=2.4), "lower", "met"),
        (0.1 + 0.2, Thresholds(target=0.3), "lower", "met"),
        (95 - 1e-6, Thresholds(target=95), "higher", "missed"),
        (0.30000000000000004, Thresholds(interval=(0.1, 0.3)), "range", "met"),
        (5.5e-17, Thresholds(target=0), "lower", "met"),
    ],
)
def test_figures_that_somebody_reckoned_before_are_held_to_a_billionth(value, bar, direction, expected):
    assert attainment.status(value, bar, direction) == expected


decimals = st.decimals(min_value=-1000, max_value=1000, places=4, allow_nan=False)


@given(st.lists(decimals, min_size=1, max_size=40), st.data())
def test_sums_means_and_ratios_are_those_of_exact_fractions(numbers, data):
    """The outside oracle is Python's Fraction: exact, then rounded once."""
    values = [float(number) for number in numbers]
    parts = [Fraction(str(number)) for number in numbers]
    weights = data.draw(st.lists(st.integers(0, 500), min_size=len(values), max_size=len(values)))
    assert exact.total(values) == float(sum(parts))
    assert exact.mean(values) == float(sum(parts) / len(parts))
    if sum(weights):
        held = sum(part * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)
        assert exact.mean(values, weights) == float(held)
    if values[-1]:
        assert exact.ratio(values[0], values[-1], 100) == float(parts[0] / parts[-1] * 100)
    assert exact.minus(values[0], values[-1]) == float(parts[0] - parts[-1])


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_ratio_reaches_its_own_decimal_and_no_more(numerator, denominator):
    value = exact.ratio(numerator, denominator, 100)
    assert comparing.reaches(value, float(Fraction(numerator * 100, denominator)), "higher")
    assert comparing.reaches(value, float(Fraction(numerator * 100, denominator)), "lower")
    assert not comparing.reaches(value, value + max(value, 1) * 1e-6, "higher")


@pytest.mark.parametrize(
    ("difference", "decimals", "expected"),
    [
        (0.04, 1, False),
        (-0.04, 1, False),
        (0.06, 1, True),
        (1e-17, 9, False),
        (0.5, 0, False),
        (0.6, 0, True),
    ],
)
def test_a_movement_below_the_last_digit_is_none(difference, decimals, expected):
    assert comparing.moved(difference, decimals) is expected


def near(value: float, bar: Thresholds, direction: str) -> AssessedPoint:
    status = attainment.status(value, bar, direction)
    attained = attainment.attainment(value, bar, direction)
    point = SeriesPoint(Period.parse("2025-01"), value)
    return AssessedPoint(
        point=point,
        bar=bar,
        status=status,
        gap=None,
        attainment=attained,
        progress=None,
        score=None,
        previous=None,
        year_before=None,
    )


@pytest.mark.parametrize(
    ("value", "bar", "direction", "shown"),
    [
        (94.96, Thresholds(90, 95), "higher", ("94.96", "95.00", "99.96 %")),
        (94.9999996, Thresholds(90, 95), "higher", ("94.9999996", "95.0000000", "99.9 %")),
        (94.9, Thresholds(90, 95), "higher", ("94.9", "95.0", "99.9 %")),
        (89.97, Thresholds(90, 95), "higher", ("89.97", "95.00", "95 %")),
        (0.04, Thresholds(0, -2), "lower", ("0.04", "−2.00", "")),
        (6.02, Thresholds(interval=(4, 6)), "range", ("6.02", "4.00–6.00", "")),
        (95.04, Thresholds(90, 95), "higher", ("95.0", "95.0", "100 %")),
    ],
)
def test_a_value_never_reads_like_the_bar_it_misses(value, bar, direction, shown):
    form, point = Format("en", "en"), near(value, bar, direction)
    measured = indicator(unit=None, direction=direction, range=[4, 6] if direction == "range" else None)
    told = (
        value_text.value_text(form, point, measured),
        value_text.target_text(form, point, measured),
        value_text.attainment_text(form, point).replace("\u202f", " "),
    )
    assert told == shown


def test_progress_that_has_not_arrived_never_reads_as_the_whole_way():
    point = near(94.98, Thresholds(90, 95), "higher")
    told = value_text.progress_text(
        Format("en", "en"),
        AssessedPoint(
            point=point.point,
            bar=point.bar,
            status=point.status,
            gap=None,
            attainment=None,
            progress=0.996,
            score=None,
            previous=None,
            year_before=None,
        ),
    )
    assert told == "99.6\u202f%"


def test_points_between_bars_meet_at_the_bars():
    scoring = Scoring()
    bar = Thresholds(0.1, 0.3, 0.7)
    found = [attainment.score(v, bar, "higher", scoring) for v in (0.1, 0.1 + 0.2, 0.3, 0.7, 0.1 + 0.6)]
    assert found == [60, 100, 100, 120, 120]


def test_targets_of_months_add_up_to_the_quarters():
    """0.1 + 0.1 + 0.1 asked, 0.3 done: met, and exactly so."""
    measured = indicator(rollup="sum", targets=[{"from": "2025-01", "target": 0.1}])
    (series,) = series_of([row("2025-01", 0.1), row("2025-02", 0.1), row("2025-03", 0.1)])
    own = assess(series, measured, measured.targets, None, handbook())
    bars = longer_bars(own, "quarter", measured, Calendar(1))
    rolled = assess(
        roll_up(series, "quarter", measured, Calendar(1)),
        measured,
        (),
        None,
        handbook=handbook(),
        baseline_period=None,
        bars=bars,
    )
    assert [(one.point.value, one.bar.target, one.status) for one in rolled.points] == [(0.3, 0.3, "met")]


@pytest.mark.parametrize(
    ("points", "coverage", "said"),
    [
        (60, 1, ("60", "as a pack just at its floors; 100 is on target")),
        (59.7, 1, ("59.7", "below a pack at its floors (60)")),
        (82, 1, ("82", "between floors (60) and targets (100)")),
        (99.6, 1, ("99.6", "between floors (60) and targets (100)")),
        (100, 1, ("100", "as a pack on target")),
        (100, 0.2, ("100", "as a pack on target; over only 20\u202f% of the weight")),
        (104, 1, ("104", "above a pack on target (100)")),
    ],
)
def test_a_score_is_told_with_its_meaning(points, coverage, said):
    """60 with nothing on target read as a pass, 100 over a fifth of the weight as a full one."""
    form, scoring = Format("en", "en"), Scoring()
    score = PilotScore(points, coverage, None)
    assert (scores.points_text(form, points, scoring), scores.reading(form, score, scoring)) == said
