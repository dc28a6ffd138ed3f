"""How to read its charts is said once a page, for the kinds that stand on it, in the order they come in."""

from __future__ import annotations

import re

from generator.present.legends import PLACE, with_legends
from generator.present.page import Page, Section
from generator.present.text.words import Words

WORDS = Words("en")


def read(*sections: str) -> list[str]:
    page = Page(
        "x.md", "x", "en", "x", tuple(Section(f"s{n}", 2, "s", html) for n, html in enumerate(sections))
    )
    return [section.html for section in next(with_legends([page], WORDS)).sections]


def kinds(html: str) -> list[str]:
    return re.findall(r"<dt>(.*?)</dt>", html)


def test_a_page_explains_each_kind_once_before_its_first_chart() -> None:
    first, second, third = read(
        "text", "<figure><!--legend:heat--></figure><!--legend:trend-->", "<!--legend:heat-->end"
    )
    assert (first, third) == ("text", "end")
    assert second.startswith('<details class="hb-legend" id="how-to-read"><summary>How to read the charts')
    assert second.endswith("</details>\n<figure></figure>")
    assert kinds(second) == [WORDS("chart.kind.heat"), WORDS("chart.kind.trend")]


def test_where_numbers_tell_their_source_it_says_so_last() -> None:
    page = Page("x.md", "x", "en", "x", (Section("s", 2, "s", "<!--legend:heat-->"),))
    told = next(with_legends([page], WORDS, traced=True)).sections[0].html
    assert kinds(told) == [WORDS("chart.kind.heat"), "Where this number comes from"]


def test_a_template_may_say_where_it_stands() -> None:
    first, second = read(f"a{PLACE}b", "<!--legend:gantt-->c")
    assert kinds(first) == [WORDS("chart.kind.gantt")]
    assert second == "c"


def test_a_page_without_charts_explains_none() -> None:
    assert read("a", f"b{PLACE}") == ["a", "b"]


def test_every_kind_that_has_a_legend_has_a_name() -> None:
    for language in ("zh", "en"):
        words = Words(language)
        for kind in re.findall(r"\w+", "trend effect bullet profile score heat gantt quadrants forest"):
            assert words(f"chart.kind.{kind}")
            assert words(f"chart.legend.{kind}")
