"""A pilot's score over its pack: weights, coverage and gates, worked by hand."""

import pytest

from generator.compute.score import PackFigure, pilot_score
from generator.compute.series.assessed import assess
from generator.compute.series.values import series_of
from tests.unit.made import handbook, indicator, row, target


def figure(value, weight=None, gate=False):
    """An indicator of a pack with floor 60, target 80, stretch 100 (higher is better)."""
    if value is None:
        return PackFigure("speed", weight, gate, None, None)
    (series,) = series_of([row("2025-01", value)])
    bars = (target("2025-01", floor=60, target=80, stretch=100),)
    point = assess(series, indicator(), bars, None, handbook()).points[0]
    return PackFigure("speed", weight, gate, None, point)


def test_scores_are_weighted_over_what_has_data():
    score = pilot_score([figure(80, 50), figure(70, 30), figure(None, 20)])
    assert score.value == pytest.approx((50 * 100 + 30 * 80) / 80)
    assert score.coverage == pytest.approx(0.8)
    assert score.gate is None


def test_without_weights_every_indicator_counts_alike():
    score = pilot_score([figure(80), figure(100), figure(None)])
    assert score.value == pytest.approx(110)
    assert score.coverage == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("value", "gate"), [(59, "not-passed"), (60, "passed"), (85, "passed"), (None, "open")]
)
def test_a_gate_that_is_missed_closes_whatever_the_score(value, gate):
    score = pilot_score([figure(100, 90), figure(value, 10, gate=True)])
    assert score.gate == gate
    assert score.value is not None


def test_a_pack_without_any_data_has_no_score():
    score = pilot_score([figure(None, 60), figure(None, 40)])
    assert (score.value, score.coverage) == (None, 0)
