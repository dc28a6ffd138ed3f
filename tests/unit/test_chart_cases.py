"""Small handbooks whose series are odd: what their charts say, in figures and in words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from generator.compute.past import figures_at
from generator.compute.series.false_signals import expected_false, false_rate
from generator.compute.series.possible import COUNTED, LASTING
from generator.compute.series.spc import SegmentValues, charts_of
from generator.exchange.export_json import export_json
from generator.pipeline import check_project, figures_for
from generator.present.charts import sparkline
from generator.present.charts.draw import Drawings
from generator.present.charts.trend import Trend, TrendPoint, specification
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts import control_chart as signal_words
from generator.present.parts import findings, trend
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.recount.chart import units

INDICATOR = """\
id: measure
name: {zh: 指标, en: Measure}
definition: {zh: 说明, en: text}
formula: {zh: 公式, en: formula}
unit: %s
direction: %s
frequency: month
rollup: %s
source: {system: ERP}
owner: {role: {zh: 主管, en: Lead}}
%s
"""


class Handbook:
    """A handbook of one monthly series from 2025-01 on, as its pages see it."""

    def __init__(
        self, folder: Path, rows: list[str | None], unit="件", direction="lower", rollup="mean", more=""
    ):
        (folder / "data/indicators").mkdir(parents=True)
        (folder / "data/results").mkdir()
        (folder / "data/handbook.yml").write_text(
            "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\n", encoding="utf-8"
        )
        text = INDICATOR % (unit if unit.startswith("{") else f"'{unit}'", direction, rollup, more)
        (folder / "data/indicators/measure.yml").write_text(text, encoding="utf-8")
        lines = [f"{2025 + n // 12}-{n % 12 + 1:02},measure,,{row}" for n, row in enumerate(rows) if row]
        head = "period,indicator,pilot,value,numerator,denominator"
        (folder / "data/results/r.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
        self.figures = figures_for(check_project(folder))
        self.key = ("measure", None, ())
        self.series = self.figures.series[self.key]
        self.signals = self.figures.signals[self.key]
        self.indicator = self.figures.catalogue.indicators["measure"]

    def ctx(self, language="en") -> PageContext:
        form = Format(language, "zh")
        return PageContext(self.figures, form, Templates(form.words), Drawings(None))

    def finding(self, language="en") -> str:
        return findings.finding(self.ctx(language), self.series, self.indicator)

    def notes(self, language="en") -> list[str]:
        return list(signal_words.cautions(self.ctx(language).format, self.series, self.signals))

    def exported(self) -> dict:
        return json.loads(export_json(self.figures))["series"][0]


def values(*numbers: float) -> list[str]:
    return [f"{number},," for number in numbers]


# Mostly 0, or all alike


def test_two_bad_months_after_twenty_without_any_are_signals(tmp_path):
    """Moving ranges 0 × 19, 5, 5, 0, 6: mean 16/23, around 11/24: 0.4583 + 2.66 × 0.6957 = 2.309."""
    handbook = Handbook(tmp_path, values(*[0] * 20, 5, 0, 0, 6))
    assert [point.variation for point in handbook.signals.points][-4:] == [
        "concern", "normal", "normal", "concern",
    ]  # fmt: skip
    assert handbook.signals.points[-1].upper == pytest.approx(2.309, abs=1e-3)
    assert handbook.finding("zh") == (
        "2026年12月为 6.0\u202f件，未设目标；高出正常波动范围（0.0～2.3），是信号。"
    )


def test_a_constant_series_has_its_value_as_range(tmp_path):
    handbook = Handbook(tmp_path, values(*[10] * 12))
    point = handbook.exported()["points"][-1]
    assert (point["centre"], point["lower"], point["upper"], point["mark"]) == (10, 10, 10, "none")
    assert handbook.finding("zh").endswith("；至今每期都是 10.0，哪一期不同就是信号。")
    assert handbook.finding().endswith("; every value so far is 10.0, so any other one would be a signal.")
    assert handbook.signals.variation == "normal"


def test_a_departure_from_frozen_constant_limits_is_named(tmp_path):
    handbook = Handbook(tmp_path, values(*[10] * 12, 10.4), more="limits_fixed_after: 12")
    assert handbook.finding("zh").endswith("；一直是 10.0，这一期不同，是信号。")


def test_too_few_is_said_of_too_few_only(tmp_path):
    few = Handbook(tmp_path / "few", values(1, 2, 1, 2, 1))
    assert few.finding("zh").endswith("；可比的数据不足 6 期，还分不清信号与波动。")
    apart = Handbook(tmp_path / "apart", [row for one in range(7) for row in (f"{one % 3},,", None)])
    assert apart.signals.basis == "apart"
    assert apart.finding().endswith(
        "; no two periods in a row have a value, so signal and noise cannot be told apart yet."
    )
    assert findings.variation_view(apart.ctx("zh").format, apart.series, apart.signals).label == "数据不连续"
    assert apart.exported()["why_not"]["limits"] == "no two neighbouring periods of the segment have a value"


def test_a_movement_below_the_last_digit_is_no_signal(tmp_path):
    steady = [20 + step / 1000 for step in (1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)]
    handbook = Handbook(tmp_path / "below", values(*steady, 20.03))
    assert handbook.signals.variation == "normal"
    fine = Handbook(tmp_path / "shown", values(*steady, 20.03), more="decimals: 2")
    assert fine.signals.variation == "concern"


def test_an_exceeded_end_never_reads_like_the_value(tmp_path):
    """20.0 and 20.04 in turn, then 20.139 beyond 20.138: with one digit both would read 20.1."""
    handbook = Handbook(tmp_path, values(*[20, 20.04] * 12, 20.139))
    assert handbook.signals.variation == "concern"
    assert (
        "20.139\u202f件, no target set; above the normal range 19.912–20.138: a signal" in handbook.finding()
    )


# What is possible

NEAR_100 = (
    97.1, 99.2, 96.4, 99.8, 98.0, 99.5, 96.9, 98.8, 99.9, 97.4, 98.6, 99.1,
    96.2, 99.7, 98.3, 97.0, 99.4, 98.9, 96.8, 99.6, 97.7, 98.4, 99.0, 100,
)  # fmt: skip


@pytest.mark.parametrize("more", ["limits: {min: 0, max: 100}", ""])
def test_a_percentage_has_no_range_beyond_100(tmp_path, more):
    handbook = Handbook(tmp_path, values(*NEAR_100), unit="%", direction="higher", more=more)
    assert {point.upper for point in handbook.signals.points} == {100}
    assert "within the normal range 93.5–100.0" in handbook.finding()
    view = trend.chart_view(handbook.ctx("zh"), handbook.series, handbook.indicator, Ref("x", ""), "c", None)
    assert {row.normal for row in view.rows} == {"93.5～100.0"}
    assert max(point["upper"] for point in handbook.exported()["points"]) == 100


@pytest.mark.parametrize(("rollup", "more"), [("mean", "limits: {min: 0}"), ("sum", "")])
def test_a_count_has_no_range_below_0(tmp_path, rollup, more):
    counts = (1, 0, 2, 1, 0, 0, 1, 3, 0, 1, 2, 0, 1, 0, 1)
    handbook = Handbook(tmp_path, values(*counts), rollup=rollup, more=more)
    assert {point.lower for point in handbook.signals.points} == {0}
    assert "0.0–" in handbook.finding()


def test_the_units_of_counting_and_lasting_are_those_of_the_computations_page():
    assert units("counting") == COUNTED
    assert units("lasting") == LASTING


def test_what_has_been_beyond_is_possible(tmp_path):
    growth = Handbook(tmp_path / "a", values(-1, 2, 1, 3, 0, 2, 1), unit="%")
    assert growth.signals.points[-1].lower < -1
    plan = Handbook(tmp_path / "b", values(98, 103, 97, 101, 99, 100, 98), unit="%")
    assert plan.signals.points[-1].upper > 103


# Shares of very different numbers of cases

CASES = (
    (380, 400), (395, 415), (371, 390), (402, 420), (388, 410), (399, 418), (383, 402), (391, 409),
    (377, 396), (401, 422), (386, 405), (394, 414), (2, 3), (384, 404), (390, 410), (1, 1),
)  # fmt: skip


def test_one_of_one_is_no_signal_and_two_of_three_hides_none(tmp_path):
    """Pooled 5444 of 5719: .951914. A month of 1 case has ± 3 √(.951914 × .048086) = ± .64185, one of 410 its
    own limits by moving ranges."""
    rows = [f",{one},{of}" for one, of in CASES]
    handbook = Handbook(tmp_path / "as-is", rows, unit="%", direction="higher", rollup="ratio")
    assert {point.mark for point in handbook.signals.points} == {"none"}
    last, full = handbook.signals.points[-1], handbook.signals.points[-2]
    assert last.centre == pytest.approx(5444 / 5719 * 100)
    assert (last.lower, last.upper) == (pytest.approx(95.1914 - 64.185, abs=1e-2), 100)
    assert full.upper - full.lower < 4
    assert handbook.signals.segment.chart == "cases"
    assert handbook.notes("zh") == ["各期的件数不同，正常范围也就宽窄不同：件数越少，范围越宽。"]
    bad = [*rows[:-2], ",348,410", ",1,1"]
    told = Handbook(tmp_path / "bad", bad, unit="%", direction="higher", rollup="ratio")
    assert [place for place, point in enumerate(told.signals.points) if point.mark == "outside"] == [14]


def test_a_ratio_without_a_denominator_says_so(tmp_path):
    rows = [f",{one},{of}" for one, of in CASES[:12]]
    handbook = Handbook(tmp_path, [*rows, "95,,"], unit="%", direction="higher", rollup="ratio")
    assert handbook.signals.segment.chart == "single"
    assert handbook.signals.cautions == ("no-denominators",)
    assert handbook.notes() == [
        "Some results come without a denominator, so the range takes all periods to be of one size."
    ]
    assert handbook.exported()["cautions"] == ["no-denominators"]


def test_a_varying_range_is_drawn_in_steps_and_cut_where_it_would_flatten_the_rest(tmp_path):
    rows = [f",{one},{of}" for one, of in CASES]
    handbook = Handbook(tmp_path, rows, unit="%", direction="higher", rollup="ratio")
    points = tuple(
        TrendPoint(str(n), "", one.point.value, None, lower=s.lower, upper=s.upper, centre=s.centre)
        for n, (one, s) in enumerate(zip(handbook.series.points, handbook.signals.points, strict=True))
    )
    spec = specification(Trend(points, (), "%", "", ""))
    assert [layer["mark"].get("interpolate") for layer in spec["layer"][:4]] == ["step"] * 3 + [None]
    drawn = spec["datasets"]["points"]
    assert min(point["lower"] for point in drawn) == pytest.approx(200 / 3)
    assert drawn[0]["lower"] == points[0].lower


def test_a_sparkline_of_a_varying_range_goes_in_steps():
    """Three points 76 apart: the band steps half way between them."""
    made = sparkline.geometry(
        [sparkline.SparkPoint(5, None, low, high) for low, high in ((0, 10), (4, 6), (0, 10))]
    )
    assert made.band == "M4 4H42V16.8H118V4H156V36H118V23.2H42V36H4Z"


# How often the target is met


def test_assurance_of_what_nearly_never_happens_is_counted(tmp_path):
    """One event in 30 months: (29 + 1) / 32; Clopper and Pearson of 29 in 30 are .828 and .999."""
    rare = [0.0] * 27 + [1.0] + [0.0] * 2
    handbook = Handbook(tmp_path, values(*rare), more="targets: [{from: 2025-01, target: 0}]")
    chance = handbook.signals.chance
    assert (chance.share, round(chance.low, 3), round(chance.high, 3)) == (30 / 32, 0.828, 0.999)
    assert chance.word == "hit-and-miss"
    assert "about 94 of 100 months will be on target (83–100)" in handbook.finding()


def test_assurance_says_how_many_of_a_hundred(tmp_path):
    target = "targets: [{from: 2025-01, target: %s}]"
    steady = (20.1, 22.4, 19.5, 21.0, 23.2, 20.7, 18.9, 21.8, 22.0, 19.9, 21.2, 20.4)
    # Mean 20.925, moving ranges 20.5 / 11: σ = 1.8636 × 2.66 / 3 = 1.6524. K = 3.075 / 1.6524 = 1.861,
    # its bounds 1.861 ± 1.96 √(1/12 + 1.861² / 13.2) = .709 and 3.013; Φ .761 and .999.
    handbook = Handbook(tmp_path / "a", values(*steady), unit="天", more=target % 24)
    chance = handbook.signals.chance
    assert (round(chance.share, 3), round(chance.low, 3), round(chance.high, 3)) == (0.94, 0.761, 0.999)
    assert handbook.finding("zh").endswith("照现在的做法，100 个月里约有 94 个月达标（76～100），还不稳定。")
    few = Handbook(tmp_path / "b", values(*steady[:11]), unit="天", more=target % 24)
    assert (few.signals.chance, few.signals.no_assurance) == (None, "trial")
    out = Handbook(tmp_path / "c", values(*steady, 35), unit="天", more=target % 24)
    assert (out.signals.chance, out.signals.no_assurance) == (None, "signal")
    sure = Handbook(tmp_path / "d", values(*steady), unit="天", more=target % 40)
    assert "more than 99 of 100 months will be on target, which is reliable" in sure.finding()
    rather = Handbook(tmp_path / "rather", values(*steady), unit="天", more=target % 20)
    assert rather.signals.chance.word == "hit-and-miss"
    assert rather.finding().endswith("it is missed more often than met.")
    always = Handbook(tmp_path / "e", values(*[10] * 24), unit="天", more=target % 12)
    assert "about 96 of 100 months will be on target (86–100)" in always.finding()


# What reviews were told


def test_a_signal_once_told_is_not_silently_unsaid(tmp_path):
    """Eight quiet months and a jump in September: a signal at the end of the third quarter. Then the values
    move as far every month, the range takes September in, and the page says what was said."""
    numbers = [21, 24] * 4 + [40, *[12, 33] * 6, 12]
    handbook = Handbook(tmp_path, values(*numbers))
    told = {str(one.review): (one.variation, one.now, one.mark) for one in handbook.signals.told}
    assert told["2025-Q3"] == ("concern", "normal", "outside")
    assert told["2025-Q1"] == (None, "normal", "none")
    assert handbook.exported()["told"][2] == {
        "review": "2025-Q3", "period": "2025-09", "limits": "trial", "mark": "outside",
        "variation": "concern", "now": "normal",
    }  # fmt: skip
    notes = trend.chart_view(
        handbook.ctx(), handbook.series, handbook.indicator, Ref("x", ""), "c", None
    ).notes
    assert notes[-1] == (
        "Signals when the review period closed, and no longer seen as such: Sep 2025 (concern). "
        "Later values have changed the normal range."
    )


def test_what_was_told_is_what_the_figures_of_that_time_tell():
    """Over all pilots of the sample and all quarters, against the whole computing as of then."""
    figures = figures_for(check_project(Path(__file__).parents[2]))
    looked = 0
    for review in {one.review for signals in figures.signals.values() for one in signals.told}:
        then = figures_at(figures, review)
        for key, signals in then.signals.items():
            told = next((one for one in figures.signals[key].told if one.review == review), None)
            if key[1] is None or key[2] or told is None:
                continue
            period = figures.series[key].points[told.place].point.period
            place = next(n for n, one in enumerate(then.series[key].points) if one.point.period == period)
            if (
                then.series[key].points[place].point.value
                != figures.series[key].points[told.place].point.value
            ):
                continue
            assert (told.variation, told.mark) == (
                signals.points[place].variation,
                signals.points[place].mark,
            )
            looked += 1
    assert looked > 80


# What chance brings


def test_thirteen_monthly_charts_bring_half_a_false_signal_a_quarter():
    """Measured elsewhere for 13 charts of up to 27 months: .55 a quarter."""
    found = expected_false([(false_rate(n), "month") for n in (*range(8, 20), 27)], "quarter")
    assert found.charts == 13
    assert found.in_review == pytest.approx(0.55, abs=0.05)
    assert found.signals == pytest.approx(found.in_review / 3)
    assert expected_false([(0.0, "month")], "quarter").charts == 0


def test_false_rates_are_those_of_the_rules():
    """4,000 series of noise a length; 3.3 standard errors of a rate of .015 are .0063."""
    dice = np.random.default_rng(20250101)
    for n in (8, 12, 24):
        noise = dice.normal(size=(4000, n))
        charts = charts_of([SegmentValues(row) for row in noise.tolist()])
        assert (charts.kinds[n - 1] > 0).mean() == pytest.approx(false_rate(n), abs=0.0063)


def test_lists_of_signals_say_what_chance_brings(tmp_path):
    dice = np.random.default_rng(1)
    handbook = Handbook(tmp_path, values(*dice.normal(20, 1, 24).round(2)))
    assert signal_words.by_chance(handbook.ctx("zh"), [handbook.key]) == (
        "碰巧也会有信号：这里的 1 张控制图，就算什么都没变，"
        "最新一期也会有不到 0.1 个假信号；每期都看，一个季度会有不到 0.1 个。"
    )
    few = Handbook(tmp_path / "few", values(1, 2, 3))
    assert signal_words.by_chance(few.ctx(), [few.key]) == ""


# Rare events


def test_a_long_pause_is_for_the_better_and_short_ones_in_a_row_for_the_worse(tmp_path):
    regular = [0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1]
    more = "chart: rare\nlimits: {min: 0}\ndecimals: 0"
    quiet = Handbook(tmp_path / "quiet", values(*regular, *[0] * 40), rollup="sum", more=more)
    assert quiet.signals.segment.chart == "rare"
    # Pauses 2, 4, 2, 3, 3, 2: mean 16/6, q = .7273; .7273^21 = .00124: 20.
    assert (quiet.signals.points[-1].upper, quiet.signals.points[-1].pause) == (20, 40)
    assert quiet.signals.variation == "improvement"
    assert quiet.finding("zh") == (
        "2029年11月为 0\u202f件，未设目标；与上一次相隔 40 个月，比正常的间隔（0～20）长，是信号"
        "（范围只由 6 个间隔试算，还会变）。"
    )
    assert quiet.notes()[0].startswith("Events like these are rare")
    # It was a signal from the 21st month on, at every review since, and still is in hindsight.
    assert [point.variation for point in quiet.signals.points][-21:] == ["normal", *["improvement"] * 20]
    assert [one.review for one in quiet.signals.told if one.unsaid] == []
    rows = [*regular, 0, 0, 8]
    bad = Handbook(tmp_path / "bad", values(*rows), rollup="sum", more=more)
    assert (bad.signals.variation, bad.signals.points[-1].mark) == ("concern", "shift")
    assert bad.exported()["chart"] == "rare"
    assert bad.signals.no_assurance == "rare"
    view = trend.chart_view(bad.ctx(), bad.series, bad.indicator, Ref("x", ""), "c", None)
    assert {row.normal for row in view.rows} == {""}
    few = Handbook(tmp_path / "few", values(*[0] * 20, 1, 0, 0, 1), rollup="sum", more=more)
    assert few.finding().endswith(
        "; 3 months since the event before; whole pauses so far: 1, fewer than 6, "
        "so signal and noise cannot be told apart yet."
    )
