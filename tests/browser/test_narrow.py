"""Narrow screens: a phone, and a desk's window at 200 %. Nothing that counts stands beyond the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import PHONE, TABLET, page_kinds
from tests.browser.reader import unfolded, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

BEYOND = """() => {
  const wrong = [];
  for (const box of document.querySelectorAll(".hb-scroll, .hb-chart, .hb-mapbox")) {
    if (!box.clientWidth || box.scrollWidth <= box.clientWidth + 1) continue;
    const drawing = box.querySelector("svg");
    // Maps and trees are looked round in; they say where they go on.
    const roamed = drawing && drawing.matches(".hb-map, .hb-tree, .hb-rhythm, .hb-boxes");
    const told = box.hasAttribute("data-hb-left") || box.hasAttribute("data-hb-right");
    if (!roamed || !told) wrong.push(`${box.className}: ${box.scrollWidth} of ${box.clientWidth}`);
  }
  for (const cell of document.querySelectorAll(".md-content :is(td, th)")) {
    const { left, right, width } = cell.getBoundingClientRect();
    if (width && (left < -1 || right > innerWidth + 1)) wrong.push(`cell: ${cell.textContent.trim()}`);
  }
  return wrong;
}"""
TOLD = """() => [...document.querySelectorAll("table.hb-table--points")].map((table) => (
  [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => (
    (cell.dataset.hbHead ? cell.dataset.hbHead + " " : "") + cell.textContent.trim())))))"""


@pytest.mark.parametrize("width", [390, 640])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_table_or_chart_goes_beyond_the_edge(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str, width: int
) -> None:
    """But maps, trees and the strip of meetings, which fade where they go on."""
    wrong, cards = {}, 0
    with browser.new_page(viewport={"width": width, "height": 844}) as page:
        for name in page_kinds(sample_site):
            page.goto(roots["file"] + sample_site.address(language, name))
            unfolded(page)
            if found := page.evaluate(BEYOND):
                wrong[name] = found
            cards += page.locator("table.hb-cards").count()
    assert wrong == {}
    assert cards > 20


def test_a_tree_is_a_list_on_a_phone(browser: Browser, roots: dict[str, str]) -> None:
    """Three boxes beside each other have no room there; what drives what stands one under the other."""
    seen = "(one) => [...document.querySelectorAll(one)].filter((it) => it.checkVisibility()).length"
    for width, tree, lists in ((1280, 1, 0), (390, 0, 1)):
        with browser.new_page(viewport={"width": width, "height": 844}) as page:
            page.goto(roots["file"] + "indicators/first-pass-yield.html")
            assert page.evaluate(seen, ".hb-chart--tree") == tree
            assert page.evaluate(seen, ".hb-branches") == lists
            page.goto(roots["file"] + "tree.html")
            assert page.evaluate(seen, ".hb-chart--tree") == page.evaluate(seen, "h2#drawing") == tree
            assert page.evaluate(seen, ".hb-table tbody tr") > 20
    with browser.new_page(viewport=PHONE) as page:
        page.goto(roots["file"] + "indicators/first-pass-yield.html")
        told = page.locator(".hb-branches").inner_text().split("\n")
    assert [one.strip() for one in told if one.strip()] == [
        "上游指标", "✓ 不良返工率", "带动", "≈ 订单交付周期", "✓ 需求交付周期", "≈ 单均履约成本",
    ]  # fmt: skip


def test_a_tablet_shows_every_column(browser: Browser, roots: dict[str, str]) -> None:
    wrong = {}
    with browser.new_page(viewport=TABLET) as page:
        for name in (
            "reviews/2025-q4-lead-to-cash-east.html",
            "indicators/index.html",
            "guide/diagnosis.html",
        ):
            page.goto(f"{roots['file']}en/{name}")
            if found := page.evaluate(BEYOND):
                wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("name", ["pilots/lead-to-cash-east.html", "indicators/first-pass-yield.html"])
def test_a_phone_is_shown_the_newest_twelve_months(
    browser: Browser, roots: dict[str, str], name: str
) -> None:
    with browser.new_page(viewport=PHONE) as page:
        page.goto(roots["file"] + name)
        unfolded(page)
        figures = page.locator(".hb-figure:has(.hb-trend)")
        assert figures.count() > 0
        for figure in figures.all():
            if not figure.is_visible():
                continue
            assert figure.locator(".hb-chart > svg:not(.hb-narrow)").is_hidden()
            drawn = figure.locator(".hb-narrow")
            box = drawn.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
            dots = drawn.locator(".hb-dots").evaluate_all("all => all.map((one) => one.getAttribute('d'))")
            assert sum(path.count("M") for path in dots) == 12
            newest = drawn.locator(".hb-trend__last text")
            right = newest.evaluate("text => text.getBoundingClientRect().right")
            assert newest.text_content()
            assert right <= PHONE["width"]
            said = drawn.evaluate(
                "svg => document.getElementById(svg.getAttribute('aria-labelledby')).textContent"
            )
            assert said


def test_a_desk_is_shown_the_whole_series(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        page.goto(roots["file"] + "indicators/first-pass-yield.html")
        assert page.locator(".hb-chart > svg:not(.hb-narrow)").first.is_visible()
        assert page.locator(".hb-narrow").first.is_hidden()
        assert page.locator("table.hb-cards").count() == 0


def test_a_card_says_target_and_range_though_the_table_says_them_once(
    browser: Browser, roots: dict[str, str]
) -> None:
    """Cells that reach over several rows stand in every card, under their own head."""
    with browser.new_page(viewport=PHONE) as page:
        page.goto(roots["file"] + "pilots/lead-to-cash-east.html")
        unfolded(page)
        tables = page.evaluate(TOLD)
        assert tables
        for row in (row for table in tables for row in table):
            assert len(row) == 7
            assert [cell.split(" ")[0] for cell in row[1:]] == [
                "数值",
                "目标",
                "正常范围",
                "信号",
                "状态",
                "备注",
            ]


def test_without_a_script_a_wide_table_keeps_its_first_column(
    browser: Browser, roots: dict[str, str]
) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(roots["file"] + "actions.html")
        head = page.locator(".hb-table tbody th").first
        before = head.bounding_box()
        box = page.locator(".hb-scroll").first
        box.hover()
        page.mouse.wheel(300, 0)
        until(page, lambda: box.evaluate("one => one.scrollLeft") > 100)
        after = head.bounding_box()
        assert before is not None
        assert after is not None
        assert after["x"] == pytest.approx(before["x"], abs=1)


def test_what_is_folded_is_measured_when_it_opens(browser: Browser, roots: dict[str, str]) -> None:
    """To ask for the width of what is folded lays it out, which took a second on a slow phone."""
    with browser.new_page(viewport=PHONE) as page:
        page.goto(roots["file"] + "pilots/lead-to-cash-east.html")
        page.wait_for_function("document.querySelector('.hb-scroll > table')")
        folded = page.locator("details:not([open]) table:is(.hb-fit, .hb-cards)")
        assert page.locator("details:not([open]) .hb-scroll > table.hb-table").count() > 10
        assert folded.count() == 0
        unfolded(page)
        assert page.locator("table.hb-cards").count() > 5


def test_the_strip_of_meetings_keeps_the_names_of_its_rows(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=TABLET) as page:
        page.goto(roots["file"] + "en/rhythm.html")
        names = page.locator("svg.hb-rhythm:visible .hb-rhythm__name")
        assert names.all_text_contents() == [
            "Lead to cash in East",
            "Lead to cash in South",
            "Requirement to release",
        ]
        for name in names.all():
            box = name.bounding_box()
            assert box is not None
            assert box["x"] >= 0


def test_what_scrolls_begins_at_its_newest_end_until_its_reader_moves_it(
    browser: Browser, roots: dict[str, str]
) -> None:
    """A window that was wide for a while, or a screen that was turned, leaves it there too."""
    end = "box => box.scrollWidth > box.clientWidth && box.scrollLeft + box.clientWidth > box.scrollWidth - 2"
    wide = {"width": 1600, "height": 1024}
    with browser.new_page(viewport=TABLET) as page:
        page.goto(roots["file"] + "tree.html")
        box = page.locator(".hb-chart").first
        page.wait_for_function(end, arg=box.element_handle())
        page.set_viewport_size(wide)
        page.set_viewport_size(TABLET)
        page.wait_for_function(end, arg=box.element_handle())
        box.hover()
        page.mouse.wheel(-200, 0)
        page.wait_for_function("box => box.dataset.hbMoved", arg=box.element_handle())
        page.wait_for_function(f"box => !({end})(box)", arg=box.element_handle())
        page.set_viewport_size({"width": 700, "height": 1024})
        page.evaluate("new Promise(then => requestAnimationFrame(() => requestAnimationFrame(then)))")
        assert not box.evaluate(end)
