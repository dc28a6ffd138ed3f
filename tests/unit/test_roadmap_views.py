"""What the method expects next, and the charts of the way, in the exact words of the sample's pages."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import ways_of
from generator.compute.insight.roadmap_state import RoadState, road_state
from generator.pipeline import check_project, figures_for
from generator.present.charts import gantt, style
from generator.present.charts.draw import Drawings
from generator.present.links import path_of
from generator.present.page_context import PageContext
from generator.present.pages.diagnosis.matrix import standing
from generator.present.parts.gantt import gantt_of_all
from generator.present.parts.progress import next_view, state_view
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.built import ROOT

SOUTH, RELEASE, EAST = "lead-to-cash-south", "requirement-release", "lead-to-cash-east"


@pytest.fixture(scope="module")
def desks() -> dict[str, PageContext]:
    figures = figures_for(check_project(ROOT))
    made = {}
    for language in ("zh", "en"):
        form = Format(language, "zh")
        made[language] = PageContext(figures, form, Templates(form.words), Drawings(None))
    return made


def states(figures: Figures) -> dict[str, RoadState]:
    catalogue = figures.catalogue
    return {name: road_state(pilot, catalogue, figures.as_of) for name, pilot in catalogue.pilots.items()}


def expected(ctx: PageContext, pilot: str) -> list[tuple[str, str]]:
    """Kind and text of every item, without tags."""
    made = next_view(
        ctx.figures,
        ctx.format,
        ctx.figures.catalogue.pilots[pilot],
        states(ctx.figures)[pilot],
        ctx.links(path_of("step", "index")),
    )
    return [("at", made.at), *((one.kind, Markup(one.text).striptags()) for one in made.items)]


def test_what_comes_next_in_chinese(desks: dict[str, PageContext]) -> None:
    assert expected(desks["zh"], SOUTH) == [
        ("at", "正在走第 5 步“运行与复盘”。"),
        ("lacking", "第 3 步“流程与指标同改”：标为已完成，还缺目标流程图"),
        ("lacking", "第 4 步“工具与培训”：标为已完成，还缺切换方案"),
        ("now", "产出已经齐了；达到下面的“成功标志”才算做完，期限 2026年12月31日。"),
        ("sign", "连续两个季度，每个未达标都有原因、有行动、有结论。"),
        ("review", "下一次双周复盘最迟在 2026年10月28日。"),
        ("review", "2026年四季度的季度复盘，2027年1月1日以后、结果到齐就开。"),
        ("people", "电子签章 2027年1月11日上线；在那之前，管理者要受训。"),
        ("later", "第 6 步“固化与推广”：接着产出实践案例、制度条款、指标库更新，期限 2027年6月30日。"),
    ]


def test_what_comes_next_in_english(desks: dict[str, PageContext]) -> None:
    assert expected(desks["en"], RELEASE) == [
        ("at", "Step 5: Run and review is in hand."),
        ("overdue", "Step 5: Run and review: was due on 30 Jun 2026, 92 days ago"),
        ("now", "The gate is not passed. See to that before spreading anything or paying a bonus."),
        ("sign", "Two quarters running, every miss has a cause, an action and an outcome."),
        ("review", "The next short review is due by 27 Oct 2026."),
        (
            "review",
            "The long review of Q4 2026 is held from 1 Jan 2027 on, as soon as its results are there.",
        ),
        (
            "later",
            (
                "Step 6: Keep and spread: blocked; once it is free it brings case, policy clause "
                "and update of the library."
            ),
        ),
    ]


def test_a_state_has_dates_length_and_outputs_with_their_links(desks: dict[str, PageContext]) -> None:
    ctx = desks["zh"]
    links = ctx.links(path_of("step", "keep-spread"))
    found = states(ctx.figures)[EAST]
    last = state_view(ctx.format, found.steps[5], found.today, links.pilot(EAST), links)
    assert (last.dates, last.duration, last.overdue) == (
        "2026年7月6日起 · 期限 2026年12月18日", "已进行 87 天", "",
    )  # fmt: skip
    assert [(ref.title, ref.href) for ref in last.done] == [
        ("实践案例", "cases/merge-approvals.md"), ("制度条款", "cases/joint-sign-off-rule.md"),
    ]  # fmt: skip
    assert last.missing == ("指标库更新",)


def test_one_chart_holds_every_pilot_and_says_who_is_where(desks: dict[str, PageContext]) -> None:
    ctx = desks["zh"]
    pairs = [(ctx.figures.catalogue.pilots[name], state) for name, state in states(ctx.figures).items()]
    (view,) = gantt_of_all(ctx, pairs)
    assert view.finding == (
        "华东从获客到回款在第 6 步“固化与推广”；华南从获客到回款在第 5 步“运行与复盘”；"
        "从需求到上线在第 5 步“运行与复盘”；有 1 处逾期；2 个标为已完成的步骤缺产出。"
    )
    assert len(view.rows) == 18
    assert view.rows[16] == (
        "从需求到上线", "第 5 步“运行与复盘”", "2025年9月1日", "", "2026年6月30日", "进行中，逾期 92 天",
    )  # fmt: skip


def test_a_phone_has_januaries_and_julys_alone_where_months_are_many() -> None:
    """With every third month the year of a January would give way to the October before it."""
    days = [date(2025 + month // 12, month % 12 + 1, 1).toordinal() for month in range(0, 30, 3)]
    for count, kept in ((10, [days[at] for at in (0, 2, 4, 6, 8)]), (6, days[:6])):
        spec = {"layer": [{"encoding": {"x": {"axis": {"values": days[:count]}}}}, {"encoding": {}}]}
        assert gantt.half_years(spec)["layer"][0]["encoding"]["x"]["axis"]["values"] == kept


def test_rows_have_heads_and_days_to_finish() -> None:
    day = date(2026, 9, 30)
    spec = gantt.specification(
        (gantt.GanttRow("h", "试点", True), gantt.GanttRow("s", "第 1 步")),
        (gantt.GanttBar("s", "started", date(2026, 8, 3), day),),
        (),
        (day, "今日"),
        states=(("started", "进行中"),),
        months=((date(2026, 8, 1), "8月"),),
        dues=(gantt.Due("s", date(2026, 9, 1), True),),
        remarks=(gantt.Remark("s", day, "逾期 29 天"),),
    )
    assert [one["colour"] for one in spec["datasets"]["dues"]] == [style.BAD]
    weights = {
        str(layer["encoding"]["y"]["axis"].get("labelFontWeight"))
        for layer in spec["layer"]
        if "field" in layer["encoding"].get("y", {})
    }
    assert len(weights) == 1
    assert '["h"]' in weights.pop()


def test_where_units_stand_is_told_in_words(desks: dict[str, PageContext]) -> None:
    ctx = desks["en"]
    told = [standing(ctx.figures, ctx.format, way) for way in ways_of(ctx.figures.catalogue)]
    assert told == [
        (
            "Company moved from Potential to Challenge: organisation 64\u202f%, technology 42\u202f% "
            "(+35 and +21 percentage points since 10 Jan 2025); weakest now: Drive"
        ),
        (
            "Development moved from Acceleration to Leading: organisation 61\u202f%, technology 71\u202f% "
            "(+36 and +4 percentage points since 6 Jun 2025); weakest now: Support"
        ),
        (
            "Customer service stands in Challenge: organisation 70\u202f%, technology 35\u202f%; "
            "weakest now: Drive"
        ),
    ]
