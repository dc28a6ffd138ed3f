"""Chinese beside Latin letters and figures: one rule, whatever a label is filled with; dates stay whole."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup, escape

from generator.compute.insight.named import Count
from generator.model.period import Period
from generator.present.text.format import Format
from generator.present.text.marked_text import filled
from generator.present.text.unbroken import unbroken

SEAMS = [
    ("按 {period} 的结果计分", {"period": "2026年三季度"}, "按 2026年三季度的结果计分"),
    ("截至{period}", {"period": "2026年三季度"}, "截至 2026年三季度"),
    ("{name}{period}为 {value}", {"name": "一次通过率", "period": "2026年9月", "value": "92.4"},
     "一次通过率 2026年9月为 92.4"),
    ("{names}没有达标", {"names": "NPS"}, "NPS 没有达标"),
    ("{share}达标", {"share": "94 %"}, "94 % 达标"),
    ("（{date}取数）", {"date": "2026年10月14日"}, "（2026年10月14日取数）"),
    ("第 {n} 步“{name}”", {"n": "6", "name": "固化"}, "第 6 步“固化”"),
    # What a reader sees of a link begins behind its tag.
    ("{link}{period}的数", {"link": Markup('<a href="x">准时率</a>'), "period": "2026年9月"},
     '<a href="x">准时率</a> 2026年9月的数'),
    ("看{link}", {"link": Markup("<b>NPS</b>")}, "看 <b>NPS</b>"),
    ("看 {link}", {"link": Markup("<b>准时率</b>")}, "看<b>准时率</b>"),
    # A blank between two names separates them.
    ("{name} {word}", {"name": "华东", "word": "改善"}, "华东 改善"),
    ("由 {before} 变为 {after}", {"before": "−4.1", "after": ""}, "由 −4.1 变为 "),
]  # fmt: skip


@pytest.mark.parametrize(("label", "names", "said"), SEAMS)
def test_a_label_meets_what_it_is_filled_with_by_one_rule(
    label: str, names: dict[str, str], said: str
) -> None:
    assert filled(label, names, chinese=True) == said


def test_marks_of_figures_keep_their_place_when_a_blank_comes_before_them() -> None:
    said = filled("共{n}个", {"n": Count(5, "a", "n")}, chinese=True)
    assert said == "共 5 个"
    assert escape(said) == '共 <data value="5" data-figure="a/n">5</data> 个'


def test_words_of_a_language_know_the_rule_and_dates_stay_close() -> None:
    form = Format("zh", "zh")
    assert form.date(date(2026, 9, 3)) == "2026年9月3日"
    assert (
        form.words("pilot.review", period=form.period(Period.parse("2026-Q3"))) == "按 2026年三季度的结果计分"
    )
    assert Format("en", "zh").words("footer.as_of", period="Q3 2026") == "As of Q3 2026"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<td>2026年9月</td>", '<td><h-d>2026年9月</h-d></td>'),
        ("到2026年三季度，", '到<h-d>2026年三季度</h-d>，'),
        ('<a title="2026年9月">5 个</a>', '<a title="2026年9月">5\u00a0个</a>'),
        ('<data value="5">5</data> 个指标', '<data value="5">5</data>\u00a0个指标'),
        ("第 6 步", "第\u00a06\u00a0步"),
        ("<td>a</td>\n<td>b</td>\n", "<td>a</td><td>b</td>\n"),
        # The style sheet keeps these whole.
        ('<th scope="row">2026年9月</th>', '<th scope="row">2026年9月</th>'),
        ('<th scope="row">2026年9月起</th>', '<th scope="row"><h-d>2026年9月</h-d>起</th>'),
        ("由 5 变为 6", "由 5\u00a0变为 6"),
        ("of 3 pilots", "of 3\u00a0pilots"),
        ('<data>3</data> <a href="x">pilots</a>', '<data>3</data>\u00a0<a href="x">pilots</a>'),
        ("共3个试点，B2B平台", "共<h-d>3个</h-d>试点，B2B平台"),
        ('<img alt="3 pilots">3 / 5', '<img alt="3 pilots">3 / 5'),
        ("<p>on 9 Sep 2026, in Q3 2026, 12 days</p>",
         "<p>on 9\u00a0Sep\u00a02026, in Q3\u00a02026, 12\u00a0days</p>"),
        ("<b>CNY 125,100</b>", "<b>CNY\u00a0125,100</b>"),
        ("<svg><text>9月</text></svg>9月", '<svg><text>9月</text></svg><h-d>9月</h-d>'),
        ("<select><option>2026年</option></select>", "<select><option>2026年</option></select>"),
        ("5 &lt; 2026年", '5 &lt; <h-d>2026年</h-d>'),
    ],
)  # fmt: skip
def test_dates_and_counted_numbers_stay_on_one_line(html: str, kept: str) -> None:
    assert unbroken(html) == kept
