"""The language switch keeps what a reader chose: dark or light, the section, the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


UNDER_THE_POINTER = """link => {
  const box = link.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return link.contains(at) ? [box.x + box.width / 2, box.y + box.height / 2] : null;
}"""


def switched(page: Page, language: str) -> None:
    """Chooses a language with the mouse, when the menu has opened.

    A click that Playwright aims itself scrolls the page while the menu still opens: away from the section.
    """
    page.locator(".md-header__button[aria-label]:has(+ .md-select__inner)").hover()
    link = page.locator(f".md-select__link[hreflang={language}]").element_handle()
    x, y = page.wait_for_function(UNDER_THE_POINTER, arg=link).json_value()
    page.mouse.click(x, y)
    page.locator(f"html[lang={language}] article h1").wait_for()


NEAR_THE_TOP = """selector => {
  const place = document.querySelector(selector).getBoundingClientRect().top;
  return place >= 0 && place < 200;
}"""
"""A browser goes to a section when the page is laid out, which may be after it is loaded."""


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_theme_section_and_filters_are_kept(browser: Browser, roots: dict[str, str], scheme: str) -> None:
    with browser.new_page(viewport=DESK, color_scheme="light") as page:
        page.goto(f"{roots[scheme]}pilots/lead-to-cash-east.html")
        page.locator("label[for=__palette_1]:visible").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator("#effects").evaluate("one => one.scrollIntoView()")
        switched(page, "en")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert page.url.endswith("en/pilots/lead-to-cash-east.html#effects")
        page.wait_for_function(NEAR_THE_TOP, arg="#effects")
        page.goto(f"{roots[scheme]}en/indicators/index.html#level=team&sort=-name")
        switched(page, "zh")
        assert page.url.endswith("/indicators/index.html#level=team&sort=-name")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator("label[for=__palette_0]:visible").click()
        switched(page, "en")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "default"


def test_a_section_of_a_hand_written_page_is_found_by_its_number(
    browser: Browser, roots: dict[str, str]
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}guide/diagnosis.html")
        page.locator("article h2[id]").nth(1).evaluate("one => one.scrollIntoView()")
        switched(page, "en")
        page.wait_for_function(NEAR_THE_TOP, arg="article h2[id] ~ h2[id]")
