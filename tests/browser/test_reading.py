"""Pages that are looked things up in: values and states stand on the screen, a sheet prints on one A4."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK
from tests.browser.reader import still

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

OUTSIDE = """() => [...document.querySelectorAll(".hb-value, .hb-status")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < 0 || box.right > innerWidth))
  .map(([words]) => words)"""


@pytest.mark.parametrize("width", [390, 640])
def test_values_and_states_stand_on_the_screen(browser: Browser, roots: dict[str, str], width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 844}) as page:
        for place in ("indicators/order-cycle-time.html", "en/indicators/on-time-delivery.html"):
            page.goto(roots["file"] + place)
            assert page.evaluate(OUTSIDE) == [], place


def test_the_first_screen_of_an_indicator_tells_what_it_is_and_how_it_stands(
    browser: Browser, roots: dict[str, str]
) -> None:
    """Definition on the left, the chart of the first scope on the right, both begin on the first screen."""
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + "indicators/order-cycle-time.html")
        words = still(page.locator(".hb-def"))
        chart = still(page.locator(".hb-pick--scopes .hb-chart:visible").first)
        assert words.y + words.height < DESK["height"]
        assert chart.x > words.x + words.width
        assert chart.y < DESK["height"] * 0.75
        labels = page.locator(".hb-def dt").all_inner_texts()
        assert labels == ["它是什么", "怎么算", "算在内", "不算在内", "频率", "数据来源", "责任", "下次复核"]


def test_the_scopes_are_chosen_by_keyboard(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + "indicators/order-cycle-time.html")
        panels = page.locator(".hb-pick--scopes .hb-pick__panels > div")
        page.locator("#scope-1").focus()
        page.keyboard.press("ArrowRight")
        assert [panel.is_visible() for panel in panels.all()] == [False, True, False]
        assert "19.6" in panels.nth(1).inner_text()


def test_a_periods_sheet_prints_on_one_a4(browser: Browser, roots: dict[str, str], sample_site: Site) -> None:
    sheets = [name for name in sample_site.pages if name.endswith("-a4.html")]
    assert len(sheets) >= 4
    with browser.new_page(viewport=DESK) as page:
        for name in sheets:
            page.goto(roots["file"] + name)
            printed = page.pdf(format="A4", prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, name
    # What the sample's sheets hold is not cut at their lower edge: 190 mm are between the margins.
    with browser.new_page(viewport={"width": 718, "height": 1024}) as page:
        page.emulate_media(media="print")
        for name in sheets:
            page.goto(roots["file"] + name)
            needed, there = page.eval_on_selector(
                ".hb-a4", "sheet => [sheet.scrollHeight, sheet.clientHeight]"
            )
            assert needed <= there, name
