"""What pages tell of figures: growth a year, a pilot's own break-down, a value close to its target."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.compute.insight.claims import pilot_claims
from generator.compute.insight.named import named_figures
from generator.compute.series import attainment
from generator.compute.series.growth_progress import grown
from generator.compute.series.values import Series, SeriesPoint
from generator.model.calendar import Calendar
from generator.model.indicator import Target
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.library.scopes import in_order, scope_views
from generator.present.parts import growth as growth_view
from generator.present.parts.effects import effect_sentence
from generator.present.parts.value import value_view
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.marked_text import MarkedText

ROOT = Path(__file__).parents[2]
MONTHS = [f"2025-{month:02}" for month in range(1, 10)]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory):
    """The sample, with a pilot's results broken down by region besides."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "content", project / "content")
    rows = [
        f"{month},quote-time,lead-to-cash-east,{region},{4 + place + number / 10}"
        for place, region in enumerate(("", "east", "south"))
        for number, month in enumerate(MONTHS)
    ]
    text = "\n".join(["period,indicator,pilot,region,value", *rows])
    (project / "data/results/by-region.csv").write_text(text, encoding="utf-8")
    return figures_for(check_project(project))


def desk_of(figures, language: str) -> PageContext:
    form = Format(language, "zh")
    return PageContext(figures, form, Templates(form.words), Drawings(None))


TOLD = {
    "zh": (
        (
            "2024年三季度为 2.24 万元/人，2026年三季度为 2.37 万元/人，平均每年 +2.9 %。"
            "要在 2026年三季度达到 2.50 万元/人，平均每年需要 +5.6 %；现在的速度是所需的 51 %。"
        ),
        "进展有限",
    ),
    "en": (
        (
            "CNY 22,400 per head in Q3 2024, CNY 23,700 per head in Q3 2026: +2.9 % a year on "
            "average. To reach CNY 25,000 per head in Q3 2026 takes +5.6 % a year; the speed so far "
            "is 51 % of that."
        ),
        "Limited progress",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_how_fast_and_how_fast_it_would_have_to_be(figures, language):
    """(2.37 / 2.24)^½ − 1 = 2.9 %, (2.50 / 2.24)^½ − 1 = 5.6 %; 2.86 / 5.64 = .507, under .60."""
    ctx = desk_of(figures, language)
    measured = figures.catalogue.indicators["profit-per-head"]
    series = figures.series["profit-per-head", None, ()]
    found = growth_view.growth_view(
        ctx.figures, ctx.format, series, measured, ctx.links("indicators/profit-per-head.md")
    )
    assert found is not None
    assert (" ".join(found.sentence.split()), found.grade) == TOLD[language]
    assert series.last.progress == pytest.approx((2.37**0.5 - 2.24**0.5) / (2.5**0.5 - 2.24**0.5))
    other = figures.series["order-cycle-time", None, ()]
    assert growth_view.grade(ctx.format, other.last) == "", "only where the method asks for it"


def test_a_declared_target_goes_before_those_that_came_with_results(figures):
    """2.24 → 2.50 in the four years to 2028-Q3 needs 2.78 % a year; 2.86 % is enough."""
    measured = figures.catalogue.indicators["profit-per-head"]
    series = figures.series["profit-per-head", None, ()].series
    aim = Target.model_validate({"from": "2028-Q3", "target": 2.5})
    found = grown(series, series.points[-1], measured, (aim,), (None, None), Calendar(1))
    assert found is not None
    assert (found.target, found.by) == (2.5, Period.parse("2028-Q3"))
    assert found.growth.required == pytest.approx((2.5 / 2.24) ** 0.25 - 1)
    assert found.growth.grade == "on-track"


def test_a_sum_grows_from_as_many_parts_of_its_baseline(figures):
    """10 a month in January 2024 and 36 in the quarter that begins a year later: 30 → 36, +20 % a year."""
    measured = figures.catalogue.indicators["profit-per-head"].model_copy(update={"rollup": "sum"})
    quarter = SeriesPoint(Period.parse("2025-Q1"), 36.0, parts=(3, 3))
    aim = Target.model_validate({"from": "2025-01", "target": 12})
    series = Series("profit-per-head", None, (), "quarter", (quarter,))
    found = grown(
        series,
        quarter,
        measured,
        (aim,),
        baseline=(10.0, Period.parse("2024-01")),
        calendar=Calendar(1),
        parts=3,
    )
    assert found is not None
    assert (found.base, found.target) == (30.0, 36.0)
    assert found.growth.observed == pytest.approx(0.2)
    assert found.growth.grade == "achieved"
    half = grown(
        series,
        replace(quarter, parts=(2, 3)),
        measured,
        (aim,),
        baseline=(10.0, Period.parse("2024-01")),
        calendar=Calendar(1),
        parts=2,
    )
    assert half is not None
    assert (half.base, half.target) == (20.0, 24.0)


def starts_of_marks(said: str) -> set[int]:
    return {mark.start for mark in said.marks} if isinstance(said, MarkedText) else set()


def test_sentences_of_a_change_that_begin_with_a_count_keep_its_name(figures):
    told = named_figures(figures)
    desk = desk_of(told, "zh")
    claims = [claim for pilot in told.catalogue.pilots for claim in pilot_claims(told, pilot)]
    counted = [
        (said, begin.start(1))
        for said in (effect_sentence(desk, claim) for claim in claims)
        for begin in re.finditer(r"(?:^|。)(\d+) 个数里有", said)
    ]
    assert counted
    assert [said for said, at in counted if at not in starts_of_marks(said)] == []


def test_the_cells_of_a_pilots_results_are_scopes_of_their_own(figures):
    ctx = desk_of(figures, "zh")
    measured = figures.catalogue.indicators["quote-time"]
    links = ctx.links("indicators/quote-time.md")
    told = in_order(figures.of_indicator("quote-time"))
    charts = [view.chart for view in scope_views(ctx, measured, told, links)]
    pilot = "华东从获客到回款"
    assert [chart.heading.title for chart in charts] == [
        "全公司", pilot, f"{pilot} · 华东", f"{pilot} · 华南",
    ]  # fmt: skip
    assert [chart.rows[0].value for chart in charts[1:]] == ["4.8", "5.8", "6.8"]


@pytest.mark.parametrize(
    ("value", "target", "shown"),
    [
        (21.04, 21.0, ("21.04", "21.00", "99.8 %")),  # lower is better: near, and told from its target
        (21.4, 21.0, ("21.4", "21.0", "98 %")),
        (21.0, 21.0, ("21.0", "21.0", "100 %")),
        (20.96, 21.0, ("21.0", "21.0", "100 %")),  # met: the rounded figure misleads nobody
        (21.00001, 21.0, ("21.00001", "21.00000", "99.9 %")),  # as many places as it takes
    ],
)
def test_near_never_stands_beside_an_equal_figure(figures, value, target, shown):
    ctx = desk_of(figures, "zh")
    measured = figures.catalogue.indicators["order-cycle-time"]
    last = figures.series["order-cycle-time", "lead-to-cash-east", ()].last
    bar = replace(last.bar, floor=25.0, target=target, stretch=15.0)
    point = replace(
        last,
        point=replace(last.point, value=value),
        bar=bar,
        status=attainment.status(value, bar, "lower"),
        attainment=attainment.attainment(value, bar, "lower"),
    )
    view = value_view(ctx.format, point, measured)
    assert (view.number, view.target, " ".join(view.attainment.split())) == shown
