"""The drawing of a trend for a phone: which periods, where their values stand, and that words keep apart."""

from __future__ import annotations

import re

import pytest

from generator.compute.series.possible import Possible
from generator.present.charts.narrow import EDGE, PLOT, WIDTH, geometry
from generator.present.charts.sparkline import line_path
from generator.present.charts.trend import Trend, TrendMark, TrendPoint
from generator.present.text.metrics import text_width


def trend(values: list[float | None], **changes: object) -> Trend:
    points = tuple(
        TrendPoint(f"{place:03}", f"{place}月", value, 20.0, dated=f"2026年{place}月")
        for place, value in enumerate(values)
    )
    told: dict[str, object] = {"axis": "天", "target_label": "目标 20", "last_label": "19.6"}
    return Trend(points, **{"marks": (), **told, **changes})  # type: ignore[arg-type]


def heights(path: str) -> list[float]:
    return [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", path)]


def test_the_newest_twelve_are_shown_and_the_newest_value_is_at_the_right() -> None:
    drawn = geometry(trend([float(value) for value in range(27)]))
    assert drawn is not None
    dots = "".join(one.path for one in drawn.dots)
    assert dots.count("M") == 12
    xs = [float(x) for x in re.findall(r"M([\d.]+) ", dots)]
    assert xs == sorted(xs)
    assert [word.text for word in drawn.periods] == ["2026年15月", "2026年26月", "20月"]
    assert drawn.last is not None
    assert drawn.last.text == "19.6"
    assert xs[-1] + EDGE < drawn.last.x
    assert drawn.last.x + text_width("19.6", 13, bold=True) <= WIDTH


def test_an_example_whose_words_name_its_first_periods_shows_them_all() -> None:
    drawn = geometry(trend([float(value) for value in range(27)]), 27)
    assert drawn is not None
    assert "".join(one.path for one in drawn.dots).count("M") == 27


def test_a_value_before_empty_periods_is_not_lost() -> None:
    """The newest value is shown though more than twelve periods without one follow it."""
    drawn = geometry(trend([1.0, 2.0, 3.0, *[None] * 14]))
    assert drawn is not None
    assert "".join(one.path for one in drawn.dots).count("M") == 3
    assert geometry(trend([None] * 5)) is None


def test_values_stand_where_the_axis_says() -> None:
    """By hand: 0 and 40 are the ends, so 20 stands in the middle of the plot and 30 at three quarters."""
    drawn = geometry(trend([0.0, 40.0, 20.0, 30.0]))
    assert drawn is not None
    assert [word.text for word in drawn.values] == ["0", "10", "20", "30", "40"]
    low, high, middle, upper = heights(drawn.dots[0].path)
    assert low - high == PLOT
    assert middle == pytest.approx(low - PLOT / 2)
    assert upper == pytest.approx(low - PLOT * 0.75)
    assert [word.y - 4 for word in drawn.values][::2] == [low, middle, high]


def test_the_axis_says_nothing_beyond_what_is_possible() -> None:
    drawn = geometry(trend([96.0, 99.9, 98.0], bounds=Possible(least=0.0, most=100.0)))
    assert drawn is not None
    assert max(float(word.text) for word in drawn.values) <= 100


def test_words_at_the_right_keep_a_line_apart() -> None:
    drawn = geometry(trend([18.0, 22.0, 20.1]))
    assert drawn is not None
    assert drawn.goal is not None
    assert drawn.last is not None
    assert drawn.goal.y - drawn.last.y >= 15, "the value is above its target, and so is its word"


def test_looks_have_paths_of_their_own_and_doubt_takes_the_colour() -> None:
    points = (
        TrendPoint("1", "1", 1.0, None, signal="improvement"),
        TrendPoint("2", "2", 2.0, None, signal="concern", sure=False),
        TrendPoint("3", "3", 3.0, None, firm=False),
        TrendPoint("4", "4", 4.0, None),
    )
    drawn = geometry(Trend(points, (), "", "", ""))
    assert drawn is not None
    assert [one.look for one in drawn.dots] == ["improvement", "doubted", "normal-hollow", "normal"]
    assert drawn.goal is None


def test_names_of_changes_stay_within_the_plot() -> None:
    mark = TrendMark("022", "把订单评审和信用核查合并成一次会签并取消重复录入")
    drawn = geometry(trend([float(value % 5) for value in range(27)], marks=(mark, TrendMark("003", "早"))))
    assert drawn is not None
    assert len(drawn.names) == 1, "one lies before the newest twelve"
    word = drawn.names[0]
    width = text_width(word.text, 12)
    start = word.x if word.anchor == "start" else word.x - width
    assert start >= 0
    assert start + width <= WIDTH
    assert drawn.changes.count("M") == 1


def test_a_level_stretch_of_a_line_is_said_once() -> None:
    points = [(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 2.0), None, (5.0, 2.0), (6.0, 2.0)]
    assert line_path(points) == "M0 1H2L3 2M5 2H6"


def test_the_same_quarter_of_other_years_says_its_year() -> None:
    """Three words "Q3" under nine quarters would be one of them three times over."""
    points = tuple(
        TrendPoint(f"{year}-Q{quarter}", f"Q{quarter}", 1.0, None, dated=f"Q{quarter} {year}")
        for year in (2024, 2025, 2026)
        for quarter in (1, 2, 3, 4)
    )[2:11]
    drawn = geometry(Trend(points, axis="", target_label="", last_label="1", marks=()))
    assert drawn is not None
    assert [word.text for word in drawn.periods] == ["Q3 2024", "Q3 2026", "Q3 2025"]
