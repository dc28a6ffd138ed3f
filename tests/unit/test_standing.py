"""How a series stands: no badge, colour or word of a value is surer than the value and its chart are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.claims import series_tone
from generator.compute.insight.library_quarter import library_quarter, news_of
from generator.compute.insight.quarter import turn_tone
from generator.compute.insight.standing import Standing, series_standing, standing_of
from generator.compute.past import figures_at
from generator.compute.score import PackFigure
from generator.exchange.export_json import export_json
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts import findings, tile, trend
from generator.present.parts.verdict import verdict
from generator.present.templates import Templates
from generator.present.text.format import Format

KEY = ("measure", None, ())
INDICATOR = """\
id: measure
name: {zh: 指标, en: Measure}
definition: {zh: 说明, en: text}
formula: {zh: 公式, en: formula}
unit: '%s'
direction: lower
frequency: month
rollup: %s
source: {system: ERP}
owner: {role: {zh: 主管, en: Lead}}
targets: [{from: 2024-01, target: 10, floor: 12}]
"""
PILOT = """\
id: north
name: {zh: 北区, en: North}
unit: help-desk
period: {from: 2024-01}
pack: [{indicator: measure, weight: 100, incentive: gate}]
"""
NOISE = (14.0, 15.0, 14.5, 15.5, 14.2, 15.2, 14.8, 15.4, 14.1, 15.1, 14.6, 15.3)
"""Twelve values that do not hang together."""


def handbook(
    folder: Path, rows: list[str], rollup: str = "mean", unit: str = "件", pilot: str = ""
) -> Figures:
    """A handbook of one monthly series from 2024-01 on; a row is `value`, `value,status`."""
    (folder / "data/indicators").mkdir(parents=True)
    (folder / "data/results").mkdir()
    (folder / "data/handbook.yml").write_text(
        "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\n"
        "units: [{id: help-desk, name: {zh: 客服, en: Help desk}}]\n",
        encoding="utf-8",
    )
    (folder / "data/indicators/measure.yml").write_text(INDICATOR % (unit, rollup), encoding="utf-8")
    if pilot:
        (folder / "data/pilots").mkdir()
        (folder / "data/pilots/north.yml").write_text(PILOT, encoding="utf-8")
    lines = [
        f"{2024 + n // 12}-{n % 12 + 1:02},measure,{pilot},{row if ',' in row else row + ','}"
        for n, row in enumerate(rows)
    ]
    text = "\n".join(["period,indicator,pilot,value,status", *lines, ""])
    (folder / "data/results/r.csv").write_text(text, encoding="utf-8")
    return figures_for(check_project(folder))


def stands(figures: Figures) -> Standing:
    return series_standing(figures.series[KEY], figures.signals[KEY])


def told(figures: Figures) -> tile.Tile:
    form = Format("en", "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    indicator = figures.catalogue.indicators["measure"]
    return tile.tile(ctx, Ref("x", ""), figures.series[KEY], indicator)


def numbers(*values: float) -> list[str]:
    return [str(value) for value in values]


def test_a_final_value_and_a_full_chart_are_sure(tmp_path):
    """Moving ranges of the noise are about 1, so that 8 lies far below the normal range."""
    figures = handbook(tmp_path, numbers(*NOISE, 8))
    own = stands(figures)
    assert (own.status, own.value, own.firmness, own.variation) == ("met", 8, "actual", "improvement")
    assert (own.firm, own.tone, own.shown) == (True, "good", "met")
    assert (own.signal, own.signal_tone, own.value_doubts, own.chart_doubts) == ("firm", "good", (), ())
    assert series_tone(figures, figures.series[KEY]) == "good"
    tile = told(figures)
    assert (tile.value.status.kind, tile.value.status.label) == ("met", "On target")
    assert tile.value.changes[0].tone == "good"
    assert (tile.signal.kind, tile.signal.label) == ("improvement", "Improvement")
    assert "hb-spark__dot--good" in tile.spark


def test_a_difference_within_normal_variation_is_neither_good_nor_bad(tmp_path):
    """The last of the noise differs from the one before, and its chart shows no signal."""
    tile = told(handbook(tmp_path, numbers(*NOISE)))
    assert tile.signal.kind == "normal"
    assert [(change.text != "", change.tone) for change in tile.value.changes[:1]] == [(True, "normal")]


@pytest.mark.parametrize(
    ("row", "status", "tone", "label"),
    [
        ("8,estimate", "met", "good", "On target (estimate)"),
        ("8,provisional", "met", "good", "On target (provisional)"),
        ("30,estimate", "missed", "bad", "Missed (estimate)"),
    ],
)
def test_a_value_that_is_not_final_is_neither_good_nor_bad_yet(tmp_path, row, status, tone, label):
    figures = handbook(tmp_path / "soft", [*numbers(*NOISE), row])
    own, doubt = stands(figures), row.split(",")[1]
    assert (own.status, own.firmness, own.value_doubts) == (status, doubt, (doubt,))
    assert (own.tone, own.shown) == ("normal", "not-final")
    assert (own.signal, own.signal_tone) == ("doubtful", "normal")
    assert series_tone(figures, figures.series[KEY]) == "normal"
    tile = told(figures)
    assert (tile.value.status.kind, tile.value.status.label) == ("not-final", label)
    assert tile.value.changes[0].tone == "normal"
    assert tile.signal.kind == "less-sure"
    assert "(less sure)" in tile.signal.label
    assert "hb-spark__dot--normal" in tile.spark
    final = stands(handbook(tmp_path / "final", [*numbers(*NOISE), row.split(",")[0]]))
    assert (final.tone, final.signal_tone) == (tone, tone)


def test_a_signal_on_trial_limits_is_less_sure(tmp_path):
    """Eight values have seven moving ranges: limits, but of fewer than twelve points."""
    figures = handbook(tmp_path, numbers(*NOISE[:8], 30))
    own = stands(figures)
    assert (own.variation, own.signal, own.chart_doubts) == ("concern", "doubtful", ("trial",))
    assert (own.tone, own.signal_tone) == ("bad", "normal"), "the value itself is final, and missed"
    assert series_tone(figures, figures.series[KEY]) == "normal"
    assert (told(figures).signal.kind, told(figures).signal.label) == ("less-sure", "Concern (less sure)")


def test_a_signal_of_values_that_hang_together_is_less_sure(tmp_path):
    """A slow wave: every value is near the one before, which narrows the limits."""
    wave = (14.0, 14.4, 14.9, 15.3, 15.5, 15.4, 15.0, 14.5, 14.1, 13.9, 14.0, 14.4, 14.8, 15.2, 15.5, 17.5)
    figures = handbook(tmp_path, numbers(*wave))
    own = stands(figures)
    assert (own.variation, own.signal, own.signal_tone) == ("concern", "doubtful", "normal")
    assert "together" in own.chart_doubts
    form = Format("en", "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    view = findings.variation_view(ctx.format, figures.series[KEY], figures.signals[KEY])
    assert (view.kind, view.label) == ("less-sure", "Concern (less sure)")
    chart = trend.chart_view(
        ctx, figures.series[KEY], figures.catalogue.indicators["measure"], Ref("x", ""), "c", None
    )
    assert chart.tone == "normal"
    assert chart.finding.endswith("a signal, though less sure.")
    assert chart.rows[0].signal.kind == "less-sure"


def test_without_a_signal_there_is_nothing_to_doubt(tmp_path):
    own = stands(handbook(tmp_path, numbers(*NOISE[:8])))
    assert (own.variation, own.signal, own.signal_tone, own.chart_doubts) == ("normal", "none", "normal", ())


def test_a_period_with_parts_missing_is_not_final(tmp_path):
    """The third quarter has two of its three months: 4.5 + 4.5 = 9 of a target of 30 is no reached target."""
    figures = handbook(tmp_path, numbers(*[11] * 6, 4.5, 4.5), rollup="sum")
    last = figures.longer[KEY].points[-1]
    own = standing_of(last)
    assert (own.status, own.parts, own.value_doubts) == ("met", (2, 3), ("incomplete",))
    assert (own.tone, own.shown) == ("normal", "not-final")
    whole = standing_of(figures.longer[KEY].points[0])
    assert (whole.parts, whole.firm, whole.shown) == ((3, 3), True, whole.status)


def test_a_turn_between_values_that_are_not_final_is_no_news_yet(tmp_path):
    figures = handbook(tmp_path, [*numbers(*[13] * 3, 8, 8), "8,estimate"])
    points = {str(point.point.period): point for point in figures.longer[KEY].points}
    before = PackFigure("measure", None, False, None, points["2024-Q1"])
    now = PackFigure("measure", None, False, None, points["2024-Q2"])
    assert turn_tone("newly-met", now, before) == "normal"
    assert turn_tone("newly-met", before, before) == "good"
    period = Period.parse("2024-Q2")
    found = library_quarter(figures_at(figures, period), figures_at(figures, period.shift(-1)), period)
    assert [(news.tone, [turn for turn, _ in news.turns]) for news in news_of(found.indicators)] == [
        ("normal", ["newly-met"])
    ]


def test_the_export_tells_the_standing(tmp_path):
    figures = handbook(tmp_path, [*numbers(*NOISE), "8,estimate"])
    assert json.loads(export_json(figures))["series"][0]["standing"] == {
        "period": "2025-01", "value": 8.0, "status": "met", "tone": "normal", "firmness": "estimate",
        "parts": None, "doubts": ["estimate"], "variation": "improvement", "signal": "doubtful",
        "signal_tone": "normal", "signal_doubts": [], "why_not": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "tone", "missed"),
    [
        ("30", "bad", "Gate not passed: measure; 0 of 1 indicators are on target."),
        (
            "30,provisional",
            "normal",
            "Gate not passed: measure (provisional); 0 of 1 indicators are on target; 1 figure is not final.",
        ),
    ],
)
def test_a_pilot_is_not_bad_for_a_value_that_may_still_change(tmp_path, row, tone, missed):
    figures = handbook(tmp_path, [*numbers(*NOISE[:2]), row], pilot="north")
    form = Format("en", "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    pilot = figures.catalogue.pilots["north"]
    found = verdict(ctx, pilot, figures.pilots["north"], ctx.links("index.md"))
    assert found.tone == tone
    assert found.text == missed


def test_the_export_says_why_a_pilot_that_began_beyond_its_target_has_no_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = PILOT.replace("weight: 100", "weight: 100, baseline: {value: 9}")
    monkeypatch.setitem(globals(), "PILOT", pack)
    (one,) = json.loads(export_json(handbook(tmp_path, ["8.5"] * 3, pilot="north")))["series"]
    point = one["points"][-1]
    assert (point["value"], point["baseline"], point["target"], point["progress"]) == (8.5, 9.0, 10.0, None)
    assert point["why_not"]["progress"] == "the baseline is at the target already, or beyond it"
