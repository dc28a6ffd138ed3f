"""Breakdowns by two ways at once have a filter for each, and a page lists no more than it can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compute.insight.named import named_figures
from generator.pipeline import check_project, figures_for
from generator.present.page_context import PageContext
from generator.present.pages.library import indicator as indicator_pages
from generator.present.pages.library.scopes import MOST_FOLDED, MOST_PANELS
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.published import Undrawn
from tests.unit.small_book import put, small_book

AGES = [f"a{number}" for number in range(40)]


def page(book: Path) -> str:
    figures = named_figures(figures_for(check_project(book), None))
    form = Format("en", "zh")
    ctx = PageContext(figures, form, Templates(form.words), Undrawn())
    made = {one.path: one for one in indicator_pages.pages(ctx)}
    one = made["indicators/reply-time.md"]
    return "".join([*(section.html for section in one.sections), one.embed])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = small_book(tmp_path)
    for one in (made / "data/indicators").iterdir():  # on trial, it need not be complete
        one.write_text(one.read_text(encoding="utf-8") + "status: trial\n", encoding="utf-8")
    file = made / "data/handbook.yml"
    values = ", ".join(f"{age}: {age.upper()}" for age in AGES)
    more = f"  - id: age\n    name: {{zh: 年龄, en: Age}}\n    values: {{{values}}}\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    return made


def results(book: Path, cells: list[tuple[str, str]]) -> None:
    rows = [f"2026-0{month},reply-time,,{region},{age},{month}" for region, age in cells for month in (1, 2)]
    put(book, "a.csv", "\n".join(["period,indicator,pilot,region,age,value", *rows]) + "\n")


def test_two_ways_at_once_have_a_filter_each(book: Path) -> None:
    results(book, [("n", "a0"), ("n", "a1"), ("s", "a0")])
    html = page(book)
    assert 'data-hb-filter="scope-list more-scopes"' in html
    assert '<select name="by-region">' in html
    assert '<select name="by-age">' in html
    assert "North (2)" in html
    assert 'class="hb-panel" data-by-region="n" data-by-age="a1"' in html


def test_a_short_list_by_one_way_has_none(book: Path) -> None:
    results(book, [("n", ""), ("s", ""), ("", "")])
    assert "data-hb-filter" not in page(book)


def test_a_page_never_lists_them_all(book: Path) -> None:
    """Of 80 parts 60 are drawn; the file has the rest, and the page says how many."""
    results(book, [(region, age) for region in "ns" for age in AGES])
    html = page(book)
    assert html.count('class="hb-panel"') == MOST_PANELS + MOST_FOLDED == 60
    assert html.count("There are results of parts only, none of the whole.") == 2  # on the small page too
    assert "No results yet" not in html
    assert "20\u00a0more scopes are not drawn" in html
