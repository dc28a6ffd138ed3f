"""Chart factories: what is drawn where and how; findings and verdicts in exact words; what is taken away."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.compute.insight.diagnosis import scored
from generator.compute.series.possible import Possible
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts import (
    bullet,
    dumbbell,
    gantt,
    generations,
    heat,
    profile,
    quadrants,
    score_parts,
    style,
    trend,
)
from generator.present.charts.draw import Drawings, draw
from generator.present.charts.sparkline import SparkPoint, geometry
from generator.present.links import HOME
from generator.present.page_context import PageContext
from generator.present.parts import findings, verdict
from generator.present.parts.tile import told_values
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[2]
POINTS = tuple(
    trend.TrendPoint(
        f"2025-{month:02}", f"{month}月", value, 22.0, firm=month < 12, centre=20.0, lower=15.0, upper=25.0
    )
    for month, value in enumerate([20.0, 21, 19, None, 20, 21, 19, 20, 21, 19, 20, 27], 1)
)
LONG = "一个名字很长很长的指标：从客户第一次询价到全部货款到账的平均工作日数"


def chart(**changes: object) -> trend.Trend:
    points = (*POINTS[:-1], replace(POINTS[-1], signal="concern"))
    basis = trend.Trend(points, (trend.TrendMark("2025-05", "合并环节"),), "天", "目标 22.0", "27.0")
    return replace(basis, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def desks() -> dict[str, PageContext]:
    figures = figures_for(check_project(ROOT))
    made = {}
    for language in ("zh", "en"):
        form = Format(language, "zh")
        made[language] = PageContext(figures, form, Templates(form.words), Drawings(None))
    return made


# The look


def test_the_last_point_is_the_headline_and_signals_have_shape_and_colour():
    data = trend.specification(chart())["datasets"]["points"]
    assert (data[-1]["shape"], data[-1]["colour"], data[-1]["fill"]) == (
        "triangle-down",
        style.BAD,
        style.PAPER,
    )
    assert (data[0]["shape"], data[0]["colour"], data[0]["fill"]) == ("circle", style.NORMAL, style.NORMAL)
    assert data[-1]["size"] > max(point["size"] for point in data[:-1])
    assert data[3]["value"] is None


def test_marks_that_stand_close_do_not_cover_each_other():
    marks = tuple(trend.TrendMark(f"2025-{month:02}", "合并环节") for month in (3, 4))
    data = trend.specification(chart(marks=marks))["datasets"]
    assert [len(data[name]) for name in ("left-0", "left-1", "right-0", "right-1")] == [1, 1, 0, 0]


SHARES = (96.0, 99.0, 98.0, None, 100.0, 99.0, 97.0, 99.0, 100.0, 98.0, 99.0, 100.0)
FEW = (1.0, 0.0, 2.0, None, 0.0, 1.0, 3.0, 0.0, 1.0, 0.0, 2.0, 1.0)


def ticks_of(spec: dict[str, object]) -> list[float]:
    """The numbers beside the value axis of a drawing."""
    texts = re.findall(r">([−-]?[0-9.]+)</text>", draw(json.dumps(spec)))
    return [float(text.replace("−", "-")) for text in texts]


@pytest.mark.parametrize(
    ("values", "ends", "bounds"),
    [
        (SHARES, (75.0, 100.0), Possible(0.0, 100.0)),
        (FEW, (0.0, 24.0), Possible(least=0.0)),
        (tuple(value and value * 0.48 for value in SHARES), (44.0, 48.0), Possible(0.0, 48.0)),
        (tuple(value and value / 2 for value in SHARES), (10.0, 100.0), Possible(0.0, 100.0)),
    ],
)
def test_no_axis_names_a_value_that_is_not_possible(values, ends, bounds):
    points = tuple(
        replace(point, value=value, target=ends[1], lower=ends[0], upper=ends[1], centre=sum(ends) / 2)
        for point, value in zip(POINTS, values, strict=True)
    )
    spec = trend.specification(chart(points=points, last_label="x", target_label="y", bounds=bounds))
    named = ticks_of(spec)
    assert len(named) >= 2
    assert all(bounds.cut(value) == value for value in named), named


def test_what_bounds_prevent():
    """Without them the axis of shares from 75 to 100 says 105, and that of 0 to 24 cases says −5."""
    for ends, named in (((75.0, 100.0), 105.0), ((0.0, 24.0), -5.0)):
        points = tuple(
            replace(point, value=ends[month % 2], target=None, lower=None, upper=None)
            for month, point in enumerate(POINTS)
        )
        free = chart(points=points, last_label="x", target_label="y")
        assert named in ticks_of(trend.specification(free))
        bound = replace(free, bounds=Possible(0.0, 100.0))
        assert named not in ticks_of(trend.specification(bound))


def test_an_axis_far_from_what_is_possible_is_as_it_was():
    free = trend.specification(chart())
    assert trend.specification(chart(bounds=Possible(-100.0, 400.0))) == free


def test_every_colour_of_a_drawn_chart_follows_the_theme():
    svg = style.themed(draw(json.dumps(trend.specification(chart()))), "x", "标题", "说明")
    literal = set(re.findall(r'(?:fill|stroke)="(#[0-9A-Fa-f]{6})"', svg))
    assert literal == set()
    assert "var(--hb-chart-band)" in svg
    assert svg.count("<title") == 1
    assert 'role="img" aria-labelledby="x-t" aria-describedby="x-d"' in svg


def test_every_themed_colour_is_set_for_light_and_dark():
    css = (ROOT / "theme/assets/handbook.css").read_text(encoding="utf-8")
    for name in style.VARIABLES.values():
        assert len(re.findall(rf"--hb-chart-{name}:", css)) == 2, name


ROWS = (dumbbell.DumbbellRow(LONG, -19.7, -22.4, -17.0, "improved", "−19.7% 改善"),)
DAY = date(2026, 9, 30)
KINDS = {
    "trend": lambda: trend.specification(chart()),
    "dumbbell": lambda: dumbbell.specification(dumbbell.Dumbbell(ROWS, "变化")),
    "forest": lambda: dumbbell.specification(dumbbell.Dumbbell(ROWS, "走了几成", 100.0)),
    "bullet": lambda: bullet.specification(
        (
            bullet.Bullet(
                name=LONG,
                value=96.0,
                floor=80.0,
                stretch=110.0,
                previous=99.0,
                standing="near",
                label="96% 接近",
            ),
        ),
        "达成率",
    ),
    "heat": lambda: heat.specification(
        heat.Heat((LONG,), ("三季度",), (heat.HeatCell(LONG, "三季度", "met", "101"),), (("met", "达标"),))
    ),
    "profile": lambda: profile.specification(
        ("时间", "成本"), (profile.ProfilePoint("时间", 96.0, "near", LONG),), "达成率", "没有指标"
    ),
    "score": lambda: score_parts.specification(
        (score_parts.ScorePart("一季度", LONG, 60.0),),
        (score_parts.ScoreTotal("一季度", 60.0, "60"),),
        (LONG,),
        "分",
    ),
    "gantt": lambda: gantt.specification(
        (gantt.GanttRow("s1", "第 1 步"),),
        (gantt.GanttBar("s1", "done", date(2026, 1, 5), date(2026, 3, 1)),),
        (gantt.Milestone("s1", date(2026, 2, 1), ""),),
        (DAY, "今日"),
        (("done", "已完成"),),
        ((date(2026, 1, 1), "2026年1月"),),
    ),
    "quadrants": lambda: quadrants.specification(
        (quadrants.Stop("a", 0.3, 0.2, "公司 2025", False), quadrants.Stop("a", 0.7, 0.4, "公司 2026", True)),
        quadrants.QuadrantWords("组织", "技术", ("潜力", "挑战", "加速", "引领"), "一半"),
    ),
    "generations": lambda: generations.specification(
        ("传统", "综合"),
        (
            generations.IndexLine("传统", "人均", (("2025-01", 100.0),)),
            generations.IndexLine("综合", "周期", (("2025-01", 105.0),)),
        ),
        ("2025-01",),
        POINTS[:1],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_whole_words_and_valid_xml(kind):
    svg = draw(json.dumps(KINDS[kind]()))
    root = ElementTree.fromstring(svg)
    words = "".join(root.itertext())
    assert "…" not in words, "a label was cut"
    if kind in ("dumbbell", "bullet", "heat", "profile", "score"):
        assert LONG in words


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_its_values_when_hovered(kind):
    """Some layer has the tip of its rows; what is drawn for the page knows nothing of it."""
    spec = KINDS[kind]()

    def layers(one):
        return one["layer"] if "layer" in one else layers(one["spec"])

    channels = [layer.get("encoding", {}) for layer in layers(spec)]
    assert any(channel.get("tooltip", {}).get("field") == "tip" for channel in channels)
    rows = [row for data in spec["datasets"].values() for row in data if "tip" in row]
    assert rows
    calm = style.still(spec)
    assert "tip" not in json.dumps(calm).replace("tooltip", "")
    assert style.HOVER not in json.dumps(calm.get("spec", calm))
    for row in rows:
        row["tip"] = "other words"
    assert style.still(spec) == calm, "other words need no new drawing"
    assert draw(json.dumps(calm)) == draw(json.dumps(style.still(calm)))


def test_a_total_near_the_line_at_100_stands_over_it():
    totals = tuple(
        score_parts.ScoreTotal(str(total), total, str(total)) for total in (90.0, 91.0, 99.0, 104.0)
    )
    spec = score_parts.specification((), totals, ("a",), "分")
    assert [row["total"] for row in spec["datasets"]["totals"]] == [90.0, 100.0, 100.0, 104.0]


def test_the_unit_gives_way_to_the_word_of_an_early_change():
    late, early = (trend.TrendMark(f"2025-{month:02}", "合并环节") for month in (6, 1))
    raised = [
        trend.specification(chart(marks=marks, axis="次/百万次机会"))["layer"][0]["encoding"]["y"]["axis"][
            "titleY"
        ]
        for marks in ((late,), (early,), (late, early))
    ]
    assert raised == [-10, -40, -40]


def test_what_is_built_once_is_not_changed_by_use():
    for make in KINDS.values():
        assert json.dumps(make(), sort_keys=True) == json.dumps(make(), sort_keys=True)


def test_a_sparkline_has_a_band_for_every_segment_with_limits():
    points = [SparkPoint(value, 2.0, 1.0, 3.0, 1) for value in (1.0, 2, 3)] + [
        SparkPoint(4.0, 2.0, None, None, 2)
    ]
    drawn = geometry(points)
    assert drawn is not None
    assert drawn.band.count("M") == 1
    assert geometry(points[:1]) is None


# Words


def test_findings_say_the_verdict_first(desks):
    series = desks["zh"].figures.series["order-cycle-time", "lead-to-cash-east", ()]
    indicator = desks["zh"].figures.catalogue.indicators["order-cycle-time"]
    assert findings.finding(desks["zh"], series, indicator) == (
        "改善超出正常波动：“三道签批合成一道”（2025年5月）之后由 25.1 变为 20.1\u202f天"
        "（缩短了 5.0\u202f天，98% 区间 4.1 至 5.9）。"
        "2026年9月为 19.6\u202f天，达标；在正常波动范围 17.5～23.1 之内，不是信号。"
        "照现在的做法，100 个月里约有 77 个月达标（58～92），还不稳定。"
    )
    assert findings.finding(desks["en"], series, indicator) == (
        "Better beyond normal variation. After “Three approvals became one” (May 2025), it went from 25.1 to "
        "20.1\u00a0days (shortened by 5.0\u00a0days, 98% interval 4.1 to 5.9). Sep 2026: 19.6\u00a0days, "
        "on target; within the normal range 17.5–23.1, so no signal. As the work runs now, about 77 of 100 "
        "months will be on target (58–92), which is not reliable yet."
    )


def test_home_verdicts_name_the_gain_and_its_cost(desks):
    ctx = desks["zh"]
    told = {
        pilot.id: verdict.verdict(ctx, pilot, ctx.figures.pilots[pilot.id], ctx.links(HOME))
        for pilot in ctx.figures.catalogue.pilots.values()
    }
    east = (
        "“三道签批合成一道”（2025年5月）之后，订单交付周期由 25.1 变为 20.1\u202f天：是改善；"
        "一次通过率、客户满意度守住了；"
    )
    south = (
        "“到期短信提醒”（2026年3月）之后，回款准时率由 80.6 变为 80.3\u202f%：看不出差别，仍在正常波动之内；"
    )
    release = "“快速通道”（2025年9月）之后，需求交付周期由 42.0 变为 32.3\u202f天：是改善；上线缺陷率变差了；"
    starts = {
        "lead-to-cash-east": (east, "good"),
        "lead-to-cash-south": (south, "bad"),
        "requirement-release": (release, "bad"),
    }
    for pilot, (start, tone) in starts.items():
        assert told[pilot].text.startswith(start)
        assert told[pilot].tone == tone


def test_noise_is_called_normal(desks):
    ctx = desks["en"]
    key = ("internal-satisfaction", "requirement-release", ())
    series, signals = ctx.figures.series[key], ctx.figures.signals[key]
    view = findings.variation_view(ctx.format, series, signals)
    assert view is not None
    assert (view.kind, view.label) == ("normal", "Normal variation")


# Diagnosis


def test_a_diagnosis_is_placed_and_its_weakest_pillars_named_together():
    """Organisation (3 − 1)/4 = .5, which counts as high; technology (2 − 1)/4 = .25: a challenge."""
    pairs = (("a", "direction", "organisation"), ("b", "drive", "technology"), ("c", "support", "technology"))
    questions = Questionnaire.model_validate_json(
        json.dumps({"questions": [{"id": i, "text": i, "pillar": p, "axis": x} for i, p, x in pairs]})
    )
    whole = {"date": "2026-01-01", "unit": "company", "scores": {"a": 3, "b": 2, "c": 2}}
    found = scored(questions, Diagnosis.model_validate_json(json.dumps(whole)))
    assert (found.organisation.value, found.technology.value) == (0.5, 0.25)
    assert (found.quadrant, found.focus) == ("challenge", ("drive", "support"))
    nothing = scored(questions, Diagnosis.model_validate_json(json.dumps({**whole, "scores": {"b": 2}})))
    assert (nothing.quadrant, nothing.organisation.placed) == (None, False)


def test_small_pictures_share_an_axis_that_is_given():
    """On an axis from 0 to 20 a value of 5 stands a quarter up, whatever else its own series holds."""
    drawn = geometry([SparkPoint(5.0), SparkPoint(10.0)], axis=(0.0, 20.0))
    assert drawn is not None
    assert drawn.line == "M4 28L156 20"
    alone = geometry([SparkPoint(5.0), SparkPoint(10.0)])
    assert alone is not None
    assert alone.line == "M4 36L156 4"


def test_a_small_line_carries_its_values_in_short() -> None:
    """What all have in common stands once; a period without a value is a gap, a bar in a unit is no bar."""
    july, august, september = (Period("month", 2026, number) for number in (7, 8, 9))
    said = [(july, "20.5 days"), (august, "21.0 days"), (september, "–")]
    assert told_values(said) == "2026-07|2| days|0.5|1.0|~"
    assert told_values([(july, "5 a|b"), (august, "5 a|b")]) == "2026-07|5 a/b|||"
    assert told_values([(july, "–")]) == ""
    # A pilot's score has no place for a period without points: what follows keeps its own month.
    assert told_values([(july, "98 points"), (september, "97 points")]) == "2026-07|9| points|8|>|7"


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        # 27 months from August: steps of 3 or 6 begin so that January is among them.
        (
            [f"{2024 + (7 + n) // 12}-{(7 + n) % 12 + 1:02}" for n in range(27)],
            ["Oct 2024", "2025", "Apr", "Jul", "Oct", "2026", "Apr", "Jul", "Oct"],
        ),
        # Weeks: 2025 begins at a tick, 2026 does not and is told at its first one.
        (
            [f"2024-W{n:02}" for n in range(40, 53)] + [f"2025-W{n:02}" for n in range(1, 53)]
            + [f"2026-W{n:02}" for n in range(1, 20)],
            ["Week 41, 2024", "2025", "w13", "w25", "w37", "w49", "Week 9, 2026"],
        ),
    ],
)  # fmt: skip
def test_an_axis_names_each_year(periods, told):
    form = Format("en", "en")
    known = [Period.parse(text) for text in periods]
    points = tuple(
        trend.TrendPoint(str(one), form.axis_period(one, not n), 1.0, None, dated=form.axis_period(one, True))
        for n, one in enumerate(known)
    )
    assert [point.label for point in trend.ticks(points)] == told


def test_a_year_under_crowded_quarters_is_not_left_out():
    """Nine quarters in a panel: with all of them named, 2026 would have no room between its neighbours."""
    form = Format("zh", "zh")
    quarters = [Period.parse("2024-Q3").shift(n) for n in range(9)]
    points = tuple(
        trend.TrendPoint(str(one), form.axis_period(one, not n), 1.0, None, dated=form.axis_period(one, True))
        for n, one in enumerate(quarters)
    )
    told = ["2024年三季度", "2025年", "三季度", "2026年", "三季度"]
    assert [point.label for point in trend.ticks(points, 420)] == told
    assert len(trend.ticks(points)) == 9
