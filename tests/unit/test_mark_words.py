"""The words above a trend's plot: names of changes as far as there is room, never one over another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline import check_project, figures_for
from generator.present.charts import mark_words, trend
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.parts.trend import trend_mark
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.metrics import text_width
from tests.unit.test_charts import LONG, chart

ROOT = Path(__file__).parents[2]


def test_a_long_name_is_shortened_on_the_chart_and_whole_when_hovered():
    marks = tuple(trend.TrendMark(f"2025-{month:02}", LONG, tip=f"{LONG}（其他）") for month in (2, 11))
    data = trend.specification(chart(marks=marks))["datasets"]
    shown = [row for name in trend.label_sets() for row in data[name]]
    assert [row["label"][-1] for row in shown] == ["…", "…"]
    assert all(LONG.startswith(row["label"][:-1]) and len(row["label"]) > 10 for row in shown)
    assert {row["tip"] for row in [*shown, *data["changes"]]} == {f"{LONG}（其他）"}


@given(
    st.lists(
        st.tuples(
            st.floats(0, 600), st.text(alphabet="三道签批合成一道 One sign-off", min_size=1, max_size=40)
        ),
        max_size=9,
    )
)
def test_words_of_marks_never_cover_each_other(marks):
    words = mark_words.placed(sorted(marks), 600)
    for one in words:
        whole = sorted(marks)[one.mark][1]
        assert one.text == whole or whole.startswith(one.text[:-1].rstrip())
        assert text_width(one.text, 12) <= one.end - one.start
        assert one.start >= -10 - mark_words.GAP
        assert one.end <= 610 + mark_words.GAP
        for other in words:
            apart = one.end <= other.start or one.start >= other.end
            assert one is other or one.row != other.row or apart
    if len(marks) <= 2:
        assert len(words) == len(marks)


@pytest.mark.parametrize(
    ("language", "name", "tip"),
    [
        ("zh", "三道签批合成一道", "2025年5月：三道签批合成一道（合并环节）"),
        ("en", "Three approvals became one", "May 2025: Three approvals became one (steps merged)"),
    ],
)
def test_a_change_stands_on_the_chart_by_its_name(language, name, tip):
    figures = figures_for(check_project(ROOT))
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    series = figures.series["order-cycle-time", "lead-to-cash-east", ()]
    marks = [
        trend_mark(ctx.figures, ctx.format, mark, series.series.pilot)
        for mark in figures.signals[series.series.key].marks
    ]
    assert (name, tip) in [(mark.label, mark.tip) for mark in marks]
