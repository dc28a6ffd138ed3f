"""The language switch keeps what a reader chose: dark or light, the section, the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK
from tests.browser.reader import switched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
        page.locator("body[data-md-color-scheme=slate]").wait_for()
        page.locator("#effects").evaluate("one => one.scrollIntoView()")
        switched(page, "en")
        page.locator("body[data-md-color-scheme=slate]").wait_for()
        page.wait_for_url("**/en/pilots/lead-to-cash-east.html#effects")
        page.wait_for_function(NEAR_THE_TOP, arg="#effects")
        page.goto(f"{roots[scheme]}en/indicators/index.html#level=team&sort=-name")
        switched(page, "zh")
        page.wait_for_url("**/indicators/index.html#level=team&sort=-name")
        page.locator("body[data-md-color-scheme=slate]").wait_for()
        page.locator("label[for=__palette_0]:visible").click()
        page.locator("body[data-md-color-scheme=default]").wait_for()
        switched(page, "en")
        page.locator("body[data-md-color-scheme=default]").wait_for()


def test_a_section_of_a_hand_written_page_is_found_by_its_number(
    browser: Browser, roots: dict[str, str]
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}guide/diagnosis.html")
        page.locator("article h2[id]").nth(1).evaluate("one => one.scrollIntoView()")
        switched(page, "en")
        page.wait_for_function(NEAR_THE_TOP, arg="article h2[id] ~ h2[id]")
